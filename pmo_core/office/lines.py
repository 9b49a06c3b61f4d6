"""What one run of `check` comes to: a line for each (record, gate), and what was set aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pmo_core.assessment import Assessment, Effect, Reason
from pmo_core.standards.model import Obligation

if TYPE_CHECKING:
    from pmo_core.assessment import Finding
    from pmo_core.errors import InvalidDocument
    from pmo_core.standards.model import Standard
    from pmo_core.standards.record import Record


class Checked(NamedTuple):
    """One record at one gate. `line` and `column` are where the record begins in its source."""

    record: Record
    assessment: Assessment
    source: str
    line: int = 1
    column: int = 1


class Unreadable(NamedTuple):
    """A source that gave no record (S2.3); its status stands in place of a verdict."""

    source: str
    error: InvalidDocument
    line: int = 1
    column: int = 1


Line: TypeAlias = Checked | Unreadable

NONE, BLOCKS = Effect.NONE, Effect.BLOCKS


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What all lines of one run share.

    Attributes:
        marks: anything skipped or overridden, as codes for every output: `at` (the clock was
            set), `fact-by-hand`, `fact-unused`, `plugin-missing`, `plugin-failed`.
    """

    standard: Standard
    now: datetime
    marks: tuple[Reason, ...] = ()
    digests: bool = False


@dataclass(slots=True)
class Tally:
    """Counts of a run, for the summary and the exit code; it grows as lines pass through."""

    records: int = 0
    ready: int = 0
    blocked: int = 0
    unreadable: int = 0
    lines: int = 0
    blocking: int = 0
    should_warnings: int = 0

    def exit_code(self, *, fail_on_should: bool) -> int:
        """The greatest of 3 (unreadable), 1 (blocked), 0 (S16.1)."""
        if self.unreadable:
            return 3
        if self.blocked or (fail_on_should and self.should_warnings):
            return 1
        return 0


def tallied(lines: Iterator[Line], tally: Tally) -> Iterator[Line]:
    """The same lines, counted on their way. A record counts as blocked if any gate of it is."""
    current: object = None
    blocked = False
    # Records that pass share their findings, which are thus counted once.
    findings: object = None
    blocking = warnings = 0
    for line in lines:
        tally.lines += 1
        if isinstance(line, Unreadable):
            tally.unreadable += 1
            yield line
            continue
        assessment = line.assessment
        if line.record is not current:
            current, blocked = line.record, False
            tally.records += 1
            tally.ready += 1
        if assessment.findings is not findings:
            findings = assessment.findings
            blocking, warnings = _counted(assessment.findings)
        tally.blocking += blocking
        tally.should_warnings += warnings
        if blocking and not blocked:
            blocked = True
            tally.ready -= 1
            tally.blocked += 1
        yield line


def _counted(findings: tuple[Finding, ...]) -> tuple[int, int]:
    """How many findings block, and how many shoulds are not met."""
    blocking = warnings = 0
    for finding in findings:
        effect = finding.effect
        if effect is not NONE:
            if effect is BLOCKS:
                blocking += 1
            elif finding.obligation is Obligation.SHOULD:
                warnings += 1
    return blocking, warnings
