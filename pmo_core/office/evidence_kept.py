"""The evidence that a gate rests on: what answers and artefacts name, and whether it is still so.

A link without a scheme is a path below the office's folder. What lies elsewhere is not looked at,
and nothing is fetched.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.documents import join_pointer, resolve
from pmo_core.standards.looks import single_tests
from pmo_core.standards.model import ArtefactTest

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.model import Criterion, Standard

ANSWER: Final = "answer"
ARTEFACT: Final = "artefact"
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)


class Kept(NamedTuple):
    """A piece of evidence as a record keeps it.

    Attributes:
        kind: `answer` or `artefact`.
        of: the criterion that was answered, or the artefact.
        link: as the record has it.
        digest: of the file's bytes, as it was recorded; None where it was not.
        date: of the document; None where nobody said.
        by: who answered, or brought the artefact to its state; None where nobody said.
    """

    kind: str
    of: str
    link: str
    digest: str | None = None
    date: str | None = None
    by: str | None = None


class Held(StrEnum):
    """Whether evidence is still what was recorded."""

    SAME = "same"
    ALTERED = "altered"
    GONE = "gone"
    UNRECORDED = "no-digest"
    ELSEWHERE = "elsewhere"


class Verified(NamedTuple):
    """Evidence, and whether the file under the office is still what was recorded."""

    evidence: Kept
    held: Held


def kept_evidence(
    standard: Standard, criteria: Iterable[Criterion], record: JsonObject, item: str = ""
) -> tuple[Kept, ...]:
    """What a record names as evidence for criteria, in their order, each once.

    Of several answers to one criterion the newest counts, which is the last.

    Args:
        item: the item of a repeated gate; empty for any other.
    """
    found: dict[Kept, None] = {}
    binding = standard.binding
    for criterion in criteria:
        name = f"{criterion.id}@{item}" if item else criterion.id
        entry = resolve(record, binding.answers + join_pointer((name,)), None)
        last = entry[-1] if isinstance(entry, list) and entry else entry
        found.update(dict.fromkeys(_named(ANSWER, name, last)))
        for artefact in _artefacts(criterion):
            entry = resolve(record, binding.artefacts + join_pointer((artefact,)), None)
            found.update(dict.fromkeys(_named(ARTEFACT, artefact, entry)))
    return tuple(found)


def verified(found: Iterable[Kept], folder: Path) -> tuple[Verified, ...]:
    """Each piece of evidence with what has become of its file under the office's folder."""
    return tuple(Verified(one, _held(one, folder)) for one in found)


def _artefacts(criterion: Criterion) -> Iterator[str]:
    for one in single_tests(criterion):
        if isinstance(one, ArtefactTest):
            yield one.id


def _named(kind: str, of: str, entry: Json) -> Iterator[Kept]:
    written = entry.get("evidence") if isinstance(entry, dict) else None
    said = entry.get("by") if isinstance(entry, dict) else None
    by = said if isinstance(said, str) and said.strip() else None
    for one in written if isinstance(written, list) else [written]:
        if isinstance(one, str) and one.strip():
            yield Kept(kind, of, one, by=by)
        elif isinstance(one, dict) and isinstance(link := one.get("link"), str):
            digest, date = one.get("digest"), one.get("date")
            yield Kept(
                kind,
                of,
                link,
                digest if isinstance(digest, str) else None,
                date if isinstance(date, str) else None,
                by,
            )


def _held(one: Kept, folder: Path) -> Held:
    path = _path(one.link, folder)
    if path is None:
        return Held.ELSEWHERE
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Held.GONE
        if one.digest is None:
            return Held.UNRECORDED
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return Held.GONE
    return Held.SAME if one.digest == f"sha256:{found}" else Held.ALTERED


def _path(link: str, folder: Path) -> Path | None:
    """Where the file lies, below the office's folder; None where the link leads elsewhere."""
    if _SCHEME.match(link) or "\0" in link:
        return None
    try:
        root = folder.resolve()
        path = (root / link).resolve()
    except (OSError, RuntimeError):  # a circle of links
        return None
    return path if path.is_relative_to(root) else None
