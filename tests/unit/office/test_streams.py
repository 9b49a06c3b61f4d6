"""What a stream without a name is taken for."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from pmo_core.documents import Scalars
from pmo_core.office.sources import open_batch
from pmo_core.office.streams import Form, form_of

LINES = (
    b'{"id": "x"}\n[1]\n{"id": "y"}\n',
    b'\n  \n{"id": "x"}\n{"id": "y"}\n',
    b'\xef\xbb\xbf{"id": "x"}\n{"id": "y"}\n',
    b'\xef\xbb\xbf\n{"id": "x"}\n\n\n{"id": "y"}',
    b'[1]\n{"id": "y"}\n',
    b'null\n{"id": "y"}\n',
    b'{"id": "x",}\n{"id": "y"}\n',
    b'{"id": "x"}\noops\n{"id": "y"}\n',
    b'{"id": "x"}',
    b'{"id": "x"}\r\n{"id": "y"}\r\n',
)


@pytest.mark.parametrize("data", LINES)
def test_json_lines_are_read_from_a_stream_as_from_a_file(data: bytes, tmp_path: Path) -> None:
    """S2.3: the same bytes give the same records, and the same faults, wherever they come from."""
    file = tmp_path / "records.jsonl"
    file.write_bytes(data)

    def read(name: str) -> list[object]:
        batch = open_batch([name], Scalars.TYPED, lambda: BytesIO(data), lambda *_: None)
        return [
            (
                found.line,
                found.column,
                found.among_others,
                found.document and found.document.value,
                found.error and found.error.message,
            )
            for found in batch
        ]

    assert read("-") == read(str(file))


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b'{\n  "id": "x"\n}\n', Form.JSON),
        (b'[{"id": "x"}]\n', Form.JSON),
        (b"\n\n{\n", Form.JSON),
        (b"id: x\n---\nid: y\n", Form.YAML),
        (b"# {}\n{}\n", Form.YAML),
        (b"", Form.YAML),
        (b'"a": 1\n"b": 2\n', Form.YAML),
    ],
)
def test_what_is_no_json_lines_is_one_document_or_yaml(data: bytes, form: Form) -> None:
    assert form_of(BytesIO(data)) is form
