"""Lint: what in a standard cannot work, or will surprise the people it is for."""

from __future__ import annotations

from pmo_core.trial.lint.engine import explain_rule, lint, rules
from pmo_core.trial.lint.rule import LintFinding, Severity

__all__ = ["LintFinding", "Severity", "explain_rule", "lint", "rules"]
