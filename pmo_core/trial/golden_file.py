"""Golden projects as they are written: a record, inputs, and what a standard must find.

The form is `golden.schema.json`, which editors read too; each file is `golden/NAME.yaml` of a
standard's package.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pkgutil import get_data
from posixpath import join, normpath
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

import jsonschema_rs

from pmo_core.documents import Json, JsonObject, Scalars, join_pointer, read_document
from pmo_core.documents.merge_patch import merge_patch
from pmo_core.documents.shapes import as_object, as_text
from pmo_core.errors import InvalidDocument, InvalidStandard
from pmo_core.standards.faults import Fault, did_you_mean, raise_all
from pmo_core.standards.grammar_forms import shown
from pmo_core.standards.instants import InvalidTime, find_zone, parse_instant
from pmo_core.trial.golden_inputs import read_inputs

if TYPE_CHECKING:
    from datetime import datetime

    from pmo_core.documents import Document
    from pmo_core.standards.inputs import Inputs
    from pmo_core.standards.model import Standard

FOLDER = "golden/"
_FORM = "See the schema pmo:golden/1 for the form"
_TYPES = MappingProxyType({"object": "a map", "array": "a list", "string": "text"})


@dataclass(frozen=True, slots=True)
class Expected:
    """What one finding must be: its result, and codes and places that must be among its reasons."""

    result: str
    codes: tuple[str, ...] = ()
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Golden:
    """A golden project, ready to be assessed.

    Attributes:
        path: its file within the package.
        entry: the verdict expected over the entrance criteria; None where none is.
        document: keeps positions, for what differs.
    """

    path: str
    title: str
    gate: str
    occurrence: str
    now: datetime
    record: JsonObject
    inputs: Inputs
    verdict: str
    entry: str | None
    findings: Mapping[str, Expected]
    document: Document


def golden_paths(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The golden files of a package, in order; what lies in folders below is material for them."""
    return tuple(
        sorted(
            path
            for path in files
            if path.startswith(FOLDER)
            and path.endswith((".yaml", ".yml"))
            and "/" not in path[len(FOLDER) :]
        )
    )


def read_golden(
    standard: Standard, files: Mapping[str, bytes], path: str, where: str = ""
) -> Golden:
    """The golden project in a file of a package.

    Args:
        files: the package's files, by path within it.
        path: as `golden_paths` gives it.
        where: the package's folder as people know it, for messages.

    Raises:
        InvalidStandard: what is wrong in it, with file, line and column.
    """
    document = _read(files[path], _named(where, path), Scalars.TYPED)
    raise_all(document, list(_faults(standard, document.value)))
    written = as_object(document.value)
    expect = as_object(written["expect"])
    inputs, faults = read_inputs(standard, written)
    raise_all(document, faults)
    return Golden(
        path=path,
        title=str(written["title"]),
        gate=str(written["gate"]),
        occurrence=str(written.get("occurrence", "")),
        now=parse_instant(str(written["now"])),
        record=_record(standard, files, path, where, document),
        inputs=inputs,
        verdict=str(expect["verdict"]),
        entry=as_text(expect.get("entry")),
        findings={name: _expected(one) for name, one in as_object(expect.get("findings")).items()},
        document=document,
    )


@cache
def golden_schema() -> JsonObject:
    """The JSON Schema of a golden file, `pmo:golden/1`; not to be changed by who gets it."""
    data = get_data("pmo_core.trial", "golden.schema.json")
    assert data is not None
    schema: JsonObject = json.loads(data)
    return schema


def _faults(standard: Standard, value: Json) -> Iterator[Fault]:
    found = list(_form_faults(value))
    yield from found
    if found:
        return
    written = as_object(value)
    gate = str(written["gate"])
    if gate not in standard.gates:
        hint = did_you_mean(gate, standard.gates)
        yield Fault("/gate", f"{standard.name} has no gate {gate!r}", hint)
    for key, parse in (("now", parse_instant), ("zone", find_zone)):
        try:
            parse(str(written.get(key, "UTC")))
        except InvalidTime as error:
            yield Fault(f"/{key}", str(error), "Correct it")


def _form_faults(value: Json) -> Iterator[Fault]:
    kinds = jsonschema_rs.ValidationErrorKind
    for error in _validator().iter_errors(value):
        pointer = join_pointer(str(token) for token in error.instance_path)
        schema = as_object(_at(golden_schema(), error.schema_path[:-1]))
        if isinstance(error.kind, kinds.AdditionalProperties):
            for key in error.kind.unexpected:
                hint = did_you_mean(key, as_object(schema.get("properties")))
                here = pointer + join_pointer((key,))
                yield Fault(here, f"a golden file has no key {key!r} here", hint, True)
        elif isinstance(error.kind, kinds.Required):
            yield Fault(pointer, f"{error.kind.property!r} is missing", "Add it")
        else:
            yield Fault(pointer, *_form(error, schema))


def _form(error: jsonschema_rs.ValidationError, schema: JsonObject) -> tuple[str, str]:
    """What is wrong with a value, and what it should be."""
    found = cast("Json", error.instance)
    options = schema.get("enum")
    if isinstance(options, list):
        return f"{error.instance!r} is no value here", f"Known: {', '.join(map(str, options))}"
    said = schema.get("errorMessage")
    if isinstance(said, str):
        return f"{shown(found)} has the wrong form", said
    wanted = schema.get("type")
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Type) and wanted is not None:
        types = wanted if isinstance(wanted, list) else [wanted]
        words = " or ".join(_TYPES.get(str(one), str(one)) for one in types)
        return f"{shown(found)} stands where {words} is needed", _FORM
    return error.message, _FORM


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(golden_schema(), offline=True)


def _at(value: Json, path: Sequence[str | int]) -> Json:
    for token in path:
        value = value[token]  # type: ignore[index]
    return value


def _record(
    standard: Standard, files: Mapping[str, bytes], path: str, where: str, document: Document
) -> JsonObject:
    """The record as its standard reads text (S2.2), changed by the patch."""
    as_text = document
    if standard.scalars is Scalars.STRINGS:
        as_text = _read(files[path], document.name, Scalars.STRINGS)
    written, texts = as_object(document.value), as_object(as_text.value)
    record = texts["record"]
    if isinstance(record, str):
        record = _record_file(standard, files, path, record, where, document)
    patch = _with_nulls(texts.get("patch", {}), written.get("patch", {}))
    return as_object(merge_patch(record, patch))


def _record_file(
    standard: Standard,
    files: Mapping[str, bytes],
    path: str,
    record: str,
    where: str,
    document: Document,
) -> Json:
    found = normpath(join(path.rpartition("/")[0], record))
    data = files.get(found)
    if data is None:
        raise_all(document, [Fault("/record", f"the package has no file {found!r}", "Add it")])
        return None
    read = _read(data, _named(where, found), standard.scalars)
    if not isinstance(read.value, dict):
        raise_all(read, [Fault("", "a project record is an object with named fields")])
    return read.value


def _with_nulls(text: Json, typed: Json) -> Json:
    """The patch with texts as the standard reads them, and null where null was written."""
    if typed is None:
        return None
    if isinstance(text, dict) and isinstance(typed, dict):
        return {key: _with_nulls(part, typed[key]) for key, part in text.items()}
    return text


def _expected(written: Json) -> Expected:
    if isinstance(written, str):
        return Expected(written)
    said = as_object(written)
    return Expected(str(said["result"]), _texts(said.get("codes")), _texts(said.get("at")))


def _read(data: bytes, name: str, scalars: Scalars) -> Document:
    try:
        return read_document(data, name, scalars=scalars)
    except InvalidDocument as error:
        raise error.told_as(InvalidStandard) from None


def _named(where: str, path: str) -> str:
    return f"{where}/{path}" if where else path


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
