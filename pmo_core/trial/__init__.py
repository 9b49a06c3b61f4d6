"""Standards put to the test: lint rules, golden projects, coverage. Pure."""
