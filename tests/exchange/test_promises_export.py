"""`export promises` and `export behaviour`, and the outcome of every reading, counted once more from the JSON alone."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from huddle_tui.domain.behaviour import behaviour
from huddle_tui.domain.history import gather, page
from huddle_tui.domain.huddle import Huddle, Turn, TurnState
from huddle_tui.domain.promises import Outcome, Tally, account, fallen_due, outcomes
from huddle_tui.domain.scorecard import order
from huddle_tui.domain.team import Counting, Kpi, Person, Team
from huddle_tui.domain.turns import judged
from huddle_tui.domain.workdays import Period
from tests.kit.exporting import exported_text
from tests.kit.random_books import random_book

NAMES = ("kept", "renegotiated", "missed", "not reported")
Counts = dict[str, Any]


def book_of(seed: int, huddles: int = 80) -> tuple[Team, list[Huddle]]:
    """A random book in which most misses have a reason."""
    random = Random(seed)
    team, past = random_book(seed, huddles)

    def explained(huddle: Huddle) -> Huddle:
        turns = (
            replace(
                turn,
                readings=tuple(
                    replace(r, reason=random.choice([None, *range(1, 10)])) if r.status.missed else r
                    for r in turn.readings
                ),
            )
            for turn in huddle.turns
        )
        return replace(huddle, turns=tuple(turns))

    return team, [explained(huddle) for huddle in past]


def written(
    what: str, book: tuple[Team, list[Huddle]], kind: str = "json", days: tuple[date | None, date | None] = (None, None)
) -> str:
    return exported_text(what, kind, *book, *days)


def counts(found: Counts) -> Tally:
    assert found["due"] == sum(found[name] for name in NAMES)
    return Tally(found["kept"], found["missed"], found["renegotiated"], found["not reported"])


@pytest.mark.parametrize("seed", range(6))
def test_promises_are_what_the_readings_say_one_by_one(seed: int) -> None:
    """From the outcomes in the JSON of the huddles: per week, per KPI, and the reasons of what was missed."""
    team, _huddles = book = book_of(seed)
    told, days = json.loads(written("promises", book)), json.loads(written("huddles", book))
    readings = [reading for huddle in days for turn in huddle["turns"] for reading in turn["readings"]]
    inside = [r for r in readings if r["outcome"] and told["from"] <= r["day"] <= told["to"]]
    assert counts(told["team"]) == counted(inside)
    assert date.fromisoformat(told["from"]).weekday() == 0
    assert date.fromisoformat(told["to"]) - date.fromisoformat(told["from"]) < timedelta(weeks=13)
    assert told["to"] == max(r["day"] for r in readings if r["outcome"])
    for week in told["weeks"]:
        assert counts(week) == counted([r for r in inside if week_of(r) == week["week"]])
    assert {week["week"] for week in told["weeks"]} == {week_of(r) for r in inside}
    names = {kpi.name for kpi in team.kpis}
    assert {row["kpi"] for row in told["kpis"]} <= names
    for row in told["kpis"]:
        assert counts(row) == counted([r for r in inside if r["kpi"] == row["kpi"]])
    pile = Counter(r["reason"] for r in inside if r["outcome"] == "missed" and r["reason"])
    assert {str(one["reason"]): one["count"] for one in told["reasons"]} == pile
    assert [one["count"] for one in told["reasons"]] == sorted(pile.values(), reverse=True)
    assert all(one["hands"] == HANDS[one["reason"]] for one in told["reasons"])


HANDS = dict(enumerate(["", *["ours"] * 4, "theirs", "theirs", "outside", "outside", "open"]))


def counted(readings: list[Counts]) -> Tally:
    found = Counter(reading["outcome"] for reading in readings)
    return Tally(found["kept"], found["missed"], found["renegotiated"], found["not reported"])


def week_of(reading: Counts) -> str:
    return f"{date.fromisoformat(reading['day']):%G-W%V}"


@pytest.mark.parametrize("seed", range(6))
def test_outcomes_that_are_written_while_huddles_are_read_are_those_of_the_whole_past(seed: int) -> None:
    team, huddles = book_of(seed)
    past = gather(team, (), map(page, huddles), complete=True)
    whole = {
        (promise.said.huddle, kpi): promise.outcome
        for kpi, said in past.said.items()
        for promise in fallen_due(said, team.calendar)
    }
    streamed = {
        (huddle.day, kpi): outcome
        for huddle, found in outcomes(huddles, team.calendar)
        for kpi, outcome in found.items()
    }
    assert streamed == whole


def test_a_total_that_is_said_again_falls_due_with_the_last_time() -> None:
    team, huddles = book_of(1)
    totals = [
        (h, r) for h in huddles for r in h.readings if r.pace == r.promise != 0 and r.counting.value != "snapshot"
    ]
    huddle, reading = next(
        (h, r) for h, r in totals if next(t for t in h.turns if r in t.readings).state.value == "done"
    )
    again = replace(huddle, day=huddle.day + timedelta(1))
    (first, before), (_second, after) = outcomes([huddle, again], team.calendar)
    assert first is huddle
    assert reading.kpi not in before
    assert reading.kpi in after


def test_a_month_that_was_not_measured_at_first_falls_due_once_whoever_was_away_meanwhile() -> None:
    kpi = Kpi("m", "M", "p", Decimal(100), period=Period.MONTH, counting=Counting.RUNNING_TOTAL)
    team, day = Team("T", people=(Person("p", "P"),), kpis=(kpi,)), date(2026, 11, 30)
    said = [judged(kpi, day, actual, team.yardstick(kpi, day)) for actual in (None, None, Decimal(101))]
    huddles = [
        Huddle(
            date(2026, 12, n), "T", started_at=datetime(2026, 12, n, 9, tzinfo=UTC),
            turns=(Turn("p", "P", TurnState.ABSENT if n == 2 else TurnState.DONE, readings=(reading,)),),
        )
        for n, reading in enumerate(said, start=1)
    ]  # fmt: skip
    assert [dict(found) for _huddle, found in outcomes(huddles, team.calendar)] == [{}, {}, {"m": Outcome.KEPT}]


def test_a_period_that_was_chosen_is_about_its_days() -> None:
    team, huddles = book = book_of(3)
    first, last = date(2026, 2, 2), date(2026, 2, 13)
    told = json.loads(written("promises", book, days=(first, last)))
    past = gather(team, (), map(page, huddles), complete=True)
    assert (told["from"], told["to"]) == ("2026-02-02", "2026-02-13")
    assert [week["week"] for week in told["weeks"]] == ["2026-W06", "2026-W07"]
    assert counts(told["team"]) == account(past, order(past, retired=True), first, last).team


def test_a_book_without_promises_says_so() -> None:
    nothing = json.loads(written("promises", (Team("T"), [])))
    assert (nothing["from"], nothing["to"], nothing["team"]["due"], nothing["weeks"]) == (None, None, 0, [])
    assert "No promise fell due" in written("promises", (Team("T"), []), "md")
    assert json.loads(written("behaviour", (Team("T"), []))) == []


def test_as_text() -> None:
    team, huddles = book = book_of(3)
    past = gather(team, (), map(page, huddles), complete=True)
    told = account(past, order(past, retired=True))
    text = written("promises", book, "md")
    assert f"{told.team.kept} of {told.team.due} promises kept, {told.team.percent}%; " in text
    assert f"of {told.pile.total} misses were in our own hands" in text
    rows = list(csv.DictReader(io.StringIO(written("promises", book, "csv")), delimiter=";"))
    assert sum(int(row["due"]) for row in rows if row["kpi"]) == told.team.due
    assert sum(int(row["count"]) for row in rows if row["reason"]) == told.pile.total
    assert all(not row["person"] for row in rows if row["reason"])


@pytest.mark.parametrize("seed", range(3))
def test_behaviour_is_that_of_its_values(seed: int) -> None:
    for found in json.loads(written("behaviour", book_of(seed))):
        values = [Decimal(value) for value in found["values"]]
        again = behaviour(values, found["baseline"] or None)
        assert (found["trial"], found["baseline"]) == (again.trial, again.baseline)
        for name in ("mean", "average_moving_range", "upper", "lower"):
            line = getattr(again, name)
            assert (found[name] is None) == (line is None)
            assert line is None or abs(Decimal(found[name]) - line) <= abs(line) * Decimal("1e-20")
        signals = [(signal.name, signal.start, signal.end) for signal in again.signals]
        assert [(one["name"], one["from"], one["to"]) for one in found["signals"]] == signals
        assert set(found["signals"][0]) == {"name", "from", "to"} if signals else True
        assert (found["assurance"] is None) == (len(values) < 12)
