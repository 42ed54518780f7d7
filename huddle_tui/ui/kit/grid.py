"""A table of any width and length whose names and headings stay while it scrolls: the scorecard (METHOD 9)."""

from collections.abc import Callable, Hashable, Sequence

import msgspec
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.strip import Strip

from huddle_tui.ui.kit.rows import CURSOR, Rows, Words
from huddle_tui.ui.look.text import pad

HAND = "bold underline $background on $hand"
"""The cell at hand; underlined too, for where there is no colour."""


class Table(msgspec.Struct, frozen=True):
    """A whole table, laid out for one width."""

    fixed: int = 0
    """Cells for the part that stays."""
    wide: int = 6
    """Cells for each column, the space between columns included."""
    head: tuple[Content, ...] = (Content(""), Content(""))
    """The heading lines of the part that stays."""
    columns: int = 0
    """How many there are."""
    heading: Callable[[int], tuple[str, ...]] = msgspec.field(default=lambda _place: ("", ""))
    """What stands over the column at that place, in as many lines: in the first where it differs from the column
    before."""
    rows: Sequence[Words] = ()
    """From top to bottom: what stays while the cells scroll; what stands for nothing is a heading."""
    cell: Callable[[Hashable, int], Content] = msgspec.field(default=lambda _key, _place: Content(""))
    """What a row shows in the column at that place; asked for when it comes into sight."""


class Grid(Rows):
    """A cursor over rows and columns. It starts at the newest column: the last one."""

    DEFAULT_CSS = """
    Grid { overflow-x: auto; overflow-y: auto; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    """

    _table = Table()
    column = -1
    """The place of the column at hand; -1 where there is none."""

    @property
    def head(self) -> int:
        """Heading lines: the columns', and what they are about."""
        return len(self._table.head)

    def show_table(self, make: Callable[[int], Table], column: int | None = None) -> None:
        """Shows what `make` gives for the width, with the cursor in `column`; None stays in the same place
        counted from the newest, so that older columns can come in before it."""
        old = self._table.columns

        def lines(width: int) -> Sequence[Words]:
            self._table = make(width)
            return self._table.rows

        from_end = old - self.column if old else 1
        self.show(lines)
        count = self._table.columns
        self.column = max(0, min(count - 1, count - from_end if column is None else column)) if count else -1
        self._reveal()

    @property
    def shown(self) -> int:
        """How many columns fit."""
        return max(1, (self._room - self._table.fixed) // self._table.wide)

    @property
    def left(self) -> int:
        """The place of the first column in sight."""
        return round(self.scroll_offset.x / self._table.wide)

    def _extent(self) -> Size:
        hidden = max(0, self._table.columns - self.shown)
        return Size(self.inside.width + hidden * self._table.wide, len(self.lines) + self.head)

    def _reveal(self) -> None:
        self._drawn.clear()
        left = max(min(self.left, self.column), self.column - self.shown + 1)
        left = max(0, min(left, self._table.columns - self.shown))
        self.scroll_to(x=left * self._table.wide, animate=False, force=True)
        self.refresh()

    def _lay_out(self, cursor: Hashable | None) -> None:
        super()._lay_out(cursor)
        self._reveal()

    def sideways(self, by: int) -> None:
        """So many columns to the right, or to the left where `by` is negative."""
        if self._table.columns:
            self.column = max(0, min(self._table.columns - 1, self.column + by))
            self._reveal()
            self.post_message(self.Moved())

    def _click(self, event: Click) -> None:
        """The cursor goes to the cell that was clicked; a click on the cell at hand opens it."""
        before = (self.cursor, self.column)
        place = self.left + (event.x - self._table.fixed) // self._table.wide
        if event.x >= self._table.fixed and place < self._table.columns:
            self.column = place
        super()._click(event)
        if (self.cursor, self.column) == before and event.y >= self.head:
            self.post_message(self.Picked())
        else:
            self.sideways(0)

    def _pick(self) -> None:
        """The second click on a cell picks it, not the first one on its row."""

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """Other columns are in sight."""
        super().watch_scroll_x(old_value, new_value)
        self._drawn.clear()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A heading line, or a row."""
        if y < self.head:
            return self._strip(self._heading(y), self.inside.width)
        return super().render_line(y)

    def _places(self) -> range:
        return range(self.left, min(self._table.columns, self.left + self.shown))

    def _heading(self, y: int) -> Content:
        parts: list[Content] = [self._fixed(self._table.head[y])]
        heading, wide = self._table.heading, self._table.wide
        if y == 0:
            parts.append(Content.styled(_spans([heading(place)[0] for place in self._places()], wide), "$accent"))
        else:
            for place in self._places():
                at_hand = place == self.column and y == 1
                style = "bold $foreground on $panel" if at_hand else "$quiet"
                parts.append(Content.styled(pad(heading(place)[y], wide - 1, "right"), style))
                parts.append(Content(" "))
        return Content.assemble(*parts)

    def _fixed(self, content: Content) -> Content:
        content = content.truncate(self._table.fixed)
        return content.pad_right(max(0, self._table.fixed - content.cell_length))

    def _idle(self, line: object) -> Content:
        assert isinstance(line, Words)
        if line.key is None:
            return line.content
        cells = [self._cell(line.key, place) for place in self._places()]
        return Content.assemble(self._fixed(Content.assemble(" ", line.content)), *cells)

    def _at_hand(self, line: object) -> Content:
        assert isinstance(line, Words)
        fixed = self._fixed(Content.assemble(("▌", "$accent"), line.content)).stylize_before(CURSOR)
        cells = []
        for place in self._places():
            cell = self._cell(line.key, place)
            if place == self.column:
                cell = Content.assemble((cell.plain[:-1], HAND), " ")
            cells.append(cell)
        return Content.assemble(fixed, *cells)

    def _cell(self, key: Hashable | None, place: int) -> Content:
        cell = self._table.cell(key, place)
        room = self._table.wide - 1
        if cell.cell_length > room:
            cell = cell.truncate(room, ellipsis=True)
        return Content.assemble(cell.pad_left(max(0, room - cell.cell_length)), " ")


def _spans(texts: Sequence[str], wide: int) -> str:
    """Heading texts, each over its column and the ones after it that say the same, where there is room to say it."""
    line = ""
    for place, text in enumerate(texts):
        if place == 0 or text != texts[place - 1]:
            span = next((n for n, other in enumerate(texts[place:]) if other != text), len(texts) - place)
            room = span * wide - 1
            line += pad(text if len(text) <= room else "", room) + " "
    return line
