"""The assessment alone, records in memory: `assess` beside the schemas run bare, and others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from comparisons.measure import Benchmark, Row, agree, by_turns, many
from comparisons.peers import (
    Judge,
    all_of,
    bare_calls,
    bare_judge,
    python_judge,
    rego_judge,
)
from comparisons.records import GATE, failing_record, portfolio, record_with_all_fields, records
from pmo_core import JsonObject, Record, Standard, assess, record_of

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TWENTY_TIMES_FASTER = 1 / 20


def run_and_read(standard: Standard, record: Record) -> None:
    """An assessment whose findings are all looked at, each reason of them read."""
    for finding in assess(standard, GATE, record, now=NOW).findings:
        for code, pointer, params in finding.reasons:
            assert code
            assert pointer is not None
            assert params is not None


def failed(standard: Standard, value: JsonObject) -> frozenset[str]:
    """The criteria that the record fails, as ours has it."""
    found = assess(standard, GATE, record_of(standard, value), now=NOW)
    return frozenset(finding.criterion for finding in found.blocking)


def run(quick: bool) -> Iterator[Row]:
    """A ready record, and one that fails three criteria."""
    standard = portfolio()
    calls = bare_calls(standard)
    slow: dict[str, Judge] = {
        "jsonschema (Python)": python_judge(standard),
        "the 15 rules in Rego (regopy)": rego_judge(standard),
    }
    _same_answers(standard, [bare_judge(standard), *slow.values()], 15 if quick else 300)
    ready, failing = record_with_all_fields(), failing_record()
    record = record_of(standard, ready)
    yield from _beside(
        "assess a ready record",
        lambda: assess(standard, GATE, record, now=NOW).verdict,
        ready,
        (calls, 0.6, slow),
        quick,
    )
    yield from _beside(
        "assess a record that fails three",
        partial(run_and_read, standard, record_of(standard, failing)),
        failing,
        (calls, 3.0, slow),
        quick,
    )


def _beside(
    what: str,
    mine: Callable[[], object],
    value: JsonObject,
    peers: tuple[Sequence[Callable[[object], bool]], float, Mapping[str, Judge]],
    quick: bool,
) -> Iterator[Row]:
    calls, target, slow = peers
    times = 5 if quick else 400
    taken, peer = by_turns(
        [many(mine, times), many(lambda: all_of(calls, (value,)), times)], 2 if quick else 25
    )
    yield Row(what, "16 bare jsonschema-rs calls", taken / times, peer / times, target)
    for name, judge in slow.items():
        times = 2 if quick else 20
        taken, peer = by_turns(
            [many(mine, times), many(lambda judge=judge: judge(value), times)],  # type: ignore[misc]
            2 if quick else 11,
        )
        yield Row(what, name, taken / times, peer / times, TWENTY_TIMES_FASTER)


def _same_answers(standard: Standard, judges: list[Judge], count: int) -> None:
    rules = {criterion.id for criterion in standard.gates[GATE].criteria}
    for value in records(count, failing_every=2):
        mine = failed(standard, value)
        for judge in judges:
            agree(f"what record {value['id']} fails", mine & rules, judge(value) & rules)


BENCHMARK = Benchmark("assessment", "Assessment alone: a record in memory, one gate", run)
