"""The command line: `pmo NOUN VERB`. One module a noun; each is imported only when it is asked."""

from __future__ import annotations

import gc

# Objects that are made before unreachable ones are looked for; Python's own number is 700.
# Loading makes no such ones: looking for them then, and at the end, takes a fifth of a short call.
_OBJECTS_BETWEEN_LOOKS = 100_000


def main() -> None:
    """Run the command line, and exit with the code of S16."""
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)
    try:
        from pmo_core.cli.commands import run  # start-up: completion and --help import no more

        run()
    except KeyboardInterrupt:
        # Before `run` listens, or a second time while it tells of the first.
        raise SystemExit(130) from None
    finally:
        gc.freeze()
