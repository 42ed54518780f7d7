"""The ledger says of every huddle what `open_ends` says of it, going through them once."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from huddle_tui.domain.huddle import Action, Huddle, Stuck, Turn, TurnState
from huddle_tui.domain.open_ends import Ledger, open_ends
from huddle_tui.domain.summary import said_stucks, summarise
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


@given(books())
def test_it_says_the_same_as_looking_back_from_each_day(held: list[Huddle]) -> None:
    ledger, summaries = Ledger(), [summarise(huddle) for huddle in held]
    for huddle in held:
        found, known = ledger.at(huddle.day, said_stucks(huddle), huddle.actions), open_ends(summaries, huddle.day)
        assert found.actions == known.actions
        assert set(found.stucks) == set(known.stucks)
        assert [stuck.since for stuck in found.stucks] == sorted(stuck.since for stuck in found.stucks)
        assert (set(found.solved), set(found.done)) == (set(known.solved), set(known.done))
