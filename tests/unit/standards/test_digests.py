"""What is cited of a standard moves when what is judged by moves, and only then (S17.1)."""

from __future__ import annotations

import pytest

from pmo_core.standards.digests import content_digest, criterion_digest
from pmo_core.standards.load import load
from pmo_core.testing.builders import a_standard

STANDARD = b"""language: 1
standard: small
version: 1.0.0
record: {schema: record.schema.json}
lifecycle:
  initial: open
  phases: [open, done]
  ends: [done]
  gates:
    finish:
      from: open
      outcomes: {go: done}
      criteria:
        owned: {must: It has an owner, schema: {required: [owner]}, guidance: a.md}
"""
FILES = {"standard.yaml": STANDARD, "record.schema.json": b'{"type": "object"}', "a.md": b"# A"}


def test_every_byte_of_a_package_is_in_its_content_digest() -> None:
    assert content_digest(FILES) != content_digest({**FILES, "a.md": b"# B"})
    assert content_digest(FILES) == content_digest(dict(reversed(FILES.items())))


def test_comments_and_short_forms_do_not_move_the_resolved_digest() -> None:
    longer = STANDARD.replace(b"{go: done}", b"{go: {to: done, needs: ready}}  # as it was")
    assert load(FILES).digest == load({**FILES, "standard.yaml": longer}).digest


def test_another_record_schema_moves_the_resolved_digest() -> None:
    other = {**FILES, "record.schema.json": b'{"type": "object", "required": ["id"]}'}
    assert load(FILES).digest != load(other).digest


def test_guidance_does_not_move_the_resolved_digest() -> None:
    assert load(FILES).digest == load({**FILES, "a.md": b"# Better words"}).digest


def test_words_for_people_do_not_end_a_waiver() -> None:
    judged = {"obligation": "must", "schema": {"required": ["owner"]}}
    assert criterion_digest({**judged, "guidance": "a.md", "lead-time": "P1D"}) == criterion_digest(
        judged
    )
    assert criterion_digest({**judged, "obligation": "should"}) != criterion_digest(judged)


NAMING = {
    "criteria": """
large-ones: {must: It is so, predicate: cheap, when: [large]}
planned: {must: It is planned, any: [{artefact: {id: plan, state: done}}, {schema: true}]}
formed: {must: It has a form, schema: {$ref: 'forms/a.json#/$defs/x'}}
""",
    "predicates": """
large: {expr: "record.n > 1.0"}
cheap: {schema: {required: [price]}}
other: {schema: true}
""",
    "artefacts": "{plan: {title: Plan, states: [draft, done]}, log: {title: Log, states: [open]}}",
    "a": '{"$defs": {"x": {"$ref": "b.json"}}}',
    "b": '{"type": "object"}',
}


@pytest.mark.parametrize(
    ("part", "old", "new", "moved"),
    [
        ("predicates", "n > 1.0", "n > 2.0", {"large-ones"}),
        ("predicates", "price", "cost", {"large-ones"}),
        ("predicates", "schema: true", "schema: false", set()),
        ("artefacts", "[draft, done]", "[draft, seen, done]", {"planned"}),
        ("artefacts", "[open]", "[open, shut]", set()),
        ("a", '"$ref"', '"title": "X", "$ref"', {"formed"}),
        ("b", '"object"', '["object", "null"]', {"formed"}),
    ],
)
def test_what_a_criterion_names_is_judged_by_and_ends_a_waiver(
    part: str, old: str, new: str, moved: set[str]
) -> None:
    """S13.1, S17.1."""
    changed = {**NAMING, part: NAMING[part].replace(old, new)}
    assert changed != NAMING
    before, after = digests_of(**NAMING), digests_of(**changed)
    assert {name for name in before if before[name] != after[name]} == moved


def digests_of(criteria: str, a: str, b: str, **parts: str) -> dict[str, str]:
    files = {"forms/a.json": a.encode(), "forms/b.json": b.encode()}
    standard = a_standard(criteria, files=files, **parts)
    return {
        one.id: criterion_digest(one.model, standard) for one in standard.gates["ready"].criteria
    }
