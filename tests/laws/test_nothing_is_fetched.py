"""S7.1: the retriever always refuses: no schema, whoever writes it, makes anybody look elsewhere.

The engine is native code, which Python cannot watch; so a server of our own listens, and whoever
fetches from it is seen by it.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_core.documents import Json
from pmo_core.errors import InvalidStandard
from pmo_core.standards.model import Standard
from pmo_core.testing.builders import a_standard, assessed


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A server on this machine; Python's own connections and look-ups are refused besides."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)

        def refuse(*_arguments: object, **_options: object) -> None:
            raise AssertionError("a connection was tried")

        for name in ("connect", "connect_ex"):
            monkeypatch.setattr(socket.socket, name, refuse)
        for name in ("getaddrinfo", "create_connection", "gethostbyname"):
            monkeypatch.setattr(socket, name, refuse)
        yield server


def nobody_called(server: socket.socket) -> bool:
    try:
        server.accept()
    except BlockingIOError:
        return True
    return False


def an_address(server: socket.socket, rest: str = "/a.json") -> str:
    return f"http://127.0.0.1:{server.getsockname()[1]}{rest}"


def with_criterion(schema: Json) -> Standard:
    return a_standard({"it": {"must": "It is so", "schema": schema}})


@pytest.mark.parametrize(
    "keys",
    [
        ("$ref",),
        ("$dynamicRef",),
        ("properties", "a", "$ref"),
        ("allOf", 0, "$ref"),
        ("if", "$ref"),
        ("$defs", "unused", "$ref"),
        ("contentSchema", "$ref"),
    ],
)
def test_a_reference_to_an_address_is_refused_and_not_followed(
    listener: socket.socket, keys: tuple[str | int, ...]
) -> None:
    schema: Json = an_address(listener)
    for key in reversed(keys):
        schema = [schema] if key == 0 else {str(key): schema}
    with pytest.raises(InvalidStandard, match="nothing is fetched from elsewhere"):
        with_criterion(schema)
    assert nobody_called(listener)


def test_nor_one_in_the_record_schema(listener: socket.socket) -> None:
    with pytest.raises(InvalidStandard, match="nothing is fetched from elsewhere"):
        a_standard(record_schema={"properties": {"a": {"$ref": an_address(listener)}}})
    assert nobody_called(listener)


def test_nor_one_in_a_predicate(listener: socket.socket) -> None:
    with pytest.raises(InvalidStandard, match="nothing is fetched from elsewhere"):
        a_standard(predicates={"odd": {"schema": {"$ref": an_address(listener)}}})
    assert nobody_called(listener)


def test_an_id_makes_no_base_for_references(listener: socket.socket) -> None:
    """A reference below it starts at the package all the same."""
    schema: Json = {"$id": an_address(listener), "properties": {"a": {"$ref": "b.json"}}}
    with pytest.raises(InvalidStandard, match=r"no file 'b\.json'"):
        with_criterion(schema)
    assert nobody_called(listener)


@pytest.mark.parametrize("keyword", ["$schema", "$vocabulary"])
def test_a_dialect_is_not_looked_up(listener: socket.socket, keyword: str) -> None:
    with pytest.raises(InvalidStandard):
        with_criterion({keyword: an_address(listener)})
    assert nobody_called(listener)


def test_an_address_that_is_only_text_is_only_text(listener: socket.socket) -> None:
    """While it judges, too: formats, examples, content."""
    address = an_address(listener)
    standard = with_criterion(
        {
            "description": address,
            "examples": [{"$ref": address}],
            "default": {"$ref": address},
            "x-more": {"$ref": address},
            "properties": {
                "site": {"format": "uri"},
                "$ref": {"const": address},
                "text": {"contentMediaType": "application/json", "contentEncoding": "base64"},
            },
            "enum": [{"id": "atlas", "phase": "planning", "site": address, "$ref": address}],
        }
    )
    found = assessed(standard, {"site": address, "$ref": address})
    assert found.verdict == "ready"
    assert assessed(standard, {"site": "x", "$ref": 1, "$schema": address}).verdict == "blocked"
    assert nobody_called(listener)


@pytest.mark.parametrize("form", ["file://{}", "{}", "file:{}", "/../../../../../..{}"])
def test_no_file_outside_the_package_is_read(tmp_path: Path, form: str) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text("true")
    with pytest.raises(InvalidStandard, match=r"no file|nothing is fetched|lies outside"):
        with_criterion({"$ref": form.format(outside.as_posix())})
