"""What to do where a whole list is missing that a criterion is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmo_core.documents import split_pointer
from pmo_core.render.values import listed, plain
from pmo_core.standards.model import CombinedTest, SchemaTest

if TYPE_CHECKING:
    from pmo_core.assessment import Reason
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.model import Criterion

_OF_LISTS = frozenset({"items", "minItems", "contains", "prefixItems", "uniqueItems"})


def list_to_begin(reasons: Sequence[Reason], criterion: Criterion) -> str | None:
    """`Add benefits, each with measure and target_date`; None where it is not all that is lacking.

    A list of the record counts as missing where the criterion's schema asks for it, and it is not
    there or empty. What each entry needs is what that schema requires of its items.
    """
    if not reasons:
        return None
    fields = _fields(criterion)
    told = []
    for reason in reasons:
        name = _missing(reason)
        rule = fields.get(name) if name is not None else None
        if name is None or rule is None:
            return None
        told.append(f"{plain(name)}{_each(rule)}")
    return f"Add {'; '.join(dict.fromkeys(told))}"


def _missing(reason: Reason) -> str | None:
    """The field of the record that is not there, or is a list without the entries asked for."""
    if reason.code == "required" and reason.pointer == "":
        name = reason.params.get("property")
        return name if isinstance(name, str) else None
    if reason.code == "minItems" and reason.params.get("limit") == 1 and reason.pointer:
        tokens = split_pointer(reason.pointer)
        return tokens[0] if len(tokens) == 1 else None
    return None


def _fields(criterion: Criterion) -> dict[str, JsonObject]:
    """What the criterion asks of each list of the record."""
    test = criterion.test
    found: dict[str, JsonObject] = {}
    for one in test.tests if isinstance(test, CombinedTest) else (test,):
        schema = one.schema.value if isinstance(one, SchemaTest) and not one.of_item else None
        for name, rule in _object(_object(schema).get("properties")).items():
            if isinstance(rule, dict) and (rule.get("type") == "array" or _OF_LISTS & rule.keys()):
                found[name] = rule
    return found


def _each(rule: JsonObject) -> str:
    needed = _object(rule.get("items")).get("required")
    names = [plain(name) for name in needed] if isinstance(needed, list) else []
    if len(names) < 2:
        return f", each with {names[0]}" if names else ""
    return f", each with {listed(names[:-1])} and {names[-1]}"


def _object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}
