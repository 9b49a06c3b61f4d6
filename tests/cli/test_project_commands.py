"""What the commands on projects have in common: nothing too wide, nothing lost, nothing silent."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from pmo_core.cli import commands
from pmo_core.cli.project import TABLE

from .command_line import Screen, pmo
from .project_town import town as town

LONG = "The procurement board wants to see who answers for the holes in the streets of the town"
COMMANDS = (
    "project list",
    "project list --columns all",
    "project show street-works",
    "project history street-works",
    f"project amend street-works --set 'purpose={LONG}' --dry-run",
    "project amend street-works --set purpose=Holes",
    "project answer street-works stakeholders-consulted yes --evidence minutes.txt",
    "project artefact street-works charter approved --evidence minutes.txt",
    "project add records",
    "project new parks",
    "project enter atlas --from records/atlas.yaml --phase delivery --evidence minutes.txt",
)
WRITING = (
    "project new parks",
    "project add records/bela.json",
    "project enter atlas --from records/atlas.yaml --phase delivery --evidence minutes.txt",
    "project edit street-works",
    "project amend street-works --set purpose=Holes",
    "project answer street-works stakeholders-consulted yes --evidence minutes.txt",
    "project artefact street-works charter approved",
)


@pytest.fixture
def street_works(town: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The town with a project."""
    pmo(monkeypatch, f"project new street-works --manager kim.dale --reason '{LONG}'")
    monkeypatch.setenv("EDIT", "Street works=Roads")
    return town


def state_of(folder: Path) -> dict[str, bytes]:
    """The office's project files, and what its ledger amounts to."""
    from pmo_core.office.office import Office

    files = {file.name: file.read_bytes() for file in (folder / "projects").iterdir()}
    with Office.open(folder, read_only=True) as office:
        kept = {one.project: one.state + one.record for one in office.store.projections()}
    return {**files, **kept}


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_wider_than_a_terminal(
    command: str, street_works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = pmo(monkeypatch, command, terminal=True)
    assert written.out
    if "--columns all" not in command:
        assert max(map(len, written.out.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_a_screen_reader_gets_no_columns(
    command: str, street_works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PMO_ACCESSIBLE", "1")
    written = pmo(monkeypatch, command, terminal=True)
    assert not any("  " in line.strip() for line in written.out.splitlines())


@pytest.mark.parametrize("command", WRITING)
def test_a_dry_run_says_would_and_changes_nothing(
    command: str, street_works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state_of(street_works)
    written = pmo(monkeypatch, f"{command} --dry-run")
    assert written.code == 0
    assert written.out.rstrip().endswith("Nothing was written.")
    assert "would" in written.out.lower()
    assert state_of(street_works) == before


@pytest.mark.parametrize("command", WRITING)
def test_the_same_key_again_changes_nothing(
    command: str, street_works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S15.1"""
    yes = " --yes" if "edit" in command else ""
    assert pmo(monkeypatch, f"{command} --key one{yes}").code == 0
    before = state_of(street_works)
    monkeypatch.setenv("EDIT", "title: Roads=title: Roads ")
    again = pmo(monkeypatch, f"{command} --key one{yes}")
    assert again.code == 0, again.err
    assert state_of(street_works) == before


def test_of_a_chain_that_was_altered_history_says_where(
    street_works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S15.1"""
    import sqlite3

    pmo(monkeypatch, "project amend street-works --set purpose=Holes")
    with sqlite3.connect(street_works / ".pmo" / "ledger.sqlite") as ledger:
        (data,) = ledger.execute("SELECT data FROM events WHERE seq = 2").fetchone()
        ledger.execute(
            "UPDATE events SET data = ? WHERE seq = 2", (data.replace(b"kim.dale", b"tom.dale"),)
        )
    written = pmo(monkeypatch, "project history street-works")
    assert written.code == 1
    assert "3 events; chain broken: event 2 was altered" in written.out


def test_a_broken_draft_can_be_edited_again(
    street_works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal; the second time the person mends it."""

    class Keyboard(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    editor = street_works / "second-time.py"
    editor.write_text(
        "import sys\nfrom pathlib import Path\n"
        "draft = Path(sys.argv[1])\ntext = draft.read_text()\n"
        "broken = '[Roads' in text\n"
        "draft.write_text(text.replace('[Roads', 'Roads') if broken"
        " else text.replace('Street works', '[Roads'))\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    out, err = Screen(), Screen()
    monkeypatch.setattr(sys, "argv", ["pmo", "project", "edit", "street-works"])
    monkeypatch.setattr(sys, "stdin", Keyboard(io.BytesIO(b"y\ny\n")))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    with pytest.raises(SystemExit) as stopped:
        commands.run()
    assert (stopped.value.code, "Edit it again?" in err.written()) == (0, True)
    assert "1 change, version 2 -> 3" in out.written()
    assert "title: Roads" in (street_works / "projects" / "street-works.yaml").read_text()


def test_a_project_that_is_registered_though_its_file_cannot_be_written_is_told(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (town / "projects").rmdir()
    (town / "projects").write_text("in the way")
    written = pmo(monkeypatch, "project new parks")
    assert written.code == 69
    assert "parks is registered, but its file cannot be written" in written.err
    assert "pmo project show parks --yaml" in written.err
    assert pmo(monkeypatch, "project show parks").code == 0


def test_errors_are_json_where_json_is_asked_for(
    street_works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S16.2"""
    for command in ("project show nothing --json", "project history nothing --json"):
        written = pmo(monkeypatch, command)
        assert (written.code, json.loads(written.out)["error"]["kind"]) == (2, "unknown-name")


@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_has_help_that_fits_and_ends_with_an_example(
    verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = pmo(monkeypatch, f"project {verb} --help")
    assert written.code == 0
    assert max(map(len, written.out.splitlines())) <= 80
    assert "Example" in written.out


@pytest.mark.parametrize("source", [".", "../town", "**/*.yaml"])
def test_of_a_folder_the_offices_own_files_are_no_records(
    source: str, street_works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (street_works / "projects" / "parks.yaml").write_text("id: parks\ntitle: Parks\n")
    written = pmo(monkeypatch, f"project add {source} --json")
    sources = [one["source"] for one in json.loads(written.out)]
    assert any(name.endswith("parks.yaml") for name in sources)
    assert not any("pmo.yaml" in name or ".pmo" in name for name in sources)


def test_a_folder_of_the_office_itself_holds_no_records(
    street_works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = pmo(monkeypatch, "project add .pmo")
    assert written.code == 2
    assert "folder '.pmo' holds no project record" in written.err


def test_a_note_after_a_success_says_that_the_file_differs_not_that_nothing_was_written(
    street_works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = street_works / "projects" / "street-works.yaml"
    file.write_text(file.read_text().replace("title: Street works", "title: Roads"))
    written = pmo(monkeypatch, "project amend street-works --set title=Ways")
    assert written.code == 0
    shown = pmo(monkeypatch, "project show street-works").out
    for told in (written.out, shown):
        assert "Nothing was written" not in told
        assert "projects/street-works.yaml:4:8: the file differs from the ledger: title is" in told
        assert "Settle each such place in the file, and write '# $version: 3' in its head." in told


def test_a_note_counts_the_places_that_conflict(
    street_works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pmo(monkeypatch, "project amend street-works --set title=Ways --set purpose=Holes")
    file = street_works / "projects" / "street-works.yaml"
    head, title, rest = file.read_text().partition("title: Street works\n")
    file.write_text(f"{head}{title.replace('Street works', 'Roads')}purpose: Bumps\n{rest}")
    told = pmo(monkeypatch, "project show street-works").out
    assert "(and so 1 place more). Settle each such place" in told
    refused = pmo(monkeypatch, "project amend street-works --from projects/street-works.yaml")
    assert refused.code == 4
    assert refused.err.count("Nothing was written. Settle each such place") == 1
