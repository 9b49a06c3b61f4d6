"""Commands on a project's record: register or enter it, amend it, appoint people to it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.documents import Json, JsonObject, digest, resolve, split_pointer
from pmo_core.documents.changes import diff
from pmo_core.documents.shapes import as_object, texts_in
from pmo_core.errors import InvalidRecord, Refused, UnknownName
from pmo_core.governance import events
from pmo_core.governance.events import Happening
from pmo_core.governance.state import OPEN
from pmo_core.lifecycle.passage import presupposed
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.record import claimed_position, written_text

if TYPE_CHECKING:
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import State
    from pmo_core.standards.model import Standard

_LONGEST_ID: Final = 200


class Registration(NamedTuple):
    """A project as it comes into the office.

    Attributes:
        package: content digest of the standard's package (S17.1).
        roles: role and person, for each appointment that is made with it.
        position: where it stands; None: at the beginning of each track.
        evidence: for a later position, what shows that it is there (S11.8).
        adopting: the record comes whole from another system, which answers for its being valid,
            and for a phase that the standard does not know (S16.1): it is kept as it is.
    """

    record: JsonObject
    package: str
    roles: tuple[tuple[str, str], ...] = ()
    position: Mapping[str, str] | None = None
    evidence: tuple[Json, ...] = ()
    adopting: bool = False


def register(
    ground: Ground, state: State | None, project: str, asked: Registration
) -> tuple[Happening, ...]:
    """The project is taken in, at the beginning of its lifecycle or, with evidence, later.

    Raises:
        Refused: the office has a project of that id, or the record claims that it stands elsewhere.
        InvalidRecord: the record breaks its schema (S16.1).
        UnknownName: a role or phase that the standard does not have.
    """
    standard = ground.standard
    if state is not None:
        raise Refused(
            f"there is a project {project!r} already, at version {state.version}",
            remedy=f"Change it with pmo project amend {project}, or choose another id",
        )
    _check_project_id(standard, project, asked)
    _check_unmarked(asked.record, project)
    initial = {name: track.initial for name, track in standard.tracks.items()}
    position = {**initial, **(asked.position or {})}
    for track, phase in position.items():
        _check_phase(standard, track, phase)
    record = asked.record
    if not asked.adopting:
        if position == initial:
            _check_claims_beginning(standard, record, project, initial)
        record = claiming(standard, record, position)
        check_record(standard, record, project)
    begun = record if position == initial else claiming(standard, record, initial)
    written: JsonObject = {
        "standard": standard.name,
        "package": asked.package,
        "record": begun,
        "digest": digest(begun),
        "position": dict(initial),
        "date": ground.today.isoformat(),
    }
    happened = [Happening(events.REGISTERED, written, ground.now)]
    if position != initial:
        happened.append(_entry(ground, begun, record, position, asked.evidence))
    _check_apart(ground, asked.roles)
    happened += [appoint(ground, role, person) for role, person in asked.roles]
    return tuple(happened)


def _check_unmarked(value: Json, project: str) -> None:
    """A record has no personal text that the ledger would keep apart from it (S15.2).

    Its digest would be of another record than the one that is read back.
    """
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if one.keys() == {"$private"}:
                raise InvalidRecord(
                    f"the record of {project} has a field '$private', by which the ledger marks "
                    "what may be erased",
                    remedy="Choose another name for it. Records are kept whole",
                )
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _check_project_id(standard: Standard, project: str, asked: Registration) -> None:
    """The office knows a project by an id of S1.3, which is the one that its record says.

    Another system's project may be known by its source, whatever that is called (S2.4).
    """
    if asked.adopting:
        return
    is_text = 1 <= len(project) <= _LONGEST_ID and bool(project.strip())
    has_controls = any(unicodedata.category(one) == "Cc" for one in project)
    if not is_text or has_controls or unicodedata.normalize("NFC", project) != project:
        raise InvalidRecord(
            f"{project[:40]!r} cannot be the id of a project",
            remedy=f"Use 1 to {_LONGEST_ID} characters without controls, in their composed form",
        )
    pointer = standard.binding.id
    own = written_text(resolve(asked.record, pointer, None))
    if own not in (None, project):
        raise InvalidRecord(
            f"the record of {project} says that its id is {own!r}",
            pointer=pointer,
            remedy=f"Write {project!r} there, or register it as {own}",
        )


def _check_apart(ground: Ground, roles: Sequence[tuple[str, str]]) -> None:
    """Nobody is appointed to two roles of which one excludes the other (`not`)."""
    declared = as_object(ground.standard.model.get("roles"))
    held = {*roles, *((one.role, one.person) for one in ground.holdings)}
    for role, person in roles:
        for other in texts_in(as_object(declared.get(role)).get("not")):
            if (other, person) in held:
                raise Refused(
                    f"{person} cannot be {role} and {other}: {ground.standard.name} keeps the two "
                    "roles apart",
                    remedy=f"Name somebody else as {role}",
                )


def _check_claims_beginning(
    standard: Standard, record: JsonObject, project: str, initial: Mapping[str, str]
) -> None:
    """A record that claims a later phase is not quietly put at the beginning (S11.8)."""
    claimed = claimed_position(standard, record)
    for track, phase in initial.items():
        claim = claimed.get(track, phase)
        if claim == phase:
            continue
        pointer = standard.binding.phase[track]
        if claim in standard.tracks[track].ranks:
            remedy = (
                "Show that it stands there: name the minutes of the last decision with "
                f"--evidence FILE; or write {phase!r}"
            )
        else:
            remedy = f"Write {phase!r}, where a project begins"
        raise Refused(
            f"{project} claims to stand in {claim}, and a project that is added begins in {phase}",
            pointer=pointer,
            remedy=remedy,
        )


def _entry(
    ground: Ground,
    before: Json,
    after: JsonObject,
    position: Mapping[str, str],
    evidence: Sequence[Json],
) -> Happening:
    if not evidence:
        raise Refused(
            "an entry at a later phase needs evidence of what it presupposes",
            remedy="Name it with --evidence FILE, such as the minutes of the last decision",
        )
    payload: JsonObject = {
        "position": dict(position),
        "evidence": list(evidence),
        "attested": [gate.id for gate in presupposed(ground.standard, position)],
        "date": ground.today.isoformat(),
        "patch": list(diff(before, after)),
        "digest": digest(after),
    }
    return Happening(events.ENTERED, payload, ground.now)


def appoint(ground: Ground, role: str, person: str) -> Happening:
    """A person holds a role in the project from now on.

    Raises:
        UnknownName: the standard has no such role.
    """
    roles = [one.id for one in ground.standard.roles.values() if not one.is_body]
    if role not in roles:
        raise UnknownName(
            f"{ground.standard.name} has no role {role!r}",
            remedy=did_you_mean(role, roles) or f"Roles: {', '.join(roles)}",
        )
    payload: JsonObject = {"role": role, "person": person, "from": ground.stamp}
    return Happening(events.APPOINTED, payload, ground.now)


def amend(
    ground: Ground, state: State, record: JsonObject, *, adopting: bool = False
) -> tuple[Happening, ...]:
    """The project's record becomes another one; nothing happens where it is the same.

    Args:
        adopting: the record comes whole from another system, which answers for its answers,
            artefacts and phase, and for its being valid (S16.1).

    Raises:
        Refused: it changes the id, or what has commands of its own (S2.4).
        InvalidRecord: the new record breaks its schema.
    """
    patch = diff(state.record, record)
    if not patch:
        return ()
    _check_id(ground.standard, state, record)
    _check_unmarked([one.get("value") for one in patch], state.project)
    if not adopting:
        _check_own_commands(ground.standard, state, record)
        check_record(ground.standard, record, state.project, before=state.record)
    payload: JsonObject = {"patch": list(patch), "digest": digest(record)}
    if adopting:
        payload["adopting"] = True
    restarted = restarts(ground.standard, state, "amended", patch)
    if restarted:
        payload["restarts"] = restarted
    return (Happening(events.AMENDED, payload, ground.now),)


def _check_id(standard: Standard, state: State, record: JsonObject) -> None:
    """The id of a project is its name in the ledger, which other projects know it by."""
    pointer = standard.binding.id
    before, after = resolve(state.record, pointer, None), resolve(record, pointer, None)
    if before != after:
        raise Refused(
            f"{pointer} cannot be amended: the id of a project never changes",
            pointer=pointer,
            remedy="Take the change out"
            if before is None
            else f"Take the change out: the id stays {before!r}",
        )


def _check_own_commands(standard: Standard, state: State, record: JsonObject) -> None:
    """What a plain amendment may not touch: answers, artefacts, phase.

    A claim that comes to agree with the ledger is no change of the phase.
    """
    binding, name = standard.binding, state.project
    claimed = claimed_position(standard, record)
    guarded = [
        (
            binding.answers,
            "answers are given one by one, so that who and when is known",
            f"Use pmo project answer {name} CRITERION VALUE",
        ),
        (
            binding.artefacts,
            "artefacts are moved one by one, so that who and when is known",
            f"Use pmo project artefact {name} ARTEFACT STATE",
        ),
        *(
            (
                pointer,
                f"only a decision at a gate changes the phase, and {name} stands in "
                f"{state.phases[track]}",
                f"Ask for the decision: pmo review open {name}",
            )
            for track, pointer in binding.phase.items()
            if claimed.get(track) != state.phases[track]
        ),
    ]
    for pointer, why, remedy in guarded:
        before, after = resolve(state.record, pointer, None), resolve(record, pointer, None)
        changed = diff(before, after)
        if changed:
            at = pointer + str(changed[0]["path"])
            raise Refused(f"{at} cannot be amended: {why}", pointer=at, remedy=remedy)


def check_record(
    standard: Standard, record: JsonObject, project: str, *, before: JsonObject | None = None
) -> None:
    """The record fits its standard's schema.

    Args:
        before: the record that this one comes from. Faults that were there, such as those of a
            record that was adopted with them, may stay until somebody mends them.

    Raises:
        InvalidRecord: the first thing that does not fit, and how many there are.
    """
    schema = standard.record_schema
    if schema.is_valid(record):
        return
    from pmo_core.assessment.kinds.schema import schema_reasons  # start-up: only on an error

    reasons = schema_reasons(schema, record)
    if before is not None and not schema.is_valid(before):
        known = {(one.code, one.pointer) for one in schema_reasons(schema, before)}
        reasons = tuple(one for one in reasons if (one.code, one.pointer) not in known)
        if not reasons:
            return
    raise InvalidRecord(
        f"the record of {project} would break the schema of {standard.name}"
        + (f" in {len(reasons)} places" if len(reasons) > 1 else ""),
        pointer=reasons[0].pointer,
        remedy=f"See what is asked for: pmo standard schema {standard.name}",
        reasons=tuple((reason.code, reason.pointer, dict(reason.params)) for reason in reasons),
    )


def restarts(
    standard: Standard, state: State, change: str, patch: Sequence[JsonObject]
) -> list[Json]:
    """The keys of the open reviews whose windows a change of the record begins anew (S12.1).

    Args:
        change: as `restart-on` has it: `amended`, `answered`, `artefact-moved`.
        patch: what changed; nothing begins anew where each place of it is `minor`.
    """
    found: list[Json] = []
    for review in state.reviews:
        gate = standard.gates.get(review.gate)
        settings = None if gate is None else gate.model.get("review")
        if review.status != OPEN or not isinstance(settings, dict):
            continue
        on, minor = settings.get("restart-on"), settings.get("minor")
        if not isinstance(on, list) or change not in on:
            continue
        places = [one for one in minor if isinstance(one, str)] if isinstance(minor, list) else []
        if not all(_lies_under(str(one["path"]), places) for one in patch):
            found.append(review.key)
    return found


def _lies_under(pointer: str, places: Sequence[str]) -> bool:
    return any(pointer == place or pointer.startswith(f"{place}/") for place in places)


def claiming(standard: Standard, record: JsonObject, position: Mapping[str, str]) -> JsonObject:
    """The record with the phases that the ledger says, wherever it claims another.

    A claim is written as the track's `values` have it; where the record claims none, it stays so.
    """
    claimed = claimed_position(standard, record)
    for track, pointer in standard.binding.phase.items():
        phase = position.get(track)
        if phase is None or resolve(record, pointer, None) is None or claimed.get(track) == phase:
            continue
        values = standard.tracks[track].values
        written = next((text for text, known in values.items() if known == phase), phase)
        record = with_value(record, split_pointer(pointer), written)
    return record


def with_value(value: JsonObject, path: Iterable[str], new: Json) -> JsonObject:
    """The object with another value at a path; objects on the way are made where none is."""
    first, *rest = path
    return {**value, first: _with(value.get(first), rest, new)}


def _with(value: Json, path: Sequence[str], new: Json) -> Json:
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(value, list) and first.isdecimal() and int(first) < len(value):
        index = int(first)
        return [*value[:index], _with(value[index], rest, new), *value[index + 1 :]]
    known = value if isinstance(value, dict) else {}
    return {**known, first: _with(known.get(first), rest, new)}


def _check_phase(standard: Standard, track: str, phase: str) -> None:
    known = standard.tracks.get(track)
    if known is None:
        raise UnknownName(
            f"{standard.name} has no track {track!r}", remedy=did_you_mean(track, standard.tracks)
        )
    if phase not in known.ranks:
        raise UnknownName(
            f"{standard.name} has no phase {phase!r}",
            remedy=did_you_mean(phase, known.phases) or f"Phases: {', '.join(known.phases)}",
        )
