"""An office: a decision beside bare inserts, a portfolio beside assessing alone, and start-up."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import create_engine, event, insert, select, text
from sqlalchemy.pool import StaticPool

from comparisons.measure import Benchmark, Row, agree, by_turns
from comparisons.programs import PMO, run_quietly
from pmo_core import Inputs, JsonObject, Office, assess, load_standard, read_yaml
from pmo_core.governance.choices import Choice
from pmo_core.ledger import tables
from pmo_core.office.founding import found_office
from pmo_core.office.keeping import projected, state_in
from pmo_core.standards.record import record_of

STANDARD = "pm2"
GATE = "ready-for-planning"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
IMPORTS = (sys.executable, "-c", "import click, sqlalchemy")
RECORD = (
    Path(__file__).resolve().parents[2]
    / "standards/pmo_standards/pm2/3.1.0/golden/records/initiating.yaml"
)


def run(quick: bool) -> Iterator[Row]:
    """A decision, a portfolio, one project among many, and how long a person waits."""
    with TemporaryDirectory() as folder:
        yield _decision(Path(folder) / "decision", 5 if quick else 60)
        yield _portfolio(Path(folder) / "portfolio", 20 if quick else 1_000)
        yield from _among_many(Path(folder) / "many", 200 if quick else 100_000)
        yield from _start_up(Path(folder) / "start", 50 if quick else 10_000, 2 if quick else 15)


def _record(name: str) -> JsonObject:
    value = read_yaml(RECORD.read_bytes(), RECORD.name).value
    assert isinstance(value, dict)
    kept = {key: part for key, part in value.items() if key != "depends_on"}
    return {**kept, "id": name, "title": f"Project {name}"}


def _office(folder: Path, projects: int = 0) -> Office:
    found_office(folder, STANDARD, office_id="bench")
    office = Office.open(folder, clock=lambda: NOW)
    if projects:
        _fill(office, projects)
    return office


def _fill(office: Office, projects: int) -> None:
    """Many projects at once: one is registered, the others are rows like its own."""
    office.register("p000000", _record("p000000"), roles=[("owner", "eva")], actor="kira")
    kept = office.store.projection("p000000")
    assert kept is not None
    state = state_in(kept, office.store)
    standard = office.standard(state.package)
    rows = []
    for number in range(1, projects):
        name = f"p{number:06d}"
        record = {**state.record, "id": name, "title": f"Project {name}"}
        other = state._replace(project=name, record=record)
        rows.append(projected(other, kept.head, standard)._asdict())
    engine = create_engine(f"sqlite:///{office.store.path}")
    with engine.begin() as connection:
        for begin in range(0, len(rows), 5_000):
            connection.execute(insert(tables.projections), rows[begin : begin + 5_000])
    engine.dispose()


def _decision(folder: Path, decisions: int) -> Row:
    """From an open review to the acknowledged decision, beside the same rows put in bare.

    By the clock, not by the processor: both wait for the disk.
    """
    ours: list[float] = []
    peer: list[float] = []
    with _office(folder) as office:
        bare = _Bare(folder / "bare.sqlite")
        for number in range(decisions + 1):
            name = f"p{number}"
            office.register(name, _record(name), roles=[("owner", "eva")], actor="kira")
            office.open_review(name, actor="kira")
            before = _rows(office.store.path)
            started = perf_counter()
            office.decide(name, Choice("go"), actor="eva", reason="All is there")
            taken = perf_counter() - started
            written = {
                table: rows[len(before[table]) :]
                for table, rows in _rows(office.store.path).items()
                if table != "projections"
            }
            written["projections"] = _rows(office.store.path)["projections"][-1:]
            started = perf_counter()
            bare.put(written)
            if number:  # the first one warms up
                peer.append(perf_counter() - started)
                ours.append(taken)
        agree("rows of a decision", bare.counted("events"), 3 * (decisions + 1))
    return Row(
        "one decision: assessed, three events, projection, durable",
        "bare SQLAlchemy inserts of the same rows",
        median(ours),
        median(peer),
        3.0,
    )


def _rows(path: Path) -> dict[str, list[dict[str, object]]]:
    """What each table of a ledger holds, in the order in which it was put there."""
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        return {
            name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY rowid")]
            for name in ("events", "private", "blobs", "projections")
        }


class _Bare:
    """The same tables and the same care for the disk, and nothing else."""

    def __init__(self, path: Path) -> None:
        self._engine = create_engine(f"sqlite:///{path}", poolclass=StaticPool)
        event.listen(self._engine, "connect", _as_careful)
        event.listen(self._engine, "begin", lambda one: one.exec_driver_sql("BEGIN IMMEDIATE"))
        tables.metadata.create_all(self._engine)

    def put(self, rows: dict[str, list[dict[str, object]]]) -> None:
        """The rows in one transaction; the projection in place of the last."""
        with self._engine.begin() as connection:
            for name, some in rows.items():
                if some:
                    connection.execute(insert(tables.metadata.tables[name]), some)

    def counted(self, table: str) -> int:
        """How many rows a table has."""
        with self._engine.begin() as connection:
            found = connection.execute(select(text("count(*)")).select_from(text(table)))
            return int(found.scalar_one())


def _as_careful(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _portfolio(folder: Path, projects: int) -> Row:
    """How all projects stand, beside reading the same records and assessing them in memory."""
    standard = load_standard(STANDARD)
    with _office(folder, projects) as office:
        holders = {"owner": (("eva", date(2026, 1, 1), None),)}

        def peer() -> list[str]:
            engine = create_engine(f"sqlite:///{office.store.path}")
            with engine.begin() as connection:
                rows = connection.execute(select(tables.projections.c.record)).scalars().all()
            engine.dispose()
            inputs = Inputs(zone="UTC", holders=holders)
            return [
                assess(
                    standard, GATE, record_of(standard, json.loads(row), ""), now=NOW, inputs=inputs
                ).verdict.value
                for row in rows
            ]

        def ours() -> list[str]:
            return [one.found.verdict.value for one in office.standings()]

        agree("verdicts of the portfolio", ours(), peer())
        first, second = by_turns([ours, peer], 7)
    return Row(
        f"how {projects:,} projects stand at their gates",
        "their records read and assessed in memory",
        first,
        second,
        2.0,
    )


def _among_many(folder: Path, projects: int) -> Iterator[Row]:
    """One project shown among many, beside the same among few."""
    with _office(folder / "few", projects // 100) as few, _office(folder / "all", projects) as many:
        name = f"p{projects // 200:06d}"

        def shown(office: Office) -> Callable[[], object]:
            return lambda: [list(office.standings(name)) for _turn in range(20)]

        agree("the project", few.project(name).record, many.project(name).record)
        ours, peer = by_turns([shown(many), shown(few)], 9)
    yield Row(
        f"one project among {projects:,}", f"the same among {projects // 100:,}", ours, peer, 1.2
    )


def _start_up(folder: Path, projects: int, times: int) -> Iterator[Row]:
    """Whole processes: what waits for me, and the shell asking for a project's id."""
    _office(folder / "small", 5).close()
    _office(folder / "large", projects).close()
    status = [PMO, "status", "--office", folder / "small"]
    words = f"pmo project show --office {folder / 'large'} p0000"
    completing = [
        "env",
        "_PMO_COMPLETE=bash_complete",
        f"COMP_WORDS={words}",
        "COMP_CWORD=5",
        PMO,
    ]
    agree("completion", "p000042" in run_quietly(completing), True)
    everything = [IMPORTS, status, completing]
    peer, first, second = by_turns([partial(run_quietly, words) for words in everything], times)
    name = 'python -c "import click, sqlalchemy"'
    yield Row("pmo status, from start to end", name, first, peer, 2.0)
    yield Row(f"completing a project's id among {projects:,}", name, second, peer, 1.5)


BENCHMARK = Benchmark("office", "An office: decisions, portfolios, waiting", run, apart=True)
