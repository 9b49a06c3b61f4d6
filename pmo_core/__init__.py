"""Project governance as code: the public face, for embedders and plugin authors.

What is listed here may be imported; nothing else may. Each name is loaded when it is first used,
so that importing `pmo_core` costs nothing.

    from datetime import UTC, datetime
    from pmo_core import assess, load_record, load_standard, words

    standard = load_standard("essentials")
    record = load_record("projects/permit-portal.yaml", standard)
    found = assess(standard, "ready-for-planning", record, now=datetime.now(UTC))
    for finding in found.blocking:
        print(finding.criterion, finding.result, words(finding, record))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmo_core.assessment import (
        Assessment,
        Effect,
        Finding,
        Reason,
        Verdict,
        Wanted,
        assess,
        wanted,
    )
    from pmo_core.assessment.explain import Explanation, explain
    from pmo_core.assessment.findings import Result as FindingResult
    from pmo_core.assessment.plan import Action, Plan
    from pmo_core.documents import (
        Digest,
        Document,
        Json,
        JsonObject,
        Place,
        Pointer,
        Scalars,
        canonical,
        digest,
        digest_bytes,
        document_at,
        join_documents,
        read_document,
        read_json,
        read_json_lines,
        read_yaml,
        read_yaml_stream,
        resolve,
    )
    from pmo_core.errors import (
        Conflict,
        InvalidDocument,
        InvalidRecord,
        InvalidSettings,
        InvalidStandard,
        PluginError,
        PmoError,
        Refused,
        Unavailable,
        UnknownName,
    )
    from pmo_core.governance.choices import Choice
    from pmo_core.governance.stamps import Answer
    from pmo_core.governance.state import Decision, Review, State
    from pmo_core.office.acts import Acting, Done
    from pmo_core.office.founding import Founded, found_office
    from pmo_core.office.office import Office
    from pmo_core.office.packages import load_standard
    from pmo_core.office.records import load_record, load_records
    from pmo_core.office.reviewing import ReviewView
    from pmo_core.office.standings import Standing
    from pmo_core.office.stories import DecisionStory
    from pmo_core.office.ticking import Ticked
    from pmo_core.plugins.calls import (
        Check,
        CheckCall,
        FactCall,
        FactSupplier,
        Fail,
        Pass,
        Reading,
        Result,
        Source,
        SourceCall,
        SourceRecord,
        Unknown,
    )
    from pmo_core.plugins.hookspecs import hookimpl
    from pmo_core.render.words import words
    from pmo_core.standards.inputs import (
        CheckResult,
        Fact,
        Inputs,
        LapsedCondition,
        Neighbour,
        OpenException,
        Passed,
        PositionInLedger,
        WaiverInForce,
    )
    from pmo_core.standards.instants import Calendar
    from pmo_core.standards.model import Standard
    from pmo_core.standards.record import Record
    from pmo_core.standards.record import checked_record as record_of
    from pmo_core.version import VERSION as __version__

_HOMES = {
    "pmo_core.assessment": (
        "Assessment Effect Finding Reason FindingResult=Result Verdict Wanted assess wanted"
    ),
    "pmo_core.assessment.explain": "Explanation explain",
    "pmo_core.assessment.plan": "Action Plan",
    "pmo_core.documents": (
        "Digest Document Json JsonObject Place Pointer Scalars canonical digest digest_bytes "
        "document_at join_documents read_document read_json read_json_lines read_yaml "
        "read_yaml_stream resolve"
    ),
    "pmo_core.errors": (
        "Conflict InvalidDocument InvalidRecord InvalidSettings InvalidStandard PluginError "
        "PmoError Refused Unavailable UnknownName"
    ),
    "pmo_core.governance.choices": "Choice",
    "pmo_core.governance.stamps": "Answer",
    "pmo_core.governance.state": "Decision Review State",
    "pmo_core.office.acts": "Acting Done",
    "pmo_core.office.founding": "Founded found_office",
    "pmo_core.office.office": "Office",
    "pmo_core.office.packages": "load_standard",
    "pmo_core.office.records": "load_record load_records",
    "pmo_core.office.reviewing": "ReviewView",
    "pmo_core.office.standings": "Standing",
    "pmo_core.office.stories": "DecisionStory",
    "pmo_core.office.ticking": "Ticked",
    "pmo_core.plugins.calls": (
        "Check CheckCall FactCall FactSupplier Fail Pass Reading Result Source SourceCall "
        "SourceRecord Unknown"
    ),
    "pmo_core.plugins.hookspecs": "hookimpl",
    "pmo_core.render.words": "words",
    "pmo_core.standards.inputs": (
        "CheckResult Fact Inputs LapsedCondition Neighbour OpenException Passed PositionInLedger "
        "WaiverInForce"
    ),
    "pmo_core.standards.instants": "Calendar",
    "pmo_core.standards.model": "Standard",
    "pmo_core.standards.record": "Record record_of=checked_record",
    "pmo_core.version": "__version__=VERSION",
}
_WHERE = {
    entry.partition("=")[0]: (module, entry.partition("=")[2] or entry)
    for module, entries in _HOMES.items()
    for entry in entries.split()
}

__all__ = [  # noqa: RUF022 - grouped as an embedder meets them
    "load_standard",
    "load_record",
    "load_records",
    "record_of",
    "assess",
    "wanted",
    "explain",
    "words",
    "Standard",
    "Record",
    "Inputs",
    "Fact",
    "CheckResult",
    "Neighbour",
    "PositionInLedger",
    "Passed",
    "WaiverInForce",
    "LapsedCondition",
    "OpenException",
    "Calendar",
    "Assessment",
    "Finding",
    "Reason",
    "FindingResult",
    "Effect",
    "Verdict",
    "Wanted",
    "Explanation",
    "Action",
    "Plan",
    "Office",
    "found_office",
    "Founded",
    "Acting",
    "Done",
    "Answer",
    "Choice",
    "State",
    "Standing",
    "Review",
    "ReviewView",
    "Decision",
    "DecisionStory",
    "Ticked",
    "hookimpl",
    "Check",
    "CheckCall",
    "Pass",
    "Fail",
    "Unknown",
    "Result",
    "Source",
    "SourceCall",
    "SourceRecord",
    "Reading",
    "FactSupplier",
    "FactCall",
    "Document",
    "Place",
    "Pointer",
    "Digest",
    "Json",
    "JsonObject",
    "Scalars",
    "read_document",
    "read_yaml",
    "read_yaml_stream",
    "read_json",
    "read_json_lines",
    "join_documents",
    "document_at",
    "resolve",
    "canonical",
    "digest",
    "digest_bytes",
    "PmoError",
    "InvalidDocument",
    "InvalidRecord",
    "InvalidStandard",
    "InvalidSettings",
    "UnknownName",
    "Refused",
    "Conflict",
    "Unavailable",
    "PluginError",
    "__version__",
]


def __getattr__(name: str) -> object:
    entry = _WHERE.get(name)
    if entry is None:
        raise AttributeError(f"module 'pmo_core' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(entry[0]), entry[1])
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
