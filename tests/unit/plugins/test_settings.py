"""Settings that do not fit are told in plain words, the fault that matters first."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pmo_core.documents import JsonObject
from pmo_core.errors import InvalidSettings
from pmo_core.plugins.settings import SettingsSchema

SCHEMA: JsonObject = {
    "type": "object",
    "required": ["list"],
    "additionalProperties": False,
    "properties": {
        "list": {"type": "string", "pattern": "^[a-z/.]+$"},
        "least": {"type": ["integer", "null"], "minimum": 1},
        "mode": {"enum": ["open", "closed"]},
        "server": {
            "type": "object",
            "required": ["url"],
            "properties": {"url": {"type": "string"}},
        },
        "who": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["id", "name"]}]},
    },
}


@pytest.mark.parametrize(
    ("settings", "pointer", "told", "remedy"),
    [
        ({}, "", "'list' is missing", "Correct the plugin's settings"),
        ({"list": "a", "lst": 1}, "", "there is no 'lst'", "Did you mean 'list'"),
        ({"list": "a", "zzz": 1}, "", "there is no 'zzz'", "Known: least, list,"),
        ({"list": 3}, "/list", "'list' is 3, expected a text", "Correct"),
        (
            {"list": "a", "least": "x"},
            "/least",
            "'least' is \"x\", expected a whole number or null",
            "Correct",
        ),
        (
            {"list": "a", "mode": "ajar"},
            "/mode",
            '\'mode\' is "ajar", expected one of "open", "closed"',
            "Correct",
        ),
        ({"list": "a", "server": {}}, "/server", "'url' is missing in 'server'", "Correct"),
        (
            {"list": "a", "least": 0},
            "/least",
            "'least': 0 is less than the minimum of 1",
            "Correct",
        ),
        ({"list": "a", "who": {"id": 1}}, "/who", "'name' is missing in 'who'", "Correct"),
        ({"list": "A B"}, "/list", "does not match", "Correct"),
    ],
)
def test_settings_that_do_not_fit_are_told_in_plain_words(
    settings: JsonObject, pointer: str, told: str, remedy: str
) -> None:
    with pytest.raises(InvalidSettings) as caught:
        SettingsSchema(SCHEMA, "check lab.code").checked(settings, {})
    assert caught.value.message.startswith("settings of check lab.code: ")
    assert told in caught.value.message
    assert caught.value.pointer == pointer
    assert (caught.value.remedy or "").startswith(remedy)


def test_settings_that_fit_do_not_wait_for_the_slow_validator() -> None:
    code = (
        "import sys; from pmo_core.plugins.settings import SettingsSchema;"
        "SettingsSchema({'type': 'object'}, 'x').checked({'a': 1}, {});"
        "sys.exit('jsonschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
