"""A project's file is a proposal: it is brought together with the ledger, or told to conflict."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmo_core.documents import JsonObject, read_yaml
from pmo_core.errors import Conflict, InvalidDocument, InvalidRecord, Refused, UnknownName
from pmo_core.governance.stamps import Answer
from pmo_core.ledger.writing import Writing
from pmo_core.office.amending import FromFile, amend_by_merge, amend_by_patch, amend_from
from pmo_core.office.changing import register
from pmo_core.office.evidence_named import evidence_of
from pmo_core.office.founding import found_office
from pmo_core.office.office import Office
from pmo_core.office.performing import together
from pmo_core.office.project_files import is_file_name
from pmo_core.office.proposals import differences

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
STANDARD = """\
language: 1
standard: tiny
version: 1.0.0
title: Tiny
record: {schema: record.schema.json}
roles: {owner: {title: Owner}, manager: {title: Manager}}
artefacts:
  plan: {title: Plan, states: [draft, approved]}
lifecycle:
  initial: idea
  phases: [idea, work]
  gates:
    begin:
      from: idea
      outcomes: {go: work}
      authority: {role: owner}
      criteria:
        asked: {must: Somebody asked, answer: {na: justified}}
        planned: {must: The plan is approved, artefact: {id: plan, state: approved}}
"""
SCHEMA = {
    "type": "object",
    "required": ["id", "title"],
    "properties": {
        "budget": {"type": "number"},
        "risks": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"owner": {"type": "string"}, "title": {"type": "string"}},
            },
        },
    },
}
FILE = """\
# $schema: ../.pmo/tiny-1.0.0.record.schema.json
# $version: 1
id: atlas
title: Atlas   # its name
phase: idea
risks:
  - {id: R-1, title: Late}
  - {id: R-2, title: Dear}
"""
ACTING = {"actor": "ana"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with one project, whose file says what the ledger says."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "standard.yaml").write_text(STANDARD)
    (package / "record.schema.json").write_text(json.dumps(SCHEMA))
    folder = tmp_path / "office"
    found_office(folder, str(package), office_id="tests")
    for file in (folder / "projects").iterdir():
        file.unlink()
    (folder / "projects" / "atlas.yaml").write_text(FILE)
    with Office.open(folder, clock=lambda: NOW) as opened:
        record = read_yaml(FILE.encode(), "atlas.yaml").value
        assert isinstance(record, dict)
        opened.register("atlas", record, actor="ana")
        yield opened


def file_of(office: Office) -> Path:
    return office.folder / "projects" / "atlas.yaml"


def rewritten(office: Office, old: str, new: str) -> Path:
    """The project's file with one text in place of another."""
    path = file_of(office)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return path


def amended(office: Office, **acting: str) -> FromFile:
    return amend_from(office, "atlas", file_of(office), actor=acting.get("actor", "ana"))


def set_in_ledger(office: Office, **values: object) -> None:
    office.amend("atlas", lambda state: {**state.record, **values}, actor="rosa")  # type: ignore[dict-item]


class TestAFileInStep:
    def test_is_no_change(self, office: Office) -> None:
        assert not amended(office).done.events
        assert differences(office) == ()

    def test_is_no_change_after_an_answer_that_it_lacks(self, office: Office) -> None:
        office.answer("atlas", Answer("asked", "yes"), actor="ana")
        assert differences(office) == ()
        assert not amended(office).done.events

    def test_is_no_change_after_an_artefact_moved(self, office: Office) -> None:
        rewritten(office, "risks:", "artefacts: {}\nrisks:")
        amended(office)
        office.move_artefact("atlas", "plan", "draft", actor="ana")
        assert differences(office) == ()

    def test_stays_in_step_when_its_answer_is_merely_behind(self, office: Office) -> None:
        office.answer("atlas", Answer("asked", "no"), actor="ana")
        entry = json.dumps(office.project("atlas").record["answers"])
        file_of(office).write_text(f"{FILE.replace('$version: 1', 'x')}answers: {entry}\n")
        office.answer("atlas", Answer("asked", "yes"), actor="ana")
        assert differences(office) == ()


class TestAChangedFile:
    def test_is_told_and_then_amended(self, office: Office) -> None:
        rewritten(office, "title: Atlas ", "title: Great atlas ")
        (one,) = differences(office)
        assert (one.project, one.path) == ("atlas", "projects/atlas.yaml")
        assert [change["path"] for change in one.patch] == ["/title"]
        assert office.project("atlas").version == 1
        assert amended(office).done.after.record["title"] == "Great atlas"
        assert differences(office) == ()

    def test_names_the_new_version_and_is_otherwise_as_it_was(self, office: Office) -> None:
        rewritten(office, "title: Atlas ", "title: Great atlas ")
        before = file_of(office).read_text()
        amended(office)
        assert file_of(office).read_text() == before.replace("$version: 1", "$version: 2")

    def test_is_left_alone_by_a_dry_run(self, office: Office) -> None:
        path = rewritten(office, "title: Atlas ", "title: Great atlas ")
        before = path.read_bytes()
        done, _lag = amend_from(office, "atlas", path, actor="ana", dry_run=True)
        assert done.events
        assert not done.written
        assert path.read_bytes() == before
        assert office.project("atlas").version == 1

    def test_keeps_what_others_changed_elsewhere(self, office: Office) -> None:
        set_in_ledger(office, budget=5)
        rewritten(office, "title: Late", "title: Too late")
        record = amended(office).done.after.record
        assert record["budget"] == 5
        assert record["risks"] == [
            {"id": "R-1", "title": "Too late"},
            {"id": "R-2", "title": "Dear"},
        ]

    def test_keeps_its_version_while_it_lacks_what_others_changed(self, office: Office) -> None:
        """Else the next change of the file would undo theirs."""
        set_in_ledger(office, budget=5)
        rewritten(office, "title: Late", "title: Too late")
        found = amended(office)
        assert [change["path"] for change in found.lag] == ["/budget"]
        assert "$version: 1\n" in file_of(office).read_text()
        rewritten(office, "title: Dear", "title: Too dear")
        assert amended(office).done.after.record["budget"] == 5

    def test_conflicts_where_others_changed_the_same_place(self, office: Office) -> None:
        risks = [{"id": "R-0"}, {"id": "R-1", "title": "Later"}, {"id": "R-2", "title": "Dear"}]
        set_in_ledger(office, risks=risks)
        rewritten(office, "title: Late", "title: Too late")
        with pytest.raises(Conflict) as told:
            amended(office)
        error = told.value
        assert "risks.R-1.title is 'Too late' here, and 'Later' in version 2" in error.message
        assert (error.line, error.pointer) == (7, "/risks/R-1/title")
        assert "$version: 2" in (error.remedy or "")
        assert office.project("atlas").version == 2
        (one,) = differences(office)
        assert isinstance(one.error, Conflict)

    def test_tells_each_conflict_in_its_place(self, office: Office) -> None:
        set_in_ledger(office, title="Map", budget=4)
        rewritten(office, "title: Atlas ", "budget: 3\ntitle: Great atlas ")
        with pytest.raises(Conflict) as told:
            amended(office)
        assert sorted(one.line or 0 for one in (told.value, *told.value.also)) == [4, 5]

    def test_without_a_version_is_compared_with_the_ledger_as_it_is(self, office: Office) -> None:
        set_in_ledger(office, budget=5)
        rewritten(office, "# $version: 1\n", "")
        assert "budget" not in amended(office).done.after.record

    def test_of_a_version_to_come_is_a_conflict(self, office: Office) -> None:
        rewritten(office, "$version: 1", "$version: 9")
        with pytest.raises(Conflict, match="names version 9, and atlas is at version 1"):
            amended(office)

    def test_may_not_change_answers_artefacts_or_phase(self, office: Office) -> None:
        """S2.4"""
        for own in ("answers: {asked: {value: yes}}", "artefacts: {plan: approved}"):
            file_of(office).write_text(FILE + own + "\n")
            with pytest.raises(Refused) as told:
                amended(office)
            assert told.value.line == 9
        file_of(office).write_text(FILE.replace("phase: idea", "phase: work"))
        with pytest.raises(Refused) as told:
            amended(office)
        assert told.value.line == 5

    def test_that_breaks_the_schema_tells_each_place(self, office: Office) -> None:
        """S16.1"""
        rewritten(office, "title: Late", "title: 3")
        rewritten(office, "phase: idea", "phase: idea\nbudget: much")
        with pytest.raises(InvalidRecord) as told:
            amended(office)
        places = sorted((one.line, one.column) for one in told.value.also)
        assert places == [(6, 9), (8, 22)]
        assert len(told.value.reasons) == 2

    def test_of_another_project_is_refused(self, office: Office) -> None:
        rewritten(office, "id: atlas", "id: bela")
        with pytest.raises(Refused, match="this is the file of bela, not of atlas"):
            amended(office)

    def test_that_cannot_be_read_is_told_with_its_line(self, office: Office) -> None:
        rewritten(office, "phase: idea", "phase: [idea")
        with pytest.raises(InvalidDocument) as told:
            amended(office)
        assert told.value.line
        (one,) = differences(office)
        assert one.error is not None
        assert one.path == "projects/atlas.yaml"

    def test_of_no_project_yet_is_told_as_new(self, office: Office) -> None:
        (office.folder / "projects" / "bela.yaml").write_text("id: bela\ntitle: Bela\n")
        (one,) = differences(office)
        assert one.new
        assert one.project == "bela"

    def test_is_not_there(self, office: Office) -> None:
        with pytest.raises(UnknownName, match=r"no file 'gone\.yaml'"):
            amend_from(office, "atlas", Path("gone.yaml"), actor="ana")


class TestTheSameKey:
    def test_gives_the_first_result_though_the_file_has_a_new_version(self, office: Office) -> None:
        """S15.1"""
        path = rewritten(office, "title: Atlas ", "title: Great atlas ")
        first, _lag = amend_from(office, "atlas", path, actor="ana", key="one")
        second, _lag = amend_from(office, "atlas", path, actor="ana", key="one")
        assert second.repeated
        assert second.events == first.events
        assert office.project("atlas").version == 2


class TestPatches:
    def test_a_json_patch(self, office: Office, tmp_path: Path) -> None:
        file = tmp_path / "patch.json"
        file.write_text('[{"op": "add", "path": "/budget", "value": 3}]')
        assert amend_by_patch(office, "atlas", file, actor="ana").after.record["budget"] == 3

    def test_a_merge_patch(self, office: Office, tmp_path: Path) -> None:
        file = tmp_path / "patch.json"
        file.write_text('{"budget": 3, "risks": null}')
        record = amend_by_merge(office, "atlas", file, actor="ana").after.record
        assert record["budget"] == 3
        assert "risks" not in record

    def test_what_is_no_patch_names_the_file(self, office: Office, tmp_path: Path) -> None:
        file = tmp_path / "patch.json"
        file.write_text("3")
        for amend in (amend_by_patch, amend_by_merge):
            with pytest.raises(InvalidDocument) as told:
                amend(office, "atlas", file, actor="ana")
            assert told.value.source == str(file)


def registered(office: Office, name: str, within: Writing) -> None:
    record: JsonObject = {"id": name, "title": name}
    register(office, name, record, None, (), None, (), within=within, actor="ana")


class TestManyCommandsTogether:
    def test_are_one_transaction(self, office: Office) -> None:
        """S15.1"""

        def interrupted() -> None:
            with together(office) as writing:
                registered(office, "bela", writing)
                registered(office, "cora", writing)
                assert writing.projection("cora") is not None
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert office.store.project_ids() == ("atlas",)

    def test_one_that_is_refused_leaves_the_others(self, office: Office) -> None:
        with together(office) as writing:
            registered(office, "bela", writing)
            with pytest.raises(Refused, match="there is a project 'atlas' already"):
                registered(office, "atlas", writing)
            registered(office, "cora", writing)
        assert office.store.project_ids() == ("atlas", "bela", "cora")

    def test_a_dry_run_writes_none(self, office: Office) -> None:
        with together(office, dry_run=True) as writing:
            registered(office, "bela", writing)
        assert office.store.project_ids() == ("atlas",)


class TestARecordOfAnotherSystem:
    def test_is_kept_as_it_is_valid_or_not(self, office: Office) -> None:
        """S16.1"""
        record: JsonObject = {"id": "bela", "budget": "much", "phase": "somewhere"}
        done = register(office, "bela", record, None, (), None, (), adopting=True, actor="ana")
        assert done.after.record == record
        assert done.after.phases == {"main": "idea"}

    def test_is_otherwise_refused_in_that_state(self, office: Office) -> None:
        with pytest.raises(InvalidRecord):
            register(office, "bela", {"id": "bela"}, None, (), None, (), actor="ana")


class TestEvidence:
    def test_a_file_of_the_office_is_kept_by_its_path_and_digest(self, office: Office) -> None:
        (office.folder / "minutes.txt").write_bytes(b"yes")
        (one,) = evidence_of(["minutes.txt"], office.folder, NOW.date())
        assert one.entry["link"] == "minutes.txt"
        assert one.entry["date"] == "2026-11-25"
        assert str(one.entry["digest"]).startswith("sha256:8a798890")
        assert one.size == 3

    def test_a_link_is_never_followed(self, office: Office) -> None:
        (one,) = evidence_of(["https://example.org/minutes"], office.folder, NOW.date())
        assert one.entry == {"link": "https://example.org/minutes", "date": "2026-11-25"}
        assert one.size is None

    @pytest.mark.parametrize(
        "link", ["urn:isbn:1", "file:///srv/minutes.txt", "mailto:ana@example.org", "HTTPS://a/b"]
    )
    def test_a_link_says_where(self, office: Office, link: str) -> None:
        (one,) = evidence_of([link], office.folder, NOW.date())
        assert (one.entry["link"], one.outside) == (link, False)

    @pytest.mark.parametrize("link", ["http://", "https:///a", "http:a", "http://[", "ftp:///a"])
    def test_a_link_without_a_host_is_none(self, office: Office, link: str) -> None:
        with pytest.raises(UnknownName):
            evidence_of([link], office.folder, NOW.date())

    def test_an_empty_file_shows_nothing(self, office: Office) -> None:
        (office.folder / "minutes.txt").write_bytes(b"")
        with pytest.raises(Refused, match=r"'minutes\.txt' is empty, so it shows nothing"):
            evidence_of(["minutes.txt"], office.folder, NOW.date())

    def test_a_file_outside_the_office_is_known_to_be_so(
        self, office: Office, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        elsewhere = tmp_path_factory.mktemp("elsewhere") / "minutes.txt"
        elsewhere.write_bytes(b"yes")
        (office.folder / "minutes.txt").write_bytes(b"yes")
        (far, near) = evidence_of([str(elsewhere), "minutes.txt"], office.folder, NOW.date())
        assert (far.outside, near.outside) == (True, False)

    def test_what_is_neither_is_unknown(self, office: Office) -> None:
        for name in ("minutes.txt", "", "projects"):
            with pytest.raises(UnknownName):
                evidence_of([name], office.folder, NOW.date())


@pytest.mark.parametrize("name", ["../atlas", "a/b", ".hidden", "", "a\nb", "a:b", " a"])
def test_what_can_be_no_file_name_is_none(name: str) -> None:
    assert not is_file_name(name)
