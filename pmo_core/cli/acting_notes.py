"""What is worth knowing about who acts and when, told on standard error before a command writes."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from pmo_core.cli.complaints import WIDTH
from pmo_core.render.escape import clean
from pmo_core.render.layout import wrapped
from pmo_core.render.values import counted

if TYPE_CHECKING:
    from datetime import datetime

    from pmo_core.office.office import Office


def note_login(login: str, office: Office) -> None:
    """Say so where an office lists its people, and who acts by login is none of them."""
    people = office.settings.people
    if people and login not in people:
        _note(f"{login!r}, your login, is nobody whom the office lists; say who acts with --as.")


def note_ahead(at: datetime, office: Office) -> None:
    """Say so where a command takes effect later than it is, and what that bars (S15.1)."""
    ahead = at - office.now()
    if ahead <= timedelta(0):
        return
    about = click.get_current_context().params.get("project")
    named = about if isinstance(about, str) else "these projects"
    _note(
        f"--at is {_span(ahead)} ahead of the clock; until then nothing can be decided on {named} "
        "without it."
    )


def _span(ahead: timedelta) -> str:
    """`3 days`, `5 hours`."""
    hours = ahead.seconds // 3600
    if ahead.days:
        return counted(ahead.days, "day")
    return counted(hours, "hour") if hours else "less than an hour"


def _note(told: str) -> None:
    width = WIDTH if sys.stderr.isatty() else None
    for line in wrapped(clean(f"Note: {told}"), width):
        click.echo(line, err=True)
