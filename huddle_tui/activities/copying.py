"""A whole book from one place to another: from a folder into a database, and back."""

from __future__ import annotations

from collections.abc import Callable

from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.store.port import Book


def copy(source: Book, target: Book, told: Callable[[int, int], None] = lambda done, all: None) -> int:
    """Copies team, check-ins and huddles; gives back how many huddles. `told` hears how far it is.

    Raises HuddleError where there is no book to copy, where there is one already to copy to, and where a huddle cannot
    be read: a copy that leaves something out would be taken for the whole. What was copied up to then stays.
    """
    team, days = source.team(), source.days()
    if target.exists():
        raise HuddleError(N_("There is a book there already, and a copy never goes over one: choose another place."))
    _make(target, team)
    for person in team.people:
        for check_in in source.check_ins(person.id):
            target.change_check_in(person.id, check_in.huddle_day, _taken(check_in))
    missing = set(days)
    for done, huddle in enumerate(source.huddles(days), start=1):
        target.change_huddle(huddle.day, _as_it_is(huddle))
        missing.discard(huddle.day)
        told(done, len(days))
    if missing:
        raise HuddleError(
            N_("These huddles cannot be read, so the copy is not whole: {days}. `huddle doctor` says what is wrong."),
            days=", ".join(day.isoformat() for day in sorted(missing)),
        )
    return len(days)


def _make(target: Book, team: Team) -> None:
    """The book to copy to, where nobody else makes one at this moment."""

    def first(stored: Team | None) -> Team:
        if stored is not None:
            raise HuddleError(
                N_("There is a book there already, and a copy never goes over one: choose another place.")
            )
        return team

    target.change_team(first)


def _taken(check_in: CheckIn) -> Callable[[CheckIn | None], CheckIn]:
    return lambda stored: check_in


def _as_it_is(huddle: Huddle) -> Callable[[Huddle | None], Huddle]:
    return lambda stored: huddle
