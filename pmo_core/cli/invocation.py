"""What one call of `pmo` settles for its error handler and its commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pmo_core.documents import Json

JSON_FORMATS = ("json", "jsonl")


class Invocation:
    """One call of the command line.

    Attributes:
        json: errors go to standard output as JSON (S16.2).
        clock: gives the time; None: the machine's. Only a caller in Python can set it.
    """

    __slots__ = ("clock", "json")

    def __init__(
        self, arguments: Sequence[str] = (), clock: Callable[[], datetime] | None = None
    ) -> None:
        self.json = asks_for_json(arguments)
        self.clock = clock


def asks_for_json(arguments: Sequence[str]) -> bool:
    """Whether a command line asks for JSON: `--json`, `--format json` or `--format jsonl`.

    Looked for in the words as typed, so that it is known of a line that cannot be parsed, too.
    """
    words = list(arguments)
    if "--" in words:
        words = words[: words.index("--")]
    return (
        "--json" in words
        or any(f"--format={name}" in words for name in JSON_FORMATS)
        or any(option == "--format" and name in JSON_FORMATS for option, name in pairwise(words))
    )


def instant(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    """`2026-03-01T09:00Z`, seconds or not; or a date, which means its first instant in UTC.

    Raises:
        click.BadParameter: for anything else.
    """
    from datetime import UTC, time

    from pmo_core.standards.instants import (
        EARLIEST_YEAR,
        LATEST_YEAR,
        InvalidTime,
        parse_date,
        parse_instant,
    )

    if value is None:
        return None
    try:
        found = (
            parse_instant(_full(value))
            if "T" in value
            else datetime.combine(parse_date(value), time(), UTC)
        )
        if EARLIEST_YEAR <= found.year <= LATEST_YEAR:
            return found
        raise click.BadParameter(
            f"{value!r} lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}.", ctx, param
        )
    except InvalidTime:
        raise click.BadParameter(
            f"{value!r} is no time. Write a date such as 2026-11-24, or an instant such as "
            "2026-11-24T09:00Z",
            ctx,
            param,
        ) from None


def _full(text: str) -> str:
    """`2026-12-19T06:00Z` with its seconds."""
    return f"{text[:-1]}:00Z" if text.endswith("Z") and text.count(":") == 1 else text


def facts_by_hand(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> dict[str, Json]:
    """Facts of the form `NAME=JSON`, by name.

    Raises:
        click.BadParameter: for anything else.
    """
    from pmo_core.documents import read_json  # start-up: only where facts are given
    from pmo_core.errors import InvalidDocument

    found: dict[str, Json] = {}
    for value in values:
        name, sign, written = value.partition("=")
        if not sign or not name:
            told = f"{value!r} is no fact. Write NAME=JSON, such as lab.open=true"
            raise click.BadParameter(told, ctx, param)
        try:
            found[name] = read_json(written.encode("utf-8", "replace"), name).value
        except InvalidDocument as error:
            raise click.BadParameter(
                f"{written!r} is no JSON: {error.message}. Texts stand in quotes: "
                f"""--fact '{name}="open"'""",
                ctx,
                param,
            ) from None
    return found
