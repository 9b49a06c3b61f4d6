"""Two things timed side by side: by turns, several times, medians; and what came of it.

Processor time is taken, not a clock's, so that what else the machine does counts on neither side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import process_time
from typing import NamedTuple


class Disagreement(Exception):
    """Ours and the peer's answers differ, so that their times mean nothing."""


class LeftOut(Exception):
    """A benchmark cannot run here, and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: `ours` may be at most `target` times the `peer`.

    Attributes:
        what: what both do.
        peer_name: whom ours stands beside.
        ours: the median of ours, in `unit`.
        peer: the median of the peer, in `unit`.
        unit: `s` (shown as s, ms or us) or `MB`.
    """

    what: str
    peer_name: str
    ours: float
    peer: float
    target: float
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """Ours over the peer's."""
        return self.ours / self.peer

    @property
    def met(self) -> bool:
        """Whether the ratio is within the target."""
        return self.ratio <= self.target


class Benchmark(NamedTuple):
    """A benchmark: its name for `--only`, what it is about, and what measures it.

    `apart` where it runs in a process of its own: its libraries bear no other's beside them.
    """

    name: str
    title: str
    run: Callable[[bool], Iterator[Row]]
    apart: bool = False


def agree(what: str, ours: object, peer: object) -> None:
    """Make sure that ours and the peer's answers are the same.

    Raises:
        Disagreement: they are not.
    """
    if ours != peer:
        raise Disagreement(f"{what}: ours {str(ours)[:300]} but the peer's {str(peer)[:300]}")


def by_turns(actions: Sequence[Callable[[], object]], repetitions: int) -> list[float]:
    """The median seconds of processor time of each action, all of them run by turns.

    The machine's other work thus falls on all alike. The first round warms up and is not counted.
    """
    taken: list[list[float]] = [[] for _action in actions]
    for repetition in range(repetitions + 1):
        for times, action in zip(taken, actions, strict=True):
            started = _processor_seconds()
            action()
            if repetition:
                times.append(_processor_seconds() - started)
    return [median(times) for times in taken]


def _processor_seconds() -> float:
    """What this process and those that it waited for have used, in user and system mode."""
    children = getrusage(RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def many(action: Callable[[], object], times: int) -> Callable[[], None]:
    """The action done that many times, for what is too short to be timed alone."""

    def repeated() -> None:
        for _turn in range(times):
            action()

    return repeated
