"""SARIF 2.1.0, for code scanning: criteria are rules, findings are results at their places.

What blocks is an error, what warns a warning, a `may` that is not met a note; what is waived is an
error that is suppressed. What passes or does not apply is no result. A source that could not be
read is a result of the rule `unreadable`; what was skipped is a notification of the tool.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from pmo_core.assessment import Effect, Result
from pmo_core.documents import Place
from pmo_core.office.lines import Unreadable
from pmo_core.render.errors import told_without_place
from pmo_core.render.escape import clean, json_bytes
from pmo_core.render.escape import sarif as safe
from pmo_core.render.positions import position
from pmo_core.render.style import USUAL
from pmo_core.render.text import gate_name
from pmo_core.render.values import in_language, one_line
from pmo_core.render.words import mark_words, words
from pmo_core.standards.guidance import guidance_text
from pmo_core.standards.model import Obligation
from pmo_core.version import VERSION

if TYPE_CHECKING:
    from pmo_core.assessment import Finding
    from pmo_core.documents import Json, JsonObject
    from pmo_core.office.lines import Checked, Line, Run
    from pmo_core.render.style import Style
    from pmo_core.standards.model import Criterion

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"

_OURS = {
    "record": "The record fits its standard's schema",
    "claim": "The record may claim the phase that it claims",
    "condition": "No condition of an earlier decision has lapsed",
    "exception": "No tolerance is broken without a plan",
    "unreadable": "The source can be read",
}
_LEVELS = {Effect.BLOCKS: "error", Effect.WARNS: "warning", Effect.NONE: "note"}
_LEVELS_OF_OBLIGATIONS = {
    Obligation.MUST: "error",
    Obligation.SHOULD: "warning",
    Obligation.MAY: "note",
}


def sarif(run: Run, lines: Iterable[Line], style: Style = USUAL) -> Iterator[bytes]:
    """One SARIF log with one run, its results as the lines come."""
    yield b'{"$schema":%b,"version":"2.1.0","runs":[{"tool":%b,"results":[' % (
        json_bytes(SCHEMA),
        json_bytes({"driver": _driver(run, style)}),
    )
    between = b"\n"
    for line in lines:
        for result in _results(run, line, style):
            yield between + json_bytes(result)
            between = b",\n"
    notifications: list[Json] = [
        {
            "descriptor": {"id": mark.code},
            "level": "note",
            "message": {"text": safe(mark_words(mark, extra=style.extra))},
        }
        for mark in run.marks
    ]
    invocation: JsonObject = {
        "executionSuccessful": True,
        "toolExecutionNotifications": notifications,
    }
    yield b'\n],"columnKind":"unicodeCodePoints","invocations":[%b]}]}\n' % json_bytes(invocation)


def _driver(run: Run, style: Style) -> JsonObject:
    rules = {
        criterion.id: _rule(run, criterion, style)
        for gate in run.standard.gates.values()
        for criterion in gate.criteria
    }
    ours: list[Json] = [
        {
            "id": name,
            "shortDescription": {"text": told},
            "defaultConfiguration": {"level": "error"},
        }
        for name, told in _OURS.items()
    ]
    return {
        "name": "pmo",
        "version": VERSION,
        "semanticVersion": VERSION,
        "properties": {"standard": run.standard.name},
        "rules": [*ours, *(rules[name] for name in sorted(rules))],
    }


def _rule(run: Run, criterion: Criterion, style: Style) -> JsonObject:
    statement = one_line(in_language(criterion.statement, style.lang))
    rule: JsonObject = {
        "id": clean(criterion.id),
        "shortDescription": {"text": safe(statement or criterion.id)},
        "defaultConfiguration": {"level": _LEVELS_OF_OBLIGATIONS[criterion.obligation]},
        "properties": {"obligation": criterion.obligation.value, "origin": criterion.origin},
    }
    remedy = one_line(in_language(criterion.remedy, style.lang))
    guidance = _guidance(run, criterion, style)
    told = "\n\n".join(part for part in (remedy and f"{remedy}.", guidance) if part)
    if told:
        rule["help"] = {"text": "\n".join(safe(line) for line in told.splitlines())}
    return rule


def _guidance(run: Run, criterion: Criterion, style: Style) -> str:
    """The criterion's guidance; empty where it has none, or the package lacks its file."""
    written = in_language(criterion.guidance, style.lang)
    return (guidance_text(written, run.standard.files) or "").strip()


def _results(run: Run, line: Line, style: Style) -> Iterator[JsonObject]:
    if isinstance(line, Unreadable):
        for error in (line.error, *line.error.also):
            place = Place(line.source, error.line or line.line, error.column or line.column)
            yield _result("unreadable", "error", told_without_place(error), place)
        return
    for finding in line.assessment.findings:
        waived = finding.result is Result.WAIVED
        if waived or finding.result in (Result.FAIL, Result.UNKNOWN):
            yield _finding(run, line, finding, style)


def _finding(run: Run, line: Checked, finding: Finding, style: Style) -> JsonObject:
    told = words(finding, line.record, run.standard, lang=style.lang, extra=style.extra)
    waived = finding.result is Result.WAIVED
    level = _LEVELS_OF_OBLIGATIONS[finding.obligation] if waived else _LEVELS[finding.effect]
    rule = finding.criterion.partition(":")[0]
    result = _result(rule, level, told, position(line, finding))
    if waived:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": f"waiver {finding.waiver}"}
        ]
    gate = gate_name(line)
    result["partialFingerprints"] = {
        "pmoFinding/v1": f"{line.record.id}:{gate}:{finding.criterion}"
    }
    result["properties"] = {
        "record": line.record.id,
        "gate": gate,
        "result": finding.result.value,
        "obligation": finding.obligation.value,
    }
    return result


def _result(rule: str, level: str, told: str, place: Place) -> JsonObject:
    return {
        "ruleId": rule,
        "level": level,
        "message": {"text": safe(told)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(place.source),
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
    }


def _artifact(source: str) -> JsonObject:
    path = quote(_as_bytes(source.replace("\\", "/")), safe="/")
    if path.startswith("/"):
        return {"uri": f"file://{path}"}
    return {"uri": path, "uriBaseId": ROOT}


def _as_bytes(name: str) -> bytes:
    """A file's name as the system has it, though it be no text."""
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace")
