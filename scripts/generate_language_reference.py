"""Write docs/reference/language.md from the meta-schema of the standard language.

python scripts/generate_language_reference.py            write the page
python scripts/generate_language_reference.py --check    fail where the page is out of date
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject

ROOT = Path(__file__).resolve().parents[1]
META = ROOT / "pmo_core" / "standards" / "language.schema.json"
PAGE = ROOT / "docs" / "reference" / "language.md"

INTRODUCTION = """\
# The standard language

A standard is a folder with a `standard.yaml`. This page lists every key that the file may have. It
is generated from the meta-schema `{id}`, the file `pmo_core/standards/language.schema.json`, which
editors read as well: with yaml-language-server, begin the file with
`# yaml-language-server: $schema=` and the path to your copy of it.

Numbers such as S5.4 name rules of the semantics, which say exactly what each key does.

How to read the tables: a key in **bold** is required; `a.b` is the key `b` of the map under `a`.
*Text* is a string, or a map from language tag to string. Keys that begin with `x-` are yours in
every map whose keys are fixed: they mean nothing to pmo. Maps whose keys are ids take any id.

"""

PLAIN = {
    "string": "string",
    "object": "map",
    "array": "list",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
}


def page(meta: JsonObject) -> str:
    """The whole page, as Markdown."""
    definitions = as_map(meta["$defs"])
    things = [name for name, schema in definitions.items() if is_thing(as_map(schema))]
    values = [name for name in definitions if name not in things]
    parts = [INTRODUCTION.format(id=meta["$id"])]
    parts.append("## Contents\n\n- [Standard](#standard)\n")
    parts.append("".join(f"- {link(definitions, name)}\n" for name in things))
    parts.append("- [Words and values](#words-and-values): ")
    parts.append(", ".join(link(definitions, name) for name in values) + "\n")
    parts.append(section(meta, definitions, "##"))
    parts.extend(section(as_map(definitions[name]), definitions, "##") for name in things)
    parts.append("\n## Words and values\n")
    parts.extend(section(as_map(definitions[name]), definitions, "###") for name in values)
    return "".join(parts)


def is_thing(schema: JsonObject) -> bool:
    """Whether it is a part of a standard, and not just the way in which some word is written."""
    return schema.get("type") == "object" or not {"$ref", "allOf", "x-noun"}.isdisjoint(schema)


def section(schema: JsonObject, definitions: JsonObject, level: str) -> str:
    """One definition: what it is, its keys, its rules, examples."""
    lines = [f"\n{level} {schema['title']}\n", f"{schema['description']}\n"]
    if schema.get("type") != "object" or "properties" not in schema:
        lines.append(f"Written as: {kind(schema, definitions)}.\n")
    rows = [
        *key_rows(schema, definitions),
        *key_rows(as_map(schema.get("else")), definitions),
    ]
    if rows:
        lines.append("\n".join(["| key | is | meaning |", "|---|---|---|", *rows]) + "\n")
    rules = list(rules_of(schema))
    if rules:
        lines.append("\n".join(f"- {rule}" for rule in rules) + "\n")
    examples = schema["examples"]
    assert isinstance(examples, list)
    lines.extend(example_block(example) for example in examples)
    return "\n".join(lines)


def key_rows(schema: JsonObject, definitions: JsonObject, above: str = "") -> Iterator[str]:
    """A table row for each key, and for the keys of maps that are defined in place."""
    required = schema.get("required")
    needed = required if isinstance(required, list) else []
    for key, value in as_map(schema.get("properties")).items():
        if not isinstance(value, dict):
            continue
        name = f"`{above}{key}`"
        yield row(
            f"**{name}**" if key in needed else name,
            kind(value, definitions),
            f"{value['description']}{short_examples(value)}",
        )
        if "$ref" not in value:
            yield from key_rows(value, definitions, f"{above}{key}.")


def row(*cells: str) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def short_examples(schema: JsonObject) -> str:
    """Examples that fit into a cell."""
    examples = schema.get("examples")
    shown = [flow(one) for one in (examples if isinstance(examples, list) else [])]
    fitting = [f"`{one}`" for one in shown if len(one) <= 70]
    return f" For example {', '.join(fitting)}." if fitting else ""


def kind(schema: JsonObject, definitions: JsonObject) -> str:
    """What a value is, in a few words with links."""
    if "$ref" in schema:
        return link(definitions, reference(schema))
    if "const" in schema:
        return f"`{flow(schema['const'])}`"
    options = schema.get("enum")
    if isinstance(options, list):
        return ", ".join(f"`{option}`" for option in options)
    types = schema.get("type")
    names = [str(one) for one in types] if isinstance(types, list) else [str(types)]
    if "type" not in schema:
        return either(schema, definitions)
    return " or ".join(kind_of_type(name, schema, definitions) for name in names)


def either(schema: JsonObject, definitions: JsonObject) -> str:
    """A word, or what its `else` says."""
    word = as_map(schema.get("if")).get("const")
    return f"`{word}` or {kind(as_map(schema.get('else')), definitions)}"


def kind_of_type(name: str, schema: JsonObject, definitions: JsonObject) -> str:
    """What a value of one type is, by the branches that are about this type."""
    for branch in (schema, *map(as_map, as_list(schema.get("allOf")))):
        about = as_map(branch.get("if")).get("type")
        if name == about or (isinstance(about, list) and name in about):
            return kind(as_map(branch.get("then")), definitions)
    if name == "array" and "items" in schema:
        return f"list of {kind(as_map(schema['items']), definitions)}"
    if name == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"map of {kind(as_map(schema['additionalProperties']), definitions)}"
    return PLAIN[name]


def rules_of(schema: JsonObject) -> Iterator[str]:
    """What holds between keys."""
    for branch in (schema, *map(as_map, as_list(schema.get("allOf")))):
        for word, phrase in (("oneOf", "Exactly one of"), ("anyOf", "At least one of")):
            keys = [as_list(as_map(one).get("required")) for one in as_list(branch.get(word))]
            if keys and all(keys):
                yield f"{phrase} {', '.join(f'`{one[0]}`' for one in keys)}."
    for key, companions in as_map(schema.get("dependentRequired")).items():
        yield f"`{key}` goes with {', '.join(f'`{one}`' for one in as_list(companions))}."
    for word in ("then", "else"):
        message = as_map(schema.get(word)).get("errorMessage")
        if isinstance(message, str):
            yield f"{message}."
    if schema.get("additionalProperties") is False and "x-" in str(schema.get("patternProperties")):
        yield "Other keys are errors, save those that begin with `x-`."


def example_block(example: Json) -> str:
    """An example as YAML."""
    text = yaml.safe_dump(example, sort_keys=False, allow_unicode=True, width=88)
    return f"```yaml\n{text.removesuffix('...' + chr(10))}```\n"


def flow(value: Json) -> str:
    """A value as YAML on one line."""
    text = yaml.safe_dump(
        value, sort_keys=False, default_flow_style=True, allow_unicode=True, width=10_000
    )
    return text.removesuffix("...\n").strip()


def link(definitions: JsonObject, name: str) -> str:
    """A link to the section of a definition."""
    title = str(as_map(definitions[name])["title"])
    return f"[{title}](#{anchor(title)})"


def anchor(title: str) -> str:
    """The anchor that Markdown viewers give a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def reference(schema: JsonObject) -> str:
    """The name of the definition that a schema refers to."""
    return str(schema["$ref"]).removeprefix("#/$defs/")


def as_map(value: Json) -> JsonObject:
    """The value where it is a map, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Json) -> list[Json]:
    """The value where it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is out of date."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail on drift")
    checking = parser.parse_args(arguments).check
    wanted = page(json.loads(META.read_bytes()))
    if not checking:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(wanted, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted:
        return 0
    print(
        f"{PAGE.relative_to(ROOT)} is out of date. "
        "Run: python scripts/generate_language_reference.py",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
