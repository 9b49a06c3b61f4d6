"""`pmo check`: assess files, folders, streams and plugins' sources. No office, nothing written."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from typing import BinaryIO

import click

from pmo_core.cli.invocation import INSTANT, Invocation

FORMATS = ("text", "json", "jsonl", "junit", "sarif", "markdown", "github")
EPILOG = """\b
Sources: files, folders, globs, '-' for standard input, JSON Lines (.jsonl),
YAML files of several documents, and plugins' sources such as kep:DIR.
Exit: 0 all ready; 1 some blocked; 2 wrong usage; 3 some unreadable or invalid.

\b
Example:  pmo check --standard essentials projects/
"""


@click.command(epilog=EPILOG)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--standard", "standard_name", required=True, metavar="ID|PATH", help="What to assess by."
)
@click.option(
    "--gate",
    metavar="GATE",
    help="The gate; by default the standing gates, else those ahead of each record.",
)
@click.option(
    "--plugin", "plugins", multiple=True, metavar="NAME", help="Load a plugin; may be repeated."
)
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=JSON",
    help="Give a fact by hand; every output says so.",
)
@click.option("--at", type=INSTANT, metavar="TIME", help="Assess as of then, not now.")
@click.option(
    "--zone", default="UTC", show_default=True, metavar="ZONE", help="Time zone of dates."
)
@click.option("--explain", is_flag=True, help="Add who can do what, and the smallest set of it.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--digests", is_flag=True, help="Add digests to machine formats; they cost time.")
@click.option("--quiet", "-q", is_flag=True, help="Only what blocks, and what was skipped.")
@click.option(
    "--fail-on",
    type=click.Choice(("must", "should")),
    default="must",
    show_default=True,
    help="Exit 1 for a should that is not met, too.",
)
@click.pass_context
def check(
    ctx: click.Context,
    sources: tuple[str, ...],
    standard_name: str,
    gate: str | None,
    plugins: tuple[str, ...],
    facts: tuple[str, ...],
    at: datetime | None,
    zone: str,
    explain: bool,
    format_: str,
    digests: bool,
    quiet: bool,
    fail_on: str,
) -> None:
    """Assess project records: is each ready for its gate; if not, what is missing?"""
    from pmo_core.cli.output import terminal_style, write_run
    from pmo_core.office.checking import Plan
    from pmo_core.office.packages import load_standard
    from pmo_core.office.session import Session
    from pmo_core.render.formats import writer_of

    started = time.monotonic()
    invocation = ctx.find_object(Invocation)
    if invocation is not None:
        invocation.json = format_ in ("json", "jsonl")
    standard = load_standard(standard_name)
    now = (at or datetime.now(UTC)).replace(microsecond=0)
    session = Session(standard, now, zone, plugins=plugins, facts=facts, at_was_set=at is not None)
    batch = session.open(sources, _stdin)
    plan = Plan(standard, now, gate, zone, session.inputs_for(batch))
    style = terminal_style(
        quiet=quiet,
        extra=session.words(),
        elapsed=lambda: time.monotonic() - started,
        next_command=None if explain else _next_command(standard_name, sources),
    )
    writer = writer_of("explain" if explain and format_ == "text" else format_)
    tally = write_run(plan, batch, session.run(digests=digests), writer, style)
    ctx.exit(tally.exit_code(fail_on_should=fail_on == "should"))


def _next_command(standard: str, sources: tuple[str, ...]) -> str:
    from shlex import join

    command = join(["pmo", "check", "--standard", standard, "--explain", *sources])
    return command.replace("{", "{{").replace("}", "}}")


def _stdin() -> BinaryIO:
    """Standard input as a stream that can be read again; a pipe is copied to a temporary file."""
    stream = sys.stdin.buffer
    if stream.seekable():
        return stream
    from shutil import copyfileobj  # start-up: only for pipes
    from tempfile import TemporaryFile

    kept = TemporaryFile()  # noqa: SIM115 - it lives as long as the run
    copyfileobj(stream, kept)
    kept.seek(0)
    return kept
