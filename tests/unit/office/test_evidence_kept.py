"""Evidence under the office is compared with its digest; nothing elsewhere is looked at."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from pmo_core.office.evidence_kept import Held, Kept, verified


def held(link: str, folder: Path, content: bytes | None = None) -> Held:
    """What becomes of a link whose recorded digest is that of the content."""
    digest = None if content is None else f"sha256:{hashlib.sha256(content).hexdigest()}"
    return verified([Kept("answer", "consulted", link, digest)], folder)[0].held


def test_a_file_with_its_digest_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"a")
    assert held("a.pdf", tmp_path, b"a") is Held.SAME
    assert held("./a.pdf", tmp_path, b"a") is Held.SAME


def test_other_bytes_are_altered(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"a")
    assert held("a.pdf", tmp_path, b"b") is Held.ALTERED


def test_without_a_digest_nobody_can_tell(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"a")
    assert held("a.pdf", tmp_path) is Held.UNRECORDED


def test_a_folder_or_nothing_is_gone(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert held("folder", tmp_path, b"a") is Held.GONE
    assert held("nothing.pdf", tmp_path, b"a") is Held.GONE
    assert held("x" * 5000, tmp_path, b"a") is Held.GONE


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert held("pipe", tmp_path, b"a") is Held.GONE


@pytest.mark.parametrize(
    "link", ["https://example.org/a", "urn:isbn:1", "../a.pdf", "/etc/hostname", "a\0b"]
)
def test_what_lies_elsewhere_is_not_looked_at(tmp_path: Path, link: str) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    (tmp_path / "a.pdf").write_bytes(b"a")
    assert held(link, folder, b"a") is Held.ELSEWHERE


def test_a_link_of_the_disk_that_leads_out_is_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    (tmp_path / "a.pdf").write_bytes(b"a")
    (folder / "inside.pdf").symlink_to(tmp_path / "a.pdf")
    (folder / "round").symlink_to(folder / "round")
    assert held("inside.pdf", folder, b"a") is Held.ELSEWHERE
    assert held("round", folder, b"a") in (Held.GONE, Held.ELSEWHERE)
