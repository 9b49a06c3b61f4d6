"""`pmo` itself: its commands, and the one handler that turns errors into exit codes (S16)."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from pmo_core.cli.groups import LazyGroup
from pmo_core.cli.invocation import Invocation
from pmo_core.version import VERSION

COMMANDS = {
    "check": ("pmo_core.cli.check:check", "Assess project records against a standard's gates."),
    "demo": (
        "pmo_core.cli.demo.tour:demo",
        "Take the tour: five projects of one city.",
    ),
    "init": ("pmo_core.cli.init:init", "Found an office: settings, a ledger, projects."),
    "project": ("pmo_core.cli.project:project", "Records of projects, and their history."),
    "tick": ("pmo_core.cli.tick:tick", "Apply what has come due by itself."),
    "status": ("pmo_core.cli.status:status", "What waits for you, or for anybody."),
    "gate": ("pmo_core.cli.gate:gate", "What blocks a project at its gates, and what frees it."),
    "review": ("pmo_core.cli.review:review", "Open a review of a gate, look at it, decide it."),
    "decision": ("pmo_core.cli.decision:decision", "What was decided, and on what it rests."),
    "template": ("pmo_core.cli.template:template", "Documents to begin with, filled in."),
    "guide": ("pmo_core.cli.guide:guide", "What a criterion or gate means, and why."),
    "plugin": ("pmo_core.cli.plugin:plugin", "Which plugins are installed, and what they bring."),
    "standard": ("pmo_core.cli.standard:standard", "Look at standards; lint and test them."),
    "completion": ("pmo_core.cli.completion:completion", "Switch on completion in your shell."),
}
INTERRUPTED = 130
COMPLETION = "_PMO_COMPLETE"
"""Set by the shell functions that click writes for completion."""


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Begin with:  pmo demo",
)
@click.version_option(VERSION, prog_name="pmo", message="%(prog)s %(version)s")
def pmo() -> None:
    """Project governance as code: can this project pass its next gate; if not, why?

    A PMO writes its standards once, as packages of data. Every project's stage
    gates are then assessed and explained from them.
    """


def run() -> NoReturn:
    """Run the command line, turning each error into words and its exit code."""
    _open_streams()
    arguments = sys.argv[1:]
    sys.exit(_code(arguments, Invocation(arguments)))


def _open_streams() -> None:
    """Give output that the caller has closed (`>&-`) somewhere to go; write all else in UTF-8.

    An encoding that lacks a letter of somebody's name would end the command, and JSON is UTF-8.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - as long as the process
        elif stream.encoding.lower() != "utf-8" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _code(arguments: list[str], invocation: Invocation) -> int:
    try:
        if COMPLETION in os.environ:
            pmo.main(arguments, "pmo")
        code = call(arguments, invocation)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader has seen enough (`| head`): that is no error (S16.1).
        _write_no_more()
        return 0
    except (KeyboardInterrupt, click.exceptions.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except Exception as error:
        return _told(error, as_json=invocation.json)


def _told(error: Exception, *, as_json: bool) -> int:
    """The exit code of an error that has been told, as far as anybody listens."""
    from pmo_core.cli.complaints import DISK_FAULTS, exit_code, tell  # start-up: only on an error

    if isinstance(error, OSError) and error.errno in DISK_FAULTS:
        _write_no_more()
    try:
        tell(error, as_json=as_json)
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        _write_no_more()
    return exit_code(error)


def call(arguments: list[str], invocation: Invocation) -> int:
    """Run one command; what it raises is the caller's.

    Not by click's `main`, which has an end of its own for closed pipes and interrupts.
    """
    try:
        with pmo.make_context("pmo", arguments, obj=invocation) as ctx:
            pmo.invoke(ctx)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    return 0


def _write_no_more() -> None:
    """Let what is left of the output go nowhere, so that the end does not fail at it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
