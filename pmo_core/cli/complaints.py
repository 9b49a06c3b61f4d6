"""Errors told where the caller looks for them: words on standard error, or JSON (S16.2)."""

from __future__ import annotations

import errno
import json
import os
import sys

import click

from pmo_core.errors import PmoError, Unavailable
from pmo_core.render.errors import error_json, error_lines
from pmo_core.render.escape import clean
from pmo_core.render.layout import wrapped

WIDTH = 80
WRONG_USAGE = 2
OUR_BUG = 70
DISK_FAULTS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def exit_code(error: Exception) -> int:
    """The exit code that an error comes to (S16)."""
    if isinstance(error, PmoError):
        return error.exit_code
    if isinstance(error, click.ClickException):
        return WRONG_USAGE
    if isinstance(error, OSError) and error.errno in DISK_FAULTS:
        return Unavailable.exit_code
    return OUR_BUG


def tell(error: Exception, *, as_json: bool) -> None:
    """Tell an error, whichever it is."""
    if isinstance(error, PmoError):
        _tell_known(error, as_json=as_json)
    elif isinstance(error, click.ClickException):
        _tell_usage(error, as_json=as_json)
    elif isinstance(error, OSError) and error.errno in DISK_FAULTS:
        fault = Unavailable(f"the output cannot be written: {error.strerror}")
        _tell_known(fault, as_json=False)
    elif os.environ.get("PMO_TRACEBACK"):
        raise error
    else:
        _tell_bug(error, as_json=as_json)


def _tell_known(error: PmoError, *, as_json: bool) -> None:
    """An error of the tree, with the further faults that the same reading found."""
    if as_json:
        click.echo(error_json(error))
        return
    for line in error_lines(error, WIDTH if sys.stderr.isatty() else None):
        click.echo(line, err=True)


def _tell_usage(error: click.ClickException, *, as_json: bool) -> None:
    """A command line that cannot be understood: what is wrong with it, and where to read on."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return
    path, message = _path(error), clean(_message(error))
    remedy = f"How to use it: {path} --help"
    if as_json:
        _tell_json("usage", message.rstrip("."), remedy)
        return
    _tell_words(f"{path}: {message[:1].lower()}{message[1:]}")
    click.echo(remedy, err=True)


def _tell_bug(error: Exception, *, as_json: bool) -> None:
    """A fault of ours: one line for people; the traceback is shown only where they ask for it."""
    what = clean(f"this is a bug in pmo, not in your files: {type(error).__name__}: {error}")
    remedy = "Please report it, with what PMO_TRACEBACK=1 shows"
    if as_json:
        _tell_json("bug", what, remedy)
        return
    _tell_words(f"pmo: {what}.")
    click.echo(f"{remedy}.", err=True)


def _tell_words(words: str) -> None:
    for line in wrapped(words, WIDTH if sys.stderr.isatty() else None, "", "  "):
        click.echo(line, err=True)


def _tell_json(kind: str, message: str, remedy: str) -> None:
    error = {"kind": kind, "message": message, "remedy": remedy}
    click.echo(json.dumps({"error": error}, ensure_ascii=False))


def _message(error: click.ClickException) -> str:
    """Click's words in one line; of a missing option also what it is for."""
    told = error.format_message().replace("\n\t", " ")  # as click lists choices
    if isinstance(error, click.MissingParameter) and isinstance(error.param, click.Option):
        use = error.param.help or ""
        return f"{told.rstrip('.')}: {use[:1].lower()}{use[1:]}"
    if isinstance(error, click.NoSuchOption) and error.option_name == "--json":
        return f"{error.message} Did you mean '--format json'?" if _has_formats(error) else told
    return told


def _has_formats(error: click.UsageError) -> bool:
    options = error.ctx.command.params if error.ctx is not None else []
    return any("--format" in option.opts for option in options)


def _path(error: click.ClickException) -> str:
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    return ctx.command_path if ctx is not None else "pmo"
