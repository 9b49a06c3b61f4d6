"""Lint of names: what is declared and never used, and checks that no plugin has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from pmo_core.documents import join_pointer
from pmo_core.documents.shapes import as_list, as_object
from pmo_core.standards.expressions import NAMES
from pmo_core.standards.expressions.text import paths_of, with_inner, words_of
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.model import CheckTest
from pmo_core.trial.lint.rule import Rule, Severity, Spot
from pmo_core.trial.lint.walk import criteria_of, tests_of

if TYPE_CHECKING:
    from pmo_core.documents import Json
    from pmo_core.standards.model import Standard

_ROLE_KEYS: Final = frozenset(
    {
        *("owner", "role", "body", "by", "by-not", "each", "chair", "members", "never", "not"),
        *("accountable", "responsible", "approved-by", "raise-to", "appointed-by", "audience"),
        *("independent-of", "to"),
    }
)
_GUARD_KEYS: Final = frozenset({"when", "unless", "eased", "grandfathered", "predicate"})
_EXPRESSION_KEYS: Final = frozenset({"expr", "holds"})
# Below these stand the author's own data, in which a name means nothing.
_OPAQUE: Final = frozenset({"schema", "with", "record", "title", "statement", "remedy", "example"})


def unused_roles(standard: Standard) -> Iterator[Spot]:
    """Roles and bodies that nothing in the standard names."""
    used = set(_texts_under(standard.model, _ROLE_KEYS))
    for kind, noun in (("roles", "role"), ("bodies", "body")):
        declared = as_object(standard.model.get(kind))
        yield from _unused(kind, noun, declared, used)


def unused_predicates(standard: Standard) -> Iterator[Spot]:
    """Predicates that no `when` or other guard names."""
    used = set(_texts_under(standard.model, _GUARD_KEYS))
    yield from _unused("predicates", "predicate", as_object(standard.model["predicates"]), used)


def unused_artefacts(standard: Standard) -> Iterator[Spot]:
    """Artefacts that no criterion asks for and no review pack holds."""
    used = set(_texts_under(standard.model, frozenset({"pack"})))
    used.update(
        str(as_object(test)["id"])
        for test in _values_under(standard.model, "artefact")
        if "id" in as_object(test)
    )
    yield from _unused("artefacts", "artefact", as_object(standard.model.get("artefacts")), used)


def unused_params(standard: Standard) -> Iterator[Spot]:
    """Parameters that no expression reads."""
    used = {steps.split(".")[0] for steps in _read_by_expressions(standard, "params")}
    whole = set(_read_by_expressions(standard, "params"))
    declared = as_object(standard.model.get("params"))
    yield from _unused("params", "parameter", declared, used | whole)


def unused_facts(standard: Standard) -> Iterator[Spot]:
    """Facts that an office must supply and no expression reads."""
    read = tuple(_read_by_expressions(standard, "facts"))
    used = {
        name
        for name in standard.facts
        if any(steps == name or steps.startswith(f"{name}.") for steps in read)
    }
    yield from _unused("needs/facts", "fact", standard.facts, used)


def unknown_checks(known: frozenset[str] | None) -> Rule:
    """The rule on checks, for the checks that an office has; without them it finds nothing."""

    def spots(standard: Standard) -> Iterator[Spot]:
        for _gate, criterion in criteria_of(standard):
            for pointer, test in tests_of(criterion):
                if isinstance(test, CheckTest) and known is not None and not _known(test, known):
                    yield Spot(
                        f"{pointer}/check",
                        f"no plugin of the office has a check {test.id!r}: "
                        "each project would be unknown here",
                        did_you_mean(test.id, known) or "Switch the plugin on, or correct the name",
                    )

    return Rule("unknown-check", "names", Severity.ERROR, spots)


def _known(test: CheckTest, known: frozenset[str]) -> bool:
    return test.id in known or test.id.partition(".")[0] in known


def _unused(
    where: str, noun: str, declared: Mapping[str, object], used: set[str]
) -> Iterator[Spot]:
    for name in declared:
        if name not in used:
            yield Spot(
                join_pointer((*where.split("/"), name)),
                f"nothing in the standard uses {noun} {name!r}",
                "Take it out, or use it where it was meant",
            )


def _texts_under(value: Json, keys: frozenset[str]) -> Iterator[str]:
    """The texts, alone or in lists, under any of the keys."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in keys and isinstance(part, str):
                yield part
            elif key in keys:
                yield from (one for one in as_list(part) if isinstance(one, str))
            if key not in _OPAQUE:
                yield from _texts_under(part, keys)
    elif isinstance(value, list):
        for part in value:
            yield from _texts_under(part, keys)


def _values_under(value: Json, key: str) -> Iterator[Json]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name == key:
                yield part
            if name not in _OPAQUE:
                yield from _values_under(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from _values_under(part, key)


def _read_by_expressions(standard: Standard, root: str) -> Iterator[str]:
    """What expressions read of a root, steps joined by dots."""
    for text in _texts_under(standard.model, _EXPRESSION_KEYS):
        for path in with_inner(paths_of(words_of(text), NAMES)):
            if path.root == root:
                yield ".".join(str(step) for step in path.steps if isinstance(step, str))


RULES = (
    Rule("unused-role", "names", Severity.WARNING, unused_roles),
    Rule("unused-predicate", "names", Severity.WARNING, unused_predicates),
    Rule("unused-artefact", "names", Severity.WARNING, unused_artefacts),
    Rule("unused-param", "names", Severity.WARNING, unused_params),
    Rule("unused-fact", "names", Severity.WARNING, unused_facts),
)
