"""The ledger says of every huddle, going through them once, what looking at all of them up to it says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huddle_tui.domain.huddle import Action, Huddle, Stuck, Turn, TurnState
from huddle_tui.domain.open_ends import AgedAction, AgedStuck, Ledger, OpenEnds, begun, open_ends
from huddle_tui.domain.summary import Summary, said_stucks, summarise
from tests.kit.fakes import MONDAY, FakeTime

WORDS = ("the printer", "The  Printer", "a colleague")
DAYS = [MONDAY + timedelta(days=ahead) for ahead in range(5)]


@st.composite
def books(draw: st.DrawFn) -> list[Huddle]:
    """Five huddles in which people say the same few things, solve them before they say them again, agree and do."""
    stucks: dict[tuple[int, str], Stuck] = {}
    for who in ("sanne", "bram"):
        said = [(place, draw(st.sampled_from(["", *WORDS]))) for place in range(5)]
        for place, text in said:
            again = (later for later, words in said if later > place and Stuck(words).same(text))
            solved = draw(st.none() | st.sampled_from([None, *DAYS[place : next(again, 5)]]))
            stucks[place, who] = Stuck(text, solved_on=solved)
    held = []
    for place, day in enumerate(DAYS):
        said_now = {who: stucks[place, who] for who in ("sanne", "bram")}
        turns = tuple(
            Turn(who, who, TurnState.DONE, stucks=(stuck,) if stuck.text else ()) for who, stuck in said_now.items()
        )
        done = draw(st.lists(st.sampled_from([None, *DAYS[place:]]), max_size=2))
        actions = tuple(Action(str(n), "sanne", "calls", done_on=on) for n, on in enumerate(done))
        held.append(Huddle(day, "T", started_at=FakeTime(day).now(), turns=turns, actions=actions))
    return held


def looked_back(summaries: Iterable[Summary], on: date) -> OpenEnds:
    """What is open at the huddle on a day, worked out from all huddles up to it at once."""
    held = [summary for summary in begun(summaries) if summary.day <= on]
    rounds = len(held) + (not held or held[-1].day != on)
    stucks: dict[tuple[str, str], AgedStuck] = {}
    actions: list[AgedAction] = []
    solved: list[AgedStuck] = []
    done: list[AgedAction] = []
    for place, summary in enumerate(held):
        for said in summary.stucks:
            stuck = said.stuck
            before = stucks.pop((said.person, Stuck(stuck.was or stuck.text).bare), None)
            older = (before.since, before.age) if before else (said.day, rounds - place)
            aged = AgedStuck(said, *older)
            if stuck.solved_on is None or stuck.solved_on > on:
                stucks[said.person, stuck.bare] = aged
            elif stuck.solved_on == on:
                solved.append(aged)
        for action in summary.actions:
            agreed = AgedAction(summary.day, action, rounds - place)
            if action.done_on is None or action.done_on > on:
                actions.append(agreed)
            elif action.done_on == on:
                done.append(agreed)
    actions.sort(key=lambda one: (one.action.by or date.max, one.day))
    oldest = sorted(stucks.values(), key=lambda one: one.since)
    return OpenEnds(tuple(oldest), tuple(actions), tuple(solved), tuple(done))


@given(books())
def test_it_says_the_same_as_looking_back_from_each_day(held: list[Huddle]) -> None:
    ledger, summaries = Ledger(), [summarise(huddle) for huddle in held]
    for huddle in held:
        ledger.add(huddle.day, said_stucks(huddle), huddle.actions)
        found, known = ledger.ends(huddle.day), looked_back(summaries, huddle.day)
        assert open_ends(summaries, huddle.day) == found
        assert found.actions == known.actions
        assert set(found.stucks) == set(known.stucks)
        assert [stuck.since for stuck in found.stucks] == sorted(stuck.since for stuck in found.stucks)
        assert (set(found.solved), set(found.done)) == (set(known.solved), set(known.done))
