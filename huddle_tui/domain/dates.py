"""Time zones, moments, and how a locale writes days; the one place that knows pendulum.

pendulum computes the days that people type and finds this machine's zone. It is imported there and not before: no first
frame waits for it, and no command that reads or writes.
"""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from huddle_tui.domain.sentence import N_, HuddleError

_YEARS = range(1900, 9000)
"""The years a program can begin in: it looks back and ahead from there."""

_LONGEST = 365
"""A stretch of days off is no longer, in days."""
_STRETCH = re.compile(r"\s+(?:t/m|tot en met|to|through|-)\s+|\s*(?:\.\.|–)\s*", re.IGNORECASE)
"""What people write between the first and the last of a stretch of days."""

_WEEKDAYS: Final = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
}
"""How the locales of `numbers.LOCALES` write the days of the week, Monday first (CLDR)."""
_SHORT: Final = {"en": 3, "nl": 2}
"""How many letters of it a short one has."""
_MONTHS: Final = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
}
"""The months."""
_SHORT_MONTHS: Final = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "nl": ("jan.", "feb.", "mrt.", "apr.", "mei", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec."),
}
"""The same where room is scarce."""

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
    """`moment` on the clocks of `zone`; raises HuddleError where this machine does not know the zone.

    It has their offset and not their zone: of two moments of one zone Python compares what the clocks show, and the
    clocks may be put back in between.
    """
    there = moment.astimezone(_known(zone))
    return there.replace(tzinfo=timezone(there.utcoffset() or timedelta()))


def now(zone: str) -> datetime:
    """This moment on the clocks of `zone`; raises HuddleError where this machine does not know the zone."""
    return local(datetime.now(UTC), zone)


def at(day: date, hour: time, zone: str) -> datetime:
    """The moment at which the clocks of `zone` show that time on that day; raises HuddleError likewise."""
    return local(datetime.combine(day, hour, _known(zone)), zone)


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
    return local(parsed, zone)


def parse_due(text: str, today: date, *, past: bool = False) -> date | None:
    """A day to come as people type it: `fri`, `vr`, `+3`, `30-11`, `2026-11-30`, `tomorrow`; empty is open (None).

    Names are those of all our languages. With `past` it may have been: `30-11` is the nearest one, and `yesterday` is a
    day too. Raises HuddleError for anything else, and for a day that does not exist.
    """
    typed = text.strip().casefold()
    if not typed:
        return None
    import pendulum

    day = pendulum.date(today.year, today.month, today.day)
    named = {"today": 0, "vandaag": 0, "tomorrow": 1, "morgen": 1} | ({"yesterday": -1, "gisteren": -1} if past else {})
    weekdays = {
        name.casefold()[:letters]: number
        for names in _WEEKDAYS.values()
        for number, name in enumerate(names)
        for letters in (2, 3, None)
    }
    try:
        if typed in named:
            return _plain(day.add(days=named[typed]))
        if typed in weekdays:
            return _plain(day.next(pendulum.WeekDay(weekdays[typed])))
        if found := re.fullmatch(r"\+(\d{1,3})", typed):
            return _plain(day.add(days=int(found[1])))
        if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}))?", typed):
            return _nearest(int(found[1]), int(found[2]), found[3], today, past=past)
        return date.fromisoformat(typed)
    except ValueError:
        template = N_("{typed} is not a day: type a weekday, +3 for in three days, 30-11 or 2026-11-30.")
        raise HuddleError(template, typed=text.strip()) from None


def parse_days(text: str, today: date) -> frozenset[date]:
    """Days, and stretches of them, as people type them: `25-12, 20-7 to 7-8` or `24-12 t/m 3-1`, each end as one due.

    A stretch ends on the next such day after its first and is no longer than a year. Raises HuddleError.
    """
    found: set[date] = set()
    for part in filter(str.strip, re.split("[,;]", text)):
        ends = _STRETCH.split(part.strip())
        first = parse_due(ends[0], today)
        last = parse_due(ends[-1], first or today)
        if first is None or last is None or len(ends) > 2 or not first <= last <= first + timedelta(days=_LONGEST):
            template = N_("{typed} is not a stretch of days: write its first and its last day, as 20-7 to 7-8.")
            raise HuddleError(template, typed=part.strip())
        found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return frozenset(found)


def _plain(day: date) -> date:
    """One of Python's own: what is stored and compared is of one kind."""
    return date(day.year, day.month, day.day)


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
    """`day` in the words of `locale`; patterns are of pendulum's tokens with spaces between, e.g. `ddd D MMM`."""
    return " ".join(_written(day, locale, token) for token in pattern.split())


def _written(day: date, locale: str, token: str) -> str:
    match token:
        case "dddd":
            return weekday(day.weekday(), locale)
        case "ddd":
            return weekday(day.weekday(), locale)[: _SHORT[locale]]
        case "dd":
            return weekday(day.weekday(), locale)[:2]
        case "D":
            return f"{day.day}"
        case "MMMM":
            return _MONTHS[locale][day.month - 1]
        case "MMM":
            return _SHORT_MONTHS[locale][day.month - 1]
        case "YYYY":
            return f"{day.year:04}"
        case "YY":
            return f"{day.year % 100:02}"
    raise ValueError(f"no such token: {token}")


def weekday(number: int, locale: str) -> str:
    """The name of a weekday in the words of `locale`; Monday is 0."""
    return _WEEKDAYS[locale][number]


def iso(moment: datetime) -> str:
    """A moment as files hold it: local time with its offset, whole seconds."""
    return moment.replace(microsecond=0).isoformat()
