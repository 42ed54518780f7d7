"""A whole book from one place to another: from a folder into a database, and back."""

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.domain.text import NAME
from huddle_tui.i18n import _, speaking
from huddle_tui.store.port import Book

T = TypeVar("T")


def copy(source: Book, target: Book) -> int:
    """Copies team, check-ins and huddles; gives back how many huddles.

    Until the last of it is there the copy is called unfinished: one that was cut off is never taken for the whole.

    Raises HuddleError where there is no book to copy, where there is one already to copy to, where one would lie inside
    the other, and where something cannot be read: a copy that leaves something out would be taken for the whole. What
    was copied up to then stays.
    """
    _apart(source, target)
    team, days, people = source.team(), source.days(), source.checked_in()
    if source.incomplete:
        text = N_("A folder of the book cannot be listed, so nothing was copied: `huddle doctor` says which.")
        raise HuddleError(text)
    with speaking(team.locale):
        begun = replace(team, name=_("Unfinished copy of {name}").format(name=team.name)[:NAME])

    def first(stored: Team | None) -> Team:
        if stored is None:
            return begun
        if stored.name == begun.name:
            text = N_("An earlier copy to there was cut off: remove it and copy again, or choose another place.")
            raise HuddleError(text)
        raise HuddleError(N_("There is a book there already, and a copy never goes over one: choose another place."))

    target.change_team(first)
    for person in people:
        for check_in in source.check_ins(person):
            target.change_check_in(person, check_in.huddle_day, as_it_is(check_in))
    missing = set(days)
    for huddle in source.huddles(days):
        target.change_huddle(huddle.day, as_it_is(huddle))
        missing.discard(huddle.day)
    if missing:
        text = N_("These huddles cannot be read, so the copy is not whole: {days}. `huddle doctor` says what is wrong.")
        raise HuddleError(text, days=", ".join(day.isoformat() for day in sorted(missing)))
    target.change_team(as_it_is(team))
    return len(days)


def _apart(source: Book, target: Book) -> None:
    """Raises HuddleError where one of two folders lies inside the other: what is done to that one is done to both."""
    here, there = (getattr(book, "root", None) for book in (source, target))
    if here is None or there is None or (here := here.resolve()) == (there := there.resolve()):
        return
    if here in there.parents or there in here.parents:
        text = N_(
            "One of the books {source} and {target} would lie inside the other: choose a place beside it for the copy."
        )
        raise HuddleError(text, target=there, source=here)


def as_it_is(value: T) -> Callable[[object], T]:
    """The change of a book that puts `value` there, whatever was."""
    return lambda _stored: value
