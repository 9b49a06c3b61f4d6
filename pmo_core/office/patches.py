"""Changes that users write as JSON Patch (RFC 6902), all six operations of it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from pmo_core.documents import DEFAULT_LIMITS, MISSING, check_value, resolve, split_pointer
from pmo_core.documents.values import shown
from pmo_core.errors import InvalidDocument

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject

MOST_OPERATIONS: Final = 1_000

_WITH_VALUE: Final = ("add", "replace", "test")
_WITH_SOURCE: Final = ("move", "copy")
_KNOWN: Final = (*_WITH_VALUE, "remove", *_WITH_SOURCE)


def patched(record: JsonObject, operations: Json) -> JsonObject:
    """What the record becomes by a JSON Patch; it is changed by all operations or by none.

    Args:
        record: not changed itself.
        operations: the patch as it was read: an array of at most 1,000 operations.

    Raises:
        InvalidDocument: it is no JSON Patch, an operation fails (the message says which, by number
            from 1, and why), or the result is no record within the limits of S1.5.
    """
    if not isinstance(operations, list):
        raise InvalidDocument(
            "a JSON Patch is an array of operations",
            remedy='Write [{"op": "replace", "path": "/title", "value": "..."}], '
            "or give an object as a merge patch",
        )
    if len(operations) > MOST_OPERATIONS:
        raise InvalidDocument(
            f"a JSON Patch of {len(operations):,} operations; {MOST_OPERATIONS:,} may be",
            remedy="Give the changed record as a file",
        )
    result: Json = deepcopy(record)
    copied = 0
    for number, operation in enumerate(operations, 1):
        checked = _checked(operation, number)
        if checked["op"] == "copy":
            copied += _weight(resolve(result, str(checked["from"]), None))
            if copied > DEFAULT_LIMITS.document_bytes:
                raise _failed(checked, number, "it copies more than a document may hold")
        result = _applied(result, checked, number)
    if not isinstance(result, dict):
        raise InvalidDocument(
            "after the JSON Patch the record would be no object",
            remedy="Keep the root an object, of the project's fields",
        )
    check_value(result, "the patched record")
    return result


def _applied(value: Json, operation: JsonObject, number: int) -> Json:
    """`value` after one operation; it is changed in its place, as far as it can be."""
    import jsonpatch  # start-up: few commands take a patch
    from jsonpointer import JsonPointerException

    try:
        result: Json = jsonpatch.JsonPatch([operation]).apply(value, in_place=True)
    except jsonpatch.JsonPatchTestFailed:
        raise _failed(operation, number, "another value is there, or none") from None
    except (jsonpatch.JsonPatchException, JsonPointerException):
        raise _failed(operation, number, _why(value, operation)) from None
    except RecursionError:
        raise _failed(operation, number, "the value is nested too deep") from None
    return result


def _why(value: Json, operation: JsonObject) -> str:
    """Why an operation other than a test has failed."""
    path, name = str(operation["path"]), operation["op"]
    if name in _WITH_SOURCE:
        source = str(operation["from"])
        if resolve(value, source) is MISSING:
            return f"there is nothing at {shown(source)}"
        if name == "move" and path.startswith(f"{source}/"):
            return "a value cannot be moved into itself"
    if name == "remove" and not path:
        return "the whole record cannot be removed"
    if name in ("remove", "replace"):
        return "there is nothing at that path"
    return "there is no place for it at that path"


def _checked(operation: Json, number: int) -> JsonObject:
    """The operation, if it has all that its kind needs."""
    if not isinstance(operation, dict):
        raise InvalidDocument(
            f"operation {number} of the JSON Patch is no object",
            remedy='Write {"op": "replace", "path": "/title", "value": "..."}',
        )
    name, path = operation.get("op"), operation.get("path")
    if name not in _KNOWN:
        raise InvalidDocument(
            f"operation {number} of the JSON Patch has no 'op' that is known",
            remedy=f"Use one of {', '.join(_KNOWN)}",
        )
    needed = {"path": path}
    if name in _WITH_SOURCE:
        needed["from"] = operation.get("from")
    for key, pointer in needed.items():
        if not isinstance(pointer, str):
            raise InvalidDocument(
                f"operation {number} of the JSON Patch, {name}, has no '{key}'",
                remedy=f"Give it a JSON Pointer as '{key}', such as /title",
            )
        try:
            split_pointer(pointer)
        except InvalidDocument as fault:
            raise _failed({**operation, "path": pointer}, number, fault.message) from None
    if name in _WITH_VALUE and "value" not in operation:
        raise _failed(operation, number, "it has no 'value'")
    return operation


def _failed(operation: JsonObject, number: int, why: str) -> InvalidDocument:
    path = str(operation["path"])
    return InvalidDocument(
        f"operation {number} of the JSON Patch, {operation['op']} {shown(path)}, fails: {why}",
        pointer=path,
        remedy="Nothing was changed; mend it, or make it from the record as it is now",
    )


def _weight(value: Json) -> int:
    """About how many characters a value takes."""
    weight, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        weight += len(one) + 2 if isinstance(one, str) else 2
        if isinstance(one, dict):
            weight += sum(map(len, one))
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return weight
