"""The names that a standard uses, looked up; each that leads nowhere is a fault with a hint."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from pmo_core.documents import join_pointer
from pmo_core.documents.shapes import as_object
from pmo_core.standards.faults import MOST_SHOWN, Fault, did_you_mean

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject


class Names:
    """What a standard declares, by kind, and the faults of what it names besides."""

    def __init__(self, model: JsonObject) -> None:
        lifecycle = as_object(model["lifecycle"])
        self.roles = frozenset(as_object(model.get("roles"))) | frozenset(
            as_object(model.get("bodies"))
        )
        self.artefacts = as_object(model.get("artefacts"))
        self.predicates = as_object(model.get("predicates"))
        self.gates = as_object(lifecycle["gates"])
        self.tracks = as_object(lifecycle["tracks"])
        self.authorities = as_object(model.get("authorities"))
        self.calendars = as_object(model.get("calendars"))
        self.phases = {
            track: tuple(flat_phases(as_object(value).get("phases")))
            for track, value in self.tracks.items()
        }
        self.faults: list[Fault] = []

    def check(self, kind: str, name: Json, known: Collection[str], pointer: str) -> bool:
        """Whether `name` is one of `known`; a fault at `pointer` where it is not."""
        if not isinstance(name, str) or name in known:
            return True
        hint = did_you_mean(name, known) if len(self.faults) < MOST_SHOWN else None
        self.faults.append(Fault(pointer, f"no {kind} {name!r} here", hint))
        return False

    def role(self, name: Json, pointer: str) -> None:
        """A role or body that is declared."""
        self.check("role or body", name, self.roles, pointer)

    def procedure(self, model: JsonObject) -> None:
        """Roles, bodies, gates, phases and calendars in what only an office executes."""
        self._roles_and_bodies(model)
        for name, artefact in self.artefacts.items():
            for key in ("accountable", "responsible"):
                self.role(as_object(artefact).get(key), join_pointer(("artefacts", name, key)))
            for gate, state in as_object(as_object(artefact).get("due")).items():
                here = join_pointer(("artefacts", name, "due", gate))
                self.check("gate", gate, self.gates, here)
                self.check("state", state, _strings(as_object(artefact).get("states")), here)
        for name, cases in self.authorities.items():
            self._authority(cases, join_pointer(("authorities", name)))
        for rule, tolerance in as_object(model.get("tolerances")).items():
            self._tolerance(as_object(tolerance), join_pointer(("tolerances", rule)))
        for index, freeze in enumerate(_list(model.get("freezes"))):
            self.check(
                "calendar",
                as_object(freeze).get("calendar") if self.calendars else None,
                self.calendars,
                f"/freezes/{index}/calendar",
            )
        for gate_id, written in self.gates.items():
            self._gate(as_object(written), join_pointer(("lifecycle", "gates", gate_id)))

    def _roles_and_bodies(self, model: JsonObject) -> None:
        for name, body in as_object(model.get("bodies")).items():
            here = join_pointer(("bodies", name))
            self.role(as_object(body).get("chair"), f"{here}/chair")
            for key in ("members", "independent-of"):
                for index, member in enumerate(_list(as_object(body).get(key))):
                    self.role(member, f"{here}/{key}/{index}")
        for name, role in as_object(model.get("roles")).items():
            here = join_pointer(("roles", name))
            for index, other in enumerate(_list(as_object(role).get("not"))):
                self.role(other, f"{here}/not/{index}")
            self.role(as_object(role).get("appointed-by"), f"{here}/appointed-by")

    def _tolerance(self, tolerance: JsonObject, here: str) -> None:
        self.check("gate", tolerance.get("of"), self.gates, f"{here}/of")
        self.role(tolerance.get("raise-to"), f"{here}/raise-to")
        for index, gate in enumerate(_list(tolerance.get("blocks"))):
            self.check("gate", gate, self.gates, f"{here}/blocks/{index}")

    def _gate(self, gate: JsonObject, here: str) -> None:
        self.role(gate.get("owner"), f"{here}/owner")
        if "authority" in gate:
            self._authority(gate["authority"], f"{here}/authority")
        advisory = as_object(gate.get("advisory"))
        self.role(advisory.get("body"), f"{here}/advisory/body")
        override = as_object(gate.get("override"))
        self.role(override.get("by"), f"{here}/override/by")
        recurs = as_object(gate.get("recurs"))
        every_phase = [phase for phases in self.phases.values() for phase in phases]
        anchor = as_object(recurs.get("anchor"))
        self.check("phase", anchor.get("entered"), every_phase, f"{here}/recurs/anchor/entered")
        for index, phase in enumerate(_list(recurs.get("in"))):
            self.check("phase", phase, every_phase, f"{here}/recurs/in/{index}")
        for outcome_id, outcome in as_object(gate.get("outcomes")).items():
            self._outcome(
                as_object(outcome), gate, f"{here}{join_pointer(('outcomes', outcome_id))}"
            )

    def _outcome(self, outcome: JsonObject, gate: JsonObject, here: str) -> None:
        self._target(outcome.get("to"), f"{here}/to")
        self._target(as_object(outcome.get("then")).get("to"), f"{here}/then/to")
        self.check("gate", outcome.get("clear-before"), self.gates, f"{here}/clear-before")
        lapse = outcome.get("on-lapse")
        if isinstance(lapse, str):
            self.check("outcome", lapse, as_object(gate.get("outcomes")), f"{here}/on-lapse")

    def _target(self, target: Json, here: str) -> None:
        """A phase, `same`, or a map track -> phase. Lint says where outcomes lead nowhere."""
        if isinstance(target, dict):
            for track, phase in target.items():
                if self.check("track", track, self.tracks, join_under(here, track)):
                    self.check("phase", phase, self.phases[track], join_under(here, track))
        elif target is not None and target != "same":
            every = [phase for phases in self.phases.values() for phase in phases]
            self.check("phase", target, every, here)

    def _authority(self, authority: Json, here: str) -> None:
        if isinstance(authority, str):
            if authority != "automatic":
                self.check("authority", authority, self.authorities, here)
        elif isinstance(authority, list):
            for index, case in enumerate(authority):
                self._authority(case, f"{here}/{index}")
        elif isinstance(authority, dict):
            self.role(authority.get("role"), f"{here}/role")
            self.role(authority.get("body"), f"{here}/body")
            for index, role in enumerate(_list(authority.get("never"))):
                self.role(role, f"{here}/never/{index}")
            after = as_object(authority.get("after"))
            self.check("gate", after.get("advisory"), self.gates, f"{here}/after/advisory")
            for index, case in enumerate(_list(authority.get("all-of"))):
                self._authority(case, f"{here}/all-of/{index}")


def flat_phases(phases: Json) -> Iterator[str]:
    """The phases of a track in order; an inner list is a group of equal rank."""
    for phase in _list(phases):
        if isinstance(phase, list):
            yield from (one for one in phase if isinstance(one, str))
        elif isinstance(phase, str):
            yield phase


def join_under(pointer: str, *tokens: str) -> str:
    """`pointer` and what lies below it."""
    return pointer + join_pointer(tokens)


def _list(value: Json) -> list[Json]:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, str) and value != "office" else []


def _strings(value: Json) -> list[str]:
    return [one for one in _list(value) if isinstance(one, str)]
