"""Phrases that several screens share: clocks, promises, distances from a promise."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from huddle_tui.domain.clock import Pace
from huddle_tui.domain.dates import local, show_day
from huddle_tui.domain.huddle import Action, Reading
from huddle_tui.domain.judging import Direction, Yardstick
from huddle_tui.domain.voice import News
from huddle_tui.i18n import _, locale
from huddle_tui.words import amount, clock, computed, signal_words, written

WARN_SHARE, HARD_SHARE = 1.2, 1.5
"""Above these shares of the time box the huddle's clock warns, and crosses the hard line: 12 and 15 of 10 minutes."""

SLACK = 15
"""So many seconds more or less is on time."""


def progress(pace: Pace, time_box: int, now: datetime, zone: str) -> tuple[str, bool]:
    """Ahead or behind, and when it will be done; whether that is a warning.

    Who is on time for every turn is not, where the turns do not fit the time box.
    """
    at, over = f"{local(now + timedelta(seconds=pace.left), zone):%H:%M}", pace.used + pace.left - time_box
    if over > SLACK:
        return _("{time} over the time box, done at {at}").format(time=clock(over), at=at), True
    if pace.behind > SLACK:
        return _("{time} behind, done at {at}").format(time=clock(pace.behind), at=at), True
    if pace.behind < -SLACK:
        return _("{time} ahead, done at {at}").format(time=clock(-pace.behind), at=at), False
    return _("on time, done at {at}").format(at=at), False


def number(value: Decimal, decimals: int = 0) -> str:
    """An exact number in the team's locale."""
    return written(value, locale(), decimals)


def promised(stick: Yardstick, decimals: int, unit: str = "") -> str:
    """`promised 8`, `promised 2 or less`, with the pace of a running total."""
    promise = amount(stick.promise, unit, locale(), decimals)
    at_most = stick.direction is Direction.AT_MOST
    if stick.pace != stick.promise:
        text = _("pace {pace} or less of {promise}") if at_most else _("pace {pace} of {promise}")
        return text.format(pace=computed(stick.pace, locale(), decimals), promise=promise)
    text = _("promised {promise} or less") if at_most else _("promised {promise}")
    return text.format(promise=promise)


def news(found: News, decimals: int) -> str:
    """What is new about a number, in words."""
    return _("news: {what}").format(what=signal_words(found, locale(), decimals))


def distance(reading: Reading) -> str:
    """How far the actual of a reading is from its promise or pace."""
    return gap(reading.actual, reading.yardstick, reading.decimals)


def gap(value: Decimal | None, stick: Yardstick, decimals: int) -> str:
    """How far a value is from its promise or pace: `+2`, `−6,5`; nothing where it was not measured."""
    if value is None:
        return ""
    away = value - stick.pace
    sign = "+" if away > 0 else "−" if away < 0 else "±"
    return sign + computed(abs(away), locale(), decimals)


def actual(reading: Reading) -> str:
    """What was said, or a dash where it was not measured."""
    return "–" if reading.actual is None else number(reading.actual, reading.decimals)


def marks(reading: Reading) -> str:
    """By proxy and corrected, for ever shown so; empty for most readings."""
    said = []
    if reading.by_proxy:
        said.append(_("by proxy"))
    if reading.earlier:
        was = reading.earlier[0]
        said.append(_("was {value}").format(value="–" if was is None else number(was, reading.decimals)))
    return " · ".join(said)


OLD = 3
"""From its third round on, a stuck is no longer news."""


def rounds_open(age: int) -> str:
    """The age of an open stuck in huddles, as dots: ●●● is its third round."""
    return "●" * age if age <= 5 else f"●×{age}"


def due(action: Action, today: date, *, brief: bool = False) -> str:
    """By when an action was agreed, and that its day has passed, `brief` that alone; nothing where no day was."""
    if action.by is None:
        return ""
    if brief and action.late(today):
        return _("late")
    day = show_day(action.by, locale(), "ddd D MMM")
    return _("late, {day}").format(day=day) if action.late(today) else day
