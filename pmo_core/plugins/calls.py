"""What passes between the core and a plugin: what it brings, what it is asked, what it answers.

Named tuples rather than dataclasses, since they take a tenth of the time to define (start-up).
Later versions may add fields at the end: read them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, final

from pmo_core.documents import Document, Json, JsonObject, Scalars
from pmo_core.errors import InvalidDocument

if TYPE_CHECKING:
    from pmo_core.standards.inputs import Fact

NO_WORDS: Final[Mapping[str, str]] = MappingProxyType({})


class SourceRecord(NamedTuple):
    """One project's record as a source found it.

    Attributes:
        document: the record; `read_document`, `join_documents` and `document_at` make one that
            knows its places.
        source: the file or stream that it stands in, as people can find it.
        line: the line on which it begins, where that file holds several; else None.
    """

    document: Document
    source: str
    line: int | None = None


class Reading(NamedTuple):
    """What a source gave.

    Attributes:
        records: each record, or why there is none in its place (it is `unreadable`, the others go
            on). Taken one by one and only once, so a generator serves.
        facts: what the source knows of all its records, by whole name (`kep.approvers`), given
            once and not copied into each record (S8.2).
    """

    records: Iterable[SourceRecord | InvalidDocument]
    facts: Mapping[str, Fact] = MappingProxyType({})


class SourceCall(NamedTuple):
    """A source is asked to read.

    Attributes:
        target: what stands behind the scheme: `DIR` of `kep:DIR`, as it was typed.
        scalars: how the standard wants unquoted text to be read (S2.2).
        settings: the plugin's settings, checked by the source's schema.
    """

    target: str
    scalars: Scalars
    settings: JsonObject


class Source(NamedTuple):
    """Records from elsewhere, named on the command line as `scheme:target`.

    Attributes:
        scheme: the plugin's own name, or that and a further part: `kep`, `kep.history`.
        read: reads the target. It raises a `PmoError` for what the caller can mend.
        settings: JSON Schema of the plugin's settings, as far as they concern it.
    """

    scheme: str
    read: Callable[[SourceCall], Reading]
    settings: Mapping[str, object] | None = None


class FactCall(NamedTuple):
    """A supplier is asked for facts about one project.

    Attributes:
        names: those that are wanted, whole (`sonar.coverage`); some of the supplier's own.
        record: the project's record; a copy of its own, so that a change of it harms nobody.
        settings: the plugin's settings, checked by the supplier's schema.
        project: the record's id.
        standard: `id@version`.
        gate: id of the gate that is about to be assessed.
        now: the instant of assessment, in UTC. Use it, never the clock.
    """

    names: frozenset[str]
    record: JsonObject
    settings: JsonObject
    project: str
    standard: str
    gate: str
    now: datetime


class FactSupplier(NamedTuple):
    """Something that knows facts about a project.

    Attributes:
        names: the facts it can supply, whole: the plugin's name, a dot, a name of its own.
        function: gives those of `FactCall.names` that it knows, by name.
        settings: JSON Schema of the plugin's settings, as far as they concern it.
    """

    names: Collection[str]
    function: Callable[[FactCall], Mapping[str, Fact]]
    settings: Mapping[str, object] | None = None


class CheckCall(NamedTuple):
    """A check is asked about one project.

    Attributes:
        record: the project's record; a copy of its own, so that a change of it harms nobody.
        settings: the plugin's settings with those that the criterion gives (`with`), checked by
            the check's schema.
        criterion: id of the criterion that asks.
        project: the record's id.
        standard: `id@version`.
        gate: id of the gate that is about to be assessed.
        now: the instant of assessment, in UTC. Use it, never the clock.
    """

    record: JsonObject
    settings: JsonObject
    criterion: str
    project: str
    standard: str
    gate: str
    now: datetime


@final
class Pass:
    """The check holds."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Pass()"


class _Reasoned:
    """An answer with a reason: its code, where in the record, and what its words need."""

    __slots__ = ("at", "code", "params")

    def __init__(self, code: str, /, *, at: str | None = None, **params: Json) -> None:
        """Give the reason.

        Args:
            code: one for which the check has words.
            at: RFC 6901 pointer to the place in the record that is meant.
            params: JSON values for the fields of those words.
        """
        self.code = code
        self.at = at
        self.params = params

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r}, at={self.at!r}, **{self.params!r})"


@final
class Fail(_Reasoned):
    """The check does not hold: `Fail("not-open", at="/budget/code", code=code)`."""

    __slots__ = ()


@final
class Unknown(_Reasoned):
    """Nobody can tell: `Unknown("list-empty", list=name)`. On a must it blocks, as a fail does."""

    __slots__ = ()


Result: TypeAlias = Pass | Fail | Unknown


class Check(NamedTuple):
    """A test that a criterion can ask for, as `check: PLUGIN.NAME` (S5.3).

    Attributes:
        name: its own name, without the plugin's.
        function: answers pass, fail or unknown. The same call must give the same answer.
        settings: JSON Schema of what `CheckCall.settings` holds.
        words: reason code -> English sentence with `{param}` fields, for each code that it may
            answer: `{"not-open": "budget code {code} is not open"}`.
    """

    name: str
    function: Callable[[CheckCall], Result]
    settings: Mapping[str, object] | None = None
    words: Mapping[str, str] = NO_WORDS
