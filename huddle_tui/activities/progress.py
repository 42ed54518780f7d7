"""Who has checked in for a huddle: how far, and nothing of the numbers themselves (METHOD 8, hidden until said)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from huddle_tui.activities.hosting import recall
from huddle_tui.domain import checkin
from huddle_tui.domain.huddle import CheckIn
from huddle_tui.domain.round import agenda
from huddle_tui.domain.team import Person, Team
from huddle_tui.store.port import Book


class Progress(msgspec.Struct, frozen=True):
    """How far one person's check-in is."""

    person: Person
    """Whose it is."""
    answered: int
    """How many of the numbers that will be asked were committed."""
    asked: int
    """How many will be asked."""
    closed: bool
    """Whether the form was gone through to its end."""

    @property
    def ready(self) -> bool:
        """Whether this person has checked in: gone through to the end, or nothing is left to answer."""
        return self.closed or 0 < self.asked <= self.answered


def progress(book: Book, team: Team, day: date, reported: Mapping[str, date] | None = None) -> tuple[Progress, ...]:
    """Who has checked in for the huddle on `day`, in the listed order.

    `reported` is what `hosting.recall` found; it is looked up where it is not given.
    """
    reported = recall(book, team, day).reported if reported is None else reported
    huddle = book.huddle(day)
    found = []
    for person in team.members:
        turn = huddle.turn(person.id) if huddle else None
        drafts = [c for c in book.check_ins(person.id) if c.huddle_day == day]
        mine = drafts[0] if drafts else turn.hidden if turn and turn.hidden else CheckIn(person.id, day)
        due = turn.agenda if turn and checkin.has_begun(turn) else agenda(team, person.id, day, reported)
        answered = sum(mine.entry(d.kpi).answered for d in due)
        found.append(Progress(person, answered, len(due), mine.closed))
    return tuple(found)
