"""Bytes in (YAML, JSON, JSON Lines), values with their places out; canonical JSON, digests.

The rules are S1 and S2 of docs/reference/semantics.md. Nothing here reads a file.
"""

from __future__ import annotations

from pmo_core.documents.canonical import Digest, canonical, digest, digest_bytes
from pmo_core.documents.changes import apply, diff, merged, same
from pmo_core.documents.checking import check_value
from pmo_core.documents.document import Document, join_documents
from pmo_core.documents.fixed import document_at
from pmo_core.documents.json_lines import bounded_lines, read_json_lines
from pmo_core.documents.json_reader import parse_line, read_json
from pmo_core.documents.merging import Merge, merge3
from pmo_core.documents.places import Place
from pmo_core.documents.values import (
    DEFAULT_LIMITS,
    MISSING,
    Json,
    JsonObject,
    Limits,
    Missing,
    Pointer,
    Scalars,
    join_pointer,
    resolve,
    split_pointer,
)
from pmo_core.documents.yaml_reader import read_yaml, read_yaml_stream

__all__ = [
    "DEFAULT_LIMITS",
    "MISSING",
    "Digest",
    "Document",
    "Json",
    "JsonObject",
    "Limits",
    "Merge",
    "Missing",
    "Place",
    "Pointer",
    "Scalars",
    "apply",
    "bounded_lines",
    "canonical",
    "check_value",
    "diff",
    "digest",
    "digest_bytes",
    "document_at",
    "join_documents",
    "join_pointer",
    "merge3",
    "merged",
    "parse_line",
    "read_document",
    "read_json",
    "read_json_lines",
    "read_yaml",
    "read_yaml_stream",
    "resolve",
    "same",
    "split_pointer",
]

_JSON_ENDINGS = (".json", ".jsonl")


def read_document(
    data: bytes,
    name: str,
    *,
    scalars: Scalars = Scalars.TYPED,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """Read one document: JSON where `name` ends in `.json` or `.jsonl`, else YAML.

    Raises:
        InvalidDocument: as `read_json` and `read_yaml`.
    """
    read = read_json if name.lower().endswith(_JSON_ENDINGS) else read_yaml
    return read(data, name, scalars=scalars, limits=limits)
