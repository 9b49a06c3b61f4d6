"""What a shell may complete: standards, gates, topics, plugins, rules, files.

Completion runs while somebody types: whatever is wrong with a standard or a plugin, it offers
less, and never says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
def topics(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Everything that `guide` has a page of: gates, criteria, artefacts."""
    found = _standard(ctx)
    return _starting([*found.gates, *_criteria(found), *found.artefacts], incomplete)


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


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files and folders, which the shell itself completes."""
    return [CompletionItem(incomplete, type="file")]


def _standard(ctx: click.Context) -> Standard:
    from pmo_core.office.packages import load_standard

    name = ctx.params.get("standard_name") or HOUSE_STANDARD
    return load_standard(str(name))


def _criteria(standard: Standard) -> list[str]:
    return [one.id for gate in standard.gates.values() for one in gate.criteria]


def _starting(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in dict.fromkeys(names) if name.startswith(incomplete)]
