"""A time by which a plugin must have answered, so that one that hangs does not hold up the rest.

The call runs in a thread of its own, which is left to itself once its time is over: Python cannot
end a thread. So this does not stop what the plugin goes on doing, nor a call that never lets go of
the interpreter, as C code may that holds its lock; and such a thread ends only with the process,
which does not wait for it. Ctrl-C ends the waiting as it ends everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar, final

A = TypeVar("A")
R = TypeVar("R")

_MOST_LATE: Final = 3


class TooLate(Exception):
    """No answer came in time."""

    def __init__(self, seconds: float, *, asked: bool) -> None:
        often = "" if asked else f" {_MOST_LATE} times in a row, so it was not asked again"
        super().__init__(f"no answer within {seconds:g} s{often}")


@final
class Deadline:
    """The time that one plugin has for each answer in one office.

    A plugin that was late three times in a row is not asked again while the office is open, else
    a thousand projects would each wait for it.
    """

    __slots__ = ("_late", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._late = 0

    def kept(self, function: Callable[[A], R], call: A) -> R:
        """What the function answers to the call; it raises what the function raises.

        Raises:
            TooLate: it does not answer in time.
        """
        from contextvars import copy_context  # start-up: only where plugins are called
        from threading import Event, Thread

        if self._late >= _MOST_LATE:
            raise TooLate(self.seconds, asked=False)
        answers: list[R] = []
        errors: list[BaseException] = []
        done = Event()

        def run() -> None:
            try:
                answers.append(function(call))
            except BaseException as error:  # it is raised again, by whoever waits
                errors.append(error)
            finally:
                done.set()

        Thread(target=copy_context().run, args=(run,), name="pmo plugin", daemon=True).start()
        if not done.wait(self.seconds):
            self._late += 1
            raise TooLate(self.seconds, asked=True)
        self._late = 0
        for error in errors:
            raise error
        return answers[0]


def answered(deadline: Deadline | None, function: Callable[[A], R], call: A) -> R:
    """What the function answers to the call; by the deadline, where there is one."""
    return function(call) if deadline is None else deadline.kept(function, call)
