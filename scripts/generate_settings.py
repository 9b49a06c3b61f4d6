"""Write docs/reference/settings.md from the schema of an office's settings.

python scripts/generate_settings.py            write the page
python scripts/generate_settings.py --check    fail where the page is out of date
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from generate_language_reference import as_map, is_thing, link, section
from generating import REFERENCE, ROOT, run, table

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject

SCHEMA = ROOT / "pmo_core" / "office" / "settings.schema.json"
PAGE = REFERENCE / "settings.md"

INTRODUCTION = """\
# The settings of an office

An office is a folder with a `pmo.yaml`. This page lists every key that the file may have. It is
generated from the schema `{id}`, which each office has in `.pmo/pmo.schema.json`: an editor
that reads JSON Schema finds it by the comment on the file's first line, completes keys and marks
what is wrong while you type.

A command acts on the office that `--office DIR` names, else the one that the environment variable
`PMO_OFFICE` names, else the one in or above the folder in which it runs.

How to read the tables: a key in **bold** is required. Keys that begin with `x-` are yours in every
map whose keys are fixed: they mean nothing to pmo. Numbers such as S10.1 name rules of the
[semantics](semantics.md).

What else is in the folder:

"""
FOLDER = (
    ("`pmo.yaml`", "these settings; nothing secret", "yes", "yes"),
    ("`projects/`", "a file for each project: what is proposed", "yes", "yes"),
    (
        "`.pmo/ledger.sqlite`",
        "the history of every project, and the standards that are pinned, file by file",
        "no: two copies that went their own ways cannot be merged",
        "**yes**: it is the truth",
    ),
    ("`.pmo/*.schema.json`", "JSON Schemas for editors", "yes", "no need"),
)


def page(schema: JsonObject) -> str:
    """The whole page, as Markdown."""
    definitions = as_map(schema["$defs"])
    things = [name for name, one in definitions.items() if is_thing(as_map(one))]
    values = [name for name in definitions if name not in things]
    parts = [INTRODUCTION.format(id=schema["$id"])]
    parts.append(table(("", "holds", "version control", "backup"), list(FOLDER)))
    parts.append("\n## Contents\n\n- [Office](#office)\n")
    parts.append("".join(f"- {link(definitions, name)}\n" for name in things))
    parts.append("- [Words and values](#words-and-values): ")
    parts.append(", ".join(link(definitions, name) for name in values) + "\n")
    parts.append(section(schema, definitions, "##"))
    parts.extend(section(as_map(definitions[name]), definitions, "##") for name in things)
    parts.append("\n## Words and values\n")
    parts.extend(section(as_map(definitions[name]), definitions, "###") for name in values)
    return "".join(parts)


def pages() -> Mapping[Path, str]:
    """The page and where it lies."""
    return {PAGE: page(json.loads(SCHEMA.read_bytes()))}


if __name__ == "__main__":
    sys.exit(run("generate_settings.py", pages, sys.argv[1:]))
