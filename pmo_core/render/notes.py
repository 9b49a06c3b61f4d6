"""Notes of many lines, told once for each kind: a thousand records may have the same one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_core.assessment import Reason, Verdict
from pmo_core.render.catalogue import CATALOGUE
from pmo_core.render.values import counted
from pmo_core.render.words import reason_words

if TYPE_CHECKING:
    from pmo_core.office.lines import Checked


class Notes:
    """What was noted of the records of a run, counted by kind; it grows as lines pass through."""

    __slots__ = ("_counts", "_first", "_gateless", "_vacuous")

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._first: dict[str, tuple[str, str]] = {}
        self._gateless = self._vacuous = 0

    def add(self, line: Checked) -> None:
        """Count what one line has to be noted of."""
        found = line.assessment
        if found.verdict is Verdict.READY and found.vacuous:
            if found.gate is None:
                self._gateless += 1
            else:
                self._vacuous += 1
        if not line.record.notes and not found.notes:
            return
        for note in (*map(Reason, line.record.notes), *found.notes):
            if note.code not in self._counts:
                self._counts[note.code] = 0
                place = f"{line.source}:{line.line}:{line.column}"
                self._first[note.code] = (reason_words(note, record=line.record), place)
            self._counts[note.code] += 1

    def sentences(self) -> Iterator[str]:
        """A sentence for each kind of note, the one record or the first of many named."""
        for code, count in self._counts.items():
            told, place = self._first[code]
            if count == 1:
                yield f"{place}: {told}."
                continue
            many = CATALOGUE[code].many if code in CATALOGUE else ""
            yield (
                f"{count:,} {many} (first: {place})."
                if many
                else f"{count:,} records, such as {place}: {told}."
            )

    def unasked(self) -> Iterator[str]:
        """How many are ready because little or nothing was asked of them."""
        if self._gateless:
            have = "has" if self._gateless == 1 else "have"
            yield f"{counted(self._gateless, 'record')} {have} no gate ahead, so nothing was asked."
        if self._vacuous:
            are = "is" if self._vacuous == 1 else "are"
            told = counted(self._vacuous, "verdict")
            yield f"{told} {are} READY only because no must applied."
