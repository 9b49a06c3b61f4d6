"""Kubernetes Enhancement Proposals as project records: `kep:DIR` and `kep:FILE.jsonl`.

Reading only. What makes a proposal ready is said by the standard `kep`, as data.
"""

from __future__ import annotations

import os

from pmo_core import Reading, Source, SourceCall, UnknownName, hookimpl
from pmo_kep.history import read_history
from pmo_kep.tree import read_tree

HISTORY_ENDING = ".jsonl"


def read(call: SourceCall) -> Reading:
    """A checkout's tree, or a history file.

    Raises:
        UnknownName: there is no such file or folder, or it is neither of the two.
    """
    if os.path.isdir(call.target):
        return read_tree(call.target, call.scalars)
    if not os.path.exists(call.target):
        raise UnknownName(f"no file or folder {call.target!r}", remedy="Check the path")
    if not call.target.endswith(HISTORY_ENDING):
        raise UnknownName(
            f"{call.target!r} holds no proposals that kep: can read",
            remedy="Name a checkout of kubernetes/enhancements, or a history file (.jsonl)",
        )
    return read_history(call.target, call.scalars)


@hookimpl
def pmo_sources() -> list[Source]:
    """The one source, `kep:`."""
    return [Source("kep", read)]
