"""`pmo project answer` and `artefact`: what people attest, stamped with who and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmo_core.cli import completing
from pmo_core.cli.office_options import Desk, writes_office
from pmo_core.cli.project_options import takes_evidence, takes_project, write_done

if TYPE_CHECKING:
    from pmo_core.documents import Json


@click.command(
    epilog="""\b
Examples:
  pmo project answer atlas stakeholders-consulted yes --evidence minutes.pdf
  pmo project answer atlas readiness team=3,data=4
  pmo project answer atlas accepted@D-4 yes"""
)
@takes_project
@click.argument(
    "criterion", metavar="CRITERION[@ITEM]", shell_complete=completing.criteria_of_project
)
@click.argument("value")
@takes_evidence
@click.option("--justification", metavar="TEXT", help="Why it does not apply, where it is na.")
@writes_office
def answer(
    desk: Desk,
    project: str,
    criterion: str,
    value: str,
    evidence: tuple[str, ...],
    justification: str | None,
) -> None:
    """Attest a criterion: yes, no, na, or a value that it lists; scores as ITEM=NUMBER,...

    A file of evidence stays where it is; its SHA-256 is kept, so that it shows
    later whether it is still the same.
    """
    from pmo_core.governance.stamps import Answer
    from pmo_core.office.attesting import attest
    from pmo_core.render.attested import attested_words
    from pmo_core.render.people import people_of
    from pmo_core.render.values import counted

    name, _, item = criterion.partition("@")
    asked = Answer(name, _value(value), item, (), justification)
    with desk.office() as office:
        found = attest(office, project, asked, evidence, **desk.acting(office))
        people = people_of(office.settings, office.standard(found.done.after.package))
        write_done(office, found.done, counted(1, "answer"), attested_words(found, people))


@click.command(epilog="Example:  pmo project artefact atlas charter approved --evidence c.pdf")
@takes_project
@click.argument("artefact", metavar="ARTEFACT", shell_complete=completing.artefacts_of_project)
@click.argument("state", metavar="STATE", shell_complete=completing.states_of_artefact)
@takes_evidence
@writes_office
def artefact(
    desk: Desk, project: str, artefact: str, state: str, evidence: tuple[str, ...]
) -> None:
    """Bring an artefact to a state: a draft, submitted, approved, as the standard has it."""
    from pmo_core.office.attesting import move
    from pmo_core.render.attested import attested_words
    from pmo_core.render.people import people_of

    with desk.office() as office:
        found = move(office, project, artefact, state, evidence, **desk.acting(office))
        people = people_of(office.settings, office.standard(found.done.after.package))
        write_done(office, found.done, f"{artefact} {state}", attested_words(found, people))


def _value(written: str) -> Json:
    """A word as it is; `item=3,other=4` or a JSON object as scores."""
    from pmo_core.documents import read_json
    from pmo_core.documents.scalars import plain_value
    from pmo_core.errors import InvalidDocument

    if written.lstrip().startswith("{"):
        try:
            return read_json(written.encode("utf-8", "replace"), "VALUE").value
        except InvalidDocument as error:
            raise click.BadParameter(
                f"{written!r} is no JSON: {error.message}", param_hint="'VALUE'"
            ) from None
    if "=" not in written:
        return written
    scores: dict[str, Json] = {}
    for part in written.split(","):
        item, sign, number = part.partition("=")
        if not (item.strip() and sign and number.strip()):
            raise click.BadParameter(
                f"{part!r} scores nothing. Write ITEM=NUMBER,ITEM=NUMBER", param_hint="'VALUE'"
            )
        scores[item.strip()] = plain_value(number.strip())
    return scores
