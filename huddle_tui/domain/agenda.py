"""Who speaks when, and which numbers are asked of them (METHOD 8). Pure."""

import random
from collections.abc import Mapping
from datetime import date

from huddle_tui.domain.huddle import Due
from huddle_tui.domain.team import Counting, Kpi, Order, Person, Team

_EPOCH = date(2024, 1, 1)
"""From here the days of the huddle are counted, so that another person starts each time."""


def speaking_order(team: Team, day: date) -> tuple[Person, ...]:
    """Who speaks when on `day`: as listed, rotating by working day, or shuffled (the same all day)."""
    people = list(team.members)
    if team.order is Order.ROTATING and people:
        start = team.rhythm.between(_EPOCH, day) % len(people)
        people = people[start:] + people[:start]
    elif team.order is Order.SHUFFLED:
        random.Random(day.toordinal()).shuffle(people)
    return tuple(people)


def agenda(team: Team, person: str, huddle_day: date, reported: Mapping[str, date]) -> tuple[Due, ...]:
    """The numbers asked of a person on `huddle_day`: ★ first; slow ones only when their period is complete.

    `reported` holds, per KPI, the newest day for which a value was reported (METHOD 8, slow numbers).
    """
    day = team.reporting_day(huddle_day)
    asked = []
    for kpi in team.kpis_of(person):
        if not kpi.period.slow:
            if _has_days(team, kpi, day):
                asked.append(Due(kpi.id, day))
        elif is_due(team, kpi, day, reported.get(kpi.id)):
            asked.append(Due(kpi.id, team.calendar.completed(kpi.period, day)))
    return tuple(asked)


def is_due(team: Team, kpi: Kpi, day: date, reported: date | None) -> bool:
    """Whether a slow number is asked for on reporting day `day`, given the newest day it was reported for."""
    complete = team.calendar.completed(kpi.period, day)
    wanted = (kpi.since is None or kpi.since <= complete) and (reported is None or reported < complete)
    return wanted and _has_days(team, kpi, complete)


def _has_days(team: Team, kpi: Kpi, day: date) -> bool:
    """Whether the period has a working day: the running total of one that has none is not asked (METHOD 5)."""
    return kpi.counting is not Counting.RUNNING_TOTAL or team.calendar.passed(kpi.period, day)[1] > 0
