"""The huddles to come, for a calendar program (RFC 5545): a weekly series that says when to check in.

Ids stay the same and `SEQUENCE` goes up with every change of days and times, so that importing the file again changes
what is in the calendar instead of doubling it. Days that differ in time are series of their own.

The time zone has yearly rules, worked out of the machine's own data, and not lists of days, which some calendars do not
read. One whose changes follow no yearly rule (by the moon, say) has them one by one, as many years ahead as `_AHEAD`.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from huddle_tui import __version__
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Team, fold
from huddle_tui.domain.text import clean, clean_line
from huddle_tui.i18n import _, language

REMINDER: Final = 10
"""Minutes before the huddle at which it says to check in."""

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STAMP: Final = "%Y%m%dT%H%M%S"
_OCTETS: Final = 75
"""The most that stands on one line."""


def as_ics(team: Team, now: datetime) -> Iterator[str]:
    """A calendar with the huddles from `now` on; days without a time are left out (`without_time` says which).

    Raises HuddleError where no day has a time.
    """
    times = {day: at for day, at in team.huddle_times.items() if day in _meets(team)}
    if not times:
        text = N_(
            "The huddle has no time of day yet: set one under Team, or in the team file, for example "
            'huddle_times = {{mon = "09:07"}}.'
        )
        raise HuddleError(text)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//huddle-tui//{__version__}//{language().upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(_('Huddles of {team}').format(team=clean_line(team.name)))}",
        *vtimezone(team.timezone, now.year),
    ]
    for place, at in enumerate(dict.fromkeys(times[day] for day in sorted(times))):
        lines += _series(team, now, [day for day in sorted(times) if times[day] == at], at, place)
    lines.append("END:VCALENDAR")
    for line in lines:
        yield from _folded(line)


def without_time(team: Team) -> tuple[int, ...]:
    """The weekdays on which the team meets and that have no time, so that they are in no calendar. Monday is 0."""
    return tuple(day for day in sorted(_meets(team)) if day not in team.huddle_times)


def _meets(team: Team) -> frozenset[int]:
    return team.meets or team.calendar.weekdays


def _series(team: Team, now: datetime, days: list[int], at: time, place: int) -> list[str]:
    """One event that comes back every week; its reminder stands last, where every reader finds it."""
    zone = team.timezone
    start = _first(team, days, now, at)
    begin = datetime.combine(start, at)
    off = sorted(day for day in team.calendar.days_off if day > start and day.weekday() in days)
    name = _("Huddle of {team}").format(team=clean_line(team.name))
    beforehand = _("Check in beforehand: with `huddle checkin`, or in your browser if your team has that.")
    reminder = _("Check in for the huddle: with `huddle checkin`, or in your browser if your team has that.")
    mark = hashlib.sha256(fold(team.name).encode()).hexdigest()[:20]  # the same whoever exports it
    return [
        "BEGIN:VEVENT",
        f"UID:huddle-{mark}-{place + 1}@huddle-tui",
        f"DTSTAMP:{now.astimezone(UTC):{_STAMP}}Z",
        f"SEQUENCE:{team.schedule_edition}",
        f"SUMMARY:{_text(name)}",
        f"DTSTART;TZID={zone}:{begin:{_STAMP}}",
        f"DTEND;TZID={zone}:{begin + timedelta(seconds=team.time_box):{_STAMP}}",
        f"RRULE:FREQ=WEEKLY;BYDAY={','.join(_DAYS[day] for day in days)}",
        *(f"EXDATE;TZID={zone}:{datetime.combine(day, at):{_STAMP}}" for day in off),
        f"DESCRIPTION:{_text(beforehand)}",
        "TRANSP:OPAQUE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:-PT{REMINDER}M",
        f"DESCRIPTION:{_text(reminder)}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _first(team: Team, days: list[int], now: datetime, at: time) -> date:
    """The first day of a series: the next huddle of it that has not begun."""
    day = now.date() if now.time() <= at else now.date() + timedelta(days=1)
    while not (day.weekday() in days and team.meets_on(day)):
        day = team.next_huddle(day)
    return day


def _text(value: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", clean(value)).replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line, broken where it has too many octets, and never inside a letter."""
    while len(octets := line.encode()) > _OCTETS:
        piece = octets[:_OCTETS].decode(errors="ignore")
        yield piece + "\r\n"
        line = " " + line[len(piece) :]
    yield line + "\r\n"


# The time zone

_AHEAD: Final = 10
"""Years over which a rule has to hold."""


class ClockChange(msgspec.Struct, frozen=True):
    """A moment at which a zone changes its offset."""

    wall: datetime
    """What the clock showed just before it."""
    before: timedelta
    """The offset until then."""
    after: timedelta
    """The offset from then on."""
    name: str
    """What the time is called from then on, such as CET."""
    summer: bool
    """Whether it is daylight saving time from then on."""


def vtimezone(name: str, year: int) -> Iterator[str]:
    """The lines of a VTIMEZONE that holds from `year` on."""
    zone = ZoneInfo(name)
    yield from ("BEGIN:VTIMEZONE", f"TZID:{name}")
    found = changes(zone, year - 1, year - 1 + _AHEAD)
    if not found:
        start = datetime(1970, 1, 1, tzinfo=zone)
        offset = start.replace(year=year).utcoffset() or timedelta()
        called = start.replace(year=year).tzname() or name
        yield from _observance(ClockChange(start.replace(tzinfo=None), offset, offset, called, False), None)
    groups: dict[object, list[ClockChange]] = {}  # those that may follow one rule
    for one in found:
        groups.setdefault((one.before, one.after, one.name, one.wall.month, one.wall.time()), []).append(one)
    for alike in groups.values():
        rule = _rule(alike, year - 1 + _AHEAD)
        yield from _observance(alike[0], rule)
        for later in () if rule else alike[1:]:
            yield from _observance(later, None)
    yield "END:VTIMEZONE"


def changes(zone: ZoneInfo, first: int, last: int) -> list[ClockChange]:
    """The changes of a zone from the year `first` up to and including `last`."""
    found, day = [], datetime(first, 1, 1, tzinfo=UTC)
    while day.year <= last:
        following = day + timedelta(days=1)
        if _offset(day, zone) != _offset(following, zone):
            found.append(_change(zone, day, following))
        day = following
    return found


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> ClockChange:
    """The change between two moments, found to the second."""
    before, after = _offset(low, zone), _offset(high, zone)
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) // 2).replace(microsecond=0)
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    local = high.astimezone(zone)
    wall = (high + before).replace(tzinfo=None)
    return ClockChange(wall, before, after, local.tzname() or "", bool(local.dst()))


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _rule(alike: list[ClockChange], last: int) -> str | None:
    """The yearly rule that gives exactly those changes and goes on; None where there is none."""
    years = [one.wall.year for one in alike]
    weekdays = {one.wall.weekday() for one in alike}
    if years != list(range(years[0], last + 1)) or len(years) < _AHEAD or len(weekdays) > 1:
        return None
    from_start = {(one.wall.day + 6) // 7 for one in alike}
    lasts = {(one.wall + timedelta(days=7)).month != one.wall.month for one in alike}
    place = -1 if lasts == {True} else from_start.pop() if len(from_start) == 1 else None
    if place is None:
        return None
    return f"FREQ=YEARLY;BYMONTH={alike[0].wall.month};BYDAY={place}{_DAYS[weekdays.pop()]}"


def _observance(change: ClockChange, rule: str | None) -> Iterator[str]:
    kind = "DAYLIGHT" if change.summer else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{change.wall:{_STAMP}}"
    for name, offset in (("FROM", change.before), ("TO", change.after)):
        yield f"TZOFFSET{name}:{change.wall.replace(tzinfo=timezone(offset)):%z}"
    if rule:
        yield f"RRULE:{rule}"
    yield f"TZNAME:{change.name}"
    yield f"END:{kind}"
