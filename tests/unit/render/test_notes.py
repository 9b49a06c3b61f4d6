"""Notes of a run are told once for each kind, however many records have it."""

from __future__ import annotations

from pmo_core.assessment import assess, assess_claim
from pmo_core.office.lines import Checked, Line
from pmo_core.render.formats import writer_of
from pmo_core.render.style import Style

from .small import ARCHIVE, NOW, record, small_run, standard


def told(lines: list[Line], style: Style | None = None) -> list[str]:
    """The notes at the end of a text."""
    written = b"".join(writer_of("text")(small_run(standard()), lines, style or Style()))
    return [line for line in written.decode().splitlines() if line.startswith("note: ")][:-2]


def shared(count: int) -> list[Line]:
    """As many records that share one id."""
    small = standard()
    found: list[Line] = []
    for number in range(count):
        one = record(small, ARCHIVE, f"projects/{number}.yaml").known_by_source()
        found.append(Checked(one, assess(small, "health", one, now=NOW), one.source))
    return found


def test_one_note_names_its_record() -> None:
    assert told(shared(1)) == [
        "note: projects/0.yaml:1:1: other records of this run have the same id; its source stands "
        "for it."
    ]


def test_many_notes_of_a_kind_are_one_that_names_the_first() -> None:
    assert told(shared(1234)) == [
        "note: 1,234 records share an id with others; their sources stand for them (first: "
        "projects/0.yaml:1:1)."
    ]


def test_a_record_with_no_gate_ahead_is_told_in_words() -> None:
    """S11.7: one line, gate null; it is ready because nothing was asked."""
    small = standard()
    one = record(small, ARCHIVE.replace("phase: planning", "phase: executing"))
    lines: list[Line] = [Checked(one, assess_claim(small, one, now=NOW), one.source)]
    assert told(lines) == ["note: 1 record has no gate ahead, so nothing was asked."]
    assert told(lines * 2) == ["note: 2 records have no gate ahead, so nothing was asked."]
    assert told(lines, Style(quiet=True)) == []
    explained = b"".join(writer_of("explain")(small_run(small), lines, Style())).decode()
    assert explained.splitlines()[0] == "records-archive: no gate is ahead, and nothing blocks"


def test_the_answer_is_the_first_line_where_nothing_blocks() -> None:
    small = standard()
    one = record(small, ARCHIVE)
    lines: list[Line] = [Checked(one, assess(small, "health", one, now=NOW), one.source)]
    written = b"".join(writer_of("text")(small_run(small), lines, Style())).decode()
    assert written.splitlines()[0] == "1 record: 1 ready, 0 blocked, 0 unreadable."
