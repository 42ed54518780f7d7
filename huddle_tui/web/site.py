"""The pages of one book: whose link it is, what they see, what becomes of what they send. Knows no HTTP server.

It blocks, so it is called in a thread of its own, one call after another. Pages are kept until the book changes; one
that is kept is handed out without that thread (`kept`).
"""

import re
import threading
from collections.abc import Mapping
from copy import copy
from datetime import date, timedelta
from time import perf_counter
from typing import Final

import msgspec

from huddle_tui import i18n
from huddle_tui.activities import links
from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.activities.looking_back import LookingBack
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain import dates
from huddle_tui.domain.checkin import has_begun
from huddle_tui.domain.history import Past
from huddle_tui.domain.huddle import Stage, TurnState
from huddle_tui.domain.open_ends import open_ends
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import Person, Team
from huddle_tui.i18n import locale
from huddle_tui.store.port import Book
from huddle_tui.web import reading
from huddle_tui.web.form import form_page, sent_page
from huddle_tui.web.frame import Visitor
from huddle_tui.web.sent import Sent, Told, day_of, lay, unsettled

PAGES: Final = re.compile(r"(?:numbers|scorecard|huddles(?:/[0-9]{4}-[0-9]{2}-[0-9]{2})?)?")
"""What may follow a link."""
_KEPT: Final = 500
"""So many pages are kept at most."""
_QUICK: Final = 0.005
"""Seconds in which a book says whether it changed, to be asked by the event loop itself."""


class Answer(msgspec.Struct, frozen=True):
    """What the server answers."""

    status: int
    """The status of HTTP."""
    body: bytes = b""
    """The page."""
    location: str = ""
    """Where to go instead, seen from the address that was asked."""


_Key = tuple[str, str, str, str]
"""What tells one page from another while the book is as it is: the id of whose link it is, what follows the link, the
part of the query that counts, the language it speaks.
"""


def _key(person: Person, team: Team, place: str, query: Mapping[str, str], language: str) -> _Key:
    asked = query.get("before", "") if place == "huddles" else "saved" if "saved" in query and not place else ""
    return person.id, place, asked, language or team.locale


class Site:
    """The pages of one book. Every method but `kept` blocks."""

    def __init__(self, book: Book, time: Timepiece) -> None:
        self._book = book
        self._time = time
        self._looking = LookingBack(book)
        self._team: Team | None = None
        self._today: date | None = None
        self._made: dict[_Key, Answer] = {}
        self._told: list[Sentence] = []
        self._turn = threading.RLock()
        self._slow = False

    def owner(self, token: str) -> Person | None:
        """Whose link it is. Raises HuddleError where the book cannot be read."""
        with self._turn:
            return links.owner(self._fresh(), token)

    def kept(self, token: str, place: str, query: Mapping[str, str], language: str = "") -> Answer | None:
        """What `get` would give, where it is made already and nothing changed since; None where that takes longer.

        For the event loop: it waits for no other call, and a book that was slow to say whether it changed is not asked.
        """
        if self._slow or not self._turn.acquire(blocking=False):
            return None
        try:
            team = self._current()
            person = links.owner(team, token) if team else None
            return self._made.get(_key(person, team, place, query, language)) if team and person else None
        except HuddleError:
            return None  # `get` says why
        finally:
            self._turn.release()

    def get(self, token: str, place: str, query: Mapping[str, str], language: str = "") -> Answer | None:
        """A page under a link, in the language asked for, else the team's; None where it is none.

        Reading never writes. Raises HuddleError.
        """
        with self._turn:
            team = self._fresh()
            if (person := links.owner(team, token)) is None:
                return None
            _, _, asked, spoken = key = _key(person, team, place, query, language)
            if (kept := self._made.get(key)) is not None:
                return kept
            if len(self._made) >= _KEPT:
                self._made.clear()
            with i18n.speaking(spoken, team.locale):
                made = self._made[key] = self._page(person, place, asked)
            return made

    def post(self, token: str, fields: Mapping[str, str], language: str = "") -> Answer | None:
        """What a check-in's form sent; None where the link is none. Raises HuddleError: it was not saved."""
        with self._turn:
            team = self._fresh()
            if (person := links.owner(team, token)) is None:
                return None
            with i18n.speaking(language or team.locale, team.locale):
                return self._sent(person, Sent.of(fields))

    def _sent(self, person: Person, sent: Sent) -> Answer:
        checking_in = CheckingIn(self._book, self._time, person.id, late=True)
        late = sent.day if sent.day is not None and sent.day < checking_in.day else None
        if late is not None and late < checking_in.day - _MEMORY:
            return Answer(409, sent_page(checking_in, sent.typed, Sentence(_TOO_OLD)))
        if late is not None:
            checking_in = CheckingIn(self._book, self._time, person.id, day=late, late=True)
        as_it_was = copy(checking_in)  # its draft is replaced, never changed
        told = lay(checking_in, sent)
        try:
            checking_in.save()
            checking_in.look()
            huddle = self._book.huddle(checking_in.day)
        except HuddleError as error:
            return Answer(503, form_page(as_it_was, Told(trouble=error.sentence, typed=sent.typed)))
        turn = huddle.turn(person.id) if huddle else None
        begun = turn if has_begun(turn) else None
        if huddle and begun and huddle.stage is Stage.TURNS and begun.state is not TurnState.DONE:
            return Answer(200, sent_page(checking_in, sent.typed, Sentence(_TURN_BEGUN), begun, told.problems))
        told.saved, told.typed = True, {field: sent.typed[field] for field in told.problems}
        if late or begun:
            day = dates.show_day(checking_in.day, locale(), "dddd D MMMM")
            told.notices.append(Sentence(_TURN_OVER if begun else _LATE, {"day": day}))
            checking_in = CheckingIn(self._book, self._time, person.id)
        if told.problems:
            return Answer(422, form_page(checking_in, told))
        return Answer(200, form_page(checking_in, told)) if told.notices else Answer(303, location="?saved")

    def take_told(self) -> list[Sentence]:
        """What the book told since last asked: for who runs the server, not for the log."""
        taken, self._told = self._told, []
        return taken

    # Inside

    def _current(self) -> Team | None:
        """The team, where the book is as it was when that was read; what was made of an older state is forgotten."""
        began, today = perf_counter(), self._time.today()
        if self._book.changed() or today != self._today:
            self._team, self._today = None, today
        self._slow = perf_counter() - began > _QUICK
        return self._team

    def _fresh(self) -> Team:
        """The team as it is now."""
        team = self._current()
        if team is None:
            self._made.clear()
            team = self._team = self._book.team()
            self._told += self._book.take_notices()
        return team

    def _past(self) -> Past:
        while self._looking.read():
            pass
        self._looking.look()
        assert self._looking.past is not None
        return self._looking.past

    def _page(self, person: Person, place: str, asked: str) -> Answer:
        visitor = Visitor(person.name, self._fresh().name)
        match place.partition("/"):
            case "", _, _:
                checking_in = CheckingIn(self._book, self._time, person.id)
                return Answer(200, form_page(checking_in, unsettled(checking_in, saved=bool(asked))))
            case "numbers", _, _:
                return Answer(200, reading.numbers_page(self._past(), person.id, visitor))
            case "scorecard", _, _:
                return Answer(200, reading.scorecard_page(self._past(), visitor))
            case "huddles", _, "":
                return Answer(200, reading.huddles_page(self._past(), visitor, day_of(asked)))
            case _, _, day:
                return self._huddle(day_of(day), visitor)

    def _huddle(self, day: date | None, visitor: Visitor) -> Answer:
        huddle = self._book.huddle(day) if day else None
        if huddle is None or huddle.stage is Stage.OPENING:
            return Answer(404, reading.no_huddle_page(visitor))
        ends = open_ends(self._book.summaries(), huddle.day)
        return Answer(200, reading.huddle_page(huddle, ends, visitor))


_MEMORY: Final = timedelta(days=31)
"""How old a form may be."""
_TOO_OLD: Final = N_("This form has been open for more than a month: fill in the one of today.")
_TURN_BEGUN: Final = N_("Your turn has begun. What was not said yet is hidden there, until you say it aloud.")
_TURN_OVER: Final = N_(
    "Your turn of {day} is over. What you sent is kept, but nobody reads it out: this is the next check-in."
)
_LATE: Final = N_(
    "The huddle of {day} is over. What you sent for it is kept, but nobody reads it out: this is the next check-in."
)
