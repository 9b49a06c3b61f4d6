"""Where the lint rules on the lifecycle begin and end."""

from __future__ import annotations

import pytest

from pmo_core.trial.lint import lint

from .clean import changed, said


def gate(name: str, source: str, outcomes: str, criteria: str = "{}", more: str = "") -> str:
    """A merge patch that adds a gate."""
    return f"""
lifecycle:
  gates:
    {name}:
      title: Another gate
      from: {source}
      owner: manager
      outcomes: {outcomes}
      authority: {{role: sponsor}}
      criteria: {criteria}
      {more}
"""


MUST = "{m: {must: Something is there, answer: {evidence: required}, guidance: guidance/case.md}}"


def test_unreachable_phase_names_all_that_are_lost_at_the_first() -> None:
    patch = "lifecycle: {phases: [idea, delivery, benefits, archive, closed]}"
    assert said("unreachable-phase", patch) == [
        "no series of outcomes leads from 'idea' to 'benefits', 'archive'"
    ]
    (finding,) = [one for one in lint(changed(patch)) if one.rule == "unreachable-phase"]
    assert finding.pointer == "/lifecycle/phases/2"


def test_unreachable_phase_is_not_said_of_a_track_that_is_only_claimed() -> None:
    tracks = """
lifecycle:
  initial: null
  phases: null
  ends: null
  tracks:
    main: {initial: idea, phases: [idea, delivery, closed], ends: [closed]}
    product: {initial: alpha, phases: [alpha, beta, stable], ends: [stable]}
"""
    assert said("unreachable-phase", tracks) == []
    assert said("no-end-reachable", tracks) == []


def test_unreachable_phase_counts_a_later_move_when_conditions_are_met() -> None:
    """S11.3: `then` moves the project without another decision."""
    patch = """
lifecycle:
  phases: [idea, delivery, benefits, closed]
  gates:
    closing:
      outcomes:
        conditional-go: {to: same, then: {after: conditions-met, to: benefits}}
"""
    assert said("unreachable-phase", patch) == []


def test_unreachable_phase_in_a_group_of_equal_rank_points_into_the_group() -> None:
    patch = "lifecycle: {phases: [idea, [delivery, purchase], closed]}"
    (finding,) = [one for one in lint(changed(patch)) if one.rule == "unreachable-phase"]
    assert finding.pointer == "/lifecycle/phases/1/1"


def test_no_end_reachable_is_not_said_where_a_track_has_no_ends() -> None:
    assert said("no-end-reachable", "lifecycle: {ends: null}") == []


def test_no_end_reachable_is_said_once_for_a_circle_without_a_way_out() -> None:
    patch = """
lifecycle:
  phases: [idea, delivery, here, there, closed]
  gates:
    approval: {outcomes: {stray: {to: here, needs: nothing, reason: required}}}
    forth: {title: F, from: here, outcomes: {go: there}, authority: automatic, criteria: {}}
    back: {title: B, from: there, outcomes: {go: here}, authority: automatic, criteria: {}}
"""
    assert said("no-end-reachable", patch) == [
        "a project in 'here', 'there' can never reach an end ('closed')"
    ]


def test_bypassable_gate_finds_a_way_of_two_steps() -> None:
    patch = """
lifecycle:
  phases: [idea, aside, delivery, closed]
  gates:
    step: {title: S, from: idea, outcomes: {go: aside}, authority: automatic, criteria: {}}
    jump:
      title: J
      from: aside
      outcomes: {onward: {to: delivery, needs: nothing}}
      authority: {role: sponsor}
      criteria: {}
"""
    (message,) = said("bypassable-gate", patch)
    assert "past it to 'delivery' by step/go and jump/onward" in message


def test_bypassable_gate_finds_a_jump_beyond_the_phase_that_is_guarded() -> None:
    patch = f"""
lifecycle:
  phases: [idea, delivery, operation, closed]
  gates:
    closing: {{outcomes: {{go: operation}}}}
    ended:
      title: E
      from: operation
      outcomes: {{go: closed}}
      authority: {{role: sponsor}}
      criteria: {MUST}
    jump:
      title: J
      from: idea
      outcomes: {{onward: {{to: operation, needs: nothing}}}}
      authority: {{role: sponsor}}
      criteria: {{}}
"""
    assert len(said("bypassable-gate", patch)) == 1


@pytest.mark.parametrize(
    ("why", "patch"),
    [
        ("kill", gate("stop", "idea", "{kill: delivery}")),
        ("into an end", gate("stop", "idea", "{stop: {to: closed, needs: nothing}}")),
        ("for other projects", gate("fast", "idea", "{go: delivery}", "{}", "when: large")),
        ("a must of its own", gate("fast", "idea", "{go: delivery}", MUST)),
        (
            "a reason of its own authority",
            "lifecycle: {gates: {approval: {outcomes: "
            "{wave: {to: delivery, needs: nothing, reason: required}}}}}",
        ),
    ],
)
def test_bypassable_gate_is_not_said_of(why: str, patch: str) -> None:
    assert said("bypassable-gate", patch) == [], why


def test_bypassable_gate_is_said_of_an_own_outcome_without_reason() -> None:
    patch = "lifecycle: {gates: {approval: {outcomes: {wave: {to: delivery, needs: nothing}}}}}"
    assert len(said("bypassable-gate", patch)) == 1


def test_bypassable_gate_is_not_said_of_a_gate_without_a_must() -> None:
    patch = """
lifecycle:
  gates:
    approval:
      outcomes: {wave: {to: delivery, needs: nothing}}
      criteria: {case-approved: {must: null, should: The business case is approved}}
"""
    assert said("bypassable-gate", patch) == []


def test_outcome_to_own_phase_is_not_said_where_a_gate_leads_out_of_several() -> None:
    patch = """
lifecycle:
  gates:
    closing:
      from: [idea, delivery]
      outcomes: {back: {to: idea, needs: nothing, reason: required}}
"""
    assert said("outcome-to-own-phase", patch) == []


def test_outcome_to_nowhere_finds_a_phase_of_two_tracks() -> None:
    patch = """
lifecycle:
  initial: null
  phases: null
  ends: null
  tracks:
    main: {initial: idea, phases: [idea, delivery, closed], ends: [closed]}
    money: {initial: idea, phases: [idea, closed], ends: [closed]}
"""
    messages = said("outcome-to-nowhere", patch)
    assert messages
    assert all("'closed' is a phase of 'main', 'money'" in message for message in messages)


def test_clear_before_nowhere_finds_next_gate_where_none_follows() -> None:
    patch = """
lifecycle:
  gates:
    closing:
      outcomes: {conditional-go: closed}
      criteria: {accepted: {deferrable: {within: next-gate}}}
"""
    assert said("clear-before-nowhere", patch) == [
        "'accepted' may be put off to the next gate, but none follows 'closing'"
    ]


def test_clear_before_nowhere_takes_a_gate_several_phases_on() -> None:
    patch = """
lifecycle:
  phases: [idea, purchase, delivery, closed]
  gates:
    approval: {outcomes: {go: purchase, conditional-go: {to: purchase, clear-before: closing}}}
    bought: {title: B, from: purchase, outcomes: {go: delivery}, authority: automatic, criteria: {}}
"""
    assert said("clear-before-nowhere", patch) == []


def test_hold_without_end_is_only_said_of_a_hold() -> None:
    patch = "lifecycle: {gates: {approval: {outcomes: {wait: {to: same, needs: nothing}}}}}"
    assert said("hold-without-end", patch) == []


def test_outcome_to_nowhere_is_not_said_of_a_map_from_track_to_phase() -> None:
    """S11.3: the map is the form that says which track moves."""
    tracks = """
lifecycle:
  initial: null
  phases: null
  ends: null
  tracks:
    main: {initial: idea, phases: [idea, delivery, closed], ends: [closed]}
    product: {initial: idea, phases: [idea, delivery, stable], ends: [stable]}
  gates:
    approval:
      from: {main: idea}
      outcomes: {go: {to: {main: delivery}}, conditional-go: %s}
    closing: {from: {main: delivery}}
"""
    both = tracks % "{to: {main: delivery, product: delivery}}"
    assert said("outcome-to-nowhere", both) == []
    assert {one.rule for one in lint(changed(both))} <= {
        "unreachable-phase",
        "no-end-reachable",
        "clear-before-nowhere",
    }


def test_last_occurrence_without_recurrence_is_not_said_where_there_may_be_one() -> None:
    """S11.4."""
    patch = """
lifecycle:
  gates:
    closing:
      criteria: {signed: {must: It is signed, answer: {max_age: {since: last-occurrence}}}}
"""
    (message,) = said("last-occurrence-without-recurrence", patch)
    assert message.startswith("gate 'closing' neither recurs nor is repeated")
    again = patch + "      per: {items: /parts}\n"
    assert said("last-occurrence-without-recurrence", again) == []
