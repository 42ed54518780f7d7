"""The running huddle: the Enter path, undo, skips and latecomers, and what holds whatever happens (METHOD 7 and 8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import Action, Asking, CheckIn, Entry, Huddle, Stage, TurnState
from huddle_tui.domain.judging import Direction, Status
from huddle_tui.domain.round import Round
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Counting, Kpi, Order, Person, PromiseChange, Team
from huddle_tui.domain.turns import agenda, promise_changes, speaking_order
from huddle_tui.domain.workdays import Calendar, Period

D = Decimal
DAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)
AT = datetime(2026, 11, 23, 8, 7, tzinfo=UTC)
NAMES = ("sanne", "bram", "zoe", "daan")


def a_team(people: int = 3, kpis: int = 2, **settings: object) -> Team:
    """People who each promise 8, 8, …: 8 is green, 7 yellow, 6 red."""
    members = tuple(Person(name, name.title()) for name in NAMES[:people])
    numbers = tuple(Kpi(f"{p.id}-{n}", f"K{n}", p.id, D(8)) for p in members for n in range(kpis))
    return replace(Team("T", order=Order.LISTED, people=members, kpis=numbers), **settings)


def started(team: Team | None = None, *check_ins: CheckIn) -> Round:
    round_ = Round.open(team or a_team(), DAY, {})
    for check_in in check_ins:
        round_ = round_.cover(check_in)
    return round_.start(0, AT)


def check_in(person: str, *actuals: str, by: str = "", stuck: str = "") -> CheckIn:
    entries = tuple(Entry(f"{person}-{n}", a, True, D(a), note="plan") for n, a in enumerate(actuals))
    return CheckIn(person, DAY, entries, stuck, by or person)


def enter(round_: Round, now: float) -> Round:
    """What Enter does with a green number in the field, or nothing in any other one."""
    turn = round_.speaking
    assert turn is not None
    match turn.asking:
        case Asking.NUMBER:
            return round_.uncover(now) if turn.due and turn.covered(turn.due.kpi) else round_.say(D(8), now)
        case Asking.NOTE:
            return round_.note("", now)
        case Asking.REASON:
            return round_.explain(None, now)
        case Asking.PROMISE:
            kpi = round_.kpi_at_hand()
            assert kpi is not None
            return round_.promise(round_.agreed(turn.person, kpi), now)
        case Asking.STUCK:
            return round_.stuck("", now)


def to_closing(round_: Round) -> Round:
    for now in range(1, 1000):
        if round_.huddle.stage is Stage.CLOSING:
            return round_
        round_ = enter(round_, now)
    raise AssertionError("the Enter path does not end")


def timeless(huddle: Huddle) -> Huddle:
    """The huddle without its clocks."""
    turns = tuple(replace(t, watch=Stopwatch()) for t in huddle.turns)
    return replace(huddle, watch=Stopwatch(), turns=turns)


# Order (METHOD 8)


def test_listed_order_is_as_listed() -> None:
    assert [p.id for p in speaking_order(a_team(4), DAY)] == list(NAMES)


def test_rotating_each_working_day_another_person_starts() -> None:
    team = a_team(4, order=Order.ROTATING)
    days = [FRIDAY, DAY, *(DAY + timedelta(days=n) for n in range(1, 4))]
    starts = [speaking_order(team, day)[0].id for day in days]
    first = NAMES.index(starts[0])
    assert starts == [NAMES[(first + n) % 4] for n in range(5)]


@given(st.integers(1, 4), st.sampled_from(Order), st.dates(date(2024, 1, 2), date(2040, 1, 1)))
def test_everybody_is_in_every_order_once_and_all_day_the_same(people: int, order: Order, day: date) -> None:
    team = a_team(people, order=order)
    found = speaking_order(team, day)
    assert Counter(p.id for p in found) == Counter(NAMES[:people])
    assert found == speaking_order(team, day)


def test_rotating_keeps_the_neighbours() -> None:
    order = [p.id for p in speaking_order(a_team(4, order=Order.ROTATING), DAY)]
    first = NAMES.index(order[0])
    assert order == [*NAMES[first:], *NAMES[:first]]


# What is asked: METHOD 5 and 8


def test_daily_numbers_are_about_the_last_working_day_the_most_important_first() -> None:
    team = a_team(1, 3)
    team = replace(team, kpis=(*team.kpis[:2], replace(team.kpis[2], most_important=True)))
    asked = agenda(team, "sanne", DAY, {})
    assert [(d.kpi, d.day) for d in asked] == [(f"sanne-{n}", FRIDAY) for n in (2, 0, 1)]


@pytest.mark.parametrize(
    ("huddle", "reported", "asked"),
    [
        (date(2026, 11, 30), date(2026, 10, 30), None),  # reports up to Friday 27: a working day is left
        (date(2026, 12, 1), date(2026, 10, 30), date(2026, 11, 30)),
        (date(2026, 12, 8), date(2026, 10, 30), date(2026, 11, 30)),
        (date(2026, 12, 8), date(2026, 11, 30), None),
        (date(2026, 12, 8), None, date(2026, 11, 30)),
        (date(2026, 11, 30), None, date(2026, 10, 30)),
        (date(2027, 1, 4), date(2026, 10, 30), date(2026, 12, 31)),
    ],
)
def test_a_monthly_number_is_asked_for_once_its_month_is_complete(
    huddle: date, reported: date | None, asked: date | None
) -> None:
    team = a_team(1, 1)
    team = replace(team, kpis=(replace(team.kpis[0], period=Period.MONTH),))
    found = agenda(team, "sanne", huddle, {"sanne-0": reported} if reported else {})
    assert [d.day for d in found] == ([asked] if asked else [])


def test_nobody_is_asked_for_a_month_before_the_number_was_there() -> None:
    team = a_team(1, 1)
    team = replace(team, kpis=(replace(team.kpis[0], period=Period.MONTH, since=date(2026, 11, 10)),))
    assert agenda(team, "sanne", DAY, {}) == ()
    assert len(agenda(team, "sanne", date(2026, 12, 1), {})) == 1


def test_a_slow_number_may_be_given_earlier() -> None:
    team = a_team(1, 1)
    slow = Kpi("slow", "Slow", "sanne", D(100), period=Period.QUARTER, counting=Counting.RUNNING_TOTAL)
    round_ = Round.open(replace(team, kpis=(*team.kpis, slow)), DAY, {"slow": date(2026, 9, 30)}).start(0, AT)
    assert len(round_.speaking.agenda) == 1 if round_.speaking else False
    round_ = round_.ask(slow, 1).say(D(70), 2)
    (reading,) = round_.huddle.readings
    assert (reading.kpi, reading.day, reading.period) == ("slow", FRIDAY, Period.QUARTER)
    assert enter(round_, 3).huddle.readings[-1].kpi == "sanne-0"


# The Enter path


@given(st.integers(1, 4), st.integers(0, 4), st.sampled_from(Order), st.lists(st.sampled_from(NAMES), max_size=3))
@settings(max_examples=40)
def test_the_enter_path_reaches_the_closing_for_any_team(
    people: int, kpis: int, order: Order, skipped: list[str]
) -> None:
    round_ = started(a_team(people, kpis, order=order))
    for name in skipped:
        if round_.speaking and round_.speaking.person == name and round_.coming:
            round_ = round_.skip(0)
    round_ = to_closing(round_)
    assert all(t.state is TurnState.DONE for t in round_.huddle.turns)
    assert len(round_.huddle.readings) == people * kpis
    ended = round_.end(8, 1001, AT)
    assert ended.huddle.stage is Stage.ENDED
    assert not ended.huddle.watch.running


def reason_of(round_: Round) -> int | None:
    return round_.huddle.turns[0].readings[0].reason


def test_a_miss_has_its_reason_and_naming_none_is_not_known_yet() -> None:
    yellow, red = started().say(D(7), 1), started().say(D(6), 1)
    assert reason_of(yellow.note("plan", 2, 3)) == 3
    assert reason_of(yellow.note("plan", 2)) == 9
    asked = red.explain(2, 2)
    assert asked.speaking is not None
    assert asked.speaking.asking is Asking.PROMISE
    assert reason_of(asked.promise(D(8), 3)) == 2
    assert reason_of(red.explain(None, 2)) == 9
    assert reason_of(red.promise(D(8), 2)) == 9  # of somebody who typed on
    assert reason_of(started().say(D(8), 1)) is None
    for missed in (7, 6):
        assert reason_of(started().say(D(missed), 1).next(2)) == 9  # who goes on to the next person said none


def test_a_reason_goes_with_the_miss_it_was_for() -> None:
    missed = started().say(D(6), 1).explain(2, 2).promise(D(8), 3).select(0, 4)
    assert reason_of(missed.say(D(7), 5)) == 2
    assert reason_of(missed.say(D(8), 5)) is None
    assert reason_of(started().say(D(6), 1).explain(2, 2).undo(3)) == 9


def test_the_reason_of_a_check_in_comes_with_its_number() -> None:
    hidden = replace(
        check_in("sanne", "6", "9"),
        entries=tuple(replace(entry, reason=4) for entry in check_in("sanne", "6", "9").entries),
    )
    round_ = Round.open(a_team(2), DAY, {}).cover(hidden).start(0, AT).uncover(1)
    assert reason_of(round_) == 4
    assert reason_of(round_.explain(None, 2)) == 4
    assert reason_of(round_.explain(1, 2)) == 1
    assert [reading.reason for reading in to_closing(round_).huddle.turns[0].readings] == [4, None]


@pytest.mark.parametrize(
    ("actual", "status", "asks"),
    [
        ("9", Status.GREEN, Asking.NUMBER),
        ("7", Status.YELLOW, Asking.NOTE),
        ("6", Status.RED, Asking.REASON),
        (None, Status.NOT_MEASURED, Asking.NUMBER),
    ],
)
def test_what_is_asked_after_a_number(actual: str | None, status: Status, asks: Asking) -> None:
    round_ = started().say(D(actual) if actual else None, 1)
    turn = round_.speaking
    assert turn is not None
    assert round_.huddle.readings[0].status is status
    assert turn.asking is asks
    assert turn.at == (1 if asks is Asking.NUMBER else 0)


def test_a_reading_stores_what_it_was_judged_by_and_a_changed_promise_never_repaints_it() -> None:
    team = a_team()
    round_ = started(team).say(D(7), 1)
    edited = replace(team, kpis=tuple(replace(k, promise=D(5), name="New") for k in team.kpis))
    again = round_.refresh(edited, {}).huddle.readings[0]
    assert again == round_.huddle.readings[0]
    assert (again.promise, again.status, again.name) == (D(8), Status.YELLOW, "K0")


def test_a_changed_promise_keeps_its_day_old_and_new_and_who() -> None:
    round_ = started().say(D(6), 1).promise(D(7), 2)
    (change,) = round_.promises()
    assert (change.kpi, change.day, change.old, change.new, change.by) == ("sanne-0", DAY, D(8), D(7), "sanne")
    assert promise_changes(round_.huddle) == round_.promises()
    assert started().say(D(6), 1).promise(D(8), 2).promises() == ()


def test_a_corrected_number_keeps_the_value_it_corrects() -> None:
    round_ = started().say(D(6), 1).promise(D(7), 2).select(0, 3).say(D(8), 4)
    (reading,) = round_.huddle.readings
    assert (reading.actual, reading.earlier, reading.status) == (D(8), (D(6),), Status.GREEN)
    assert round_.promises() == ()


def test_note_and_promise_need_a_number_first() -> None:
    with pytest.raises(HuddleError, match="number first"):
        started().note("plan", 1)
    with pytest.raises(HuddleError, match="number first"):
        started().promise(D(7), 1)


def test_a_team_with_nobody_there_cannot_start() -> None:
    away = a_team(1)
    away = replace(away, people=(replace(away.people[0], away_from=DAY),))
    for team, why in ((Team("T"), "Nobody is in the team yet"), (away, "Nobody is here yet")):
        with pytest.raises(HuddleError, match=why):
            Round.open(team, DAY, {}).start(0, AT)


# Skipping, coming back, coming late


def test_skipped_people_come_back_at_the_end() -> None:
    round_ = started().skip(1)
    assert [t.person for t in round_.coming] == ["zoe", "sanne"]
    round_ = round_.next(2)
    assert [t.person for t in round_.coming] == ["sanne"]
    assert round_.next(3).speaking is not None
    with pytest.raises(HuddleError, match="Nobody else is left"):
        round_.next(3).skip(4)


def test_back_goes_to_the_one_who_spoke_before_and_the_other_goes_on_later() -> None:
    round_ = started().next(1).say(D(8), 2).back(3)
    assert round_.speaking is not None
    assert round_.speaking.person == "sanne"
    again = round_.next(4).speaking
    assert again is not None
    assert (again.person, again.at, len(again.readings)) == ("bram", 1, 1)


def test_back_finds_who_spoke_before_also_after_the_skipped_ones_came_back() -> None:
    round_ = started().skip(1).next(2).next(3)
    assert round_.speaking is not None
    assert round_.speaking.person == "sanne"
    back = round_.back(4).speaking
    assert back is not None
    assert back.person == "zoe"


def test_back_from_the_closing_is_to_the_last_one() -> None:
    back = to_closing(started()).back(1000).speaking
    assert back is not None
    assert back.person == "zoe"
    with pytest.raises(HuddleError, match="Nobody has spoken"):
        started().back(1)


def test_back_from_the_closing_is_to_who_was_skipped_and_spoke_last() -> None:
    closing = started().skip(1).next(2).next(3).next(4)
    assert closing.speaking is None
    back = closing.back(5).speaking
    assert back is not None
    assert back.person == "sanne"
    resumed = Round(closing.huddle, closing.team).back(5).speaking  # opened again, the steps are not known any more
    assert resumed is not None
    assert resumed.person == "zoe"


def test_an_absent_speaker_gives_way_and_a_latecomer_joins() -> None:
    round_ = started().absent("sanne", 1)
    assert round_.speaking is not None
    assert round_.speaking.person == "bram"
    assert "sanne" not in [t.person for t in round_.coming]
    assert [t.person for t in round_.arrive("sanne").coming] == ["sanne", "zoe"]


def test_a_newcomer_in_the_team_joins_last_and_is_not_undone() -> None:
    round_ = started().say(D(8), 1).refresh(a_team(4), {}).undo(2)
    assert [t.person for t in round_.huddle.turns] == list(NAMES)
    assert len(round_.huddle.turns[-1].agenda) == 2


def test_a_team_that_is_edited_twice_after_the_end_has_its_newcomer_once() -> None:
    ended = to_closing(started()).end(None, 2000, AT)
    back = ended.refresh(a_team(4), {}).refresh(a_team(4), {}).undo(2001)
    assert [t.person for t in back.huddle.turns] == list(NAMES)


def test_an_opening_that_was_come_back_to_keeps_the_time_used_when_the_team_is_edited() -> None:
    back = started().undo(30).refresh(a_team(4), {})
    assert back.huddle.stage is Stage.OPENING
    assert (back.huddle.watch.used, back.huddle.turns[0].watch.used) == (30, 30)


def test_an_edited_team_changes_only_turns_that_have_not_begun() -> None:
    team = a_team()
    fewer = replace(team, kpis=tuple(replace(k, retired_on=DAY) if k.id.endswith("-0") else k for k in team.kpis))
    round_ = started(team).refresh(fewer, {})
    assert [len(t.agenda) for t in round_.huddle.turns] == [2, 1, 1]
    kpi = round_.kpi_at_hand()
    assert kpi is not None
    assert kpi.id == "sanne-0"


# Check-ins


def test_a_check_in_is_hidden_until_it_is_uncovered_and_then_judged_as_if_typed() -> None:
    round_ = started(None, check_in("sanne", "7", "8"))
    turn = round_.speaking
    assert turn is not None
    assert round_.huddle.readings == ()
    assert turn.covered("sanne-0") is not None
    said = round_.uncover(1)
    typed = started().say(D(7), 1)
    assert said.huddle.readings[0] == replace(typed.huddle.readings[0], checked_in=True, note="plan")
    assert said.speaking is not None
    assert said.speaking.asking is Asking.NOTE
    assert said.speaking.covered("sanne-0") is None


def test_correcting_a_checked_in_number_in_the_turn_keeps_both_values() -> None:
    (reading,) = started(None, check_in("sanne", "7")).say(D(8), 1).huddle.readings
    assert (reading.actual, reading.earlier, reading.checked_in) == (D(8), (D(7),), True)


def test_a_number_typed_by_somebody_else_is_by_proxy_for_ever() -> None:
    (reading,) = started(None, check_in("sanne", "8", by="bram")).uncover(1).huddle.readings
    assert reading.by_proxy
    round_ = started().proxy("sanne", True).say(D(6), 1).proxy("sanne", False).select(0, 2).say(D(8), 3)
    assert round_.huddle.readings[0].by_proxy


def test_who_checked_in_but_is_absent_keeps_the_numbers_marked_so() -> None:
    round_ = started(None, check_in("bram", "6", "8", stuck="printer")).absent("bram", 1)
    turn = to_closing(round_).end(None, 1001, AT).huddle.turn("bram")
    assert turn is not None
    assert turn.state is TurnState.ABSENT
    assert [(r.actual, r.checked_in) for r in turn.readings] == [(D(6), True), (D(8), True)]
    assert turn.stuck == "printer"


def test_an_absent_persons_next_promise_counts_only_after_red() -> None:
    mine = check_in("bram", "6", "8")
    mine = replace(mine, entries=tuple(replace(e, next_promise=D(5)) for e in mine.entries))
    ended = to_closing(started(None, mine).absent("bram", 1)).end(None, 1001, AT)
    assert [c.kpi for c in ended.promises()] == ["bram-0"]


def test_what_was_checked_in_survives_undo() -> None:
    round_ = started().say(D(8), 1).cover(check_in("bram", "7")).undo(2)
    assert round_.huddle.readings == ()
    turn = round_.huddle.turn("bram")
    assert turn is not None
    assert turn.hidden == check_in("bram", "7")


def test_a_slow_number_that_was_checked_in_early_is_read_out_also_after_the_team_was_edited() -> None:
    team = a_team(2, 1)
    slow = Kpi("slow", "Slow", "bram", D(100), period=Period.MONTH)
    team = replace(team, kpis=(*team.kpis, slow))
    reported = {"slow": date(2026, 10, 30)}
    mine = CheckIn("bram", DAY, (Entry("slow", "70", True, D(70)),))
    round_ = Round.open(team, DAY, reported).cover(mine).refresh(replace(team, name="U"), reported)
    turn = round_.huddle.turn("bram")
    assert turn is not None
    assert [d.kpi for d in turn.agenda] == ["bram-0", "slow"]
    assert [r.actual for r in to_closing(round_.start(0, AT)).huddle.readings] == [D(8), D(8), D(70)]


def test_who_has_only_a_slow_number_checked_in_is_asked_for_it() -> None:
    team = replace(a_team(1, 0), kpis=(Kpi("slow", "Slow", "sanne", D(100), period=Period.MONTH),))
    round_ = Round.open(team, DAY, {"slow": date(2026, 10, 30)}).start(0, AT)
    assert round_.speaking is not None
    assert round_.speaking.asking is Asking.STUCK
    round_ = round_.cover(CheckIn("sanne", DAY, (Entry("slow", "70", True, D(70)),)))
    assert round_.uncover(1).huddle.readings[0].actual == D(70)


def test_a_check_in_that_comes_in_while_its_owner_speaks_leaves_the_field_where_it_is() -> None:
    round_ = started().select(1, 1).cover(check_in("sanne", "7", "7"))
    kpi = round_.kpi_at_hand()
    assert kpi is not None
    assert kpi.id == "sanne-1"


# Ahead or behind


def test_ahead_or_behind() -> None:
    round_ = started()
    assert round_.pace(0).left == 180
    assert round_.pace(90).behind == 30
    round_ = round_.next(30)
    pace = round_.pace(30)
    assert (pace.used, pace.left, pace.behind) == (30, 60, -30)


def test_pause_and_go_on() -> None:
    round_ = started().pause(10)
    assert round_.paused
    assert round_.huddle.watch.elapsed(100) == 10
    round_ = round_.next(100)
    assert not round_.speaking.watch.running if round_.speaking else False
    assert round_.go_on(100).huddle.watch.elapsed(105) == 15


def test_the_temperature_is_from_one_to_ten() -> None:
    closing = to_closing(started())
    for wrong in (0, 11, -1):
        with pytest.raises(HuddleError, match="from 1 to 10"):
            closing.end(wrong, 1001, AT)
    with pytest.raises(HuddleError, match="closing"):
        started().end(8, 1, AT)


def test_a_clock_set_back_ends_no_huddle_before_it_began() -> None:
    """It ends when it began, with the time that was used."""
    for back in (timedelta(hours=-1), timedelta(days=-400)):
        ended = to_closing(started()).end(None, 601, AT + back).huddle
        assert ended.ended_at == AT + timedelta(seconds=601)
        assert ended.watch.used == 601
    assert to_closing(started()).end(None, 601, AT + timedelta(seconds=3)).huddle.ended_at == AT + timedelta(seconds=3)


def test_a_closed_huddle_can_be_opened_again_the_same_day() -> None:
    ended = to_closing(started()).end(8, 1001, AT)
    again = ended.reopen(2000)
    assert again.huddle.stage is Stage.CLOSING
    assert again.huddle.readings == ended.huddle.readings
    assert again.huddle.watch.elapsed(2010) == ended.huddle.watch.elapsed(2000) + 10
    assert started().reopen(1) == started()


# Whatever happens

VALUES = st.none() | st.sampled_from([D(5), D(7), D(8), D(9)])
WHO = st.sampled_from(NAMES)


class AnyHuddle(RuleBasedStateMachine):
    """Any sequence of steps; a step that cannot be taken is refused and changes nothing."""

    @initialize(people=st.integers(1, 4), kpis=st.integers(0, 3), order=st.sampled_from(Order))
    def begin(self, people: int, kpis: int, order: Order) -> None:
        self.now = 0.0
        team = a_team(people, kpis, order=order)
        slow = Kpi("slow", "Slow", "sanne", D(100), direction=Direction.AT_MOST, period=Period.MONTH)
        self.team = replace(team, kpis=(*team.kpis, slow), calendar=Calendar(frozenset({0, 1, 2, 3, 4, 5})))
        self.round = Round.open(self.team, DAY, {"slow": date(2026, 10, 31)})
        self.clocks: dict[str, float] = {}

    def take(self, step: Callable[[Round], Round], *, is_undo: bool = False) -> None:
        before = self.round
        try:
            self.round = step(before)
        except HuddleError:
            return
        if len(self.round.past) == len(before.past) + 1:
            assert timeless(self.round.undo(self.now).huddle) == timeless(before.huddle)
        if not is_undo:
            after = self.round.huddle
            for turn in before.huddle.turns:
                now = after.turn(turn.person)
                if now is None:  # the opening shows the team as it is
                    assert (after.stage, turn.readings) == (Stage.OPENING, ())
                    continue
                for reading in turn.readings:
                    said = now.reading(reading.kpi)
                    assert said is not None
                    assert reading.actual == said.actual or reading.actual in said.earlier
                    assert set(reading.earlier) <= {*said.earlier, said.actual}

    @rule(seconds=st.sampled_from([0.0, 0.5, 20.0, 90.0]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def start(self) -> None:
        self.take(lambda r: r.start(self.now, AT))

    @rule(actual=VALUES)
    def say(self, actual: Decimal | None) -> None:
        self.take(lambda r: r.say(actual, self.now))

    @rule()
    def uncover(self) -> None:
        self.take(lambda r: r.uncover(self.now))

    @rule(text=st.sampled_from(["", "plan"]))
    def note(self, text: str) -> None:
        self.take(lambda r: r.note(text, self.now))

    @rule(value=st.sampled_from([D(6), D(8)]))
    def promise(self, value: Decimal) -> None:
        self.take(lambda r: r.promise(value, self.now))

    @rule(text=st.sampled_from(["", "printer"]))
    def stuck(self, text: str) -> None:
        self.take(lambda r: r.stuck(text, self.now))

    @rule()
    def next(self) -> None:
        self.take(lambda r: r.next(self.now))

    @rule()
    def skip(self) -> None:
        self.take(lambda r: r.skip(self.now))

    @rule()
    def back(self) -> None:
        self.take(lambda r: r.back(self.now))

    @rule(who=WHO)
    def give(self, who: str) -> None:
        self.take(lambda r: r.give(who, self.now))

    @rule(who=WHO)
    def absent(self, who: str) -> None:
        self.take(lambda r: r.absent(who, self.now))

    @rule(who=WHO)
    def arrive(self, who: str) -> None:
        self.take(lambda r: r.arrive(who))

    @rule(place=st.integers(-1, 5))
    def select(self, place: int) -> None:
        self.take(lambda r: r.select(place, self.now))

    @rule(who=WHO, actual=VALUES)
    def cover(self, who: str, actual: Decimal | None) -> None:
        kpi = "slow" if who == "sanne" else f"{who}-0"
        mine = CheckIn(who, DAY, (Entry(kpi, "x", True, actual), Entry(f"{who}-1", "x", True, actual)), "printer", who)
        self.take(lambda r: r.cover(mine))

    @rule()
    def agree(self) -> None:
        self.take(lambda r: r.agree(Action(str(len(r.huddle.actions)), "Bram", "call")))

    @rule()
    def take_offline(self) -> None:
        self.take(lambda r: r.take_offline("prices"))

    @rule(spoken=st.booleans(), who=WHO)
    def proxy(self, who: str, spoken: bool) -> None:
        self.take(lambda r: r.proxy(who, spoken))

    @rule()
    def pause(self) -> None:
        self.take(lambda r: r.pause(self.now))

    @rule()
    def go_on(self) -> None:
        self.take(lambda r: r.go_on(self.now))

    @rule(temperature=st.none() | st.integers(0, 11))
    def end(self, temperature: int | None) -> None:
        self.take(lambda r: r.end(temperature, self.now, AT))

    @rule()
    def reopen(self) -> None:
        self.take(lambda r: r.reopen(self.now))
        self.round = self.round.refresh(self.round.team, {"slow": date(2026, 10, 31)})

    @rule()
    def undo(self) -> None:
        self.take(lambda r: r.undo(self.now), is_undo=True)

    @rule(people=st.integers(1, 4))
    def edit_team(self, people: int) -> None:
        named = a_team(people)
        self.take(lambda r: r.refresh(replace(r.team, people=named.people), {"slow": date(2026, 10, 31)}))

    @precondition(lambda self: self.round.huddle.stage is Stage.TURNS)
    @rule()
    def enter(self) -> None:
        self.take(lambda r: enter(r, self.now))

    @precondition(lambda self: self.round.huddle.stage is Stage.TURNS)
    @rule()
    def the_enter_path_from_here(self) -> None:
        fresh = {
            t.person for t in self.round.huddle.turns if t.at == 0 and not t.readings and t.state is not TurnState.DONE
        }
        for turn in to_closing(self.round).huddle.turns:
            assert turn.state in {TurnState.DONE, TurnState.ABSENT}
            if turn.state is TurnState.DONE and turn.person in fresh:
                assert not [due for due in turn.agenda if turn.covered(due.kpi)]

    @invariant()
    def at_most_one_speaks(self) -> None:
        assert sum(t.state is TurnState.SPEAKING for t in self.round.huddle.turns) <= 1
        assert (self.round.huddle.speaking is not None) == (self.round.huddle.stage is Stage.TURNS)

    @invariant()
    def nobody_is_lost(self) -> None:
        there = Counter(t.person for t in self.round.huddle.turns)
        assert set(there.values()) <= {1}
        if self.round.huddle.stage is not Stage.ENDED:  # what was closed stays as it is
            assert {p.id for p in self.round.team.members} <= set(there)

    @invariant()
    def time_never_runs_backwards(self) -> None:
        huddle = self.round.huddle
        clocks = {"": huddle.watch.elapsed(self.now), **{t.person: t.watch.elapsed(self.now) for t in huddle.turns}}
        for whose, seconds in clocks.items():
            assert seconds >= self.clocks.get(whose, 0.0) - 1e-6
        self.clocks = clocks

    @invariant()
    def only_the_speakers_clock_runs(self) -> None:
        for turn in self.round.huddle.turns:
            assert not turn.watch.running or (turn.state is TurnState.SPEAKING and self.round.huddle.watch.running)

    @invariant()
    def the_field_stands_on_something(self) -> None:
        for turn in self.round.huddle.turns:
            assert turn.asking is Asking.STUCK or turn.due is not None
            if turn.asking in {Asking.NOTE, Asking.REASON, Asking.PROMISE}:
                assert turn.due is not None
                assert turn.reading(turn.due.kpi) is not None

    @invariant()
    def the_skipped_come_last(self) -> None:
        states = [t.state for t in self.round.coming]
        assert states == sorted(states, key=lambda s: s is TurnState.SKIPPED)
        away = {TurnState.WAITING, TurnState.SKIPPED}
        assert {t.person for t in self.round.coming} == {t.person for t in self.round.huddle.turns if t.state in away}


AnyHuddle.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestAnyHuddle = AnyHuddle.TestCase


def test_a_promise_that_was_lowered_in_its_week_is_remembered_by_its_readings() -> None:
    weekly = Kpi("w", "W", "sanne", D(25), period=Period.WEEK, counting=Counting.RUNNING_TOTAL)
    team = replace(a_team(1, 0), kpis=(weekly,))

    def harder_on(day: date, *changes: PromiseChange) -> Decimal | None:
        changed = replace(team, kpis=(replace(weekly, promise=D(20)),), promise_changes=changes)
        return Round.open(changed, day, {}).start(0, AT).say(D(1), 1).huddle.readings[0].harder

    wednesday = date(2026, 11, 18)
    by_hand = PromiseChange("form", "w", wednesday, D(25), D(20))
    assert harder_on(date(2026, 11, 20), by_hand) == D(25)
    assert harder_on(date(2026, 11, 24), by_hand) is None  # another week
    assert harder_on(date(2026, 11, 20), replace(by_hand, day=date(2026, 11, 16))) is None  # how the week began
    in_huddle = replace(by_hand, id=f"{date(2026, 11, 16)}/w", day=date(2026, 11, 16))
    assert harder_on(date(2026, 11, 20), in_huddle) is None  # said of the week before
    assert harder_on(date(2026, 11, 20), replace(in_huddle, id=f"{wednesday}/w", day=wednesday)) == D(25)
    assert harder_on(date(2026, 11, 20), replace(by_hand, old=D(15))) is None  # was raised
    team = replace(team, calendar=Calendar(frozenset({6, 0, 1, 2, 3})))  # its week began on Sunday
    assert harder_on(date(2026, 11, 20), replace(by_hand, day=date(2026, 11, 16))) == D(25)
