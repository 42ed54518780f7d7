"""A time zone as calendars have it: yearly rules, worked out of the machine's own time zone data (RFC 5545, VTIMEZONE).

Rules and not lists of days, which some calendars do not read. A zone whose changes follow no yearly rule (by the moon,
say) has them one by one, as many years ahead as `_AHEAD`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_AHEAD: Final = 10
"""Years over which a rule has to hold."""
_STAMP: Final = "%Y%m%dT%H%M%S"


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
