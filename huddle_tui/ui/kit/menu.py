"""A list of lines that are known beforehand: headings, and lines with something at their right end."""

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from textual.content import Content

from huddle_tui.ui.kit.rows import CURSOR, Line, Rows
from huddle_tui.ui.look.text import cut, pad


class Item(msgspec.Struct, frozen=True):
    """One line."""

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
    """Such a list; the second click on a line picks it."""

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
