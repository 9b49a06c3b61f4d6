"""The peer of JSON Lines, as a program: orjson in, sixteen bare calls, orjson out.

python bare_lines.py SCHEMAS.json RECORDS.jsonl OUT.jsonl
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import jsonschema_rs
import orjson


def compiled(schemas: Sequence[object]) -> list[Callable[[object], bool]]:
    """The bound `is_valid` of each schema, with the options that pmo uses."""
    return [
        jsonschema_rs.Draft202012Validator(
            schema,  # type: ignore[arg-type]
            offline=True,
            validate_formats=True,
            pattern_options=jsonschema_rs.RegexOptions(),
        ).is_valid
        for schema in schemas
    ]


def through(calls: Sequence[Callable[[object], bool]], source: Path, target: Path) -> int:
    """Parse each line, make every call on it, write it out again; how many satisfied all."""
    ready = 0
    with source.open("rb") as lines, target.open("wb") as out:
        for line in lines:
            record = orjson.loads(line)
            holds = True
            for call in calls:
                holds = call(record) and holds
            ready += holds
            out.write(orjson.dumps(record) + b"\n")
    return ready


if __name__ == "__main__":
    read = orjson.loads(Path(sys.argv[1]).read_bytes())
    sys.stdout.write(f"{through(compiled(read), Path(sys.argv[2]), Path(sys.argv[3]))}\n")
