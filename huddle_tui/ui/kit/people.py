"""Who is here: the opening of a round and its roll call, with what is still open from last time beside it."""

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click

from huddle_tui.ui.kit.listed import Listed
from huddle_tui.ui.kit.rows import Item
from huddle_tui.ui.kit.strip import side_by_side
from huddle_tui.ui.look.text import cut, pad, wrap


class PeopleList(Listed):
    """Two columns of lines with one cursor over both, left before right; one below the other where it is narrow."""

    DEFAULT_CSS = "PeopleList { height: 1fr; width: 1fr; }"

    lines: tuple[Item, ...] = ()
    _left: tuple[Item, ...] = ()
    _right: tuple[Item, ...] = ()
    _places: dict[tuple[int, int], Item]
    """Which line begins in which cell, as it is drawn."""

    def show(self, left: Sequence[Item], right: Sequence[Item] = ()) -> None:
        """Shows these lines."""
        self._left, self._right = tuple(left), tuple(right)
        self._put((*self._left, *self._right))

    def render(self) -> Content:
        """The two columns."""
        (width, height), self._places = self.size, {}
        if width < 8 or height < 1:
            return Content("")
        count = len(self._left) + len(self._right) + 1
        if not self._right:
            lines = self._column(self._left, width, height, 0)
        elif width >= 98 or count > height:
            part = self._share(width)
            left = self._column(self._left, part - 2, height, 0)
            right = self._column(self._right, width - part, height, part)
            lines = side_by_side(left, right, part)
        else:
            left = self._column(self._left, width, len(self._left), 0)
            more = self._column(self._right, width, height - len(left) - 1, 0, len(left) + 1, airy=False)
            lines = [*left, Content(""), *more] if more else left
        return Content("\n").join(lines[:height])

    def _share(self, width: int) -> int:
        """Cells for the left column: what it wants, as long as the right one keeps what it wants, or half.

        A right one of remarks alone is content with a third.
        """
        left, right = _wanted(self._left), _wanted(self._right)
        if not any(line.key for line in self._right):
            right = min(right, width // 3)
        return max(width // 3, min(left + 2, max(width // 2, width - right)))

    def _column(
        self, lines: tuple[Item, ...], width: int, height: int, x: int, y: int = 0, *, airy: bool = True
    ) -> list[Content]:
        """Long texts on more lines and headings apart as far as they fit; where it is `airy`, every line apart."""
        if height < 1:
            return []
        noted = [line for line in lines if line.key and line.note]
        notes = max((cell_len(line.note) for line in noted), default=0)
        room = max(4, min(width - 4, max(width // 2, width - 6 - notes)))
        widest = min(room, max((cell_len(line.text) for line in noted), default=0))
        blocks = [self._rows(line, width, widest, one=True) for line in lines]
        spare = height - len(blocks)
        for place, line in enumerate(lines):
            rows = self._rows(line, width, widest)
            if len(rows) - 1 <= spare:
                blocks[place], spare = rows, spare - len(rows) + 1
        total = height - spare
        headings = sum(not line.key and not line.style for line in lines[1:])
        apart, everywhere = headings <= spare, airy and len(lines) + headings <= spare
        hand = next((i for i, line in enumerate(lines) if line.key and line.key == self.cursor), 0)
        first = max(0, min(hand - height // 2, len(lines) - height)) if total > height else 0
        drawn: list[Content] = []
        for line, rows in zip(lines[first:], blocks[first:], strict=True):
            heading = not line.key and not line.style
            if drawn:
                drawn += [Content("")] * (everywhere + (apart and heading))
            for place in range(len(rows)):
                self._places[x, y + len(drawn) + place] = line
            drawn += rows
        return drawn[:height]

    def _rows(self, line: Item, width: int, widest: int, *, one: bool = False) -> list[Content]:
        """One line of the list, on as many lines as it takes, or on `one`."""
        if not line.key:
            texts = [cut(line.text, width)] if one else wrap(line.text, width)
            return [Content.styled(text, line.style or "bold $accent") for text in texts]
        room = widest if line.note else max(4, width - 4)
        aside = max(0, width - 6 - widest)
        texts = [cut(line.text, room)] if one else wrap(line.text, room)
        notes = [cut(line.note, aside)] if one or aside < 12 else wrap(line.note, aside)
        rows = []
        for n, (text, note) in enumerate(zip_longest(texts, notes, fillvalue="")):
            glyph = line.glyph if n == 0 and line.glyph else " "
            body = Content.assemble(" ", (glyph, line.style), " ", (pad(text, room), line.style))
            body = body.append(Content.styled(f"  {note}", "$quiet")) if line.note else body
            body = body.truncate(max(1, width - 1))
            if line.key == self.cursor:
                body = body.pad_right(max(0, width - 1 - body.cell_length)).stylize_before("bold on $panel")
                body = Content.assemble(("▌", "$accent"), body[1:])
            rows.append(body)
        return rows

    def _clicked(self, event: Click) -> int:
        hits = {x: line for (x, y), line in self._places.items() if y == event.y and x <= event.x}
        return self.lines.index(hits[max(hits)]) if hits else -1


def _wanted(lines: Sequence[Item]) -> int:
    """Cells that a column takes where nothing is cut."""
    text = max((cell_len(line.text) for line in lines if line.key), default=0)
    notes = max((cell_len(line.note) + 2 for line in lines if line.key and line.note), default=0)
    return max([4 + text + notes, *(cell_len(line.text) for line in lines if not line.key)])
