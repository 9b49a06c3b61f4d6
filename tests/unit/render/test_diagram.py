"""A standard drawn: what stands at each phase, what a screen reader is told, what Mermaid reads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_core.render.diagram import diagram_lines
from pmo_core.render.layout import columns
from pmo_core.render.mermaid import mermaid_lines
from pmo_core.render.spans import rhythm_words, span_words
from pmo_core.render.style import Style
from pmo_core.standards.instants import Duration, WorkingDays, parse_duration
from pmo_core.standards.model import Recurrence, Standard
from pmo_core.testing.builders import a_standard


def drawn(standard: Standard, style: Style | None = None) -> list[str]:
    """All tracks of a standard, without its title and the last line, which names a command."""
    return list(diagram_lines(standard, list(standard.tracks), style or Style()))[2:-2]


def drawn_gate(gate: str, *, roles: str = "{}", predicates: str = "{}") -> list[str]:
    """The lines of a gate that leads from `planning`, below its title."""
    lines = drawn(a_standard(gate=gate, roles=roles, predicates=predicates))
    first = lines.index("\u251c\u2500 ready: Ready for executing")
    return [line[1:].strip() for line in lines[first + 1 : lines.index("\u25bc")]]


def arrows(standard: Standard, *tracks: str) -> list[str]:
    """The arrows of the Mermaid diagram."""
    lines = mermaid_lines(standard, tracks or list(standard.tracks))
    return [line.strip() for line in lines if "-->" in line]


def test_phases_stand_on_a_rail_and_outcomes_lead_on_from_their_gates() -> None:
    """S11.2, S11.3."""
    gates = """{done: {title: Done, from: executing, authority: automatic, criteria: {},
        outcomes: {go: closed, recycle: planning, kill: closed}}}"""
    assert drawn(a_standard(gates=gates)) == [
        "● planning, where a project begins",
        "│",
        "├─ ready: Ready for executing",
        "│    go       ↓ executing",
        "│    hold     · stays, until a date that is set",
        "▼",
        "● executing",
        "│",
        "├─ done: Done",
        "│    go       ■ closed, the end",
        "│    recycle  ↑ back to planning",
        "│    kill     ■ closed, the end",
        "▼",
        "■ closed, the end",
    ]


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (
            "kill: closed, hold: {to: same, resume-by: {within: P6M}, on-lapse: kill}",
            "at most 6 months; then kill",
        ),
        (
            "hold: {to: same, resume-by: {within: P1Y}, on-lapse: {effect: escalate, to: manager}}",
            "at most 1 year; then manager is asked",
        ),
        ("kill: {to: closed, reason: required}", "■ closed, the end"),
        ("early: {to: executing, needs: ready}", "↓ executing, when ready"),
        ("conditional-go: executing", "↓ executing, with conditions"),
        ("decline: {to: same, needs: nothing, again-after: P6M}", "stays; again after 6 months"),
        (
            "conditional-go: {to: same, then: {after: conditions-met, to: executing}}",
            "stays, with conditions; on to executing once the conditions are met",
        ),
    ],
)
def test_an_outcome_says_what_it_comes_to(outcome: str, told: str) -> None:
    """S11.3."""
    lines = drawn_gate(
        f"outcomes: {{{outcome}, go: executing}}", roles="{manager: {title: Manager}}"
    )
    assert told in " ".join(lines)


def test_an_outcome_that_leaves_phases_out_names_them() -> None:
    standard = a_standard(
        gate="outcomes: {go: executing, reject: {to: closing, needs: nothing}}",
        lifecycle="{phases: [planning, executing, testing, closing, closed]}",
    )
    assert "│    reject  ↓ closing, past executing and testing" in drawn(standard)


def test_a_gate_that_comes_again_says_when() -> None:
    """S11.4."""
    anchored = "recurs: {every: P1M, anchor: {entered: planning}, missed: skip}"
    assert drawn_gate(anchored)[0] == "↻ every month from the start of planning"
    assert drawn_gate("per: {items: /stages, id: id}")[0] == "↻ once for each of stages"


def test_a_gate_for_some_projects_says_which() -> None:
    predicates = "{big: {expr: 'record.id == \"a\"'}}"
    assert drawn_gate("when: big", predicates=predicates)[0] == "only where big"
    assert drawn_gate("unless: big", predicates=predicates)[0] == "not where big"


MANY = """{stop: {title: Stop, from: [planning, executing, testing], authority: automatic,
    criteria: {}, outcomes: {stop: {to: closed, needs: nothing}}}}"""


def test_a_gate_of_many_phases_stands_apart_and_once() -> None:
    lines = drawn(
        a_standard(gates=MANY, lifecycle="{phases: [planning, executing, testing, closed]}")
    )
    assert lines[-4:] == [
        "In any phase before the end",
        "│",
        "└─ stop: Stop",
        "     stop  ■ closed, the end",
    ]
    assert sum("Stop" in line for line in lines) == 1


def test_a_standing_gate_bars_no_passage() -> None:
    """S11.2."""
    gates = "{claim: {title: Is it so?, standing: true, criteria: {}}}"
    assert drawn(a_standard(gates=gates))[-2:] == [
        "At every check, barring no passage:",
        "    claim: Is it so?",
    ]


def test_a_phase_that_no_gate_leads_out_of_says_so() -> None:
    assert "● executing, left by no gate" in drawn(a_standard())


TRACKS = """{
    tracks: {
        main: {initial: planning, phases: [planning, [executing, waiting], closed]},
        stage: {initial: alpha, phases: [alpha, beta]},
    },
    phases: null, initial: null, ends: null,
    gates: {ready: {from: {main: planning, stage: alpha},
        outcomes: {go: {to: {main: executing, stage: beta}}, hold: {to: same}}}},
}"""


def test_each_track_has_a_drawing_that_names_what_happens_to_the_others() -> None:
    """S11.3: all tracks move, or none does."""
    lines = drawn(a_standard(lifecycle=TRACKS))
    assert lines.count("Track main") == lines.count("Track stage") == 1
    assert "│    while stage is alpha" in lines
    assert "│    go    ↓ executing, stage to beta" in lines
    assert "│    go    ↓ beta, main to executing" in lines


def test_a_screen_reader_gets_sentences_without_signs() -> None:
    """PMO_ACCESSIBLE."""
    lines = drawn(
        a_standard(gate="when: big", predicates="{big: {expr: 'true'}}"), Style(plain=True)
    )
    assert lines == [
        "Phase planning, where a project begins.",
        "Gate ready: Ready for executing (only where big).",
        "Outcome go: on to executing.",
        "Outcome hold: stays, until a date that is set.",
        "Phase executing, left by no gate.",
        "Phase closed, the end.",
    ]


def test_long_titles_break_on_the_rail() -> None:
    lines = drawn(a_standard(gate={"title": "word " * 40}))
    assert all(columns(line) <= 80 for line in lines)
    broken = [line for line in lines if line.count("word") > 1]
    assert len(broken) > 1
    assert all(line.startswith(("├─ ", "│  ")) for line in broken)


def test_a_terminal_gets_names_of_phases_in_bold() -> None:
    assert drawn(a_standard(), Style(colour=True))[0].startswith("● \x1b[1mplanning\x1b[0m")


def test_mermaid_has_an_arrow_for_each_gate_and_phase_that_it_leads_to() -> None:
    """S11.9."""
    gates = """{done: {title: Done, from: executing, authority: automatic, criteria: {},
        outcomes: {go: closed, recycle: planning, kill: closed}}}"""
    assert arrows(a_standard(gates=gates)) == [
        "[*] --> phase_planning",
        "phase_planning --> phase_executing : ready (go)",
        "phase_executing --> phase_closed : done (go, kill)",
        "phase_executing --> phase_planning : done (recycle)",
        "phase_closed --> [*]",
    ]


def test_mermaid_shows_a_gate_that_comes_again_as_a_loop() -> None:
    """S11.4."""
    gate = """{recurs: {every: P1M, anchor: {entered: planning}},
        outcomes: {go: {to: same}, kill: closed}}"""
    told = "ready, every month from the start of planning"
    assert arrows(a_standard(gate=gate))[1:3] == [
        f"phase_planning --> phase_planning : {told} (go)",
        "phase_planning --> phase_closed : ready (kill)",
    ]


def test_mermaid_gives_phases_ids_that_are_no_words_of_its_own_and_differ() -> None:
    standard = a_standard(
        lifecycle="{phases: [planning, a-b, a_b, a.b, end, state, '2.7', executing, closed]}"
    )
    lines = list(mermaid_lines(standard, list(standard.tracks)))
    ids = [line.rsplit(" as ")[1] for line in lines if " as " in line]
    assert ids[1:7] == [
        "phase_a_b",
        "phase_a_b_2",
        "phase_a_b_3",
        "phase_end",
        "phase_state",
        "phase_2_7",
    ]


def test_several_tracks_are_states_of_one_mermaid_diagram() -> None:
    lines = list(mermaid_lines(a_standard(lifecycle=TRACKS), ["main", "stage"]))
    assert lines.count("stateDiagram-v2") == 1
    assert '    state "Track stage" as track1 {' in lines
    assert lines.count("    }") == 2
    alone = list(mermaid_lines(a_standard(lifecycle=TRACKS), ["stage"]))
    assert "    [*] --> phase_alpha" in alone


def test_texts_of_strangers_are_no_syntax_of_mermaid() -> None:
    title = 'A "title": <b> ; # \\ %%{init} ##vso[x]'
    gate = "{per: {items: '/a;b:\"c#\\n', id: id}}"
    standard = a_standard(gate=gate, title=f"'{title}'")
    head, *lines = list(mermaid_lines(standard, list(standard.tracks)))[1:]
    assert head.startswith('title: "small@1.0.0: A \\"title\\": <b> ; # \\\\')
    assert "##vso" not in head
    labels = [line.split(" : ", 1)[1] for line in lines if " : " in line]
    assert labels
    for label in labels:
        assert re.fullmatch(r"(?:[\w .,()/-]|#\d+;)+", label)


SPANS = st.builds(Duration, *(st.integers(0, 20) for _unit in range(7)))


@given(SPANS)
def test_a_span_in_words_has_each_number_of_it(span: Duration) -> None:
    told = [int(number) for number in re.findall(r"\d+", span_words(span))]
    assert told == [int(number) for number in re.findall(r"\d+", str(span)) if number != "0"]


def test_rhythms_are_told_as_people_say_them() -> None:
    month, half, year = (parse_duration(text) for text in ("P1M", "P6M", "P1Y"))
    assert span_words(WorkingDays(1)) == "1 working day"
    assert rhythm_words(Recurrence()) == "on demand"
    assert rhythm_words(Recurrence((month,), anchor_phase="cycle")) == (
        "every month from the start of cycle"
    )
    assert rhythm_words(Recurrence((half, year, year), anchor_phase="after")) == (
        "after 6 months, then every year, from the start of after"
    )
