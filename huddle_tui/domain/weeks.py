"""The team over time, week by week (METHOD 9). Pure. People are never set beside each other here, or anywhere."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Context, Decimal
from functools import cache, partial
from typing import Final

import msgspec

from huddle_tui.domain.history import Past
from huddle_tui.domain.promises import Tally, account
from huddle_tui.domain.workdays import Period

_EXACT: Final = Context(prec=60)


class Week(msgspec.Struct, frozen=True):
    """The whole team in one week."""

    first: date
    """Its first day: Monday, unless the team's week begins on another."""
    kept: Tally
    """Promises about this week that fell due."""
    red: int
    """Red flags about this week."""
    huddles: int
    """How many were held."""
    seconds: float | None
    """How long they took on average."""
    time_box: int | None
    """How long they were planned to take, on average."""
    temperature: Decimal | None
    """The mean of their temperatures."""
    actions: Tally
    """Actions promised for this week: done on time, of those whose day has come."""


def weeks(past: Past, today: date) -> tuple[Week, ...]:
    """The team over time, week by week, oldest first; weeks without huddles and numbers are left out."""
    first = cache(partial(past.team.calendar.first, Period.WEEK))
    kept = dict(account(past, past.said, date.min, date.max).weeks)
    red = Counter(first(one.reading.day) for said in past.said.values() for one in said if one.flagged)
    read = frozenset(past.days)
    held: dict[date, list[tuple[float, int, int | None]]] = {}
    shown = [summary for summary in past.summaries if summary.day in read]
    for summary in shown:
        held.setdefault(first(summary.day), []).append((summary.seconds, summary.time_box, summary.temperature))
    due: dict[date, Tally] = {}
    for action in (action for summary in shown for action in summary.actions):
        on_time = done_on_time(action.by, action.done_on, today)
        if on_time is not None and action.by is not None:
            week = first(action.by)
            due[week] = due.get(week, Tally()) + (Tally(kept=1) if on_time else Tally(missed=1))
    return tuple(
        Week(
            first=week,
            kept=kept.get(week, Tally()),
            red=red[week],
            huddles=len(held.get(week, ())),
            seconds=_mean([seconds for seconds, _box, _warm in held.get(week, ())]),
            time_box=round(_mean([box for _seconds, box, _warm in held.get(week, ())]) or 0) or None,
            temperature=_exact_mean(warm for _seconds, _box, warm in held.get(week, ()) if warm is not None),
            actions=due.get(week, Tally()),
        )
        for week in sorted({*kept, *held, *red, *due})
    )


def done_on_time(by: date | None, done_on: date | None, today: date) -> bool | None:
    """Whether an action was done by its day; None while that cannot be said."""
    if by is None or (done_on is None and today <= by):
        return None
    return done_on is not None and done_on <= by


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _exact_mean(values: Iterable[int]) -> Decimal | None:
    whole = list(values)
    return _EXACT.divide(Decimal(sum(whole)), Decimal(len(whole))) if whole else None
