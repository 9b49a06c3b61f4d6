"""What a waiver binds to: one criterion as it is judged, without its words for people (S17.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.documents import digest

if TYPE_CHECKING:
    from pmo_core.documents import Digest, Json, JsonObject

WORDS = frozenset({"guidance", "lead-time", "title", "example"})


def criterion_digest(model: JsonObject) -> Digest:
    """The digest of a resolved criterion; better words for it do not end a waiver."""
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
