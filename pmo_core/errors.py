"""One tree of errors; each says what is wrong, where, and what to do.

The classes, their `kind` and their exit code are S16 of docs/reference/semantics.md.
"""

from __future__ import annotations

from typing import ClassVar, TypedDict, TypeVar, Unpack

E = TypeVar("E", bound="PmoError")


class Told(TypedDict, total=False):
    """What an error says besides its message; see `PmoError`."""

    source: str | None
    line: int | None
    column: int | None
    pointer: str | None
    remedy: str | None
    also: tuple[PmoError, ...]


class PmoError(Exception):
    """Something went wrong that the person who reads it can act on.

    Attributes:
        message: what is wrong, one sentence without a final full stop.
        source: name of the file or stream, as the user gave it.
        line: line in `source`, from 1.
        column: column in `source`, from 1, counted in characters.
        pointer: RFC 6901 pointer to the value at fault.
        remedy: what to do about it, one sentence without a final full stop.
        also: further faults that the same reading found, in order of position.
    """

    kind: ClassVar[str] = "bug"
    exit_code: ClassVar[int] = 70

    def __init__(
        self,
        message: str,
        *,
        source: str | None = None,
        line: int | None = None,
        column: int | None = None,
        pointer: str | None = None,
        remedy: str | None = None,
        also: tuple[PmoError, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.line = line
        self.column = column
        self.pointer = pointer
        self.remedy = remedy
        self.also = also

    def told_as(self, kind: type[E], **other: Unpack[Told]) -> E:
        """The same fault as an error of another class, for what was read to be that.

        Args:
            other: what it says otherwise, such as another place.
        """
        said: Told = {
            "source": self.source,
            "line": self.line,
            "column": self.column,
            "pointer": self.pointer,
            "remedy": self.remedy,
            "also": self.also,
        }
        said.update(other)
        return kind(self.message, **said)

    @property
    def place(self) -> str:
        """`source:line:column`, as far as it is known; empty where nothing is."""
        parts = [str(part) for part in (self.source, self.line, self.column) if part is not None]
        return ":".join(parts)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return (
            where + _sentence(self.message) + (f" {_sentence(self.remedy)}" if self.remedy else "")
        )

    def as_json(self) -> dict[str, str | int]:
        """The error as `--json` writes it (S16.2): fields that are known, by name."""
        fields = {
            "kind": self.kind,
            "message": self.message,
            "source": self.source,
            "line": self.line,
            "column": self.column,
            "pointer": self.pointer,
            "remedy": self.remedy,
        }
        return {name: value for name, value in fields.items() if value is not None}


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", ":")) else f"{text}."


class UnknownName(PmoError):
    """No such project, gate, criterion, standard or plugin."""

    kind = "unknown-name"
    exit_code = 2


class InvalidDocument(PmoError):
    """Text that is no YAML or JSON within the limits of S1 and S2."""

    kind = "invalid-document"
    exit_code = 3


class InvalidRecord(PmoError):
    """A project record that its standard's record schema refuses.

    Attributes:
        reasons: what the schema refuses, each as code, pointer and parameters, as findings have
            them; whoever shows the error makes words of them.
    """

    kind = "invalid-record"
    exit_code = 3

    def __init__(
        self,
        message: str,
        *,
        reasons: tuple[tuple[str, str | None, dict[str, object]], ...] = (),
        **place: Unpack[Told],
    ) -> None:
        super().__init__(message, **place)
        self.reasons = reasons


class InvalidStandard(PmoError):
    """A standard that breaks the standard language, or names what is not there."""

    kind = "invalid-standard"
    exit_code = 3


class InvalidSettings(PmoError):
    """Settings of an office or a plugin that break their schema."""

    kind = "invalid-settings"
    exit_code = 3


class Refused(PmoError):
    """Authority, lifecycle or statute forbids it."""

    kind = "refused"
    exit_code = 4


class Conflict(PmoError):
    """Somebody else changed it meanwhile; a retry may help."""

    kind = "conflict"
    exit_code = 4


class Unavailable(PmoError):
    """A file, store, disk or peer cannot be reached."""

    kind = "unavailable"
    exit_code = 69


class PluginError(PmoError):
    """A plugin failed where no finding can carry it."""

    kind = "plugin"
    exit_code = 69
