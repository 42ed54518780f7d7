"""Who is here: the opening of a round and its roll call, with what is still open from last time beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from huddle_tui.i18n import _
from huddle_tui.ui.text import cut, pad


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list."""

    key: str
    """What it stands for; empty for a heading."""
    text: str
    """People's text, shown as it is."""
    glyph: str = ""
    """One cell before it."""
    style: str = ""
    """Its colours."""
    note: str = ""
    """Quiet words behind it."""


class PeopleList(Widget):
    """Two columns of lines with one cursor over both; one below the other where it is narrow."""

    DEFAULT_CSS = "PeopleList { height: 1fr; width: 1fr; }"

    class Picked(Message):
        """A line was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left: tuple[Line, ...] = ()
        self._right: tuple[Line, ...] = ()
        self._places: dict[tuple[int, int], str] = {}
        self.cursor: str = ""
        """The key of the line under the cursor."""

    def show(self, left: Sequence[Line], right: Sequence[Line]) -> None:
        """Shows these lines; the cursor stays on what it was on."""
        self._left, self._right = tuple(left), tuple(right)
        if self.cursor not in self.keys:
            self.cursor = self.keys[0] if self.keys else ""
        self.refresh()

    @property
    def keys(self) -> list[str]:
        """Everything the cursor can be on, top to bottom, left before right."""
        return [line.key for line in (*self._left, *self._right) if line.key]

    def move(self, by: int) -> None:
        """The cursor down, or up where `by` is negative."""
        if self.keys:
            place = self.keys.index(self.cursor) if self.cursor in self.keys else 0
            self.cursor = self.keys[max(0, min(len(self.keys) - 1, place + by))]
            self.refresh()

    def render(self) -> Content:
        """The two columns."""
        width, height = self.size
        if width < 8 or height < 1:
            return Content("")
        self._places = {}
        both = width >= 98 or len(self._left) + len(self._right) + 1 > height
        if both:
            half = width // 2
            left = self._column(self._left, half - 2, height, 0)
            right = self._column(self._right, width - half, height, half)
            count = max(len(left), len(right))
            left += [Content("")] * (count - len(left))
            right += [Content("")] * (count - len(right))
            lines = [a.pad_right(max(0, half - a.cell_length)).append(b) for a, b in zip(left, right, strict=True)]
        else:
            left = self._column(self._left, width, height, 0)
            more = self._column(self._right, width, height - len(left) - 1, 0, len(left) + 1)
            lines = [*left, Content(""), *more] if more else left
        return Content("\n").join(lines[:height])

    def _column(self, lines: tuple[Line, ...], width: int, height: int, x: int, y: int = 0) -> list[Content]:
        hand = next((i for i, line in enumerate(lines) if line.key and line.key == self.cursor), 0)
        first = max(0, min(hand - height // 2, len(lines) - height)) if len(lines) > height > 0 else 0
        drawn = []
        noted = [line for line in lines if line.key and line.note]
        notes = max((cell_len(line.note) for line in noted), default=0)
        room = max(4, min(width - 4, max(width // 2, width - 6 - notes)))
        widest = min(room, max((cell_len(line.text) for line in noted), default=0))
        for place, line in enumerate(lines[first : first + max(0, height)]):
            self._places[x, y + place] = line.key
            if not line.key:
                drawn.append(Content.styled(cut(line.text, width), line.style or "bold $accent"))
                continue
            text = pad(line.text, widest) if line.note else cut(line.text, max(4, width - 4))
            note = "  " + cut(line.note, max(0, width - 6 - widest)) if line.note else ""
            body = Content.assemble(" ", (line.glyph or " ", line.style), " ", (text, line.style), (note, "$quiet"))
            body = body.truncate(max(1, width - 1))
            if line.key == self.cursor:
                body = body.pad_right(max(0, width - 1 - body.cell_length)).stylize_before("bold on $panel")
                body = Content.assemble(("▌", "$accent"), body[1:])
            drawn.append(body)
        return drawn

    def on_click(self, event: Click) -> None:
        """Tells which line was meant."""
        hits = [(x, key) for (x, y), key in self._places.items() if y == event.y and x <= event.x and key]
        if hits:
            self.cursor = max(hits)[1]
            self.refresh()
            self.post_message(self.Picked(self.cursor))


def nothing_open() -> Line:
    """What stands where no stuck and no action is open."""
    return Line("", _("Nothing is open from last time."), style="$quiet")
