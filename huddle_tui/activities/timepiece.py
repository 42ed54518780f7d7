"""The time that a program lives in: the real one, or one that starts where `HUDDLE_TODAY` says and runs on."""

import time
from datetime import date, datetime, timedelta

from huddle_tui.domain import dates


class Timepiece:
    """The machine's clock, in the team's time zone: where everybody above the domain asks what time it is.

    With `starts`, a clock that showed `starts` when it was made.
    """

    def __init__(self, zone: str, starts: datetime | None = None) -> None:
        self._zone = zone
        self._starts = starts
        self._made = time.monotonic()

    def now(self) -> datetime:
        """This moment, on the clocks of the zone."""
        if self._starts is None:
            return dates.now(self._zone)
        return dates.local(self._starts + timedelta(seconds=time.monotonic() - self._made), self._zone)

    def today(self) -> date:
        """The local day in the zone."""
        return self.now().date()

    def monotonic(self) -> float:
        """Seconds that only ever grow, since some fixed point; for durations."""
        return time.monotonic()
