"""What a plugin's hooks return, checked when it is loaded, so that a run finds no surprises."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from string import Formatter
from typing import Final, NoReturn

from pmo_core.errors import PluginError
from pmo_core.plugins.calls import Check, FactSupplier, Source
from pmo_core.plugins.plugin import Contribution
from pmo_core.plugins.settings import SettingsSchema

_PLUGIN: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)
_LONGEST_SENTENCE: Final = 1_000


def is_plugin_name(name: str) -> bool:
    """Whether a plugin can be called so: its name is a namespace, and thus has no dot."""
    return _PLUGIN.fullmatch(name) is not None


class Declarations:
    """Checks the lists of one plugin.

    Raises:
        PluginError: from each method, where the plugin breaks the contract of the hook.
    """

    __slots__ = ("_plugin",)

    def __init__(self, plugin: str) -> None:
        self._plugin = plugin

    def sources(self, listed: Collection[object]) -> dict[str, Contribution[Source]]:
        """The sources by scheme."""
        found: dict[str, Contribution[Source]] = {}
        for source in listed:
            if not isinstance(source, Source):
                self._foreign(source, "Source", "pmo_sources")
            what = f"source {source.scheme!r}"
            if source.scheme != self._plugin:
                self._own(source.scheme, what)
            self._new(source.scheme, found, what)
            self._callable(source.read, what)
            found[source.scheme] = Contribution(source, self._schema(source.settings, what))
        return found

    def suppliers(self, listed: Collection[object]) -> tuple[Contribution[FactSupplier], ...]:
        """The suppliers, no two of them with the same name."""
        found: list[Contribution[FactSupplier]] = []
        names: dict[str, None] = {}
        for supplier in listed:
            if not isinstance(supplier, FactSupplier):
                self._foreign(supplier, "FactSupplier", "pmo_facts")
            if isinstance(supplier.names, str) or not isinstance(supplier.names, Collection):
                self._wrong(f"the names of a supplier are a list, not {_kind(supplier.names)}")
            for name in supplier.names:
                self._own(name, f"fact {name!r}")
                self._new(name, names, f"fact {name!r}")
                names[name] = None
            what = f"facts of {self._plugin}"
            self._callable(supplier.function, what)
            kept = supplier._replace(names=frozenset(supplier.names))
            found.append(Contribution(kept, self._schema(supplier.settings, what)))
        return tuple(found)

    def checks(self, listed: Collection[object]) -> dict[str, Contribution[Check]]:
        """The checks by their own name."""
        found: dict[str, Contribution[Check]] = {}
        for check in listed:
            if not isinstance(check, Check):
                self._foreign(check, "Check", "pmo_checks")
            if not isinstance(check.name, str) or not _NAME.fullmatch(check.name):
                self._wrong(
                    f"check {check.name!r}: its name is lower-case letters, digits, '-' and '_'"
                )
            what = f"check {self._plugin}.{check.name}"
            self._new(check.name, found, what)
            self._callable(check.function, what)
            kept = check._replace(words=self._words(check.words, what))
            found[check.name] = Contribution(kept, self._schema(check.settings, what))
        return found

    def _words(self, words: Mapping[str, str], what: str) -> dict[str, str]:
        if not isinstance(words, Mapping):
            self._wrong(f"the words of {what} are a mapping, not {_kind(words)}")
        for code, sentence in words.items():
            if not isinstance(code, str) or not _CODE.fullmatch(code):
                self._wrong(f"{what} has words for {code!r}, which is no reason code")
            if not isinstance(sentence, str) or not 0 < len(sentence) <= _LONGEST_SENTENCE:
                self._wrong(f"the words of {what} for {code!r} are no sentence")
            fields = fields_of(sentence)
            if fields is None:
                self._wrong(
                    f"the words of {what} for {code!r} hold a field that is more than '{{name}}'"
                )
            if "check" in fields:
                self._wrong(f"the words of {what} for {code!r} use 'check', which pmo fills in")
        return dict(words)

    def _schema(self, schema: Mapping[str, object] | None, what: str) -> SettingsSchema:
        if schema is not None and not isinstance(schema, Mapping):
            self._wrong(f"the settings schema of {what} is an object, not {_kind(schema)}")
        return SettingsSchema(schema, what)

    def _foreign(self, item: object, kind: str, hook: str) -> NoReturn:
        self._wrong(f"{hook} returns {kind} values, and one is {_kind(item)}")

    def _own(self, name: object, what: str) -> None:
        """Refuse a name outside the plugin's namespace (S8.1)."""
        prefix = f"{self._plugin}."
        own = name.removeprefix(prefix) if isinstance(name, str) else ""
        if not isinstance(name, str) or not name.startswith(prefix) or not _NAME.fullmatch(own):
            self._wrong(
                f"{what} is outside its namespace: its names are {prefix}NAME, in lower case"
            )

    def _new(self, name: str, known: Collection[str], what: str) -> None:
        if name in known:
            self._wrong(f"it lists {what} twice")

    def _callable(self, function: Callable[..., object], what: str) -> None:
        if not callable(function):
            self._wrong(f"{what} has no function: {_kind(function)} cannot be called")

    def _wrong(self, message: str) -> NoReturn:
        raise PluginError(
            f"plugin {self._plugin!r} breaks the contract of its hooks: {message}",
            remedy="Tell the author of the plugin; docs/reference/hooks.md has the contract",
        )


def fields_of(sentence: str) -> frozenset[str] | None:
    """The `{name}` fields of a sentence; None where one asks for more than a plain value."""
    try:
        parts = [part for part in Formatter().parse(sentence) if part[1] is not None]
    except ValueError:
        return None
    if any(not (name or "").isidentifier() or spec or how for _text, name, spec, how in parts):
        return None
    return frozenset(str(name) for _text, name, _spec, _how in parts)


def _kind(value: object) -> str:
    name = type(value).__name__
    return name if name == "None" else f"a Python {name}"
