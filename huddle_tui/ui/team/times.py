"""The huddle's times as people type them: one for all working days, and others for days of their own."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta

from huddle_tui.domain import dates
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.i18n import LANGUAGE_NAMES, LANGUAGES, language
from huddle_tui.ui.kit.form import Option

_MONDAY = date(2024, 1, 1)
_TIME = re.compile(r"(?:(?P<day>[^\W\d]+)\.?\s+)?(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})")


def weekday_names() -> list[str]:
    """Monday to Sunday, short, in the language spoken now."""
    return [dates.show_day(_MONDAY + timedelta(days=n), language(), "ddd") for n in range(7)]


def read_times(text: str, weekdays: frozenset[int]) -> dict[int, time]:
    """The time per weekday (Monday is 0) that `09:07, fri 16:03` means. Raises HuddleError."""
    found: dict[int, time] = {}
    for part in (part.strip() for part in re.split(r"[,;]", text) if part.strip()):
        match = _TIME.fullmatch(part)
        day = _weekday(match["day"]) if match and match["day"] else None
        if not match or int(match["hour"]) > 23 or int(match["minute"]) > 59 or (match["day"] and day is None):
            template = N_("{typed} is not a time: write it as 09:07, and for a day of its own as fri 16:03.")
            raise HuddleError(template, typed=part)
        at = time(int(match["hour"]), int(match["minute"]))
        found |= {day: at} if day is not None else dict.fromkeys(sorted(weekdays), at)
    return found


def _weekday(typed: str) -> int | None:
    """The weekday of that name, in any of our languages, from two letters on."""
    for n in range(7):
        names = {dates.weekday(n, spoken).casefold() for spoken in LANGUAGES}
        if len(typed) >= 2 and any(name.startswith(typed.casefold()) for name in names):
            return n
    return None


def shown_times(times: Mapping[int, time], weekdays: frozenset[int]) -> str:
    """The times as `read_times` takes them: the commonest alone, the others behind their day."""
    if not times:
        return ""
    values = list(times.values())
    common = max(dict.fromkeys(values), key=values.count)
    whole = (weekdays <= set(times) and values.count(common) > 1) or len(values) == len(weekdays) == 1
    names = weekday_names()
    parts = [common.strftime("%H:%M")] if whole else []
    parts += [f"{names[day]} {at:%H:%M}" for day, at in sorted(times.items()) if not whole or at != common]
    return ", ".join(parts)


def languages() -> list[Option]:
    """The languages by their own names."""
    return [Option(*named) for named in LANGUAGE_NAMES.items()]
