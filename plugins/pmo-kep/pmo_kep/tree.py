"""A checkout of kubernetes/enhancements: each proposal, with its approval if there is one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from pmo_core import (
    Document,
    InvalidDocument,
    Json,
    Reading,
    Scalars,
    SourceRecord,
    UnknownName,
)
from pmo_kep.files import NotReadable, is_inside, read_inside
from pmo_kep.joining import join, read_approval, read_proposal
from pmo_kep.owners import approvers

PROPOSALS = "keps"
PROPOSAL = "kep.yaml"
APPROVALS = "prod-readiness"
_ENDING = ".yaml"

Approvals = Mapping[tuple[str, str], str]
"""(owning SIG, number) -> path of the approval file."""


def read_tree(root: str, scalars: Scalars) -> Reading:
    """All proposals of the tree, in the order of their paths.

    Raises:
        UnknownName: the folder holds no proposals.
    """
    root = os.path.normpath(root)
    folder = os.path.join(root, PROPOSALS)
    if not os.path.isdir(folder) or not is_inside(folder, root):
        raise UnknownName(
            f"{root!r} is no tree of proposals: it has no folder {PROPOSALS!r}",
            remedy="Name the root of a checkout of kubernetes/enhancements",
        )
    return Reading(_records(root, folder, scalars), approvers(root))


def _records(root: str, folder: str, scalars: Scalars) -> Iterator[SourceRecord | InvalidDocument]:
    filed = _approvals(os.path.join(folder, APPROVALS), root)
    for path in sorted(_proposals(folder)):
        try:
            proposal = read_proposal(read_inside(path, root), path, scalars)
            approval = _approval(proposal, filed, scalars, root)
            yield SourceRecord(join(path, proposal, approval), path)
        except NotReadable as error:
            yield InvalidDocument(str(error), source=path, line=1, column=1)
        except InvalidDocument as fault:
            yield fault


def _proposals(folder: str) -> Iterator[str]:
    """The paths of all proposals below; folders that are links are not entered."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _proposals(entry.path)
            elif entry.name == PROPOSAL:
                yield entry.path


def _approvals(folder: str, root: str) -> Approvals:
    """The approval files that are there.

    Proposals are looked up in this table, and never make a path: whatever they claim as their SIG
    or number, it names a file of this folder or nothing.
    """
    found: dict[tuple[str, str], str] = {}
    for sig in _entries(folder, root):
        if sig.is_dir():
            for file in _entries(sig.path, root):
                if file.name.endswith(_ENDING):
                    found[sig.name, file.name.removesuffix(_ENDING)] = file.path
    return found


def _entries(folder: str, root: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [
                entry for entry in entries if not entry.is_symlink() or is_inside(entry.path, root)
            ]
    except OSError:
        return []


def _approval(proposal: Document, filed: Approvals, scalars: Scalars, root: str) -> Document | None:
    fields = proposal.value
    assert isinstance(fields, dict)
    path = filed.get((_written(fields.get("owning-sig")), _written(fields.get("kep-number"))))
    if path is None:
        return None
    try:
        return read_approval(read_inside(path, root), path, scalars)
    except NotReadable:
        return read_approval(b"", path, scalars)


def _written(value: Json) -> str:
    """A name as it stands in a path; a number where the standard reads numbers is its digits."""
    return str(value) if type(value) in (str, int) else ""
