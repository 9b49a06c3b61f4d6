"""The actions of a plan as commands that can be pasted; words in place of what is to be filled in.

What is to be filled in stands in capitals: `DATE`, `WHO`, `FILE`, `VALUE`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.documents import join_pointer, resolve, split_pointer
from pmo_core.errors import InvalidDocument
from pmo_core.render.layout import columns
from pmo_core.render.lists import list_to_begin
from pmo_core.render.words import criterion_of
from pmo_core.standards.looks import single_tests
from pmo_core.standards.model import AnswerTest, ScoreTest

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment, Finding, Reason
    from pmo_core.assessment.plan import Action
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.fields import Fields

_OF_ONE_VALUE = frozenset(
    {"type", "enum", "const", "format", "pattern", "minLength", "maxLength", "minimum", "maximum"}
    | {"exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
)
_DATES = ("date", "due", "reviewed", "planned", "forecast_date", "start", "end", "expires")
_PEOPLE = ("owner", "manager", "sponsor", "by", "responsible", "accountable")


class Step(NamedTuple):
    """What is to be done: a command, or words where there is none."""

    text: str
    is_command: bool = True


class Steps:
    """Makes the steps of one assessment's actions."""

    def __init__(self, found: Assessment) -> None:
        self._found = found
        self._project = found.record.id
        gate = found.standard.gates.get(found.gate or "")
        known = (*(gate.criteria if gate is not None else ()), *found.inputs.extra)
        self._criteria = {one.id: one for one in known}
        self._findings = {one.criterion: one for one in found.findings}
        self._fields: Fields | None = None
        self._repeated = gate is not None and gate.per is not None

    def of(self, actions: Sequence[Action], words: Mapping[Action, str]) -> list[Step]:
        """The steps of one person's actions; what can be set in one command is one.

        Args:
            words: each action in words, for those without a command.
        """
        steps: list[Step] = []
        assignments: list[str] = []
        edits = False
        for action in actions:
            if action.kind == "fix":
                found = self._assignments(action.target)
                assignments += found
                edits = edits or not found
            elif action.kind != "raise":
                command = self._command(action)
                steps.append(Step(command) if command else Step(words[action], is_command=False))
        steps += self._scores(actions)
        if edits:
            steps.insert(0, Step(f"pmo project edit {_quoted(self._project)}"))
        elif assignments:
            told = " ".join(f"--set {_quoted(one)}" for one in dict.fromkeys(assignments))
            steps.insert(0, Step(f"pmo project amend {_quoted(self._project)} {told}"))
        return steps

    def template(self, action: Action) -> str | None:
        """The command that writes the document to begin with, where one is wholly missing."""
        artefact = action.target.partition("=")[0]
        declared = self._found.standard.artefacts.get(artefact)
        if action.kind != "bring" or declared is None or declared.template is None:
            return None
        if self._artefact(artefact) is not None:
            return None
        return f"pmo template write {_quoted(self._project)} {_quoted(artefact)}"

    def _artefact(self, artefact: str) -> Json:
        pointer = self._found.standard.binding.artefacts + join_pointer((artefact,))
        return resolve(self._found.record.value, pointer, None)

    def _command(self, action: Action) -> str:
        project, target = _quoted(self._project), action.target
        if action.kind == "bring":
            artefact, _, state = target.partition("=")
            return f"pmo project artefact {project} {_quoted(artefact)} {_quoted(state)}"
        if action.kind in ("answer", "refresh") and target in self._criteria:
            return self._answer(target)
        if action.kind == "refresh":
            known = self._artefact(target)
            there = known.get("state") if isinstance(known, dict) else known
            shown = _quoted(str(there or "STATE"))
            return f"pmo project artefact {project} {_quoted(target)} {shown} --evidence FILE"
        if action.kind == "await" and target.startswith("self:"):
            gate = _quoted(target.removeprefix("self:"))
            return f"pmo gate explain {project} --gate {gate}"
        if action.kind == "await" and target in self._found.inputs.projects:
            return f"pmo gate explain {_quoted(target)}"
        return ""

    def _answer(self, criterion: str) -> str:
        value, evidence = "VALUE", ""
        for test in single_tests(self._criteria[criterion]):
            if isinstance(test, AnswerTest):
                value = next((name for name, passes in test.values.items() if passes), "VALUE")
                evidence = " --evidence FILE" if test.evidence or test.max_age else ""
                break
            if isinstance(test, ScoreTest):
                value = ",".join(f"{item.id}=NUMBER" for item in test.items)
                break
        return f"{self._answering(criterion)} {value}{evidence}"

    def _answering(self, criterion: str) -> str:
        item = f"@{self._found.occurrence}" if self._repeated else ""
        return f"pmo project answer {_quoted(self._project)} {_quoted(criterion + item)}"

    def _scores(self, actions: Sequence[Action]) -> Iterator[Step]:
        """The items of a score that are to be raised, as one answer."""
        items: dict[str, list[str]] = {}
        for action in actions:
            if action.kind == "raise":
                criterion, _, item = action.target.partition("#")
                items.setdefault(criterion, []).append(f"{item}=NUMBER")
        for criterion, told in items.items():
            yield Step(f"{self._answering(criterion)} {','.join(told)}")

    def _assignments(self, criterion: str) -> list[str]:
        """`risks.R-3.owner=WHO` for each value that is lacking or wrong; empty where it is more."""
        finding = self._findings.get(criterion)
        if finding is None or not finding.reasons or self._begins(finding):
            return []
        found: list[str] = []
        for reason in finding.reasons:
            paths = list(self._paths(reason))
            if not paths:
                return []
            for path, tokens in paths:
                wanted = self._wanted(tokens)
                if wanted is None:
                    return []
                found.append(f"{path}={wanted}")
        return found

    def _wanted(self, tokens: Sequence[str]) -> str | None:
        """What is to be filled in, by the record's schema; None for lists and objects.

        Args:
            tokens: of the pointer to the place.
        """
        if self._fields is None:
            from pmo_core.standards.bundle import bundled_record_schema  # start-up
            from pmo_core.standards.fields import Fields

            self._fields = Fields(bundled_record_schema(self._found.standard))
        fields, schema = self._fields, self._fields.whole()
        for token in tokens:
            if "items" in schema:
                schema = fields.resolved(schema["items"])
            else:
                schema = fields.field(schema, token)
        if schema.get("type") in ("array", "object") or {"items", "properties"} & schema.keys():
            return None
        name = tokens[-1].replace("-", "_")
        if schema.get("format") == "date" or name.endswith(_DATES):
            return "DATE"
        return "WHO" if name in _PEOPLE or name.endswith(("_by", "_owner")) else "VALUE"

    def _begins(self, finding: Finding) -> bool:
        criterion = criterion_of(finding, self._found.standard)
        return criterion is not None and list_to_begin(finding.reasons, criterion) is not None

    def _paths(self, reason: Reason) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What a reason asks to set: as `--set` has it, and the tokens of its pointer.

        Nothing where it asks for more than single values.
        """
        if reason.pointer is None:
            return
        path = set_path(self._found.record.value, reason.pointer)
        if path is None:
            return
        tokens = split_pointer(reason.pointer)
        if reason.code == "required":
            named = reason.params.get("property")
            for name in named if isinstance(named, list) else [named]:
                if isinstance(name, str) and "." not in name and "=" not in name:
                    yield f"{path}.{name}" if path else name, (*tokens, name)
        elif reason.code in _OF_ONE_VALUE and path:
            yield path, tokens


def set_path(record: JsonObject, pointer: str) -> str | None:
    """A pointer as `--set` writes it; None where an item on the way has no id of its own."""
    try:
        tokens = split_pointer(pointer)
    except InvalidDocument:
        return None
    names: list[str] = []
    here: Json = record
    for token in tokens:
        name: str = token
        if isinstance(here, list):
            ids = [one.get("id") if isinstance(one, dict) else None for one in here]
            if not token.isdecimal() or int(token) >= len(here):
                return None
            own = ids[int(token)]
            if not isinstance(own, str) or not own or ids.count(own) > 1 or "=" in own:
                return None
            name, here = own, here[int(token)]
        else:
            known = here if isinstance(here, dict) else {}
            if "=" in token or (token not in known and "." in token):
                return None
            here = known.get(token)
        names.append(name)
    return ".".join(names)


def command_parts(command: str, width: int) -> list[str]:
    """A command in parts that a shell joins again, an option with its value in one part."""
    if columns(command) <= width:
        return [command]
    from shlex import quote, split  # start-up: only for a wide one

    groups: list[str] = []
    alone = ""
    for word in (quote(one) for one in split(command)):
        if alone:
            groups[-1] = f"{groups[-1]} {word}"
            alone = ""
        else:
            groups.append(word)
            alone = word if word.startswith("--") else ""
    lines = [groups[0]]
    for group in groups[1:]:
        if columns(lines[-1]) + columns(group) + 3 > width:
            lines.append(group)
        else:
            lines[-1] = f"{lines[-1]} {group}"
    return [f"{one} \\" for one in lines[:-1]] + lines[-1:]


def _quoted(word: str) -> str:
    from shlex import quote  # start-up: only where a command is suggested

    return quote(word)
