"""A list with one cursor: headings, lines with something at their right end, scrolling along with the cursor.

Drawn in one go, so that a hundred lines cost no more than ten.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.widget import Widget

from huddle_tui.ui.look.text import cut, pad


class Item(msgspec.Struct, frozen=True):
    """One line."""

    key: str
    """What it stands for; empty for a heading or a remark, which the cursor passes over."""
    text: str
    """Its words, often people's."""
    right: str = ""
    """Quiet words at the right end."""
    glyph: str = ""
    """One cell before it."""
    style: str = ""
    """The colours of text and glyph."""
    indent: int = 0
    """Cells before the glyph."""
    note: str = ""
    """Quiet words behind it, in one column for all lines."""


class Menu(Widget):
    """The lines, as many as fit around the cursor."""

    DEFAULT_CSS = "Menu { height: 1fr; width: 1fr; text-wrap: nowrap; text-overflow: clip; }"

    class Moved(Message):
        """The cursor is on another line."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Picked(Message):
        """The line under the cursor was clicked once more."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._items: tuple[Item, ...] = ()
        self._top = 0
        self.cursor = ""
        """The key of the line under the cursor."""

    def show(self, items: Sequence[Item], cursor: str | None = None) -> None:
        """Shows these lines, the cursor on `cursor`, else where it was, else on the nearest."""
        place = self.keys.index(self.cursor) if self.cursor in self.keys else 0
        self._items = tuple(items)
        wanted = cursor if cursor in self.keys else self.cursor
        if wanted not in self.keys:
            wanted = self.keys[min(place, len(self.keys) - 1)] if self.keys else ""
        self.cursor = wanted
        self.refresh()

    @property
    def keys(self) -> list[str]:
        """Everything the cursor can be on."""
        return [item.key for item in self._items if item.key]

    def move(self, by: int) -> None:
        """The cursor down, or up where `by` is negative."""
        keys = self.keys
        if keys:
            place = keys.index(self.cursor) if self.cursor in keys else 0
            self.go(keys[max(0, min(len(keys) - 1, place + by))])

    def go(self, key: str) -> None:
        """The cursor to that line."""
        if key in self.keys and key != self.cursor:
            self.cursor = key
            self.refresh()
            self.post_message(self.Moved(key))

    def render(self) -> Content:
        """The lines around the cursor."""
        width, height = self.content_size
        if width < 4 or height < 1:
            return Content("")
        at = next((i for i, item in enumerate(self._items) if item.key and item.key == self.cursor), 0)
        above = at - 1 if at and not self._items[at - 1].key else at
        self._top = max(0, min(self._top, above, len(self._items) - 1))
        self._top = max(self._top, at - height + 1) if len(self._items) > height else 0
        shown = self._items[self._top : self._top + height]
        return Content("\n").join(self._line(item, width) for item in shown)

    def _line(self, item: Item, width: int) -> Content:
        if not item.key:
            return Content.styled(cut(item.text, width), item.style or "bold $accent")
        here = item.key == self.cursor
        right = cut(item.right, max(0, min(width // 2, width - 12)))
        glyph = f"{item.glyph} " if item.glyph else ""
        room = width - 1 - item.indent - cell_len(glyph) - cell_len(right) - 2
        text, note = cut(item.text, max(1, room)), ""
        if item.note:
            widest = min(max(cell_len(other.text) for other in self._items if other.note), max(1, room // 2))
            text, note = pad(item.text, widest), "  " + cut(item.note, max(1, room - widest - 2))
        left = Content.assemble(
            ("▌" if here else " ", "$accent"),
            " " * item.indent,
            (glyph, item.style),
            (text, item.style),
            (note, "$quiet"),
        )
        gap = " " * max(1, width - left.cell_length - cell_len(right))
        line = Content.assemble(left, gap, (right, "$quiet")).truncate(width)
        return line.stylize_before("bold on $panel") if here else line

    def on_click(self, event: Click) -> None:
        """The cursor to that line; a second click picks it."""
        place = self._top + event.y
        key = self._items[place].key if 0 <= place < len(self._items) else ""
        if key and key == self.cursor:
            self.post_message(self.Picked(key))
        elif key:
            self.go(key)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.move(-1)
