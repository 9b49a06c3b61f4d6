"""From a package's files to a `Standard`: read, check, expand, look up, compile.

Faults gather on the way, so that an author sees all of them at once, each with its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmo_core.documents import Scalars, join_pointer, read_document
from pmo_core.documents.shapes import as_list, as_object, as_text
from pmo_core.errors import InvalidStandard
from pmo_core.standards.build import Builder
from pmo_core.standards.expand import expand
from pmo_core.standards.faults import Fault, raise_all
from pmo_core.standards.grammar import faults as grammar_faults
from pmo_core.standards.model import Artefact, Binding, Role, Standard, Track
from pmo_core.standards.names import Names, flat_phases
from pmo_core.standards.params import param_faults

if TYPE_CHECKING:
    from pmo_core.documents import Document, Json, JsonObject

FILE = "standard.yaml"


def load(files: Mapping[str, bytes], where: str = "") -> Standard:
    """The standard in a package.

    Args:
        files: the package's files by path within it, with `/`; read as they are asked for.
        where: the package's folder as people know it, for messages.

    Raises:
        InvalidStandard: what is wrong, with file, line and column; further faults in `also`.
    """
    data = files.get(FILE)
    if data is None:
        raise InvalidStandard(
            f"no {FILE} in it",
            source=where or None,
            remedy="A standard is a folder with a standard.yaml",
        )
    name = f"{where}/{FILE}" if where else FILE
    document = _read(data, name)
    raise_all(
        document,
        grammar_faults(document.value, lambda: _read(data, name, Scalars.STRINGS).value),
    )
    assert isinstance(document.value, dict)
    if "extends" in document.value:
        raise_all(
            document,
            [
                Fault(
                    "/extends",
                    "this version of pmo reads tailorings but does not resolve them yet",
                    "Write the standard out whole",
                )
            ],
        )
    expanded = expand(document.value)
    names = Names(expanded.model)
    names.faults.extend(expanded.faults)
    names.faults.extend(param_faults(as_object(expanded.model.get("params"))))
    single = "tracks" not in as_object(document.value["lifecycle"])
    tracks = _tracks(expanded.model, single, names.faults)
    builder = Builder(expanded, names, tracks, files, where)
    standard = _standard(expanded.model, document, builder, tracks)
    names.procedure(expanded.model)
    builder.procedure(expanded.model)
    raise_all(document, builder.all_faults())
    assert standard is not None
    return standard


def _read(data: bytes, name: str, scalars: Scalars = Scalars.TYPED) -> Document:
    from pmo_core.errors import InvalidDocument

    try:
        return read_document(data, name, scalars=scalars)
    except InvalidDocument as error:
        raise error.told_as(InvalidStandard) from None


def _standard(
    model: JsonObject, document: Document, builder: Builder, tracks: Mapping[str, Track]
) -> Standard | None:
    binding = as_object(model["record"])
    phases = as_object(binding["phase"])
    for track in phases:
        builder.names.check("track", track, tracks, join_pointer(("record", "phase", track)))
    for track in tracks:
        if track not in phases:
            builder.names.faults.append(
                Fault(
                    "/record/phase",
                    f"nothing says where a record claims its phase of track {track!r}",
                    f"Add '{track}: /{track}', or the pointer that it is",
                )
            )
    record_schema = builder.file_schema(str(binding["schema"]), "/record/schema")
    predicates = builder.predicates()
    gates = builder.gates()
    if record_schema is None or builder.all_faults():
        return None
    needs = as_object(model.get("needs"))
    reading = as_object(model.get("reading"))
    strings = reading.get("scalars") == "strings"
    return Standard(
        id=str(model["standard"]),
        version=str(model["version"]),
        title=_text(model.get("title"), str(model["standard"])),
        scalars=Scalars.STRINGS if strings else Scalars.TYPED,
        binding=Binding(
            id=str(binding["id"]),
            title=str(binding["title"]),
            phase={track: str(pointer) for track, pointer in phases.items()},
            answers=str(binding["answers"]),
            artefacts=str(binding["artefacts"]),
        ),
        record_schema=record_schema,
        facts={name: as_object(fact) for name, fact in as_object(needs.get("facts")).items()},
        params={
            name: as_object(param).get("default")
            for name, param in as_object(model.get("params")).items()
        },
        predicates=predicates,
        artefacts=_artefacts(model, builder),
        roles=_roles(model),
        tracks=tracks,
        gates=gates,
        model=model,
        document=document,
        expressions=builder.expressions,
        shelf=builder.shelf,
        files=builder.files,
        cases=builder.cases,
    )


def _tracks(model: JsonObject, single: bool, faults: list[Fault]) -> dict[str, Track]:
    """The tracks; of a `single` one the keys stand in `lifecycle` itself."""
    written = as_object(as_object(model["lifecycle"])["tracks"])
    return {
        name: _track(
            name,
            as_object(track),
            "/lifecycle" if single else join_pointer(("lifecycle", "tracks", name)),
            faults,
        )
        for name, track in written.items()
    }


def _track(name: str, written: JsonObject, here: str, faults: list[Fault]) -> Track:
    ranks: dict[str, int] = {}
    phases = written.get("phases")
    for rank, group in enumerate(phases if isinstance(phases, list) else []):
        for phase in flat_phases([group]):
            if phase in ranks:
                faults.append(Fault(f"{here}/phases/{rank}", f"phase {phase!r} stands twice"))
            ranks[phase] = rank
    initial = str(written.get("initial"))
    ends = [str(end) for end in as_list(written.get("ends"))]
    named = [("initial", initial), *((f"ends/{index}", end) for index, end in enumerate(ends))]
    for key, phase in named:
        if phase not in ranks:
            faults.append(
                Fault(
                    f"{here}/{key}",
                    f"{phase!r} is no phase of track {name!r}",
                    f"Its phases: {', '.join(ranks)}",
                )
            )
    values = {text: str(phase) for text, phase in as_object(written.get("values")).items()}
    for text, phase in values.items():
        if phase not in ranks:
            faults.append(
                Fault(
                    f"{here}{join_pointer(('values', text))}",
                    f"{phase!r} is no phase of track {name!r}",
                )
            )
    return Track(
        id=name,
        initial=initial,
        phases=tuple(ranks),
        ranks=ranks,
        ends=frozenset(ends),
        values=values,
        unlisted_is_note=written.get("unlisted") == "note",
        missing_is_initial=written.get("missing") == "initial",
    )


def _artefacts(model: JsonObject, builder: Builder) -> dict[str, Artefact]:
    return {
        name: Artefact(
            id=name,
            title=_text(as_object(artefact).get("title"), name),
            states=tuple(str(state) for state in as_list(as_object(artefact).get("states"))),
            accountable=as_text(as_object(artefact).get("accountable")),
            responsible=as_text(as_object(artefact).get("responsible")),
            template=as_text(as_object(artefact).get("template")),
            lead_time=builder.span(as_object(artefact).get("lead-time")),
        )
        for name, artefact in as_object(model.get("artefacts")).items()
    }


def _roles(model: JsonObject) -> dict[str, Role]:
    roles = {
        name: Role(name, _text(as_object(role).get("title"), name))
        for name, role in as_object(model.get("roles")).items()
    }
    for name, body in as_object(model.get("bodies")).items():
        members = as_object(body).get("members")
        roles[name] = Role(
            name,
            _text(as_object(body).get("title"), name),
            tuple(str(member) for member in members) if isinstance(members, list) else (),
            is_body=True,
        )
    return roles


def _text(value: Json, otherwise: str) -> str | Mapping[str, str]:
    if isinstance(value, dict):
        return {tag: str(text) for tag, text in value.items()}
    return str(value) if value is not None else otherwise
