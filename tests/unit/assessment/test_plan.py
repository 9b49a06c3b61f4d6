"""The smallest set of actions: exact where it says so, else without waste (S14.2, S14.4)."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core.assessment.plan import (
    MOST_NODES,
    Action,
    Alternative,
    Plan,
    cheapest_plan,
    cost_of,
    shared,
)

STATES = {"plan": ("draft", "reviewed", "approved")}
KINDS = ("fix", "waive", "answer")
ACTIONS = st.builds(
    Action,
    st.sampled_from(KINDS),
    st.sampled_from("abcd"),
    st.sampled_from(((), ("boss",))),
)
NEEDS = st.lists(
    st.lists(st.sets(ACTIONS, min_size=1, max_size=3).map(frozenset), min_size=1, max_size=3),
    max_size=4,
)


def fix(name: str) -> Action:
    return Action("fix", name, ("boss",))


def ids(plan: Plan | None) -> list[str]:
    assert plan is not None
    return [action.id for action in plan.actions]


def meets(chosen: Alternative, needs: list[list[Alternative]]) -> bool:
    return all(any(option <= chosen for option in options) for options in needs)


def by_brute_force(needs: list[list[Alternative]]) -> frozenset[Action]:
    """The cheapest of all sets of actions that meet all needs, each looked at."""
    every = sorted({action for options in needs for option in options for action in option})
    sets = [
        frozenset(chosen)
        for size in range(len(every) + 1)
        for chosen in combinations(every, size)
        if meets(frozenset(chosen), needs)
    ]
    return min(sets, key=cost_of)


class TestCost:
    """S14.2: lexicographic: no actor, waivers and deferrals, all actions, then ids."""

    @pytest.mark.parametrize(
        ("cheaper", "dearer"),
        [
            (["fix", "fix", "fix"], ["fix-"]),
            (["waive", "waive"], ["fix-"]),
            (["fix", "fix"], ["waive"]),
            (["fix", "fix"], ["defer"]),
            (["fix"], ["fix", "answer"]),
            (["answer"], ["fix"]),
        ],
    )
    def test_in_that_order(self, cheaper: list[str], dearer: list[str]) -> None:
        def actions(kinds: list[str]) -> Alternative:
            return frozenset(
                Action(kind.rstrip("-"), str(number), () if kind.endswith("-") else ("boss",))
                for number, kind in enumerate(kinds)
            )

        assert cost_of(actions(cheaper)) < cost_of(actions(dearer))
        found = cheapest_plan([[actions(dearer), actions(cheaper)]])
        assert found is not None
        assert frozenset(found.actions) == actions(cheaper)

    def test_ties_are_settled_by_the_ids(self) -> None:
        one, two = frozenset({fix("a"), fix("z")}), frozenset({fix("b"), fix("c")})
        for options in ([one, two], [two, one]):
            assert ids(cheapest_plan([options])) == ["fix:a", "fix:z"]


class TestChoosing:
    def test_nothing_to_do_is_a_plan(self) -> None:
        assert cheapest_plan([]) == Plan((), True)

    def test_a_need_without_a_way_has_none(self) -> None:
        assert cheapest_plan([[frozenset({fix("a")})], []]) is None

    def test_an_action_that_serves_several_counts_once(self) -> None:
        both = fix("both")
        needs = [[frozenset({both}), frozenset({fix(n)})] for n in "ab"]
        assert ids(cheapest_plan(needs)) == ["fix:both"]

    def test_of_equal_plans_the_one_whose_ids_come_first(self) -> None:
        """S14.2: though the first choice that looks cheap leads to another."""
        needs = [
            [frozenset({fix("b")}), frozenset({fix("c")})],
            [frozenset({fix("b"), fix("z")}), frozenset({fix("c"), fix("a")})],
        ]
        assert ids(cheapest_plan(needs)) == ["fix:a", "fix:c"]

    def test_what_cannot_be_cheaper_is_not_looked_into(self) -> None:
        """Or forty needs that hang together could not be proved."""
        needs = [[frozenset({fix(f"{n:02}")}), frozenset({fix("all")})] for n in range(40)]
        found = cheapest_plan(needs)
        assert ids(found) == ["fix:all"]
        assert found is not None
        assert found.proved

    def test_needs_that_share_nothing_are_chosen_apart(self) -> None:
        needs = [[frozenset({fix(f"{n}1")}), frozenset({fix(f"{n}2")})] for n in "abcdefgh" * 8]
        found = cheapest_plan(needs)
        assert ids(found) == [f"fix:{n}1" for n in "abcdefgh"]
        assert found is not None
        assert found.proved

    def test_greed_alone_would_err(self) -> None:
        """The classic: what serves most at first leaves more to do in the end."""
        big, left, right = fix("m"), fix("x"), fix("y")
        needs = [
            [frozenset({left}), frozenset({big})],
            [frozenset({left}), frozenset({big})],
            [frozenset({right}), frozenset({big})],
            [frozenset({right}), frozenset({big})],
            [frozenset({left})],
            [frozenset({right})],
        ]
        assert ids(cheapest_plan(needs)) == ["fix:x", "fix:y"]


@settings(max_examples=250)
@given(NEEDS)
def test_where_it_is_proved_brute_force_finds_nothing_cheaper(
    needs: list[list[Alternative]],
) -> None:
    """S14.4: no subset of all actions of smaller cost does."""
    found = cheapest_plan(needs)
    assert found is not None
    assert found.proved
    chosen = frozenset(found.actions)
    assert meets(chosen, needs)
    best = by_brute_force(needs)
    assert cost_of(chosen) == cost_of(best)
    assert len(found.actions) == len(chosen)


@settings(max_examples=60)
@given(NEEDS, st.randoms(use_true_random=False))
def test_the_order_of_needs_and_ways_does_not_matter(
    needs: list[list[Alternative]], random
) -> None:  # type: ignore[no-untyped-def]
    mixed = [list(options) for options in needs]
    for options in mixed:
        random.shuffle(options)
    random.shuffle(mixed)
    one, two = cheapest_plan(needs), cheapest_plan(mixed)
    assert one is not None
    assert two is not None
    assert ids(one) == ids(two)


def hard(many: int) -> list[list[Alternative]]:
    """Needs that hang together and of which no bound cuts many choices off."""
    return [
        [frozenset({fix(f"{n:02}-{k}"), fix(f"{(n + k) % many:02}-x")}) for k in range(4)]
        for n in range(many)
    ]


def test_beyond_twenty_thousand_nodes_it_is_not_proved_and_wastes_nothing() -> None:
    """S14.4."""
    needs = hard(24)
    found = cheapest_plan(needs)
    assert found is not None
    assert not found.proved
    chosen = frozenset(found.actions)
    assert meets(chosen, needs)
    assert all(not meets(chosen - {action}, needs) for action in chosen)
    assert found == cheapest_plan(needs)
    assert MOST_NODES == 20_000


def test_a_small_one_of_the_same_kind_is_proved() -> None:
    found = cheapest_plan(hard(4))
    assert found is not None
    assert found.proved
    assert cost_of(frozenset(found.actions)) == cost_of(by_brute_force(hard(4)))


class TestShared:
    """S14.1: one action may serve several findings: the same artefact, evidence or fact."""

    def bring(self, state: str, *roles: str) -> Alternative:
        return frozenset({Action("bring", f"plan={state}", roles or ("boss",))})

    def test_actions_of_one_id_are_one_which_any_of_their_roles_may_do(self) -> None:
        needs = [
            [frozenset({Action("supply", "lab.open", ("ada",))})],
            [frozenset({Action("supply", "lab.open", ("bob",))})],
            [frozenset({Action("supply", "lab.open", ())})],
        ]
        found = cheapest_plan(shared(needs, {}))
        assert found == Plan((Action("supply", "lab.open", ("ada", "bob")),), True)

    def test_a_later_state_that_is_asked_for_serves_the_earlier_too(self) -> None:
        needs = [[self.bring("draft")], [self.bring("approved")], [self.bring("reviewed")]]
        assert ids(cheapest_plan(shared(needs, STATES))) == ["bring:plan=approved"]

    def test_nobody_is_sent_past_what_is_asked_for(self) -> None:
        assert ids(cheapest_plan(shared([[self.bring("draft")]], STATES))) == ["bring:plan=draft"]

    def test_an_earlier_state_serves_no_later_one(self) -> None:
        needs = [[self.bring("approved")], [self.bring("draft"), frozenset({fix("a")})]]
        assert ids(cheapest_plan(shared(needs, STATES))) == ["bring:plan=approved"]
