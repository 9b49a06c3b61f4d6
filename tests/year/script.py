"""The year as it is written down: who types which line when, and what must come of it.

A story is a text file. `== 2026-03-19` begins a day; `09:00 tove.lie $ pmo ...` is typed then (UTC)
by that person. What stands below a line belongs to it: `<` a line of standard input, `>` a text
that standard output holds, `!` one that standard error holds, `= exit 4` the exit code, 0 where it
does not say. `#` begins a comment. Texts are compared without regard to where lines break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
STORIES = HERE / "story"

_DAY = re.compile(r"== (\d{4}-\d{2}-\d{2})")
_TYPED = re.compile(r"(\d{2}:\d{2}) ([a-z.]+) +\$ (.+)")
_BELOW = re.compile(r" +([<>!=]) (.*)")


class Step(NamedTuple):
    """One line that somebody types.

    Attributes:
        place: where in the story it stands, `FILE:LINE`.
        who: id of the person.
        stdin: what is given on standard input.
        says: texts that must stand in what is written to standard output.
        complains: the same for standard error.
    """

    at: datetime
    place: str
    who: str
    line: str
    stdin: str
    says: tuple[str, ...]
    complains: tuple[str, ...]
    code: int


def whole_year() -> list[Step]:
    """The steps of all stories in the order of time; of two at once, by the name of the file."""
    return in_order(step for file in sorted(STORIES.glob("*.story")) for step in story(file))


def in_order(steps: Iterable[Step]) -> list[Step]:
    """The steps by their time; those of one moment as they come."""
    return sorted(steps, key=lambda step: step.at)


def story(file: Path) -> Iterator[Step]:
    """The steps of one story.

    Raises:
        ValueError: a line is none of those that a story has.
    """
    day = ""
    step: Step | None = None
    for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not text.strip() or text.startswith("#"):
            continue
        below = _BELOW.fullmatch(text)
        if below is not None and step is not None:
            step = _with(step, below[1], below[2])
            continue
        if step is not None:
            yield step
            step = None
        if (begun := _DAY.fullmatch(text)) is not None:
            day = begun[1]
        elif (typed := _TYPED.fullmatch(text)) is not None:
            at = datetime.fromisoformat(f"{day}T{typed[1]}:00").replace(tzinfo=UTC)
            step = Step(at, f"{file.name}:{number}", typed[2], typed[3], "", (), (), 0)
        else:
            raise ValueError(f"{file.name}:{number}: {text!r} is no line of a story")
    if step is not None:
        yield step


def _with(step: Step, sign: str, text: str) -> Step:
    if sign == "<":
        return step._replace(stdin=f"{step.stdin}{text}\n")
    if sign == ">":
        return step._replace(says=(*step.says, text))
    if sign == "!":
        return step._replace(complains=(*step.complains, text))
    return step._replace(code=int(text.removeprefix("exit ")))
