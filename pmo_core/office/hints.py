"""What to say of a name that is not there: the one that was meant, and where all of them stand."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from pmo_core.errors import UnknownName
from pmo_core.standards.faults import did_you_mean

if TYPE_CHECKING:
    from pmo_core.standards.model import Standard


def unknown(message: str, name: str, known: Collection[str], listing: str) -> UnknownName:
    """The error for a name that is not there; with the nearest, where one is near.

    Args:
        message: what is not there, one sentence without a full stop.
        listing: what the names are, and the command that lists them: `All gates: pmo ...`.
    """
    hint = did_you_mean(name, known) or ""
    meant = f"{hint} " if hint.endswith("?") else ""
    return UnknownName(message, remedy=f"{meant}{listing}")


def no_gate(standard: Standard, gate: str, called: str | None = None) -> UnknownName:
    """The error for a gate that a standard does not have.

    Args:
        called: the standard as the caller named it; its id where None.
    """
    return unknown(
        f"{standard.name} has no gate {gate!r}",
        gate,
        standard.gates,
        f"All gates: pmo standard show {called or standard.id} --gates",
    )
