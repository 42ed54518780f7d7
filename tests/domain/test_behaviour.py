"""The voice of the process (METHOD 12): every row of its table, its rules one by one, and another library's word."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from random import Random

import msgspec
import pytest
from statprocon.charts.xmr.base import Base as XmR

from huddle_tui.domain.behaviour import Assurance, Behaviour, Signal, behaviour
from huddle_tui.domain.judging import Direction


def numbers(text: str) -> list[Decimal]:
    return [Decimal(word) for word in text.split()]


WHEELER = numbers("5045 4350 4350 3975 4290 4430 4485 4285 3980 3925 3645 3760 3300 3685 3463 5200")
TWENTY_FOUR = numbers("43 40 37 33 30 33 34 35 29 33 31 39 35 37 33 32 27 29 31 22 25 30 24 19")
NIST = numbers("49.6 47.6 49.9 51.3 47.8 51.2 52.6 52.4 53.6 52.1")
EIGHTEEN = numbers("120 140 100 150 260 150 100 120 300 300 275 300 140 170 150 150 190 180")


@pytest.mark.parametrize(
    ("values", "baseline", "places", "told"),
    [
        (WHEELER, 16, 2, "4135.50 355.93 5082.28 3188.72"),
        (TWENTY_FOUR, 12, 2, "34.75 3.45 43.94 25.56"),
        (NIST, 10, 4, "50.81 1.8778 55.8049 45.8151"),
        (EIGHTEEN, 18, 2, "183.06 52.35 322.31 43.80"),
    ],
)
def test_the_worked_examples(values: list[Decimal], baseline: int, places: int, told: str) -> None:
    found = behaviour(values, baseline)
    lines = (found.mean, found.average_moving_range, found.upper, found.lower)
    assert [round(line, places) for line in lines if line is not None] == numbers(told)
    assert found.baseline == baseline
    assert found.values == tuple(values)


def places(found: Behaviour, name: str) -> list[tuple[int, int]]:
    return [(signal.start, signal.end) for signal in found.signals if signal.name == name]


def test_wheelers_set_has_one_value_outside_and_no_run() -> None:
    found = behaviour(WHEELER, 16)
    assert places(found, "outside") == [(15, 15)]
    assert places(found, "run") == []
    assert [value < Decimal("4135.5") for value in WHEELER[8:15]] == [True] * 7
    assert found.news == Signal("outside", 15, 15, above=True)


def test_four_of_the_twenty_four_are_outside() -> None:
    found = behaviour(TWENTY_FOUR)
    assert found.baseline == 12
    assert places(found, "outside") == [(place, place) for place in (19, 20, 22, 23)]


def test_limits_are_exact() -> None:
    found = behaviour(TWENTY_FOUR)
    assert found.average_moving_range is not None
    assert found.average_moving_range * 11 == pytest.approx(38, abs=Decimal("1e-90"))
    assert str(found.average_moving_range).startswith("3.454545454545454545454545")
    tenths = behaviour(numbers("0.1 0.2 0.3 0.1 0.2 0.3"))
    assert (tenths.mean, tenths.average_moving_range) == (Decimal("0.2"), Decimal("0.12"))
    assert (tenths.upper, tenths.range_limit) == (Decimal("0.5192"), Decimal("0.39216"))
    assert behaviour([*tenths.values[:5], Decimal("0.3"), *[Decimal("0.5192")] * 3], 6).signals[0].name == "drift"


@pytest.mark.parametrize("count", range(6))
def test_fewer_than_six_values_have_no_limits(count: int) -> None:
    found = behaviour(NIST[:count])
    assert found == Behaviour(tuple(NIST[:count]), 0, trial=True)
    assert (found.mean, found.upper, found.lower, found.signals, found.range_limit, found.news) == (
        None, None, None, (), None, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("count", "baseline", "trial"), [(6, 6, True), (11, 11, True), (12, 12, False), (24, 12, False)]
)
def test_from_six_values_limits_are_on_trial_from_twelve_they_are_locked(
    count: int, baseline: int, trial: bool
) -> None:
    found = behaviour(TWENTY_FOUR[:count])
    assert (found.baseline, found.trial) == (baseline, trial)
    assert count < 12 or found.upper == behaviour(TWENTY_FOUR[:12]).upper


def test_no_lower_limit_below_nought_where_no_value_is() -> None:
    assert behaviour(numbers("1 9 1 9 1 9")).lower is None
    below = behaviour(numbers("1 9 1 9 1 -9")).lower
    assert below is not None
    assert below < 0
    assert behaviour(numbers("1 9 1 9 1 9 -1"), 6).lower is not None  # also where the one below comes later
    assert behaviour(numbers("3 3 3 3 3 3")).lower == 3


def of(text: str) -> list[Decimal]:
    """A baseline with mean 10 and limits 7.34 and 12.66, and then a value per letter: below 7.34 to above 12.66."""
    steps = dict(zip("LldmuhH", numbers("7 8.6 9.5 10 10.5 11.4 13"), strict=True))
    return [*numbers("9.5 10.5 9.5 10.5 9.5 10.5 9.5 10.5 9.5 10.5 9.5 10.5"), *(steps[letter] for letter in text)]


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("H", "outside", [(12, 12)]),
        ("HL", "outside", [(12, 12), (13, 13)]),
        ("hhl", "outside", []),
        ("duuuuuuu", "run", []),
        ("duuuuuuuu", "run", [(13, 20)]),
        ("duuuuuuuuuuu", "run", [(13, 23)]),
        ("duuuumuuuu", "run", []),
        ("dduuuuuuuuddddddddd", "run", [(14, 21), (22, 30)]),
        ("mdddddddd", "run", [(13, 20)]),
        ("hh", "drift", []),
        ("mhhh", "drift", [(12, 15)]),
        ("hmhh", "drift", [(12, 15)]),
        ("hhlh", "drift", [(12, 15)]),
        ("hhll", "drift", []),
        ("hhhhhh", "drift", [(11, 17)]),
        ("mhhhmmmhhh", "drift", [(12, 16), (18, 21)]),
        ("mlllmm", "drift", [(12, 16)]),
        ("Hhu", "drift", []),
        ("HhH", "drift", [(11, 14)]),
    ],
)
def test_each_signal(text: str, name: str, found: list[tuple[int, int]]) -> None:
    assert places(behaviour(of(text)), name) == found


def test_a_signal_knows_its_side_and_its_names_in_json() -> None:
    low = behaviour(of("L")).signals[-1]
    assert not low.above
    assert msgspec.to_builtins(low) == {"name": "outside", "from": 12, "to": 12, "above": False}


def test_a_number_that_never_moved_speaks_at_its_first_move() -> None:
    still = behaviour(numbers("8 " * 20))
    assert [still.upper, still.mean, still.lower] == [8, 8, 8]
    assert still.signals == ()
    assert [signal.name for signal in behaviour([*still.values, Decimal("8.1")]).signals] == ["outside"]


def test_only_what_the_last_value_is_part_of_is_news() -> None:
    assert behaviour(of("H")).news is not None
    assert behaviour(of("Hu")).news is None
    run = behaviour(of("duuuuuuuu")).news
    assert run is not None
    assert run.name == "run"


@pytest.mark.parametrize(
    ("promise", "direction", "assurance"),
    [
        ("7.33", Direction.AT_LEAST, Assurance.WILL_KEEP),
        ("7.34", Direction.AT_LEAST, Assurance.HIT_AND_MISS),
        ("10", Direction.AT_LEAST, Assurance.HIT_AND_MISS),
        ("12.66", Direction.AT_LEAST, Assurance.HIT_AND_MISS),
        ("12.67", Direction.AT_LEAST, Assurance.WILL_NOT),
        ("12.67", Direction.AT_MOST, Assurance.WILL_KEEP),
        ("10", Direction.AT_MOST, Assurance.HIT_AND_MISS),
        ("7.33", Direction.AT_MOST, Assurance.WILL_NOT),
    ],
)
def test_a_promise_held_against_the_limits(promise: str, direction: Direction, assurance: Assurance) -> None:
    assert behaviour(of(""), promise=Decimal(promise), direction=direction).assurance is assurance


def test_no_assurance_before_twelve_values_or_without_a_promise() -> None:
    assert behaviour(of("")[:11], promise=Decimal(1)).assurance is None
    assert behaviour(of("")).assurance is None


def test_a_promise_below_nought_of_what_never_is_below_nought() -> None:
    values = numbers("1 9 1 9 1 9 1 9 1 9 1 9")
    assert behaviour(values, promise=Decimal(-1)).assurance is Assurance.WILL_KEEP
    assert behaviour(values, promise=Decimal(-1), direction=Direction.AT_MOST).assurance is Assurance.WILL_NOT
    assert behaviour(values, promise=Decimal(0), direction=Direction.AT_MOST).assurance is Assurance.HIT_AND_MISS


# Another library's word

ROUNDED = Decimal("0.01")
"""The other one rounds every line to three decimals: what lies so near to a line is not compared."""


def flagged(found: Behaviour, name: str) -> list[bool]:
    """Per value whether it is part of such a signal."""
    inside = {place for start, end in places(found, name) for place in range(start, end + 1)}
    return [place in inside for place in range(len(found.values))]


def random_series(random: Random) -> tuple[list[Decimal], int]:
    """Values around nought, wide enough for every signal, with limits of all or of the first of them."""
    count = random.randrange(6, 40)
    level, wide = Decimal(random.randrange(-500, 500)), random.choice([1, 10, 100, 1000])
    step = Decimal(random.randrange(-wide, wide + 1))
    turn = random.randrange(count)
    values = [
        level + Decimal(random.randrange(-10 * wide, 10 * wide + 1)) / 10 + (step if place >= turn else 0)
        for place in range(count)
    ]
    return values, random.choice([count, min(count, 12), random.randrange(6, count + 1)])


def test_statprocon_says_the_same(full: bool) -> None:
    """Limits and signals of random series, by a library that others use.

    Three of its rules are other than METHOD's: a value on the mean does not end its *run*; a value near the other limit
    takes one of a *drift*'s three away; its lower limit exists below 0. The first two are told apart below, the third
    is left out by values that may lie below 0. It also rounds its lines.
    """
    random, compared = Random(12), 0
    for _series in range(10_000 if full else 1_500):
        values, baseline = random_series(random)
        ours, theirs = behaviour(values, baseline), XmR(values, subset_end_index=baseline)
        lines = [theirs.x_central_line()[0], theirs.upper_natural_process_limit()[0]]
        halves = [theirs.upper_halfway_line()[0], theirs.lower_halfway_line()[0]]
        assert ours.mean is not None
        assert ours.upper is not None
        assert ours.average_moving_range is not None
        assert abs(ours.mean - lines[0]) < ROUNDED
        assert abs(ours.upper - lines[1]) < ROUNDED
        assert abs(ours.average_moving_range - theirs.mr_central_line()[0]) < ROUNDED
        if ours.lower is None:
            continue
        bottom = theirs.lower_natural_process_limit()[0]
        assert abs(ours.lower - bottom) < ROUNDED
        if any(abs(value - line) < ROUNDED for value in values for line in (*lines, bottom, *halves)):
            continue
        compared += 1
        assert flagged(ours, "outside") == theirs.rule_1_x_indices_beyond_limits()
        assert flagged(ours, "run") == theirs.rule_2_runs_about_central_line()
        assert flagged(ours, "drift") == drifts_as_they_count(values, halves, theirs.rule_3_runs_near_limits())
    assert compared > (7_000 if full else 1_000)


def drifts_as_they_count(values: Sequence[Decimal], halves: Sequence[Decimal], theirs: Sequence[bool]) -> list[bool]:
    """What the other library flags, and the windows it leaves out because a fourth value is near the other limit."""
    flags = list(theirs)
    sides = [1 if value > halves[0] else -1 if value < halves[1] else 0 for value in values]
    for start in range(len(sides) - 3):
        window = sorted(sides[start : start + 4])
        if window in ([-1, -1, -1, 1], [-1, 1, 1, 1]):
            flags[start : start + 4] = [True] * 4
    return flags


def test_every_signal_is_as_long_as_it_can_be() -> None:
    """A run that goes on is one signal: no two of a side touch, on series that move much."""
    random = Random(7)
    for _series in range(300):
        values, baseline = random_series(random)
        found = behaviour(values, baseline)
        runs = sorted(places(found, "run"))
        assert all(end - start >= 7 for start, end in runs)
        for above in (True, False):
            drifts = sorted(
                (signal.start, signal.end)
                for signal in found.signals
                if signal.name == "drift" and signal.above is above
            )
            assert all(one[1] < other[0] for one, other in pairwise(drifts))
        assert found.mean is not None
        lengths = [len(list(row)) for side, row in groupby((v > found.mean) - (v < found.mean) for v in values) if side]
        assert len(runs) == sum(length >= 8 for length in lengths)
