"""The coach's word on the past, read as far as its rules look back: ten years are not opened for it (METHOD 10)."""

from datetime import date, timedelta
from itertools import islice
from typing import Final

from huddle_tui.domain.behaviour import LOCKED
from huddle_tui.domain.coach import Advice
from huddle_tui.domain.coach_past import ENOUGH, advise_on, thirteen_weeks
from huddle_tui.domain.history import Page, Past, gather, page
from huddle_tui.domain.team import Team
from huddle_tui.domain.voice import measured, since_baseline
from huddle_tui.store.port import Book

_PIECE: Final = 13
"""Huddles read first on the way to the values that limits are made of; each time twice as many."""
_RECENT: Final = timedelta(weeks=15)
"""The thirteen weeks, the week under way, and the one before the first: promises that were in force earlier in it."""
_SLOW: Final = timedelta(days=93)
"""So much more where a number is over a month or a quarter."""


def past_advice(book: Book, team: Team) -> list[Advice]:
    """What the coach says of thirteen weeks; blocks. Raises HuddleError.

    Read are those weeks, and of each number that was not always kept the first values, which its limits are made of.
    """
    days = book.days()
    if not days:
        return []
    slow = any(kpi.period.slow for kpi in team.kpis)
    first = days[-1] - _RECENT - (_SLOW if slow else timedelta())
    read = {huddle.day: page(huddle) for huddle in book.huddles(day for day in days if day >= first)}
    kept = thirteen_weeks(_gathered(team, read)).kpis
    always = {kpi for kpi, tally in kept if tally.kept == tally.due >= ENOUGH}
    lacking, size = [kpi for kpi in team.kpis if kpi.id not in always and not kpi.retired_on], _PIECE
    left = [day for day in days if day < first]
    while left and lacking:
        begins = min(kpi.baselines[-1].day if kpi.baselines else kpi.since or days[0] for kpi in lacking)
        left = [day for day in left if day >= begins]
        piece, left, size = left[:size], left[size:], 2 * size
        read |= {huddle.day: page(huddle) for huddle in book.huddles(piece)}
        past = _gathered(team, {day: read[day] for day in read if not left or day < left[0]})
        lacking = [kpi for kpi in lacking if not _enough(past, kpi.id)]
    return advise_on(_gathered(team, read))


def _gathered(team: Team, read: dict[date, Page]) -> Past:
    return gather(team, (), (read[day] for day in sorted(read)), complete=True)


def _enough(past: Past, kpi: str) -> bool:
    """Whether the values that the limits are made of were read."""
    said = since_baseline(past.said.get(kpi, ()), past.team, kpi)
    return len(list(islice(measured(said, past.team.calendar), LOCKED))) == LOCKED
