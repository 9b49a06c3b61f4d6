"""Groups whose commands are imported when they are called, and that help with misspelt names."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

Table = Mapping[str, tuple[str, str]]
"""Command -> (`module:attribute`, what it does in one line)."""


class LazyGroup(click.Group):
    """A group known by a table, so that `--help` imports none of its commands."""

    def __init__(self, *args: object, table: Table, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module; None where the table has no such command."""
        entry = self._table.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry[0].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, as help shows it."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, help_text) for name, (_where, help_text) in self._table.items()]
            )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's, with a suggestion for a command that is not there."""
        name = args[0]
        if name.startswith("-") or name in self._table or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        ctx.fail(f"no command '{name}'. {self._hint(ctx, name)}")

    def _hint(self, ctx: click.Context, name: str) -> str:
        """The command that was meant: misspelt, or one of a noun (`lint` of `standard`)."""
        from difflib import get_close_matches  # start-up: only on an error

        for noun in self._table:
            command = self.get_command(ctx, noun)
            if isinstance(command, LazyGroup) and name in command._table:
                return f"Did you mean '{noun} {name}'?"
        near = get_close_matches(name, self._table, 1)
        if near:
            return f"Did you mean '{near[0]}'?"
        return f"Commands: {', '.join(self._table)}"
