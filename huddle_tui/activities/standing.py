"""How a team stands for its next huddle, without a screen: for prompts, cron and chat hooks of one's own.

Who has checked in and how far is told, never a number (METHOD 8, hidden until said).
"""

from __future__ import annotations

from datetime import date, datetime, time

import msgspec

from huddle_tui.activities.progress import Checked, progress
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain.huddle import Stage
from huddle_tui.domain.open_ends import open_ends
from huddle_tui.domain.team import Team
from huddle_tui.store.port import Book


class Running(msgspec.Struct, frozen=True):
    """The huddle that is going on."""

    started_at: datetime
    """When its first turn began."""
    speaking: str | None
    """Who is speaking; None once it is being closed."""


class Standing(msgspec.Struct, frozen=True):
    """How things stand."""

    team: str
    """The name of the team."""
    day: date
    """The day of the huddle to come, or of the one that is running."""
    time: time | None
    """When it begins, where the team has set that."""
    running: Running | None
    """Today's huddle while it is going on."""
    people: tuple[Checked, ...]
    """Everybody who will be asked something and is not known to be away, in the listed order."""
    open_stucks: int
    """Stucks that nobody marked solved yet."""
    open_actions: int
    """Actions that nobody marked done yet."""
    unsent: int
    """Changes made without the server that still wait for it, on this machine."""

    @property
    def checked_in(self) -> tuple[Checked, ...]:
        """Who is ready."""
        return tuple(one for one in self.people if one.progress.ready)

    @property
    def partly(self) -> tuple[Checked, ...]:
        """Who answered something, and not all of it."""
        return tuple(one for one in self.people if one.progress.partly)

    @property
    def not_checked_in(self) -> tuple[Checked, ...]:
        """Who answered nothing yet."""
        return tuple(one for one in self.people if not one.progress.ready and not one.progress.partly)


def standing(book: Book, team: Team, time: Timepiece) -> Standing:
    """How things stand now. Raises HuddleError where the book cannot be read."""
    today = time.today()
    held = book.huddle(today)
    ended = held is not None and held.stage is Stage.ENDED
    running = None
    if held is not None and held.started_at is not None and not ended:
        running = Running(held.started_at, held.speaking.name if held.speaking else None)
    day = today if running or (team.meets_on(today) and not ended) else team.next_huddle(today)
    ends = open_ends(book.summaries())
    return Standing(
        team=team.name,
        day=day,
        time=team.huddle_times.get(day.weekday()),
        running=running,
        people=tuple(
            one
            for one in progress(book, team, day)
            if (one.progress.of or one.progress.closed) and not one.person.away_on(day)
        ),
        open_stucks=len(ends.stucks),
        open_actions=len(ends.actions),
        unsent=int(getattr(book, "unsent", 0)),
    )
