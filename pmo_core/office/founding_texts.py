"""What a new office's files say to the person who opens them first."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from pmo_core.office.example import as_yaml

if TYPE_CHECKING:
    from pmo_core.office.settings import Pin
    from pmo_core.standards.model import Standard

EXAMPLE_HEAD: Final = """\
# An example, to look at and to delete. What stands here is a proposal: pmo check reads it, and only
# once the project has been registered does the ledger know it.
"""

IGNORED: Final = """\
# For git. The ledger is the truth about every project, and there is one of it: two copies that
# went their own ways on two branches cannot be merged. It belongs into your backups. Copy
# ledger.sqlite, with its -wal and -shm where they are, while no pmo is running.
# The schemas beside it may go into git, so that everyone's editor finds them.
ledger.sqlite*
"""

_SETTINGS: Final = """\
# $schema: .pmo/pmo.schema.json
# The settings of an office. Editors that read JSON Schema complete this file and explain each key.
# Nothing secret belongs here: plugins take passwords and tokens from the environment.
language: 1

# Begins the history of every project: once there is one, do not change it.
{office}
# The name for people.
{title}
# The time zone whose midnight begins and ends a date, for everyone: Europe/Oslo, America/New_York.
{zone}
# The days on which the office works. Deadlines in working days count by them.
calendar:
  weekdays: [mon, tue, wed, thu, fri]
  holidays: []                          # [2026-12-25, 2027-01-01]

# The standards that projects follow, each pinned by the digest of its content, so that a rule never
# changes unseen. New projects follow the first. To add one, or a newer version: pmo standard pin ID
standards:
{pins}

# What follows is commented out: to use a part, take the '# ' off each of its lines.

# Who acts here. While nobody is listed, any id will do.
#
# people:
#   eva.stern: {{name: Eva Stern, mail: eva.stern@example.org}}
#   kira.dahl: {{name: Kira Dahl}}

# Who holds which role in all projects, or in some. A project's own people come beside these.
{roles}
#
# roles:
#   {role}: eva.stern
#   {other}:
#     - {{person: kira.dahl, from: 2026-01-01, to: 2026-12-31, projects: [example]}}

# Plugins to load, each with its settings. One that is installed but not named here is never loaded.
#
# plugins:
#   kep: {{}}
"""
_ROLES: Final = ("owner", "manager")
_WIDTH: Final = 96


def settings_text(
    office: str, title: str, zone: str, pins: Sequence[Pin], standard: Standard
) -> str:
    """The `pmo.yaml` of a new office, with a comment on each part."""
    roles = [name for name, role in standard.roles.items() if not role.is_body]
    shown = [*roles, *(name for name in _ROLES if name not in roles)]
    return _SETTINGS.format(
        office=as_yaml({"office": office}),
        title=as_yaml({"title": title}),
        zone=as_yaml({"zone": zone}),
        pins="\n".join(f"  - {pin}" for pin in pins),
        roles=_comment(f"Roles of {standard.name}: {', '.join(roles) or 'none'}."),
        role=shown[0],
        other=shown[1],
    )


def _comment(text: str) -> str:
    lines = wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"# {line}" for line in lines)
