"""Write docs/reference/registers.md from the register schemas that the core ships.

python scripts/generate_registers_reference.py            write the page
python scripts/generate_registers_reference.py --check    fail where the page is out of date
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generating import REFERENCE, ROOT, cell, run, table

FOLDER = ROOT / "pmo_core" / "standards" / "registers"
INTRODUCTION = """\
# Registers

Ready-made pieces for the schema of a record: risks, benefits, milestones, budgets and others. A
record schema takes one by its name, and adds what the standard asks for beyond it:

```json
{"properties": {"risks": {"$ref": "pmo:registers/risks"}}}
```

They are shipped with the core and are never fetched. They ask for little, since what must be there
at which gate is for criteria to say. This page is generated from
`pmo_core/standards/registers/*.schema.json`. A field in **bold** is required.

"""


def pages() -> Mapping[Path, str]:
    """The one page that this makes."""
    schemas = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.schema.json"))
    ]
    parts = [INTRODUCTION, "## Contents\n\n"]
    parts += [f"- [`{schema['$id']}`](#{anchor(schema['$id'])})\n" for schema in schemas]
    parts += [schema_part(schema) for schema in schemas]
    return {REFERENCE / "registers.md": "".join(parts)}


def anchor(name: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    return "".join(sign for sign in name if sign.isalnum() or sign == "-")


def schema_part(schema: Mapping[str, Any]) -> str:
    """One register: what it holds, then each of its shapes."""
    parts = [f"\n## {schema['$id']}\n\n{sentence(schema)}\n"]
    item = entry_of(schema)
    if item is not None:
        parts.append("\n" + fields_table(item))
    for name, definition in schema.get("$defs", {}).items():
        parts.append(f"\n### {schema['$id']}#/$defs/{name}\n\n{sentence(definition)}\n")
        if definition.get("properties"):
            parts.append("\n" + fields_table(definition))
    return "".join(parts)


def entry_of(schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The schema with the fields: the register itself, or each of its entries."""
    for candidate in (schema, schema.get("items", {}), schema.get("additionalProperties", {})):
        if isinstance(candidate, dict) and candidate.get("properties"):
            return candidate
    return None


def fields_table(schema: Mapping[str, Any]) -> str:
    """Each field: its kind and meaning."""
    required = schema.get("required", ())
    rows = [
        (
            f"**`{name}`**" if name in required else f"`{name}`",
            cell(kind_of(field)),
            cell(" ".join(said(field, ("description",)))),
        )
        for name, field in schema["properties"].items()
    ]
    return table(("field", "is", "meaning"), rows)


def kind_of(schema: Mapping[str, Any]) -> str:
    """What a field holds, in a few words."""
    if "$ref" in schema:
        return f"`{schema['$ref'].removeprefix('pmo:registers/')}`"
    if "enum" in schema:
        return "one of " + ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {})) or 'values'}"
    kinds = schema.get("type", "")
    named = kinds if isinstance(kinds, str) else " or ".join(kinds)
    return f"{named} ({schema['format']})" if "format" in schema else named


def sentence(schema: Mapping[str, Any]) -> str:
    """Title, description and an example, as sentences."""
    return " ".join(said(schema))


def said(
    schema: Mapping[str, Any], keys: tuple[str, ...] = ("title", "description")
) -> Iterator[str]:
    """The sentences about a schema."""
    for key in keys:
        if schema.get(key):
            yield f"{schema[key].rstrip('.')}."
    if schema.get("examples") and schema.get("type") != "array":
        example = json.dumps(schema["examples"][0], ensure_ascii=False)
        if len(example) <= 60:
            yield f"For example `{example}`."


if __name__ == "__main__":
    sys.exit(run("generate_registers_reference.py", pages, sys.argv[1:]))
