"""Promises that fell due and what became of them: kept, renegotiated, missed, not reported (METHOD 9). Pure.

A promise on a snapshot falls due with every reading, one on a running total once: with the last reading of its period
that is about the whole of it. Until then it is on pace or not, and counts nowhere; neither do readings of somebody who
was absent. Outcomes follow from what is stored, so years that were written before there were outcomes have them too.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, partial
from itertools import takewhile
from typing import Final, TypeVar

import msgspec

from huddle_tui.domain.history import TRAILING, Past, Said
from huddle_tui.domain.huddle import Huddle, Stage, TurnState
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.outcomes import Outcome, Tally, outcome, share, tally_of, whole
from huddle_tui.domain.reasons import Pile
from huddle_tui.domain.team import Counting
from huddle_tui.domain.workdays import Calendar, Period

__all__ = ["Outcome", "Tally", "outcome", "share", "tally_of", "whole"]

TALKING_POINT: Final = 3
"""So many misses in a row are to be talked about."""
_TOTAL: Final = Counting.RUNNING_TOTAL
_DAY: Final = Period.DAY
_WEEK: Final = timedelta(weeks=1)
_AGAIN: Final = 100
"""A total that was not measured is asked until the next period is over: a quarter of huddles, one a day."""
Key = TypeVar("Key", str, date)


class Promise(msgspec.Struct, frozen=True):
    """A promise that fell due."""

    said: Said
    """The reading it fell due with."""
    outcome: Outcome
    """What became of it."""


def fallen_due(said: Sequence[Said], calendar: Calendar) -> Iterator[Promise]:
    """The promises on one KPI that fell due, the newest first and only as far as they are asked for.

    `said` is all that was said of it, oldest first.
    """
    settled = None
    for place in range(len(said) - 1, -1, -1):
        one = said[place]
        reading = one.reading
        if one.absent or not whole(reading, calendar):
            continue
        if reading.counting is _TOTAL:
            if (due := (reading.period, calendar.first(reading.period, reading.day))) == settled:
                continue
            settled = due
        yield Promise(one, outcome(reading, () if reading.period is _DAY else _earlier(said, place, calendar)))


def _earlier(said: Sequence[Said], place: int, calendar: Calendar) -> Iterator[Decimal]:
    """The promises that were in force earlier in the period of the reading at that place."""
    reading = said[place].reading
    first = calendar.first(reading.period, reading.day)
    while (place := place - 1) >= 0 and said[place].huddle >= first:
        one = said[place].reading
        if first <= one.day and one.direction is reading.direction:
            yield one.promise


def tally(said: Sequence[Said], calendar: Calendar) -> Tally:
    """What became of the promises on one KPI; `said` is oldest first."""
    return Tally.of(one.outcome for one in fallen_due(said, calendar))


def in_a_row(promises: Iterable[Promise], outcome: Outcome) -> int:
    """So many with that outcome in a row, up to now. `promises` are newest first.

    Kept it is a streak; missed, from `TALKING_POINT` on, they are to be talked about.
    """
    return sum(1 for _same in takewhile(lambda one: one.outcome is outcome, promises))


class Account(msgspec.Struct, frozen=True):
    """What became of every promise that was about a day in a stretch of time. For the team: nobody is ranked by it."""

    first: date | None
    """Its first day; None where nothing fell due."""
    last: date | None
    """Its last day."""
    kpis: tuple[tuple[str, Tally], ...] = ()
    """Per KPI that still is read out or had a promise due, in the order of the past."""
    weeks: tuple[tuple[date, Tally], ...] = ()
    """Per first day of a week in which something fell due, oldest first."""
    cells: Mapping[tuple[str, date], Tally] = msgspec.field(default_factory=dict)
    """Per KPI and week."""
    pile: Pile = Pile()
    """Why those that were missed were missed."""

    @property
    def team(self) -> Tally:
        """All of them."""
        return sum((tally for _kpi, tally in self.kpis), Tally())


def account(past: Past, kpis: Iterable[str], first: date | None = None, last: date | None = None) -> Account:
    """The account from `first` up to and including `last`: unless they are named, the last thirteen weeks there are.

    `kpis` says which are in it and in which order.
    """
    calendar = past.team.calendar
    due = {kpi: list(fallen_due(past.said.get(kpi, ()), calendar)) for kpi in kpis}
    last = last or max((one.said.reading.day for promises in due.values() for one in promises), default=None)
    if first is None and last is not None:
        first = calendar.first(Period.WEEK, last) - (TRAILING - 1) * _WEEK
    week = cache(partial(calendar.first, Period.WEEK))  # ten years of promises lie in a thousand days
    became: dict[tuple[str, date], list[Outcome]] = {}
    given: list[int] = []
    for kpi, promises in due.items():
        for one in promises:
            reading = one.said.reading
            if (first and reading.day < first) or (last and last < reading.day):
                continue
            became.setdefault((kpi, week(reading.day)), []).append(one.outcome)
            if one.outcome is Outcome.MISSED and reading.reason is not None:
                given.append(reading.reason)
    cells = {place: Tally.of(outcomes) for place, outcomes in became.items()}
    rows = dict.fromkeys(due, Tally()) | _added((kpi, tally) for (kpi, _week), tally in cells.items())
    weeks = _added((week, tally) for (_kpi, week), tally in cells.items())
    asked = {kpi.id for kpi in past.team.kpis if kpi.retired_on is None}
    shown = tuple((kpi, tally) for kpi, tally in rows.items() if tally.due or kpi in asked)
    return Account(first, last, shown, tuple(sorted(weeks.items())), cells, Pile.of(given))


def _added(tallies: Iterable[tuple[Key, Tally]]) -> dict[Key, Tally]:
    sums: dict[Key, Tally] = {}
    for key, tally in tallies:
        sums[key] = sums.get(key, Tally()) + tally
    return sums


def outcomes(huddles: Iterable[Huddle], calendar: Calendar) -> Iterator[tuple[Huddle, Mapping[str, Outcome]]]:
    """Huddles, oldest first, each with what became of the promises that fell due in it, by KPI.

    A total that a later huddle says again falls due there, so that a huddle waits until `_AGAIN` more were read.
    """
    held: deque[tuple[Huddle, dict[str, Outcome]]] = deque()
    running: dict[str, tuple[date, Period, Direction, tuple[Decimal, ...]]] = {}
    last: dict[str, tuple[Period, date, dict[str, Outcome]]] = {}
    for huddle in huddles:
        found: dict[str, Outcome] = {}
        for turn in huddle.turns if huddle.stage is not Stage.OPENING else ():
            absent = turn.state is TurnState.ABSENT
            for reading in turn.readings:
                kpi, period, way = reading.kpi, reading.period, reading.direction
                first = reading.day if period is _DAY else calendar.first(period, reading.day)
                before = running.get(kpi)
                again = before is not None and before[0] == first and before[1] is period and before[2] is way
                promises = before[3] if before is not None and again else ()
                running[kpi] = (first, period, way, (*promises, reading.promise))
                if absent or not whole(reading, calendar):
                    continue
                found[kpi] = outcome(reading, promises)
                if reading.counting is _TOTAL:
                    if kpi in last and last[kpi][:2] == (period, first):
                        last[kpi][2].pop(kpi, None)
                    last[kpi] = period, first, found
        held.append((huddle, found))
        if len(held) > _AGAIN:
            yield held.popleft()
    yield from held
