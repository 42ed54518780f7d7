"""What the documents of a book look like: for each kind of value its fields, in the order they stand in the file.

A field that has its usual value is left out, so that a huddle of forty readings stays a page that one can read.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import (
    Action,
    Asking,
    CheckIn,
    Correction,
    Entry,
    Host,
    Huddle,
    Offline,
    Reading,
    Stuck,
    Turn,
    TurnState,
)
from huddle_tui.domain.judging import Direction, Status
from huddle_tui.domain.numbers import LOCALES
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
from huddle_tui.store.forms import (
    AGENDA,
    DAY,
    DAYS,
    HUDDLE_TIMES,
    MOMENT,
    NUMBER,
    POSITIVE,
    REASON,
    TEMPERATURE,
    TEXT,
    TRUTH,
    WATCH,
    WHOLE,
    WORKDAYS,
    ZONE,
    choice,
    listed,
    many,
    maybe,
    one,
    one_of,
)
from huddle_tui.store.record import Kind

T = TypeVar("T")

# The team


def _team(
    name: str,
    locale: str,
    timezone: str,
    time_box: int,
    seconds: int,
    weekdays: frozenset[int],
    days_off: frozenset[date],
    reports: Reports,
    order: Order,
    times: dict[int, time],
    meets: frozenset[int],
    edition: int,
) -> Team:
    calendar = Calendar(weekdays, days_off)
    return Team(
        name,
        locale,
        timezone,
        time_box,
        seconds,
        calendar,
        reports,
        order,
        times,
        meets=meets,
        schedule_edition=edition,
    )


TEAM: Final = Kind(
    _team,
    {
        "name": TEXT,
        "locale": one_of(LOCALES),
        "timezone": ZONE,
        "time_box": POSITIVE,
        "seconds_per_person": POSITIVE,
        "workdays": WORKDAYS,
        "days_off": DAYS,
        "reports": choice(Reports),
        "order": choice(Order),
        "huddle_times": HUDDLE_TIMES,
    },
    {"meets": (WORKDAYS, frozenset()), "schedule_edition": (WHOLE, 0)},
    get={"workdays": "calendar.weekdays", "days_off": "calendar.days_off"},
)
PERSON: Final = Kind(
    Person,
    {"id": TEXT, "name": TEXT},
    {"role": (TEXT, ""), "away_from": (DAY, None), "away_to": (DAY, None), "left_on": (DAY, None), "link": (TEXT, "")},
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
        "by": (TEXT, ""),
        "reason": (REASON, None),
    },
)
CHECK_IN: Final = Kind(
    CheckIn,
    {"person": TEXT, "huddle_day": DAY},
    {"entries": (listed(_ENTRY, "kpi"), ()), "stuck": (TEXT, ""), "by": (TEXT, ""), "closed": (TRUTH, False)},
)


_CORRECTION: Final = Kind(
    Correction, {"field": TEXT, "at": MOMENT, "by": TEXT, "was": maybe(TEXT)}, {"why": (TEXT, "")}
)
_STUCK: Final = Kind(
    Stuck,
    {"text": TEXT},
    {
        "rounds": (POSITIVE, 1),
        "solved_on": (DAY, None),
        "was": (TEXT, ""),
        "corrections": (many(one(_CORRECTION)), ()),
    },
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
    pace = promise if pace is None else pace
    return Reading(kpi, name, day, actual, status, promise, pace, red_edge, direction, stretch, too_early, *others)


def _pace(reading: Reading) -> Decimal | None:
    """The pace, where it is another than the promise."""
    return None if reading.pace == reading.promise else reading.pace


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
        "reason": (REASON, None),
        "corrections": (many(one(_CORRECTION)), ()),
    },
    get={"pace": _pace},
)


def _turn(*fields: Any) -> Turn:
    """A turn; one that an older version wrote has at most one stuck."""
    *known, stuck, solved_on = fields
    turn = Turn(*known)
    return replace(turn, stucks=(Stuck(stuck, solved_on=solved_on),)) if stuck else turn


TURN: Final = Kind(
    _turn,
    {"person": TEXT, "name": TEXT, "state": choice(TurnState), "seconds": WATCH},
    {
        "agenda": (AGENDA, ()),
        "readings": (listed(_READING, "kpi"), ()),
        "hidden": (one(CHECK_IN), None),
        "at": (WHOLE, 0),
        "asking": (choice(Asking), Asking.NUMBER),
        "stucks": (listed(_STUCK, "text"), ()),
        "by_proxy": (TRUTH, False),
        "stuck": (TEXT, ""),
        "stuck_solved_on": (DAY, None),
    },
    get={"seconds": "watch", "stuck": lambda turn: "", "stuck_solved_on": lambda turn: None},
)
ACTION: Final = Kind(
    Action,
    {"id": TEXT, "who": TEXT, "what": TEXT},
    {"by": (DAY, None), "done_on": (DAY, None), "corrections": (many(one(_CORRECTION)), ())},
)
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
    offline, temperature, draft, host, saved_at = others
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
        saved_at=saved_at,
    )


HUDDLE: Final = Kind(
    _huddle,
    {"day": DAY, "team": TEXT, "time_box": WHOLE, "seconds_per_person": WHOLE, "seconds": WATCH},
    {
        "started_at": (MOMENT, None),
        "ended_at": (MOMENT, None),
        "offline": (listed(_OFFLINE, "what"), ()),
        "temperature": (TEMPERATURE, None),
        "draft": (TEXT, ""),
        "host": (one(_HOST), None),
        "saved_at": (MOMENT, None),
    },
    get={"seconds": "watch"},
)
