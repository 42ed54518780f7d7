"""What a file may say of each thing, and how the value behind a key becomes a value of the domain.

One table per kind of thing: the keys it knows, in the order in which they are written, each with its reader. A reader
takes what the file holds and the notation it is written in; it raises HuddleError with what was expected.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Final, TypeVar
from zoneinfo import available_timezones

import msgspec

from huddle_tui.domain import dates, numbers
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import Counting, Measures, Nature, Order, Timing
from huddle_tui.domain.team_edits import SECONDS_PER_PERSON, TIME_BOX
from huddle_tui.domain.text import FREE, NAME, PERSON_NAME, checked
from huddle_tui.domain.workdays import Period, Reports
from huddle_tui.exchange.reading.problems import nearest, quoted, short
from huddle_tui.exchange.spelling import WEEKDAYS

_Choice = TypeVar("_Choice", bound=Enum)


class Notation(msgspec.Struct, frozen=True):
    """How the numbers of a file are written where they stand between quotes."""

    locale: str = "en"
    """The team's locale."""
    unit: str = ""
    """The KPI's unit, which may be typed along with a number."""


Reader = Callable[[object, Notation], object]


def text(value: object, limit: int, *, lines: bool = False) -> str:
    """Text, cleaned; refused when it is longer than `limit`."""
    if not isinstance(value, str):
        raise HuddleError(N_("{value} is not text; text stands between quotes."), value=quoted(value))
    return checked(value, limit, quoted(value), lines=lines)


def name(value: object, limit: int) -> str:
    """Text that may not be empty."""
    found = text(value, limit)
    if not found:
        raise HuddleError(N_("this is empty, and a name was expected."))
    return found


def number(value: object, notation: Notation) -> Decimal | None:
    """An exact number, written as TOML writes it or as text in the team's locale; None where it was left empty."""
    if isinstance(value, str):
        return numbers.parse(value, notation.locale, notation.unit)
    exact = Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
    if exact is None or not exact.is_finite():
        raise HuddleError(N_("{value} is not a number; write for example 8 or 12.5."), value=quoted(value))
    if exact.adjusted() >= numbers.WHOLE_DIGITS:
        text = N_("{value} is too large: at most {whole} digits stand before the decimal sign.")
        raise HuddleError(text, value=short(str(value)), whole=numbers.WHOLE_DIGITS)
    exact = numbers.plain(exact)
    if -int(exact.as_tuple().exponent) > numbers.FRACTION_DIGITS:
        text = N_("{value} has too many decimals: at most {fraction} stand behind the decimal sign.")
        raise HuddleError(text, value=short(str(value)), fraction=numbers.FRACTION_DIGITS)
    return exact


def promise(value: object, notation: Notation) -> Decimal:
    """A number that is really there."""
    found = number(value, notation)
    if found is None:
        raise HuddleError(N_("this is empty, and a promise was expected: the value that the owner commits to."))
    return found


def whole(value: object, low: int, high: int) -> int:
    """A whole number from `low` to `high`."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip()):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        text = N_("{value} is not a whole number from {low} to {high}.")
        raise HuddleError(text, value=quoted(value), low=low, high=high)
    return value


def minutes(value: object, notation: Notation) -> int:
    """Minutes as seconds."""
    found = number(value, notation)
    seconds = round(found * 60) if found is not None else 0
    low, high = TIME_BOX
    if not low <= seconds <= high:
        text = N_("{value} is not a number of minutes from {low} to {high}.")
        raise HuddleError(text, value=quoted(value), low=low // 60, high=high // 60)
    return seconds


def one_of(value: object, known: Iterable[str]) -> str:
    """One of the `known` words, compared without case."""
    words = tuple(known)
    typed = value.strip().casefold() if isinstance(value, str) else None
    if typed in words:
        return typed
    near = nearest(value, words) if isinstance(value, str) else None
    if near:
        text = N_("{value} is not one of {known}; did you mean {near}?")
        raise HuddleError(text, value=quoted(value), known=", ".join(words), near=near)
    raise HuddleError(N_("{value} is not one of {known}."), value=quoted(value), known=", ".join(words))


def choice(kind: type[_Choice]) -> Callable[[object, Notation], _Choice]:
    """A reader of the values of one enum."""
    return lambda value, _notation: kind(one_of(value, [str(member.value) for member in kind]))


def flag(value: object, _notation: Notation) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    raise HuddleError(N_("{value} is neither true nor false."), value=quoted(value))


def day(value: object, _notation: Notation) -> date | None:
    """A day, as TOML writes it or between quotes; None where it was left empty."""
    if isinstance(value, str):
        return dates.parse_day(value) if value.strip() else None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = N_("{value} is not a day: write it as year-month-day, for example 2026-12-25.")
    raise HuddleError(text, value=quoted(value))


def many(value: object) -> list[object]:
    """Several values."""
    if isinstance(value, list):
        return value
    raise HuddleError(N_("{value} is not a list; a list stands between square brackets."), value=quoted(value))


def _days(value: object, notation: Notation) -> frozenset[date]:
    return frozenset(found for found in (day(each, notation) for each in many(value)) if found)


def _workdays(value: object, notation: Notation) -> frozenset[int]:
    found = _meets(value, notation)
    if not found:
        raise HuddleError(N_("this is empty, and at least one working day was expected, such as mon."))
    return found


def _meets(value: object, _notation: Notation) -> frozenset[int]:
    """The weekdays of the huddle; none at all are the working days."""
    return frozenset(WEEKDAYS.index(one_of(each, WEEKDAYS)) for each in many(value))


def _clock(value: object) -> time:
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", value.strip()) if isinstance(value, str) else None
    if found:
        return time(int(found[1]), int(found[2]))
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    raise HuddleError(N_('{value} is not a time of day: write for example "09:07".'), value=quoted(value))


def _huddle_times(value: object, _notation: Notation) -> Mapping[int, time]:
    if not isinstance(value, dict):
        text = N_('{value} is not a table of days and times such as {{mon = "09:07", tue = "09:07"}}.')
        raise HuddleError(text, value=quoted(value))
    found = {WEEKDAYS.index(one_of(weekday, WEEKDAYS)): _clock(at) for weekday, at in value.items()}
    return dict(sorted(found.items()))


def _zone(value: object, _notation: Notation) -> str:
    if isinstance(value, str) and dates.is_zone(value):
        return value
    near = nearest(value, available_timezones()) if isinstance(value, str) else None
    text = N_("{value} is not a time zone; did you mean {near}?")
    raise HuddleError(text, value=quoted(value), near=near or dates.DEFAULT_ZONE)


def _names(value: object, _notation: Notation) -> tuple[str, ...]:
    return tuple(name(each, NAME) for each in many(value))


def _accountable(value: object, _notation: Notation) -> tuple[str, ...]:
    """The names that were given; how many people they are is for `given` to say, which knows the team."""
    found = [text(each, FREE) for each in (value if isinstance(value, list) else [value])]
    return tuple(each for each in found if each)


TEAM: Final[Mapping[str, Reader]] = {
    "name": lambda value, _: name(value, NAME),
    "locale": lambda value, _: one_of(value, numbers.LOCALES),
    "timezone": _zone,
    "time_box": minutes,
    "seconds_per_person": lambda value, _: whole(value, *SECONDS_PER_PERSON),
    "workdays": _workdays,
    "meets": _meets,
    "days_off": _days,
    "reports": choice(Reports),
    "order": choice(Order),
    "huddle_times": _huddle_times,
}
"""The keys of [team]."""

PERSON: Final[Mapping[str, Reader]] = {
    "name": lambda value, _: name(value, PERSON_NAME),
    "role": lambda value, _: text(value, NAME),
    "away_from": day,
    "away_to": day,
}
"""The keys of [[person]]."""

PROCESS: Final[Mapping[str, Reader]] = {
    "name": lambda value, _: name(value, NAME),
    "accountable": _accountable,
    "key_numbers": _names,
}
"""The keys of [[process]]."""

KPI: Final[Mapping[str, Reader]] = {
    "name": lambda value, _: name(value, NAME),
    "owner": lambda value, _: name(value, PERSON_NAME),
    "process": lambda value, _: text(value, NAME),
    "definition": lambda value, _: text(value, FREE, lines=True),
    "promise": promise,
    "direction": choice(Direction),
    "period": choice(Period),
    "counting": choice(Counting),
    "unit": lambda value, _: text(value, NAME),
    "decimals": lambda value, _: whole(value, 0, numbers.MOST_DECIMALS),
    "red_edge": number,
    "stretch": number,
    "timing": choice(Timing),
    "measures": choice(Measures),
    "nature": choice(Nature),
    "most_important": flag,
}
"""The keys of [[kpi]] and the columns of a CSV of KPIs."""

ACTUALS: Final = frozenset({"actual", "actuals", "reading", "readings", "value", "status"})
"""Keys with which somebody would try to bring numbers along that only their owner may say (METHOD 1)."""


def unknown(key: str, keys: Iterable[str], also: Iterable[str] = ()) -> Sentence:
    """What to say of a key that is none of `keys`; what is in `also` may have been meant too."""
    keys = list(keys)
    if key.casefold() in ACTUALS:
        return Sentence(N_("an actual is never imported: its owner says it aloud, in a turn or in a check-in."))
    near = nearest(key, [*keys, *also])
    if near:
        return Sentence(N_("this name is not known here; did you mean {near}?"), {"near": near})
    return Sentence(N_("this name is not known here; what can stand here is {keys}."), {"keys": ", ".join(keys)})
