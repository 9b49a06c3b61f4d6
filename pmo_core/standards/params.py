"""Whether the values of a standard's parameters are within the limits that it sets for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_core.documents import join_pointer
from pmo_core.standards.faults import Fault

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject

_NUMBERS = ("integer", "number")


def param_faults(params: JsonObject) -> Iterator[Fault]:
    """Defaults out of range, and ranges that no value is in; the grammar has checked the types."""
    for name, param in params.items():
        if isinstance(param, dict):
            yield from _faults_of(name, param, join_pointer(("params", name)))


def _faults_of(name: str, param: JsonObject, here: str) -> Iterator[Fault]:
    default, least, most = param.get("default"), param.get("minimum"), param.get("maximum")
    for key in ("minimum", "maximum"):
        if key in param and param.get("type") not in _NUMBERS:
            yield Fault(
                f"{here}/{key}",
                f"parameter {name!r} is no number, and has no {key}",
                "List its values under 'enum'",
            )
            return
    if _is_less(most, least):
        yield Fault(
            f"{here}/maximum", f"the maximum of parameter {name!r} is below its minimum {least}"
        )
        return
    allowed = param.get("enum")
    for index, one in enumerate(allowed if isinstance(allowed, list) else ()):
        if not _is_of(one, param.get("type")):
            yield Fault(
                f"{here}/enum/{index}", f"a value of parameter {name!r} is no {param.get('type')}"
            )
    if isinstance(allowed, list) and not any(_is_same(default, one) for one in allowed):
        yield Fault(f"{here}/default", f"the default of parameter {name!r} is not in its 'enum'")
    if _is_less(default, least):
        yield Fault(
            f"{here}/default", f"the default of parameter {name!r} is below its minimum {least}"
        )
    if _is_less(most, default):
        yield Fault(
            f"{here}/default", f"the default of parameter {name!r} is above its maximum {most}"
        )


def _is_less(one: Json, other: Json) -> bool:
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return numbers and one < other  # type: ignore[operator]


def _is_same(one: Json, other: Json) -> bool:
    """Whether two values are one in JSON, where true is not 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _is_of(value: Json, type_: Json) -> bool:
    if isinstance(value, bool):
        return type_ == "boolean"
    if isinstance(value, int):
        return type_ in _NUMBERS
    if isinstance(value, float):
        return type_ == "number"
    return isinstance(value, str) and type_ == "string"
