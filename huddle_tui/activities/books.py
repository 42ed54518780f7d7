"""The books that this account has opened: teams side by side, kept in the settings, the one used last first.

A book stays known when it is gone (a drive that is not there now), until somebody forgets it; forgetting deletes
nothing but the line in the settings. A whole book can be copied from one place to another: from a folder into a
database, and back.
"""

import errno
import os
import stat
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from msgspec.structs import replace
from platformdirs import user_data_path

from huddle_tui.activities import machine, settings
from huddle_tui.activities.settings import KnownBook
from huddle_tui.activities.settling import held
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import Team, fold
from huddle_tui.domain.text import NAME
from huddle_tui.files import place as typed_place
from huddle_tui.i18n import _, speaking
from huddle_tui.store.address import in_database
from huddle_tui.store.port import Book
from huddle_tui.store.tiny import TinyBook

_NO_FOLDER: Final = {errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP}


class Seen(msgspec.Struct, frozen=True):
    """A known book, looked at now."""

    known: KnownBook
    """As it stands in the settings; its name is the team's own where it could be read."""
    last_huddle: date | None = None
    """The day of its newest huddle."""
    gone: Sentence | None = None
    """Why it cannot be opened now, in a sentence; None where it can."""


def open_book(place: str) -> Book:
    """The book at a place as `--data` names it, whether or not there is one yet: a folder, or one in a database.

    Raises HuddleError where the place cannot be one, or what a database needs is not installed.
    """
    if not in_database(place):
        return TinyBook(folder(place))
    try:
        from huddle_tui.store.postgres.opening import open_book as open_in_database
    except ImportError as error:
        text = N_("A book in a database needs a little more: `pip install 'huddle-tui[postgres]'` adds it.")
        raise HuddleError(text) from error
    return open_in_database(place, outboxes(), lambda: datetime.now(UTC), machine.name())


def folder(typed: str) -> Path:
    """The folder that somebody typed, there or not; raises HuddleError where none can be."""
    if "://" in typed:
        text = N_("{place} is no address of a database; write it as postgresql://host/database?book=NAME.")
        raise HuddleError(text, place=typed)
    root = typed_place(typed)
    try:
        if not stat.S_ISDIR(root.stat().st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    except OSError as error:  # of any other, reading or saving says what to do
        if error.errno in _NO_FOLDER:
            text = N_("{place} cannot be the folder of a book ({reason}): name another place.")
            raise HuddleError(text, place=root, reason=error.strerror or error) from None
    return root


def outboxes() -> Path:
    """Where this machine keeps what a database could not be told yet."""
    return user_data_path("huddle-tui", appauthor=False) / "outbox"


def place_of(book: Book) -> str:
    """What tells a book from others, and opens it again; empty for one that is in no lasting place."""
    root = getattr(book, "root", None)
    return str(Path(root).resolve()) if root else str(getattr(book, "place", ""))


def look(known: KnownBook) -> Seen:
    """Opens the book and looks; says why where that cannot be."""
    try:
        book = open_book(known.place)
        if not book.exists():
            return Seen(known, gone=Sentence(N_("There is no book in {folder} now."), {"folder": known.place}))
        team = book.team()
        last = next((huddle.day for huddle in held(book)), None)
    except HuddleError as error:
        return Seen(known, gone=error.sentence)
    return Seen(KnownBook(known.place, team.name), last)


def remember(book: Book, name: str) -> None:
    """From now on this is the book used last. Writes only where that changes anything; raises HuddleError."""
    used = KnownBook(place_of(book), name)
    known = settings.load(settings.settings_path()).books
    if used.place and known[:1] != (used,):
        _store([used, *(other for other in known if other.place != used.place)])


def forget(known: KnownBook) -> None:
    """Takes a book out of the settings; the book itself stays as it is. Raises HuddleError."""
    _store([other for other in settings.load(settings.settings_path()).books if other.place != known.place])


def _store(known: Sequence[KnownBook]) -> None:
    settings.save(settings.settings_path(), book=[msgspec.structs.asdict(each) for each in known])


def named(known: Sequence[KnownBook], name: str) -> KnownBook:
    """The book that `name` means: its team's name or place, or the only one whose name begins with it.

    Only where no team was called so when its book was used last, the books say how they are called now.
    Raises HuddleError that says which there are.
    """
    found = _called(known, name)
    if not found:
        known = [look(each).known for each in known]
        found = _called(known, name)
    if len(found) == 1:
        return found[0]
    if not known:
        raise HuddleError(N_("No team is known on this machine yet: open one once with `huddle --data PLACE`."))
    if found:
        text = N_("{name} can be several teams: {known}. Write more of the name, or the place.")
        raise HuddleError(text, name=name, known=", ".join(f"{b.name} ({b.place})" for b in found))
    text = N_("No team called {name} is known on this machine; these are: {known}.")
    raise HuddleError(text, name=name, known=", ".join(b.name for b in known))


def _called(known: Sequence[KnownBook], name: str) -> list[KnownBook]:
    exact = [b for b in known if name == b.place or fold(b.name) == fold(name)]
    return exact or [b for b in known if fold(name) and fold(b.name).startswith(fold(name))]


T = TypeVar("T")


# From one place to another


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
