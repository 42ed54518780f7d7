"""The time that a program lives in: the real one, or one that starts where `HUDDLE_TODAY` says and runs on."""

import time
from datetime import date, datetime, timedelta
from typing import Protocol

from huddle_tui.domain import dates


class Timepiece(Protocol):
    """Where everybody above the domain asks what time it is."""

    def now(self) -> datetime:
        """This moment, on the clocks of the team's zone."""

    def today(self) -> date:
        """The local day in the team's zone."""

    def monotonic(self) -> float:
        """Seconds that only ever grow; for durations."""


class SystemTime:
    """The machine's clock, in one time zone. With `starts`, a clock that showed `starts` when it was made."""

    def __init__(self, zone: str, starts: datetime | None = None) -> None:
        self.zone = zone
        self._starts = starts
        self._made = time.monotonic()

    def now(self) -> datetime:
        """This moment, on the clocks of the zone."""
        if self._starts is None:
            return dates.now(self.zone)
        return dates.local(self._starts + timedelta(seconds=time.monotonic() - self._made), self.zone)

    def today(self) -> date:
        """The local day in the zone."""
        return self.now().date()

    def monotonic(self) -> float:
        """Seconds since some fixed point."""
        return time.monotonic()
