"""A plugin that fails harms only its own result (design decision 8, S8.1, S5.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from pmo_core.documents import Json, JsonObject, Place, Scalars, document_at
from pmo_core.errors import InvalidDocument, InvalidSettings, PluginError, UnknownName
from pmo_core.plugins.calling import ask_check, ask_facts, read_source
from pmo_core.plugins.calls import (
    Check,
    CheckCall,
    FactCall,
    FactSupplier,
    Fail,
    Pass,
    Reading,
    Result,
    Source,
    SourceCall,
    SourceRecord,
    Unknown,
)
from pmo_core.plugins.hookspecs import hookimpl
from pmo_core.plugins.loading import plugin_from
from pmo_core.plugins.plugin import Plugin
from pmo_core.standards.inputs import CheckResult, Fact

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
WORDS = {"not-open": "budget code {code} is not open", "no-list": "there is no list"}


def loaded(
    *,
    check: Callable[[CheckCall], Result] | None = None,
    facts: Callable[[FactCall], Mapping[str, Fact]] | None = None,
    read: Callable[[SourceCall], Reading] | None = None,
    schema: Mapping[str, object] | None = None,
    settings: JsonObject | None = None,
) -> Plugin:
    """The plugin `demo` 0.1.0 with one of each that is given."""

    @hookimpl
    def pmo_checks() -> list[Check]:
        return [Check("open", check, schema, WORDS)] if check else []

    @hookimpl
    def pmo_facts() -> list[FactSupplier]:
        return [FactSupplier(["demo.a", "demo.b"], facts, schema)] if facts else []

    @hookimpl
    def pmo_sources() -> list[Source]:
        return [Source("demo", read, schema)] if read else []

    module = SimpleNamespace(pmo_checks=pmo_checks, pmo_facts=pmo_facts, pmo_sources=pmo_sources)
    return plugin_from(module, "demo", settings, version="0.1.0")


def checked(
    check: Callable[[CheckCall], Result],
    record: JsonObject | None = None,
    own: JsonObject | None = None,
    **about: object,
) -> CheckResult:
    """What the check answers for a record."""
    plugin = loaded(check=check, **about)  # type: ignore[arg-type]
    call = CheckCall(
        {} if record is None else record, own or {}, "code-open", "atlas", "s@1", "g", NOW
    )
    return ask_check(plugin, plugin.checks["open"], call)


def supplied(facts: Callable[[FactCall], Mapping[str, Fact]], *names: str) -> dict[str, Fact]:
    """What the supplier gives for the wanted names."""
    plugin = loaded(facts=facts)
    call = FactCall(frozenset(names or ("demo.a",)), {}, {}, "atlas", "s@1", "g", NOW)
    return ask_facts(plugin, plugin.suppliers[0], call)


def error_of(result: CheckResult) -> Json:
    """The error that an unknown result names."""
    assert result.result == "unknown"
    return result.params["error"]


class SpeechlessError(Exception):
    """An exception that cannot say what it is."""

    def __str__(self) -> str:
        raise RuntimeError("not even that")


class TestChecks:
    def test_pass_is_pass(self) -> None:
        assert checked(lambda call: Pass()) == CheckResult("pass")

    def test_fail_carries_code_place_and_parameters(self) -> None:
        result = checked(lambda call: Fail("not-open", at="/budget/code", code="9999"))
        assert result == CheckResult("fail", "not-open", "/budget/code", {"code": "9999"})

    def test_unknown_carries_its_code(self) -> None:
        assert checked(lambda call: Unknown("no-list")) == CheckResult("unknown", "no-list")

    @pytest.mark.parametrize(
        ("error", "told"),
        [
            (
                FileNotFoundError(2, "No such file or directory", "finance/open.txt"),
                "FileNotFoundError: finance/open.txt",
            ),
            (KeyError("budget"), "KeyError: 'budget'"),
            (SystemExit(2), "SystemExit: 2"),
            (RecursionError(), "RecursionError"),
            (MemoryError(), "MemoryError"),
            (InvalidDocument("it is no YAML", remedy="Mend it"), "InvalidDocument: it is no YAML"),
            (SpeechlessError(), "SpeechlessError: it cannot say why"),
            (ValueError("two\nlines\x1b[31m\ud800"), "ValueError: two lines [31m"),
            (ValueError("x" * 10_000), f"ValueError: {'x' * 300}..."),
        ],
    )
    def test_what_a_check_raises_becomes_unknown_with_plugin_version_and_error(
        self, error: BaseException, told: str
    ) -> None:
        def raises(call: CheckCall) -> Result:
            raise error

        result = checked(raises)
        assert (result.result, result.code) == ("unknown", "plugin-raised")
        assert result.params == {"plugin": "demo", "version": "0.1.0", "error": told}

    def test_an_interrupt_is_not_held_back(self) -> None:
        def interrupted(call: CheckCall) -> Result:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            checked(interrupted)

    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            (None, "it answered None, not Pass, Fail or Unknown"),
            (True, "it answered a Python bool, not Pass, Fail or Unknown"),
            ("pass", "it answered a Python str, not Pass, Fail or Unknown"),
            (Pass, "it answered a Python type, not Pass, Fail or Unknown"),
            (CheckResult("pass"), "it answered a Python CheckResult, not Pass, Fail or Unknown"),
            (Fail("late"), "it answered 'late', a code that it has no words for"),
            (Fail(7), "it answered a Python int, a code that it has no words for"),  # type: ignore[arg-type]
            (Fail("not-open"), "the words for 'not-open' need code"),
            (Fail("no-list", at="budget"), "its place is 'budget', which is no JSON pointer"),
            (Fail("no-list", at="/~"), "its place is '/~', which is no JSON pointer"),
            (Fail("no-list", at=3), "its place is a Python int, which is no JSON pointer"),  # type: ignore[arg-type]
            (Fail("no-list", at="/" * 2_000), f"its place is {'/' * 80!r}"),
            (Fail("no-list", at="/\ud800"), "its place is '/\\ud800', which is no JSON pointer"),
            (Fail("no-list", check="x"), "a parameter is called 'check', which pmo fills in"),
        ],
    )
    def test_an_answer_that_breaks_the_contract_becomes_unknown(
        self, answer: Result, error: str
    ) -> None:
        result = checked(lambda call: answer)
        assert result.code == "plugin-result"
        assert str(error_of(result)).startswith(error)

    @pytest.mark.parametrize(
        "value",
        [
            float("nan"),
            float("inf"),
            2**60,
            "x" * 20_000,
            "\ud800",
            {1, 2},
            (1, 2),
            b"bytes",
            object(),
            {7: "seven"},
            [0] * 2_000,
            {"a": {"b": {"c": [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}}},
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_parameters_that_are_no_small_json_are_refused(self, value: Json) -> None:
        result = checked(lambda call: Fail("not-open", code=value))
        assert result.code == "plugin-result"
        assert str(error_of(result)).startswith("its parameters for 'not-open' are refused: ")
        assert len(str(error_of(result))) < 500

    def test_a_circle_in_the_parameters_is_refused(self) -> None:
        circle: list[Json] = []
        circle.append(circle)
        result = checked(lambda call: Fail("not-open", code=circle))
        assert result.code == "plugin-result"

    def test_a_check_cannot_change_the_record(self) -> None:
        record: JsonObject = {"budget": {"codes": ["1"]}}

        def greedy(call: CheckCall) -> Result:
            call.record["budget"]["codes"].append("2")  # type: ignore[index, call-overload, union-attr]
            call.record["extra"] = True
            return Pass()

        checked(greedy, record)
        assert record == {"budget": {"codes": ["1"]}}

    def test_a_check_cannot_change_the_settings_of_the_next(self) -> None:
        seen: list[JsonObject] = []

        def greedy(call: CheckCall) -> Result:
            seen.append({**call.settings, "lists": [*call.settings["lists"]]})  # type: ignore[misc]
            call.settings["lists"].append("mine")  # type: ignore[union-attr]
            return Pass()

        settings: JsonObject = {"lists": ["open"]}
        plugin = loaded(check=greedy, settings=settings)
        for _time in range(2):
            ask_check(
                plugin, plugin.checks["open"], CheckCall({}, {}, "c", "atlas", "s@1", "g", NOW)
            )
        assert seen == [{"lists": ["open"]}, {"lists": ["open"]}]
        assert settings == {"lists": ["open"]}

    def test_an_answer_that_is_changed_later_changes_nothing(self) -> None:
        codes: list[Json] = ["1"]
        result = checked(lambda call: Fail("not-open", code=codes))
        codes.append("2")
        assert result.params == {"code": ["1"]}

    def test_a_check_sees_who_asks(self) -> None:
        def tells(call: CheckCall) -> Result:
            assert call.now is NOW
            said: list[Json] = [call.criterion, call.project, call.standard, call.gate]
            return Fail("not-open", code=said)

        assert checked(tells).params == {"code": ["code-open", "atlas", "s@1", "g"]}

    def test_it_gets_the_settings_of_plugin_and_criterion_together(self) -> None:
        def tells(call: CheckCall) -> Result:
            return Fail("not-open", code=call.settings)

        result = checked(tells, own={"least": 80}, settings={"list": "open.txt"})
        assert result.params == {"code": {"list": "open.txt", "least": 80}}

    def test_neither_office_nor_standard_overrules_the_other(self) -> None:
        with pytest.raises(InvalidSettings, match="two values for 'least'"):
            checked(lambda call: Pass(), own={"least": 80}, settings={"least": 10})

    def test_settings_that_do_not_fit_are_an_error_and_no_finding(self) -> None:
        schema = {"type": "object", "properties": {"list": {"type": "string"}}}
        with pytest.raises(InvalidSettings, match=r"settings of check demo\.open") as caught:
            checked(lambda call: Pass(), schema=schema, settings={"list": 3})
        assert caught.value.pointer == "/list"


class TestFacts:
    def test_a_fact_is_kept_with_its_value_time_and_source(self) -> None:
        fact = Fact(3, "2026-11-24T08:00:00Z", "tracker")
        assert supplied(lambda call: {"demo.a": fact}) == {"demo.a": fact}

    def test_a_fact_without_source_is_the_plugins(self) -> None:
        assert supplied(lambda call: {"demo.a": Fact(3)})["demo.a"].source == "plugin demo 0.1.0"

    def test_what_is_not_known_is_left_out(self) -> None:
        assert supplied(lambda call: {}) == {}

    def test_what_was_not_wanted_is_left_out(self) -> None:
        found = supplied(lambda call: {"demo.a": Fact(1), "demo.b": Fact(2)}, "demo.a")
        assert list(found) == ["demo.a"]

    def test_a_plugin_cannot_mark_a_fact_as_given_by_hand(self) -> None:
        assert not supplied(lambda call: {"demo.a": Fact(1, by_hand=True)})["demo.a"].by_hand

    def test_why_a_fact_could_not_be_had_is_kept_under_one_code(self) -> None:
        found = supplied(lambda call: {"demo.a": Fact(None, source="no login", failure="ready")})
        assert found == {"demo.a": Fact(None, source="no login", failure="fact-unavailable")}

    @pytest.mark.parametrize("error", [RuntimeError("away"), SystemExit(1)])
    def test_what_a_supplier_raises_is_the_cause_of_all_it_was_asked(
        self, error: BaseException
    ) -> None:
        def raises(call: FactCall) -> Mapping[str, Fact]:
            raise error

        found = supplied(raises, "demo.a", "demo.b")
        assert {fact.failure for fact in found.values()} == {"plugin-raised"}
        assert sorted(found) == ["demo.a", "demo.b"]
        assert f"plugin demo 0.1.0: {type(error).__name__}" in found["demo.a"].source

    @pytest.mark.parametrize(
        "given",
        [
            None,
            ["demo.a"],
            {"demo.a": 3},
            {"demo.a": None},
            {"other.a": Fact(1)},
            {"demo.c": Fact(1)},
            {3: Fact(1)},
            {"demo.a": Fact(float("nan"))},
            {"demo.a": Fact("x" * 1_000_001)},
            {"demo.a": Fact({"a": (1,)})},  # type: ignore[dict-item]
            {"demo.a": Fact(1, "yesterday")},
            {"demo.a": Fact(1, 5)},  # type: ignore[arg-type]
        ],
    )
    def test_what_is_no_fact_of_its_own_is_refused(self, given: Mapping[str, Fact]) -> None:
        found = supplied(lambda call: given)
        assert found["demo.a"].failure == "plugin-result"
        assert found["demo.a"].value is None

    def test_a_bad_value_harms_no_other_fact(self) -> None:
        found = supplied(
            lambda call: {"demo.a": Fact(float("inf")), "demo.b": Fact(2)}, "demo.a", "demo.b"
        )
        assert found["demo.b"].value == 2
        assert found["demo.a"].failure == "plugin-result"


def record(value: Json = None, source: str = "a.yaml", line: int | None = None) -> SourceRecord:
    """A record as a source gives it."""
    document = document_at({"id": "a"} if value is None else value, Place("a", 1, 1))
    return SourceRecord(document, source, line)


def read(give: Callable[[SourceCall], Reading], *, settings: JsonObject | None = None) -> Reading:
    """What the source gives for the target `here`."""
    plugin = loaded(read=give, settings=settings)
    return read_source(plugin, plugin.sources["demo"], "here", Scalars.STRINGS)


class TestSources:
    def test_a_source_is_told_target_scalars_and_settings(self) -> None:
        calls: list[SourceCall] = []

        def give(call: SourceCall) -> Reading:
            calls.append(call)
            return Reading([])

        read(give, settings={"depth": 2})
        assert calls == [SourceCall("here", Scalars.STRINGS, {"depth": 2})]

    def test_records_and_faults_come_in_order_and_one_at_a_time(self) -> None:
        taken: list[str] = []

        def records() -> Iterator[SourceRecord | InvalidDocument]:
            taken.append("first")
            yield record()
            taken.append("second")
            yield InvalidDocument("no YAML")

        found = iter(read(lambda call: Reading(records())).records)
        assert taken == []
        assert isinstance(next(found), SourceRecord)
        assert taken == ["first"]
        fault = next(found)
        assert isinstance(fault, InvalidDocument)
        assert fault.source == "demo:here"

    def test_facts_are_those_of_its_namespace(self) -> None:
        found = read(lambda call: Reading([], {"demo.list": Fact(["a"])}))
        assert found.facts == {"demo.list": Fact(["a"], source="plugin demo 0.1.0")}

    def test_a_fact_that_cannot_be_kept_is_unknown_with_its_cause(self) -> None:
        found = read(lambda call: Reading([], {"demo.list": Fact(float("nan"))}))
        assert found.facts["demo.list"].failure == "plugin-result"

    def test_what_the_user_can_mend_reaches_the_user(self) -> None:
        def give(call: SourceCall) -> Reading:
            raise UnknownName("no folder 'here'", remedy="Check the path")

        with pytest.raises(UnknownName, match="no folder 'here'"):
            read(give)

    @pytest.mark.parametrize("error", [OSError("gone"), SystemExit(1)])
    def test_anything_else_is_an_error_of_the_plugin(self, error: BaseException) -> None:
        def give(call: SourceCall) -> Reading:
            raise error

        with pytest.raises(PluginError, match=r"plugin demo 0\.1\.0 could not read demo:here"):
            read(give)

    def test_a_source_that_breaks_off_keeps_what_came_before(self) -> None:
        def records() -> Iterator[SourceRecord]:
            yield record()
            raise LookupError("no more")

        found = iter(read(lambda call: Reading(records())).records)
        next(found)
        with pytest.raises(PluginError, match="LookupError: no more"):
            next(found)

    @pytest.mark.parametrize(
        "reading",
        [
            None,
            [],
            ([], {}),
            Reading([], None),  # type: ignore[arg-type]
            Reading([], {"other.list": Fact(1)}),
            Reading([], {3: Fact(1)}),  # type: ignore[dict-item]
        ],
    )
    def test_what_is_no_reading_is_refused(self, reading: Reading) -> None:
        with pytest.raises(PluginError):
            read(lambda call: reading)

    @pytest.mark.parametrize(
        "item",
        [
            None,
            {"id": "a"},
            SourceRecord({"id": "a"}, "a.yaml"),  # type: ignore[arg-type]
            record(source=""),
            record(source="x" * 2_000),
            record(line=0),
        ],
    )
    def test_what_is_no_record_is_refused(self, item: SourceRecord) -> None:
        with pytest.raises(PluginError):
            list(read(lambda call: Reading([item])).records)

    def test_a_record_beyond_the_limits_is_unreadable_and_the_others_go_on(self) -> None:
        """S1.5: depth is checked wherever a value enters."""
        deep: Json = "x"
        for _level in range(200):
            deep = [deep]
        whole = record()
        whole.document.value["deep"] = deep  # type: ignore[index, call-overload]
        found = list(read(lambda call: Reading([whole, record()])).records)
        assert isinstance(found[0], InvalidDocument)
        assert isinstance(found[1], SourceRecord)
