"""Lists of any length with a cursor: only the lines that show are drawn, so ten years open at once and never hitch."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Protocol

import msgspec
from rich.segment import Segment
from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

_KEPT = 1000
"""So many drawn lines are kept, for when they come into sight again."""
CURSOR = "bold on $panel"
"""The line at hand; a bar at its left edge says so without colour too."""


class Line(Protocol):
    """One line of a list."""

    @property
    def key(self) -> Hashable | None:
        """What it stands for; None is a line that the cursor passes over."""

    def draw(self, width: int) -> Content:
        """What it shows in so many cells, drawn when it comes into sight."""


class Words(msgspec.Struct, frozen=True):
    """A line that is known beforehand: a heading, a sentence, a line of a longer text."""

    content: Content
    """What it shows; people's text in it is data."""
    key: Hashable | None = None
    """What it stands for."""

    def draw(self, width: int) -> Content:
        """The words, cut where they do not fit."""
        return self.content.truncate(width, ellipsis=True)


class Listed(Protocol):
    """What has a cursor that keys move."""

    def move(self, by: int) -> None:
        """So many lines down, or up where `by` is negative."""

    def first(self) -> None:
        """To the first line."""

    def last(self) -> None:
        """To the last line."""

    def page(self, by: int) -> None:
        """A screenful down, or up."""


class Rows(ScrollView):
    """A list with a cursor. The screen moves it and is told what was picked."""

    DEFAULT_CSS = """
    Rows { height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
        background: transparent; text-wrap: nowrap; text-overflow: clip; }
    """
    can_focus = False
    ALLOW_SELECT = False

    KNOWN = False
    """Whether the lines are the same for every width and there before the list has one; the cursor stays on its own."""
    TWICE = False
    """Whether a line is picked by the second click on it, and not by the first."""

    class Picked(Message):
        """The line at hand was clicked."""

    class Moved(Message):
        """The cursor is on another line."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: Callable[[int], Sequence[Line]] = lambda _width: ()
        self.lines: Sequence[Line] = ()
        """All lines, as made for the width of the moment."""
        self._at = -1
        self._drawn: dict[int, tuple[Line, Strip]] = {}
        self._drawn_for = 0
        self._moved = False

    @property
    def head(self) -> int:
        """Lines at the top that stay where they are."""
        return 0

    @property
    def cursor(self) -> Hashable | None:
        """What the line at hand stands for; None in an empty list."""
        return self.lines[self._at].key if 0 <= self._at < len(self.lines) else None

    def show(self, make: Callable[[int], Sequence[Line]], cursor: Hashable | None = None) -> None:
        """Shows what `make` gives for the width. The cursor goes to `cursor`, else stays on what it was on; one that
        nobody moved stays on the first line, whatever comes in before it.
        """
        self._make = make
        self._moved = self._moved or self.KNOWN or cursor is not None
        self._lay_out(cursor if cursor is not None else self.cursor)

    def _lay_out(self, cursor: Hashable | None) -> None:
        before, place = self.cursor, self._at
        self.lines = self._make(self._room) if self.KNOWN or self._room > 0 else ()
        if self._drawn_for != self._room:
            self._drawn_for = self._room
            self._drawn.clear()
        places = (i for i, line in enumerate(self.lines) if line.key == cursor)
        at = next(places, -1) if self._moved and cursor is not None else -1
        near = max(0, min(place, len(self.lines) - 1)) if self._moved else 0
        self._at = at if at >= 0 else self._nearest(near)
        self.virtual_size = self._extent()
        self._follow()
        self.refresh()
        if self.cursor != before:
            self.post_message(self.Moved())

    @property
    def inside(self) -> Size:
        """What the scrollbars leave."""
        return self.scrollable_content_region.size

    @property
    def _room(self) -> int:
        """Cells for a line; room for a scrollbar is always kept, so that nothing jumps when it appears."""
        return self.inside.width - (0 if self.show_vertical_scrollbar else self.styles.scrollbar_size_vertical)

    def _extent(self) -> Size:
        return Size(0, len(self.lines) + self.head)

    def _nearest(self, place: int) -> int:
        """The line nearest to `place` that the cursor can be on, below before above."""
        after = (i for i in range(place, len(self.lines)) if self.lines[i].key is not None)
        before = (i for i in range(place - 1, -1, -1) if self.lines[i].key is not None)
        return next(after, next(before, -1))

    def on_resize(self, event: Resize) -> None:
        """Another width breaks and cuts lines elsewhere."""
        self._lay_out(self.cursor)

    # The cursor

    def move(self, by: int) -> None:
        """So many lines down, or up where `by` is negative, over those that can be picked."""
        step, at = (1 if by > 0 else -1), self._at
        for _count in range(abs(by)):
            following = range(at + step, len(self.lines) if step > 0 else -1, step)
            after = next((i for i in following if self.lines[i].key is not None), None)
            if after is None:
                break
            at = after
        self._go(at, past_end=step if at == self._at else 0)

    def first(self) -> None:
        """To the first line, and there it stays."""
        self._go(self._nearest(0), past_end=-1)
        self._moved = False

    def last(self) -> None:
        """To the last line."""
        self._go(self._nearest(len(self.lines)), past_end=1)

    def go(self, key: Hashable) -> None:
        """To the line that stands for that."""
        for place in (n for n, line in enumerate(self.lines) if line.key == key):
            self._go(place)

    def page(self, by: int) -> None:
        """A screenful down, or up."""
        self.move(by * max(1, self.inside.height - self.head - 1))

    def _go(self, at: int, past_end: int = 0) -> None:
        self._moved = True
        before, self._at = self._at, at
        self._follow(past_end)
        self.refresh(*(self._region(place) for place in (before, at)))
        if before != at:
            self.post_message(self.Moved())

    def _region(self, place: int) -> Region:
        """Where a line stands."""
        return Region(0, place - self.scroll_offset.y + self.head, self.inside.width, 1)

    def _follow(self, past_end: int = 0) -> None:
        """Scrolls so that the cursor shows, with the headings before the first line and what follows the last one."""
        height = self.inside.height - self.head
        if height < 1:
            return
        top, at = self.scroll_offset.y, self._at
        if past_end < 0 or (at >= 0 and at == self._nearest(0) and at < height):
            top = 0
        elif past_end > 0:
            top = len(self.lines)
        elif at >= 0:
            top = max(min(top, max(0, at - 1)), at - height + 1)
        self.scroll_to(y=max(0, min(top, len(self.lines) - height)), animate=False, force=True)

    def on_click(self, event: Click) -> None:
        """Puts the cursor where it was clicked, and tells what is there."""
        self._click(event)

    def _click(self, event: Click) -> None:
        place = event.y - self.head + self.scroll_offset.y
        if event.y >= self.head and 0 <= place < len(self.lines) and self.lines[place].key is not None:
            again = place == self._at
            self._go(place)
            if again or not self.TWICE:
                self._clicked(event)

    def _clicked(self, event: Click) -> None:
        self.post_message(self.Picked())

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        width = self.inside.width
        place = y - self.head + self.scroll_offset.y
        if not 0 <= place < len(self.lines):
            return Strip.blank(width, self.visual_style.rich_style)
        if place == self._at:
            return self._strip(self._at_hand(self.lines[place]), width)
        line = self.lines[place]
        known = self._drawn.get(id(line))
        if known is None or known[0] is not line:
            known = self._drawn[id(line)] = (line, self._strip(self._idle(line), width))
        return known[1]

    def _idle(self, line: Line) -> Content:
        return Content.assemble(" ", line.draw(max(0, self._room - 1)))

    def _at_hand(self, line: Line) -> Content:
        body = line.draw(max(0, self._room - 1))
        body = body.pad_right(max(0, self._room - 1 - body.cell_length)).stylize_before(CURSOR)
        return Content.assemble(("▌", "$accent"), body)

    def _strip(self, content: Content, width: int) -> Strip:
        strips = Visual.to_strips(self, content, width, 1, self.visual_style, pad=True) if width > 0 else []
        return strips[0] if strips else Strip([Segment(" " * width)])

    def notify_style_update(self) -> None:
        """Another theme: nothing that was drawn holds any more."""
        super().notify_style_update()
        self._drawn.clear()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keeps what was drawn from growing without end."""
        super().watch_scroll_y(old_value, new_value)
        if len(self._drawn) > _KEPT:
            self._drawn.clear()
