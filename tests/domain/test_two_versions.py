"""Two versions of one huddle become one: what either said stays, and merging again changes nothing."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import Action, Huddle, Reading, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Direction, Status, Yardstick
from huddle_tui.domain.two_versions import merged

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
STICK = Yardstick(Direction.AT_LEAST, Decimal(7), Decimal(7), Decimal(5), None)


def said(number: str) -> Reading:
    return Reading.of("calls", "Calls", DAY, Decimal(number), STICK, Status.GREEN)


def turn(person: str, state: TurnState = TurnState.DONE, *readings: Reading, stucks: tuple[Stuck, ...] = ()) -> Turn:
    return Turn(person, person.title(), state, readings=readings, stucks=stucks)


def huddle(*turns: Turn, actions: tuple[Action, ...] = ()) -> Huddle:
    return Huddle(DAY, "x", started_at=NOW, turns=turns, actions=actions)


BASE = huddle(turn("sanne"), turn("bram"))


def meet(ours: Huddle, theirs: Huddle, base: Huddle | None = BASE) -> Huddle:
    """Both as one, in which merging them again changes nothing."""
    met = merged(base, ours, theirs, NOW, "laptop")
    for other in (theirs, ours, met):
        assert merged(base, met, other, NOW, "laptop") == met
    assert isinstance(met, Huddle)
    return met


@pytest.mark.parametrize("base", [BASE, None])
def test_where_both_said_another_number_ours_holds_and_theirs_stands_in_the_trail_once(base: Huddle | None) -> None:
    met = meet(
        huddle(turn("sanne", TurnState.DONE, said("7")), turn("bram")),
        huddle(turn("sanne", TurnState.DONE, said("3"))),
        base,
    )
    (reading,) = met.readings
    assert (reading.actual, [one.was for one in reading.corrections]) == (Decimal(7), ["3"])


def test_what_one_side_took_back_stays_away_and_what_one_marked_solved_is_solved() -> None:
    def stuck(*stucks: Stuck) -> Huddle:
        return huddle(turn("sanne", stucks=stucks))

    base = stuck(Stuck("a"), Stuck("b"))
    met = meet(stuck(Stuck("b"), Stuck("ours")), stuck(Stuck("a"), Stuck("b", solved_on=DAY), Stuck("theirs")), base)
    assert {(one.text, one.solved_on) for one in met.turns[0].stucks} == {("b", DAY), ("ours", None), ("theirs", None)}


@pytest.mark.parametrize("ours_speaks", [True, False])
def test_one_person_has_the_floor_ours_where_both_gave_it(ours_speaks: bool) -> None:
    ours = huddle(
        turn("sanne", TurnState.SPEAKING if ours_speaks else TurnState.WAITING), turn("bram", TurnState.WAITING)
    )
    theirs = huddle(turn("sanne", TurnState.WAITING), turn("bram", TurnState.SPEAKING))
    base = huddle(turn("sanne", TurnState.WAITING), turn("bram", TurnState.WAITING))
    speaking = [one.person for one in meet(ours, theirs, base).turns if one.state is TurnState.SPEAKING]
    assert speaking == ["sanne" if ours_speaks else "bram"]


def test_it_began_when_the_first_did_and_ended_when_the_last_did_with_the_longest_clock() -> None:
    later = NOW + timedelta(minutes=9)
    ours = replace(BASE, started_at=later, ended_at=None, watch=Stopwatch(5.0))
    theirs = replace(BASE, ended_at=later, watch=Stopwatch(9.0))
    for one, other in ((ours, theirs), (theirs, ours)):
        met = merged(replace(BASE, draft="base"), one, other, NOW, "laptop")
        assert (met.started_at, met.ended_at, met.watch.used) == (NOW, later, 9.0)


def test_an_action_that_one_side_took_back_stays_away_unless_the_other_changed_it() -> None:
    first, second = Action("1", "Sanne", "belt", DAY), Action("2", "Bram", "schrijft", DAY)
    base = huddle(turn("sanne"), actions=(first, second))
    ours, theirs = replace(base, actions=(second,)), replace(base, actions=(first,))
    assert merged(base, ours, theirs, NOW, "laptop").actions == ()
    changed = replace(base, actions=(first, replace(second, what="belt ook")))
    assert [one.what for one in merged(base, changed, theirs, NOW, "laptop").actions] == ["belt", "belt ook"]
