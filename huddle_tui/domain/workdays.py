"""Working days: which day a number is about, and how far its period has come (METHOD 5). Days are local dates."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

import msgspec

_ONE = timedelta(days=1)
_LONGEST_HOLIDAY = 3660


class Period(Enum):
    """The period that a promise is made for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"

    @property
    def slow(self) -> bool:
        """Month and quarter are slow; the daily round is for fast numbers (METHOD 3)."""
        return self is Period.MONTH or self is Period.QUARTER

    def first(self, day: date, starts: int = 0) -> date:
        """The first calendar day of the period that `day` lies in; weeks start on the weekday `starts`."""
        match self:
            case Period.DAY:
                return day
            case Period.WEEK:
                return day - timedelta(days=(day.weekday() - starts) % 7)
            case Period.MONTH:
                return day.replace(day=1)
            case Period.QUARTER:
                return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)

    def last(self, day: date, starts: int = 0) -> date:
        """The last calendar day of the period that `day` lies in."""
        after = self.first(self.first(day, starts) + timedelta(days=_LONGEST[self]), starts)
        return after - _ONE


_LONGEST = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 31, Period.QUARTER: 92}


class Reports(Enum):
    """Which day a huddle reports on (METHOD 5)."""

    YESTERDAY = "yesterday"
    """A morning huddle: the last working day before it."""
    TODAY = "today"
    """A huddle at the end of the day: that day itself."""


class Calendar(msgspec.Struct, frozen=True):
    """A team's working days."""

    weekdays: frozenset[int] = frozenset(range(5))
    """Working days of the week, Monday is 0; never empty."""
    days_off: frozenset[date] = frozenset()
    """Days on which nobody works."""

    def is_workday(self, day: date) -> bool:
        """Whether the team works on `day`."""
        return day.weekday() in self.weekdays and day not in self.days_off

    def first(self, period: Period, day: date) -> date:
        """The first calendar day of the period that `day` lies in; this team's weeks begin where its work does."""
        return period.first(day, week_start(self.weekdays))

    def last(self, period: Period, day: date) -> date:
        """The last calendar day of the period that `day` lies in."""
        return period.last(day, week_start(self.weekdays))

    def before(self, day: date) -> date:
        """The last working day before `day`."""
        return self._search(day, -_ONE)

    def after(self, day: date) -> date:
        """The first working day after `day`."""
        return self._search(day, _ONE)

    def _search(self, day: date, step: timedelta) -> date:
        for count in range(1, _LONGEST_HOLIDAY):
            if self.is_workday(day + step * count):
                return day + step * count
        return day + step

    def reporting_day(self, huddle_day: date, reports: Reports) -> date:
        """The day that a huddle on `huddle_day` reports on."""
        return huddle_day if reports is Reports.TODAY else self.before(huddle_day)

    def between(self, first: date, last: date) -> int:
        """How many working days there are from `first` up to and including `last`."""
        weeks, rest = divmod(max(0, (last - first).days + 1), 7)
        start = first.weekday()
        odd = sum((start + day) % 7 in self.weekdays for day in range(rest))
        off = sum(first <= day <= last and day.weekday() in self.weekdays for day in self.days_off)
        return weeks * len(self.weekdays) + odd - off

    def passed(self, period: Period, day: date) -> tuple[int, int]:
        """Working days of the period up to and including `day`, and in the whole period."""
        first, last = self.first(period, day), self.last(period, day)
        return self.between(first, day), self.between(first, last)

    def last_workday(self, period: Period, day: date) -> date:
        """The last working day of the period that `day` lies in; its last calendar day where it has none."""
        last = self.last(period, day)
        return next((d for d in reversed(list(_days(self.first(period, day), last))) if self.is_workday(d)), last)

    def completed(self, period: Period, day: date) -> date:
        """The last working day of the newest period that is complete on reporting day `day` (METHOD 8)."""
        mine = self.last_workday(period, day)
        return mine if mine <= day else self.last_workday(period, self.first(period, day) - _ONE)


@lru_cache
def week_start(weekdays: frozenset[int]) -> int:
    """The first working day after the week's days off, Monday is 0; Monday where every day is worked (METHOD 5)."""
    free = {day: next(n for n in range(7) if (day - 1 - n) % 7 in weekdays) for day in weekdays}
    return min(free, key=lambda day: (-free[day], day), default=0)


def week_number(first: date) -> tuple[int, int]:
    """Year and ISO number of the week that begins on `first`: those of its middle, as it may begin on a Sunday."""
    middle = (first + timedelta(days=3)).isocalendar()
    return middle.year, middle.week


def _days(first: date, last: date) -> Iterator[date]:
    for count in range((last - first).days + 1):
        yield first + timedelta(days=count)
