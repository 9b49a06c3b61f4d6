"""`pmo` itself: its commands, and the one handler that turns errors into exit codes (S16)."""

from __future__ import annotations

import json
import os
import sys
from typing import NoReturn

import click

from pmo_core.cli.groups import LazyGroup
from pmo_core.cli.invocation import Invocation
from pmo_core.errors import PmoError
from pmo_core.version import VERSION

COMMANDS = {
    "check": ("pmo_core.cli.check:check", "Assess project records against a standard's gates."),
    "demo": (
        "pmo_core.cli.demo.tour:demo",
        "Take the tour: five projects of one city.",
    ),
    "guide": ("pmo_core.cli.guide:guide", "What a criterion or gate means, and why."),
    "plugin": ("pmo_core.cli.plugin:plugin", "Which plugins are installed, and what they bring."),
    "standard": ("pmo_core.cli.standard:standard", "Look at standards; lint and test them."),
    "completion": ("pmo_core.cli.completion:completion", "Switch on completion in your shell."),
}
INTERRUPTED = 130
OUR_BUG = 70


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
    invocation = Invocation()
    try:
        code = int(pmo.main(standalone_mode=False, obj=invocation) or 0)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except PmoError as error:
        code = _told(error, invocation)
    except BrokenPipeError:
        code = _closed_pipe()
    except (KeyboardInterrupt, click.exceptions.Abort):
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except Exception as error:
        code = _our_bug(error)
    _flush(code)
    sys.exit(code)


def _told(error: PmoError, invocation: Invocation) -> int:
    from pmo_core.render.errors import error_json, error_lines  # start-up: only on an error

    if invocation.json:
        click.echo(json.dumps({"error": error_json(error)}, ensure_ascii=False))
    else:
        for line in error_lines(error):
            click.echo(line, err=True)
    return error.exit_code


def _our_bug(error: Exception) -> int:
    """A fault of ours: one line for people; the traceback only where they ask for it."""
    if os.environ.get("PMO_TRACEBACK"):
        raise error
    kind = type(error).__name__
    click.echo(
        f"pmo: this is a bug in pmo, not in your files: {kind}: {error}\n"
        "Please report it, with what PMO_TRACEBACK=1 shows.",
        err=True,
    )
    return OUR_BUG


def _closed_pipe() -> int:
    """The reader has seen enough (`| head`): that is no error (S16.1)."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    return 0


def _flush(code: int) -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _closed_pipe()
        if code == 0:
            return
