"""A record that we write is completed, explained and checked by an editor, without any set-up.

The server is the one that editors use, driven as they drive it. It gets no network: whatever opens
a connection fails, and is written down. It is installed from npm, into the folder that
`PMO_NODE_MODULES` names, or for this run only.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pmo_core import assess, load_standard
from pmo_core.documents import JsonObject
from pmo_core.office.record_files import schema_file_name
from pmo_core.render.commented_record import commented_record
from pmo_core.render.record_yaml import record_yaml
from pmo_core.standards.bundle import bundled_record_schema
from pmo_core.standards.record import checked_record

from .language_server import LanguageServer, installed_server

SETTINGS = {
    "yaml": {
        "validate": True,
        "completion": True,
        "hover": True,
        "schemaStore": {"enable": False, "url": ""},
    },
    "http": {"proxy": "", "proxyStrictSSL": False},
    "[yaml]": {},
}
NO_NETWORK = """
const write = require("fs").appendFileSync;
const refuse = (what) => () => {
  write(process.env.PMO_CONNECTIONS, what + "\\n");
  throw new Error("no network here");
};
require("net").Socket.prototype.connect = refuse("connect");
require("dns").lookup = refuse("lookup");
"""
RECORD: JsonObject = {
    "id": "street-works",
    "title": "Street works",
    "risks": [{"id": "R-1", "title": "Rain", "status": "open"}],
}


class Editor(NamedTuple):
    """An office's folder, opened in an editor."""

    server: LanguageServer
    office: Path
    connections: Path

    def opened(self, name: str, text: str) -> tuple[Path, list[dict[str, Any]]]:
        """A record's file, and what the editor underlines in it."""
        path = self.office / "projects" / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path, self.server.open(path)


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """A server without network, and an office with the schema that its records name."""
    folder = tmp_path_factory.mktemp("editor")
    modules = Path(os.environ.get("PMO_NODE_MODULES") or folder / "node")
    program = installed_server(modules)
    office = folder / "office"
    for name in ("projects", ".pmo"):
        (office / name).mkdir(parents=True)
    standard = load_standard("pm2")
    schema = json.dumps(bundled_record_schema(standard))
    (office / ".pmo" / schema_file_name(standard)).write_text(schema, encoding="utf-8")
    (folder / "no-network.js").write_text(NO_NETWORK, encoding="utf-8")
    connections = folder / "connections"
    connections.touch()
    environment = {
        "NODE_OPTIONS": f"--require={folder / 'no-network.js'}",
        "PMO_CONNECTIONS": str(connections),
    }
    server = LanguageServer(program, SETTINGS, environment)
    yield Editor(server, office, connections)
    server.close()
    if modules.parent == folder:
        shutil.rmtree(modules)  # 20 MB


def written(record: JsonObject) -> str:
    """The record as `pmo` writes it below `projects/`."""
    schema = schema_file_name(load_standard("pm2"))
    return record_yaml(record, schema_ref=f"../.pmo/{schema}", version=1)


def test_nothing_is_wrong_with_a_record_that_is_right(editor: Editor) -> None:
    _path, found = editor.opened("right", written(RECORD))
    assert found == []


def test_a_wrong_value_is_underlined_where_it_stands(editor: Editor) -> None:
    text = written(RECORD).replace("status: open", "status: opened")
    _path, found = editor.opened("wrong", text)
    (one,) = found
    line = one["range"]["start"]["line"]
    assert text.split("\n")[line].strip() == "status: opened"
    assert "materialised" in one["message"]


def test_a_field_that_no_record_has_is_underlined(editor: Editor) -> None:
    _path, found = editor.opened("unknown", written({**RECORD, "titel": "Twice"}))
    assert ["titel" in one["message"] for one in found] == [True]


def test_fields_are_completed_at_the_top_and_in_a_register(editor: Editor) -> None:
    text = written(RECORD)
    path, _found = editor.opened("completed", f"{text}    \nben\n")
    lines = text.count("\n")
    inside = completed(editor, path, lines, 4)
    assert {"owner", "response", "probability"} <= inside
    assert "benefits" not in inside
    assert "benefits" in completed(editor, path, lines + 1, 3)


def test_a_field_is_explained_by_the_words_of_the_standard(editor: Editor) -> None:
    text = written(RECORD)
    path, _found = editor.opened("explained", text)
    line = text.split("\n").index("    status: open")
    contents = editor.server.at("textDocument/hover", path, line, 6)["contents"]
    told = contents if isinstance(contents, str) else contents["value"]
    assert "materialised: it happened" in told.replace("\\", "")


def test_the_file_of_a_new_project_is_completed_among_its_comments(editor: Editor) -> None:
    standard = load_standard("pm2")
    value: JsonObject = {"id": "street-works", "title": "Street works", "phase": "initiating"}
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    found = assess(standard, "ready-for-planning", checked_record(standard, value), now=now)
    schema_ref = f"../.pmo/{schema_file_name(standard)}"
    text = commented_record(value, standard, [found], schema_ref=schema_ref, version=1)
    _path, wrong = editor.opened("new", text)
    assert wrong == []
    path, _wrong = editor.opened("begun", f"{text}ri\n")
    assert "risks" in completed(editor, path, text.count("\n"), 2)


def test_no_connection_is_opened(editor: Editor) -> None:
    before = editor.connections.read_text(encoding="utf-8")
    editor.opened("offline", written(RECORD))
    assert editor.connections.read_text(encoding="utf-8") == before


def test_a_connection_would_have_been_seen(editor: Editor) -> None:
    before = editor.connections.read_text(encoding="utf-8")
    elsewhere = "http://127.0.0.1:9/record.schema.json"
    editor.opened("online", record_yaml(RECORD, schema_ref=elsewhere, version=1))
    assert editor.connections.read_text(encoding="utf-8") != before


def completed(editor: Editor, path: Path, line: int, character: int) -> set[str]:
    """What the editor offers there."""
    answer = editor.server.at("textDocument/completion", path, line, character)
    items = answer["items"] if isinstance(answer, dict) else answer
    return {str(item["label"]) for item in items}
