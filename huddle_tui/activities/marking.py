"""Marking a stuck solved or an action done, in the huddle where it was last said (METHOD 8)."""

from __future__ import annotations

from datetime import date

from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.open_ends import End, marked
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.store.port import Book


def mark(book: Book, end: End, on: date | None) -> None:
    """Marks a stuck solved or an action done on a day; None makes it open again. Raises HuddleError."""

    def change(huddle: Huddle | None) -> Huddle:
        if huddle is None:
            text = N_("There is no huddle of {day} in this book any more, so nothing was marked.")
            raise HuddleError(text, day=end.day)
        return marked(huddle, end, on)

    book.change_huddle(end.day, change)
