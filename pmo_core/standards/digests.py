"""What pins, assessments and waivers cite of a standard: its three digests (S17.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmo_core.documents import digest, digest_bytes

if TYPE_CHECKING:
    from pmo_core.documents import Digest, Json, JsonObject

WORDS = frozenset({"guidance", "lead-time", "title", "example"})


def content_digest(files: Mapping[str, bytes]) -> Digest:
    """What a pin cites: the bytes of every file of a package, by path."""
    return digest({path: digest_bytes(files[path]) for path in files})


def resolved_digest(model: JsonObject, schemas: JsonObject) -> Digest:
    """What an assessment cites: the model without sugar, and the schema files that it uses."""
    return digest({"model": model, "schemas": schemas})


def criterion_digest(model: JsonObject) -> Digest:
    """What a waiver binds to: a resolved criterion as it is judged. Better words do not end it."""
    kept: JsonObject = {key: value for key, value in model.items() if key not in WORDS}
    score = kept.get("score")
    items = score.get("items") if isinstance(score, dict) else None
    if isinstance(score, dict) and isinstance(items, dict):
        plain: JsonObject = {name: _without_title(item) for name, item in items.items()}
        kept["score"] = {**score, "items": plain}
    return digest(kept)


def _without_title(item: Json) -> Json:
    if not isinstance(item, dict):
        return item
    return {key: value for key, value in item.items() if key != "title"}
