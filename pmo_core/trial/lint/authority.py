"""Lint of who decides: is there anybody, and can enough of them ever be present?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_core.documents import join_pointer
from pmo_core.documents.shapes import as_list, as_object
from pmo_core.trial.lint.rule import Rule, Severity, Spot
from pmo_core.trial.lint.walk import as_map

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.model import Standard


def undecidable(standard: Standard) -> Iterator[Spot]:
    """Authority cases that keep out everybody who could decide."""
    for pointer, case in _cases(standard):
        never = frozenset(_names(case.get("never")))
        role = case.get("role")
        if isinstance(role, str) and role in never:
            message = f"{role!r} decides, and 'never' keeps {role!r} out"
            yield Spot(f"{pointer}/never", message, _REMEDY)
        body = case.get("body")
        seats = _seats(standard, body)
        if seats and seats <= never:
            message = f"'never' keeps every member of {body!r} from voting"
            yield Spot(f"{pointer}/never", message, _REMEDY)


def nobody_decides(standard: Standard) -> Iterator[Spot]:
    """Passages that name neither who decides nor who advises: no review of them can end."""
    for gate in standard.gates.values():
        if not gate.standing and not {"authority", "advisory"} & gate.model.keys():
            yield Spot(
                gate.pointer,
                f"gate {gate.id!r} does not say who decides there",
                "Add 'authority', such as 'authority: {role: sponsor}'",
            )


def impossible_quorums(standard: Standard) -> Iterator[Spot]:
    """Quorums above the number of persons that the standard is sure of.

    Sure are the body's `minimum`, less one where its members must stand aside for a conflict;
    without a `minimum`, one person for each role on the body that `never` does not keep out.
    """
    for pointer, case in _cases(standard):
        quorum, body = case.get("quorum"), case.get("body")
        sure = _sure_of(standard, body, frozenset(_names(case.get("never"))))
        if isinstance(quorum, int) and sure is not None and quorum > sure[0]:
            yield Spot(
                f"{pointer}/quorum",
                f"the quorum is {quorum}, but {body!r} may have no more than {sure[0]} "
                f"who may vote: {sure[1]}",
                "Lower the quorum, or raise the 'minimum' of persons that the body must have",
            )


_REMEDY = "Take a role out of 'never', or let somebody else decide"


def _sure_of(standard: Standard, body: Json, never: frozenset[str]) -> tuple[int, str] | None:
    """How many persons are sure to have a vote, and why; None where nothing is known."""
    declared = as_map(standard.model.get("bodies")).get(str(body))
    if declared is None:
        return None
    minimum = declared.get("minimum")
    if isinstance(minimum, int):
        if "recuse" in declared:
            return minimum - 1, f"its minimum is {minimum}, and one may have to stand aside"
        return minimum, f"its minimum is {minimum}"
    seats = _seats(standard, body)
    if not seats:
        return None
    left = sorted(seats - never)
    return len(left), f"one each for {', '.join(left) or 'nobody'}, as it has no minimum"


def _seats(standard: Standard, body: Json) -> frozenset[str]:
    """The roles on a body, its chair among them; empty where the office appoints it."""
    declared = as_map(standard.model.get("bodies")).get(str(body), {})
    members = declared.get("members")
    if not isinstance(members, list):
        return frozenset()
    chair = declared.get("chair")
    return frozenset(_names(members)) | ({chair} if isinstance(chair, str) else frozenset())


def _cases(standard: Standard) -> Iterator[tuple[str, JsonObject]]:
    """Each case that names a role or body, with its pointer; parts of an `all-of` too."""
    for name, written in as_object(standard.model.get("authorities")).items():
        yield from _cases_in(written, join_pointer(("authorities", name)))
    for gate in standard.gates.values():
        yield from _cases_in(gate.model.get("authority"), f"{gate.pointer}/authority")


def _cases_in(written: Json, here: str) -> Iterator[tuple[str, JsonObject]]:
    if isinstance(written, list):
        for index, case in enumerate(written):
            yield from _cases_in(case, f"{here}/{index}")
    elif isinstance(written, dict):
        if "all-of" in written:
            yield from _cases_in(written["all-of"], f"{here}/all-of")
        else:
            yield here, written


def _names(value: Json) -> Iterator[str]:
    return (name for name in as_list(value) if isinstance(name, str))


RULES = (
    Rule("gate-without-authority", "authority", Severity.ERROR, nobody_decides),
    Rule("nobody-may-decide", "authority", Severity.ERROR, undecidable),
    Rule("impossible-quorum", "authority", Severity.ERROR, impossible_quorums),
)
