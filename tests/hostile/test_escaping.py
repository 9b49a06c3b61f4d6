"""Text of strangers is inert in each medium, and still recognizable: payloads times formats.

Each payload stands at once as a record's id and title, a risk's id and title, a field's value, a
field's name, a claimed phase, a file's name and an error's message; the standard's own statement
holds it too.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from pmo_core.assessment import Reason, assess
from pmo_core.documents import Document, Json, read_json
from pmo_core.errors import InvalidDocument
from pmo_core.office.lines import Checked, Line, Run, Unreadable
from pmo_core.render import escape
from pmo_core.render.formats import writer_of
from pmo_core.render.style import Style
from pmo_core.standards.load import load
from pmo_core.standards.model import Standard
from pmo_core.standards.record import read_record

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PAYLOADS = {
    "ansi colour": "\x1b[31mred\x1b[0m",
    "ansi clear": "\x1b[2J\x1b[Hgone",
    "osc 8 link": "\x1b]8;;http://evil.example\x07click\x1b]8;;\x07",
    "osc 0 title": "\x1b]0;title\x07text",
    "c1 csi": "\x9b31mred",
    "backspace": "safe\x08\x08\x08\x08evil",
    "carriage return": "READY\rBLOCKED",
    "bidi override": "abc\u202egnp.exe",
    "bidi isolate": "abc\u2066def\u2069",
    "zero width": "pay\u200bload",
    "tag characters": "tag\U000e0041\U000e0042",
    "soft hyphen": "soft\u00adhyphen",
    "github command": "::error::pwned",
    "github command in a new line": "x\n::error file=a::pwned",
    "github old command": "##[error]pwned",
    "azure command": "##vso[task.setvariable variable=x]pwned",
    "percent escapes": "%0A::warning::pwned%25",
    "property break": "a,line=1:2::pwned",
    "cdata end": "]]><evil/>",
    "script": "<script>alert(1)</script>",
    "entity": "&lt;b&gt; &amp;#106;",
    "attribute break": "\" onclick='x'",
    "comment": "<!-- hidden -->text",
    "table break": "a | b | c",
    "backtick": "`code` ``more``",
    "link": "[text](http://evil.example)",
    "link end": "](http://evil.example) text",
    "image": "![text](http://evil.example/x.png)",
    "bare link": "http://evil.example www.evil.example",
    "heading": "# heading",
    "list": "- item",
    "emphasis": "**bold** _slanted_ ~~gone~~",
    "mention": "@everybody #1 GH-2",
    "formula": "$\\frac{a}{b}$",
    "placeholder": "{0} {name} text",
    "back slash": "back\\slash\\",
    "nul": "nul\x00nul",
    "line separator": "one\u2028two\u2029three",
    "lone line break": "one\ntwo",
    "only a line break": "\n",
    "next line": "one\x85two",
    "very long": "long " * 4000,
    "emoji": "family 👩‍👩‍👧 \U0001f469",
    "combining marks": "e\u0301" + "\u0300" * 30 + "nd",
    "noncharacters": "x\ufffe\uffffx",
}
FORMATS = ("text", "json", "jsonl", "junit", "sarif", "markdown", "github")


def small(statement: str) -> Standard:
    """A standard whose statement is the payload."""
    written: Json = {
        "language": 1,
        "standard": "small",
        "version": "1.0.0",
        "title": "Small",
        "record": {"schema": "record.schema.json"},
        "lifecycle": {
            "initial": "a",
            "phases": ["a", "b"],
            "ends": ["b"],
            "gates": {
                "g": {
                    "title": "G",
                    "standing": True,
                    "criteria": {
                        "owned": {
                            "must": statement,
                            "schema": {
                                "properties": {
                                    "risks": {"items": {"required": ["owner"]}},
                                    "value": {"enum": ["good"]},
                                    "fields": {
                                        "properties": {"a": {}},
                                        "additionalProperties": False,
                                    },
                                }
                            },
                        },
                        "not-so": {"must": statement, "expr": "record.value == 'good'"},
                    },
                }
            },
        },
    }
    # A YAML reader takes no escaped halves of a character.
    text = re.sub(
        r"\\ud[89ab]..\\ud[c-f]..", lambda pair: json.loads(f'"{pair[0]}"'), json.dumps(written)
    )
    files = {"standard.yaml": text.encode(), "record.schema.json": b"{}"}
    return load(files, "small")


def lines_of(standard: Standard, payload: str) -> list[Line]:
    value: Json = {
        "id": payload[:200],
        "title": payload,
        "phase": payload[:200],
        "risks": [
            {"id": payload[:200], "title": payload},
            {"title": payload},
            {"id": "R-3"},
        ],
        "value": payload,
        "fields": {payload[:500]: 1},
    }
    name = f"{payload[:300]}/x.yaml"
    document: Document = read_json(json.dumps(value).encode(), name)
    record = read_record(standard, document)
    error = InvalidDocument(payload, source=name, line=2, column=3, remedy=payload)
    return [
        Checked(record, assess(standard, "g", record, now=NOW), name),
        Unreadable(name, error, 2, 3),
    ]


def written(name: str, payload: str, style: Style | None = None) -> str:
    standard = small(payload if payload.strip() else "x")
    run = Run(standard, NOW, (Reason("fact-by-hand", None, {"fact": payload}),))
    return b"".join(writer_of(name)(run, lines_of(standard, payload), style or Style())).decode(
        "utf-8"
    )


def harmful(text: str, but: str = "\n\t") -> list[str]:
    """Characters that a terminal or a reader's eye can be misled by."""
    return [
        f"U+{ord(sign):04X}"
        for sign in text
        if sign not in but and unicodedata.category(sign) in escape.HARMFUL
    ]


def runs_a_log_command(text: str) -> list[str]:
    return [
        line
        for line in text.split("\n")
        if line.lstrip().startswith("::") or re.search(r"##[A-Za-z]*\[", line)
    ]


def words_of(payload: str) -> set[str]:
    """Runs of letters by which a reader recognizes it."""
    return set(re.findall(r"[A-Za-z]{3,}", re.sub("&[a-z]+;", "", payload)))


def strings_in(value: Json) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from strings_in(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from strings_in(part)


def is_inert_text(text: str, payload: str) -> None:
    assert not harmful(text)
    assert not runs_a_log_command(text)


def is_inert_json(text: str, payload: str) -> None:
    assert not harmful(text)
    assert not runs_a_log_command(text)
    for line in text.splitlines() if text.startswith('{"record"') else [text]:
        read = json.loads(line)
        if payload.isprintable() and len(payload) <= 200:
            # JSON is data: what is read out of it is what was in the record.
            assert any(payload in one for one in strings_in(read))


def is_inert_xml(text: str, payload: str) -> None:
    read = ElementTree.fromstring(text)
    assert not harmful(text)
    known = {"testsuites", "testsuite", "properties", "property", "testcase", "failure", "error"}
    known |= {"skipped", "system-out", "system-err"}
    assert {element.tag for element in read.iter()} <= known
    assert {name for element in read.iter() for name in element.attrib} <= {
        *(
            "name",
            "package",
            "id",
            "timestamp",
            "hostname",
            "tests",
            "failures",
            "errors",
            "skipped",
        ),
        *("time", "value", "classname", "type", "message"),
    }


def is_inert_sarif(text: str, payload: str) -> None:
    assert not harmful(text)
    assert not runs_a_log_command(text)
    read = json.loads(text)
    for result in read["runs"][0]["results"]:
        message = result["message"]["text"]
        assert not harmful(message)
        assert not re.search(r"(?<!\{)\{(?!\{)[^{]*\}", message.replace("{{", "").replace("}}", ""))
        assert not re.search(r"(?<!\\)\[[^\]]*(?<!\\)\]\(", message)
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:file://)?[A-Za-z0-9_.~/%-]+", uri)


def is_inert_markdown(text: str, payload: str) -> None:
    # The zero-width space that splits mentions is ours.
    assert not harmful(text)
    assert not runs_a_log_command(text)
    rows = [line for line in text.split("\n") if line.startswith("|")]
    bars = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
    assert bars <= {4, 5}
    prose = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]`~$]", prose)
    assert not re.search(r"<(?!br>)", prose)
    assert not re.search(r"@(?!&#8203;)|(?<![#&])#(?=[0-9])", re.sub("^#+ ", "", prose, flags=re.M))
    assert "http://" not in prose
    assert "www." not in prose


def is_inert_github(text: str, payload: str) -> None:
    assert not harmful(text)
    shape = re.compile(r"::(error|warning|notice) (?:[a-z]+=[^:,]*,)*title=[^:,]*::[^\r\n]*")
    for line in text.splitlines():
        assert shape.fullmatch(line)
    assert re.sub("%(?:25|0A|0D|3A|2C)", "", text).count("%") == 0


INERT: dict[str, Callable[[str, str], None]] = {
    "text": is_inert_text,
    "json": is_inert_json,
    "jsonl": is_inert_json,
    "junit": is_inert_xml,
    "sarif": is_inert_sarif,
    "markdown": is_inert_markdown,
    "github": is_inert_github,
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_payload_is_inert_and_recognizable(name: str, payload: str) -> None:
    text = written(name, payload)
    INERT[name](text, payload)
    unescaped = re.sub(r"%[0-9A-F]{2}|\\u[0-9a-f]{4}|&[a-z]+;|\\(?=[^A-Za-z])", "", text)
    assert {word for word in words_of(payload) if word not in unescaped} == set()


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_payload_breaks_no_coloured_text_on_a_terminal(payload: str) -> None:
    text = written("text", payload, Style(width=80, colour=True))
    is_inert_text(re.sub(r"\x1b\[(?:31;1|33;1|33|36|0)m", "", text), payload)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_line_of_json_stays_one_line(payload: str) -> None:
    text = written("jsonl", payload)
    assert len(text.splitlines()) == 2
    assert text.isascii() or not harmful(text)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_json_reads_back_exactly(payload: str) -> None:
    assert json.loads(escape.json_bytes({payload: [payload]})) == {payload: [payload]}


def test_half_a_character_in_a_files_name_is_replaced() -> None:
    """A file's name may be no UTF-8; Python shows it with lone surrogates."""
    assert json.loads(escape.json_bytes({"file": "x\udcff.yaml"})) == {"file": "x\ufffd.yaml"}
    assert escape.terminal("x\udcff.yaml") == "x\ufffd.yaml"


def test_a_harmless_text_is_left_as_it_is() -> None:
    for text in ("projects/atlas.yaml:3:1", "Blåbærsyltetøy", "日本", "a\tb", ""):
        assert escape.clean(text) == text
        assert escape.terminal(text) == text
