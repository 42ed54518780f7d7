"""Time used, from marks: METHOD 8."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huddle_tui.domain.clock import Stopwatch


def test_it_counts_while_it_runs_and_stands_still_while_it_does_not() -> None:
    watch = Stopwatch().start(100)
    assert watch.elapsed(160) == 60
    watch = watch.stop(160)
    assert watch.elapsed(1000) == 60
    assert watch.start(1000).elapsed(1012) == 72


def test_starting_twice_loses_nothing() -> None:
    assert Stopwatch().start(5).start(9).elapsed(10) == 5


def test_stopping_twice_adds_nothing() -> None:
    assert Stopwatch().start(0).stop(5).stop(9).elapsed(20) == 5


def test_a_clock_of_another_machine_does_not_turn_it_back() -> None:
    assert Stopwatch(30.0, since=1000.0).elapsed(10.0) == 30.0


@given(st.lists(st.tuples(st.sampled_from(["start", "stop"]), st.floats(0, 1e6))))
def test_it_never_runs_backwards(steps: list[tuple[str, float]]) -> None:
    watch, now, before = Stopwatch(), 0.0, 0.0
    for step, seconds in steps:
        now += seconds
        watch = watch.start(now) if step == "start" else watch.stop(now)
        assert watch.elapsed(now) >= before - 1e-6
        before = watch.elapsed(now)
