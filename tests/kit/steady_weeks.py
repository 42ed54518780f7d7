"""Weeks in which a running total grew by so much a day: what a chance is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from huddle_tui.domain.huddle import Huddle, Turn, TurnState
from huddle_tui.domain.team import Team
from tests.kit.fakes import FakeTime
from tests.kit.random_books import said


def steady_weeks(team: Team, kpi: str, last: date, added: Sequence[int]) -> Iterator[Huddle]:
    """A huddle per working day up to `last`, in which `kpi` alone was said; so much was `added` each day."""
    known = team.kpi(kpi)
    assert known is not None
    days = [last]
    while len(days) < len(added):
        days.append(team.calendar.before(days[-1]))
    level, start = Decimal(0), None
    for day, more in zip(reversed(days), added, strict=True):
        reported = team.reporting_day(day)
        if known.period.first(reported) != start:
            start, level = known.period.first(reported), Decimal(0)
        level += more
        turn = Turn(known.owner, known.owner, TurnState.DONE, readings=(said(reported, known, team, level),))
        now = FakeTime(day).now()
        yield Huddle(day, team.name, turns=(turn,), started_at=now, ended_at=now)
