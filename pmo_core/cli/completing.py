"""What a shell may complete: standards, gates, tracks, topics, plugins, rules, files.

Completion runs while somebody types: whatever is wrong with a standard or a plugin, it offers
less, and never says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, TypeAlias

from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    import click

    from pmo_core.standards.model import Standard

Offer: TypeAlias = "Callable[[click.Context, click.Parameter, str], list[CompletionItem]]"
"""What click calls: the context so far, the parameter, and what is typed of it."""

HOUSE_STANDARD = "essentials"


def _quietly(offer: Offer) -> Offer:
    """The same; nothing where it fails, since an error would tear up the line being typed."""

    @wraps(offer)
    def offered(
        ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        try:
            return offer(ctx, param, incomplete)
        except Exception:  # as the CLI's one handler: nothing may reach the shell
            return []

    return offered


@_quietly
def standards(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of installed standards, with a version once `@` is typed; else folders."""
    from pmo_core.office.packages import installed_packages, version_order

    installed = installed_packages()
    names: list[str] = sorted(installed)
    wanted, sign, _version = incomplete.partition("@")
    if sign:
        versions = sorted(installed.get(wanted, ()), key=version_order)
        names = [f"{wanted}@{version}" for version in versions]
    return _starting(names, incomplete) or [CompletionItem(incomplete, type="dir")]


@_quietly
def gates(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The gates of the standard that is named so far."""
    found = _standard(ctx).gates.values()
    return _starting([gate.id for gate in found], incomplete)


@_quietly
def gates_and_criteria(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Names that `standard show` knows within a standard."""
    found = _standard(ctx)
    return _starting([*found.gates, *_criteria(found)], incomplete)


@_quietly
def tracks(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The tracks of the standard that is named so far."""
    return _starting(_standard(ctx).tracks, incomplete)


@_quietly
def topics(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Everything that `guide` has a page of: gates, criteria, artefacts."""
    return _starting(
        [
            name
            for found in _standards_to_learn(ctx)
            for name in (*found.gates, *_criteria(found), *found.artefacts)
        ],
        incomplete,
    )


@_quietly
def plugins(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Installed plugins; none of them is loaded for it."""
    from pmo_core.plugins.loading import installed_plugins

    return _starting([one.name for one in installed_plugins()], incomplete)


@_quietly
def rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The rules of lint."""
    from pmo_core.trial.lint.engine import rules as all_rules

    return _starting([rule.id for rule in all_rules()], incomplete)


@_quietly
def people(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The people whom the office lists."""
    from pathlib import Path

    from pmo_core.office.settings import FILE, read_settings

    settings = read_settings(Path(_office_folder(ctx)) / FILE)
    return [
        CompletionItem(one.id, help=one.name)
        for one in settings.people.values()
        if one.id.startswith(incomplete)
    ]


@_quietly
def projects(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of the office's projects that begin so; the ledger is asked for no others."""
    from pmo_core.office.office import Office

    with Office.open(_office_folder(ctx), read_only=True) as office:
        return [CompletionItem(name) for name in office.store.project_ids(incomplete, 200)]


@_quietly
def gates_of_project(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The gates of the standard that the project is under."""
    return _starting(_standard_of_project(ctx).gates, incomplete)


@_quietly
def phases_of_office(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The phases of the office's standard that is named so far; of several tracks TRACK=PHASE."""
    tracks = _standard_of_office(ctx).tracks
    names = [
        phase if len(tracks) == 1 else f"{name}={phase}"
        for name, track in tracks.items()
        for phase in track.phases
    ]
    return _starting(names, incomplete)


@_quietly
def roles_of_office(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The roles of the office's standard as `ROLE=`; once that is typed, the people for it."""
    role, sign, _person = incomplete.partition("=")
    if sign:
        ids = [one.value for one in people(ctx, param, "")]
        return _starting([f"{role}={one}" for one in ids], incomplete)
    roles = _standard_of_office(ctx).roles.values()
    return _starting([f"{one.id}=" for one in roles if not one.is_body], incomplete)


@_quietly
def zones(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The IANA names of time zones."""
    from pkgutil import get_data

    data = get_data("tzdata", "zones") or b""
    return _starting(data.decode().split(), incomplete)


@_quietly
def criteria_of_project(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The criteria of the standard that the project is under."""
    return _starting(_criteria(_standard_of_project(ctx)), incomplete)


@_quietly
def artefacts_of_project(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The artefacts of the standard that the project is under."""
    return _starting(_standard_of_project(ctx).artefacts, incomplete)


@_quietly
def templates_of_project(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The templates of the standard that the project is under."""
    from pmo_core.standards.templates import templates_of

    return _starting(templates_of(_standard_of_project(ctx)), incomplete)


@_quietly
def states_of_artefact(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The states of the artefact that is named so far, in their order."""
    artefact = _standard_of_project(ctx).artefacts[str(ctx.params["artefact"])]
    return _starting(artefact.states, incomplete)


@_quietly
def reviews_of_project(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The keys of the project's reviews, newest first."""
    from pmo_core.office.office import Office

    with Office.open(_office_folder(ctx), read_only=True) as office:
        state = office.project(_project(ctx))
    return _starting([one.key for one in reversed(state.reviews)], incomplete)


@_quietly
def decisions_of_project(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The keys of what was decided on the project, newest first."""
    from pmo_core.office.office import Office

    with Office.open(_office_folder(ctx), read_only=True) as office:
        state = office.project(_project(ctx))
    return _starting([one.key for one in reversed(state.decisions)], incomplete)


@_quietly
def outcomes_of_project(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The outcomes of the gates of which a review is open."""
    from pmo_core.office.office import Office

    with Office.open(_office_folder(ctx), read_only=True) as office:
        state = office.project(_project(ctx))
        gates = office.standard(state.package).gates
    names = [
        outcome.id
        for review in state.reviews
        if review.status == "open"
        for outcome in gates[review.gate].outcomes
    ]
    return _starting(names, incomplete)


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files and folders, which the shell itself completes."""
    return [CompletionItem(incomplete, type="file")]


def _standard(ctx: click.Context) -> Standard:
    from pmo_core.office.packages import load_standard

    name = ctx.params.get("standard_name") or HOUSE_STANDARD
    return load_standard(str(name))


def _standards_to_learn(ctx: click.Context) -> Iterator[Standard]:
    """The standard that is named, else those of the office around, else the house's."""
    from pmo_core.errors import UnknownName
    from pmo_core.office.office import Office

    if ctx.params.get("standard_name") is None:
        try:
            folder = _office_folder(ctx)
        except UnknownName:
            folder = ""
        if folder:
            with Office.open(folder, read_only=True) as office:
                for pin in office.settings.pins:
                    yield office.standard(pin.digest)
            return
    yield _standard(ctx)


def _office_folder(ctx: click.Context) -> str:
    """The office that the command line means so far."""
    import os
    from pathlib import Path

    from pmo_core.office.finding import find_office

    return str(find_office(ctx.params.get("office_folder"), os.environ, Path.cwd()))


def _project(ctx: click.Context) -> str:
    """The project that is named; an option that awaits its value leaves arguments unread."""
    return str(ctx.params.get("project") or ctx.args[0])


def _standard_of_office(ctx: click.Context) -> Standard:
    from pmo_core.office.office import Office

    name = ctx.params.get("standard_name")
    with Office.open(_office_folder(ctx), read_only=True) as office:
        return office.standard(office.pin_named(name).digest)


def _standard_of_project(ctx: click.Context) -> Standard:
    from pmo_core.office.office import Office

    with Office.open(_office_folder(ctx), read_only=True) as office:
        state = office.project(_project(ctx))
        return office.standard(state.package)


def _criteria(standard: Standard) -> list[str]:
    return [one.id for gate in standard.gates.values() for one in gate.criteria]


def _starting(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in dict.fromkeys(names) if name.startswith(incomplete)]
