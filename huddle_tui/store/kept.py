"""What a book in a folder and one in a database do alike: each value is a document under a name."""

import threading
from abc import abstractmethod
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, TypeVar

from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import HuddleError, Sentence
from huddle_tui.domain.team import Team
from huddle_tui.store.care.strays import check_ins_name, huddle_name
from huddle_tui.store.port import Book

T = TypeVar("T")

TEAM: Final = "team"
"""What the document of the team is called."""


class KeptBook(Book):
    """A book of documents: the team, a person's check-ins, a huddle."""

    def __init__(self) -> None:
        self.incomplete = False
        self._notices: list[Sentence] = []
        self._told: dict[str, set[str]] = {}
        self._guard = threading.Lock()

    @abstractmethod
    def _read(self, name: str) -> Any:
        """What stands in the document of that name; None where there is none."""

    @abstractmethod
    def _change(self, name: str, change: Callable[[Any], T]) -> T:
        """Stores what `change` makes of the newest value of a document; an equal one is left as it stands."""

    @abstractmethod
    def _no_book(self) -> HuddleError:
        """What to say where there is no book."""

    def team(self) -> Team:
        team: Team | None = self._read(TEAM)
        if team is None:
            raise self._no_book()
        return team

    def huddle(self, day: date) -> Huddle | None:
        huddle: Huddle | None = self._read(huddle_name(day))
        return huddle

    def change_huddle(self, day: date, change: Callable[[Huddle | None], Huddle]) -> Huddle:
        def changed(stored: Huddle | None) -> Huddle:
            huddle = change(stored)
            if huddle.day != day:
                raise ValueError(f"a huddle of {huddle.day} cannot be stored as that of {day}")
            return huddle

        return self._change(huddle_name(day), changed)

    def check_ins(self, person: str) -> list[CheckIn]:
        return self._read(check_ins_name(person)) or []

    def change_check_in(self, person: str, day: date, change: Callable[[CheckIn | None], CheckIn | None]) -> None:
        def changed(stored: list[CheckIn] | None) -> list[CheckIn] | None:
            others = {check_in.huddle_day: check_in for check_in in stored or []}
            check_in = change(others.pop(day, None))
            if check_in is None:
                return None if stored is None else list(others.values())
            if (check_in.person, check_in.huddle_day) != (person, day):
                raise ValueError(
                    f"a check-in of {check_in.person} for {check_in.huddle_day} is not {person}'s for {day}"
                )
            return sorted((others | {day: check_in}).values(), key=lambda each: each.huddle_day)

        self._change(check_ins_name(person), changed)

    def take_notices(self) -> list[Sentence]:
        with self._guard:
            taken, self._notices = self._notices, []
        return taken

    def _tell(self, name: str, notices: Iterable[Sentence]) -> None:
        """Keeps notices about a document for a person; each once, however often it is read, until it is well."""
        with self._guard:
            told = self._told.setdefault(name, set()) if notices else set()
            for notice in notices:
                if str(notice) not in told:
                    told.add(str(notice))
                    self._notices.append(notice)
