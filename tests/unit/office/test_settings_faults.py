"""What is wrong in `pmo.yaml` is told all at once, each fault in its place, with what to do.

Beside this file lies a zoo of wrong settings, each named by its fault, and `messages.txt`, which
has what a person reads of each.
"""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_core.documents import Json
from pmo_core.errors import InvalidSettings
from pmo_core.office.settings import FILE, Settings, read_settings
from pmo_core.standards.faults import MOST_SHOWN

ZOO = Path(__file__).parent / "settings_zoo"
MESSAGES = {
    name: list(lines)
    for name, lines in groupby(
        (ZOO / "messages.txt").read_text(encoding="utf-8").splitlines(),
        lambda line: line.partition(":")[0],
    )
}
PIN = "pm2@3.1.0#sha256:" + "c1d09e22" * 8
SOUND: dict[str, Json] = {
    "language": 1,
    "office": "brindal",
    "title": "City of Brindal",
    "zone": "Europe/Oslo",
    "calendar": {"weekdays": ["mon"], "holidays": ["2026-12-25"]},
    "standards": [PIN],
    "people": {"eva": {"name": "Eva", "mail": "eva@brindal.example"}},
    "roles": {"owner": "eva", "chair": [{"person": "eva", "from": "2026-01-01"}]},
    "plugins": {"kep": {"folder": "keps"}},
}
WORDS = st.sampled_from(
    ["", "eva", "no", "weekday", "0", "007", "~", "/", "2026-02-30", "titel", "from", "\u0661"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def faults(path: Path) -> list[InvalidSettings]:
    """Everything that is told of a file."""
    with pytest.raises(InvalidSettings) as caught:
        read_settings(path)
    also = [one for one in caught.value.also if isinstance(one, InvalidSettings)]
    assert len(also) == len(caught.value.also)
    return [caught.value, *also]


def test_each_animal_of_the_zoo_has_its_message() -> None:
    assert {path.name for path in ZOO.glob("*.yaml")} == set(MESSAGES)
    assert len(MESSAGES) > 50


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_the_message_says_where_what_and_what_to_do(name: str) -> None:
    """S16.2."""
    told = faults(ZOO / name)
    assert [str(one).removeprefix(f"{ZOO}/") for one in told] == MESSAGES[name]
    assert all(one.source and one.line and one.column and one.remedy for one in told)


def test_faults_of_form_and_of_meaning_are_told_together_in_order(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(
        "language: 1\n"
        "office: Brindal\n"
        "zone: Europe/Olso\n"
        "calendar: {weekdays: [mo]}\n"
        f"standards: ['{PIN}']\n"
        "people: {eva: {name: Eva}}\n"
        "roles: {owner: eve}\n"
        "plugin: {}\n"
    )
    told = faults(path)
    assert [(one.line, one.pointer) for one in told] == [
        (2, "/office"),
        (3, "/zone"),
        (4, "/calendar/weekdays/0"),
        (7, "/roles/owner"),
        (8, "/plugin"),
    ]


def test_pointers_lead_to_what_is_written_and_not_to_what_was_meant(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(
        f"language: 1\noffice: b\nzone: UTC\nstandards: ['{PIN}']\n"
        "people: {eva: {name: Eva}}\n"
        "rolls: {owner: [{person: eve, from: 2026-02-01, until: 1, to: 2026-01-01}]}\n"
    )
    assert [one.pointer for one in faults(path)] == [
        "/rolls",
        "/rolls/owner/0/person",
        "/rolls/owner/0/until",
        "/rolls/owner/0/to",
    ]


def test_a_misspelt_key_beside_the_right_one_is_not_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(
        f"language: 1\noffice: b\nzone: UTC\nzones: 7\nstandards: ['{PIN}']\n", encoding="utf-8"
    )
    assert [one.pointer for one in faults(path)] == ["/zones"]


def test_keys_of_plugins_are_their_own_business(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(
        f"language: 1\noffice: b\nzone: UTC\nstandards: ['{PIN}']\nplugins: {{kep: {{'': 1}}}}\n",
        encoding="utf-8",
    )
    assert dict(read_settings(path).plugins) == {"kep": {"": 1}}


def test_a_plugin_has_a_name(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(
        f"language: 1\noffice: b\nzone: UTC\nstandards: ['{PIN}']\nplugins: {{'': {{}}}}\n",
        encoding="utf-8",
    )
    assert [one.message for one in faults(path)] == ["a key is empty"]


def test_so_many_faults_are_shown_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / FILE
    people = "".join(f"  P{number}: {{name: x}}\n" for number in range(MOST_SHOWN + 20))
    path.write_text(
        f"language: 1\noffice: b\nzone: UTC\nstandards: ['{PIN}']\npeople:\n{people}",
        encoding="utf-8",
    )
    told = faults(path)
    assert len(told) == MOST_SHOWN + 1
    assert told[-1].message == "20 more faults are not shown"


@given(st.data())
def test_whatever_is_written_is_read_or_told(data: st.DataObject) -> None:
    """S16: nothing in `pmo.yaml` ends in a traceback, and what is told has a place in it."""
    value: dict[str, Json] = json.loads(json.dumps(SOUND))
    for _change in range(data.draw(st.integers(1, 3))):
        here: Json = value
        while True:
            token: str | int
            if isinstance(here, dict):
                token = data.draw(st.sampled_from([*here, data.draw(WORDS)]))
                inner = here.get(token)
            else:
                assert isinstance(here, list)
                token = data.draw(st.integers(0, len(here) - 1))
                inner = here[token]
            if not inner or not isinstance(inner, dict | list) or data.draw(st.booleans()):
                here[token] = data.draw(VALUES)  # type: ignore[call-overload, index]
                break
            here = inner
    with TemporaryDirectory() as folder:
        path = Path(folder, FILE)
        path.write_text(json.dumps(value), encoding="utf-8")
        try:
            assert isinstance(read_settings(path), Settings)
        except InvalidSettings as error:
            for one in (error, *error.also):
                assert one.line == 1
                assert one.column is not None
                assert one.message
