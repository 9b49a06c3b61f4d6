"""The commands of an office, each with a line that is done, but for what is wrong around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import click

from pmo_core.cli.commands import pmo

ELSEWHERE = frozenset(
    {
        "check",
        "completion",
        "demo",
        "plugin list",
        "plugin show",
        "standard diagram",
        "standard lint",
        "standard list",
        "standard schema",
        "standard show",
        "standard test",
    }
)
"""Commands that are of no office: tests of their own beset those."""


def commands(
    group: click.Group = pmo, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Command]]:
    """Every command that can be typed, with its name, such as `gate status`."""
    with click.Context(group, info_name="pmo") as ctx:
        for name in group.list_commands(ctx):
            command = group.get_command(ctx, name)
            assert command is not None
            if isinstance(command, click.Group):
                yield from commands(command, (*above, name))
            else:
                yield " ".join((*above, name)), command


PARAMETERS = {
    name: frozenset(option for param in command.params for option in param.opts)
    for name, command in commands()
}


class Row(NamedTuple):
    """One command.

    Attributes:
        command: its name, such as `gate status`.
        line: what is typed behind `pmo`; in the folder of the office it is done.
        project: the word of it that names a project; empty for none.
        code: its exit code where nothing is wrong.
        misspelt: for other words of it: the word, a misspelling, and what must be told of that.
    """

    command: str
    line: str
    project: str = ""
    code: int = 0
    misspelt: tuple[tuple[str, str, str], ...] = ()

    @property
    def words(self) -> list[str]:
        """The line, word by word."""
        return self.line.split()

    @property
    def parameters(self) -> frozenset[str]:
        """The options that the command takes, as they are typed."""
        return PARAMETERS[self.command]

    @property
    def writes(self) -> bool:
        """Whether it writes into the ledger as somebody, under a key, upon a version."""
        return "--key" in self.parameters

    @property
    def opens_office(self) -> bool:
        """Whether there must be an office around it."""
        return self.command not in ("init", "guide")


GATE = ("begin", "begn", "did you mean 'begin'")
WHO = ("eva.stern", "eva.sterm", "did you mean 'eva.stern'")

ROWS: tuple[Row, ...] = (
    Row("init", "init ../new --standard ../house --zone UTC", misspelt=(
        ("UTC", "Europe/Olso", "Europe/Oslo"),
    )),
    Row("project new", "project new extra --standard house", misspelt=(
        ("house", "huose", "did you mean 'house'"),
    )),
    Row("project add", "project add more.yaml", misspelt=(
        ("more.yaml", "moar.yaml", "no file, folder or source 'moar.yaml'"),
    )),
    Row("project enter", "project enter late --from late.yaml --phase work --standard house "
        "--evidence docs/minutes.txt", misspelt=(
        ("docs/minutes.txt", "docs/minute.txt", "no file 'docs/minute.txt'"),
        ("late.yaml", "lat.yaml", "no file 'lat.yaml'"),
        ("work", "wrk", "did you mean 'work'"),
        ("house", "huose", "did you mean 'house'"),
    )),
    Row("project list", "project list --sort project", misspelt=(
        ("project", "projct", "did you mean 'project'"),
    )),
    Row("project show", "project show atlas", "atlas"),
    Row("project edit", "project edit atlas --yes", "atlas"),
    Row("project amend", "project amend atlas --set risks.R-1.owner=nils", "atlas", misspelt=(
        ("risks.R-1.owner=nils", "risks.R-11.owner=nils", "risks has no 'R-11'"),
        ("risks.R-1.owner=nils", "riskz.R-1.owner=nils", "did you mean 'risks'"),
    )),
    Row("project answer", "project answer atlas consulted no --evidence docs/minutes.txt", "atlas",
        misspelt=(
        ("consulted", "consultd", "did you mean 'consulted'"),
        ("no", "noo", "no"),
        ("docs/minutes.txt", "docs/minute.txt", "no file 'docs/minute.txt'"),
    )),
    Row("project artefact", "project artefact atlas plan draft", "atlas", misspelt=(
        ("plan", "paln", "did you mean 'plan'"),
        ("draft", "drft", "did you mean 'draft'"),
    )),
    Row("project history", "project history atlas", "atlas"),
    Row("gate status", "gate status atlas --gate begin", "atlas", misspelt=(GATE,)),
    Row("gate explain", "gate explain atlas --gate begin", "atlas", misspelt=(GATE,)),
    Row("review open", "review open atlas --gate begin", "atlas", misspelt=(GATE,)),
    Row("review show", "review show bela begin/1", "bela", misspelt=(
        ("begin/1", "begn/1", "begin"),
    )),
    Row("review decide", "review decide bela go --as eva.stern --review begin/1", "bela", misspelt=(
        ("go", "goo", "did you mean 'go'"),
        ("begin/1", "begn/1", "begin/1"),
        WHO,
    )),
    Row("review withdraw", "review withdraw bela begin/1", "bela", misspelt=(
        ("begin/1", "begn/1", "begin/1"),
    )),
    Row("decision list", "decision list cora --sort gate", "cora", misspelt=(
        ("gate", "gaet", "did you mean 'gate'"),
    )),
    Row("decision show", "decision show cora begin/1", "cora", misspelt=(
        ("begin/1", "begn/1", "begin/1"),
    )),
    Row("template list", "template list atlas", "atlas"),
    Row("template write", "template write atlas plan", "atlas", misspelt=(
        ("plan", "paln", "did you mean 'plan'"),
    )),
    Row("tick", "tick"),
    Row("status", "status --as eva.stern", misspelt=(WHO,)),
    Row("standard pin", "standard pin ../other", misspelt=(
        ("../other", "../othr", "../othr"),
    )),
    Row("guide", "guide consulted atlas", "atlas", misspelt=(
        ("consulted", "consultd", "did you mean 'consulted'"),
    )),
)  # fmt: skip
IN_OFFICE = tuple(row for row in ROWS if row.opens_office)
WRITING = tuple(row for row in ROWS if row.writes)


def named(rows: Sequence[Row]) -> list[str]:
    """The names of test cases."""
    return [row.command.replace(" ", "-") for row in rows]
