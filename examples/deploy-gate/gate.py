"""What a deployment asks before it begins: 200 where the project's gate is ready, 409 where not.

`flask --app gate run` serves the office that `PMO_OFFICE` names. `python gate.py PROJECT` asks the
same without a server.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from flask import Flask, request
from flask.typing import ResponseReturnValue

from pmo_core import Conflict, Office, PmoError, Unavailable, UnknownName, words

STATUS = {
    UnknownName: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}


def create_app(office: str | None = None, clock: Callable[[], datetime] | None = None) -> Flask:
    """The application.

    Args:
        office: its folder; None: as `PMO_OFFICE` has it, else the one around the working folder.
        clock: gives the time; None: the machine's.
    """
    app = Flask(__name__)

    @app.get("/projects/<project>/gate")
    def gate(project: str) -> ResponseReturnValue:
        with Office.open(office, clock=clock, read_only=True) as found:
            standings = list(found.standings(project, request.args.get("gate")))
        answers = [
            {
                "gate": one.key,
                "verdict": one.found.verdict.value,
                "version": one.state.version,
                "blocks": [
                    {
                        "criterion": finding.criterion,
                        "result": finding.result.value,
                        "found": words(finding, one.found.record, one.found.standard),
                    }
                    for finding in one.found.blocking
                ],
            }
            for one in standings
        ]
        ready = bool(answers) and not any(one["blocks"] for one in answers)
        status = HTTPStatus.OK if ready else HTTPStatus.CONFLICT
        return {"project": project, "gates": answers}, status

    @app.errorhandler(PmoError)
    def refused(error: PmoError) -> ResponseReturnValue:
        status = STATUS.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR)
        return {"error": error.message, "remedy": error.remedy}, status

    return app


def main(arguments: list[str]) -> int:
    """Ask about one project, as a pipeline would by `curl --fail`."""
    (project,) = arguments
    answer = create_app().test_client().get(f"/projects/{project}/gate")
    print(answer.status)
    print(json.dumps(answer.get_json(), indent=2))
    return 0 if answer.status_code == HTTPStatus.OK else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
