"""`schema`: the record, or the item of a repeated gate, is valid (S5.1)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from pmo_core.assess.findings import Reason, Result
from pmo_core.assess.scene import PASSED, Judgement, Scene
from pmo_core.documents import join_pointer
from pmo_core.standards.schema_places import pointer_of_path, pointer_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonschema_rs import ValidationError

    from pmo_core.documents import Json
    from pmo_core.standards.model import SchemaTest
    from pmo_core.standards.schemas import Schema

MOST_REASONS = 100
_BRANCHES = frozenset({"anyOf", "oneOf"})


def judge_schema(test: SchemaTest, _criterion: str, scene: Scene) -> Judgement:
    """Never unknown: a schema holds of a value or it does not."""
    value: Json = scene.item if test.of_item else scene.value
    if test.schema.is_valid(value):
        return PASSED
    prefix = scene.item_pointer if test.of_item else ""
    return (Result.FAIL, schema_reasons(test.schema, value, prefix))


def schema_reasons(schema: Schema, value: Json, prefix: str = "") -> tuple[Reason, ...]:
    """One reason an error, ordered by pointer, then code; at most 100."""
    errors = islice(schema.validator.iter_errors(value), MOST_REASONS)
    reasons = [_reason(error, value, prefix) for error in errors]
    if len(reasons) > 1:
        reasons.sort(key=_order)
    return tuple(reasons)


def _order(reason: Reason) -> tuple[object, ...]:
    # Beyond S3.6, parameters settle ties, so that no engine's own order shows.
    return (pointer_order(reason.pointer or ""), reason.code, repr(sorted(reason.params.items())))


def _reason(error: ValidationError, value: Json, prefix: str) -> Reason:
    kind: Any = error.kind  # the engine's stubs give each kind a class, not the attributes
    name = kind.name
    pointer = prefix + pointer_of_path(error.instance_path, value)
    if name == "required":
        return Reason("required", pointer, {"property": kind.property})
    if name == "propertyNames":
        inner = kind.error
        at = pointer + join_pointer((str(inner.instance),))
        return Reason("propertyNames", at, {"name": str(inner.instance), "rule": inner.kind.name})
    return Reason(name, pointer, _params(name, error, value))


def _params(name: str, error: ValidationError, value: Json) -> Mapping[str, Json]:
    if name in _BRANCHES:
        return _nearest_branch(error, value)
    if name in ("not", "contains"):
        return {}
    return {
        key: [_json(one) for one in part] if isinstance(part, list) else _json(part)
        for key, part in error.kind.as_dict().items()
    }


def _nearest_branch(error: ValidationError, value: Json) -> Mapping[str, Json]:
    """Of several ways to be valid, the one that came nearest: what it still lacks."""
    branches = getattr(error.kind, "context", None)
    if not branches:
        return {}
    nearest = min(branches, key=lambda errors: (len(errors), -_depth(errors)))
    return {
        "branches": len(branches),
        "nearest": [_reason(inner, value, "").as_json() for inner in nearest[:5]],
    }


def _depth(errors: list[ValidationError]) -> int:
    return max((len(error.instance_path) for error in errors), default=0)


def _json(value: object) -> Json:
    """A parameter as JSON; the engine hands over Decimals for some limits."""
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)
