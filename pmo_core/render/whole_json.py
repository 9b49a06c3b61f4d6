"""The whole result as one JSON document. Form: check-result.schema.json."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pmo_core.office.lines import Tally, tallied
from pmo_core.render.escape import json_bytes
from pmo_core.render.jsonl import LineWriter, marks_json
from pmo_core.render.style import USUAL

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject
    from pmo_core.office.lines import Line, Run
    from pmo_core.render.style import Style


def whole_json(run: Run, lines: Iterable[Line], style: Style = USUAL) -> Iterator[bytes]:
    """`{standard, now, marks, records, summary}`; `records` has a line for each (record, gate)."""
    from pmo_core.standards.instants import format_instant

    tally = style.tally if style.tally is not None else Tally()
    counting = lines if style.tally is not None else tallied(iter(lines), tally)
    yield b'{"standard":%b,"now":%b,"marks":%b,"records":[' % (
        json_bytes(run.standard.name),
        json_bytes(format_instant(run.now)),
        json_bytes(marks_json(run)),
    )
    write = LineWriter(run, marks=False, explain=style.explain).write
    between = b"\n"
    for line in counting:
        yield between + write(line)
        between = b",\n"
    yield b'\n],"summary":%b}\n' % json_bytes(summary_json(tally))


def summary_json(tally: Tally) -> JsonObject:
    """The counts of a run, by name."""
    return {
        "records": tally.records,
        "ready": tally.ready,
        "blocked": tally.blocked,
        "unreadable": tally.unreadable,
        "lines": tally.lines,
        "blocking": tally.blocking,
    }
