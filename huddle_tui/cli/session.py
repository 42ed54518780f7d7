"""One run's options and settings, and from them the book, its team, the time and the language."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from huddle_tui import i18n
from huddle_tui.activities.settings import Settings
from huddle_tui.cli.output import tell
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.files import place

if TYPE_CHECKING:
    from huddle_tui.activities.timepiece import SystemTime
    from huddle_tui.domain.team import Team
    from huddle_tui.store.port import Book
    from huddle_tui.store.tiny import TinyBook


class Session(msgspec.Struct, frozen=True):
    """One run of the command."""

    options: argparse.Namespace
    """What was asked for."""
    settings: Settings
    """This account's own."""

    def folder(self) -> Path:
        """Where the book is: `--data`, `HUDDLE_DATA`, `./data` if it holds a book, the platform's own place."""
        if self.options.data:
            return place(self.options.data)
        if named := os.environ.get("HUDDLE_DATA"):
            return place(named)
        if (here := Path("data")).joinpath("team.json").exists():
            return here
        from platformdirs import user_data_path

        return user_data_path("huddle-tui", appauthor=False) / "book"

    def book(self) -> TinyBook:
        """The book, whether or not there is one yet."""
        from huddle_tui.store.tiny import TinyBook

        return TinyBook(self.folder())

    def time(self, zone: str) -> SystemTime:
        """The time of the machine, or the one that `HUDDLE_TODAY` starts."""
        from huddle_tui.activities.timepiece import SystemTime
        from huddle_tui.domain import dates

        named = os.environ.get("HUDDLE_TODAY")
        return SystemTime(zone, dates.parse_moment(named, zone) if named else None)

    def speak(self, team: Team | None) -> None:
        """The language asked for, else the team's; numbers and dates are always the team's."""
        language = self.options.lang or self.settings.language
        if team is not None:
            i18n.use(language or team.locale, team.locale)
        elif language:
            i18n.use(language)

    def opened(self) -> tuple[Book, Team, SystemTime]:
        """An existing book, its team and its time; raises HuddleError where there is none."""
        book = self.book()
        if not book.exists():
            raise HuddleError(
                N_("There is no book in {folder}: make one with `huddle init`, or try `huddle demo`."),
                folder=self.folder(),
            )
        team = book.team()
        self.speak(team)
        for notice in book.take_notices():
            tell(notice)
        return book, team, self.time(team.timezone)
