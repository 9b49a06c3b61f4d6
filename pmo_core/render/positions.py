"""Where findings stand in their sources: pointers joined to lines and columns (S2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.documents import Place
from pmo_core.errors import InvalidDocument
from pmo_core.render.subjects import places_in

if TYPE_CHECKING:
    from pmo_core.assessment import Finding
    from pmo_core.office.lines import Checked


def position(line: Checked, finding: Finding) -> Place:
    """Where to look: the place of the first reason that names one, else where the record begins.

    Of what is absent, the nearest thing around it that is there. A condition that is not true
    names the first place that it looks at.
    """
    document = line.record.document
    pointer = pointer_of(finding)
    if document is None or not pointer:
        return Place(line.source, line.line, line.column)
    try:
        return document.place(pointer)
    except InvalidDocument:
        # A plugin may have sent a pointer that is none.
        return Place(line.source, line.line, line.column)


def pointer_of(finding: Finding) -> str | None:
    """The place in the record that a finding is about; None where it is about none."""
    pointer = next((one.pointer for one in finding.reasons if one.pointer is not None), None)
    return _looked_at(finding) if pointer is None else pointer


def _looked_at(finding: Finding) -> str | None:
    for reason in finding.reasons:
        expression = reason.params.get("expr")
        if isinstance(expression, str):
            return next(iter(places_in(expression)), None)
    return None
