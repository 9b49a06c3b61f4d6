"""`kep:DIR`: each proposal of a checkout, joined with its approval; nothing outside the tree."""

from __future__ import annotations

import os
from pathlib import Path

import pmo_kep
import pytest

from pmo_core import (
    InvalidDocument,
    JsonObject,
    Place,
    Reading,
    Scalars,
    SourceCall,
    SourceRecord,
    UnknownName,
)

APPROVERS = "kep.prod_readiness_approvers"
PROPOSAL = "title: A\nkep-number: 12\nowning-sig: sig-a\n"


def write(root: Path, path: str, text: str | bytes) -> Path:
    """A file of the tree."""
    where = root / path
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_bytes(text.encode() if isinstance(text, str) else text)
    return where


def reading(root: Path, scalars: Scalars = Scalars.STRINGS) -> Reading:
    """The tree as the source reads it."""
    (source,) = pmo_kep.pmo_sources()
    return source.read(SourceCall(str(root), scalars, {}))


def items(root: Path, scalars: Scalars = Scalars.STRINGS) -> list[SourceRecord | InvalidDocument]:
    """Records and faults of the tree, in order."""
    return list(reading(root, scalars).records)


def the_record(root: Path, scalars: Scalars = Scalars.STRINGS) -> SourceRecord:
    """The one record of the tree."""
    (item,) = items(root, scalars)
    assert isinstance(item, SourceRecord)
    return item


def value(root: Path, scalars: Scalars = Scalars.STRINGS) -> JsonObject:
    """What the one record of the tree holds."""
    found = the_record(root, scalars).document.value
    assert isinstance(found, dict)
    return found


def the_fault(root: Path) -> InvalidDocument:
    """Why the one proposal of the tree is unreadable."""
    (item,) = items(root)
    assert isinstance(item, InvalidDocument)
    return item


def test_a_proposal_is_joined_with_the_approval_of_its_sig_and_number(tmp_path: Path) -> None:
    write(tmp_path, "keps/sig-a/12-x/kep.yaml", PROPOSAL)
    write(tmp_path, "keps/prod-readiness/sig-a/12.yaml", "kep-number: 12\nalpha: {approver: me}\n")
    assert value(tmp_path) == {
        "kep": {"title": "A", "kep-number": "12", "owning-sig": "sig-a"},
        "approval": {"kep-number": "12", "alpha": {"approver": "me"}},
    }


def test_the_proposals_own_folder_does_not_matter_for_its_approval(tmp_path: Path) -> None:
    write(tmp_path, "keps/sig-b/somewhere/else/kep.yaml", PROPOSAL)
    write(tmp_path, "keps/prod-readiness/sig-a/12.yaml", "alpha: {approver: me}\n")
    assert "approval" in value(tmp_path)


@pytest.mark.parametrize(
    "approval",
    ["sig-b/12.yaml", "sig-a/13.yaml", "sig-a/12.yml", "12.yaml", "sig-a/12/kep.yaml.bak"],
)
def test_an_approval_of_another_sig_number_or_ending_is_not_its_own(
    tmp_path: Path, approval: str
) -> None:
    write(tmp_path, "keps/sig-a/12-x/kep.yaml", PROPOSAL)
    write(tmp_path, f"keps/prod-readiness/{approval}", "alpha: {approver: me}\n")
    assert list(value(tmp_path)) == ["kep"]


def test_a_number_is_matched_as_it_is_written(tmp_path: Path) -> None:
    write(tmp_path, "keps/a/kep.yaml", "kep-number: 0012\nowning-sig: sig-a\n")
    write(tmp_path, "keps/prod-readiness/sig-a/12.yaml", "alpha: {}\n")
    assert list(value(tmp_path)) == ["kep"]


def test_a_standard_that_reads_numbers_gets_its_approval_too(tmp_path: Path) -> None:
    write(tmp_path, "keps/a/kep.yaml", PROPOSAL)
    write(tmp_path, "keps/prod-readiness/sig-a/12.yaml", "alpha: {}\n")
    assert list(value(tmp_path, Scalars.TYPED)) == ["kep", "approval"]


@pytest.mark.parametrize(
    "fields",
    [
        "title: A\n",
        "kep-number: 12\n",
        "kep-number: [12]\nowning-sig: sig-a\n",
        "kep-number: {a: b}\nowning-sig: [sig-a]\n",
        "kep-number:\nowning-sig:\n",
    ],
)
def test_a_proposal_without_sig_or_number_has_no_approval(tmp_path: Path, fields: str) -> None:
    write(tmp_path, "keps/a/kep.yaml", fields)
    write(tmp_path, "keps/prod-readiness/sig-a/12.yaml", "alpha: {}\n")
    assert list(value(tmp_path)) == ["kep"]


def test_scalars_are_read_as_the_standard_says(tmp_path: Path) -> None:
    write(tmp_path, "keps/a/kep.yaml", "kep-number: 12\nlatest-milestone: 1.20\nreplaces:\n")
    assert value(tmp_path)["kep"] == {
        "kep-number": "12",
        "latest-milestone": "1.20",
        "replaces": "",
    }


def test_lines_that_begin_with_dashes_are_left_out_and_keep_their_place(tmp_path: Path) -> None:
    """Rule 1 of the repository's validator."""
    write(tmp_path, "keps/a/kep.yaml", "---\ntitle: A\n--- anything: at all\nstatus: x\n---\n")
    record = the_record(tmp_path)
    assert record.document.value == {"kep": {"title": "A", "status": "x"}}
    assert record.document.place("/kep/status").line == 4


def test_a_list_item_is_no_separator(tmp_path: Path) -> None:
    write(tmp_path, "keps/a/kep.yaml", "authors:\n- a\n -- b\n")
    assert value(tmp_path) == {"kep": {"authors": ["a -- b"]}}


def test_records_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for folder in ("sig-b/2-x", "sig-a/10-x", "sig-a/9-x", "NNNN-kep-template"):
        write(tmp_path, f"keps/{folder}/kep.yaml", PROPOSAL)
    names = [str(Path(str(item.source)).relative_to(tmp_path)) for item in items(tmp_path)]
    assert names == sorted(names)
    assert len(names) == 4


def test_only_kep_yaml_below_keps_is_a_proposal(tmp_path: Path) -> None:
    write(tmp_path, "keps/a/kep.yaml", PROPOSAL)
    write(tmp_path, "keps/a/README.md", "text")
    write(tmp_path, "keps/a/other.yaml", PROPOSAL)
    write(tmp_path, "elsewhere/kep.yaml", PROPOSAL)
    assert the_record(tmp_path).source == str(tmp_path / "keps/a/kep.yaml")


def test_a_place_in_the_approval_is_in_the_approvals_file(tmp_path: Path) -> None:
    kep = write(tmp_path, "keps/a/kep.yaml", PROPOSAL)
    filed = write(tmp_path, "keps/prod-readiness/sig-a/12.yaml", "kep-number: 12\nalpha: x\n")
    document = the_record(tmp_path).document
    assert document.place("/approval/alpha") == Place(str(filed), 2, 8)
    assert document.place("/kep/title") == Place(str(kep), 1, 8)


@pytest.mark.parametrize(
    ("text", "line"), [("title: A\nx: @y\n", 2), ("- a\n- b\n", 1), ("only text\n", 1), ("", 1)]
)
def test_a_proposal_that_is_no_mapping_is_unreadable_where_it_goes_wrong(
    tmp_path: Path, text: str, line: int
) -> None:
    """S2.3."""
    kep = write(tmp_path, "keps/a/kep.yaml", text)
    fault = the_fault(tmp_path)
    assert (fault.source, fault.line) == (str(kep), line)
    assert fault.remedy


def test_an_unreadable_proposal_stops_no_other(tmp_path: Path) -> None:
    write(tmp_path, "keps/a/kep.yaml", "x: @y\n")
    write(tmp_path, "keps/b/kep.yaml", PROPOSAL)
    assert [type(item) for item in items(tmp_path)] == [InvalidDocument, SourceRecord]


def test_a_broken_approval_stands_as_its_text_at_its_first_fault(tmp_path: Path) -> None:
    """So that the criterion which asks for a mapping fails, and the record stays readable."""
    write(tmp_path, "keps/a/kep.yaml", PROPOSAL)
    filed = write(tmp_path, "keps/prod-readiness/sig-a/12.yaml", "alpha:\n  approver: @me\n")
    record = the_record(tmp_path)
    assert isinstance(record.document.value, dict)
    assert record.document.value["approval"] == "alpha:\n  approver: @me\n"
    assert record.document.place("/approval") == Place(str(filed), 2, 13)


@pytest.mark.parametrize(
    ("text", "read"), [("- alpha\n", ["alpha"]), ("alpha\n", "alpha"), ("", None)]
)
def test_an_approval_that_is_no_mapping_stands_as_it_is(
    tmp_path: Path, text: str, read: object
) -> None:
    write(tmp_path, "keps/a/kep.yaml", PROPOSAL)
    filed = write(tmp_path, "keps/prod-readiness/sig-a/12.yaml", text)
    record = the_record(tmp_path)
    assert isinstance(record.document.value, dict)
    assert record.document.value["approval"] == read
    assert record.document.place("/approval").source == str(filed)


def test_an_approval_of_other_bytes_than_text_stands_as_what_can_be_shown(tmp_path: Path) -> None:
    write(tmp_path, "keps/a/kep.yaml", PROPOSAL)
    write(tmp_path, "keps/prod-readiness/sig-a/12.yaml", b"\xff\xfe\x00\xd8" + b"x" * 100_000)
    approval = value(tmp_path)["approval"]
    assert isinstance(approval, str)
    assert len(approval) < 20_000


@pytest.mark.parametrize(
    ("sig", "number"),
    [
        ("..", "secret"),
        ("../..", "secret"),
        ("sig-a/..", "../../secret"),
        ("sig-a", "../../../secret"),
        (".", "../../secret"),
        ("", "secret"),
        ("/", "secret"),
        ("sig-a\\..", "secret"),
    ],
)
def test_no_sig_or_number_leads_out_of_the_folder_of_approvals(
    tmp_path: Path, sig: str, number: str
) -> None:
    root = tmp_path / "tree"
    for where in ("secret.yaml", "tree/secret.yaml", "tree/keps/secret.yaml"):
        write(tmp_path, where, "alpha: {approver: thief}\n")
    write(root, "keps/prod-readiness/sig-a/1.yaml", "alpha: {}\n")
    write(root, "keps/a/kep.yaml", f"kep-number: '{number}'\nowning-sig: '{sig}'\n")
    assert list(value(root)) == ["kep"]


def test_no_absolute_path_is_an_approval(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.yaml", "alpha: {approver: thief}\n")
    root = tmp_path / "tree"
    number = str(secret).removesuffix(".yaml")
    write(root, "keps/a/kep.yaml", f"kep-number: '{number}'\nowning-sig: '/'\n")
    assert list(value(root)) == ["kep"]


class TestLinks:
    """Symbolic links: what stays in the tree is read, what leads out of it is not."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        write(tmp_path, "outside/12.yaml", "alpha: {approver: thief}\n")
        write(tmp_path, "outside/kep.yaml", PROPOSAL)
        write(tmp_path, "tree/keps/a/kep.yaml", PROPOSAL)
        return tmp_path / "tree"

    def test_an_approval_linked_from_outside_is_not_read(self, root: Path) -> None:
        write(root, "keps/prod-readiness/sig-a/1.yaml", "alpha: {}\n")
        os.symlink(root.parent / "outside/12.yaml", root / "keps/prod-readiness/sig-a/12.yaml")
        assert list(value(root)) == ["kep"]

    def test_a_folder_of_approvals_linked_from_outside_is_not_read(self, root: Path) -> None:
        write(root, "keps/prod-readiness/sig-b/1.yaml", "alpha: {}\n")
        os.symlink(root.parent / "outside", root / "keps/prod-readiness/sig-a")
        assert list(value(root)) == ["kep"]

    def test_an_approval_linked_within_the_tree_is_read(self, root: Path) -> None:
        write(root, "keps/prod-readiness/sig-b/12.yaml", "alpha: {approver: me}\n")
        os.symlink("sig-b", root / "keps/prod-readiness/sig-a")
        assert list(value(root)) == ["kep", "approval"]

    def test_a_proposal_linked_from_outside_is_unreadable(self, root: Path) -> None:
        (root / "keps/a/kep.yaml").unlink()
        os.symlink(root.parent / "outside/kep.yaml", root / "keps/a/kep.yaml")
        assert "leads out of the tree" in the_fault(root).message

    def test_a_link_to_nothing_is_unreadable(self, root: Path) -> None:
        (root / "keps/a/kep.yaml").unlink()
        os.symlink("nowhere", root / "keps/a/kep.yaml")
        assert "cannot be read" in the_fault(root).message

    def test_a_folder_that_is_a_link_is_not_entered(self, root: Path) -> None:
        os.symlink(root / "keps", root / "keps/a/again")
        assert the_record(root).source == str(root / "keps/a/kep.yaml")

    def test_a_list_of_approvers_linked_from_outside_is_not_read(self, root: Path) -> None:
        write(root.parent, "outside/aliases", "aliases: {prod-readiness-approvers: [thief]}\n")
        os.symlink(root.parent / "outside/aliases", root / "OWNERS_ALIASES")
        assert reading(root).facts[APPROVERS].value is None

    def test_a_folder_of_proposals_linked_from_outside_is_refused(self, tmp_path: Path) -> None:
        write(tmp_path, "outside/keps/a/kep.yaml", PROPOSAL)
        (tmp_path / "tree").mkdir()
        os.symlink(tmp_path / "outside/keps", tmp_path / "tree/keps")
        with pytest.raises(UnknownName):
            reading(tmp_path / "tree")

    def test_the_tree_itself_may_be_reached_by_a_link(self, root: Path) -> None:
        os.symlink(root, root.parent / "shortcut")
        assert list(value(root.parent / "shortcut")) == ["kep"]


def test_a_proposal_that_is_no_regular_file_is_unreadable_and_never_waited_for(
    tmp_path: Path,
) -> None:
    (tmp_path / "keps/a").mkdir(parents=True)
    os.mkfifo(tmp_path / "keps/a/kep.yaml")
    assert "no regular file" in the_fault(tmp_path).message


def test_the_approvers_are_given_once_for_all(tmp_path: Path) -> None:
    """S8.2."""
    write(tmp_path, "keps/a/kep.yaml", PROPOSAL)
    aliases = write(
        tmp_path,
        "OWNERS_ALIASES",
        "aliases:\n"
        "  other: [x]\n"
        "  prod-readiness-approvers: [one, two]\n"
        "  prod-readiness-approvers-emeritus: [three, one]\n",
    )
    fact = reading(tmp_path).facts[APPROVERS]
    assert fact.value == ["one", "two", "three"]
    assert fact.source == str(aliases)


def test_a_tree_that_never_had_former_approvers_has_the_present_ones(tmp_path: Path) -> None:
    write(tmp_path, "keps/a/kep.yaml", PROPOSAL)
    write(tmp_path, "OWNERS_ALIASES", "aliases: {prod-readiness-approvers: [one]}\n")
    assert reading(tmp_path).facts[APPROVERS].value == ["one"]


def test_without_a_list_nobody_knows_who_may_approve(tmp_path: Path) -> None:
    write(tmp_path, "keps/a/kep.yaml", PROPOSAL)
    assert reading(tmp_path).facts == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n",
        "aliases: @x\n",
        "aliases: {}\n",
        "aliases: {prod-readiness-approvers: one}\n",
        "aliases: {prod-readiness-approvers: [{a: b}]}\n",
    ],
)
def test_a_list_that_cannot_be_used_is_no_list_and_says_why(tmp_path: Path, text: str) -> None:
    """Fail-closed: an unusable list is unknown, never empty and never everybody."""
    write(tmp_path, "keps/a/kep.yaml", PROPOSAL)
    write(tmp_path, "OWNERS_ALIASES", text)
    fact = reading(tmp_path).facts[APPROVERS]
    assert fact.value is None
    assert fact.failure is not None
    assert "OWNERS_ALIASES: " in fact.source


def test_a_folder_without_proposals_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="no folder 'keps'"):
        reading(tmp_path)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="no file or folder"):
        reading(tmp_path / "nowhere")


def test_a_file_that_is_no_history_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="holds no proposals"):
        reading(write(tmp_path, "kep.yaml", PROPOSAL))
