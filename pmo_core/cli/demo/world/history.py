"""What happened to the five projects until Tue 24 Nov 2026, besides what their files date.

A project's file has the date of each answer and of each artefact's state: those events come from
it. Here stand the others: when a project came into the office, what its record said only later,
states on the way, reviews and decisions.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Amended(NamedTuple):
    """The project's manager writes something into the record.

    Attributes:
        keys: of the record's top level, as its file has them.
        early: the file of earlier values to take instead.
    """

    at: str
    keys: tuple[str, ...] = ()
    early: str | None = None


class Moved(NamedTuple):
    """An artefact comes to a state on the way to the one in its project's file."""

    at: str
    by: str
    artefact: str
    state: str


class Passed(NamedTuple):
    """A review that the manager opens and the owner decides: go."""

    gate: str
    opened: str
    decided: str
    reason: str


class Story(NamedTuple):
    """One project.

    Attributes:
        registered: when it came into the office, with its people.
        later: keys of the record's top level that it did not have then.
        early: the file of values that it had instead of later ones.
    """

    project: str
    registered: str
    later: tuple[str, ...] = ()
    early: str | None = None
    amended: tuple[Amended, ...] = ()
    moved: tuple[Moved, ...] = ()
    passed: tuple[Passed, ...] = ()


PLANNED: Final = ("milestones", "deliverables", "stakeholders")

STORIES: Final = (
    Story(
        "online-payments",
        "2026-02-02T08:00:00Z",
        later=(*PLANNED, "issues", "changes", "lessons"),
        early="online-payments",
        amended=(
            Amended("2026-03-30T07:10:00Z", PLANNED),
            Amended("2026-04-30T11:00:00Z", early="online-payments-reviewed"),
            Amended("2026-06-12T12:45:00Z", ("budget",)),
            Amended("2026-07-17T10:20:00Z", ("changes",)),
            Amended("2026-11-02T08:15:00Z", ("risks",)),
            Amended("2026-11-16T14:00:00Z", ("issues", "lessons")),
        ),
        moved=(
            Moved("2026-02-05T13:00:00Z", "leo.sand", "business-case", "submitted"),
            Moved("2026-02-20T09:30:00Z", "ines.holm", "charter", "submitted"),
            Moved("2026-05-29T13:30:00Z", "ines.holm", "work-plan", "approved"),
            Moved("2026-11-02T10:00:00Z", "eva.stern", "acceptance-note", "provisional"),
        ),
        passed=(
            Passed(
                "ready-for-planning",
                "2026-03-03T09:00:00Z",
                "2026-03-06T10:10:00Z",
                "Half of all visits to the counter are to pay a fee",
            ),
            Passed(
                "ready-for-executing",
                "2026-06-18T08:00:00Z",
                "2026-06-22T09:25:00Z",
                "Planned to the day, and the contract can be signed in July",
            ),
        ),
    ),
    Story(
        "records-archive",
        "2026-03-23T08:00:00Z",
        later=(*PLANNED, "resources", "issues", "concerns"),
        early="records-archive",
        amended=(
            Amended("2026-06-22T07:30:00Z", PLANNED),
            Amended("2026-10-15T11:40:00Z", ("budget",)),
            Amended("2026-11-09T12:00:00Z", ("risks", "resources", "issues")),
            Amended("2026-11-17T09:20:00Z", ("concerns",)),
        ),
        moved=(
            Moved("2026-04-23T12:00:00Z", "leo.sand", "business-case", "submitted"),
            Moved("2026-05-12T08:30:00Z", "tom.beck", "charter", "submitted"),
            Moved("2026-10-15T10:25:00Z", "eva.stern", "work-plan", "approved"),
        ),
        passed=(
            Passed(
                "ready-for-planning",
                "2026-05-26T09:00:00Z",
                "2026-05-29T09:35:00Z",
                "Two days a file is what everybody complains of",
            ),
        ),
    ),
    Story(
        "parcel-map",
        "2026-06-22T08:00:00Z",
        later=(*PLANNED, "issues"),
        early="parcel-map",
        amended=(
            Amended("2026-09-21T08:10:00Z", PLANNED),
            Amended("2026-11-02T13:15:00Z", ("budget",)),
            Amended("2026-11-09T08:45:00Z", ("risks", "issues")),
        ),
        moved=(
            Moved("2026-07-16T09:00:00Z", "leo.sand", "business-case", "submitted"),
            Moved("2026-08-20T11:30:00Z", "jon.vale", "charter", "submitted"),
        ),
        passed=(
            Passed(
                "ready-for-planning",
                "2026-09-01T09:00:00Z",
                "2026-09-04T09:15:00Z",
                "The fund pays, and the portal will need the map",
            ),
        ),
    ),
    Story(
        "field-inspections",
        "2026-08-24T08:00:00Z",
        later=("milestones", "stakeholders", "actions"),
        amended=(
            Amended("2026-10-05T09:00:00Z", ("milestones", "stakeholders")),
            Amended("2026-11-20T14:30:00Z", ("actions",)),
        ),
        moved=(Moved("2026-09-28T12:00:00Z", "leo.sand", "business-case", "draft"),),
    ),
    Story(
        "permit-portal",
        "2026-11-02T08:00:00Z",
        later=("milestones", "stakeholders", "assumptions", "actions", "decisions"),
        amended=(
            Amended("2026-11-09T10:30:00Z", ("milestones", "stakeholders", "assumptions")),
            Amended("2026-11-20T13:50:00Z", ("actions", "decisions")),
        ),
        moved=(
            Moved("2026-11-03T14:00:00Z", "leo.sand", "business-case", "submitted"),
            Moved("2026-11-10T09:00:00Z", "ana.ruiz", "charter", "submitted"),
        ),
    ),
)
