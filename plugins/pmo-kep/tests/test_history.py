"""`kep:FILE.jsonl`: each line a proposal as it once was."""

from __future__ import annotations

import json
from pathlib import Path

import pmo_kep
import pytest

from pmo_core import InvalidDocument, Place, Reading, Scalars, SourceCall, SourceRecord

PROPOSAL = "title: A\nkep-number: 12\n"


def history(tmp_path: Path, *rows: object) -> Path:
    """A history file with these rows; a text is a line as it stands."""
    path = tmp_path / "history.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def reading(path: Path) -> Reading:
    """The file as the source reads it."""
    (source,) = pmo_kep.pmo_sources()
    return source.read(SourceCall(str(path), Scalars.STRINGS, {}))


def items(path: Path) -> list[SourceRecord | InvalidDocument]:
    """Records and faults of the file, in order."""
    return list(reading(path).records)


def test_a_row_is_a_proposal_with_the_approval_of_that_time(tmp_path: Path) -> None:
    path = history(
        tmp_path, {"commit": "c", "date": "d", "file": "f", "kep": PROPOSAL, "prr": "alpha: {a: 1}"}
    )
    (item,) = items(path)
    assert isinstance(item, SourceRecord)
    assert item.document.value == {
        "kep": {"title": "A", "kep-number": "12"},
        "approval": {"alpha": {"a": "1"}},
    }


@pytest.mark.parametrize("row", [{"kep": PROPOSAL, "prr": None}, {"kep": PROPOSAL}])
def test_a_row_without_approval_is_a_record_without_it(
    tmp_path: Path, row: dict[str, str | None]
) -> None:
    (item,) = items(history(tmp_path, row))
    assert isinstance(item, SourceRecord)
    assert isinstance(item.document.value, dict)
    assert list(item.document.value) == ["kep"]


def test_a_record_is_known_by_file_and_line(tmp_path: Path) -> None:
    path = history(tmp_path, {"kep": PROPOSAL}, {"kep": PROPOSAL, "prr": "alpha: x"})
    second = items(path)[1]
    assert isinstance(second, SourceRecord)
    assert (second.source, second.line) == (str(path), 2)
    assert second.document.place("/kep/title") == Place(str(path), 2, 1)
    assert second.document.place("/approval/alpha") == Place(str(path), 2, 1)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{not json", ""),
        ("[1]", "no text under 'kep'"),
        ("{}", "no text under 'kep'"),
        ('{"kep": 7}', "no text under 'kep'"),
        ({"kep": "title: A\nx: @y\n"}, "(line 2, column 4 of the text under 'kep')"),
        ({"kep": "- a list\n"}, "one mapping of field names"),
    ],
)
def test_a_row_that_holds_no_proposal_is_unreadable_and_the_others_go_on(
    tmp_path: Path, row: object, message: str
) -> None:
    path = history(tmp_path, {"kep": PROPOSAL}, row, {"kep": PROPOSAL})
    first, fault, last = items(path)
    assert isinstance(first, SourceRecord)
    assert isinstance(fault, InvalidDocument)
    assert (fault.source, fault.line) == (str(path), 2)
    assert message in fault.message
    assert isinstance(last, SourceRecord)


def test_an_approval_that_is_no_yaml_stands_as_its_text(tmp_path: Path) -> None:
    (item,) = items(history(tmp_path, {"kep": PROPOSAL, "prr": "alpha: @x"}))
    assert isinstance(item, SourceRecord)
    assert isinstance(item.document.value, dict)
    assert item.document.value["approval"] == "alpha: @x"


def test_an_empty_file_has_no_records(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    path.write_bytes(b"")
    assert items(path) == []


def test_the_list_of_approvers_stands_beside_the_file(tmp_path: Path) -> None:
    path = history(tmp_path, {"kep": PROPOSAL})
    (tmp_path / "OWNERS_ALIASES").write_text("aliases: {prod-readiness-approvers: [one]}\n")
    assert reading(path).facts["kep.prod_readiness_approvers"].value == ["one"]
