"""What a command that writes came to: what changed, to which version, and how the verdict moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from shlex import quote
from typing import TYPE_CHECKING, cast

from pmo_core.assessment import Verdict
from pmo_core.documents import MISSING, Json, JsonObject, Missing, apply, resolve, split_pointer
from pmo_core.office.placing import by_id
from pmo_core.render.layout import lines_of
from pmo_core.render.values import counted, day_words, found, listed, one_line, plain

if TYPE_CHECKING:
    from pmo_core.office.acts import Done
    from pmo_core.office.standings import Standing
    from pmo_core.render.style import Style

NOT_WRITTEN = "Nothing was written."
MOST_OF_A_VALUE = 60
"""Characters of one value in a list of changes."""

_ABSENT = "nothing"


def done_lines(done: Done, what: str, style: Style, more: Sequence[str] = ()) -> Iterator[str]:
    """The answer to a command on one project, then, of a dry run, each change of its record.

    Args:
        what: what was done, such as `2 changes`.
        more: sentences about it, where it was done or would be.
    """
    told = f"{done.project}: {_answer(done, what)}"
    yield from lines_of(told, style)
    if done.events and not done.repeated:
        if not done.written:
            yield from changes_of(done, style)
        for sentence in more:
            yield from lines_of(sentence, style)
    if done.events and not done.written:
        yield NOT_WRITTEN


def _answer(done: Done, what: str) -> str:
    if not done.events:
        return f"nothing to do; it stays at version {done.after.version}."
    before = done.before.version if done.before is not None else 0
    versions = f"version {before} -> {done.after.version}"
    if done.repeated:
        return f"done before under this key: {what}, {versions}."
    would = "" if done.written else "would be "
    verdict = verdict_moved(done.was, done.now)
    return f"{would}{what}, {versions}.{f' {verdict}' if verdict else ''}"


def preview_lines(done: Done, style: Style) -> Iterator[str]:
    """What a change would come to, before the question whether it is meant."""
    yield from changes_of(done, style)
    verdict = verdict_moved(done.was, done.now)
    told = f"{done.project}: {changed_words(done)}.{f' {verdict}' if verdict else ''}"
    yield from lines_of(told, style)


def changes_of(done: Done, style: Style) -> Iterator[str]:
    """A line for each change of the record: `  risks.R-3.owner: nothing -> nils.falk`."""
    record = None if done.before is None else done.before.record
    for event in done.events:
        patch = event.payload.get("patch")
        if record is not None and isinstance(patch, list):
            operations = cast("list[JsonObject]", patch)
            for line in patch_words(record, operations):
                yield from lines_of(line, style, "  ", "    ")
            record = cast("JsonObject", apply(operations, record))


def patch_words(record: JsonObject, patch: Sequence[JsonObject]) -> Iterator[str]:
    """Each operation on a record as `path: old -> new`; a path names items by their ids."""
    value: Json = record
    for operation in patch:
        pointer = str(operation["path"])
        after = apply([operation], value)
        removed = operation["op"] == "remove"
        inserted = operation["op"] == "add"
        old: Json | Missing = MISSING if inserted else resolve(value, pointer)
        new: Json | Missing = MISSING if removed else operation.get("value")
        yield f"{dotted(value if removed else after, pointer)}: {_words(old)} -> {_words(new)}"
        value = after


def changed_places(record: JsonObject, patch: Sequence[JsonObject]) -> Iterator[str]:
    """The place of each operation on a record, items by their ids: `risks.R-3.owner`."""
    value: Json = record
    for operation in patch:
        after = apply([operation], value)
        yield dotted(value if operation["op"] == "remove" else after, str(operation["path"]))
        value = after


def dotted(value: Json, pointer: str) -> str:
    """A pointer as `--set` writes it: names, and ids of items, joined by dots."""
    return one_line(".".join(split_pointer(by_id(value, pointer)))) or "the record"


def lag_words(file: str, project: str, record: JsonObject, lag: Sequence[JsonObject]) -> list[str]:
    """What a file lacks, since others changed it in the ledger; empty where it lacks nothing.

    Args:
        record: as it is in the ledger.
    """
    if not lag:
        return []
    names = dict.fromkeys(dotted(record, str(one["path"])) for one in lag)
    return [
        f"{file} lacks what others changed meanwhile ({listed(names)}), and keeps its version. "
        f"To write it anew: pmo project show {quote(project)} --yaml"
    ]


def verdict_words(standing: Standing) -> str:
    """`READY`, or `BLOCKED by 3`."""
    if standing.found.verdict is Verdict.READY:
        return "READY"
    return f"BLOCKED by {len(standing.found.blocking)}"


def held_beside(verdict: str, standing: Standing) -> str:
    """`READY, held until 2026-12-01`; the verdict alone where it is not on hold."""
    until = standing.held_until
    return verdict if until is None else f"{verdict}, held until {until.isoformat()}"


def hold_words(standing: Standing) -> str:
    """`on hold until Tue 1 Dec 2026 (decided begin/1)`; empty where it is not."""
    hold = standing.hold
    if hold is None or standing.held_until is None:
        return ""
    return f"on hold until {day_words(hold.until)} (decided {one_line(hold.decision)})"


def verdict_moved(was: Sequence[Standing], now: Sequence[Standing]) -> str:
    """`BLOCKED by 3 -> BLOCKED by 1.`, with the gate where there are several; empty for none."""
    before = {one.key: verdict_words(one) for one in was}
    told = []
    for one in now:
        verdict = verdict_words(one)
        earlier = before.get(one.key)
        if earlier is not None and earlier != verdict:
            words = f"{earlier} -> {verdict}"
        else:
            words = verdict if earlier is None else f"still {verdict}"
        told.append(f"{one.key} {words}" if len(now) > 1 or earlier is None else words)
    sentence = ", ".join(told)
    return f"{sentence[:1].upper()}{sentence[1:]}." if len(now) == 1 else _ended(sentence)


def patch_count(done: Done) -> int:
    """How many places of the record the command changed."""
    patches = (event.payload.get("patch") for event in done.events)
    return sum(len(patch) for patch in patches if isinstance(patch, list))


def changed_words(done: Done) -> str:
    """`2 changes`."""
    return counted(patch_count(done), "change")


def _ended(sentence: str) -> str:
    return f"{sentence}." if sentence else ""


def _words(value: Json | Missing) -> str:
    if value is MISSING:
        return _ABSENT
    if isinstance(value, str):
        return plain(value, MOST_OF_A_VALUE)
    return found(value, MOST_OF_A_VALUE) if isinstance(value, dict | list) else plain(value)
