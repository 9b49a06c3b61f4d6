"""What a plugin raised, in one line for people; never a traceback."""

from __future__ import annotations

from typing import Final

from pmo_core.errors import PmoError

_LONGEST: Final = 300


def told(error: BaseException) -> str:
    """`FileNotFoundError: finance/open.txt`: its kind and what it says, cut and in one line."""
    kind = type(error).__name__
    try:
        said = _said(error)
    except Exception:  # a plugin's own exception may fail to say what it is
        said = "it cannot say why"
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())
    if len(line) > _LONGEST:
        line = f"{line[:_LONGEST]}..."
    return f"{kind}: {line}" if line else kind


def _said(error: BaseException) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return str(error.filename)
    if isinstance(error, PmoError):
        return error.message
    return str(error)
