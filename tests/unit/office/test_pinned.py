"""The packages of standards that an office keeps, in its ledger, by their content digest."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_core.documents import Digest, digest_bytes
from pmo_core.errors import InvalidSettings, InvalidStandard, Unavailable, UnknownName
from pmo_core.ledger.store import Store
from pmo_core.office.packages import load_standard
from pmo_core.office.pinned import keep_package, kept_package, load_kept, load_pinned
from pmo_core.office.settings import Pin
from pmo_core.standards.digests import content_digest

FILES = {
    "standard.yaml": b"""\
language: 1
standard: tiny
version: 1.0.0
title: Tiny
record: {schema: record.schema.json}
lifecycle:
  initial: open
  phases: [open, closed]
  gates: {}
""",
    "record.schema.json": b"{}",
    "guidance/why.md": b"# Why\n",
}
NOWHERE = Digest("sha256:" + "0" * 64)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A ledger without events."""
    with Store.create(tmp_path / "ledger.sqlite", "brindal") as made:
        yield made


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A ledger in which several packages are kept."""
    with Store.create(tmp_path_factory.mktemp("office") / "ledger.sqlite", "brindal") as made:
        yield made


def kept(store: Store, files: dict[str, bytes]) -> Digest:
    """The digest of a package that has been kept."""
    with store.write() as writing:
        return keep_package(writing, files)


def change(store: Store, statement: str, *values: object) -> None:
    """Do to the ledger's file what no pmo does."""
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute(statement, values).rowcount == 1
        connection.commit()


def test_a_package_is_had_back_by_its_content_digest(store: Store) -> None:
    """S17.1."""
    digest = kept(store, FILES)
    assert digest == content_digest(FILES)
    assert dict(kept_package(store, digest)) == FILES


def test_keeping_a_package_again_changes_nothing(store: Store) -> None:
    before = kept(store, FILES)
    with closing(sqlite3.connect(store.path)) as connection:
        count = connection.execute("SELECT count(*) FROM blobs").fetchone()
        assert kept(store, dict(reversed(FILES.items()))) == before
        assert connection.execute("SELECT count(*) FROM blobs").fetchone() == count


def test_versions_share_the_files_that_they_have_in_common(store: Store) -> None:
    first = kept(store, FILES)
    second = kept(store, {**FILES, "guidance/why.md": b"# Why not\n"})
    assert first != second
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("SELECT count(*) FROM blobs").fetchone() == (6,)
    assert kept_package(store, first)["guidance/why.md"] == b"# Why\n"
    assert kept_package(store, second)["guidance/why.md"] == b"# Why not\n"


@given(files=st.dictionaries(st.text(st.characters(codec="utf-8")), st.binary(), max_size=4))
def test_any_files_come_back(files: dict[str, bytes], lasting: Store) -> None:
    """S17.1: the digest of the manifest is the content digest, whatever the paths."""
    digest = kept(lasting, files)
    assert digest == content_digest(files)
    assert dict(kept_package(lasting, digest)) == files


def test_a_file_is_read_when_it_is_asked_for(store: Store) -> None:
    digest = kept(store, FILES)
    why = digest_bytes(FILES["guidance/why.md"])
    change(store, "DELETE FROM blobs WHERE digest = ?", why)
    package = kept_package(store, digest)
    assert set(package) == set(FILES)
    assert len(package) == len(FILES)
    assert "guidance/why.md" in package
    assert package["record.schema.json"] == b"{}"
    with pytest.raises(Unavailable, match=r"is damaged: its file 'guidance/why\.md' is missing"):
        package["guidance/why.md"]


def test_a_file_that_was_altered_is_never_given(store: Store) -> None:
    digest = kept(store, FILES)
    schema = digest_bytes(FILES["record.schema.json"])
    change(store, "UPDATE blobs SET data = ? WHERE digest = ?", b"true", schema)
    with pytest.raises(Unavailable, match="was altered"):
        kept_package(store, digest)["record.schema.json"]
    with pytest.raises(Unavailable, match="was altered"):
        load_pinned(store, Pin("tiny", "1.0.0", digest))


def test_a_list_of_files_that_was_altered_is_never_believed(store: Store) -> None:
    digest = kept(store, FILES)
    change(store, "UPDATE blobs SET data = ? WHERE digest = ?", b"{}", digest)
    with pytest.raises(Unavailable, match="was altered"):
        kept_package(store, digest)


def test_a_path_that_is_not_in_the_package_is_not_there(store: Store) -> None:
    package = kept_package(store, kept(store, FILES))
    assert "../standard.yaml" not in package
    assert package.get("other.md") is None


def test_what_is_not_kept_is_told(store: Store) -> None:
    with pytest.raises(UnknownName):
        kept_package(store, NOWHERE)
    with pytest.raises(InvalidSettings, match=r"keeps no standard of the digest that pins tiny@1"):
        load_pinned(store, Pin("tiny", "1.0.0", NOWHERE))


@pytest.mark.parametrize("data", [b"# Why\n", b"[1]", b"\xff", b'"text"', b""])
def test_other_bytes_are_no_package(data: bytes, store: Store) -> None:
    with store.write() as writing:
        digest = writing.put_blob(data)
    with pytest.raises(InvalidSettings, match="is no package of a standard"):
        kept_package(store, digest)


def test_a_pin_of_another_standard_is_told(store: Store) -> None:
    digest = kept(store, FILES)
    with pytest.raises(InvalidSettings, match=r"pins tiny@2\.0\.0 is that of tiny@1\.0\.0") as told:
        load_pinned(store, Pin("tiny", "2.0.0", digest))
    assert told.value.remedy == f"Write tiny@1.0.0#{digest}, or the digest of tiny@2.0.0"


def test_a_project_cites_a_package_by_its_digest_alone(store: Store) -> None:
    assert load_kept(store, kept(store, FILES)).name == "tiny@1.0.0"
    with pytest.raises(UnknownName):
        load_kept(store, NOWHERE)


def test_a_kept_package_without_a_standard_is_told(store: Store) -> None:
    digest = kept(store, {"readme.md": b""})
    with pytest.raises(InvalidStandard, match=r"no standard\.yaml in it"):
        load_pinned(store, Pin("tiny", "1.0.0", digest))


def test_a_pinned_standard_outlives_its_installation(store: Store, tmp_path: Path) -> None:
    """Decision 4 of the design: an old decision can be replayed after the wheel is gone."""
    folder = tmp_path / "tiny"
    (folder / "guidance").mkdir(parents=True)
    for path, data in FILES.items():
        (folder / path).write_bytes(data)
    installed = load_standard(folder)
    digest = kept(store, dict(installed.files))
    shutil.rmtree(folder)
    again = load_pinned(store, Pin("tiny", "1.0.0", digest))
    assert json.dumps(again.model) == json.dumps(installed.model)
    assert again.digest == installed.digest
    assert again.files["guidance/why.md"] == b"# Why\n"
