"""What is cited of a standard moves when what is judged by moves, and only then (S17.1)."""

from __future__ import annotations

from pmo_core.standards.digests import content_digest, criterion_digest
from pmo_core.standards.load import load

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
