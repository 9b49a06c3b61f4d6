"""A standard that uses every kind of test, and records that make each come out in every way.

Run as a script it prints every assessment and plan of the corpus, a line each, so that runs of the
interpreter can be compared.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date

from pmo_core.assessment import Assessment
from pmo_core.assessment.explain import CONDITIONAL_GO, Explanation, explain
from pmo_core.documents import Json, JsonObject, canonical
from pmo_core.standards.digests import criterion_digest
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
from pmo_core.standards.model import Standard
from pmo_core.testing.builders import a_standard, assessed, read

CRITERIA = """
fields-known: {must: Only fields that are known, schema: {propertyNames: {maxLength: 9}}}
shape:
  must: The risks are owned, in time and of a known kind
  schema:
    required: [risks, title]
    properties:
      risks:
        minItems: 1
        items:
          required: [owner, due]
          properties: {due: {format: date}, kind: {enum: [time, cost]}, owner: {minLength: 2}}
          additionalProperties: {maximum: 5}
owner:
  must: Somebody owns it
  schema: {anyOf: [{required: [owner]}, {required: [sponsor, deputy]}]}
  waivable: {by: boss, max: P30D}
cost: {must: It is within budget, expr: "record.cost.now <= record.cost.plan * 1.1", owner: manager}
in-time: {must: No risk is late, expr: "record.risks.all(r, r.due >= today)", when: large}
lab: {must: The lab is open, expr: "facts.lab.open && facts.lab.free > 2.0", lead-time: P9D}
open: {must: The code is open, check: {id: demo.open, with: {code: 4711}}}
plan: {must: The plan is approved, artefact: {id: plan, state: approved, max_age: P1Y}}
note: {should: The note is done, artefact: {id: note, state: done, approved-by: accountable}}
asked:
  must: The stakeholders were asked
  answer:
    values: {'yes': pass, 'no': fail, partly: fail}
    na: justified
    evidence: required
    by: boss
    max_age: P90D
  deferrable: {within: P30D, by: boss, values: [partly]}
all-agree: {must: Every boss agrees, answer: {by: boss, from: all}, unless: small}
worth:
  must: It is worth it
  score:
    scale: {min: 0, max: 10}
    items: {a: {weight: 3, minimum: 2}, b: {weight: 1, na: allowed}, c: {weight: 0.5}}
    bands: [{id: low, at-least: 0}, {id: fair, above: 5}, {id: good, at-least: 7.5}]
    pass: fair
  deferrable: {within: next-gate, bands: [low]}
needs: {must: The others are done, dependency: {of: /needs, phase: executing}}
other:
  must: Another agrees
  dependency: {of: [rome, oslo], holds: "other.standard != ''", any: true}
either: {must: One way or another, any: [{answer: {}}, {schema: {required: [proof]}}]}
both: {must: Both, all: [{schema: {required: [x1]}}, {artefact: {id: plan, state: draft}}]}
waits: {must: Then this, schema: {required: [more]}, after: [shape, cost]}
waits-on: {should: And then this, schema: true, after: [waits], explain: required}
old: {must: It was so, schema: {required: [old]}, grandfathered: {schema: {required: [legacy]}}}
law: {must: It is lawful, schema: {required: [permit]}, statutory: true, eased: large}
soft: {must: It is eased, schema: {required: [soft]}, eased: {schema: true}}
coming: {must: It will be so, schema: {required: [coming]}, binds: '2026-05-01'}
going: {must: It was so, schema: {required: [going]}, retires: '2026-06-01'}
entry: {must: It may come in, schema: {required: [ticket]}, for: entrance}
"""
PARTS: dict[str, Json] = {
    "roles": "{boss: {title: Boss}, manager: {title: Manager}}",
    "artefacts": "{plan: {title: Plan, states: [draft, approved], accountable: boss,"
    " lead-time: P5D}, note: {title: Note, states: [begun, done], accountable: manager}}",
    "predicates": '{large: {expr: "record.cost.plan > 100.0"}, small: {schema:'
    " {required: [tiny]}}}",
    "needs": "{facts: {lab.open: {type: boolean}, lab.free: {type: number}}}",
}
RECORDS = (
    "{}",
    "{title: A, risks: [], cost: {now: 1, plan: 2}, needs: rome, answers: {either: {value: no}}}",
    "{title: A, risks: [{owner: x, due: 2026-02-30, kind: time, n: 9, m: 7}, {}, {kind: odd, due:"
    " '2026-01-01', owner: yy}], cost: {now: 120, plan: 100.5}, phase: shelved}",
    "{title: A, risks: [{owner: ada, due: '2027-01-01'}], cost: {now: 110, plan: 200}, owner: me,"
    " needs: [rome, oslo, 7], x1: 1, more: 1, permit: 1, soft: 1, going: 1, ticket: 1, old: 1,"
    " artefacts: {plan: {state: approved, date: '2026-01-01', by: ada}, note: {state: done,"
    " by: mia, date: '2026-02-01'}}, answers: {asked: {value: yes, by: ada, date: '2026-02-01',"
    " evidence: [a.pdf]}, all-agree: [{value: yes, by: ada, date: '2026-02-01'}], either: {value:"
    " yes}, worth: {value: {a: 8, b: na, c: 6.5}}}}",
    "{title: A, legacy: true, tiny: 1, cost: {now: 1.5, plan: null}, deputy: x, answers: {asked:"
    " {value: na, justification: None}, worth: {value: {a: 1, b: 9}}, either: {value: perhaps}},"
    " artefacts: {plan: torn, note: begun}, surprising-field: 1, other-surprise: 2}",
    "{title: A, cost: {now: 5, plan: 500}, risks: [{owner: ada, due: '2026-01-05'}], answers:"
    " {asked: {value: partly}, worth: {value: {a: 5, b: 5, c: 5}}}, phase: executing}",
)


def standard() -> Standard:
    """The standard of the corpus."""
    return a_standard(CRITERIA, gate="{owner: manager}", **PARTS)  # type: ignore[arg-type]


def records() -> list[JsonObject]:
    """The records of the corpus, new ones each time."""
    found = []
    for text in RECORDS:
        value = read(text)
        assert isinstance(value, dict)
        found.append(copy.deepcopy(value))
    return found


def all_inputs(chosen: Standard) -> list[Inputs]:
    """From nothing known to everything known."""
    known = {one.id: one for one in chosen.gates["ready"].criteria}
    waivers = tuple(
        WaiverInForce(f"w-{number}", name, criterion_digest(known[name].model, chosen))
        for number, name in enumerate(("owner", "law", "cost"), 1)
    )
    year = (date(2026, 1, 1), None)
    whole = Inputs(
        facts={"lab.open": Fact(True), "lab.free": Fact(3), "lab.else": Fact({"b": 1, "a": [2]})},
        checks={("open", "demo.open"): CheckResult("fail", "shut", "/cost", {"b": 1, "a": 2})},
        projects={
            "rome": Neighbour("small@1.0.0", {"main": "planning"}, {"ready": Passed("go", "x")}),
            "oslo": Neighbour("small@1.0.0", {"main": "closed"}, head="h"),
        },
        cycles=(("atlas", "rome"),),
        position=PositionInLedger({"main": "planning"}, {"main": "2026-01-15"}),
        baselines={"plan": {"cost": 3}},
        waivers=waivers,
        conditions=(LapsedCondition("c-2", "Two"), LapsedCondition("c-1", "One", "/cost")),
        exceptions=(OpenException("x-1", "cost", "boss", ("ready",)),),
        holders={"boss": (("ada", *year), ("bob", *year)), "manager": (("mia", *year),)},
        extra=a_standard("{added: {must: It was added, schema: {required: [added]}}}")
        .gates["ready"]
        .criteria,
        zone="Europe/Oslo",
    )
    facts = {"lab.open": Fact(None, source="lab", failure="timed-out"), "lab.free": Fact(1)}
    return [Inputs(), Inputs(facts=facts, zone="America/Los_Angeles"), whole]


def assessments(chosen: Standard, given: list[JsonObject] | None = None) -> Iterator[Assessment]:
    """Every record with all inputs."""
    for value in records() if given is None else given:
        for inputs in all_inputs(chosen):
            yield assessed(chosen, value, inputs=inputs)


def as_bytes(found: Assessment) -> bytes:
    """Everything that an assessment and its plans say, in canonical form."""
    until = None if found.valid_until is None else found.valid_until.isoformat()
    plans: list[Json] = [told(explain(found)), told(explain(found, target=CONDITIONAL_GO))]
    notes: list[Json] = [note.as_json() for note in found.notes]
    return canonical({"found": found.as_json(), "until": until, "notes": notes, "plans": plans})


def told(found: Explanation) -> Json:
    """A plan as JSON."""
    plan = found.plan
    return {
        "stuck": list(found.stuck),
        "plan": [[one.id, list(one.roles)] for one in plan.actions] if plan else None,
        "proved": plan is not None and plan.proved,
        "earliest": None if found.earliest is None else found.earliest.isoformat(),
        "blockers": [
            [one.finding.criterion, list(one.roles), one.waived_by] for one in found.blockers
        ],
    }


def main() -> None:
    """Print the corpus, assessed."""
    for found in assessments(standard()):
        print(as_bytes(found).decode())


if __name__ == "__main__":
    main()
