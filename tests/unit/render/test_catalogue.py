"""Every reason code has words (S3.4): ours, the schema engine's, and those of failed plugins."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema_rs
import pytest

import pmo_core
from pmo_core.assessment import Reason
from pmo_core.render.catalogue import CATALOGUE
from pmo_core.render.circumstances import Circumstances
from pmo_core.render.words import reason_words
from pmo_core.standards.expressions import unknowns

PACKAGE = Path(pmo_core.__file__).parent
WRITTEN = re.compile(r"""(?:Reason|CheckResult)\(\s*(?:"unknown",\s*)?"([\w-]+)\"""")
CONSTANTS = re.compile(r'^(?:RAISED|BAD_RESULT|UNAVAILABLE): Final = "([\w-]+)"', re.MULTILINE)
PLUGIN_RESULTS = {"pass", "fail", "unknown"}
# The engine's classes of error, by the name that a reason carries where it is another.
SCHEMA_NAMES = {
    "Constant": "const",
    "OneOfMultipleValid": "oneOf",
    "OneOfNotValid": "oneOf",
    "Referencing": "$ref",
}
NEVER_RAISED = {"Custom"}  # we register no keyword of our own


def written_codes() -> set[str]:
    """The codes that stand in the source as literals."""
    codes: set[str] = set()
    for folder in ("assessment", "office", "plugins", "standards", "governance"):
        for file in (PACKAGE / folder).rglob("*.py"):
            text = file.read_text("utf-8")
            codes.update(WRITTEN.findall(text), CONSTANTS.findall(text))
    return codes - PLUGIN_RESULTS


def schema_codes() -> set[str]:
    kinds = [name for name in dir(jsonschema_rs.ValidationErrorKind) if name[0].isupper()]
    return {
        SCHEMA_NAMES.get(name, name[0].lower() + name[1:])
        for name in kinds
        if name not in NEVER_RAISED
    }


def expression_codes() -> set[str]:
    text = Path(unknowns.__file__).read_text("utf-8")
    named = re.search(r"code: why it is unknown: (.*?)\.\n", text, re.DOTALL)
    assert named is not None
    return set(re.findall(r"`([\w-]+)`", named[1])) | {code for _words, code in unknowns._WORDS}


def test_the_codes_are_found_in_the_source() -> None:
    assert {"unanswered", "stale", "claim-differs", "artefact-early"} <= written_codes()


@pytest.mark.parametrize("code", sorted(written_codes() | schema_codes() | expression_codes()))
def test_every_code_has_words(code: str) -> None:
    assert code in CATALOGUE


def test_no_message_is_for_a_code_that_nothing_gives() -> None:
    given = written_codes() | schema_codes() | expression_codes() | PLUGIN_RESULTS
    indirect = {
        "when",
        "unless",
        "no-fact",
        "id-missing",
        "id-shared",
        "plugin-failed",
        "timed-out",
    }
    assert set(CATALOGUE) - given - indirect <= {"additionalItems"}


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_message_can_be_said_of_a_bare_reason(code: str) -> None:
    told = reason_words(Reason(code))
    assert "{" not in told


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_last_wording_needs_what_the_code_always_has(code: str) -> None:
    wording = CATALOGUE[code].wordings[-1]
    fields = set(re.findall(r"\{([\w-]+)\}", wording))
    params = dict.fromkeys(fields, "x")
    here = Circumstances(Reason(code, "/a", params), {"a": "x"}, statement="It holds")
    assert here.fill((wording,)), fields


@pytest.mark.parametrize("code", CATALOGUE)
def test_no_message_ends_in_a_full_stop(code: str) -> None:
    message = CATALOGUE[code]
    assert not [text for text in (*message.wordings, message.remedy) if text.endswith(".")]
