"""Expressions of a standard, in CEL (S6).

A standard builds one `Expressions` and compiles each text once; an assessment builds one
`Bindings` a record and evaluates as many expressions as it needs.
"""

from __future__ import annotations

from pmo_core.standards.expressions.conversion import Bindings, Scope
from pmo_core.standards.expressions.engine import ValueType
from pmo_core.standards.expressions.expression import (
    NAMES,
    Expression,
    Expressions,
    ResultType,
)
from pmo_core.standards.expressions.faults import ExpressionFault
from pmo_core.standards.expressions.unknowns import Evaluation

__all__ = [
    "NAMES",
    "Bindings",
    "Evaluation",
    "Expression",
    "ExpressionFault",
    "Expressions",
    "ResultType",
    "Scope",
    "ValueType",
]
