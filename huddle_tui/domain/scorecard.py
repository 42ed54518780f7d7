"""The scorecard and its figures: kept promises, streaks, talking points, signals (METHOD 9). Pure.

All figures are taken from the readings that *count*: judged, said by somebody who was there, and of a running total
only the last of each period. What is not measured, absent or too early neither counts nor breaks a row of others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from enum import Enum
from itertools import groupby, islice, takewhile
from operator import le
from typing import Final

import msgspec

from huddle_tui.domain.history import TRAILING, Past, Said
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.team import Counting, Kpi
from huddle_tui.domain.workdays import Period

PERCENT_FROM: Final = 6
"""Below this many judged readings there is no percentage and no trend."""
TALKING_POINT: Final = 3
"""So many misses in a row are to be talked about."""
SIGNAL_RUN: Final = 8
"""So many readings in a row on one side of the mean are no accident."""
SIGNAL_BASE: Final = 15
"""A mean of fewer earlier readings says nothing."""

_EXACT: Final = Context(prec=60)
"""Wide enough for the sum of any number of actuals (15 digits before and 9 behind the sign)."""


_TOTAL: Final = Counting.RUNNING_TOTAL


def counting(said: Sequence[Said]) -> Iterator[Said]:
    """Those of one KPI's readings that count, the newest first; `said` is oldest first."""
    seen: set[tuple[Period, date]] = set()
    for one in reversed(said):
        reading = one.reading
        if one.absent or not reading.status.judged:
            continue
        if reading.counting is _TOTAL:
            period = (reading.period, reading.period.first(reading.day))
            if period in seen:
                continue
            seen.add(period)
        yield one


class Tally(msgspec.Struct, frozen=True):
    """Kept promises: `9 of 13`."""

    kept: int = 0
    """Green and super green."""
    judged: int = 0
    """All that count."""

    @property
    def percent(self) -> int | None:
        """The share kept, rounded half up; None below six judged readings."""
        return (200 * self.kept + self.judged) // (2 * self.judged) if self.judged >= PERCENT_FROM else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.kept + other.kept, self.judged + other.judged)


def tally(said: Sequence[Said]) -> Tally:
    """Kept promises among one KPI's readings, oldest first."""
    kept = [one.reading.status.kept for one in counting(said)]
    return Tally(sum(kept), len(kept))


def streak(said: Sequence[Said]) -> int:
    """Kept readings in a row, up to now."""
    return sum(1 for _one in takewhile(lambda one: one.reading.status.kept, counting(said)))


def misses(said: Sequence[Said]) -> int:
    """Missed readings (yellow or red) in a row, up to now; from `TALKING_POINT` on they are to be talked about."""
    return sum(1 for _one in takewhile(lambda one: one.reading.status.missed, counting(said)))


class Signal(msgspec.Struct, frozen=True):
    """The last eight readings lie on one side of the mean of all the earlier ones."""

    above: bool
    """Above the mean, or below it."""
    better: bool
    """Whether that is the KPI's better side."""
    mean: Decimal
    """The mean of the earlier readings, to be rounded for showing."""


def signal(said: Sequence[Said]) -> Signal | None:
    """The signal that one KPI's readings give now, if any.

    A running total that is still under way is left out: a part is not compared with wholes.
    """
    values = [one.reading for one in counting(said)]
    if values and values[0].counting is Counting.RUNNING_TOTAL and values[0].pace != values[0].promise:
        del values[0]
    actuals = [reading.actual for reading in values if reading.actual is not None]
    run, base = actuals[:SIGNAL_RUN], actuals[SIGNAL_RUN:]
    if len(base) < SIGNAL_BASE:
        return None
    total = Decimal(0)
    for actual in base:
        total = _EXACT.add(total, actual)
    times = [_EXACT.multiply(actual, Decimal(len(base))) for actual in run]
    above = all(value > total for value in times)
    if not above and not all(value < total for value in times):
        return None
    up_is_better = values[0].direction is Direction.AT_LEAST
    return Signal(above, above is up_is_better, _EXACT.divide(total, Decimal(len(base))))


class By(Enum):
    """What one column of the scorecard holds."""

    HUDDLE = "huddle"
    WEEK = "week"
    MONTH = "month"

    def columns(self, said: Sequence[Said]) -> list[date]:
        """Per reading the first day of the column that it stands in.

        In a week or month stands what is *about* it: the last reading of a week is said on the Monday after.
        """
        if self is By.HUDDLE:
            return [one.huddle for one in said]
        period = Period.WEEK if self is By.WEEK else Period.MONTH
        first = {day: period.first(day) for day in {one.reading.day for one in said}}
        return [first[one.reading.day] for one in said]


class Figures(msgspec.Struct, frozen=True):
    """What all that was ever said of a KPI comes to."""

    streak: int
    """Kept in a row, up to now."""
    misses: int
    """Missed in a row, up to now."""
    signal: Signal | None
    """A lasting change, up or down."""


def figures(past: Past, kpi: str) -> Figures:
    """The figures of one KPI, worked out once for each past."""
    known = past.memo.get(f"figures {kpi}")
    if not isinstance(known, Figures):
        said = past.said.get(kpi, ())
        known = Figures(streak(said), misses(said), signal(said))
        past.memo[f"figures {kpi}"] = known
    return known


class Cells(Mapping[date, tuple[Said, ...]]):
    """One KPI's readings by column, each oldest first; looked up when a cell comes into sight."""

    def __init__(self, said: Sequence[Said], columns: Sequence[date]) -> None:
        """`columns` says for each reading in which column it stands."""
        order = range(len(said)) if _ascending(columns) else sorted(range(len(said)), key=columns.__getitem__)
        self._said = said if isinstance(order, range) else [said[place] for place in order]
        self._columns = columns if isinstance(order, range) else [columns[place] for place in order]

    def __getitem__(self, column: date) -> tuple[Said, ...]:
        first = bisect_left(self._columns, column)
        last = bisect_right(self._columns, column, first)
        if first == last:
            raise KeyError(column)
        return tuple(self._said[first:last])

    def __iter__(self) -> Iterator[date]:
        return (column for column, _same in groupby(self._columns))

    def __len__(self) -> int:
        return sum(1 for _column in self)

    def since(self, column: date) -> list[Said]:
        """Everything from that column on, oldest first."""
        return list(self._said[bisect_left(self._columns, column) :])


def _ascending(columns: Sequence[date]) -> bool:
    return all(map(le, columns, islice(columns, 1, None)))


class Row(msgspec.Struct, frozen=True):
    """One KPI on the scorecard."""

    kpi: str
    """Its id."""
    name: str
    """Its name now."""
    person: str
    """The id of its owner."""
    owner: str
    """The owner's name now."""
    most_important: bool
    """The owner's ★."""
    retired: bool
    """Nobody reads it out any more."""
    promise: Decimal
    """The promise now, or the last one there was."""
    direction: Direction
    """Which way is better."""
    unit: str
    """As it is now."""
    decimals: int
    """As it is now."""
    said: tuple[Said, ...]
    """All that was said of it, oldest first."""
    cells: Mapping[date, tuple[Said, ...]]
    """Per column what was said, oldest first; the last one is the cell's value."""
    kept: Tally
    """Over the trailing columns."""
    streak: int
    """Kept in a row, up to now."""
    misses: int
    """Missed in a row, up to now."""
    signal: Signal | None
    """A lasting change, up or down."""

    @property
    def talking_point(self) -> bool:
        """Three misses in a row."""
        return self.misses >= TALKING_POINT


class Scorecard(msgspec.Struct, frozen=True):
    """A row per KPI grouped by person, a column per huddle, week or month."""

    by: By
    """What a column holds."""
    trailing: int | None
    """Over how many of the last columns kept promises are counted; None is all."""
    columns: tuple[date, ...]
    """The first day of each column, oldest first."""
    rows: tuple[Row, ...]
    """In the order of the team; ★ first for each person."""

    @property
    def kept(self) -> Tally:
        """The team's kept promises over the trailing columns."""
        return sum((row.kept for row in self.rows), Tally())


def scorecard(past: Past, by: By = By.HUDDLE, trailing: int | None = TRAILING, *, retired: bool = False) -> Scorecard:
    """The scorecard of the past. With `retired` also of KPIs that nobody reads out any more."""
    if by is By.HUDDLE:
        columns = past.days
    else:
        columns = tuple(sorted({column for said in past.said.values() for column in by.columns(said)}))
    first = None if trailing is None or len(columns) <= trailing else columns[-trailing]
    return Scorecard(by, trailing, columns, tuple(row(past, kpi, by, first) for kpi in order(past, retired=retired)))


def order(past: Past, *, retired: bool = False) -> list[str]:
    """The KPIs in the order of the team: by person as listed, ★ first; those out of use behind that person's others."""
    team = past.team
    ids = [kpi.id for person in team.members for kpi in team.kpis_of(person.id)]
    if not retired:
        return ids
    asked = frozenset(ids)
    ids += [kpi.id for kpi in team.kpis if kpi.id not in asked]
    ids += [kpi for kpi in past.said if team.kpi(kpi) is None]
    owners = {id: (team.kpi(id) or _missing(past, id)).owner for id in ids}
    places = {person.id: place for place, person in enumerate(team.people)}
    return sorted(ids, key=lambda id: (places.get(owners[id], len(places)), owners[id]))


def row(past: Past, id: str, by: By = By.HUDDLE, first: date | None = None) -> Row:
    """One KPI's row; kept promises are counted from the column `first` on (None: all)."""
    kpi = past.team.kpi(id) or _missing(past, id)
    said = past.said.get(id, ())
    cells = Cells(said, by.columns(said))
    found = figures(past, id)
    owner = past.team.person(kpi.owner)
    return Row(
        kpi=id,
        name=kpi.name,
        person=kpi.owner,
        owner=past.person_name(kpi.owner),
        most_important=kpi.most_important,
        retired=kpi.retired_on is not None or owner is None or owner.left_on is not None,
        promise=kpi.promise,
        direction=kpi.direction,
        unit=kpi.unit,
        decimals=kpi.decimals,
        said=said,
        cells=cells,
        kept=tally(said if first is None else cells.since(first)),
        streak=found.streak,
        misses=found.misses,
        signal=found.signal,
    )


def _missing(past: Past, id: str) -> Kpi:
    """A KPI that the team knows no more, as its last reading shows it."""
    last = past.said[id][-1]
    stick = last.reading.yardstick
    return Kpi(
        id,
        last.reading.name,
        last.person,
        stick.promise,
        direction=stick.direction,
        period=last.reading.period,
        counting=last.reading.counting,
        unit=last.reading.unit,
        decimals=last.reading.decimals,
        retired_on=last.huddle,
    )
