"""Calls to plugins, each alone: one that fails harms only its own result (design decision 8).

What protects from what: a plugin gets copies, so it cannot change the record, the settings or what
the next plugin sees. Whatever it raises, `SystemExit` too, and whatever it returns that breaks the
contract, becomes a result with that cause; so does an answer that does not come by the plugin's
deadline, where it has one (see `deadlines` for what that does not stop). Ctrl-C is not held back.
Nothing here protects from a plugin that ends the process, or reaches for the core's own objects: it
runs in this process with all that the process may do, so load only plugins that you would run as a
program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from pmo_core.documents import Document, Limits, Scalars, check_value, split_pointer
from pmo_core.errors import InvalidDocument, PluginError, PmoError
from pmo_core.plugins.calls import (
    Check,
    CheckCall,
    FactCall,
    FactSupplier,
    Fail,
    Pass,
    Reading,
    Source,
    SourceCall,
    SourceRecord,
    Unknown,
)
from pmo_core.plugins.deadlines import TooLate, answered
from pmo_core.plugins.declared import fields_of
from pmo_core.plugins.telling import told
from pmo_core.standards.inputs import CheckResult, Fact

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.plugins.plugin import Contribution, Plugin

RAISED: Final = "plugin-raised"
BAD_RESULT: Final = "plugin-result"
UNAVAILABLE: Final = "fact-unavailable"
TIMED_OUT: Final = "timed-out"

PARAMS_LIMITS: Final = Limits(depth=20, nodes=1_000, scalar_bytes=16_000)
FACT_LIMITS: Final = Limits(depth=100, nodes=100_000, scalar_bytes=1_000_000)
_LONGEST_NAME: Final = 1_000
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_PASSED: Final = CheckResult("pass")


class _BreaksContract(Exception):
    """What a plugin returned is not what its hook promises."""


def ask_check(plugin: Plugin, check: Contribution[Check], call: CheckCall) -> CheckResult:
    """What a check answers; unknown, with plugin, version and error, where it fails to.

    `call.settings` are the criterion's own (`with`); the check gets them with the plugin's.

    Raises:
        InvalidSettings: both together do not fit the check's schema.
    """
    settings = check.schema.checked(plugin.settings, call.settings)
    private = call._replace(record=_copied(call.record), settings=_copied(settings))
    try:
        return _check_result(check.item, answered(plugin.deadline, check.item.function, private))
    except TooLate as error:
        return CheckResult("unknown", TIMED_OUT, None, _blame(plugin, str(error)))
    except _BreaksContract as error:
        return CheckResult("unknown", BAD_RESULT, None, _blame(plugin, str(error)))
    except (Exception, SystemExit) as error:
        return CheckResult("unknown", RAISED, None, _blame(plugin, told(error)))


def ask_facts(
    plugin: Plugin, supplier: Contribution[FactSupplier], call: FactCall
) -> dict[str, Fact]:
    """The wanted facts that a supplier knows; each with the failure as its cause where it fails.

    Raises:
        InvalidSettings: the plugin's settings do not fit the supplier's schema.
    """
    settings = supplier.schema.checked(plugin.settings, {})
    private = call._replace(record=_copied(call.record), settings=_copied(settings))
    try:
        given = _facts_by_name(answered(plugin.deadline, supplier.item.function, private))
        for name in given:
            if name not in supplier.item.names:
                raise _BreaksContract(f"it gave {_short(name)}, which it did not declare")
    except TooLate as error:
        return dict.fromkeys(call.names, _failed(plugin, TIMED_OUT, str(error)))
    except _BreaksContract as error:
        return dict.fromkeys(call.names, _failed(plugin, BAD_RESULT, str(error)))
    except (Exception, SystemExit) as error:
        return dict.fromkeys(call.names, _failed(plugin, RAISED, told(error)))
    return {name: _fact(plugin, given[name]) for name in call.names if name in given}


def read_source(
    plugin: Plugin, source: Contribution[Source], target: str, scalars: Scalars
) -> Reading:
    """What a source gives: its facts now, its records as they are taken.

    Raises:
        PluginError: it raised something that is no `PmoError`, or breaks the contract; also while
            the records are taken.
        PmoError: as it raised it, for what the caller can mend.
        InvalidSettings: the plugin's settings do not fit the source's schema.
    """
    settings = source.schema.checked(plugin.settings, {})
    what = f"{source.item.scheme}:{target}"
    try:
        asked = SourceCall(target, scalars, _copied(settings))
        reading = answered(plugin.deadline, source.item.read, asked)
        if type(reading) is not Reading:
            raise _BreaksContract(f"it gave {_kind(reading)}, not a Reading")
        facts = _facts_by_name(reading.facts)
        for name in facts:
            if not name.startswith(f"{plugin.name}."):
                raise _BreaksContract(f"it gave {_short(name)}, which is outside its namespace")
    except PmoError:
        raise
    except (Exception, SystemExit) as error:
        raise _source_error(plugin, what, error) from None
    return Reading(
        _records(plugin, what, reading.records),
        {name: _fact(plugin, fact) for name, fact in facts.items()},
    )


def _records(
    plugin: Plugin, what: str, records: Iterable[SourceRecord | InvalidDocument]
) -> Iterator[SourceRecord | InvalidDocument]:
    try:
        for item in records:
            yield _record(item, what)
    except PmoError:
        raise
    except (Exception, SystemExit) as error:
        raise _source_error(plugin, what, error) from None


def _record(item: object, what: str) -> SourceRecord | InvalidDocument:
    if isinstance(item, InvalidDocument):
        if item.source is None:
            item.source = what
        return item
    if type(item) is not SourceRecord or not isinstance(item.document, Document):
        raise _BreaksContract(f"it gave {_kind(item)}, not a SourceRecord or InvalidDocument")
    if type(item.source) is not str or not 0 < len(item.source) <= _LONGEST_NAME:
        raise _BreaksContract("it gave a record whose source has no name that can be shown")
    if item.line is not None and (type(item.line) is not int or item.line < 1):
        raise _BreaksContract(f"it gave a record on line {_short(item.line)}")
    try:
        check_value(item.document.value, item.source)
    except InvalidDocument as fault:
        return fault
    return item


def _check_result(check: Check, answer: object) -> CheckResult:
    if type(answer) is Pass:
        return _PASSED
    if type(answer) is not Fail and type(answer) is not Unknown:
        raise _BreaksContract(f"it answered {_kind(answer)}, not Pass, Fail or Unknown")
    code, at, params = answer.code, answer.at, answer.params
    if type(code) is not str or code not in check.words:
        raise _BreaksContract(f"it answered {_short(code)}, a code that it has no words for")
    if at is not None:
        _check_pointer(at)
    try:
        check_value(params, "params", limits=PARAMS_LIMITS)
    except InvalidDocument as fault:
        raise _BreaksContract(
            f"its parameters for {code!r} are refused: {fault.message}"
            + (f" (at {fault.pointer[:100]})" if fault.pointer else "")
        ) from None
    lacking = sorted((fields_of(check.words[code]) or frozenset()) - params.keys())
    if lacking:
        raise _BreaksContract(f"the words for {code!r} need {', '.join(lacking)}")
    if "check" in params:
        raise _BreaksContract("a parameter is called 'check', which pmo fills in")
    result = "fail" if type(answer) is Fail else "unknown"
    return CheckResult(result, code, at, _copied(params))


def _check_pointer(at: object) -> None:
    if type(at) is not str or len(at) > _LONGEST_NAME:
        raise _BreaksContract(f"its place is {_short(at)}, which is no JSON pointer")
    try:
        check_value(at, "at")
        split_pointer(at)
    except InvalidDocument:
        raise _BreaksContract(f"its place is {_short(at)}, which is no JSON pointer") from None


def _fact(plugin: Plugin, fact: object) -> Fact:
    """The fact as it is kept: its value a copy, never marked as given by hand."""
    if type(fact) is not Fact:
        return _failed(plugin, BAD_RESULT, f"it gave {_kind(fact)}, not a Fact")
    source = fact.source if type(fact.source) is str else ""
    if not 0 < len(source) <= _LONGEST_NAME or not source.isprintable():
        source = f"plugin {plugin.label}"
    if fact.failure is not None:
        return Fact(None, source=source, failure=UNAVAILABLE)
    observed = fact.observed
    if observed is not None and (type(observed) is not str or not _INSTANT.fullmatch(observed)):
        return _failed(
            plugin, BAD_RESULT, f"{_short(observed)} is no instant as 2026-03-01T09:00:00Z"
        )
    try:
        check_value(fact.value, "fact", limits=FACT_LIMITS)
    except InvalidDocument as fault:
        return _failed(plugin, BAD_RESULT, f"the value is refused: {fault.message}")
    return fact._replace(value=_copied_value(fact.value), source=source, by_hand=False)


def _failed(plugin: Plugin, code: str, error: str) -> Fact:
    """A fact that is not there, with the cause where people read who supplied it."""
    return Fact(None, source=f"plugin {plugin.label}: {error}", failure=code)


def _blame(plugin: Plugin, error: str) -> dict[str, Json]:
    return {"plugin": plugin.name, "version": plugin.version, "error": error}


def _source_error(plugin: Plugin, what: str, error: BaseException) -> PluginError:
    is_told = isinstance(error, _BreaksContract | TooLate)
    said = str(error) if is_told else f"it raised {told(error)}"
    return PluginError(
        f"plugin {plugin.label} could not read {what}: {said}",
        remedy="Tell the author of the plugin, or leave this source out",
    )


def _facts_by_name(value: object) -> dict[str, object]:
    if not isinstance(value, Mapping):
        raise _BreaksContract(f"it gave {_kind(value)}, not a mapping of names to facts")
    found = dict(value)
    for name in found:
        if type(name) is not str:
            raise _BreaksContract(f"it gave a fact under {_kind(name)}, which is no name")
    return found


def _copied(members: JsonObject) -> JsonObject:
    """The same object in new objects and lists."""
    return {key: _copied_value(member) for key, member in members.items()}


def _copied_value(value: Json) -> Json:
    if type(value) is dict:
        return _copied(value)
    if type(value) is list:
        return [_copied_value(item) for item in value]
    return value


def _kind(value: object) -> str:
    return "None" if value is None else f"a Python {type(value).__name__}"


def _short(value: object) -> str:
    """A value that is wrong, for a message: only short text is shown."""
    return repr(value[:80]) if type(value) is str else _kind(value)
