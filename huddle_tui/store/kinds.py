"""What the documents of a book look like: for each kind of value its fields, in the order they stand in the file.

A field that has its usual value is left out, so that a huddle of forty readings stays a page that one can read.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, TypeVar

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import (
    Action,
    Asking,
    CheckIn,
    Due,
    Entry,
    Host,
    Huddle,
    Offline,
    Reading,
    Stage,
    Turn,
    TurnState,
)
from huddle_tui.domain.judging import Direction, Status, Yardstick
from huddle_tui.domain.numbers import LOCALES
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.domain.summary import OpenStuck, Summary
from huddle_tui.domain.team import (
    Counting,
    Kpi,
    Measures,
    Nature,
    Order,
    Person,
    Process,
    PromiseChange,
    Team,
    Timing,
)
from huddle_tui.domain.workdays import Calendar, Period, Reports
from huddle_tui.store.record import (
    DAY,
    MOMENT,
    NUMBER,
    SECONDS,
    TEXT,
    TRUTH,
    WHOLE,
    Form,
    Kind,
    choice,
    listed,
    many,
    maybe,
    one,
)

T = TypeVar("T")


# Forms of this domain

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY: Final = Form(_WEEKDAYS.index, _WEEKDAYS.__getitem__, Sentence(N_('a weekday, such as "mon"')))


def _clock_time(found: str) -> time:
    if len(found) != 5:
        raise ValueError(found)
    return time.fromisoformat(found)


_TIME: Final = Form(_clock_time, lambda at: at.isoformat("minutes"), Sentence(N_('a time, such as "09:07"')))


def _huddle_times(found: dict[str, str]) -> dict[int, time]:
    return {_WEEKDAY.read(weekday): _TIME.read(at) for weekday, at in found.items()}


_HUDDLE_TIMES: Final = Form(
    _huddle_times,
    lambda times: {_WEEKDAYS[weekday]: _TIME.write(at) for weekday, at in sorted(times.items())},
    Sentence(N_('weekdays with a time, such as {{"mon": "09:07"}}')),
)


def _weekdays(found: list[str]) -> frozenset[int]:
    weekdays = frozenset(many(_WEEKDAY).read(found))
    if not weekdays:
        raise ValueError(found)
    return weekdays


_WORKDAYS: Final = Form(
    _weekdays, lambda days: [_WEEKDAYS[day] for day in sorted(days)], Sentence(N_('weekdays, such as ["mon", "tue"]'))
)
_DAYS: Final = Form(
    lambda found: frozenset(many(DAY).read(found)),
    lambda days: [day.isoformat() for day in sorted(days)],
    Sentence(N_('days, such as ["2026-12-25"]')),
)


def _zone(found: str) -> str:
    zoneinfo.ZoneInfo(found)  # raises a KeyError or ValueError of its own
    return found


_ZONE: Final = Form(_zone, str, Sentence(N_('a time zone, such as "Europe/Amsterdam"')))


def _positive(found: object) -> int:
    count: int = WHOLE.read(found)
    if not count:
        raise ValueError(found)
    return count


_POSITIVE: Final = Form(_positive, int, Sentence(N_("a whole number, 1 or more")))


def _one_of(choices: Iterable[str]) -> Form:
    known = {choice: choice for choice in choices}
    named = ", ".join(f'"{choice}"' for choice in known)
    return Form(known.__getitem__, str, Sentence(N_("one of {choices}"), {"choices": named}))


def _degrees(found: object) -> int:
    degrees: int = WHOLE.read(found)
    if not 1 <= degrees <= 10:
        raise ValueError(found)
    return degrees


_TEMPERATURE: Final = Form(_degrees, int, Sentence(N_("a whole number from 1 to 10")))
_WATCH: Final = Form(
    lambda found: Stopwatch(SECONDS.read(found)), lambda watch: SECONDS.write(watch.used), SECONDS.expected
)
# What is asked in a turn: {KPI: day}. The order of a JSON object is kept by everything that reads and writes a book.
_AGENDA: Final = Form(
    lambda found: tuple([Due(TEXT.read(kpi), DAY.read(day)) for kpi, day in found.items()]),
    lambda agenda: {due.kpi: due.day.isoformat() for due in agenda},
    Sentence(N_('KPIs with the day they are asked for, such as {{"calls": "2026-11-20"}}')),
)

# The team


def _team(
    name: str,
    locale: str,
    timezone: str,
    time_box: int,
    seconds: int,
    weekdays: frozenset[int],
    days_off: frozenset[date],
    *others: Any,
) -> Team:
    return Team(name, locale, timezone, time_box, seconds, Calendar(weekdays, days_off), *others)


TEAM: Final = Kind(
    _team,
    {
        "name": TEXT,
        "locale": _one_of(LOCALES),
        "timezone": _ZONE,
        "time_box": _POSITIVE,
        "seconds_per_person": _POSITIVE,
        "workdays": _WORKDAYS,
        "days_off": _DAYS,
        "reports": choice(Reports),
        "order": choice(Order),
        "huddle_times": _HUDDLE_TIMES,
    },
    get={"workdays": "calendar.weekdays", "days_off": "calendar.days_off"},
)
PERSON: Final = Kind(
    Person,
    {"id": TEXT, "name": TEXT},
    {"role": (TEXT, ""), "away_from": (DAY, None), "away_to": (DAY, None), "left_on": (DAY, None)},
)
PROCESS: Final = Kind(
    Process,
    {"id": TEXT, "name": TEXT},
    {"accountable": (TEXT, None), "key_numbers": (many(TEXT), ())},
)
KPI: Final = Kind(
    Kpi,
    {"id": TEXT, "name": TEXT, "owner": TEXT, "promise": NUMBER},
    {
        "process": (TEXT, None),
        "definition": (TEXT, ""),
        "direction": (choice(Direction), Direction.AT_LEAST),
        "red_edge": (NUMBER, None),
        "stretch": (NUMBER, None),
        "period": (choice(Period), Period.DAY),
        "counting": (choice(Counting), Counting.SNAPSHOT),
        "unit": (TEXT, ""),
        "decimals": (WHOLE, 0),
        "timing": (choice(Timing), Timing.LAGGING),
        "measures": (choice(Measures), Measures.OUTPUT),
        "nature": (choice(Nature), Nature.HARD),
        "most_important": (TRUTH, False),
        "since": (DAY, None),
        "retired_on": (DAY, None),
    },
)
PROMISE_CHANGE: Final = Kind(
    PromiseChange, {"id": TEXT, "kpi": TEXT, "day": DAY, "old": NUMBER, "new": NUMBER}, {"by": (TEXT, "")}
)

# Check-ins and huddles

_ENTRY: Final = Kind(
    Entry,
    {"kpi": TEXT},
    {
        "typed": (TEXT, ""),
        "answered": (TRUTH, False),
        "actual": (NUMBER, None),
        "note": (TEXT, ""),
        "next_typed": (TEXT, ""),
        "next_promise": (NUMBER, None),
    },
)
CHECK_IN: Final = Kind(
    CheckIn,
    {"person": TEXT, "huddle_day": DAY},
    {"entries": (listed(_ENTRY, "kpi"), ()), "stuck": (TEXT, ""), "by": (TEXT, ""), "closed": (TRUTH, False)},
)


def _reading(
    kpi: str,
    name: str,
    day: date,
    actual: Decimal | None,
    status: Status,
    promise: Decimal,
    red_edge: Decimal,
    direction: Direction,
    pace: Decimal | None,
    stretch: Decimal | None,
    too_early: bool,
    *others: Any,
) -> Reading:
    stick = Yardstick(direction, promise, promise if pace is None else pace, red_edge, stretch, too_early)
    return Reading(kpi, name, day, actual, stick, status, *others)


def _pace(reading: Reading) -> Decimal | None:
    """The pace, where it is another than the promise."""
    stick = reading.yardstick
    return None if stick.pace == stick.promise else stick.pace


_READING: Final = Kind(
    _reading,
    {
        "kpi": TEXT,
        "name": TEXT,
        "day": DAY,
        "actual": maybe(NUMBER),
        "status": choice(Status),
        "promise": NUMBER,
        "red_edge": NUMBER,
    },
    {
        "direction": (choice(Direction), Direction.AT_LEAST),
        "pace": (NUMBER, None),
        "stretch": (NUMBER, None),
        "too_early": (TRUTH, False),
        "period": (choice(Period), Period.DAY),
        "counting": (choice(Counting), Counting.SNAPSHOT),
        "unit": (TEXT, ""),
        "decimals": (WHOLE, 0),
        "most_important": (TRUTH, False),
        "checked_in": (TRUTH, False),
        "by_proxy": (TRUTH, False),
        "note": (TEXT, ""),
        "next_promise": (NUMBER, None),
        "earlier": (many(maybe(NUMBER)), ()),
    },
    get={
        "promise": "yardstick.promise",
        "red_edge": "yardstick.red_edge",
        "direction": "yardstick.direction",
        "pace": _pace,
        "stretch": "yardstick.stretch",
        "too_early": "yardstick.too_early",
    },
)
TURN: Final = Kind(
    Turn,
    {"person": TEXT, "name": TEXT, "state": choice(TurnState), "seconds": _WATCH},
    {
        "agenda": (_AGENDA, ()),
        "readings": (listed(_READING, "kpi"), ()),
        "hidden": (one(CHECK_IN), None),
        "at": (WHOLE, 0),
        "asking": (choice(Asking), Asking.NUMBER),
        "stuck": (TEXT, ""),
        "stuck_solved_on": (DAY, None),
        "by_proxy": (TRUTH, False),
    },
    get={"seconds": "watch"},
)
ACTION: Final = Kind(Action, {"id": TEXT, "who": TEXT, "what": TEXT}, {"by": (DAY, None), "done_on": (DAY, None)})
_OFFLINE: Final = Kind(Offline, {"what": TEXT}, {"who": (TEXT, "")})
_HOST: Final = Kind(Host, {"session": TEXT, "name": TEXT, "since": MOMENT})


def _huddle(
    day: date,
    team: str,
    time_box: int,
    seconds_per_person: int,
    watch: Stopwatch,
    started_at: datetime | None,
    ended_at: datetime | None,
    *others: Any,
) -> Huddle:
    offline, temperature, draft, host = others
    return Huddle(
        day,
        team,
        time_box,
        seconds_per_person,
        started_at,
        ended_at,
        watch,
        offline=offline,
        temperature=temperature,
        draft=draft,
        host=host,
    )


HUDDLE: Final = Kind(
    _huddle,
    {"day": DAY, "team": TEXT, "time_box": WHOLE, "seconds_per_person": WHOLE, "seconds": _WATCH},
    {
        "started_at": (MOMENT, None),
        "ended_at": (MOMENT, None),
        "offline": (listed(_OFFLINE, "what"), ()),
        "temperature": (_TEMPERATURE, None),
        "draft": (TEXT, ""),
        "host": (one(_HOST), None),
    },
    get={"seconds": "watch"},
)
# What is searched was cleaned when its huddle was read.
_LINES: Final = Form(str, str, TEXT.expected)
_STUCK: Final = Kind(OpenStuck, {"day": DAY, "person": TEXT, "name": TEXT, "text": TEXT})
SUMMARY: Final = Kind(
    Summary,
    {
        "day": DAY,
        "stage": choice(Stage),
        "present": many(TEXT),
        "absent": many(TEXT),
        "seconds": SECONDS,
        "time_box": WHOLE,
        "kept": WHOLE,
        "judged": WHOLE,
        "red": WHOLE,
        "temperature": maybe(_TEMPERATURE),
        "open_stucks": listed(_STUCK, "text"),
        "open_actions": listed(ACTION, "id"),
        "text": _LINES,
    },
)
