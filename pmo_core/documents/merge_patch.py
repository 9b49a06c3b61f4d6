"""JSON Merge Patch (RFC 7396): a change written as the parts that change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmo_core.documents.values import Json


def merge_patch(target: Json, patch: Json) -> Json:
    """What `target` becomes: objects are merged, null removes, all else replaces (RFC 7396, 2).

    Neither argument is changed; what does not change is shared with `target`.
    """
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, part in patch.items():
        if part is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), part)
    return merged
