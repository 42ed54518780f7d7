"""The one place that knows pendulum: time zones, moments and how a locale writes days.

pendulum is imported where it is needed and not before: a first frame and most commands come without it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from huddle_tui.domain.sentence import N_, HuddleError

_YEARS = range(1900, 9000)
"""The years a program can begin in: it looks back and ahead from there."""

DEFAULT_ZONE = "Europe/Amsterdam"
NO_ZONES = N_(
    "This machine has no time zone data: install the package tzdata, of the system or with `pip install tzdata`."
)


def is_zone(name: str) -> bool:
    """Whether `name` is a time zone of the IANA database, such as Europe/Amsterdam.

    Raises HuddleError on a machine that knows no time zone at all.
    """
    known = available_timezones()
    if not known:
        raise HuddleError(NO_ZONES)
    return name in known


def machine_zone() -> str | None:
    """The time zone that this machine is set to; None where it has none that has a name."""
    from pendulum.tz.local_timezone import get_local_timezone

    try:
        name = get_local_timezone().name
    except (ValueError, KeyError, RuntimeError, OSError):  # TZ or /etc/localtime holds no zone of the database
        return None
    return name if is_zone(name) else None


def local(moment: datetime, zone: str) -> datetime:
    """`moment` on the clocks of `zone`; raises HuddleError where this machine does not know the zone."""
    import pendulum

    return pendulum.instance(moment).in_timezone(_known(zone).key)


def now(zone: str) -> datetime:
    """This moment on the clocks of `zone`; raises HuddleError where this machine does not know the zone."""
    import pendulum

    return pendulum.now(_known(zone).key)


def _known(zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        if not available_timezones():
            raise HuddleError(NO_ZONES) from None
        text = N_("This machine does not know the time zone {zone}: renew its time zone data (the package tzdata).")
        raise HuddleError(text, zone=zone) from None


def parse_day(text: str) -> date:
    """A day as files and commands write it, `2026-11-23`; raises HuddleError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        template = N_("{typed} is not a day: write it as year-month-day, for example 2026-11-23.")
        raise HuddleError(template, typed=text) from None


def parse_past_day(text: str, today: date) -> date:
    """A day as commands take it: `2026-11-23`, `today`, `yesterday` or `-7` for seven days ago; raises HuddleError."""
    typed = text.strip().casefold()
    named = {"today": 0, "vandaag": 0, "yesterday": 1, "gisteren": 1}
    ago = int(typed[1:]) if re.fullmatch(r"-[0-9]{1,4}", typed) else named.get(typed)
    if ago is not None:
        return today - timedelta(days=ago)
    try:
        return date.fromisoformat(typed)
    except ValueError:
        template = N_("{typed} is not a day: write it as 2026-11-23, today, yesterday, or -7 for seven days ago.")
        raise HuddleError(template, typed=text) from None


def parse_moment(text: str, zone: str) -> datetime:
    """A day (then 09:00 in `zone`) or a full timestamp with offset; raises HuddleError."""
    try:
        parsed = datetime.fromisoformat(text.strip())
        if len(text.strip()) == 10:
            parsed = parsed.replace(hour=9, tzinfo=_known(zone))
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None or parsed.year not in _YEARS:
        template = N_(
            "{typed} is not a moment: write a day such as 2026-11-23, "
            "or a timestamp with its offset such as 2026-11-23T09:07:00+01:00."
        )
        raise HuddleError(template, typed=text)
    return parsed.astimezone(_known(zone))


def parse_due(text: str, today: date, locale: str, *, past: bool = False) -> date | None:
    """A day to come as people type it: `fri`, `vr`, `+3`, `30-11`, `2026-11-30`, `tomorrow`; empty is open (None).

    With `past` it may have been: `30-11` is the nearest one, and `yesterday` is a day too. Raises HuddleError for
    anything else, and for a day that does not exist.
    """
    typed = text.strip().casefold()
    if not typed:
        return None
    named = {"today": 0, "vandaag": 0, "tomorrow": 1, "morgen": 1} | ({"yesterday": -1, "gisteren": -1} if past else {})
    for ahead in range(1, 8):
        day = today + timedelta(days=ahead)
        for spoken in {"en", "nl", locale}:
            long = show_day(day, spoken, "dddd").casefold()
            named |= {long: ahead, long[:3]: ahead, long[:2]: ahead}
    if typed in named:
        return today + timedelta(days=named[typed])
    try:
        if found := re.fullmatch(r"\+(\d{1,3})", typed):
            return today + timedelta(days=int(found[1]))
        if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}))?", typed):
            return _nearest(int(found[1]), int(found[2]), found[3], today, past=past)
        return date.fromisoformat(typed)
    except ValueError:
        template = N_("{typed} is not a day: type a weekday, +3 for in three days, 30-11 or 2026-11-30.")
        raise HuddleError(template, typed=text.strip()) from None


def _nearest(day: int, month: int, year: str | None, today: date, *, past: bool) -> date:
    """That day of the year that was typed, else the next there is, with `past` the nearest; 29-02 is not in each."""
    if year:
        return date(int(year), month, day)
    found = []
    for other in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):
            found.append(date(other, month, day))
    near = [one for one in found if past or one >= today]
    if not near:
        raise ValueError(f"{day}-{month} is in none of these years")
    return min(near, key=lambda one: abs(one - today))


def show_day(day: date, locale: str, pattern: str = "dddd D MMMM YYYY") -> str:
    """`day` in the words of `locale`; patterns are pendulum's, e.g. `ddd D MMM`."""
    import pendulum

    return pendulum.Date(day.year, day.month, day.day).format(pattern, locale=locale)


def weekday(number: int, locale: str) -> str:
    """The name of a weekday in the words of `locale`; Monday is 0."""
    return show_day(date(2024, 1, 1 + number), locale, "dddd")


def iso(moment: datetime) -> str:
    """A moment as files hold it: local time with its offset, whole seconds."""
    return moment.replace(microsecond=0).isoformat()
