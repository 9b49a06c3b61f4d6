"""A further standard for an office: it is kept, and one line of `pmo.yaml` pins it (S17.1).

The settings are a file that people write. One line is put into it, and nothing else is touched;
where the list is written in a way that takes no line, it is left to the person.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.documents import read_yaml, resolve
from pmo_core.errors import InvalidDocument, Refused
from pmo_core.office.folders import write_record_schema
from pmo_core.office.founding import pin_of
from pmo_core.office.opening import open_ledger
from pmo_core.office.settings import FILE, Pin, read_settings
from pmo_core.office.whole_files import replace_file, told

if TYPE_CHECKING:
    from pmo_core.documents import Json
    from pmo_core.standards.model import Standard


class Pinned(NamedTuple):
    """What pinning a standard came to.

    Attributes:
        pin: of the standard.
        standard: the standard itself.
        already: the settings pinned it before; nothing was done.
        line: the number of the line of `pmo.yaml` that pins it, from 1; None where the list is not
            written with a line for each, so that the person has to add it.
        newest: it is what a new project gets that names the standard without a version.
        first: it is what a new project gets that names no standard.
        written: False for a dry run, and where nothing was to be done.
    """

    pin: Pin
    standard: Standard
    already: bool
    line: int | None
    newest: bool
    first: bool
    written: bool


def pin_standard(folder: Path, name: str, *, dry_run: bool = False) -> Pinned:
    """Let the projects of an office follow a further standard, or another version of one.

    A newer version stands before the older ones, so that new projects follow it; those that are
    there stay under the version that they follow.

    Args:
        folder: the office's root.
        name: `id`, `id@version` or path of the standard.

    Raises:
        UnknownName: there is no such standard, or no such office.
        InvalidStandard: it has faults.
        InvalidSettings: the office's settings have.
        Refused: the office pinned that version with another content.
        Unavailable: the disk, or its permissions, keep it from being written.
    """
    from pmo_core.office.packages import load_standard  # start-up: only here
    from pmo_core.office.pinned import keep_package

    path = folder / FILE
    settings = read_settings(path)
    standard = load_standard(name)
    pin = pin_of(standard)
    known = next((one for one in settings.pins if one[:2] == pin[:2]), None)
    if known is not None and known != pin:
        raise Refused(
            f"{standard.name} is pinned already, with another content",
            source=str(path),
            remedy="A version has one content: give what was changed a version of its own",
        )
    if known is not None:
        return Pinned(pin, standard, True, None, *_standing(settings.pins, pin), written=False)
    at = place_of(settings.pins, pin)
    text, line = _with_line(path, pin, at)
    if not dry_run:
        with open_ledger(settings) as store, store.write() as writing:
            keep_package(writing, standard.files)
        write_record_schema(folder, standard)
        if text is not None:
            with told(path):
                replace_file(path, text)
    pins = (*settings.pins[:at], pin, *settings.pins[at:])
    return Pinned(pin, standard, False, line, *_standing(pins, pin), written=not dry_run)


def place_of(pins: tuple[Pin, ...], pin: Pin) -> int:
    """Where a pin belongs in the list: newer before older, another standard at the end."""
    from pmo_core.office.packages import version_order  # start-up: only here

    same = [at for at, one in enumerate(pins) if one.id == pin.id]
    if not same:
        return len(pins)
    order = version_order(pin.version)
    return next((at for at in same if version_order(pins[at].version) < order), same[-1] + 1)


def _standing(pins: tuple[Pin, ...], pin: Pin) -> tuple[bool, bool]:
    """Whether the pin is the first of its standard, and of all."""
    return next(one for one in pins if one.id == pin.id) == pin, pins[0] == pin


def _with_line(path: Path, pin: Pin, at: int) -> tuple[bytes | None, int | None]:
    """The settings' text with a line for the pin, and the line's number; None where none fits."""
    data = path.read_bytes()
    document = read_yaml(data, str(path))
    wanted = _with_pin(document.value, pin, at)
    lines = data.decode().split("\n")
    is_last = resolve(document.value, f"/standards/{at}", None) is None
    number = (
        document.place(f"/standards/{at - 1}").line
        if is_last
        else document.place(f"/standards/{at}").line - 1
    )
    beside = lines[document.place(f"/standards/{max(at - 1, 0)}").line - 1]
    indent, dash, _rest = beside.partition("- ")
    if not dash or indent.strip():
        return None, None
    lines.insert(number, f"{indent}- {pin}" + ("\r" if beside.endswith("\r") else ""))
    text = "\n".join(lines).encode()
    try:
        # Whatever way the list is written: it counts what the file then says, and nothing else.
        is_so = read_yaml(text, str(path)).value == wanted
    except InvalidDocument:
        is_so = False
    return (text, number + 1) if is_so else (None, None)


def _with_pin(value: Json, pin: Pin, at: int) -> Json:
    assert isinstance(value, dict)
    pins = value["standards"]
    assert isinstance(pins, list)
    return {**value, "standards": [*pins[:at], str(pin), *pins[at:]]}
