"""`pmo check`: assess files, folders, streams and plugins' sources. No office, nothing written."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

import click

from pmo_core.cli import completing
from pmo_core.cli.invocation import facts_by_hand, instant

if TYPE_CHECKING:
    from pmo_core.documents import Json

FORMATS = ("text", "json", "jsonl", "junit", "sarif", "markdown", "github")
EXPLAINING = {"text": "explain", "json": "json", "jsonl": "jsonl"}
EPILOG = """\b
Sources: files, folders, globs, '-' for standard input, JSON Lines (.jsonl),
YAML files of several documents, and plugins' sources such as kep:DIR.
Exit: 0 all ready; 1 some blocked; 2 wrong usage; 3 some cannot be read.

\b
Example:  pmo check --standard essentials projects/
Example:  pmo check --standard essentials --explain projects/atlas.yaml
"""


@click.command(epilog=EPILOG)
@click.argument(
    "sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=completing.files
)
@click.option(
    "--standard",
    "standard_name",
    required=True,
    metavar="ID|PATH",
    shell_complete=completing.standards,
    help="What to assess by, such as essentials; pmo standard list has all.",
)
@click.option(
    "--gate",
    metavar="GATE[@OCCURRENCE]",
    shell_complete=completing.gates,
    help="The gate, or one time of it; by default the standing gates, else those ahead.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="Add who can do what, and the smallest set of it: text, json, jsonl.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="For people, programs, or CI.",
)
@click.option("--quiet", "-q", is_flag=True, help="Only the counts, and what was skipped.")
@click.option(
    "--fail-on",
    type=click.Choice(("must", "should")),
    default="must",
    show_default=True,
    help="should: exit 1 for a should that is not met, too.",
)
@click.option("--at", callback=instant, metavar="TIME", help="Assess as of then, not now.")
@click.option(
    "--zone",
    default="UTC",
    show_default=True,
    metavar="ZONE",
    shell_complete=completing.zones,
    help="Time zone of dates.",
)
@click.option(
    "--plugin",
    "plugins",
    multiple=True,
    metavar="NAME",
    shell_complete=completing.plugins,
    help="Load a plugin; may be repeated.",
)
@click.option(
    "--fact",
    "facts",
    callback=facts_by_hand,
    multiple=True,
    metavar="NAME=JSON",
    help="Give a fact by hand; every output says so.",
)
@click.option("--digests", is_flag=True, help="Add digests to json and jsonl; they cost time.")
@click.pass_context
def check(
    ctx: click.Context,
    sources: tuple[str, ...],
    standard_name: str,
    gate: str | None,
    explain: bool,
    format_: str,
    quiet: bool,
    fail_on: str,
    at: datetime | None,
    zone: str,
    plugins: tuple[str, ...],
    facts: dict[str, Json],
    digests: bool,
) -> None:
    """Assess project records: is each ready for its gate; if not, what is missing?"""
    from pmo_core.cli.output import terminal_style, write_run
    from pmo_core.office.checking import Plan
    from pmo_core.office.packages import load_standard
    from pmo_core.office.session import Session, known_gate
    from pmo_core.render.formats import writer_of

    started = time.monotonic()
    if explain and format_ not in EXPLAINING:
        raise click.UsageError(f"--explain goes with --format {', '.join(EXPLAINING)}.", ctx)
    standard = load_standard(standard_name)
    now = (at or datetime.now(UTC)).replace(microsecond=0)
    session = Session(standard, now, zone, plugins=plugins, facts=facts, at_was_set=at is not None)
    asked, _, occurrence = (gate or "").partition("@")
    named = known_gate(standard, asked if asked and occurrence else gate, standard_name)
    batch = session.open(sources, standard_input)
    plan = Plan(
        standard,
        now,
        named,
        zone,
        session.inputs_for(batch),
        session.facts_for(batch),
        occurrence,
    )
    style = terminal_style(
        quiet=quiet,
        explain=explain,
        standard=standard_name,
        extra=session.words(),
        elapsed=lambda: time.monotonic() - started,
        next_command=None if explain else _next_command(ctx),
    )
    writer = writer_of(EXPLAINING[format_] if explain else format_)
    tally = write_run(plan, batch, session.run(digests=digests), writer, style)
    ctx.exit(tally.exit_code(fail_on_should=fail_on == "should"))


def _next_command(ctx: click.Context) -> str | None:
    """The same call with the explanation; None where standard input cannot be read again."""
    from shlex import join  # start-up: only `check` needs it

    from pmo_core.render.escape import json_bytes

    given = ctx.params
    if "-" in given["sources"]:
        return None
    words = ["pmo", "check", "--standard", given["standard_name"]]
    if given["gate"] is not None:
        words += ["--gate", given["gate"]]
    if given["at"] is not None:
        words += ["--at", _short(given["at"])]
    if given["zone"] != "UTC":
        words += ["--zone", given["zone"]]
    for name in given["plugins"]:
        words += ["--plugin", name]
    for name, value in given["facts"].items():
        words += ["--fact", f"{name}={json_bytes(value).decode()}"]
    return join([*words, "--explain", *given["sources"]])


def _short(moment: datetime) -> str:
    """An instant as `--at` takes it, without seconds that are zero."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.second else f"{moment:%Y-%m-%dT%H:%MZ}"


def standard_input() -> BinaryIO:
    """Standard input as a stream that can be read again; a pipe is copied to a temporary file."""
    from pmo_core.errors import UnknownName  # start-up: only for standard input
    from pmo_core.office.streams import rereadable

    if sys.stdin is None:
        raise UnknownName(
            "standard input is closed", remedy="Name a file, or pipe records into pmo"
        )
    return rereadable(sys.stdin.buffer)
