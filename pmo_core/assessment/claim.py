"""The synthetic findings: does the record fit its schema, may it claim its phase? (S4, S11.7)"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.assessment.findings import Effect, Finding, Reason, Result, in_order
from pmo_core.documents import Json, resolve
from pmo_core.standards.model import Obligation, Standard
from pmo_core.standards.record import phase_of_claim, written_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_core.documents import JsonObject
    from pmo_core.standards.inputs import Inputs

RECORD, CLAIM = "record", "claim"


def synthetic(criterion: str, result: Result, reasons: tuple[Reason, ...] = ()) -> Finding:
    """A finding of no criterion: a must that no standard can set aside."""
    blocks = result in (Result.FAIL, Result.UNKNOWN)
    return Finding(
        criterion, Obligation.MUST, result, Effect.BLOCKS if blocks else Effect.NONE, reasons
    )


RECORD_PASSES = synthetic(RECORD, Result.PASS)
CLAIM_PASSES = synthetic(CLAIM, Result.PASS)


def judge_claim(
    standard: Standard, value: JsonObject, inputs: Inputs
) -> tuple[Finding, tuple[Reason, ...]]:
    """Whether the phase that the record claims is one, and the ledger's where there is one.

    Returns:
        the finding, and notes on phases outside a track that says `unlisted: note`.
    """
    if inputs.position is None and _claims_are_usual(standard, value):
        return CLAIM_PASSES, ()
    ledger = None if inputs.position is None else inputs.position.phase
    failed: list[Reason] = []
    unknown: list[Reason] = []
    notes: list[Reason] = []
    for name, pointer in standard.binding.phase.items():
        written = resolve(value, pointer, None)
        _judge_track(standard, name, pointer, written, ledger, failed, unknown, notes)
    if failed:
        return synthetic(CLAIM, Result.FAIL, in_order(failed + unknown)), tuple(notes)
    if unknown:
        return synthetic(CLAIM, Result.UNKNOWN, in_order(unknown)), tuple(notes)
    return CLAIM_PASSES, tuple(notes)


def _claims_are_usual(standard: Standard, value: JsonObject) -> bool:
    """Whether each track's claim is plainly a phase of it: what nearly every record has."""
    for name, pointer in standard.binding.phase.items():
        track = standard.tracks[name]
        # A pointer of one plain key, the default, needs no walk.
        key = pointer[1:]
        written = value.get(key) if "/" not in key and "~" not in key else None
        if type(written) is not str or track.values.get(written, written) not in track.ranks:
            return False
    return True


def _judge_track(
    standard: Standard,
    name: str,
    pointer: str,
    written: Json,
    ledger: Mapping[str, str] | None,
    failed: list[Reason],
    unknown: list[Reason],
    notes: list[Reason],
) -> None:
    track = standard.tracks[name]
    text = written_text(written)
    phase = phase_of_claim(track, text)
    known = None if ledger is None else ledger.get(name)
    if known is None and text is None and written is not None and not isinstance(written, str):
        about: dict[str, Json] = {"track": name, "found": written}
        unknown.append(Reason("claim-not-text", pointer, about))
        return
    if phase is None:
        if known is None:
            unknown.append(Reason("no-claim", pointer, {"track": name}))
        return
    if known is not None:
        # A claim is only what the file says; where it says nothing the ledger does.
        if text is not None and phase != known:
            about = {"track": name, "claimed": phase, "ledger": known}
            failed.append(Reason("claim-differs", pointer, about))
        return
    if phase not in track.ranks:
        about = {"track": name, "claimed": phase, "phases": list(track.phases)}
        if track.unlisted_is_note:
            notes.append(Reason("unlisted-phase", pointer, about))
        else:
            failed.append(Reason("unlisted-phase", pointer, about))
