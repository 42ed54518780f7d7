"""How a team stands for its next huddle, without a screen: for prompts, cron and chat hooks of one's own.

Who has checked in and how far is told, never a number (METHOD 8, hidden until said).
"""

from datetime import date

import msgspec

from huddle_tui.activities.recalling import recall
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain import checkin
from huddle_tui.domain.checkin import Progress
from huddle_tui.domain.dates import iso
from huddle_tui.domain.huddle import CheckIn, Stage, TurnState
from huddle_tui.domain.open_ends import open_ends
from huddle_tui.domain.team import Person, Team
from huddle_tui.domain.turns import agenda
from huddle_tui.store.port import Book


class Checked(msgspec.Struct, frozen=True):
    """How far one person's check-in is."""

    person: Person
    """Whose it is."""
    progress: Progress
    """Whether it is in, and how much of it."""


def progress(book: Book, team: Team, day: date) -> tuple[Checked, ...]:
    """Who has checked in for the huddle on `day`, in the listed order.

    Of those who will be asked something and are not known to be away.
    """
    reported, huddle = recall(book, team, day).reported, book.huddle(day)
    found, typed = [], book.all_check_ins(person.id for person in team.members)
    for person in team.members:
        turn = huddle.turn(person.id) if huddle else None
        if turn.state is TurnState.ABSENT if turn else person.away_on(day):
            continue
        drafts = [c for c in typed[person.id] if c.huddle_day == day]
        mine = drafts[0] if drafts else turn.hidden if turn and turn.hidden else CheckIn(person.id, day)
        due = turn.agenda if turn and checkin.has_begun(turn) else agenda(team, person.id, day, reported)
        found.append(Checked(person, checkin.progress(due, mine)))
    return tuple(one for one in found if one.progress.counts)


class NextHuddle(msgspec.Struct, frozen=True):
    """The huddle to come, or the one that is running."""

    date: date
    """Its day."""
    time: str | None
    """When it begins, as `09:07`, where the team has set that."""


class Running(msgspec.Struct, frozen=True):
    """The huddle that is going on."""

    started_at: str
    """When its first turn began, with its offset."""
    speaking: str | None
    """Who is speaking; None once it is being closed."""


class Partly(msgspec.Struct, frozen=True):
    """A check-in that is under way."""

    person: str
    """Whose."""
    answered: int
    """How many numbers are in."""
    of: int
    """How many will be asked."""


class Standing(msgspec.Struct, frozen=True):
    """How things stand, with the names that scripts know (the interface, `huddle status --format json`)."""

    team: str
    """The name of the team."""
    next_huddle: NextHuddle
    """The day of the huddle to come, or of the one that is running."""
    running: Running | None
    """Today's huddle while it is going on."""
    checked_in: tuple[str, ...]
    """Who is ready."""
    partly: tuple[Partly, ...]
    """Who answered something, and not all of it."""
    not_checked_in: tuple[str, ...]
    """Who answered nothing yet."""
    open_stucks: int
    """Stucks that nobody marked solved yet."""
    open_actions: int
    """Actions that nobody marked done yet."""
    unsent: int
    """Changes made without the server that still wait for it, on this machine."""


def standing(book: Book, team: Team, time: Timepiece) -> Standing:
    """How things stand now. Raises HuddleError where the book cannot be read."""
    today = time.today()
    held = book.huddle(today)
    running = None
    if held is not None and held.started_at is not None and held.stage is not Stage.ENDED:
        running = Running(iso(held.started_at), held.speaking.name if held.speaking else None)
    day = checkin.huddle_for(team, today, held)
    at, ends = team.huddle_times.get(day.weekday()), open_ends(book.summaries())
    people = [(one.person.name, one.progress) for one in progress(book, team, day)]
    return Standing(
        team.name,
        NextHuddle(day, None if at is None else f"{at:%H:%M}"),
        running,
        checked_in=tuple(name for name, far in people if far.ready),
        partly=tuple(Partly(name, far.answered, far.of) for name, far in people if far.partly),
        not_checked_in=tuple(name for name, far in people if not far.ready and not far.partly),
        open_stucks=len(ends.stucks),
        open_actions=len(ends.actions),
        unsent=int(getattr(book, "unsent", 0)),
    )
