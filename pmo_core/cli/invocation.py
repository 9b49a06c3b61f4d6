"""What one call of `pmo` settles for its error handler and its commands."""

from __future__ import annotations

from datetime import datetime

import click


class Invocation:
    """One call of the command line.

    Attributes:
        json: errors go to standard output as JSON (S16.2).
    """

    __slots__ = ("json",)

    def __init__(self) -> None:
        self.json = False


class InstantParam(click.ParamType[datetime]):
    """An instant such as 2026-03-01T09:00:00Z, or a date, which means its first instant in UTC."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The instant; a usage error for anything else."""
        from datetime import UTC, time

        from pmo_core.standards.instants import InvalidTime, parse_date, parse_instant

        if isinstance(value, datetime):
            return value
        text = str(value)
        try:
            if "T" in text:
                return parse_instant(
                    text if text.endswith("Z") and text.count(":") == 2 else _full(text)
                )
            return datetime.combine(parse_date(text), time(), UTC)
        except InvalidTime as error:
            self.fail(f"{error}.", param, ctx)


def _full(text: str) -> str:
    """`2026-12-19T06:00Z` with its seconds."""
    return f"{text[:-1]}:00Z" if text.endswith("Z") and text.count(":") == 1 else text


INSTANT = InstantParam()
