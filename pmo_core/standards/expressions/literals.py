"""Names and spans that an expression writes out, looked up when the standard loads (S6.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from pmo_core.standards.expressions.faults import fault_at, nearest
from pmo_core.standards.expressions.functions import FunctionFailure, add
from pmo_core.standards.expressions.text import (
    Path,
    Word,
    call_around,
    literal_value,
    sign_at,
)

_ANY_DAY = "2026-01-01"


def check_literals(
    text: str,
    words: Sequence[Word],
    paths: Sequence[Path],
    tracks: Mapping[str, Collection[str]],
    unlisted: Collection[str],
) -> None:
    """Refuse tracks and phases that the standard does not have, and spans that no date takes.

    Args:
        tracks: the phases of each track.
        unlisted: tracks in which a record may claim what is no phase, so that `phase` may be
            compared with any text.

    Raises:
        ExpressionFault
    """
    for track, phase in _ranked(words):
        name = None if track is None else literal_value(track)
        if track is not None and name is not None and name not in tracks:
            raise fault_at(
                text, track.start, f"the standard has no track '{name}'", nearest(name, tracks)
            )
        chosen = tracks if name is None else {name: tracks[name]}
        _check_phase(text, phase, chosen)
    for name, phase in _compared(words, paths):
        if name in tracks and name not in unlisted:
            _check_phase(text, phase, {name: tracks[name]})
    for word in _spans(words):
        try:
            add(_ANY_DAY, literal_value(word) or "")
        except FunctionFailure:
            raise fault_at(
                text,
                word.start,
                f"{word.text} is no span of days, weeks, months or years",
                "Write one such as 'P30D'; a date takes no hours",
            ) from None


def _check_phase(text: str, word: Word | None, tracks: Mapping[str, Collection[str]]) -> None:
    name = None if word is None else literal_value(word)
    if word is None or name is None or any(name in phases for phases in tracks.values()):
        return
    known = [phase for phases in tracks.values() for phase in phases]
    of = f"track '{next(iter(tracks))}'" if len(tracks) == 1 else "the standard"
    raise fault_at(text, word.start, f"{of} has no phase '{name}'", nearest(name, known))


def _ranked(words: Sequence[Word]) -> Iterator[tuple[Word | None, Word | None]]:
    """Track and phase of each `rank`, as far as they are written out."""
    for index, word in enumerate(words):
        if word.text == "rank" and sign_at(words, index + 1) == "(":
            alone = index + 3 < len(words) and sign_at(words, index + 3) == ","
            phase = next(
                (
                    one
                    for at, one in enumerate(words)
                    if at > index + 3
                    and one.kind == "text"
                    and sign_at(words, at - 1) == ","
                    and sign_at(words, at + 1) == ")"
                    and call_around(words, at) == "rank"
                ),
                None,
            )
            yield (words[index + 2] if alone else None), phase


def _compared(words: Sequence[Word], paths: Sequence[Path]) -> Iterator[tuple[str, Word]]:
    """Each text that `phase.TRACK` is compared with, and the track."""
    tracks = {path.start: path for path in paths if path.root == "phase" and len(path.steps) == 1}
    for index, word in enumerate(words):
        path = tracks.get(word.start)
        if path is None or not isinstance(path.steps[0], str):
            continue
        after = next(
            (at for at in range(index, len(words)) if words[at].start >= path.end), len(words)
        )
        for sign, at in ((after, after + 1), (index - 1, index - 2)):
            alone = sign_at(words, 2 * at - sign) not in ("+", ".", ".?", "[")
            if alone and sign_at(words, sign) in ("==", "!=") and 0 <= at < len(words):
                yield path.steps[0], words[at]


def _spans(words: Sequence[Word]) -> Iterator[Word]:
    """The durations that are written out for `add`."""
    for index, word in enumerate(words):
        written = word.kind == "text" and literal_value(word) is not None
        ends = sign_at(words, index - 1) == "," and sign_at(words, index + 1) == ")"
        if written and ends and call_around(words, index) == "add":
            yield word
