"""Who has checked in for a huddle: how far, and nothing of the numbers themselves (METHOD 8, hidden until said)."""

from __future__ import annotations

from datetime import date

import msgspec

from huddle_tui.activities.recalling import recall
from huddle_tui.domain import checkin
from huddle_tui.domain.agenda import agenda
from huddle_tui.domain.checkin import Progress
from huddle_tui.domain.huddle import CheckIn
from huddle_tui.domain.team import Person, Team
from huddle_tui.store.port import Book


class Checked(msgspec.Struct, frozen=True):
    """How far one person's check-in is."""

    person: Person
    """Whose it is."""
    progress: Progress
    """Whether it is in, and how much of it."""


def progress(book: Book, team: Team, day: date) -> tuple[Checked, ...]:
    """Who has checked in for the huddle on `day`, in the listed order."""
    reported, huddle = recall(book, team, day).reported, book.huddle(day)
    found, typed = [], book.all_check_ins(person.id for person in team.members)
    for person in team.members:
        turn = huddle.turn(person.id) if huddle else None
        drafts = [c for c in typed[person.id] if c.huddle_day == day]
        mine = drafts[0] if drafts else turn.hidden if turn and turn.hidden else CheckIn(person.id, day)
        due = turn.agenda if turn and checkin.has_begun(turn) else agenda(team, person.id, day, reported)
        found.append(Checked(person, checkin.progress(due, mine)))
    return tuple(found)
