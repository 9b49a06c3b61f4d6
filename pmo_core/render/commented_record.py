"""A new project's file: what is known of it, and what the next gate asks for, ready to fill in.

Lines that begin with `##` explain; lines that begin with `# ` are examples, and become part of the
record once the sign is taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from textwrap import wrap
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.assessment.findings import Effect
from pmo_core.documents import MISSING, check_value, split_pointer
from pmo_core.render.record_yaml import entry, head
from pmo_core.render.values import in_language, one_line
from pmo_core.standards.bundle import bundled_record_schema
from pmo_core.standards.fields import Fields, Wish
from pmo_core.standards.looks import single_tests
from pmo_core.standards.model import AnswerTest, ArtefactTest, SchemaTest, ScoreTest
from pmo_core.standards.record import claimed_text

if TYPE_CHECKING:
    from pmo_core.assessment.findings import Assessment, Finding
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.model import Criterion, SingleTest, Standard

_WIDTH: Final = 88
_HOW: Final = (
    "A line that begins with '# ' is an example: take that sign away, and write your own there."
)
_BY_COMMAND: Final = "Not in this file but by a command, which keeps who said so and when:"


class _Asked(NamedTuple):
    """What unmet criteria ask for in one field of the record; why, line by line, by criterion."""

    wish: Wish
    reasons: dict[str, list[str]]


def commented_record(
    value: JsonObject,
    standard: Standard,
    assessments: Sequence[Assessment],
    *,
    schema_ref: str | None,
    version: int | None,
    lang: str = "en",
) -> str:
    """The record as YAML, with an example of each field that unmet criteria ask for as a comment.

    Args:
        value: what is known of the project; the file reads back to exactly that.
        standard: whose record schema explains the fields.
        assessments: of that record at the gates ahead, whose findings say what is missing.
        schema_ref: as of `record_yaml`.
        version: as of `record_yaml`.
        lang: in which the standard's texts are told, where it has several.

    Raises:
        InvalidDocument: the value is no record within the limits of S1.
    """
    check_value(value, "the record")
    fields = Fields(bundled_record_schema(standard))
    asked: dict[str, _Asked] = {}
    besides: list[str] = []
    project = claimed_text(value.get("id")) or "PROJECT"
    for assessment in assessments:
        for criterion, finding in _unmet(assessment):
            wish, commands = _wish(criterion, finding, project)
            for name, inner in wish.fields.items():
                kept = asked.setdefault(name, _Asked(Wish(), {}))
                _join(kept.wish, inner)
                kept.reasons[criterion.id] = _reasons(criterion, lang)
            if commands or not wish.fields:
                besides.extend(_statement(criterion, lang))
                besides.extend(f"##     {command}" for command in commands)
    lines = [*head(schema_ref, version), *_known(value, asked, fields)]
    sections = [_example(name, one, fields) for name, one in asked.items() if name not in value]
    if sections:
        gates = " and ".join(dict.fromkeys(str(one.gate) for one in assessments))
        lines += ["", *_prose(f"What {gates} asks for. {_HOW}")]
    if besides:
        sections.append([*_prose(_BY_COMMAND), *dict.fromkeys(besides)])
    for section in sections:
        lines += ["", *section]
    return "".join(f"{line}\n" for line in lines)


def _unmet(assessment: Assessment) -> Iterable[tuple[Criterion, Finding]]:
    """The criteria that block or warn, in the order of the gate."""
    gate = assessment.standard.gates.get(assessment.gate or "")
    criteria = {one.id: one for one in (gate.criteria if gate else ())}
    for finding in assessment.findings:
        if finding.effect is not Effect.NONE and finding.criterion in criteria:
            yield criteria[finding.criterion], finding


def _wish(criterion: Criterion, finding: Finding, project: str) -> tuple[Wish, list[str]]:
    """The fields that would meet a criterion, and the commands that would."""
    wish, commands = Wish(), []
    for one in single_tests(criterion):
        if isinstance(one, SchemaTest):
            wish.ask(one.schema.value)
        elif command := _command(one, criterion, project):
            commands.append(command)
    for reason in finding.reasons:
        if reason.code == "missing" and reason.pointer:
            here = wish
            for token in split_pointer(reason.pointer):
                here = here if token.isdecimal() else here.field(token)
    return wish, commands


def _command(test: SingleTest, criterion: Criterion, project: str) -> str | None:
    """What to type for a test of what only commands change."""
    if isinstance(test, ArtefactTest):
        return f"pmo project artefact {project} {test.id} {test.state}"
    if isinstance(test, ScoreTest):
        return f"pmo project answer {project} {criterion.id} ..."
    if isinstance(test, AnswerTest):
        passing = next((value for value, passes in test.values.items() if passes), "yes")
        evidence = " --evidence FILE" if test.evidence else ""
        return f"pmo project answer {project} {criterion.id} {passing}{evidence}"
    return None


def _join(kept: Wish, more: Wish) -> None:
    """Ask in `kept` for what `more` asks for, too."""
    if kept.value is MISSING:
        kept.value = more.value
    for name, inner in more.fields.items():
        _join(kept.field(name), inner)


def _known(value: JsonObject, asked: Mapping[str, _Asked], fields: Fields) -> list[str]:
    """The record's own lines; what is missing inside of an object stands at its end."""
    lines: list[str] = [] if value else ["{}"]
    for key, part in value.items():
        own = entry(key, part)
        if lines and len(own) > 1:
            lines.append("")
        lines += own
        if key in asked and isinstance(part, dict) and part:
            wish = Wish()
            wish.fields = {
                name: inner for name, inner in asked[key].wish.fields.items() if name not in part
            }
            if wish.fields:
                lines += [f"  {line}" for line in _missing(key, wish, asked[key], fields)]
    return lines


def _missing(key: str, wish: Wish, asked: _Asked, fields: Fields) -> list[str]:
    """What an object of the record lacks."""
    schema = fields.field(fields.whole(), key)
    sample = fields.sample(schema, wish)
    lines = [*chain(*asked.reasons.values()), *_meanings(schema, wish, fields)]
    for name in wish.fields:
        lines += _as_example(name, sample.get(name) if isinstance(sample, dict) else None)
    return lines


def _example(name: str, asked: _Asked, fields: Fields) -> list[str]:
    """One field of the record that is not there yet."""
    schema = fields.field(fields.whole(), name)
    sample = fields.sample(schema, asked.wish)
    lines = list(chain(*asked.reasons.values()))
    said = schema.get("description")
    if isinstance(said, str) and sample != said.removesuffix("."):
        lines += _prose(f"{schema.get('title', name)}: {said}")
    return [*lines, *_meanings(schema, asked.wish, fields), *_as_example(name, sample)]


def _reasons(criterion: Criterion, lang: str) -> list[str]:
    """Why a field is asked for: the criterion, with its example."""
    lines = _statement(criterion, lang)
    if criterion.example is not None:
        lines += _prose(f"Such as: {in_language(criterion.example, lang)}", "  ")
    return lines


def _statement(criterion: Criterion, lang: str) -> list[str]:
    return _prose(f"{criterion.obligation}: {in_language(criterion.statement, lang)}")


def _meanings(schema: JsonObject, wish: Wish, fields: Fields) -> list[str]:
    """What each field inside of one means."""
    told = fields.described(schema, wish)
    return [line for name, said in told for line in _prose(f"{name}: {said}", "  ")]


def _as_example(name: str, value: Json) -> list[str]:
    return [f"# {line}" for line in entry(name, value)]


def _prose(text: str, indent: str = "") -> list[str]:
    """Lines of explanation; whatever the text holds, it stays a comment."""
    lines = wrap(one_line(text), _WIDTH, break_long_words=False, break_on_hyphens=False)
    return [f"##{' ' if number == 0 else '   '}{indent}{line}" for number, line in enumerate(lines)]
