"""A KPI's history as the points of a chart."""

from __future__ import annotations

from datetime import date

from huddle_tui.domain import dates
from huddle_tui.domain.series import Series
from huddle_tui.domain.workdays import Calendar, Period, week_number
from huddle_tui.i18n import _, locale
from huddle_tui.ui.shared.chart import Point


def points(drawn: Series, calendar: Calendar) -> list[Point]:
    """The columns of a chart: the actual against the promise, or its pace, as it stood then."""
    return [
        Point(label(one.reading.day, drawn.every, calendar), one.reading.actual, one.reading.pace, one.reading.status)
        for one in drawn.said
    ]


def label(day: date, every: Period | None, calendar: Calendar) -> str:
    """What stands below a column: a day, a week, a month."""
    match every:
        case Period.WEEK:
            return _("wk {n}").format(n=week_number(calendar.first(Period.WEEK, day))[1])
        case Period.MONTH:
            return dates.show_day(day, locale(), "MMM YY")
        case Period.QUARTER:
            return _("Q{n} {year}").format(n=(day.month + 2) // 3, year=f"{day:%y}")
        case _:
            return dates.show_day(day, locale(), "D MMM")
