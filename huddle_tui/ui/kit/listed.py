"""A list with a cursor, however it is drawn: what keys and clicks do with it."""

from collections.abc import Hashable, Sequence
from typing import Protocol

from textual.events import Click
from textual.message import Message
from textual.widget import Widget


class HasKey(Protocol):
    """One line, or one card, of a list."""

    @property
    def key(self) -> Hashable | None:
        """What it stands for; None is one that the cursor passes over."""


class Listed(Widget):
    """Lines, and a cursor over those that stand for something. The screen moves it and is told what was picked."""

    TWICE = False
    """Whether a line is picked by the second click on it, and not by the first."""

    class Picked(Message):
        """The line at hand was clicked."""

    class Moved(Message):
        """The cursor is on another line."""

    lines: Sequence[HasKey] = ()
    """All lines, top to bottom."""
    _at = -1

    @property
    def cursor(self) -> Hashable | None:
        """What the line at hand stands for; None in an empty list."""
        return self.lines[self._at].key if 0 <= self._at < len(self.lines) else None

    @property
    def key(self) -> str:
        """That as text; empty in an empty list."""
        return str(self.cursor or "")

    def _put(self, lines: Sequence[HasKey]) -> None:
        """Other lines from now on; the cursor stays on what it was on, or at its place where that is gone."""
        cursor, place = self.cursor, self._at
        self.lines = lines
        self._put_cursor(cursor, place)
        self.refresh()

    def _put_cursor(self, key: Hashable | None, near: int) -> None:
        """Puts it on the line of that key; where there is none, on the nearest to that place."""
        places = (place for place, line in enumerate(self.lines) if line.key == key)
        at = next(places, -1) if key is not None else -1
        self._at = at if at >= 0 else self._nearest(near)

    def _nearest(self, place: int) -> int:
        """The line nearest to `place` that the cursor can be on, below before above."""
        place = max(0, min(place, len(self.lines)))
        after = (i for i in range(place, len(self.lines)) if self.lines[i].key is not None)
        before = (i for i in range(place - 1, -1, -1) if self.lines[i].key is not None)
        return next(after, next(before, -1))

    # Keys

    def move(self, by: int) -> None:
        """So many lines down, or up where `by` is negative, over those that stand for nothing."""
        step, at = (1 if by > 0 else -1), self._at
        for _count in range(abs(by)):
            following = range(at + step, len(self.lines) if step > 0 else -1, step)
            after = next((i for i in following if self.lines[i].key is not None), None)
            if after is None:
                break
            at = after
        self._go(at, past_end=step if at == self._at else 0)

    def first(self) -> None:
        """To the first line."""
        self._go(self._nearest(0), past_end=-1)

    def last(self) -> None:
        """To the last line."""
        self._go(self._nearest(len(self.lines)), past_end=1)

    def page(self, by: int) -> None:
        """A screenful down, or up."""
        self.move(by * max(1, self.size.height - 1))

    def go(self, key: Hashable) -> None:
        """To the line that stands for that."""
        for place in (n for n, line in enumerate(self.lines) if line.key == key):
            self._go(place)

    def _go(self, at: int, past_end: int = 0) -> None:
        before, self._at = self._at, at
        self._went(before, past_end)
        if before != at:
            self.post_message(self.Moved())

    def _went(self, before: int, past_end: int) -> None:
        """Draws the cursor where it is now; `past_end` is the direction in which no line was left."""
        self.refresh()

    # The mouse

    def on_click(self, event: Click) -> None:
        """Puts the cursor where it was clicked, and tells what is there."""
        self._click(event)

    def _click(self, event: Click) -> None:
        place = self._clicked(event)
        if 0 <= place < len(self.lines) and self.lines[place].key is not None:
            again = place == self._at
            self._go(place)
            if again or not self.TWICE:
                self._pick()

    def _clicked(self, event: Click) -> int:
        """The place of the line that was clicked; -1 where there is none."""
        raise NotImplementedError

    def _pick(self) -> None:
        self.post_message(self.Picked())
