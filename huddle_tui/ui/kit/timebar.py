"""A clock as a line: what is left drains to the left; overtime grows from the right, so the two look different."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from huddle_tui.ui.kit.big import Countdown


class TimeBar(Widget):
    """The share of the time that is left. `-soon` and `-over` as in `Countdown`; redraws by half cells."""

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
