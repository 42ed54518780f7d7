"""Time used, from a start mark and now; never a counter (METHOD 8). Seconds, from a monotonic clock."""

import msgspec
from msgspec.structs import replace


class Stopwatch(msgspec.Struct, frozen=True, gc=False):
    """How long something has taken, over any number of pauses. Never runs backwards."""

    used: float = 0.0
    """Seconds used before the running stretch."""
    since: float | None = None
    """The monotonic second at which it was last started; None while it stands still."""

    @property
    def running(self) -> bool:
        """Whether it is counting now."""
        return self.since is not None

    def elapsed(self, now: float) -> float:
        """Seconds used up to `now`."""
        return self.used + (max(0.0, now - self.since) if self.since is not None else 0.0)

    def start(self, now: float) -> "Stopwatch":
        """Counting from `now`; a running watch goes on as it was."""
        return self if self.running else replace(self, since=now)

    def stop(self, now: float) -> "Stopwatch":
        """Standing still, with what was used up to `now`."""
        return Stopwatch(self.elapsed(now))


class Pace(msgspec.Struct, frozen=True):
    """Ahead or behind: at this pace, when will the huddle be done? Seconds."""

    used: float
    """The huddle's time used."""
    left: float
    """What the rest will take at this pace."""
    behind: float
    """Used minus planned up to here; negative is ahead."""
