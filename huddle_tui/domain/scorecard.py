"""The scorecard: a row per KPI with its kept promises, streak, talking point and news (METHOD 9 and 12). Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from itertools import groupby, islice, takewhile
from operator import gt

import msgspec

from huddle_tui.domain.history import TRAILING, Past, Said
from huddle_tui.domain.promises import TALKING_POINT, Outcome, Promise, Tally, fallen_due, in_a_row
from huddle_tui.domain.team import Kpi
from huddle_tui.domain.voice import News, news, since_baseline
from huddle_tui.domain.workdays import Calendar, Period


class By(Enum):
    """What one column of the scorecard holds."""

    HUDDLE = "huddle"
    WEEK = "week"
    MONTH = "month"

    def columns(self, said: Sequence[Said], calendar: Calendar) -> list[date]:
        """Per reading the first day of the column that it stands in.

        In a week or month stands what is *about* it: the last reading of a week is said on the Monday after, mostly.
        """
        if self is By.HUDDLE:
            return [one.huddle for one in said]
        first = {day: self.column(day, calendar) for day in {one.reading.day for one in said}}
        return [first[one.reading.day] for one in said]

    def column(self, day: date, calendar: Calendar) -> date:
        """The first day of the week or month that `day` lies in."""
        return calendar.first(Period.WEEK if self is By.WEEK else Period.MONTH, day)

    def since(self, promises: Iterable[Promise], first: date | None, calendar: Calendar) -> Iterator[Promise]:
        """Of promises, newest first, those that stand in the column `first` or a later one (None: all)."""
        if first is None:
            return iter(promises)
        # A number is said on the day it is about or later, so that what was said before the column is not in it.
        recent = takewhile(lambda one: one.said.huddle >= first, promises)
        return (one for one in recent if self is By.HUDDLE or self.column(one.said.reading.day, calendar) >= first)


class Figures(msgspec.Struct, frozen=True):
    """What all that was ever said of a KPI comes to."""

    streak: int
    """Kept in a row, up to now."""
    misses: int
    """Missed in a row, up to now."""
    signal: News | None
    """What is new about it."""


def figures(past: Past, kpi: str) -> Figures:
    """The figures of one KPI, worked out once for each past."""
    said, calendar = past.said.get(kpi, ()), past.team.calendar

    def work_out() -> Figures:
        kept, missed = (in_a_row(fallen_due(said, calendar), each) for each in (Outcome.KEPT, Outcome.MISSED))
        return Figures(kept, missed, news(since_baseline(said, past.team, kpi), calendar))

    return past.once(f"figures {kpi}", work_out)


class Cells(Mapping[date, tuple[Said, ...]]):
    """One KPI's readings by column, each oldest first; looked up when a cell comes into sight."""

    def __init__(self, said: Sequence[Said], columns: Sequence[date]) -> None:
        """`columns` says for each reading in which column it stands."""
        self._said, self._columns = said, columns
        if any(map(gt, columns, islice(columns, 1, None))):
            order = sorted(range(len(said)), key=columns.__getitem__)
            self._said, self._columns = [said[place] for place in order], [columns[place] for place in order]

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


class ScorecardRow(Figures, frozen=True, kw_only=True):
    """One KPI on the scorecard."""

    kpi: Kpi
    """The KPI as it is now; where the team knows it no more, as its last reading shows it."""
    owner: str
    """The owner's name now."""
    retired: bool
    """Nobody reads it out any more."""
    said: tuple[Said, ...]
    """All that was said of it, oldest first."""
    cells: Mapping[date, tuple[Said, ...]]
    """Per column what was said, oldest first; the last one is the cell's value."""
    kept: Tally
    """Over the trailing columns."""

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
    rows: tuple[ScorecardRow, ...]
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
        columns = tuple(
            sorted({column for said in past.said.values() for column in by.columns(said, past.team.calendar)})
        )
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


def row(past: Past, id: str, by: By = By.HUDDLE, first: date | None = None) -> ScorecardRow:
    """One KPI's row; kept promises are counted from the column `first` on (None: all)."""
    kpi = past.team.kpi(id) or _missing(past, id)
    said = past.said.get(id, ())
    cells = Cells(said, by.columns(said, past.team.calendar))
    owner = past.team.person(kpi.owner)
    return ScorecardRow(
        kpi=kpi,
        owner=past.person_name(kpi.owner),
        retired=kpi.retired_on is not None or owner is None or owner.left_on is not None,
        said=said,
        cells=cells,
        kept=Tally.of(one.outcome for one in by.since(fallen_due(said, past.team.calendar), first, past.team.calendar)),
        **msgspec.structs.asdict(figures(past, id)),
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
