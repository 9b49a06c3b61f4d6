"""Words for findings: what was found, and what to do, made for a project manager.

Every function here gives lines without control characters (`escape.clean`); a medium that has a
language of its own escapes them further.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.assessment import Reason, Result
from pmo_core.render.catalogue import CATALOGUE
from pmo_core.render.circumstances import NO_PARAMS, Circumstances
from pmo_core.render.lists import list_to_begin
from pmo_core.render.subjects import Subject, subject
from pmo_core.render.values import MOST_SHOWN, in_language, one_line, plain

if TYPE_CHECKING:
    from pmo_core.assessment import Finding
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.model import Criterion, Standard
    from pmo_core.standards.record import Record

NO_WORDS: Mapping[str, str] = MappingProxyType({})
_BRANCHES = frozenset({"anyOf", "oneOf"})


def words(
    finding: Finding,
    record: Record | None = None,
    standard: Standard | None = None,
    *,
    lang: str = "en",
    extra: Mapping[str, str] = NO_WORDS,
    most: int = MOST_SHOWN,
) -> str:
    """What a finding came to and why, in one line.

    Args:
        finding: of an assessment.
        record: the one that was assessed, so that its items and values can be named.
        standard: the one it was assessed by, for the criterion's own statement.
        lang: language tag for the standard's texts.
        extra: words of plugins' reasons, by `CHECK.code` (or `NAMESPACE.code`), with
            `{param}` fields.
        most: characters that one value of the record may take.
    """
    return "; ".join(word_lines(finding, record, standard, lang=lang, extra=extra, most=most))


def word_lines(
    finding: Finding,
    record: Record | None = None,
    standard: Standard | None = None,
    *,
    lang: str = "en",
    extra: Mapping[str, str] = NO_WORDS,
    most: int = MOST_SHOWN,
) -> list[str]:
    """As `words`, a line for each group of reasons; the same fault of many items is one group."""
    value = None if record is None else record.value
    statement = one_line(in_language(_statement(finding, standard), lang)) if standard else ""
    params = standard.params if standard is not None else NO_PARAMS
    lines = [
        _sentence(group, value, statement, extra, most, params) for group in _groups(finding, value)
    ]
    if finding.result is Result.WAIVED:
        was = f", was {finding.was.value}" if finding.was else ""
        return [one_line(f"waived by {finding.waiver}{was}"), *lines]
    return list(dict.fromkeys(lines)) or [finding.result.value]


def reason_words(
    reason: Reason, *, record: Record | None = None, extra: Mapping[str, str] = NO_WORDS
) -> str:
    """One reason by itself, such as a note of an assessment; no full stop."""
    value = None if record is None else record.value
    return _sentence(_Group((reason,), ()), value, "", extra, MOST_SHOWN)


def mark_words(mark: Reason, *, extra: Mapping[str, str] = NO_WORDS) -> str:
    """A mark of a run, with what to do about it where something is; no final full stop."""
    told = reason_words(mark, extra=extra)
    message = CATALOGUE.get(mark.code)
    group = _Group((mark,), ())
    remedy = _circumstances(group, None, "", MOST_SHOWN).fill((message.remedy,) if message else ())
    return f"{told}. {one_line(remedy)}" if remedy else told


def remedy_words(
    finding: Finding,
    record: Record | None = None,
    standard: Standard | None = None,
    *,
    lang: str = "en",
) -> str:
    """What to do about a finding: the standard's own advice, else what its first reason asks for.

    Where the whole list is missing that the criterion is about, to begin it comes before the
    advice, which may be about its entries alone. Empty where there is nothing to say. No final
    full stop.
    """
    criterion = criterion_of(finding, standard)
    value = None if record is None else record.value
    begin = list_to_begin(finding.reasons, criterion) if criterion is not None else None
    if criterion is not None and criterion.remedy is not None:
        advice = in_language(criterion.remedy, lang)
        return one_line(f"{begin}. {advice}" if begin is not None else advice)
    if begin is not None:
        return one_line(begin)
    for group in _groups(finding, value):
        message = CATALOGUE.get(group.reasons[0].code)
        if message is not None and message.remedy:
            told = _circumstances(group, value, "", MOST_SHOWN).fill((message.remedy,))
            if told:
                return one_line(told)
    return ""


def criterion_of(finding: Finding, standard: Standard | None) -> Criterion | None:
    """The criterion of a finding; None where it is synthetic, extra, or no standard is given."""
    if standard is None:
        return None
    for gate in standard.gates.values():
        for criterion in gate.criteria:
            if criterion.id == finding.criterion:
                return criterion
    return None


class _Group(NamedTuple):
    """Reasons that make one sentence, and their places where they are more than one."""

    reasons: tuple[Reason, ...]
    places: tuple[Subject, ...]


def _statement(finding: Finding, standard: Standard | None) -> str | Mapping[str, str] | None:
    criterion = criterion_of(finding, standard)
    return None if criterion is None else criterion.statement


def _groups(finding: Finding, value: Json) -> list[_Group]:
    """Reasons of one code and the same parameters, at items of one list, are one group."""
    reasons = _joined_properties(finding.reasons)
    if len(reasons) == 1:
        return [_Group(reasons, ())]
    groups: dict[object, tuple[list[Reason], list[Subject]]] = {}
    for number, reason in enumerate(reasons):
        place = subject(reason.pointer or "", value)
        # A list is no key of a dict, its text is.
        key: object = (reason.code, place.group, repr(sorted(reason.params.items())))
        if not place.item or reason.code in _BRANCHES:
            key = number
        kept, places = groups.setdefault(key, ([], []))
        kept.append(reason)
        places.append(place)
    return [
        _Group(tuple(kept), tuple(places) if len(kept) > 1 else ())
        for kept, places in groups.values()
    ]


def _joined_properties(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Several fields that one object lacks, as one reason."""
    lacking: dict[str | None, list[Json]] = {}
    for reason in reasons:
        if reason.code == "required" and "property" in reason.params:
            lacking.setdefault(reason.pointer, []).append(reason.params["property"])
    if all(len(names) == 1 for names in lacking.values()):
        return tuple(reasons)
    joined: list[Reason] = []
    for reason in reasons:
        if reason.code != "required" or reason.pointer not in lacking:
            joined.append(reason)
            continue
        names = lacking[reason.pointer]
        if names:
            property_names: Json = names if len(names) > 1 else names[0]
            joined.append(Reason("required", reason.pointer, {"property": property_names}))
            lacking[reason.pointer] = []
    return tuple(joined)


def _circumstances(
    group: _Group,
    value: Json,
    statement: str,
    most: int,
    params: Mapping[str, Json] = NO_PARAMS,
) -> Circumstances:
    reason = group.reasons[0]
    nearest = _nearest(reason, value, most) if reason.code in _BRANCHES else ""
    return Circumstances(reason, value, statement, most, group.places[1:], nearest, params)


def _sentence(
    group: _Group,
    value: Json,
    statement: str,
    extra: Mapping[str, str],
    most: int,
    params: Mapping[str, Json] = NO_PARAMS,
) -> str:
    reason = group.reasons[0]
    here = _circumstances(group, value, statement, most, params)
    message = CATALOGUE.get(reason.code)
    wordings = () if message is None else message.wordings
    own = _own_words(reason, extra)
    told = _filled(own, reason, most) if own is not None else here.fill(wordings)
    told = told or _without_words(reason, most)
    if group.places:
        told = f"{told}: {here.listed_places(wordings)}"
    return one_line(told)


def _own_words(reason: Reason, extra: Mapping[str, str]) -> str | None:
    """A plugin's words: by its check and code, by its namespace and code, else by the code."""
    check = reason.params.get("check")
    if extra and isinstance(check, str):
        for prefix in (check, check.partition(".")[0]):
            if f"{prefix}.{reason.code}" in extra:
                return extra[f"{prefix}.{reason.code}"]
    return extra.get(reason.code) if "." in reason.code else None


def _filled(sentence: str, reason: Reason, most: int) -> str | None:
    """A plugin's sentence with its parameters; None where one is lacking. Names only, no paths."""
    from string import Formatter  # start-up: only for plugins' reasons

    parts: list[str] = []
    for literal, field, _form, _conversion in Formatter().parse(sentence):
        parts.append(literal)
        if field is not None:
            if field not in reason.params:
                return None
            parts.append(plain(reason.params[field], most))
    return "".join(parts)


def _without_words(reason: Reason, most: int) -> str:
    """A code that nobody gave words for: what is known of it."""
    told = [f"{plain(name, most)} {plain(value, most)}" for name, value in reason.params.items()]
    where = f" at {plain(reason.pointer, most)}" if reason.pointer else ""
    return f"{plain(reason.code, most)}{where}{': ' if told else ''}{', '.join(told)}"


def _nearest(reason: Reason, value: Json, most: int) -> str:
    """What the nearest of several ways to be valid still lacks, in words."""
    near = reason.params.get("nearest")
    if not isinstance(near, list):
        return ""
    reasons = [_reason(one) for one in near if isinstance(one, dict)]
    told = [
        # The nearest of a way that itself has several is what there is to tell, once.
        (_nearest(one, value, most) if one.code in _BRANCHES else "")
        or _sentence(_Group((one,), ()), value, "", NO_WORDS, most)
        for one in _joined_properties(reasons)
    ]
    return " and ".join(dict.fromkeys(told))


def _reason(written: JsonObject) -> Reason:
    pointer, params = written.get("pointer"), written.get("params")
    return Reason(
        str(written.get("code")),
        pointer if isinstance(pointer, str) else None,
        params if isinstance(params, dict) else {},
    )
