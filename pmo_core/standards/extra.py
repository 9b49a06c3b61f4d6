"""Criteria that a decision adds for one project, compiled as the standard's own are (S3.2, S11.3).

The gate is read once more with them in it, so that every rule of the language holds for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from pmo_core.documents import canonical, digest
from pmo_core.standards.load import FILE, load

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject
    from pmo_core.standards.model import Criterion, Standard

ORIGIN = "decision"


def compiled_criteria(
    standard: Standard, gate: str, models: Sequence[JsonObject]
) -> tuple[Criterion, ...]:
    """The criteria, in order; kept with the standard, since many assessments ask for the same.

    Args:
        models: each as a standard writes it, with its `id`.

    Raises:
        InvalidStandard: one breaks the standard language, or names what the standard has not.
    """
    key = f"extra:{gate}:{digest(list(models))}"
    known = standard.compiled.get(key)
    if known is None:
        known = standard.compiled[key] = _compiled(standard, gate, models)
    return cast("tuple[Criterion, ...]", known)


def check_added(standard: Standard, added: Mapping[str, Sequence[JsonObject]]) -> None:
    """Criteria that are added at several gates go together: an id means one statement (S5.5).

    Args:
        added: by gate; all that a project has, also from earlier decisions.

    Raises:
        InvalidStandard: as for `compiled_criteria`, or an id says something else at another gate.
    """
    _with(standard, added)


def _compiled(standard: Standard, gate: str, models: Sequence[JsonObject]) -> tuple[Criterion, ...]:
    found = _with(standard, {gate: models})
    criteria = {criterion.id: criterion for criterion in found.gates[gate].criteria}
    return tuple(criteria[str(model["id"])]._replace(origin=ORIGIN) for model in models)


def _with(standard: Standard, added: Mapping[str, Sequence[JsonObject]]) -> Standard:
    """The standard with criteria added at its gates."""
    written = cast("JsonObject", standard.document.value)
    lifecycle = cast("JsonObject", written["lifecycle"])
    gates = dict(cast("JsonObject", lifecycle["gates"]))
    for name, models in added.items():
        one = cast("JsonObject", gates[name])
        own = cast("JsonObject", one.get("criteria") or {})
        new: JsonObject = {
            str(model["id"]): {key: value for key, value in model.items() if key != "id"}
            for model in models
        }
        gates[name] = {**one, "criteria": {**own, **new}}
    changed: JsonObject = {**written, "lifecycle": {**lifecycle, "gates": gates}}
    files = {**standard.files, FILE: canonical(changed)}
    return load(files, f"criteria added to {standard.name} by a decision")
