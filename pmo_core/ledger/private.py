"""Personal text apart from the chain, so that it can be erased and the chain stays whole (S15.2).

A draft writes it as `{"$private": "plain text"}`; the event holds `{"$private": DIGEST}`, where
the digest is over a random salt and the text. Without the salt, short texts could be guessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from pmo_core.documents import Digest, Json, JsonObject

SALT_BYTES: Final = 16
_MARK: Final = "$private"


class Secret(NamedTuple):
    """A personal text as the ledger keeps it, beside the chain."""

    digest: Digest
    salt: bytes
    text: str


def private(text: str) -> JsonObject:
    """Personal text as a draft's payload holds it: kept beside the chain, and erasable."""
    return {_MARK: text}


def secret(text: str, salt: bytes) -> Secret:
    """The text under its salt."""
    return Secret(digest_of(text, salt), salt, text)


def digest_of(text: str, salt: bytes) -> Digest:
    """SHA-256 over the salt and the text in UTF-8."""
    return Digest("sha256:" + hashlib.sha256(salt + text.encode()).hexdigest())


def conceal(value: Json, keep: Callable[[str], Digest]) -> Json:
    """The value with each personal text replaced by the digest that `keep` answers for it."""
    if isinstance(value, dict):
        text = _marked(value)
        if text is not None:
            return {_MARK: keep(text)}
        return {name: conceal(member, keep) for name, member in value.items()}
    if isinstance(value, list):
        return [conceal(item, keep) for item in value]
    return value


def reveal(value: Json, texts: Mapping[str, str | None]) -> Json:
    """The value of an event with texts in place of digests; null for a text that was erased."""
    if isinstance(value, dict):
        digest = _marked(value)
        if digest is not None:
            return texts.get(digest)
        return {name: reveal(member, texts) for name, member in value.items()}
    if isinstance(value, list):
        return [reveal(item, texts) for item in value]
    return value


def digests_in(value: Json) -> Iterator[str]:
    """The digests of the personal texts in the value of an event."""
    if isinstance(value, dict):
        digest = _marked(value)
        if digest is not None:
            yield digest
        else:
            for member in value.values():
                yield from digests_in(member)
    elif isinstance(value, list):
        for item in value:
            yield from digests_in(item)


def _marked(value: JsonObject) -> str | None:
    """The text or digest of `{"$private": ...}`, and None for any other object."""
    marked = value.get(_MARK) if len(value) == 1 else None
    return marked if isinstance(marked, str) else None
