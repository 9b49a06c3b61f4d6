"""The whole life of a project, in any order of commands: what must hold after each of them.

Two tracks, a loop, a side exit, gates that recur, repeat, come on demand and decide themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pmo_core.documents import JsonObject
from pmo_core.errors import Refused
from pmo_core.governance.fold import fold
from pmo_core.governance.state import CLOSED, DECIDED, DUE, MISSED, OPEN
from pmo_core.governance.state_json import state_as_json, state_from_json

from .life import Life, standard_of

LIFE = standard_of("""
language: 1
standard: life
version: 1.0.0
title: A whole life
record: {schema: record.schema.json, phase: {work: /phase, money: /money}}
roles:
  manager: {title: Manager}
  sponsor: {title: Sponsor}
  executive: {title: Executive}
artefacts:
  plan: {title: Plan, states: [draft, approved]}
lifecycle:
  tracks:
    work: {initial: idea, phases: [idea, build, run, closed, stopped], ends: [closed, stopped]}
    money: {initial: none, phases: [none, seed, full]}
  gates:
    start:
      title: Start
      from: {work: idea}
      outcomes:
        go: {to: {work: build, money: seed}, baseline: {name: start, of: [/cost]}}
        hold: {to: same, resume-by: {within: P6M}}
        kill: {to: {work: stopped}, needs: nothing}
      authority: {role: sponsor, self: never}
      override: {by: executive}
      criteria:
        worth: {must: It is worth it, answer: {by: manager}}
        plan: {must: The plan is approved, artefact: {id: plan, state: approved}}
    launch:
      title: Launch
      from: {work: build, money: [seed, full]}
      outcomes:
        go: {to: {work: run, money: full}}
        recycle: {to: {work: idea}}
      authority: {role: sponsor}
      criteria:
        cost: {must: The cost is known, statutory: true, schema: {required: [cost]}}
    pulse:
      title: Monthly look
      from: {work: build}
      recurs: {every: P1M, anchor: {entered: build}, in: build}
      outcomes: {go: {to: same}, stop: {to: {work: stopped}, needs: nothing}}
      authority: {role: sponsor}
      criteria:
        well: {must: It goes well, answer: {max_age: {since: last-occurrence}}}
    stage:
      title: Stage
      from: {work: build}
      per: {items: /stages, id: id}
      outcomes: {go: {to: same}, recycle: {to: same}}
      authority: {role: sponsor}
      criteria:
        done: {must: The stage is done, answer: {}}
    ask:
      title: A change is asked for
      from: {work: [build, run]}
      recurs: on-demand
      outcomes: {go: {to: same}, kill: {to: same}}
      authority: {role: sponsor}
      criteria: {}
    close:
      title: Close
      from: {work: run}
      outcomes: {go: {to: {work: closed}}}
      authority: automatic
      criteria:
        over: {must: It is over, schema: {required: [over]}}
""")
PEOPLE = st.sampled_from(["ana", "bo", "di"])
REVIEWED = st.sampled_from(["start", "launch", "pulse", "stage", "ask"])
WITHDRAWN = "withdrawn"


class WholeLife(RuleBasedStateMachine):
    """Commands in any order; a refusal is an answer, and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.life = Life(LIFE)
        self.answers = 0

    @initialize(later=st.booleans(), cost=st.none() | st.integers(0, 9))
    def begin(self, later: bool, cost: int | None) -> None:
        record: JsonObject = {
            "id": "atlas",
            "phase": "idea",
            "money": "none",
            "stages": [{"id": "s1"}],
        }
        if cost is not None:
            record["cost"] = cost
        position = {"work": "build", "money": "seed"} if later else None
        self.life.register(record, position=position, evidence=("minutes.pdf",) if later else ())

    def attempt(self, command: Callable[..., object], *args: object, **named: object) -> bool:
        """Whether it was done; a refusal says what to do, and leaves no trace."""
        before = len(self.life.events)
        refusal: Refused | None = None
        try:
            command(*args, **named)
        except Refused as refused:
            refusal = refused
        if refusal is None:
            return True
        assert refusal.message
        assert refusal.remedy, refusal.message
        assert len(self.life.events) == before
        return False

    @rule(cost=st.none() | st.integers(0, 9), stages=st.integers(0, 3), over=st.booleans())
    def amend(self, cost: int | None, stages: int, over: bool) -> None:
        items = [{"id": f"s{number}"} for number in range(1, stages + 1)]
        self.attempt(self.life.amend, cost=cost, stages=items, over=over or None)

    @rule(phase=st.sampled_from(["idea", "build", "closed"]))
    def claim(self, phase: str) -> None:
        done = self.attempt(self.life.amend, phase=phase)
        assert not done or phase == self.life.state.phases["work"]

    @rule(criterion=st.sampled_from(["worth", "well", "done", "cost"]), actor=PEOPLE)
    def answer(self, criterion: str, actor: str) -> None:
        item = "s1" if criterion == "done" else ""
        if criterion == "done" and not self.life.state.record["stages"]:
            return
        if self.attempt(self.life.answer, criterion, "yes", actor, item=item):
            self.answers += 1

    @rule(to=st.sampled_from(["draft", "approved"]))
    def move(self, to: str) -> None:
        assert self.attempt(self.life.move, "plan", to)

    @rule()
    def prepare(self) -> None:
        self.amend(7, 1, True)
        self.move("approved")
        for criterion in ("worth", "well", "done"):
            self.answer(criterion, "ana")

    @rule(gate=REVIEWED, actor=PEOPLE)
    def open(self, gate: str, actor: str) -> None:
        item = "s1" if gate == "stage" and self.life.state.record.get("stages") else ""
        self.attempt(self.life.open, gate, actor, item)

    @precondition(lambda self: any(one.status == OPEN for one in self.life.state.reviews))
    @rule(actor=st.sampled_from(["bo", "bo", "di", "ana"]), override=st.booleans(), data=st.data())
    def decide(self, actor: str, override: bool, data: st.DataObject) -> None:
        state = self.life.state
        reviews = [one for one in state.reviews if one.status == OPEN]
        review = data.draw(st.sampled_from(reviews), label="review")
        gate = LIFE.gates[review.gate]
        needs = {one.id: one.needs for one in gate.outcomes}
        outcome = data.draw(st.sampled_from([*needs, WITHDRAWN]), label="outcome")
        if outcome == WITHDRAWN:
            if self.attempt(self.life.withdraw, actor, review):
                assert actor in (review.by, "bo")
            return
        if gate.per and not state.record["stages"]:
            return
        done = self.attempt(
            self.life.decide, outcome, actor, review, override=override, reason="So it is"
        )
        if done:
            decision = self.life.state.decisions[-1]
            assert decision.verdict == "ready" or needs[outcome] == "nothing" or decision.override
            assert not decision.override or (gate.id, actor) == ("start", "di")

    @rule(gate=REVIEWED)
    def prepare_and_decide(self, gate: str) -> None:
        self.prepare()
        item = "s1" if gate == "stage" else ""
        if self.attempt(self.life.open, gate, "ana", item):
            assert self.attempt(self.life.decide, "go", "bo")

    @rule(days=st.integers(0, 45))
    def time_passes(self, days: int) -> None:
        self.life.now += timedelta(days=days)

    @rule()
    def tick(self) -> None:
        self.life.tick()
        assert self.life.tick() == [], "a second tick writes nothing (S13.3)"
        self.life.automatic()
        assert self.life.automatic() == []

    @invariant()
    def the_state_is_the_fold_of_its_events(self) -> None:  # S15.5
        state = self.life.known
        if state is None:
            return
        assert fold(self.life.events) == state
        written = json.loads(json.dumps(state_as_json(state)))
        assert state_from_json(written, state.record) == state
        assert state.version == len(self.life.events) == self.life.events[-1].seq

    @invariant()
    def a_position_is_what_decisions_and_entries_made_it(self) -> None:  # S11.1, S11.3, S11.5
        position: dict[str, str] = {}
        visits: dict[str, int] = {}
        moving: dict[str, list[str]] = {}
        for event in self.life.events:
            told = event.payload
            if event.name in ("registered", "entered"):
                position = dict(told["position"])  # type: ignore[arg-type]
                visits = {f"{track}/{phase}": 1 for track, phase in position.items()}
            elif event.name == "decided":
                assert not moving, "the entries of a decision follow it at once"
                moving = dict(told["moved"])  # type: ignore[arg-type]
            elif event.name == "phase-entered":
                track, phase = str(told["track"]), str(told["to"])
                assert moving.pop(track) == [position[track], phase]
                position[track] = phase
                visits[f"{track}/{phase}"] = visits.get(f"{track}/{phase}", 0) + 1
        if self.life.known is not None:
            assert not moving
            assert all(phase in LIFE.tracks[track].ranks for track, phase in position.items())
            assert self.life.state.phases == position
            assert self.life.state.visits == visits
            record = self.life.state.record
            assert (record["phase"], record["money"]) == (position["work"], position["money"])

    @invariant()
    def reviews_and_occurrences_have_one_end(self) -> None:  # S11.4, S13
        if self.life.known is None:
            return
        state = self.life.state
        open_ones = [one[1:3] for one in state.reviews if one.status == OPEN]
        assert len(open_ones) == len(set(open_ones))
        assert len({one.key for one in state.reviews}) == len(state.reviews)
        assert all((one.ended is None) == (one.status == OPEN) for one in state.reviews)
        assert {one.status for one in state.reviews} <= {OPEN, CLOSED, DECIDED}
        ended = [
            (one.payload["gate"], one.payload["occurrence"])
            for one in self.life.events
            if one.name in ("occurrence-missed", "decided")
            and one.payload["occurrence"]
            and one.payload["gate"] in ("pulse", "ask")
        ]
        assert len(ended) == len(set(ended)), "decided or missed, and once"
        assert {one.status for one in state.occurrences} <= {DUE, MISSED, DECIDED}

    @invariant()
    def answers_grow_by_stamped_entries_alone(self) -> None:  # S2.4, S5.5
        stamped = [one for one in self.life.events if one.name == "answered"]
        assert len(stamped) == self.answers
        answers = {} if self.life.known is None else self.life.state.record.get("answers", {})
        assert set(answers) == {  # type: ignore[arg-type]
            f"{one.payload['criterion']}{'@' if one.payload['item'] else ''}{one.payload['item']}"
            for one in stamped
        }
        assert all(one.payload["entry"]["by"] == one.by for one in stamped)  # type: ignore[index,call-overload]


WholeLife.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
TestWholeLife = WholeLife.TestCase
