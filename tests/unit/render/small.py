"""A small standard, four sources and one run over them: what the tests of this folder write out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from pmo_core.assessment import Finding, Reason, assess
from pmo_core.documents import read_document
from pmo_core.errors import InvalidDocument
from pmo_core.office.lines import Checked, Line, Run, Unreadable
from pmo_core.standards.digests import criterion_digest
from pmo_core.standards.inputs import CheckResult, Inputs, WaiverInForce
from pmo_core.standards.load import load
from pmo_core.standards.model import Standard
from pmo_core.standards.record import Record, read_record

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MARKS = (
    Reason("at", None, {"at": "2026-11-24T09:00:00Z"}),
    Reason("fact-by-hand", None, {"fact": "lab.open"}),
)
PLUGIN_WORDS = {"budget-codes.open.not-open": "budget code {code} is not open; ask finance"}

STANDARD = """\
language: 1
standard: small
version: 1.0.0
title: A small standard
record: {schema: record.schema.json}
roles:
  manager: {title: Manager}
artefacts:
  business-case: {title: Business case, states: [draft, submitted, approved]}
predicates:
  large: {expr: "money(record.cost.approved) > money('1000000.00')"}
lifecycle:
  initial: planning
  phases: [planning, executing]
  ends: [executing]
  gates:
    ready:
      title: Ready for executing
      from: planning
      outcomes: {go: executing, hold: {to: same, needs: nothing}}
      authority: {role: manager}
      criteria:
        business-case-approved:
          must: The business case is approved
          artefact: {id: business-case, state: approved}
        risks-owned:
          must:
            en: Every risk has an owner and a response
            nb: Hver risiko har en eier og et tiltak
          schema:
            required: [risks]
            properties: {risks: {items: {required: [owner, response]}}}
          guidance: guidance/risks.md
          remedy: Name an owner for each risk, and what is done about it
        within-tolerance:
          must: The forecast is within the approved budget
          expr: "money(record.cost.forecast) <= money(record.cost.approved)"
          waivable: manager
        stakeholders-consulted:
          must: The key stakeholders were consulted
          answer: {na: justified, evidence: required, max_age: P90D}
        budget-code-open:
          must: The budget code is open in finance's list
          check: budget-codes.open
        reviewed:
          must: Somebody from outside looked at it
          answer: {}
          when: large
        benefits-measurable:
          should: Every benefit has a measure
          schema:
            required: [benefits]
            properties: {benefits: {minItems: 1, items: {required: [measure]}}}
        lessons-read:
          may: The lessons of like projects were read
          answer: {}
        carbon-counted:
          must: The carbon of the project was counted
          answer: {}
          binds: "2027-01-01"
    health:
      title: Health
      standing: true
      criteria:
        risks-owned:
          must:
            en: Every risk has an owner and a response
            nb: Hver risiko har en eier og et tiltak
          schema:
            required: [risks]
            properties: {risks: {items: {required: [owner, response]}}}
"""
SCHEMA = """\
{"type": "object", "required": ["id", "phase"], "properties": {
  "id": {"type": "string"},
  "phase": {"enum": ["planning", "executing"]},
  "risks": {"type": "array", "items": {"type": "object", "properties": {
     "probability": {"enum": ["low", "medium", "high"]}}}}}}
"""
GUIDANCE = "Why: a risk that nobody owns is nobody's.\n\nSee [the course](https://example.org/).\n"

PORTAL = """\
id: permit-portal
title: Permit portal
phase: planning
cost:
  approved: {amount: "900000.00", currency: NOK}
  forecast: {amount: "950000.00", currency: NOK}
artefacts:
  business-case: {state: submitted}
risks:
  - {id: R-1, title: Supplier fails, owner: nils.falk, response: A second one}
  - id: R-2
    title: Old data cannot be moved
    response: Move it by hand
  - {id: R-3, title: Nobody uses it, response: A campaign}
  - {title: No name for it}
answers:
  stakeholders-consulted:
    value: yes
    date: "2026-07-20"
    evidence: [consultation.pdf]
"""
ARCHIVE = """\
id: records-archive
title: Records archive
phase: planning
cost:
  approved: {amount: "900000.00", currency: NOK}
  forecast: {amount: "900000.00", currency: NOK}
artefacts: {business-case: approved}
risks: []
benefits:
  - {id: B-1, title: Fewer boxes, measure: Boxes}
answers:
  stakeholders-consulted: {value: yes, date: "2026-11-20", evidence: [minutes.pdf]}
  lessons-read: {value: yes}
  carbon-counted: {value: yes}
"""
PARCELS = """\
id: parcel-map
title: Parcel map
phase: plannning
cost: {approved: {amount: "2000000.00", currency: NOK}}
risks:
  - {id: R-1, title: Maps are old, owner: jon.vale, response: Buy new ones, probability: huge}
"""


def standard() -> Standard:
    """The small standard."""
    return load(
        {
            "standard.yaml": STANDARD.encode(),
            "record.schema.json": SCHEMA.encode(),
            "guidance/risks.md": GUIDANCE.encode(),
        },
        "small",
    )


def record(small: Standard, text: str, name: str = "projects/x.yaml") -> Record:
    """A record as it is read from a file."""
    return read_record(small, read_document(text.encode(), name))


def finding(small: Standard, text: str, criterion: str, gate: str = "ready") -> Finding:
    """What one criterion came to on a record."""
    found = assess(small, gate, record(small, text), now=NOW)
    return next(one for one in found.findings if one.criterion == criterion)


def small_run(small: Standard, *, digests: bool = False) -> Run:
    """The run that the lines belong to, with its marks."""
    return Run(small, NOW, MARKS, digests)


def small_lines(small: Standard) -> list[Line]:
    """Each verdict once: blocked at one of two gates, ready, blocked by its record, unreadable."""
    closed = CheckResult("fail", "not-open", "/cost", {"code": "4711"})
    waived = WaiverInForce("w-1", "within-tolerance", _digest_of(small, "within-tolerance"))
    portal = record(small, PORTAL, "projects/permit-portal.yaml")
    archive = record(small, ARCHIVE, "projects/records-archive.yaml")
    parcels = record(small, PARCELS, "projects/parcel-map.yaml")
    return [
        *_checked(small, portal, ("health", "ready"), _inputs(closed, (waived,))),
        *_checked(small, archive, ("ready",), _inputs(CheckResult("pass"))),
        *_checked(small, parcels, ("ready",), Inputs()),
        Unreadable(
            "projects/field.yaml",
            InvalidDocument(
                "a tab cannot indent YAML, here below 'budget:'",
                source="projects/field.yaml",
                line=18,
                column=1,
                remedy="Replace the tab by two spaces",
            ),
        ),
    ]


def _checked(
    small: Standard, one: Record, gates: Iterable[str], inputs: Inputs
) -> Iterable[Checked]:
    for gate in gates:
        yield Checked(one, assess(small, gate, one, now=NOW, inputs=inputs), one.source)


def _inputs(check: CheckResult, waivers: tuple[WaiverInForce, ...] = ()) -> Inputs:
    return Inputs(checks={("budget-code-open", "budget-codes.open"): check}, waivers=waivers)


def _digest_of(small: Standard, criterion: str) -> str:
    found = next(one for one in small.gates["ready"].criteria if one.id == criterion)
    return criterion_digest(found.model, small)
