"""Looking back: the past read in pieces with the newest first, find and filters, open ends marked done (METHOD 9)."""

import re
import threading
from collections.abc import Callable
from datetime import date
from typing import Final

import msgspec
from msgspec.structs import replace

from huddle_tui.domain.history import TRAILING, Page, Past, gather, page
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.open_ends import begun
from huddle_tui.domain.sentence import HuddleError, Sentence
from huddle_tui.domain.summary import Summary, summarise
from huddle_tui.store.port import Book

_PIECE: Final = 40
"""Huddles read in one go: a tenth of a second, so that who leaves the screen never waits."""
_GROWTH: Final = 3
"""The past is gathered anew when so many times as much was read: ten years in seven steps."""


class LookingBack:
    """The past of one book, as far as it was read. Any thread may ask; one reads at a time.

    `past` is an immutable value that grows by being replaced: who sees another object than before has news.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._lock = threading.Lock()
        self._pages: dict[date, Page] = {}
        self._left: list[date] = []
        self._listed = False
        self._gathered = 0
        self._troubles: list[Sentence] = []
        self.past: Past | None = None
        """What was read up to now; None before the first piece."""

    def read(self) -> bool:
        """Reads the next piece: the last huddles, then the list of all, then the rest. True while more is left."""
        with self._lock:
            if self.past is None:
                self._begin()
            elif not self._listed:
                self._list()
            elif self._left:
                self._go_on()
            return not self._listed or bool(self._left)

    def back_to(self, day: date, stop: Callable[[], bool]) -> Past | None:
        """The past, with every huddle since that day in it unless it is told to `stop` before."""
        self.look()
        while not stop() and (self.past is None or not self.past.days or self.past.days[0] > day) and self.read():
            pass
        return self.past

    def look(self) -> bool:
        """Takes in what was saved since, by this program or another. True where that is news."""
        with self._lock:
            before = self.past
            if before is None or not self._listed:
                return False
            team, summaries = self._book.team(), begun(self._book.summaries())
            stood = {summary.day: summary for summary in before.summaries}
            stands = {summary.day: summary for summary in summaries}
            for day in [day for day in self._pages if day not in stands]:
                del self._pages[day]
            read = sorted(self._pages)
            oldest = read[0] if read else None
            fresh = {day for day, summary in stands.items() if stood.get(day) != summary} | set(read[-TRAILING:])
            news = [page for day in fresh if (oldest is None or day >= oldest) and (page := self._page(day))]
            news = [page for page in news if page != self._pages.get(page.day)]
            self._pages |= {page.day: page for page in news}
            self._left = sorted(day for day in stands if day not in self._pages and (oldest is None or day < oldest))
            if not news and team == before.team and summaries == before.summaries:
                return False
            self.past = gather(team, summaries, self._in_order(), complete=not self._left)
            return True

    def take_troubles(self) -> list[Sentence]:
        """What could not be read, a sentence each, since last asked."""
        with self._lock:
            taken, self._troubles = self._troubles, []
            return taken

    def _begin(self) -> None:
        team, days = self._book.team(), self._book.days()
        summaries: list[Summary] = []
        for day in days[-TRAILING:]:
            if huddle := self._huddle(day):
                self._pages[day] = page(huddle)
                summaries.append(summarise(huddle))
        self._left = days[:-TRAILING]
        self._listed = not self._left
        self._publish(replace(Past(team), summaries=begun(summaries)))

    def _list(self) -> None:
        assert self.past is not None
        summaries = begun(self._book.summaries())
        self._listed = True
        self._publish(replace(self.past, summaries=summaries))

    def _go_on(self) -> None:
        assert self.past is not None
        piece, self._left = self._left[-_PIECE:], self._left[:-_PIECE]
        for day in reversed(piece):
            if read := self._page(day):
                self._pages[day] = read
        if not self._left or len(self._pages) >= _GROWTH * self._gathered:
            self._publish(self.past)

    def _publish(self, past: Past) -> None:
        self._gathered = len(self._pages)
        self.past = gather(past.team, past.summaries, self._in_order(), complete=self._listed and not self._left)

    def _in_order(self) -> list[Page]:
        return [self._pages[day] for day in sorted(self._pages)]

    def _page(self, day: date) -> Page | None:
        huddle = self._huddle(day)
        return page(huddle) if huddle else None

    def _huddle(self, day: date) -> Huddle | None:
        """That huddle; one that cannot be read is told, and never hides the others."""
        try:
            return self._book.huddle(day)
        except HuddleError as error:
            if error.sentence not in self._troubles:
                self._troubles.append(error.sentence)
            return None


class Wanted(msgspec.Struct, frozen=True):
    """Which past huddles are looked for; everything that is set must hold."""

    words: str = ""
    """Each of these occurs in what people wrote or in a name, and each after `kpi:` in the name of a number."""
    person: str = ""
    """The id of somebody who was there."""
    red: bool = False
    """At least one red flag."""
    since: date | None = None
    """The first day."""
    until: date | None = None
    """The last day."""


_NUMBERS: Final = "kpi:"
"""What stands before a word that is looked for in the names of numbers."""


class Sought(msgspec.Struct, frozen=True):
    """The words that are looked for, folded; each must occur."""

    words: tuple[str, ...] = ()
    """In what people wrote, and in their names."""
    numbers: tuple[str, ...] = ()
    """In the names of numbers."""


def sought(words: str) -> Sought:
    """What somebody typed, taken apart: `late kpi:offers` is a word, and a word in the name of a number."""
    folded = re.sub(rf"\b{_NUMBERS}\s+", _NUMBERS, words.casefold()).split()
    numbers = (word.removeprefix(_NUMBERS) for word in folded if word.startswith(_NUMBERS))
    return Sought(tuple(w for w in folded if not w.startswith(_NUMBERS)), tuple(w for w in numbers if w))


def find(past: Past, wanted: Wanted) -> list[Summary]:
    """The huddles that were looked for, newest first. Fast enough for every key that is typed."""
    looked_for = sought(wanted.words)
    names = past.names_of(wanted.person) if wanted.person else frozenset()
    return [
        summary
        for summary in reversed(past.summaries)
        if (wanted.since is None or wanted.since <= summary.day)
        and (wanted.until is None or summary.day <= wanted.until)
        and (not wanted.red or summary.red)
        and (not wanted.person or not names.isdisjoint(summary.present))
        and all(word in summary.text for word in looked_for.words)
        and all(word in summary.numbers for word in looked_for.numbers)
    ]
