"""The peers of an assessment: the same schemas run bare, in Python, and as rules in Rego."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import jsonschema

from comparisons.bare_lines import compiled
from comparisons.records import GATE, PACKAGE
from pmo_core import Json, JsonObject, Standard

Judge = Callable[[JsonObject], frozenset[str]]
"""Names of the criteria that a record fails; `record` for the schema of records."""


def schemas(standard: Standard) -> dict[str, Json]:
    """The sixteen schemas: that of records, and each criterion's."""
    found: dict[str, Json] = {"record": standard.record_schema.value}
    for criterion in standard.gates[GATE].criteria:
        found[criterion.id] = criterion.test.schema.value  # type: ignore[union-attr]
    return found


def bare_calls(standard: Standard) -> list[Callable[[object], bool]]:
    """The sixteen `is_valid` of jsonschema-rs, bound."""
    return compiled(list(schemas(standard).values()))


def bare_judge(standard: Standard) -> Judge:
    """What the bare calls come to."""
    calls = dict(zip(schemas(standard), bare_calls(standard), strict=True))
    return lambda record: frozenset(name for name, holds in calls.items() if not holds(record))


def python_judge(standard: Standard) -> Judge:
    """The `jsonschema` package with validators built once; reads each error of each schema."""
    validators = {
        name: jsonschema.Draft202012Validator(
            schema,  # type: ignore[arg-type]
            format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
        )
        for name, schema in schemas(standard).items()
    }

    def judge(record: JsonObject) -> frozenset[str]:
        failed = set()
        for name, validator in validators.items():
            for error in validator.iter_errors(record):
                if error.message:
                    failed.add(name)
        return frozenset(failed)

    return judge


def rego_judge(standard: Standard) -> Judge:
    """The fifteen rules in Rego, compiled once; the record is handed over for each query."""
    # Where CEL has been loaded, loading this ends the process: so only where it is used.
    import regopy  # type: ignore[import-untyped]

    names = [criterion.id for criterion in standard.gates[GATE].criteria]
    interpreter = regopy.Interpreter()
    interpreter.add_module("portfolio.rego", (PACKAGE / "portfolio.rego").read_text("utf-8"))
    bundle = interpreter.build("data.portfolio.met")

    def judge(record: JsonObject) -> frozenset[str]:
        interpreter.set_input(record)
        met = set(interpreter.query_bundle(bundle).results[0].expressions[0])
        return frozenset(name for name in names if name not in met)

    return judge


def all_of(calls: Sequence[Callable[[object], bool]], records: Iterable[JsonObject]) -> None:
    """Make every call on every record, and nothing else."""
    for record in records:
        for call in calls:
            call(record)
