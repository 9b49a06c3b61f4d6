"""Who may decide at a gate, and who may not (S12.2), as far as one person decides.

A case that asks for votes, a signature, advice or several deciders is one that nobody can meet
here: whoever tries is refused with the reason, so that no rule is passed over in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pmo_core.assessment.rows import guard_truth
from pmo_core.documents import Json, JsonObject, join_pointer
from pmo_core.documents.shapes import as_object, texts_in
from pmo_core.errors import Refused
from pmo_core.governance.ground import people_in
from pmo_core.standards.looks import facts_of_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmo_core.assessment.scene import Scene
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import State
    from pmo_core.standards.model import Gate, Standard

AUTOMATIC = "automatic"
_NOBODY = "Nobody who may decide holds {} now: name somebody in pmo.yaml under 'roles'"
_BEYOND_ONE_PERSON = {
    "body": "it is decided by the votes of {body}",
    "all-of": "it is decided by several in turn",
    "after": "advice must come first",
    "signed": "the decision must be signed",
    "open-for": "a vote is held over a time",
}


class Case(NamedTuple):
    """The authority case that applies at a gate now.

    Attributes:
        model: as the standard has it, resolved.
        role: the role that decides; None where nobody decides alone.
        people: who may decide now, in the order of their appointment.
        kept_out: the persons whom `never` keeps out, each with the role for which it does; whom
            `self` does, with None.
        beyond: why no single person can decide; None where one can.
    """

    model: JsonObject
    role: str | None
    people: tuple[str, ...]
    kept_out: Mapping[str, str | None]
    beyond: str | None

    @property
    def automatic(self) -> bool:
        """Whether tick decides as soon as the gate is ready."""
        return self.model.get(AUTOMATIC) is True


def case_of(
    ground: Ground, state: State | None, gate: Gate, scene: Scene, submitter: str | None
) -> Case:
    """The first case of the gate's authority whose `when` is true.

    Args:
        scene: what the cases' expressions see.
        submitter: who opened the review; None where none is open.

    Raises:
        Refused: no case applies, or it is unknown whether an earlier one does.
    """
    for pointer, model in cases(ground.standard, gate):
        guard = ground.standard.cases.get(pointer)
        # A `when` that was not compiled is no reason to let anybody decide.
        missing = None if "when" in model else True
        truth = missing if guard is None else guard_truth(guard, scene)
        if truth is None:
            raise Refused(
                f"nobody may decide at {gate.id}: it is unknown whether "
                f"{_named(model.get('when'))} holds, on which it depends who decides",
                remedy="Complete the record where that looks, then try again",
            )
        if truth:
            return _case(ground, state, model, submitter)
    raise Refused(
        f"nobody may decide at {gate.id}: none of the cases of its authority applies",
        remedy=f"See them with pmo standard show {ground.standard.name} {gate.id}",
    )


def cases(standard: Standard, gate: Gate) -> Iterator[tuple[str, JsonObject]]:
    """Each case of a gate's authority with its pointer, in order."""
    written: Json = gate.model.get("authority")
    pointer = f"{gate.pointer}/authority"
    if isinstance(written, str) and written != AUTOMATIC:
        authorities = standard.model.get("authorities")
        pointer = join_pointer(("authorities", written))
        written = authorities.get(written) if isinstance(authorities, dict) else None
    if written == AUTOMATIC:
        yield pointer, {AUTOMATIC: True}
    elif isinstance(written, dict):
        yield pointer, written
    elif isinstance(written, list):
        for index, case in enumerate(written):
            yield f"{pointer}/{index}", {AUTOMATIC: True} if case == AUTOMATIC else as_object(case)


def facts_of_cases(standard: Standard, gate: Gate) -> frozenset[str]:
    """The facts on which it depends who decides at a gate."""
    guards = (standard.cases.get(pointer) or () for pointer, _case in cases(standard, gate))
    return facts_of_parts(part for guard in guards for part in guard)


def _case(ground: Ground, state: State | None, model: JsonObject, submitter: str | None) -> Case:
    role = model.get("role")
    told = [words for key, words in _BEYOND_ONE_PERSON.items() if key in model]
    beyond = told[0].format(body=model.get("body")) if told else None
    kept_out: dict[str, str | None] = {}
    for name in texts_in(model.get("never")):
        for person in people_in(ground, state, name):
            kept_out.setdefault(person, name)
    if model.get("self") == "never" and submitter is not None:
        kept_out.setdefault(submitter, None)
    named = role if isinstance(role, str) else None
    held = () if named is None else people_in(ground, state, named)
    people = tuple(person for person in held if person not in kept_out)
    return Case(model, named, people, kept_out, beyond)


def check_may_decide(ground: Ground, gate: Gate, case: Case) -> None:
    """The actor may decide at the gate now.

    Raises:
        Refused: why not, and who may.
    """
    who, rules = ground.actor, ground.standard.name
    if case.beyond is not None:
        raise Refused(
            f"one person cannot decide at {gate.id}: {case.beyond} ({rules})",
            remedy="This version of pmo records what one person decides. Follow a standard whose "
            "authority there is one role",
        )
    if case.automatic:
        raise Refused(
            f"{gate.id} is decided by itself as soon as it is ready ({rules})",
            remedy="Run: pmo tick",
        )
    if who in case.people:
        return
    may = f"May decide: {', '.join(case.people)}" if case.people else _NOBODY.format(case.role)
    if who in case.kept_out:
        why = f"{rules} keeps {_kept_out_as(case.kept_out[who])}"
    else:
        why = f"it is for the {case.role} ({rules})"
    raise Refused(f"{who} may not decide at {gate.id}: {why}", remedy=may)


def deciding_roles(standard: Standard, gate: Gate) -> tuple[str, ...]:
    """The roles and bodies that decide at a gate, in any case of its authority."""
    named: list[str] = []
    for _pointer, case in cases(standard, gate):
        parts = case.get("all-of")
        for one in (case, *(parts if isinstance(parts, list) else ())):
            model = as_object(one)
            named += texts_in([model.get("role"), model.get("body")])
    return tuple(dict.fromkeys(named))


def _kept_out_as(role: str | None) -> str:
    if role is None:
        return "out who submitted the review (self: never)"
    return f"the {role} out (never: [{role}])"


def _named(when: Json) -> str:
    if isinstance(when, str):
        return repr(when)
    return " and ".join(map(repr, when)) if isinstance(when, list) else "its condition"
