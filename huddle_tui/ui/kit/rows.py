"""Lists of any length with a cursor: only the lines that show are drawn, so ten years open at once and never hitch."""

from collections.abc import Callable, Hashable, Sequence
from typing import Protocol

import msgspec
from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from huddle_tui.ui.kit.listed import HasKey, Listed
from huddle_tui.ui.look.text import cut, pad

_KEPT = 1000
"""So many drawn lines are kept, for when they come into sight again."""
CURSOR = "bold on $panel"
"""The line at hand; a bar at its left edge says so without colour too."""


class Line(HasKey, Protocol):
    """One line of a list."""

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


class Rows(Listed, ScrollView):
    """A list that scrolls."""

    DEFAULT_CSS = """
    Rows { height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
        background: transparent; text-wrap: nowrap; text-overflow: clip; }
    """
    can_focus = False
    ALLOW_SELECT = False

    KNOWN = False
    """Whether the lines are the same for every width and there before the list has one; the cursor stays on its own."""
    lines: Sequence[Line]
    """All lines, as made for the width of the moment."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: Callable[[int], Sequence[Line]] = lambda _width: ()
        self._drawn: dict[int, tuple[Line, Strip]] = {}
        self._drawn_for = 0
        self._moved = False

    @property
    def head(self) -> int:
        """Lines at the top that stay where they are."""
        return 0

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
        if self._moved:
            self._put_cursor(cursor, place)
        else:
            self._put_cursor(None, 0)
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

    def on_resize(self) -> None:
        """Another width breaks and cuts lines elsewhere."""
        self._lay_out(self.cursor)

    # The cursor

    def first(self) -> None:
        """To the first line, and there it stays."""
        super().first()
        self._moved = False

    def page(self, by: int) -> None:
        """A screenful down, or up."""
        self.move(by * max(1, self.inside.height - self.head - 1))

    def _went(self, before: int, past_end: int) -> None:
        self._moved = True
        self._follow(past_end)
        self.refresh(*(self._region(place) for place in (before, self._at)))

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

    def _clicked(self, event: Click) -> int:
        return event.y - self.head + self.scroll_offset.y if event.y >= self.head else -1

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


class Item(msgspec.Struct, frozen=True):
    """One line of a menu: a heading, or what can be picked with something at its right end."""

    key: str | None
    """What it stands for; None for a heading or a remark, which the cursor passes over."""
    text: str = ""
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
    beside: int = 0
    """Where that column begins: cells of the longest text that has a note."""

    def draw(self, width: int) -> Content:
        """What fits, as it is while the cursor is elsewhere."""
        if self.key is None:
            return Content.styled(cut(self.text, width), self.style or "bold $accent")
        right = cut(self.right, max(0, min(width // 2, width - 12)))
        glyph = f"{self.glyph} " if self.glyph else ""
        room = width - 1 - self.indent - cell_len(glyph) - cell_len(right) - 2
        text, note = cut(self.text, max(1, room)), ""
        if self.note:
            widest = min(self.beside, max(1, room // 2))
            text, note = pad(self.text, widest), "  " + cut(self.note, max(1, room - widest - 2))
        left = Content.assemble(" " * (1 + self.indent), (glyph + text, self.style), (note, "$quiet"))
        gap = " " * max(1, width - left.cell_length - cell_len(right))
        return Content.assemble(left, gap, (right, "$quiet")).truncate(width)


class Menu(Rows):
    """A list of lines that are known beforehand; the second click on a line picks it."""

    DEFAULT_CSS = "Menu { scrollbar-size-vertical: 0; }"
    KNOWN = True
    TWICE = True

    def show_items(self, items: Sequence[Item], cursor: str | None = None) -> None:
        """Shows these lines, the cursor on `cursor`, else where it was, else on the nearest."""
        widest = max((cell_len(item.text) for item in items if item.note), default=0)
        lines = [msgspec.structs.replace(item, beside=widest) for item in items]
        self.show(lambda _width: lines, cursor)

    def _idle(self, line: Line) -> Content:
        return line.draw(self.inside.width)

    def _at_hand(self, line: Line) -> Content:
        return Content.assemble(("▌", "$accent"), line.draw(self.inside.width)[1:]).stylize_before(CURSOR)
