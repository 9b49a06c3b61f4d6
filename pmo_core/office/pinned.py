"""The packages of standards that an office keeps, so that old decisions can be replayed (S17.1).

A package is kept as blobs: the bytes of each file, and a manifest, the RFC 8785 map from path to
the file's digest. The digest of the manifest is the content digest, which a pin cites.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, final

from pmo_core.documents import Digest, canonical, read_json
from pmo_core.errors import InvalidDocument, InvalidSettings, Unavailable, UnknownName

if TYPE_CHECKING:
    from pmo_core.documents import Json
    from pmo_core.ledger.reads import Reads
    from pmo_core.ledger.writing import Writing
    from pmo_core.office.settings import Pin
    from pmo_core.standards.model import Standard


def keep_package(writing: Writing, files: Mapping[str, bytes]) -> Digest:
    """Keep every file of a package, and its manifest; the answer is the content digest."""
    manifest: dict[str, Json] = {path: writing.put_blob(files[path]) for path in files}
    return writing.put_blob(canonical(manifest))


def kept_package(store: Reads, digest: Digest) -> Mapping[str, bytes]:
    """The files of a kept package by path, each read and verified when it is asked for.

    Raises:
        UnknownName: the office keeps nothing of that digest.
        InvalidSettings: what it keeps there is no package.
        Unavailable: what is kept has been damaged; also when a file is asked for.
    """
    try:
        manifest = read_json(store.blob(digest), "manifest").value
    except InvalidDocument:
        manifest = None
    if not isinstance(manifest, dict):
        raise InvalidSettings(
            f"what the office keeps under {digest} is no package of a standard",
            pointer="/standards",
            remedy="Write the pin as it was, whole",
        )
    return _KeptFiles(store, digest, {path: str(one) for path, one in manifest.items()})


def load_pinned(store: Reads, pin: Pin) -> Standard:
    """The standard that an office pinned, from what it keeps; no installed package is looked at.

    Raises:
        InvalidSettings: the office keeps nothing of that digest, or another standard.
        InvalidStandard: this version of pmo cannot read it.
        Unavailable: what is kept has been damaged.
    """
    from pmo_core.standards.load import load  # start-up: not every command needs a standard

    name = f"{pin.id}@{pin.version}"
    if not store.has_blob(pin.digest):
        raise InvalidSettings(
            f"the office keeps no standard of the digest that pins {name}, {pin.digest}",
            pointer="/standards",
            remedy="Write the pin as it was, whole; an office keeps only what pmo has pinned",
        )
    standard = load(kept_package(store, pin.digest), name)
    if (standard.id, standard.version) != (pin.id, pin.version):
        raise InvalidSettings(
            f"the digest that pins {name} is that of {standard.name}",
            pointer="/standards",
            remedy=f"Write {standard.name}#{pin.digest}, or the digest of {name}",
        )
    return standard


def load_kept(store: Reads, digest: str) -> Standard:
    """The standard of the package that is kept under a content digest, which a project cites.

    Raises:
        UnknownName: the office keeps nothing of that digest.
        InvalidStandard: this version of pmo cannot read it.
        Unavailable: what is kept has been damaged.
    """
    from pmo_core.standards.load import load  # start-up: not every command needs a standard

    return load(kept_package(store, Digest(digest)), "kept package")


@final
class _KeptFiles(Mapping[str, bytes]):
    """The files of a kept package; the store verifies what it gives."""

    __slots__ = ("_digest", "_paths", "_store")

    def __init__(self, store: Reads, digest: Digest, paths: Mapping[str, str]) -> None:
        self._store = store
        self._digest = digest
        self._paths = paths

    def __getitem__(self, path: str) -> bytes:
        wanted = self._paths[path]
        try:
            return self._store.blob(wanted)
        except UnknownName:
            raise Unavailable(
                f"the kept package {self._digest} is damaged: its file {path!r} is missing",
                source=str(self._store.path),
                remedy="Put back the last good copy of the ledger",
            ) from None

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
