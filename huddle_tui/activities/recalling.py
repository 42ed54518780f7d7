"""What a huddle needs to know of the ones before it, read once when it is opened (METHOD 7, 8 and 11)."""

from collections.abc import Mapping
from datetime import date

import msgspec

from huddle_tui.activities.settling import UNSETTLED
from huddle_tui.domain.history import Said, page
from huddle_tui.domain.huddle import Huddle, Reading, TurnState
from huddle_tui.domain.outlook import since
from huddle_tui.domain.reasons import NOT_KNOWN
from huddle_tui.domain.team import Counting, Team
from huddle_tui.domain.turns import begun
from huddle_tui.store.port import Book

TREND = 13
"""How many past readings of each number are kept at hand for its trend."""


class Memory(msgspec.Struct, frozen=True):
    """What the round recalls of the huddles before it."""

    trends: Mapping[str, tuple[Reading, ...]]
    """Per KPI its last readings, oldest first."""
    reported: Mapping[str, date]
    """Per slow KPI the newest day it was reported for."""
    owed: Mapping[str, tuple[Said, ...]]
    """Per person the misses of their last turn of which it was not known yet why."""
    last: tuple[Huddle, ...]
    """The last few huddles, newest first: a program may not have lived to record what they promised anew."""


def recall(book: Book, team: Team, day: date) -> Memory:
    """What the huddles before `day` say: trends from the last few, slow numbers as far back as their period asks."""
    trends: dict[str, tuple[Reading, ...]] = {}
    reported: dict[str, date] = {}
    owed: dict[str, tuple[Said, ...]] = {}
    reporting = team.reporting_day(day)
    slow = {k.id: team.calendar.completed(k.period, reporting) for k in team.kpis if k.period.slow and not k.retired_on}
    oldest = min(slow.values(), default=day)
    before = [d for d in book.days() if d < day]
    needed = [d for n, d in enumerate(reversed(before)) if n < TREND or d > oldest]
    last: list[Huddle] = []
    for huddle in book.huddles(needed):
        if len(last) < UNSETTLED:
            last.append(huddle)
        for turn in huddle.turns:
            if turn.person not in owed and turn.state is not TurnState.ABSENT and begun(turn):
                unknown = (reading for reading in turn.readings if reading.reason == NOT_KNOWN)
                owed[turn.person] = tuple(Said(huddle.day, turn.person, False, reading) for reading in unknown)
        for reading in huddle.readings:
            seen = trends.get(reading.kpi, ())
            if len(seen) < TREND:
                trends[reading.kpi] = (reading, *seen)
            if reading.kpi in slow and reading.actual is not None:
                reported[reading.kpi] = max(reading.day, reported.get(reading.kpi, reading.day))
    return Memory(trends, reported, owed, tuple(last))


def totals_before(book: Book, team: Team, person: str, day: date) -> dict[str, list[Said]]:
    """Per running total of that person what was said before `day` that its chance is made of, oldest first."""
    kpis = [kpi for kpi in team.kpis_of(person) if kpi.counting is Counting.RUNNING_TOTAL]
    said: dict[str, list[Said]] = {kpi.id: [] for kpi in kpis}
    first = min((since(kpi.period, team.reporting_day(day), team.calendar) for kpi in kpis), default=day)
    for huddle in book.huddles(d for d in book.days() if first <= d < day):
        for one in page(huddle).said:
            if one.reading.kpi in said:
                said[one.reading.kpi].append(one)
    return said
