"""The options of every command that lists: what they choose, refuse and complete."""

from __future__ import annotations

import json

import click
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner, Result

from pmo_core.cli.listing_options import View, listing_options, write_listing
from pmo_core.errors import UnknownName
from pmo_core.render.listing import Column, Listing, cell

COLUMNS = (
    Column("project", "PROJECT"),
    Column("days", "DAYS", right=True),
    Column("owner", "OWNER", usual=False),
)
LISTING = Listing(
    COLUMNS,
    ((cell("atlas"), cell(10), cell("mara")), (cell("brook"), cell(9), cell("ilse"))),
)


@click.command()
@click.option("--gate", default="")
@listing_options(COLUMNS)
def ahead(gate: str, view: View) -> None:
    """List what is ahead."""
    rows = () if gate == "none" else LISTING.rows
    write_listing(LISTING._replace(rows=rows), view, empty="Nothing is ahead.", foot=["2 gates."])


def run(*arguments: str) -> Result:
    """The command in this process; what it raises is raised."""
    return CliRunner().invoke(ahead, arguments, catch_exceptions=False, standalone_mode=False)


def test_without_options_it_is_a_table_of_the_usual_columns() -> None:
    assert run().stdout.splitlines() == [
        "PROJECT  DAYS",
        "atlas      10",
        "brook       9",
        "2 gates.",
    ]


def test_columns_and_sort_may_be_several_by_commas() -> None:
    told = run("--columns", "owner, project", "--sort", "-days,owner").stdout.splitlines()
    assert told == ["OWNER  PROJECT", "mara   atlas", "ilse   brook", "2 gates."]


def test_a_minus_can_follow_sort_as_a_word_of_its_own() -> None:
    assert run("--sort", "-project").stdout.splitlines()[1] == "brook       9"


def test_csv_and_json_have_neither_foot_nor_empty_sentence() -> None:
    written = run("--format", "csv", "--sort", "days")
    assert written.stdout_bytes == b"project,days\r\nbrook,9\r\natlas,10\r\n"
    assert run("--gate", "none", "--format", "csv").stdout_bytes == b"project,days\r\n"
    assert run("--gate", "none", "--json").stdout == "[]\n"


def test_json_is_short_for_its_format_and_has_all_columns() -> None:
    short, long = run("--json").stdout, run("--format", "json", "--columns", "days").stdout
    assert short == long
    assert json.loads(short)[0] == {"project": "atlas", "days": 10, "owner": "mara"}
    assert run("--json", "--format", "json").stdout == short


def test_a_list_without_rows_is_told_in_a_sentence() -> None:
    assert run("--gate", "none").stdout.splitlines() == ["Nothing is ahead.", "2 gates."]


def test_a_column_that_is_not_there_is_told_before_the_command_begins() -> None:
    for arguments in (("--columns", "projct"), ("--sort", "-projct"), ("--sort", "all")):
        with pytest.raises(UnknownName, match="there is no column"):
            run(*arguments)


def test_two_formats_are_wrong_usage() -> None:
    with pytest.raises(click.UsageError, match="cannot both be"):
        run("--json", "--format", "csv")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("--columns", ""), ["project", "days", "owner", "all"]),
        (("--columns", "da"), ["days"]),
        (("--columns", "days,"), ["days,project", "days,owner", "days,all"]),
        (("--sort", "o"), ["owner"]),
        (("--sort", "days,-"), ["days,-project", "days,-owner"]),
        (("--format", ""), ["text", "csv", "json"]),
    ],
)
def test_names_of_columns_complete(typed: tuple[str, str], offered: list[str]) -> None:
    shell = BashComplete(ahead, {}, "ahead", "_AHEAD_COMPLETE")
    told = shell.get_completions([typed[0]], typed[1])
    assert [item.value for item in told] == offered
