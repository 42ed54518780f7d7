"""Working days: which day a number is about, and how far its period has come (METHOD 5). Days are local dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum

import msgspec

_ONE = timedelta(days=1)
LONGEST_HOLIDAY = 3660
"""So many days ahead or back a working day is looked for."""


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

    def first(self, day: date) -> date:
        """The first calendar day of the period that `day` lies in. Weeks start on Monday."""
        match self:
            case Period.DAY:
                return day
            case Period.WEEK:
                return day - timedelta(days=day.weekday())
            case Period.MONTH:
                return day.replace(day=1)
            case Period.QUARTER:
                return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)

    def last(self, day: date) -> date:
        """The last calendar day of the period that `day` lies in."""
        after = self.first(self.first(day) + timedelta(days=_LONGEST[self]))
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

    def before(self, day: date) -> date:
        """The last working day before `day`."""
        return self._search(day, -_ONE)

    def after(self, day: date) -> date:
        """The first working day after `day`."""
        return self._search(day, _ONE)

    def _search(self, day: date, step: timedelta) -> date:
        for count in range(1, LONGEST_HOLIDAY):
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
        first, last = period.first(day), period.last(day)
        return self.between(first, day), self.between(first, last)

    def last_workday(self, period: Period, day: date) -> date:
        """The last working day of the period that `day` lies in; its last calendar day where it has none."""
        last = period.last(day)
        return next((d for d in reversed(list(_days(period.first(day), last))) if self.is_workday(d)), last)

    def completed(self, period: Period, day: date) -> date:
        """The last working day of the newest period that is complete on reporting day `day` (METHOD 8)."""
        mine = self.last_workday(period, day)
        return mine if mine <= day else self.last_workday(period, period.first(day) - _ONE)


def _days(first: date, last: date) -> Iterator[date]:
    for count in range((last - first).days + 1):
        yield first + timedelta(days=count)
