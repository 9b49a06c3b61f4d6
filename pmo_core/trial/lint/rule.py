"""What a lint rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmo_core.documents import Place
    from pmo_core.standards.model import Standard


class Severity(StrEnum):
    """Whether the standard cannot work as it is written, or is only likely to surprise."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that a rule objects to, as the rule itself sees it.

    Attributes:
        pointer: where in the standard's file.
        message: what is wrong, one sentence without a final full stop.
        remedy: what to do, likewise.
    """

    pointer: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that lint looks for.

    Attributes:
        id: the rule's name; its page has the same.
        category: lifecycle, gates, criteria, schemas, scores, expressions, names or files.
        spots: the places that it objects to.
    """

    id: str
    category: str
    severity: Severity
    spots: Callable[[Standard], Iterable[Spot]]


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing that is wrong with a standard, or likely to surprise its users."""

    rule: str
    severity: Severity
    message: str
    pointer: str
    place: Place
    remedy: str

    def as_json(self) -> Mapping[str, str | int]:
        """The finding as machines read it."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "message": self.message,
            "source": self.place.source,
            "line": self.place.line,
            "column": self.place.column,
            "pointer": self.pointer,
            "remedy": self.remedy,
        }
