"""Write docs/reference/cli.md from the commands themselves and from the tree of errors.

python scripts/generate_cli_reference.py            write the page
python scripts/generate_cli_reference.py --check    fail where the page is out of date
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from generating import REFERENCE, cell, run, table

from pmo_core import errors
from pmo_core.cli.commands import INTERRUPTED, pmo
from pmo_core.cli.complaints import OUR_BUG

INTRODUCTION = """\
# Command line

This page is generated from the commands themselves; `pmo COMMAND --help` says the same.

"""
AFTER = """\
## Environment

| variable | what it does |
|---|---|
| `NO_COLOR` | any value, even an empty one: no colour |
| `PMO_OFFICE` | the office that commands act on, where `--office` names none |
| `PMO_AS` | the person who acts, where `--as` names none |
| `VISUAL`, `EDITOR` | the editor of `pmo project edit`; the first that is set |
| `TZ` | for `pmo init`: the time zone of the new office, where `--zone` names none |
| `PMO_ACCESSIBLE` | not empty: no colour, no columns, nothing shortened |
| `PMO_TRACEBACK` | not empty: show the traceback of a bug in pmo |

On a terminal output is 80 columns wide and coloured; in a pipe it is neither, and nothing is
shortened. Colour never says what a word does not say as well.

"""


def pages() -> Mapping[Path, str]:
    """The one page that this makes."""
    found = list(commands(pmo, click.Context(pmo, info_name="pmo", **pmo.context_settings)))
    parts = [INTRODUCTION, "## Commands\n\n"]
    parts += [f"- [`{ctx.command_path}`](#{anchor(ctx.command_path)})\n" for _, ctx in found]
    parts.append("- [Exit codes](#exit-codes)\n- [Environment](#environment)\n\n")
    parts += [command_part(command, ctx) for command, ctx in found]
    parts += [exit_codes(), AFTER.rstrip() + "\n"]
    return {REFERENCE / "cli.md": "".join(parts)}


def commands(
    command: click.Command, ctx: click.Context
) -> Iterator[tuple[click.Command, click.Context]]:
    """A command and all below it, each with the context that knows its path."""
    yield command, ctx
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            child = command.get_command(ctx, name)
            assert child is not None
            yield from commands(child, click.Context(child, parent=ctx, info_name=name))


def command_part(command: click.Command, ctx: click.Context) -> str:
    """One command: how to call it, what it does, its options, an example."""
    usage = " ".join(command.get_usage(ctx).removeprefix("Usage: ").split())
    parts = [f"## {ctx.command_path}\n\n```text\n{usage}\n```\n\n"]
    parts.append(paragraphs(command.help or "") + "\n\n")
    rows = [row for param in command.get_params(ctx) if (row := param_row(param, ctx))]
    if rows:
        parts.append(table(("option", "what it does", "default"), rows) + "\n")
    if command.epilog:
        parts.append(f"```text\n{paragraphs(command.epilog)}\n```\n\n")
    return "".join(parts)


def param_row(param: click.Parameter, ctx: click.Context) -> tuple[str, str, str] | None:
    """An option as click itself would show it; None for arguments, which usage shows."""
    record = param.get_help_record(ctx)
    if record is None or not isinstance(param, click.Option):
        return None
    default = param.get_default(ctx) if param.show_default else None
    said = f"`{default}`" if isinstance(default, str) else ""
    required = " Required." if param.required else ""
    return f"`{cell(record[0])}`", cell((param.help or "") + required), said


def paragraphs(text: str) -> str:
    """Text of a docstring or epilog without click's marks."""
    return inspect.cleandoc(text.replace("\b\n", "").replace("\b", "")).strip()


def anchor(path: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    return path.replace(" ", "-")


def exit_codes() -> str:
    """The exit codes: what the answer is, and which errors come to which code."""
    rows = [
        ("0", "", "Ready, or done"),
        ("1", "", "The answer is no: blocked, a golden project differs, lint found an error"),
        ("2", "`usage`", "Wrong usage: an option or argument that is not there"),
    ]
    rows += [
        (str(kind.exit_code), f"`{kind.kind}`", cell(first_line(kind)))
        for kind in errors.PmoError.__subclasses__()
    ]
    rows.append((str(OUR_BUG), "`bug`", "A fault of pmo, not of your files; please report it"))
    rows.append((str(INTERRUPTED), "", "Interrupted, such as by Ctrl-C"))
    rows.sort(key=lambda row: int(row[0]))
    return (
        "## Exit codes\n\n"
        + table(("code", "kind of error", "meaning"), rows)
        + """
`pmo check` over several records exits with the greatest of 3, 1 and 0. A reader that closes the
pipe early (`| head`) is no error. The kind stands in the JSON of an error.

"""
    )


def first_line(kind: type) -> str:
    """The first sentence of a class, without its full stop."""
    return (inspect.getdoc(kind) or "").splitlines()[0].rstrip(".")


if __name__ == "__main__":
    sys.exit(run("generate_cli_reference.py", pages, sys.argv[1:]))
