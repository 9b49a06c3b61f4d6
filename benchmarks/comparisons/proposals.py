"""656 enhancement proposals from files: `pmo check` beside `check-jsonschema`, whole processes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from comparisons.measure import Benchmark, LeftOut, Row, agree, by_turns
from comparisons.programs import CHECK_JSONSCHEMA, PMO, run_quietly
from pmo_core import Json, read_document, resolve

_REPOSITORY = Path(__file__).resolve().parents[2]
STANDARD = _REPOSITORY / "standards" / "pmo_standards" / "kep" / "1.0.0" / "standard.yaml"
TREE = _REPOSITORY.parent / "shared" / "data" / "kep"
_GATE = "entitled"
_GOOD = """\
title: A bridge
kep-number: 1
authors: ["@a"]
owning-sig: sig-roads
approvers: ["@b"]
status: provisional
"""
_SPOILED = {
    "good": _GOOD,
    "no-title": _GOOD.replace("title: A bridge\n", ""),
    "empty-status": _GOOD.replace("provisional", "''"),
    "unknown-field": _GOOD + "colour: red\n",
}


def run(quick: bool) -> Iterator[Row]:
    """Both judge every kep.yaml of the tree; where it must be quick, of a few spoiled ones."""
    if not (quick or TREE.is_dir()):
        raise LeftOut("the proposals are not here (../shared/data/kep)")
    with TemporaryDirectory() as name:
        folder = Path(name)
        schema = folder / "kep.schema.json"
        schema.write_text(json.dumps(_schema()), encoding="utf-8")
        spoiled = _spoiled_tree(folder / "tree")
        agree("which proposals are well formed", _ours(spoiled), _peers(spoiled, schema))
        agree("how many are not", sorted(_ours(spoiled).values()), [False] * 3 + [True])
        tree = spoiled if quick else TREE
        agree("which of the tree are well formed", _ours(tree), _peers(tree, schema))
        files = _files(tree)
        either = (0, 1)
        check: list[str | Path] = [PMO, "check", "--standard", "kep", f"kep:{tree}"]
        validate: list[str | Path] = [CHECK_JSONSCHEMA, "--schemafile", schema, *files]
        ours, peer = by_turns(
            [
                partial(run_quietly, check, codes=either),
                partial(run_quietly, validate, codes=either),
            ],
            1 if quick else 7,
        )
    yield Row(f"pmo check of {len(files)} proposals", "check-jsonschema", ours, peer, 1.0)


def _schema() -> Json:
    """What the standard says of a proposal's fields, as one schema of a kep.yaml."""
    # Read, not loaded: CEL and the interpreter of Rego do not bear each other in one process.
    standard = read_document(STANDARD.read_bytes(), STANDARD.name).value
    criteria = f"/lifecycle/gates/{_GATE}/criteria"
    known = f"{criteria}/fields-known/schema"
    given = f"{criteria}/fields-present/schema"
    return {
        "type": "object",
        "allOf": [_at(standard, f"{schema}/properties/kep") for schema in (known, given)],
        "$defs": _at(standard, f"{given}/$defs"),
    }


def _at(value: Json, pointer: str) -> Json:
    return resolve(value, pointer, None)


def _files(tree: Path) -> list[Path]:
    return sorted(tree.rglob("kep.yaml"))


def _spoiled_tree(tree: Path) -> Path:
    for number, (name, text) in enumerate(_SPOILED.items(), start=1):
        file = tree / "keps" / "sig-roads" / f"{number}-{name}" / "kep.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(text.replace("kep-number: 1", f"kep-number: {number}"), encoding="utf-8")
    return tree


def _ours(tree: Path) -> dict[str, bool]:
    command: list[str | Path] = [
        PMO,
        "check",
        "--standard",
        "kep",
        "--format",
        "jsonl",
        f"kep:{tree}",
    ]
    found = [json.loads(line) for line in run_quietly(command, codes=(0, 1)).splitlines()]
    return {_within(one["source"]["file"], tree): one["verdict"] == "ready" for one in found}


def _peers(tree: Path, schema: Path) -> dict[str, bool]:
    files = _files(tree)
    command: list[str | Path] = [CHECK_JSONSCHEMA, "-o", "json", "--schemafile", schema, *files]
    found = json.loads(run_quietly(command, codes=(0, 1)))
    failed = {_within(error["filename"], tree) for error in found["errors"]}
    return {_within(str(file), tree): _within(str(file), tree) not in failed for file in files}


def _within(file: str, tree: Path) -> str:
    return Path(file).relative_to(tree).as_posix()


BENCHMARK = Benchmark("proposals", "Proposals from files: whole processes, by turns", run)
