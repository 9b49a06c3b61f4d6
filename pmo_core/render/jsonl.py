"""JSON Lines: one object a (record, gate), as S11.7 has it. Form: check-line.schema.json.

A line costs a few microseconds where all is well: findings that pass are shared by all records
of a run, so their bytes are made once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import orjson

from pmo_core.assessment import Reason, Verdict
from pmo_core.office.lines import Checked, Unreadable
from pmo_core.render.errors import error_fields
from pmo_core.render.escape import inert_json, json_bytes
from pmo_core.render.style import USUAL

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment, Finding
    from pmo_core.documents import Json, JsonObject
    from pmo_core.office.lines import Line, Run
    from pmo_core.render.style import Style

_MOST_KEPT = 64


def jsonl(run: Run, lines: Iterable[Line], style: Style = USUAL) -> Iterator[bytes]:
    """Each line as it comes; what was skipped stands in every one, as `marks`."""
    write = LineWriter(run, marks=True, explain=style.explain, end=b"\n").write
    for line in lines:
        yield write(line)


def marks_json(run: Run) -> list[Json]:
    """The marks of a run, as every line and document carries them."""
    return [mark.as_json() for mark in run.marks]


class LineWriter:
    """Writes the lines of one run, keeping the bytes of what many of them share.

    Args:
        run: whose lines they are.
        marks: whether each line carries the run's marks.
        explain: whether each blocked line says what would free it.
        end: what ends each line.
    """

    __slots__ = (
        "_digests",
        "_end",
        "_explain",
        "_file",
        "_findings",
        "_kept",
        "_open",
        "_standard",
    )

    def __init__(self, run: Run, *, marks: bool, explain: bool = False, end: bytes = b"") -> None:
        self._standard = b'},"standard":' + json_bytes(run.standard.name)
        self._digests = run.digests
        self._explain = explain
        written = b',"marks":' + json_bytes(marks_json(run)) if marks and run.marks else b""
        self._end = written + b"}" + end
        self._file: str | None = None
        self._open = b""
        # By identity. The value itself is kept with its bytes, so that no other gets its id.
        self._kept: dict[int, tuple[Assessment, bytes]] = {}
        self._findings: dict[int, tuple[Finding, bytes]] = {}

    def write(self, line: Line) -> bytes:
        """The line's object, and what ends it."""
        if isinstance(line, Unreadable):
            return self._unreadable(line)
        record, assessment, source, number, column = line
        if source != self._file:
            self._begin(source)
        name = record.id
        written = (
            orjson.dumps(name)
            if name.isascii() and name.isprintable() and "##" not in name
            else json_bytes(name)
        )
        kept = self._kept.get(id(assessment.findings))
        if kept is None or assessment.notes or assessment.occurrence or record.notes:
            rest = self._rest(line, assessment)
        else:
            rest = kept[1]
        return b'{"record":%b%b%d,"column":%d%b' % (written, self._open, number, column, rest)

    def _begin(self, source: str) -> None:
        """Lines of another source begin."""
        self._file = source
        self._open = b',"source":{"file":' + json_bytes(source) + b',"line":'

    def _rest(self, line: Checked, assessment: Assessment) -> bytes:
        """Everything after the place."""
        plain: list[bytes] = [self._standard, b',"gate":', orjson.dumps(assessment.gate)]
        if assessment.occurrence:
            plain += [b',"occurrence":', json_bytes(assessment.occurrence)]
        plain += [b',"verdict":"', assessment.verdict.value.encode(), b'"']
        if assessment.entry is Verdict.BLOCKED:
            plain.append(b',"entry":"blocked"')
        if assessment.vacuous:
            plain.append(b',"vacuous":true')
        plain += [b',"findings":[', b",".join(map(self._finding, assessment.findings)), b"]"]
        notes = [*(Reason(code) for code in line.record.notes), *assessment.notes]
        if notes:
            plain += [b',"notes":', json_bytes([note.as_json() for note in notes])]
        explains = self._explains(assessment)
        if explains:
            from pmo_core.render.explanation_json import explanation_json  # start-up

            plain += [b',"explain":', json_bytes(explanation_json(assessment))]
        if self._digests:
            plain += [b',"digests":', orjson.dumps(_digests(assessment))]
        plain.append(self._end)
        rest = b"".join(plain)
        if (
            assessment.verdict is Verdict.READY
            and not notes
            and not self._digests
            and not assessment.occurrence
        ):
            if len(self._kept) >= _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[id(assessment.findings)] = (assessment, rest)
        return rest

    def _explains(self, assessment: Assessment) -> bool:
        return self._explain and assessment.verdict is Verdict.BLOCKED

    def _finding(self, finding: Finding) -> bytes:
        kept = self._findings.get(id(finding))
        if kept is not None:
            return kept[1]
        written = inert_json(orjson.dumps(finding.as_json()))
        if not finding.reasons:
            if len(self._findings) >= _MOST_KEPT:
                del self._findings[next(iter(self._findings))]
            self._findings[id(finding)] = (finding, written)
        return written

    def _unreadable(self, line: Unreadable) -> bytes:
        if line.source != self._file:
            self._begin(line.source)
        return (
            b'{"record":null%b%d,"column":%d%b,"gate":null,"verdict":"unreadable","error":%b,'
            b'"findings":[]%b'
            % (
                self._open,
                line.line,
                line.column,
                self._standard,
                json_bytes(error_fields(line.error)),
                self._end,
            )
        )


def _digests(assessment: Assessment) -> JsonObject:
    """What an assessment rests on, and what it comes to, by digest (S3.5)."""
    from pmo_core.documents import digest

    written = assessment.as_json()
    return {
        "assessment": digest(written),
        "record": written["record"],
        "inputs": written["inputs"],
        "standard": assessment.standard.digest,
    }
