"""A new office: its settings, its ledger with the standard that it pins, and an example project.

All of it is built aside and put in place at the end, so that an interrupt or a full disk leaves
nothing half made.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.errors import InvalidSettings, Refused, Unavailable
from pmo_core.office.folders import (
    HIDDEN,
    PROJECTS,
    ledger_path,
    record_schema_ref,
    write_record_schema,
)
from pmo_core.office.settings import FILE, LONGEST_TITLE, Pin, id_fault, settings_schema_text

if TYPE_CHECKING:
    from pmo_core.standards.model import Standard

SETTINGS_SCHEMA: Final = "pmo.schema.json"
EXAMPLE: Final = "example.yaml"

_LONGEST_ID: Final = 64
_NO_ID: Final = re.compile(r"[^a-z0-9._-]+", re.ASCII)
_OCCUPIED: Final = frozenset({errno.EEXIST, errno.ENOTEMPTY})


class Founded(NamedTuple):
    """An office that has just been made.

    Attributes:
        folder: its root, as it was asked for.
        office: its id.
        pin: of the standard that its new projects follow.
        standard: that standard itself.
        example: the example project's file; None where none was made.
        title: its name for people.
        zone: the time zone whose midnights count.
        further: the pins of the standards beside that one.
    """

    folder: Path
    office: str
    pin: Pin
    standard: Standard
    example: Path | None
    title: str
    zone: str
    further: tuple[Pin, ...] = ()


def pin_of(standard: Standard) -> Pin:
    """The pin of a standard: its version, and the digest of its content (S17.1)."""
    from pmo_core.standards.digests import content_digest  # start-up: few commands pin

    return Pin(standard.id, standard.version, content_digest(standard.files))


def found_office(
    folder: Path,
    standard_name: str,
    *further: str,
    office_id: str | None = None,
    title: str | None = None,
    zone: str | None = None,
    dry_run: bool = False,
) -> Founded:
    """Make an office in a new folder, or in one in which nothing stands in the way.

    Args:
        folder: made where it is not there, with those above it.
        standard_name: `id`, `id@version` or path of the standard that its projects follow.
        further: standards that it pins beside it, for projects that name one of them.
        office_id: its id; made of the folder's name where None.
        title: its name for people; the folder's name where None.
        zone: IANA time zone whose midnights count; UTC where None.
        dry_run: check all that can be checked beforehand, and make nothing.

    Raises:
        UnknownName: there is no such standard.
        InvalidStandard: it has faults.
        InvalidSettings: the id, title or zone is none, or no id can be made of the folder's name;
            or one version of a standard is named twice, with different contents.
        Refused: an office, or a part of one, is there already.
        Unavailable: the disk, or its permissions, keep it from being made.
    """
    from pmo_core.office.packages import load_standard  # start-up: only here

    name = _shown_name(folder)
    office = _office_id(office_id, name)
    _check_title(title)
    _check_zone(zone)
    _refuse_occupied(folder)
    standards = _different(load_standard(one) for one in (standard_name, *further))
    settings = (office, title or name[:LONGEST_TITLE] or office, zone or "UTC")

    def build(root: Path) -> None:
        _build(root, *settings, standards)

    example = folder / PROJECTS / EXAMPLE
    if dry_run:
        made = None if os.path.isdir(example.parent) else _example(standards[0])
        return _founded(folder, standards, settings, None if made is None else example)
    with _told(folder):
        exists = os.path.isdir(folder)
        try:
            (_into if exists else _anew)(folder, build)
        except Unavailable as error:
            # Its own source is a place in which it was built, and which is gone.
            raise Unavailable(error.message, source=str(folder), remedy=error.remedy) from None
    return _founded(folder, standards, settings, example if example.is_file() else None)


def _different(named: Iterable[Standard]) -> tuple[Standard, ...]:
    """The standards, each once.

    Raises:
        InvalidSettings: two contents have one version.
    """
    known: dict[str, Standard] = {}
    for standard in named:
        first = known.setdefault(standard.name, standard)
        if pin_of(first) != pin_of(standard):
            raise InvalidSettings(
                f"{standard.name} is named twice, with different contents",
                remedy="A version has one content: give one of them another version",
            )
    return tuple(known.values())


def _founded(
    folder: Path,
    standards: Sequence[Standard],
    settings: tuple[str, str, str],
    example: Path | None,
) -> Founded:
    office, title, zone = settings
    first, *further = map(pin_of, standards)
    return Founded(folder, office, first, standards[0], example, title, zone, tuple(further))


def _office_id(given: str | None, folder_name: str) -> str:
    if given is not None:
        wrong = id_fault(given)
        if wrong is not None:
            raise InvalidSettings(wrong, remedy="Choose another --id")
        return given
    from unicodedata import normalize  # start-up: only here

    plain = normalize("NFKD", folder_name).encode("ascii", "ignore").decode().lower()
    derived = _NO_ID.sub("-", plain).strip("-._")[:_LONGEST_ID].rstrip("-._")
    if id_fault(derived) is not None:
        raise InvalidSettings(
            f"no id for the office can be made of the folder's name, {folder_name!r}",
            remedy="Give it one: --id ID",
        )
    return derived


def _shown_name(folder: Path) -> str:
    """The folder's own name, as text also where its bytes are none."""
    name = os.path.basename(os.path.abspath(folder))
    return os.fsencode(name).decode("utf-8", "replace")


def _check_title(title: str | None) -> None:
    if title is not None and not 0 < len(title) <= LONGEST_TITLE:
        raise InvalidSettings(
            f"the title of an office has 1 to {LONGEST_TITLE} characters, and this one has "
            f"{len(title)}",
            remedy="Choose another --title",
        )


def _check_zone(zone: str | None) -> None:
    from pmo_core.office.settings_meaning import zone_fault  # start-up: only here

    wrong = None if zone is None else zone_fault(zone)
    if wrong is not None:
        raise InvalidSettings(wrong.message, remedy=wrong.remedy)


def _refuse_occupied(folder: Path) -> None:
    """Refuse what is no folder, and one in which parts of an office are."""
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise Refused(
            f"{str(folder)!r} is there, and is no folder", remedy="Name another, or move it away"
        )
    there = [name for name in (FILE, HIDDEN) if os.path.lexists(folder / name)]
    projects = folder / PROJECTS
    if os.path.lexists(projects) and not os.path.isdir(projects):
        there.append(PROJECTS)
    if there:
        raise Refused(
            f"{str(folder)!r} has {' and '.join(there)} already; nothing was written",
            remedy="Name another folder, or move them away. Commands find an office that is "
            "there by --office DIR",
        )


def _build(root: Path, office: str, title: str, zone: str, standards: Sequence[Standard]) -> None:
    """Make an office in an empty folder."""
    # start-up: a quarter of a second, most of it the database layer's
    from pmo_core.ledger.store import Store
    from pmo_core.office.founding_texts import IGNORED, settings_text
    from pmo_core.office.pinned import keep_package

    (root / HIDDEN).mkdir()
    (root / PROJECTS).mkdir()
    with Store.create(ledger_path(root), office) as store, store.write() as writing:
        for standard in standards:
            keep_package(writing, standard.files)
    for standard in standards:
        write_record_schema(root, standard)
    (root / HIDDEN / SETTINGS_SCHEMA).write_bytes(settings_schema_text().encode())
    (root / HIDDEN / ".gitignore").write_bytes(IGNORED.encode())
    example = _example(standards[0])
    if example is not None:
        (root / PROJECTS / EXAMPLE).write_bytes(example.encode())
    pins = [pin_of(standard) for standard in standards]
    (root / FILE).write_bytes(settings_text(office, title, zone, pins, standards[0]).encode())


def _example(standard: Standard) -> str | None:
    """The example project's file; None where none can be made for the standard."""
    from pmo_core.office.example import example_text  # start-up: only here
    from pmo_core.office.founding_texts import EXAMPLE_HEAD

    head = f"# $schema: {record_schema_ref(standard)}\n{EXAMPLE_HEAD}"
    return example_text(standard, head)


def _anew(folder: Path, build: Callable[[Path], None]) -> None:
    """Build a folder that is not there, with those above it that are not there either."""
    first = Path(os.path.abspath(folder))
    below: list[str] = []
    while not os.path.lexists(first.parent):
        below.insert(0, first.name)
        first = first.parent
    with _aside(first.parent) as aside:
        root = aside.joinpath(*below)
        root.mkdir(parents=True, exist_ok=True)
        build(root)
        os.rename(aside, first)


def _into(folder: Path, build: Callable[[Path], None]) -> None:
    """Build in a folder that is there. The settings come last: they make it an office."""
    placed: list[Path] = []
    with _aside(folder) as aside:
        build(aside)
        projects = folder / PROJECTS
        try:
            _place(aside / HIDDEN, folder / HIDDEN, placed)
            if not projects.is_dir():
                _place(aside / PROJECTS, projects, placed)
            elif not any(projects.iterdir()) and (aside / PROJECTS / EXAMPLE).is_file():
                _place(aside / PROJECTS / EXAMPLE, projects / EXAMPLE, placed)
            _place(aside / FILE, folder / FILE, placed)
        except BaseException:
            for path in reversed(placed):
                _remove(path)
            raise


def _place(built: Path, target: Path, placed: list[Path]) -> None:
    """Move a part into place, where nothing may be: a rename would replace a file."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "something is there", str(target))
    placed.append(target)
    try:
        os.rename(built, target)
    except BaseException:
        if os.path.lexists(built):
            placed.remove(target)
        raise


@contextmanager
def _aside(parent: Path) -> Iterator[Path]:
    """An empty folder to build in, gone afterwards if it has not been moved into its place."""
    aside = parent / f".pmo-init.{os.urandom(4).hex()}"
    try:
        aside.mkdir()
        yield aside
    finally:
        _remove(aside)


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Errors of the disk leave this block in words."""
    try:
        yield
    except OSError as error:
        if error.errno in _OCCUPIED:
            raise Refused(
                f"something came in the way while {str(path)!r} was written: {error.strerror}",
                remedy="Nothing was written. See what is there now",
            ) from None
        raise Unavailable(
            f"it cannot be written: {error.strerror}",
            source=str(path),
            remedy="Nothing was written. Check the disk, and the permissions of the folder",
        ) from None
