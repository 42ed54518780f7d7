"""What is read from four metres: a name, a number, a clock. Block letters where they fit, else bold text."""

import math
from typing import Literal

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from huddle_tui.domain.text import clean_line
from huddle_tui.ui.look import bigfont
from huddle_tui.ui.look.text import cut, pad

Align = Literal["left", "right"]


class _Big(Widget):
    """Some lines of text, centred from top to bottom and aligned to a side, whatever the size."""

    DEFAULT_CSS = "_Big { height: 4; width: 1fr; color: $foreground; text-wrap: nowrap; text-overflow: clip; }"

    text = reactive("", layout=True)
    """What it says; typed by people, so never markup."""

    def __init__(self, text: str = "", *, align: Align = "left", id: str | None = None) -> None:
        super().__init__(id=id)
        self._align: Align = align
        self.set_reactive(_Big.text, text)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The width of the block letters, or of the text where it cannot be drawn."""
        text = clean_line(self.text)
        return bigfont.width(text, scale=self._scale()) if bigfont.drawable(text) else cell_len(text)

    def lines(self, width: int, height: int) -> list[str]:
        """What to draw in so many cells; no line wider, no more lines than fit."""
        raise NotImplementedError

    def render(self) -> Content:
        """The lines in their place; block letters carry their own weight, text is bold."""
        width, height = self.content_size
        if not width or not height:
            return Content("")
        lines = self.lines(width, height)
        above = (height - len(lines)) // 2
        drawn = "\n".join([""] * above + [pad(line, width, self._align) for line in lines])
        return Content.styled(drawn, "bold")

    def _scale(self) -> int:
        """How large letters can be at the height that the style sheet gives."""
        height = self.styles.height
        return 2 if height is not None and height.cells is not None and height.cells >= 8 else 1


class BigText(_Big):
    """A name: all of it in block letters, else the first word with the rest beside it, else smaller, else bold text.

    With width `auto` it asks for the room that the block letters want.
    """

    def lines(self, width: int, height: int) -> list[str]:
        """The largest form that fits."""
        text = clean_line(self.text)
        first, _space, rest = text.partition(" ")
        for small in (False, True):
            if whole := bigfont.fit(text, width, height, small=small):
                return whole
            if rest and (drawn := bigfont.fit(first, width, height, small=small)):
                return self._with_rest(drawn, rest, width, height)
        return [cut(text, width)]

    def _with_rest(self, drawn: list[str], rest: str, width: int, height: int) -> list[str]:
        """The rest of a name in plain letters: beside the block letters, else below them, else as much as fits."""
        room = width - len(drawn[0]) - 2
        if len(drawn) < height and room < cell_len(rest):
            return [*drawn, cut(rest, width)]
        beside = "  " + cut(rest, room) if room >= min(8, cell_len(rest)) else ""
        return [pad(row, len(row) + cell_len(beside)) for row in drawn[:-1]] + [drawn[-1] + beside]


class BigNumber(_Big):
    """A number with its unit; the number is what matters, so the unit goes first where there is no room for both."""

    unit = reactive("", layout=True)
    """The unit that stands behind it."""

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The width of the block figures with their unit."""
        return super().get_content_width(container, viewport) + cell_len(self._beside())

    def lines(self, width: int, height: int) -> list[str]:
        """The largest form that fits, with its unit if that fits too."""
        value = clean_line(self.text)
        beside = cut(self._beside(), max(4, width // 3))
        for tail in (beside, ""):
            if drawn := bigfont.fit(value, width - cell_len(tail), height):
                return [row + " " * cell_len(tail) for row in drawn[:-1]] + [drawn[-1] + tail]
        return [cut(value + self._beside(), width)]

    def _beside(self) -> str:
        unit = clean_line(self.unit)
        return f" {unit}" if unit else ""


class Countdown(_Big):
    """The time left in a turn; after zero the overtime, calmly: `0:48`, `0:00`, `+0:12` (METHOD 8).

    Carries the class `-soon` near the end and `-over` after it. Redraws only when what it shows changes.
    """

    DEFAULT_CSS = """
    Countdown { width: auto; color: $success; }
    Countdown.-soon, Countdown.-over { color: $warning; }
    """

    SOON = 0.2
    """The last share of the time in which the end is near."""

    text = reactive("")
    """What it shows now."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(clock(0), align="right", id=id)

    def show(self, left: float, total: float) -> None:
        """Shows that `left` of `total` seconds are left; less than zero is overtime."""
        self.set_class(left < 0, "-over")
        self.set_class(0 <= left <= total * self.SOON, "-soon")
        before, self.text = self.text, clock(left)
        if len(before) != len(self.text):  # else every second would lay the whole screen out again
            self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Room for overtime too, so that nothing moves at zero."""
        return max(bigfont.width(text, scale=self._scale()) for text in (self.text, "+0:00"))

    def lines(self, width: int, height: int) -> list[str]:
        """The largest clock that fits."""
        return bigfont.fit(self.text, width, height) or [cut(self.text, width)]


def clock(left: float) -> str:
    """Seconds left as a clock: `1:00` until a whole second is gone, `0:00` at the end, then `+0:01`."""
    seconds = math.floor(-left) if left < 0 else math.ceil(left)
    return f"{'+' if left < 0 else ''}{seconds // 60}:{seconds % 60:02}"


class TimeBar(Widget):
    """The share of the time that is left, as a line: it drains to the left, and overtime grows from the right.

    `-soon` and `-over` as in `Countdown`; redraws by half cells.
    """

    DEFAULT_CSS = """
    TimeBar { height: 1; width: 1fr; color: $success; text-wrap: nowrap; text-overflow: clip; }
    TimeBar.-soon, TimeBar.-over { color: $warning; }
    """

    def __init__(self, share: float = 1.0, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._share = share
        self._mark()

    def show(self, share: float) -> None:
        """Shows the share of the time that is left: 1 at the start, 0 at the end, less than 0 in overtime."""
        before, self._share = self._halves(), share
        self._mark()
        if before != self._halves():
            self.refresh()

    def render(self) -> Content:
        """Heavy for the time left or gone over, thin for the rest."""
        width = self.content_size.width
        full, half = divmod(abs(self._halves()), 2)
        rest = "─" * (width - full - half)
        if self._halves() < 0:
            return Content.assemble((rest, "$rule"), "╺" * half + "━" * full)
        return Content.assemble("━" * full + "╸" * half, (rest, "$rule"))

    def _halves(self) -> int:
        """Half cells to fill; below zero in overtime."""
        return round(max(-1.0, min(1.0, self._share)) * 2 * self.content_size.width)

    def _mark(self) -> None:
        self.set_class(self._share < 0, "-over")
        self.set_class(0 <= self._share <= Countdown.SOON, "-soon")
