"""Every reason code and the sentence that it makes, in one place.

A sentence stands in one or more wordings. Fields in braces are the reason's own parameters, or
those that `circumstances` works out: `subject` (the place, named), `found` (what stands there),
`is`, `has` and `does` (by its number), `answered`, `statement` and others. The first wording whose
fields are all known is taken, so the last one asks for nothing that may be missing. A gathered
sentence (several items, one fault) knows no `found` and takes a later wording.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Message(NamedTuple):
    """The wordings of one reason code, best first, and what to do about it in general.

    Attributes:
        many: of a note: what is said of all the records that have it, after their number.
    """

    wordings: tuple[str, ...]
    remedy: str = ""
    many: str = ""


def _say(*wordings: str, remedy: str = "", many: str = "") -> Message:
    return Message(wordings, remedy, many)


_CORRECT = "Correct {subject}"
_REMOVE = "Remove what the standard does not know, or correct its name"

_SCHEMA = {
    "required": _say(
        "no {absent} yet",
        "{subject} {has} no {property}",
        remedy="Add {property} to {subject}",
    ),
    "minItems": _say(
        "no {absent} yet",
        "{subject} {is} empty{empty}, expected at least {limit}",
        "{subject} {has} {count}, expected at least {limit}",
        "{subject} {has} fewer than {limit}",
        remedy="Add to {subject}",
    ),
    "maxItems": _say(
        "{subject} {has} {count}, expected at most {limit}",
        "{subject} {has} more than {limit}",
        remedy="Remove some of {subject}",
    ),
    "uniqueItems": _say(
        "{subject} {has} the same entry twice",
        remedy="Remove what stands twice in {subject}",
    ),
    "contains": _say(
        "{subject} {does} not hold what is asked for: {statement}",
        "{subject} {does} not hold the kind of entry, or as many, as the standard asks for",
        remedy="Add such an entry to {subject}",
    ),
    "minLength": _say(
        "{subject} {is} empty{empty}",
        "{subject} {is} {found}, shorter than {limit} characters",
        "{subject} {is} shorter than {limit} characters",
        remedy="Say more in {subject}",
    ),
    "maxLength": _say(
        "{subject} {is} {length} characters long, expected at most {limit}",
        "{subject} {is} longer than {limit} characters",
        remedy="Shorten {subject}",
    ),
    "pattern": _say(
        "{subject} {is} {found}, which does not have the form {pattern}",
        "{subject} {does} not have the form {pattern}",
        remedy=_CORRECT,
    ),
    "format": _say(
        "{subject} {is} {found}, expected {form}",
        "{subject} {is} not {form}",
        remedy=_CORRECT,
    ),
    "type": _say(
        "{subject} {is} {found}, expected {types}",
        "{subject} {is} not {types}",
        remedy=_CORRECT,
    ),
    "enum": _say(
        "{subject} {is} {found}, expected one of {options}",
        "{subject} {is} none of {options}",
        remedy="Write one of {options} as {subject}",
    ),
    "const": _say(
        "{subject} {is} {found}, expected {expected_value}",
        "{subject} {is} not {expected_value}",
        remedy="Write {expected_value} as {subject}",
    ),
    "minimum": _say(
        "{subject} {is} {found}, expected at least {limit}",
        "{subject} {is} less than {limit}",
        remedy=_CORRECT,
    ),
    "maximum": _say(
        "{subject} {is} {found}, expected at most {limit}",
        "{subject} {is} more than {limit}",
        remedy=_CORRECT,
    ),
    "exclusiveMinimum": _say(
        "{subject} {is} {found}, expected more than {limit}",
        "{subject} {is} not more than {limit}",
        remedy=_CORRECT,
    ),
    "exclusiveMaximum": _say(
        "{subject} {is} {found}, expected less than {limit}",
        "{subject} {is} not less than {limit}",
        remedy=_CORRECT,
    ),
    "multipleOf": _say(
        "{subject} {is} {found}, expected a multiple of {multiple_of}",
        "{subject} {is} no multiple of {multiple_of}",
        remedy=_CORRECT,
    ),
    "minProperties": _say(
        "{subject} {is} empty{empty}, expected at least {limit} fields",
        "{subject} {has} fewer than {limit} fields",
        remedy="Add to {subject}",
    ),
    "maxProperties": _say("{subject} {has} more than {limit} fields", remedy=_REMOVE),
    "additionalProperties": _say(
        "{subject} {has} {unexpected}, which the standard does not know", remedy=_REMOVE
    ),
    "unevaluatedProperties": _say(
        "{subject} {has} {unexpected}, which the standard does not know here", remedy=_REMOVE
    ),
    "additionalItems": _say("{subject} {has} more entries than are allowed", remedy=_REMOVE),
    "unevaluatedItems": _say("{subject} {has} entries that are not allowed here", remedy=_REMOVE),
    "propertyNames": _say(
        "{subject} {has} a field {name}, a name that is not allowed here ({rule})", remedy=_REMOVE
    ),
    "falseSchema": _say(
        "{subject} {is} {found}, where nothing is allowed",
        "{subject} must not be there",
        remedy="Remove {subject}",
    ),
    "not": _say(
        "{subject} {is} as it must not be: {statement}",
        "{subject} {is} {found}, which is not allowed",
        "{subject} {is} as it must not be",
        remedy=_CORRECT,
    ),
    "anyOf": _say(
        "{nearest}, the nearest of {branches} ways to meet it",
        "{subject} {does} not meet any of several conditions",
        remedy="Meet one of the conditions on {subject}",
    ),
    "oneOf": _say(
        "{nearest}, the nearest of {branches} ways to meet it",
        "{subject} {does} not meet exactly one of several conditions",
        remedy="Meet exactly one of the conditions on {subject}",
    ),
    "contentEncoding": _say("{subject} {is} not written in {content_encoding}", remedy=_CORRECT),
    "contentMediaType": _say("{subject} {is} no {content_media_type}", remedy=_CORRECT),
    "$ref": _say("{subject} {does} not fit the schema that it refers to"),
    "fromUtf8": _say("{subject} {is} no text in UTF-8", remedy=_CORRECT),
    "backtrackLimitExceeded": _say("{subject} {is} too long for its pattern to be looked for"),
    "regexEngineFailure": _say("{subject} could not be compared with its pattern"),
}

_WHEN_SUPPLIED = "Supply it, and check again"
_EXPRESSION = {
    "false": _say(
        "not so: {statement}{with-values}",
        "{expr} is not true{with-values}",
        remedy="Correct what the condition looks at",
    ),
    "item-false": _say(
        "{subject} {does} not meet it: {statement}",
        "{subject} {does} not meet it",
        remedy="Correct {subject}",
    ),
    "missing": _say(
        "{path} is missing",
        "{key} is missing",
        "something that the condition needs is missing",
        remedy="Add {path}",
    ),
    "null": _say(
        "{path} is empty (null), so that the condition cannot be judged",
        "something that the condition needs is empty (null)",
        remedy="Give {path} a value",
    ),
    "no-overload": _say(
        "{path} is {found}, which the condition cannot use",
        "{path} has a kind of value that the condition cannot use",
        "the condition met a kind of value that it cannot use",
        remedy="Correct {path}",
    ),
    "overflow": _say("a number in the condition is too large", remedy="Correct the number"),
    "division-by-zero": _say("the condition divides by zero", remedy="Correct the number"),
    "function-error": _say(
        "{name}() could not use what it was given ({key})",
        "a function of the condition could not use what it was given",
        remedy="Correct the values that the condition looks at",
    ),
    "not-boolean": _say("the condition came to neither true nor false"),
    "not-integer": _say("the expression came to no whole number"),
    "budget": _say("the condition needs more steps than it may use"),
    "control-character": _say(
        "{path} holds a control character, so that the condition cannot be judged",
        "a text that the condition needs holds a control character",
        remedy="Remove the control character",
    ),
    "no-engine": _say(
        "the engine for conditions is not installed", remedy="Install cel-expr-python"
    ),
    "no-fact": _say("nothing supplied the fact {fact}", remedy=_WHEN_SUPPLIED),
}

_CHECK = {
    "not-run": _say("the check {check} did not run", remedy="Switch on the plugin of {check}"),
    "fail": _say("the check {check} says no"),
    "unknown": _say("the check {check} could not tell"),
    "plugin-missing": _say(
        "plugin {plugin} is not loaded",
        "the plugin that supplies {fact} is not loaded",
        "the plugin that supplies {check} is not loaded",
        "a plugin is not loaded",
        remedy="Name it: --plugin {plugin} (pmo plugin list says what is installed)",
    ),
    "check-missing": _say(
        "plugin {plugin} {version} has no check {check}", remedy="Use a version that has it"
    ),
    "plugin-failed": _say("plugin {plugin} failed", "a plugin failed"),
    "plugin-raised": _say(
        "plugin {plugin} {version} raised {error}",
        "the fact {fact} is missing: {source}",
        "a plugin failed",
        remedy="Tell whoever looks after the plugin; the project need do nothing",
    ),
    "plugin-result": _say(
        "plugin {plugin} {version} broke its contract: {error}",
        "the fact {fact} is missing: {source}",
        "a plugin broke its contract",
        remedy="Tell the author of the plugin; the project need do nothing",
    ),
    "fact-unavailable": _say(
        "the fact {fact} is not to be had now ({source})",
        "the fact {fact} is not to be had now",
        "a fact is not to be had now",
        remedy="Check again later",
    ),
    "timed-out": _say(
        "plugin {plugin} gave no answer in time",
        "the fact {fact} did not come in time ({source})",
        "the check {check} gave no answer in time",
        "there was no answer in time",
        remedy="Check again later",
    ),
}

_ARTEFACT = {
    "artefact-missing": _say(
        "artefact {artefact} of project {project} is missing, expected {state}",
        "artefact {artefact} is missing, expected {state}",
        remedy="Bring artefact {artefact} to {state}",
    ),
    "artefact-early": _say(
        "artefact {artefact} of project {project} is {found-name}, expected {state}",
        "artefact {artefact} is {found-name}, expected {state}",
        remedy="Bring artefact {artefact} to {state}",
    ),
    "state-unknown": _say(
        "artefact {artefact} of project {project} is {found}, no state that is known",
        "artefact {artefact} is {found}, no state that the standard knows",
        remedy="Write a state that the standard knows",
    ),
}

_STAMPS = {
    "undated": _say(
        "{stamped}, but its date is {written}, which is no date",
        "{stamped}, but without a date",
        "there is no date of it",
        remedy="Add the date",
    ),
    "future": _say(
        "{stamped}, but its date {date} is still to come",
        "its date {date} is still to come",
        remedy="Correct the date",
    ),
    "stale": _say(
        "{stamped}, but its evidence of {date} is {days} days old",
        "{stamped}, but on {date}, before {since} when {occasion}",
        "the evidence of {date} is {days} days old",
        "the evidence of {date} is older than {since}",
        "the evidence is too old",
        remedy="Renew it",
    ),
    "entry-unknown": _say(
        "no ledger says when the phase began, so its evidence cannot be called fresh",
        remedy="Assess it in an office, whose ledger knows",
    ),
    "last-occurrence-unknown": _say(
        "no ledger says when the gate was held last, so its evidence cannot be called fresh",
        remedy="Assess it in an office, whose ledger knows",
    ),
    "holders-unknown": _say(
        "nobody knows who holds the role {role}",
        remedy="Assess it in an office, whose ledger knows",
    ),
    "wrong-person": _say(
        "{stamped} by {by}, who did not hold the role {role} then",
        "{stamped} by {by}, who held the role {not} then and may not",
        "it is by somebody who may not",
        remedy="Have it done by the right person",
    ),
}

_ANSWERS = {
    "unanswered": _say("never answered", remedy="Answer it"),
    "unanswered-by": _say(
        "not answered yet by {people} ({role})",
        "nobody holds the role {role}, so nobody could answer",
        remedy="Have each of them answer",
    ),
    "answered": _say("answered {value}"),
    "answered-na": _say("answered not applicable"),
    "answer-unknown": _say(
        "answered {found}, expected one of {values}", remedy="Answer one of {values}"
    ),
    "no-evidence": _say(
        "{stamped}, but without evidence",
        "there is no evidence for it",
        remedy="Add the evidence",
    ),
    "na-not-allowed": _say("answered not applicable, which is no answer here", remedy="Answer it"),
    "na-unjustified": _say(
        "answered not applicable, but without a justification", remedy="Add the justification"
    ),
}

_SCORES = {
    "score": _say("scored {total}, which is {band}", "scored {total}"),
    "score-low": _say(
        "scored {total}, which is {band}, expected {pass}",
        "scored {total}, below {pass}",
        remedy="Raise the score to {pass}",
    ),
    "score-incomplete": _say(
        "no score yet for {missing}; in all between {total} and {most}, expected {pass}",
        "scored {total}, with items missing",
        remedy="Score {missing}",
    ),
    "score-value": _say("{item} is scored {found}, which is no number", remedy="Score {item}"),
    "score-outside": _say(
        "{item} is scored {found}, expected {min} to {max}", remedy="Score {item} anew"
    ),
    "under-minimum": _say(
        "{item} is scored {value}, expected at least {minimum}", remedy="Raise the score of {item}"
    ),
    "too-few-scorers": _say(
        "scored by {found-name}, expected at least {at-least} ({role})",
        remedy="Have more of them score it",
    ),
}

_OTHERS = {
    "no-dependency": _say("no other project is named"),
    "no-such-project": _say(
        "project {project} is not known here", remedy="Check its id, or read it in the same run"
    ),
    "shared-project": _say(
        "several records of this run have the id {project}, so nobody can tell which is meant",
        remedy="Give each record an id of its own",
    ),
    "no-such-track": _say(
        "project {project} claims phase {found-name}, which its lifecycle does not have",
        "the lifecycle of project {project} has no phase {phase}",
    ),
    "phase-early": _say(
        "project {project} is in phase {found-name}, expected {phase} or later",
        remedy="Await project {project}",
    ),
    "gate-not-passed": _say(
        "this project has not passed {gate}{own}",
        "project {project} has not passed {gate}",
        remedy="Await {gate}",
    ),
    "gate-outcome": _say(
        "this project passed {gate} with {outcome}, which does not count here{own}",
        "project {project} passed {gate} with {outcome}, which does not count here",
        remedy="Await project {project}",
    ),
    "no-ledger": _say(
        "no ledger says whether this project passed {gate}{own}",
        "no ledger says whether project {project} passed {gate}",
        remedy="Assess it in an office, whose ledger knows",
    ),
    "dependency-false": _say(
        "project {project} does not meet {expr}", remedy="Await project {project}"
    ),
    "cycle": _say(
        "these projects wait for each other: {members}",
        remedy="Break the circle of projects",
    ),
}

_RULES = {
    "grandfathered": _say("does not count for projects that began before it"),
    "when": _say("does not apply to this project"),
    "unless": _say("does not apply to this project"),
    "when-unknown": _say(
        "nobody can tell whether it applies to this project",
        remedy="Give what decides whether it applies",
    ),
    "after": _say("waits for {criteria}", remedy="Begin with {criteria}"),
    "no-claim": _say(
        "the record says no phase ({subject} is missing)", remedy="Write the phase as {subject}"
    ),
    "claim-not-text": _say(
        "{subject} is {found}, which is no text and so no phase",
        remedy="Write the phase as a text, in quotes",
    ),
    "claim-differs": _say(
        "the record claims phase {claimed}, the ledger says {ledger}",
        remedy="Write {ledger} as {subject}, or decide the gate between them",
    ),
    "unlisted-phase": _say(
        "{subject} is {claimed}, expected one of {phases}",
        remedy="Write one of {phases} as {subject}",
    ),
    "condition-lapsed": _say("condition {condition} has lapsed", remedy="Meet {condition}"),
    "outside-tolerance": _say(
        "{tolerance} is outside its tolerance (exception {exception})",
        remedy="Submit a plan for exception {exception}",
    ),
    "id-missing": _say(
        "the record has no id of its own; its source stands for it",
        many="records have no id of their own; their sources stand for them",
    ),
    "id-shared": _say(
        "other records of this run have the same id; its source stands for it",
        many="records share an id with others; their sources stand for them",
    ),
}

_MARKS = {
    "at": _say("the clock was set to {at}", "the clock was set by hand"),
    "fact-by-hand": _say("the fact {fact} was given by hand", "a fact was given by hand"),
    "fact-unused": _say(
        "no expression of the standard reads the fact {fact}; perhaps {meant} was meant",
        "no expression of the standard reads the fact {fact}",
        "no expression of the standard reads a fact that was given",
    ),
}

CATALOGUE: Mapping[str, Message] = MappingProxyType(
    {
        **_SCHEMA,
        **_EXPRESSION,
        **_CHECK,
        **_ARTEFACT,
        **_STAMPS,
        **_ANSWERS,
        **_SCORES,
        **_OTHERS,
        **_RULES,
        **_MARKS,
    }
)
"""Reason code -> its message; plugins' own codes come with their own words."""
