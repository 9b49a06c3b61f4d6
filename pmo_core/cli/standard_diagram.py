"""`pmo standard diagram`: a standard drawn, for a terminal or for Mermaid."""

from __future__ import annotations

import click

from pmo_core.cli import completing

FORMATS = ("text", "mermaid")


@click.command(
    epilog="""\b
Example:  pmo standard diagram essentials
Example:  pmo standard diagram essentials --format mermaid > lifecycle.mmd"""
)
@click.argument(
    "standard_name", metavar="ID|PATH", is_eager=True, shell_complete=completing.standards
)
@click.option(
    "--track",
    metavar="TRACK",
    shell_complete=completing.tracks,
    help="Only this track, where a standard has several.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="For a terminal, or for what draws Mermaid, such as GitHub.",
)
def diagram(standard_name: str, track: str | None, format_: str) -> None:
    """Draw a standard: its phases, the gates between them, and where each outcome leads."""
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.hints import unknown
    from pmo_core.office.packages import load_standard

    standard = load_standard(standard_name)
    tracks = tuple(standard.tracks)
    if track is not None and track not in standard.tracks:
        message = f"{standard.name} has no track {track!r}"
        raise unknown(message, track, tracks, f"Tracks: {', '.join(tracks)}")
    chosen = tracks if track is None else (track,)
    if format_ == "mermaid":
        from pmo_core.render.mermaid import mermaid_lines

        write_lines(mermaid_lines(standard, chosen))
        return
    from pmo_core.render.diagram import diagram_lines

    write_lines(diagram_lines(standard, chosen, terminal_style(standard=standard_name)))
