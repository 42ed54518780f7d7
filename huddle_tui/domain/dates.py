"""The one place that knows pendulum: time zones, moments and how a locale writes days."""

from __future__ import annotations

from datetime import date, datetime

import pendulum

from huddle_tui.domain.sentence import N_, HuddleError

DEFAULT_ZONE = "Europe/Amsterdam"


def is_zone(name: str) -> bool:
    """Whether `name` is a time zone of the IANA database, such as Europe/Amsterdam."""
    return name in pendulum.timezones()


def local(moment: datetime, zone: str) -> datetime:
    """`moment` on the clocks of `zone`."""
    return pendulum.instance(moment).in_timezone(zone)


def now(zone: str) -> datetime:
    """This moment on the clocks of `zone`."""
    return pendulum.now(zone)


def parse_day(text: str) -> date:
    """A day as files and commands write it, `2026-11-23`; raises HuddleError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise HuddleError(
            N_("{typed} is not a day: write it as year-month-day, for example 2026-11-23."), typed=text
        ) from None


def parse_moment(text: str, zone: str) -> datetime:
    """A day (then 09:00 in `zone`) or a full timestamp with offset; raises HuddleError."""
    try:
        if len(text.strip()) == 10:
            day = date.fromisoformat(text.strip())
            return pendulum.datetime(day.year, day.month, day.day, 9, tz=zone)
        parsed = datetime.fromisoformat(text.strip())
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None:
        raise HuddleError(
            N_(
                "{typed} is not a moment: write a day such as 2026-11-23, "
                "or a timestamp with its offset such as 2026-11-23T09:07:00+01:00."
            ),
            typed=text,
        )
    return local(parsed, zone)


def show_day(day: date, locale: str, pattern: str = "dddd D MMMM YYYY") -> str:
    """`day` in the words of `locale`; patterns are pendulum's, e.g. `ddd D MMM`."""
    return pendulum.Date(day.year, day.month, day.day).format(pattern, locale=locale)


def iso(moment: datetime) -> str:
    """A moment as files hold it: local time with its offset, whole seconds."""
    return moment.replace(microsecond=0).isoformat()
