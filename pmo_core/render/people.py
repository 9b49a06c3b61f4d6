"""People by name: `Eva Stern (owner)`, where the office knows the names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.governance.authority import AUTOMATIC
from pmo_core.render.values import listed, one_line

if TYPE_CHECKING:
    from pmo_core.office.settings import Settings
    from pmo_core.standards.model import Standard

NOBODY = "nobody yet"


class People(NamedTuple):
    """Whom an office knows, and the roles of the standard that they hold.

    Attributes:
        names: by id.
        standard: whose roles are meant.
        lang: language tag of their titles.
    """

    names: Mapping[str, str]
    standard: Standard
    lang: str = "en"

    def name(self, person: str) -> str:
        """The person's name; the id where the office has none."""
        if person == AUTOMATIC:
            return "pmo tick"
        return one_line(self.names.get(person, person))

    def all(self, people: Iterable[str]) -> str:
        """Several names."""
        return listed(self.name(one) for one in people)

    def any_of(self, people: Iterable[str]) -> str:
        """Several names, each of whom will do: `Eva Stern or Nils Falk`."""
        *others, last = [self.name(one) for one in people] or [""]
        return f"{listed(others)} or {last}" if others else last

    def holding(self, role: str, people: Iterable[str]) -> str:
        """`Eva Stern (owner)`; `nobody yet (owner)` where nobody holds the role."""
        return f"{self.all(people) or NOBODY} ({one_line(role)})"

    def seats(self, role: str, holders: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """Who holds a role; of a body, who holds one of its roles."""
        declared = self.standard.roles.get(role)
        names = (role, *(declared.members if declared else ()))
        return tuple(dict.fromkeys(one for name in names for one in holders.get(name, ())))


def people_of(settings: Settings, standard: Standard) -> People:
    """The people of an office, with the roles of a standard."""
    names = {one.id: one.name for one in settings.people.values()}
    return People(names, standard, settings.language_tag or "en")
