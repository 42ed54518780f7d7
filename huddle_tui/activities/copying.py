"""A whole book from one place to another: from a folder into a database, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.store.port import Book

T = TypeVar("T")


def copy(source: Book, target: Book) -> int:
    """Copies team, check-ins and huddles; gives back how many huddles.

    Raises HuddleError where there is no book to copy, where there is one already to copy to, and where a huddle cannot
    be read: a copy that leaves something out would be taken for the whole. What was copied up to then stays.
    """
    team, days = source.team(), source.days()

    def first(stored: Team | None) -> Team:
        if stored is not None:
            text = N_("There is a book there already, and a copy never goes over one: choose another place.")
            raise HuddleError(text)
        return team

    target.change_team(first)
    for person in team.people:
        for check_in in source.check_ins(person.id):
            target.change_check_in(person.id, check_in.huddle_day, as_it_is(check_in))
    missing = set(days)
    for huddle in source.huddles(days):
        target.change_huddle(huddle.day, as_it_is(huddle))
        missing.discard(huddle.day)
    if missing:
        text = N_("These huddles cannot be read, so the copy is not whole: {days}. `huddle doctor` says what is wrong.")
        raise HuddleError(text, days=", ".join(day.isoformat() for day in sorted(missing)))
    return len(days)


def as_it_is(value: T) -> Callable[[object], T]:
    """The change of a book that puts `value` there, whatever was."""
    return lambda _stored: value
