"""How single values are written in a book's files: texts, exact numbers, days, moments, choices, lists.

What comes back often (a number, a day, a name) is made once and shared.
"""

from __future__ import annotations

import math
import re
import zoneinfo
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, cast

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import Due
from huddle_tui.domain.numbers import canonical
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.domain.text import clean
from huddle_tui.store.migrations import Row
from huddle_tui.store.record import WRONG, Form, Kind, Wrong, tried

_NUMBER: Final = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,80})?")
_DIGITS: Final = 28
"""The precision that decimals are computed with; a number with more digits could not be written back exactly."""


@lru_cache(maxsize=50_000)
def _text(found: str) -> str:
    return found if found.isascii() and found.isprintable() else clean(found)


@lru_cache(maxsize=50_000)
def _number(found: str) -> Decimal:
    if not _NUMBER.fullmatch(found):
        raise ValueError(found)
    value = Decimal(found)
    if len(value.as_tuple().digits) > _DIGITS:
        raise ValueError(found)
    return value


@lru_cache(maxsize=20_000)
def _day(found: str) -> date:
    day = date.fromisoformat(found)
    if day.isoformat() != found:  # fromisoformat also knows weeks and days without dashes
        raise ValueError(found)
    return day


def _moment(found: str) -> datetime:
    moment = datetime.fromisoformat(found)
    if moment.tzinfo is None:
        raise ValueError(found)
    return moment


def _truth(found: object) -> bool:
    if found is True or found is False:
        return found
    raise TypeError(found)


def _whole(found: object) -> int:
    if type(found) is int and found >= 0:  # True is an int too
        return found
    raise TypeError(found)


def _seconds(found: object) -> float:
    if type(found) not in (int, float) or not 0 <= (seconds := cast(float, found)) < math.inf:
        raise TypeError(found)
    return float(seconds)


def _same(value: Any) -> Any:
    return value


TEXT: Final = Form(_text, _same, Sentence(N_("text in quotes")))
NUMBER: Final = Form(_number, canonical, Sentence(N_('an exact number in quotes, such as "12.5"')))
DAY: Final = Form(_day, date.isoformat, Sentence(N_('a day, such as "2026-11-23"')))
MOMENT: Final = Form(
    _moment,
    lambda moment: moment.isoformat(timespec="seconds"),
    Sentence(N_('a moment with its offset, such as "2026-11-23T09:07:00+01:00"')),
)
TRUTH: Final = Form(_truth, _same, Sentence(N_("true or false")))
WHOLE: Final = Form(_whole, _same, Sentence(N_("a whole number, 0 or more")))
SECONDS: Final = Form(_seconds, lambda seconds: round(seconds, 3), Sentence(N_("a number of seconds, 0 or more")))


def choice(of: type[Enum]) -> Form:
    """One of the values of an enumeration."""
    members = {member.value: member for member in of}
    choices = ", ".join(f'"{value}"' for value in members)
    return Form(members.__getitem__, attrgetter("value"), Sentence(N_("one of {choices}"), {"choices": choices}))


def maybe(form: Form) -> Form:
    """That form, or null."""

    def read(found: Any) -> Any:
        return None if found is None else form.read(found)

    def write(value: Any) -> Any:
        return None if value is None else form.write(value)

    return Form(read, write, Sentence(N_("{expected}, or null"), {"expected": form.expected}))


def one(kind: Kind[Any]) -> Form:
    """A document in a document."""
    return Form(kind.read, kind.write, Sentence(N_("an object in braces")), kind.keep)  # type: ignore[arg-type]


def many(form: Form) -> Form:
    """A list of simple values."""

    def read(found: Any) -> tuple[Any, ...]:
        if not isinstance(found, list):
            raise TypeError(found)
        try:
            return tuple([form.read(each) for each in found])
        except WRONG:
            for place, each in enumerate(found):
                tried(form, each, str(place + 1))
            raise

    def write(values: Sequence[Any]) -> list[Any]:
        return [form.write(value) for value in values]

    return Form(read, write, Sentence(N_("a list in brackets")))


def listed(kind: Kind[Any], name: str) -> Form:
    """A list of documents, each recognised by its field `name`."""

    def read(found: Any) -> tuple[Any, ...]:
        if not isinstance(found, list):
            raise TypeError(found)
        try:
            return tuple([kind.read(row) for row in found])
        except Wrong:
            for place, row in enumerate(found):
                label = row.get(name) if isinstance(row, dict) else None
                tried(one(kind), row, label if isinstance(label, str) else str(place + 1))
            raise

    def write(values: Sequence[Any]) -> list[Row]:
        return [kind.write(value) for value in values]

    def graft(rows: list[Row], before: list[Row]) -> None:
        known = {row[name]: row for row in before}
        for row in rows:
            if row[name] in known:
                kind.keep(row, known[row[name]])

    return Form(read, write, Sentence(N_("a list in brackets")), graft)


# Of this domain

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY: Final = Form(_WEEKDAYS.index, _WEEKDAYS.__getitem__, Sentence(N_('a weekday, such as "mon"')))


def _clock_time(found: str) -> time:
    if len(found) != 5:
        raise ValueError(found)
    return time.fromisoformat(found)


_TIME: Final = Form(_clock_time, lambda at: at.isoformat("minutes"), Sentence(N_('a time, such as "09:07"')))


def _huddle_times(found: dict[str, str]) -> dict[int, time]:
    return {_WEEKDAY.read(weekday): _TIME.read(at) for weekday, at in found.items()}


HUDDLE_TIMES: Final = Form(
    _huddle_times,
    lambda times: {_WEEKDAYS[weekday]: _TIME.write(at) for weekday, at in sorted(times.items())},
    Sentence(N_('weekdays with a time, such as {{"mon": "09:07"}}')),
)


def _weekdays(found: list[str]) -> frozenset[int]:
    weekdays = frozenset(many(_WEEKDAY).read(found))
    if not weekdays:
        raise ValueError(found)
    return weekdays


WORKDAYS: Final = Form(
    _weekdays, lambda days: [_WEEKDAYS[day] for day in sorted(days)], Sentence(N_('weekdays, such as ["mon", "tue"]'))
)
DAYS: Final = Form(
    lambda found: frozenset(many(DAY).read(found)),
    lambda days: [day.isoformat() for day in sorted(days)],
    Sentence(N_('days, such as ["2026-12-25"]')),
)


def _zone(found: str) -> str:
    zoneinfo.ZoneInfo(found)  # raises a KeyError or ValueError of its own
    return found


ZONE: Final = Form(_zone, str, Sentence(N_('a time zone, such as "Europe/Amsterdam"')))


def _positive(found: object) -> int:
    count: int = WHOLE.read(found)
    if not count:
        raise ValueError(found)
    return count


POSITIVE: Final = Form(_positive, int, Sentence(N_("a whole number, 1 or more")))


def one_of(choices: Iterable[str]) -> Form:
    """One of these words."""
    known = {choice: choice for choice in choices}
    named = ", ".join(f'"{choice}"' for choice in known)
    return Form(known.__getitem__, str, Sentence(N_("one of {choices}"), {"choices": named}))


def _degrees(found: object) -> int:
    degrees: int = WHOLE.read(found)
    if not 1 <= degrees <= 10:
        raise ValueError(found)
    return degrees


TEMPERATURE: Final = Form(_degrees, int, Sentence(N_("a whole number from 1 to 10")))


def _reason(found: object) -> int:
    if _whole(found) not in range(1, 10):
        raise ValueError
    return _whole(found)


REASON: Final = Form(_reason, int, Sentence(N_("a whole number from 1 to 9")))
WATCH: Final = Form(
    lambda found: Stopwatch(SECONDS.read(found)), lambda watch: SECONDS.write(watch.used), SECONDS.expected
)
# What is asked in a turn: {KPI: day}. The order of a JSON object is kept by everything that reads and writes a book.
AGENDA: Final = Form(
    lambda found: tuple([Due(TEXT.read(kpi), DAY.read(day)) for kpi, day in found.items()]),
    lambda agenda: {due.kpi: due.day.isoformat() for due in agenda},
    Sentence(N_('KPIs with the day they are asked for, such as {{"calls": "2026-11-20"}}')),
)
