"""Every figure on the screens that look back, computed once more from the JSON export alone, in another way."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from huddle_tui.domain.history import Past, gather, page
from huddle_tui.domain.scorecard import By, Tally, scorecard
from huddle_tui.domain.summary import summarise
from huddle_tui.domain.weeks import weeks
from huddle_tui.exchange.writing.exports import export
from tests.kit.random_books import random_huddles, random_team

KEPT, MISSED = {"supergreen", "green"}, {"yellow", "red"}
Told = dict[str, Any]


def told(seed: int) -> tuple[Past, list[Told], dict[str, Told]]:
    """A random book: as the program holds it, its huddles as JSON, and its KPIs as TOML by name."""
    random = Random(seed)
    team, huddles = random_huddles(random, random_team(random), random.choice([5, 20, 90]))
    past = gather(team, [summarise(h) for h in huddles], [page(h) for h in huddles], complete=True)
    kpis = tomllib.loads("".join(export("team", "toml", team, [])))["kpi"]
    return past, json.loads("".join(export("huddles", "json", team, huddles))), {kpi["name"]: kpi for kpi in kpis}


def period_of(day: str, period: str) -> str:
    """The name of the period a day lies in."""
    when = date.fromisoformat(day)
    year, week, _weekday = when.isocalendar()
    return {"day": day, "week": f"{year}w{week}", "month": day[:7], "quarter": f"{year}q{(when.month - 1) // 3}"}[
        period
    ]


def counted(huddles: list[Told], name: str, kpi: Told) -> list[Told]:
    """The readings of one KPI that count, oldest first, each with the day of its huddle."""
    said = [
        {**reading, "date": huddle["date"]}
        for huddle in huddles
        for turn in huddle["turns"]
        if turn["state"] != "absent"
        for reading in turn["readings"]
        if reading["kpi"] == name and reading["status"] in KEPT | MISSED
    ]
    if kpi.get("counting", "snapshot") == "snapshot":
        return said
    periods = [period_of(reading["day"], kpi.get("period", "day")) for reading in said]
    return [reading for place, reading in enumerate(said) if periods[place] not in periods[place + 1 :]]


def run(said: list[Told], statuses: set[str]) -> int:
    """How many of the last ones in a row have one of these statuses."""
    marks = "".join("x" if reading["status"] in statuses else "." for reading in said)
    return len(marks) - len(marks.rstrip("x"))


def side(said: list[Told], kpi: Told) -> str | None:
    """Above or below, where the last eight say so."""
    if said and kpi.get("counting") == "running total" and said[-1]["pace"] != said[-1]["promise"]:
        said = said[:-1]
    values = [Fraction(reading["actual"]) for reading in said]
    if len(values) < 23:
        return None
    mean = sum(values[:-8]) / len(values[:-8])
    signs = {(value > mean) - (value < mean) for value in values[-8:]}
    return {1: "above", -1: "below", 0: None}[signs.pop()] if len(signs) == 1 else None


@pytest.mark.parametrize("seed", range(24))
def test_the_scorecard(seed: int) -> None:
    past, huddles, kpis = told(seed)
    last = {huddle["date"] for huddle in huddles[-13:]}
    rows = {row.name: row for row in scorecard(past).rows}
    assert set(rows) == set(kpis)
    for name, row in rows.items():
        said = counted(huddles, name, kpis[name])
        inside = [h for h in huddles if h["date"] in last]
        trailing = counted(inside, name, kpis[name])
        assert row.kept == Tally(sum(r["status"] in KEPT for r in trailing), len(trailing))
        assert row.streak == run(said, KEPT)
        assert row.misses == run(said, MISSED)
        assert row.talking_point == (run(said, MISSED) >= 3)
        found = None if row.signal is None else "above" if row.signal.above else "below"
        assert found == side(said, kpis[name])


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
                    if reading["kpi"] == row.name:
                        cells[period_of(reading["day"], by.value)] = reading["actual"]
        shown = {period_of(column.isoformat(), by.value): said[-1].reading.actual for column, said in row.cells.items()}
        assert {key: None if value is None else Fraction(value) for key, value in cells.items()} == {
            key: None if value is None else Fraction(value) for key, value in shown.items()
        }
        said = counted(huddles, row.name, kpis[row.name])
        assert row.kept == Tally(sum(r["status"] in KEPT for r in said), len(said))


@pytest.mark.parametrize("seed", range(12))
def test_the_team_over_time(seed: int) -> None:
    past, huddles, kpis = told(seed)
    today = date.fromisoformat(huddles[-1]["date"]) + timedelta(1)
    kept: dict[str, list[bool]] = defaultdict(list)
    for name, kpi in kpis.items():
        for reading in counted(huddles, name, kpi):
            kept[period_of(reading["day"], "week")].append(reading["status"] in KEPT)
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
        assert week.kept == Tally(sum(kept[name]), len(kept[name]))
        assert week.red == red[name]
        assert week.huddles == held[name]
        mean = Fraction(sum(warm[name]), len(warm[name])) if warm[name] else None
        assert (week.temperature is None) == (mean is None)
        if week.temperature is not None and mean is not None:
            assert abs(Fraction(week.temperature) - mean) < Fraction(1, 10**50)
    due = [a for h in huddles for a in h["actions"] if a["by"] and (a["done"] or a["by"] < today.isoformat())]
    assert sum(week.actions.judged for week in weeks(past, today)) == len(due)


@pytest.mark.parametrize("seed", range(6))
def test_the_list_of_past_huddles(seed: int) -> None:
    past, huddles, _kpis = told(seed)
    for summary, huddle in zip(past.summaries, huddles, strict=True):
        there = [turn for turn in huddle["turns"] if turn["state"] != "absent"]
        marks = [reading["status"] for turn in there for reading in turn["readings"]]
        assert summary.kept == sum(mark in KEPT for mark in marks)
        assert summary.judged == sum(mark in KEPT | MISSED for mark in marks)
        assert summary.red == marks.count("red")
        assert list(summary.present) == [turn["person"] for turn in there]
