"""The command line: `pmo NOUN VERB`. One module a noun; each is imported only when it is asked."""

from __future__ import annotations


def main() -> None:
    """Run the command line, and exit with the code of S16."""
    try:
        from pmo_core.cli.commands import run  # start-up: completion and --help import no more

        run()
    except KeyboardInterrupt:
        # Before `run` listens, or a second time while it tells of the first.
        raise SystemExit(130) from None
