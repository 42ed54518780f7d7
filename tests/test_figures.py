"""Every figure on the screens that look back, computed once more from the JSON export alone, in another way."""

from __future__ import annotations

import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from huddle_tui.domain.history import Past, gather, page
from huddle_tui.domain.promises import Tally
from huddle_tui.domain.scorecard import By, scorecard
from huddle_tui.domain.summary import summarise
from huddle_tui.domain.weeks import weeks
from tests.kit.exporting import exported_text
from tests.kit.random_books import random_huddles, random_team

Told = dict[str, Any]


def told(seed: int) -> tuple[Past, list[Told], dict[str, Told]]:
    """A random book: as the program holds it, its huddles as JSON, and its KPIs as TOML by name."""
    random = Random(seed)
    team, huddles = random_huddles(random, random_team(random), random.choice([5, 20, 90]))
    past = gather(team, [summarise(h) for h in huddles], [page(h) for h in huddles], complete=True)
    kpis = tomllib.loads(exported_text("team", "toml", team, []))["kpi"]
    return past, json.loads(exported_text("huddles", "json", team, huddles)), {kpi["name"]: kpi for kpi in kpis}


def period_of(day: str, period: str) -> str:
    """The name of the period a day lies in."""
    when = date.fromisoformat(day)
    year, week, _weekday = when.isocalendar()
    return {"day": day, "week": f"{year}w{week}", "month": day[:7], "quarter": f"{year}q{(when.month - 1) // 3}"}[
        period
    ]


def fallen_due(huddles: list[Told], name: str, kpi: Told, works: Callable[[date], bool]) -> list[Told]:
    """The readings of one KPI with which a promise fell due, oldest first, each with what became of it."""
    said = [
        {**reading, "date": huddle["date"], "period": period_of(reading["day"], kpi.get("period", "day"))}
        for huddle in huddles
        for turn in huddle["turns"]
        for reading in turn["readings"]
        if reading["kpi"] == name
        if turn["state"] != "absent"
    ]
    if kpi.get("counting", "snapshot") == "running total":
        whole = {reading["period"]: reading for reading in said if not works_later(reading, works)}
        ends = list(whole.values())
    else:
        ends = said
    return [{**end, "became": became(end, said[: said.index(end) + 1])} for end in ends]


def works_later(reading: Told, works: Callable[[date], bool]) -> bool:
    """Whether there is a working day left in the period of a reading."""
    day = date.fromisoformat(reading["day"])
    later = (day + timedelta(n) for n in range(1, 93))
    kind = "quarter" if "q" in reading["period"] else "week" if "w" in reading["period"] else "month"
    return any(works(one) for one in later if period_of(one.isoformat(), kind) == reading["period"])


def became(end: Told, until: list[Told]) -> str:
    """Kept, renegotiated, missed or not reported."""
    if end["actual"] is None:
        return "not reported"
    sign = -1 if end["direction"] == "at most" else 1
    actual, promise = sign * Fraction(end["actual"]), sign * Fraction(end["promise"])
    hardest = max(sign * Fraction(one["promise"]) for one in until if one["period"] == end["period"])
    return "missed" if actual < promise else "kept" if actual >= hardest else "renegotiated"


def tallied(ends: list[Told]) -> Tally:
    """Their outcomes, counted."""
    found = Counter(end["became"] for end in ends)
    return Tally(found["kept"], found["missed"], found["renegotiated"], found["not reported"])


def run(ends: list[Told], outcome: str) -> int:
    """How many of the last ones in a row became that."""
    marks = "".join("x" if end["became"] == outcome else "." for end in ends)
    return len(marks) - len(marks.rstrip("x"))


def news(ends: list[Told]) -> str | None:
    """Above or below, where the last value is part of a signal: by the rules of the method, spelled out."""
    values = [Fraction(end["actual"]) for end in ends if end["actual"] is not None]
    first = values[:12]
    if len(first) < 6:
        return None
    mean = sum(first) / len(first)
    away = sum(abs(one - other) for one, other in pairwise(first)) / (len(first) - 1) * Fraction("2.66")
    floor = mean - away < 0 <= min(values)
    last = values[-1]
    if last > mean + away or (last < mean - away and not floor):
        return "above" if last > mean else "below"
    for name, sign in (("above", 1), ("below", -1)):
        if len(values) >= 8 and all(sign * (value - mean) > 0 for value in values[-8:]):
            return name
    for name, sign in (("above", 1), ("below", -1)):
        near = [sign * (value - mean) > away / 2 > 0 and not (sign < 0 and floor) for value in values[-4:]]
        if sum(near) >= 3:
            return name
    return None


@pytest.mark.parametrize("seed", range(24))
def test_the_scorecard(seed: int) -> None:
    past, huddles, kpis = told(seed)
    works, last = past.team.calendar.is_workday, {huddle["date"] for huddle in huddles[-13:]}
    rows = {row.kpi.name: row for row in scorecard(past).rows}
    assert set(rows) == set(kpis)
    for name, row in rows.items():
        ends = fallen_due(huddles, name, kpis[name], works)
        assert row.kept == tallied([end for end in ends if end["date"] in last])
        assert row.streak == run(ends, "kept")
        assert row.misses == run(ends, "missed")
        assert row.talking_point == (run(ends, "missed") >= 3)


@pytest.mark.parametrize("seed", range(24))
def test_what_is_new(seed: int) -> None:
    past, huddles, kpis = told(seed)
    everybody = [{**h, "turns": [{**turn, "state": "done"} for turn in h["turns"]]} for h in huddles]
    for row in scorecard(past).rows:
        found = None if row.signal is None else "above" if row.signal.above else "below"
        assert found == news(fallen_due(everybody, row.kpi.name, kpis[row.kpi.name], past.team.calendar.is_workday))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("by", [By.WEEK, By.MONTH])
def test_weeks_and_months(seed: int, by: By) -> None:
    past, huddles, kpis = told(seed)
    card = scorecard(past, by, None)
    for row in card.rows:
        cells: dict[str, str | None] = {}
        for huddle in huddles:
            for turn in huddle["turns"]:
                for reading in turn["readings"]:
                    if reading["kpi"] == row.kpi.name:
                        cells[period_of(reading["day"], by.value)] = reading["actual"]
        shown = {period_of(column.isoformat(), by.value): said[-1].reading.actual for column, said in row.cells.items()}
        assert {key: None if value is None else Fraction(value) for key, value in cells.items()} == {
            key: None if value is None else Fraction(value) for key, value in shown.items()
        }
        assert row.kept == tallied(fallen_due(huddles, row.kpi.name, kpis[row.kpi.name], past.team.calendar.is_workday))


@pytest.mark.parametrize("seed", range(12))
def test_the_team_over_time(seed: int) -> None:
    past, huddles, kpis = told(seed)
    today = date.fromisoformat(huddles[-1]["date"]) + timedelta(1)
    due: dict[str, list[Told]] = defaultdict(list)
    for name, kpi in kpis.items():
        for end in fallen_due(huddles, name, kpi, past.team.calendar.is_workday):
            due[period_of(end["day"], "week")].append(end)
    red: dict[str, int] = defaultdict(int)
    warm: dict[str, list[int]] = defaultdict(list)
    held: dict[str, int] = defaultdict(int)
    for huddle in huddles:
        held[period_of(huddle["date"], "week")] += 1
        if huddle["temperature"] is not None:
            warm[period_of(huddle["date"], "week")].append(huddle["temperature"])
        for turn in huddle["turns"]:
            for reading in turn["readings"]:
                red[period_of(reading["day"], "week")] += reading["status"] == "red" and turn["state"] != "absent"
    for week in weeks(past, today):
        name = period_of(week.first.isoformat(), "week")
        assert week.kept == tallied(due[name])
        assert week.red == red[name]
        assert week.huddles == held[name]
        mean = Fraction(sum(warm[name]), len(warm[name])) if warm[name] else None
        assert (week.temperature is None) == (mean is None)
        if week.temperature is not None and mean is not None:
            assert abs(Fraction(week.temperature) - mean) < Fraction(1, 10**50)
    promised = [a for h in huddles for a in h["actions"] if a["by"] and (a["done"] or a["by"] < today.isoformat())]
    assert sum(week.actions.due for week in weeks(past, today)) == len(promised)


@pytest.mark.parametrize("seed", range(6))
def test_the_list_of_past_huddles(seed: int) -> None:
    past, huddles, kpis = told(seed)

    def is_due(reading: Told) -> bool:
        kpi = kpis[reading["kpi"]]
        if kpi.get("counting", "snapshot") == "snapshot" or Fraction(reading["promise"]):
            return bool(kpi.get("counting", "snapshot") == "snapshot" or reading["pace"] == reading["promise"])
        named = {**reading, "period": period_of(reading["day"], kpi["period"])}
        return not works_later(named, lambda day: day.weekday() < 5)

    for summary, huddle in zip(past.summaries, huddles, strict=True):
        there = [turn for turn in huddle["turns"] if turn["state"] != "absent"]
        readings = [reading for turn in there for reading in turn["readings"]]
        due = [{**reading, "period": ""} for reading in readings if is_due(reading)]
        assert summary.kept == sum(became(reading, [reading]) == "kept" for reading in due)
        assert summary.due == len(due)
        assert summary.red == sum(reading["status"] == "red" for reading in readings)
        assert list(summary.present) == [turn["person"] for turn in there]
