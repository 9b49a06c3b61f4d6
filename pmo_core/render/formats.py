"""The output formats by name. A format is imported when it is asked for (start-up)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from pmo_core.errors import UnknownName

if TYPE_CHECKING:
    from pmo_core.office.lines import Line, Run
    from pmo_core.render.style import Style

Writer: TypeAlias = "Callable[[Run, Iterable[Line], Style], Iterator[bytes]]"
"""Takes a run, its lines and a style; gives UTF-8 in pieces, as the lines come where it can."""

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "pmo_core.render.text:text",
        "json": "pmo_core.render.whole_json:whole_json",
        "jsonl": "pmo_core.render.jsonl:jsonl",
        "junit": "pmo_core.render.junit:junit",
        "sarif": "pmo_core.render.sarif:sarif",
        "markdown": "pmo_core.render.markdown:markdown",
        "github": "pmo_core.render.github:github",
        "explain": "pmo_core.render.explain:explained",
    }
)
"""Format -> `module:function` of its writer."""


def writer_of(name: str) -> Writer:
    """The writer of a format.

    Raises:
        UnknownName: there is no such format.
    """
    where = FORMATS.get(name)
    if where is None:
        from pmo_core.standards.faults import did_you_mean  # start-up: only on an error

        raise UnknownName(
            f"there is no output format {name!r}", remedy=did_you_mean(name, list(FORMATS))
        )
    module, _, function = where.partition(":")
    found: Writer = getattr(import_module(module), function)
    return found
