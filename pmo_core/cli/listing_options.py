"""What every command that lists takes: `--columns`, `--sort`, `--format`, `--json`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

import click
from click.shell_completion import CompletionItem

from pmo_core.render.listing import (
    ALL,
    chosen_columns,
    listing_csv,
    listing_json,
    listing_lines,
    position_of,
)

if TYPE_CHECKING:
    from pmo_core.cli.completing import Offer
    from pmo_core.render.listing import Column, Listing
    from pmo_core.render.style import Style

P = ParamSpec("P")
R = TypeVar("R")

TEXT, CSV, JSON = FORMATS = ("text", "csv", "json")


class View(NamedTuple):
    """How a list is wanted; the command gets it as its argument `view`.

    Attributes:
        columns: ids of columns; empty: the usual ones.
        sort: ids of columns, with `-` before one that is to go downwards.
        format: one of `FORMATS`.
    """

    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    format: str = TEXT


def listing_options(columns: Sequence[Column]) -> Callable[[Callable[P, R]], Callable[..., R]]:
    """Let a command take the options of a list; it gets them as `view`.

    A name that is no column is told before the command begins.
    """
    known = tuple(columns)
    names = [column.id for column in known]

    def add(command: Callable[P, R]) -> Callable[..., R]:
        @wraps(command)
        def with_view(*args: P.args, **kwargs: P.kwargs) -> R:
            kwargs["view"] = _view(known, kwargs)
            return command(*args, **kwargs)

        adding: Callable[[Callable[..., R]], Callable[..., R]] = click.option(
            "--json", "as_json", is_flag=True, help="Short for --format json: all columns."
        )
        taking = adding(with_view)
        taking = click.option(
            "--format",
            "list_format",
            type=click.Choice(FORMATS),
            help="For people, spreadsheets or programs.  [default: text]",
        )(taking)
        taking = click.option(
            "--sort",
            "list_sort",
            metavar="COLUMN,...",
            shell_complete=_offering(names, descending=True),
            help="Sort by columns; -COLUMN downwards.",
        )(taking)
        return click.option(
            "--columns",
            "list_columns",
            metavar="COLUMN,...",
            shell_complete=_offering([*names, ALL]),
            help=f"Which, for text and csv: {', '.join(names)}; or {ALL}.",
        )(taking)

    return add


def write_listing(
    listing: Listing,
    view: View,
    *,
    empty: str = "",
    foot: Iterable[str] = (),
    style: Style | None = None,
) -> None:
    """Write a list to standard output as it is wanted.

    Args:
        empty: for people, in place of a table without rows.
        foot: for people, lines below the table.
        style: None: that of standard output.
    """
    if view.format == JSON:
        click.echo(listing_json(listing, sort=view.sort))
        return
    if view.format == CSV:
        click.echo(listing_csv(listing, columns=view.columns, sort=view.sort), nl=False)
        return
    from pmo_core.cli.output import terminal_style, write_lines

    if empty and not listing.rows:
        click.echo(empty)
    else:
        here = terminal_style() if style is None else style
        write_lines(listing_lines(listing, here, columns=view.columns, sort=view.sort))
    write_lines(foot)


def _view(columns: tuple[Column, ...], given: dict[str, object]) -> View:
    """The four options as one, taken out of what a command is given.

    Raises:
        UnknownName: there is no such column.
        click.UsageError: two formats are asked for.
    """
    named = given.pop("list_format")
    if given.pop("as_json"):
        if named not in (None, JSON):
            raise click.UsageError(f"--json and --format {named} cannot both be.")
        named = JSON
    shown = _split(given.pop("list_columns"))
    sort = _split(given.pop("list_sort"))
    chosen_columns(columns, shown)
    for name in sort:
        position_of(columns, name.removeprefix("-"))
    return View(shown, sort, str(named or TEXT))


def _split(written: object) -> tuple[str, ...]:
    names = str(written or "").split(",")
    return tuple(name.strip() for name in names if name.strip())


def _offering(names: Sequence[str], *, descending: bool = False) -> Offer:
    """Completion of the last name of a list by commas; those before it are not offered again."""

    def offer(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        before, comma, last = incomplete.rpartition(",")
        sign = "-" if descending and last.startswith("-") else ""
        taken = {name.removeprefix("-") for name in _split(before)}
        return [
            CompletionItem(f"{before}{comma}{sign}{name}")
            for name in names
            if name not in taken and name.startswith(last.removeprefix(sign))
        ]

    return offer
