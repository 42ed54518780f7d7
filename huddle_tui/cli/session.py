"""One run's options and settings, and from them the book, its team, the time and the language."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from huddle_tui import i18n
from huddle_tui.activities.settings import Settings, load, settings_path
from huddle_tui.cli.output import tell
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.files import place

if TYPE_CHECKING:
    from huddle_tui.activities.timepiece import Timepiece
    from huddle_tui.domain.team import Team
    from huddle_tui.store.port import Book


_Value = TypeVar("_Value")


def in_environment(name: str, read: Callable[[str], _Value]) -> _Value | None:
    """What that variable says, by `read`; None where it says nothing. Raises HuddleError, which names it."""
    text = os.environ.get(name)
    try:
        return read(text) if text else None
    except HuddleError as error:
        raise HuddleError(N_("{variable}: {wrong}"), variable=name, wrong=error.sentence) from None


class Session(msgspec.Struct, frozen=True, dict=True):
    """One run of the command."""

    options: argparse.Namespace
    """What was asked for."""
    settings: Settings
    """This account's own."""

    @cached_property
    def place(self) -> str:
        """Where the book is: `--data` or `--team`, `HUDDLE_DATA`, `./data` if it holds a book, the known book that was
        used last, the platform's own place. Raises HuddleError where no such team is known.
        """
        if self.options.team:
            from huddle_tui.activities.books import named

            return named(self.settings.books, self.options.team).place
        if typed := self.options.data or os.environ.get("HUDDLE_DATA"):
            return str(place(typed)) if typed.startswith("~") else str(typed)
        if (here := Path("data")).joinpath("team.json").exists():
            return str(here)
        return self._used_last() or self.own_place()

    def _used_last(self) -> str | None:
        """The book that was used last of those that are there; of one that is gone it is said."""
        if not self.settings.books:
            return None
        from huddle_tui.activities.books import open_book

        for known in self.settings.books:
            try:
                if open_book(known.place).exists():
                    return known.place
            except HuddleError as error:  # no place for a book any more, or something is not installed
                tell(error.sentence)
                continue
            text = N_("The book of {name} is not in {place} now; `huddle teams` shows what is known.")
            tell(Sentence(text, {"name": known.name, "place": known.place}))
        return None

    def own_place(self) -> str:
        """The platform's own place for a book."""
        from platformdirs import user_data_path

        return str(user_data_path("huddle-tui", appauthor=False) / "book")

    @cached_property
    def book(self) -> Book:
        """The book, whether or not there is one yet."""
        from huddle_tui.activities.books import open_book

        return open_book(self.place)

    def tell_notices(self) -> None:
        """What the book has to say for itself, if it was opened: what was damaged, left out, changed outside."""
        if "book" in vars(self):
            for notice in self.book.take_notices():
                tell(notice)

    def remember(self, book: Book, name: str) -> None:
        """This is the book used last, from now on; where that cannot be kept it is said, and nothing else."""
        from huddle_tui.activities.books import place_of, remember

        if [(known.place, known.name) for known in self.settings.books[:1]] == [(place_of(book), name)]:
            return
        try:
            remember(book, name)
        except HuddleError as error:
            tell(error.sentence)

    def at(self, place: str) -> Session:
        """The same run, in another book."""
        return Session(argparse.Namespace(**vars(self.options) | {"data": place, "team": None}), load(settings_path()))

    def time(self, zone: str) -> Timepiece:
        """The time of the machine, or the one that `HUDDLE_TODAY` starts."""
        from huddle_tui.activities.timepiece import Timepiece
        from huddle_tui.domain import dates

        return Timepiece(zone, in_environment("HUDDLE_TODAY", lambda text: dates.parse_moment(text, zone)))

    def speak(self, team: Team | None) -> None:
        """The language asked for, else the team's; numbers and dates are always the team's."""
        language = self.options.lang or self.settings.language
        if team is not None:
            i18n.use(language or team.locale, team.locale)
        elif language:
            i18n.use(language)

    def opened(self, *, aloud: bool = True) -> tuple[Book, Team, Timepiece]:
        """An existing book, its team and its time; raises HuddleError where there is none.

        What the book has to say for itself is told now, or with `aloud=False` by a screen, else when that is gone.
        """
        book = self.book
        if not book.exists() and not book.days():
            text = N_("There is no book in {folder}: make one with `huddle init`, or try `huddle demo`.")
            raise HuddleError(text, folder=self.place)
        team = book.team()
        self.speak(team)
        if aloud:
            self.tell_notices()
        return book, team, self.time(team.timezone)
