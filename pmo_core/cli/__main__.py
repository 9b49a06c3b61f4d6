"""`python -m pmo_core.cli`."""

from pmo_core.cli import main

main()
