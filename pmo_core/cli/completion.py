"""`pmo completion`: the line that switches on completion in a shell."""

from __future__ import annotations

import click

LINES = {
    "bash": 'eval "$(_PMO_COMPLETE=bash_source pmo)"',
    "zsh": 'eval "$(_PMO_COMPLETE=zsh_source pmo)"',
    "fish": "_PMO_COMPLETE=fish_source pmo | source",
}
FILES = {"bash": "~/.bashrc", "zsh": "~/.zshrc", "fish": "~/.config/fish/completions/pmo.fish"}


@click.command(epilog="Example:  pmo completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(tuple(LINES)))
def completion(shell: str) -> None:
    """Print the line that switches on completion; add it to your shell's start-up file."""
    click.echo(LINES[shell])
    click.echo(f"Add that line to {FILES[shell]}", err=True)
