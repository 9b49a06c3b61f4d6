"""`schema`: the record, or the item of a repeated gate, is valid (S5.1)."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING, Any

from pmo_core.assessment.findings import Reason, Result, in_order
from pmo_core.assessment.scene import PASSED, Judgement, Scene
from pmo_core.documents import join_pointer, resolve
from pmo_core.standards.schema_errors import errors_of
from pmo_core.standards.schema_places import pointer_of_error, pointer_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jsonschema_rs import ValidationError

    from pmo_core.documents import Json
    from pmo_core.standards.model import SchemaTest
    from pmo_core.standards.schemas import Schema

MOST_REASONS = 100
_MOST_NEAREST = 5
_JSON = (str, bool, int, float, list, dict)
_BRANCHES = frozenset({"anyOf", "oneOf"})


def judge_schema(test: SchemaTest, _criterion: str, scene: Scene) -> Judgement:
    """Never unknown: a schema holds of a value or it does not."""
    value: Json = scene.item if test.of_item else scene.value
    if test.schema.is_valid(value):
        return PASSED
    prefix = scene.item_pointer if test.of_item else ""
    return (Result.FAIL, schema_reasons(test.schema, value, prefix))


def schema_reasons(schema: Schema, value: Json, prefix: str = "") -> tuple[Reason, ...]:
    """One reason an error, ordered by pointer, then code; at most 100, the first by place."""
    missing: list[Reason] = []
    validator = schema.validator
    if schema.required and isinstance(value, dict):
        missing = [missing_field(name, prefix) for name in schema.required if name not in value]
        if missing:
            validator = schema.rest
    return reasons_in_order(missing, errors_of(validator, value), value, prefix)


def missing_field(name: str, prefix: str = "") -> Reason:
    """An object lacks a field that a schema requires."""
    return Reason("required", prefix, {"property": name})


def reasons_in_order(
    missing: Sequence[Reason], errors: Sequence[ValidationError], value: Json, prefix: str = ""
) -> tuple[Reason, ...]:
    """The reasons of one schema, in order (S3.6); at most 100, the first by place."""
    if len(errors) == 1 and not missing:
        return (_reason(errors[0], value, prefix),)
    errors = [error for error in errors if not _is_there(error, value)]
    if len(errors) > MOST_REASONS:
        errors = nsmallest(MOST_REASONS, errors, key=lambda error: _place(error, value))
    found = in_order([*missing, *[_reason(error, value, prefix) for error in errors]])
    return found[:MOST_REASONS]


def _is_there(error: ValidationError, value: Json) -> bool:
    """Whether an error says that a field is missing which is there.

    The engine does where `additionalProperties: false` forbids a field that `required` asks for.
    """
    kind: Any = error.kind
    if kind.name != "required":
        return False
    found = resolve(value, pointer_of_error(error, value), None)
    return isinstance(found, dict) and kind.property in found


def _place(error: ValidationError, value: Json) -> tuple[object, str]:
    return pointer_order(pointer_of_error(error, value)), error.kind.name


def _reason(error: ValidationError, value: Json, prefix: str) -> Reason:
    kind: Any = error.kind  # the engine's stubs give each kind a class, not the attributes
    name = kind.name
    pointer = prefix + pointer_of_error(error, value)
    if name == "required":
        return Reason("required", pointer, {"property": kind.property})
    if name == "propertyNames":
        inner = kind.error
        at = pointer + join_pointer((str(inner.instance),))
        return Reason("propertyNames", at, {"name": str(inner.instance), "rule": inner.kind.name})
    return Reason(name, pointer, _params(name, error, value, prefix))


def _params(name: str, error: ValidationError, value: Json, prefix: str) -> Mapping[str, Json]:
    if name in _BRANCHES:
        return _nearest_branch(error, value, prefix)
    if name in ("not", "contains"):
        return {}
    params: dict[str, Json] = {}
    for key, part in error.kind.as_dict().items():
        params[key] = [_json(one) for one in part] if type(part) is list else _json(part)
        if key == "unexpected" and isinstance(part, list):
            # The engine lists them as the record has them, and the order of keys means nothing.
            params[key] = sorted(part, key=str)
    return params


def _nearest_branch(error: ValidationError, value: Json, prefix: str) -> Mapping[str, Json]:
    """Of several ways to be valid, the one that came nearest: what it still lacks."""
    branches = getattr(error.kind, "context", None)
    if not branches:
        return {}
    branches = [[inner for inner in errors if not _is_there(inner, value)] for errors in branches]
    here = len(error.instance_path)
    nearest = min(
        branches, key=lambda errors: (_of_another_type(errors, here), len(errors), -_depth(errors))
    )
    lacking = in_order(_reason(inner, value, prefix) for inner in nearest)
    return {
        "branches": len(branches),
        "nearest": [reason.as_json() for reason in lacking[:_MOST_NEAREST]],
    }


def _of_another_type(errors: list[ValidationError], depth: int) -> bool:
    return any(one.kind.name == "type" and len(one.instance_path) == depth for one in errors)


def _depth(errors: list[ValidationError]) -> int:
    return max((len(error.instance_path) for error in errors), default=0)


def _json(value: object) -> Json:
    """A parameter as JSON; the engine hands over Decimals for some limits."""
    if value is None or isinstance(value, _JSON):
        return value
    return str(value)
