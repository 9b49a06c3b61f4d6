"""What commands of an office take besides their own: the office, the time, who acts and why."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

import click

from pmo_core.cli import completing
from pmo_core.cli.invocation import Invocation, instant
from pmo_core.errors import UnknownName

if TYPE_CHECKING:
    from pmo_core.office.acts import Acting
    from pmo_core.office.office import Office

P = ParamSpec("P")
R = TypeVar("R")

ACTOR_VARIABLE = "PMO_AS"
"""Names the person who acts, where `--as` does not."""
LOGIN = "login of the operating system"


class Desk(NamedTuple):
    """What the options settle; a command gets it as its argument `desk`.

    Attributes:
        office_folder: as `--office` names it; None: found by `PMO_OFFICE`, or upwards from here.
        at: the time that was asked for; None: now.
        who: as `--as` names the person; None where nobody did.
    """

    office_folder: str | None
    at: datetime | None
    who: str | None = None
    reason: str | None = None
    version: int | None = None
    key: str | None = None
    dry_run: bool = False

    @contextmanager
    def office(self, *, read_only: bool = False) -> Iterator[Office]:
        """The office, open."""
        from pmo_core.office.office import Office  # start-up

        called = click.get_current_context().find_object(Invocation)
        clock = None if called is None else called.clock
        with Office.open(self.office_folder, clock=clock, read_only=read_only) as found:
            yield found

    def acting(self, office: Office) -> Acting:
        """Who acts, why, upon what and when, as the office's commands take it.

        Raises:
            UnknownName: the office knows nobody of that id.
        """
        from pmo_core.cli.acting_notes import note_ahead, note_login  # start-up

        actor, how = self.actor(office)
        if how == LOGIN:
            note_login(actor, office)
        if self.at is not None:
            how = f"{how}; time by --at"
            if not self.dry_run:
                note_ahead(self.at, office)
        return {
            "actor": actor,
            "how": how,
            "reason": self.reason,
            "version": self.version,
            "key": self.key,
            "at": self.at,
            "dry_run": self.dry_run,
        }

    def actor(self, office: Office) -> tuple[str, str]:
        """The id of the person who acts, and how that is known.

        Raises:
            UnknownName: the office knows nobody of that id.
        """
        if self.who is not None:
            return office.check_person(self.who), "--as by a local user, who is trusted"
        named = os.environ.get(ACTOR_VARIABLE)
        if named:
            return office.check_person(named), f"{ACTOR_VARIABLE} of a local user, who is trusted"
        import getpass  # start-up: only where nobody is named

        try:
            return getpass.getuser(), LOGIN
        except (KeyError, OSError, ImportError):
            raise UnknownName(
                "nobody is named, and the operating system knows no login",
                remedy=f"Say who acts: --as WHO, or set {ACTOR_VARIABLE}",
            ) from None


def reads_office(command: Callable[P, R]) -> Callable[..., R]:
    """Let a command that only reads take `--office` and `--at`; it gets them as `desk`."""
    return at_time("Judge dates as of then, not now; records are as they are.")(command)


def at_time(help_text: str) -> Callable[[Callable[P, R]], Callable[..., R]]:
    """The same with words of the command's own for `--at`."""

    def taking(command: Callable[P, R]) -> Callable[..., R]:
        @wraps(command)
        def with_desk(*args: P.args, **kwargs: P.kwargs) -> R:
            folder = _text(kwargs.pop("office_folder"))
            kwargs["desk"] = Desk(folder, _time(kwargs.pop("at"), folder))
            return command(*args, **kwargs)

        return _office(_at(help_text)(with_desk))

    return taking


def in_office(command: Callable[P, R]) -> Callable[..., R]:
    """Let a command take `--office` alone, and get it as `desk`."""

    @wraps(command)
    def with_desk(*args: P.args, **kwargs: P.kwargs) -> R:
        kwargs["desk"] = Desk(_text(kwargs.pop("office_folder")), None)
        return command(*args, **kwargs)

    return _office(with_desk)


def writes_office(command: Callable[P, R]) -> Callable[..., R]:
    """Let a command that writes take who acts, why and upon which version; it gets `desk`."""

    @wraps(command)
    def with_desk(*args: P.args, **kwargs: P.kwargs) -> R:
        version = kwargs.pop("version")
        folder = _text(kwargs.pop("office_folder"))
        kwargs["desk"] = Desk(
            office_folder=folder,
            at=_time(kwargs.pop("at"), folder),
            who=_text(kwargs.pop("who")),
            reason=_text(kwargs.pop("reason")),
            version=version if isinstance(version, int) else None,
            key=_text(kwargs.pop("key")),
            dry_run=bool(kwargs.pop("dry_run")),
        )
        return command(*args, **kwargs)

    adding: list[Callable[[Callable[..., R]], Callable[..., R]]] = [
        click.option(
            "--key",
            callback=_key,
            metavar="TEXT",
            help="Idempotency key: under one key the same command is done once.",
        ),
        click.option(
            "--version",
            type=click.IntRange(0),
            metavar="N",
            help="The version you saw; refused where it has changed since.",
        ),
        click.option("--reason", metavar="TEXT", help="Why; kept with it in the ledger."),
        click.option("--dry-run", is_flag=True, help="Show what would happen; write nothing."),
        _at("When it takes effect, if not now."),
        acts_as,
        _office,
    ]
    taking: Callable[..., R] = with_desk
    for add in adding:
        taking = add(taking)
    return taking


def acts_as(command: Callable[..., R]) -> Callable[..., R]:
    """Let a command take `--as`, as `who`."""
    return click.option(
        "--as",
        "who",
        metavar="WHO",
        shell_complete=completing.people,
        help=f"Who acts; by default {ACTOR_VARIABLE}, else your login.",
    )(command)


def _office(command: Callable[..., R]) -> Callable[..., R]:
    return click.option(
        "--office",
        "office_folder",
        metavar="DIR",
        help="The office; by default PMO_OFFICE, else the one around this folder.",
    )(command)


def _at(help_text: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    return click.option("--at", callback=_moment, metavar="TIME", help=help_text)


def _moment(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> datetime | date | None:
    """An instant, or a date, which begins when the office's clocks say so (S10.1)."""
    found = instant(ctx, param, value)
    return found if found is None or value is None or "T" in value else found.date()


def _key(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The key, if it is one: that of a variable of the shell that nobody set is empty.

    Raises:
        click.BadParameter: it is empty.
    """
    if value == "":
        raise click.BadParameter("the key is empty. Give it 1 to 200 characters", ctx, param)
    return value


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _time(value: object, folder: str | None) -> datetime | None:
    if isinstance(value, datetime) or not isinstance(value, date):
        return value if isinstance(value, datetime) else None
    # start-up: only where a date was given
    from pmo_core.office.finding import find_office, working_folder
    from pmo_core.office.settings import FILE, read_settings
    from pmo_core.standards.instants import find_zone, start_of_day

    settings = read_settings(find_office(folder, os.environ, working_folder()) / FILE)
    return start_of_day(value, find_zone(settings.zone))
