"""What one call of `pmo` settles for its error handler and its commands."""

from __future__ import annotations

from collections.abc import Sequence
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
    """

    __slots__ = ("json",)

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        self.json = asks_for_json(arguments)


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
                return parse_instant(_full(text))
            return datetime.combine(parse_date(text), time(), UTC)
        except InvalidTime:
            self.fail(
                f"{text!r} is no time. Write a date such as 2026-11-24, or an instant such as "
                "2026-11-24T09:00Z",
                param,
                ctx,
            )


def _full(text: str) -> str:
    """`2026-12-19T06:00Z` with its seconds."""
    return f"{text[:-1]}:00Z" if text.endswith("Z") and text.count(":") == 1 else text


class FactParam(click.ParamType[tuple[str, "Json"]]):
    """A fact by hand: `NAME=JSON`."""

    name = "fact"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Json]:
        """The name and the value; a usage error for anything else."""
        from pmo_core.documents import read_json  # start-up: only where facts are given
        from pmo_core.errors import InvalidDocument

        name, sign, written = str(value).partition("=")
        if not sign or not name:
            self.fail(f"{value!r} is no fact. Write NAME=JSON, such as lab.open=true", param, ctx)
        try:
            return name, read_json(written.encode("utf-8", "replace"), name).value
        except InvalidDocument as error:
            self.fail(
                f"{written!r} is no JSON: {error.message}. Texts stand in quotes: "
                f"""--fact '{name}="open"'""",
                param,
                ctx,
            )


INSTANT = InstantParam()
FACT = FactParam()
