"""Who may approve production readiness, from OWNERS_ALIASES."""

from __future__ import annotations

import os

from pmo_core import Fact, InvalidDocument, Json, Scalars, read_yaml, resolve
from pmo_kep.files import NotReadable, read_inside

FILE = "OWNERS_ALIASES"
APPROVERS = "kep.prod_readiness_approvers"
_CURRENT = "/aliases/prod-readiness-approvers"
_FORMER = "/aliases/prod-readiness-approvers-emeritus"


def approvers(folder: str) -> dict[str, Fact]:
    """The fact, from the file in `folder`: those who may approve now, then those who once might.

    No fact where there is no file; a fact without value, and why, where it cannot be used.
    """
    path = os.path.join(folder, FILE)
    if not os.path.lexists(path):
        return {}
    try:
        aliases = read_yaml(read_inside(path, folder), path, scalars=Scalars.STRINGS).value
    except (NotReadable, InvalidDocument) as error:
        return {APPROVERS: _lacking(path, str(error))}
    current = _names(resolve(aliases, _CURRENT, None))
    former = _names(resolve(aliases, _FORMER, []))
    if current is None or former is None:
        return {APPROVERS: _lacking(path, "no list of names under prod-readiness-approvers")}
    names: list[Json] = list(dict.fromkeys([*current, *former]))
    return {APPROVERS: Fact(names, source=path)}


def _names(value: object) -> list[str] | None:
    if value == "":  # `alias:` with nothing behind it
        return []
    if not isinstance(value, list):
        return None
    names = [name for name in value if isinstance(name, str)]
    return names if len(names) == len(value) else None


def _lacking(path: str, why: str) -> Fact:
    return Fact(None, source=f"{path}: {why}", failure="fact-unavailable")
