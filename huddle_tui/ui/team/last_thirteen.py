"""The numbers of the person at hand with their last thirteen, where a large screen has room for charts."""

from collections.abc import Iterator, Sequence
from functools import partial

from textual.content import Content
from textual.widget import Widget

from huddle_tui.domain.history import TRAILING, Past, series
from huddle_tui.domain.promises import Tally
from huddle_tui.domain.scorecard import By, row
from huddle_tui.domain.team import Kpi
from huddle_tui.i18n import _, locale
from huddle_tui.ui.kit.strip import two_ends
from huddle_tui.ui.look.text import pad
from huddle_tui.ui.shared.chart import chart
from huddle_tui.ui.shared.figures import points
from huddle_tui.words import short

_LEAST = 7
"""Lines that a chart with its title takes at least."""
_APART = 3
"""Cells between two charts."""


class LastThirteen(Widget):
    """A chart for each number, two beside each other."""

    DEFAULT_CSS = "LastThirteen { height: 1fr; min-height: 12; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self) -> None:
        super().__init__()
        self._past: Past | None = None
        self._kpis: tuple[Kpi, ...] = ()

    def show(self, past: Past | None, kpis: Sequence[Kpi]) -> None:
        """Those numbers, as far as something was said of them."""
        self._past, self._kpis = past, tuple(kpi for kpi in kpis if past and past.said.get(kpi.id))
        self.display = bool(self._kpis)
        self.refresh()

    def render(self) -> Content:
        """As many charts as fit."""
        width, height = self.size
        if self._past is None or not self._kpis or width < 20 or height < _LEAST:
            return Content("")
        across = min(2, len(self._kpis))
        rows = min(-(-len(self._kpis) // across), height // _LEAST)
        wide, high = (width - _APART * (across - 1)) // across, height // rows
        drawn = [list(self._draw(self._past, kpi, wide, high)) for kpi in self._kpis[: rows * across]]
        lines = []
        for place in range(0, len(drawn), across):
            beside = drawn[place : place + across]
            lines += [Content(" " * _APART).join(parts) for parts in zip(*beside, strict=True)]
        return Content("\n").join(lines)

    def _draw(self, past: Past, kpi: Kpi, width: int, height: int) -> Iterator[Content]:
        """Its name and how often it was kept, then its chart, and a line of air."""
        drawn = series(past.said[kpi.id], TRAILING, TRAILING, past.team.calendar)
        first = drawn.said[0].huddle
        kept: Tally = row(past, kpi.id, By.HUDDLE, first).kept
        told = _("kept {kept} of {judged}").format(kept=kept.kept, judged=kept.due) if kept.due else ""
        star = "★ " if kpi.most_important else ""
        yield two_ends(Content.assemble((star, "$accent"), (kpi.name, "bold")), Content.styled(told, "$quiet"), width)
        show = partial(short, locale=locale(), decimals=kpi.decimals)
        made = chart(points(drawn, past.team.calendar), width, height - 2, show, plain=self.app.no_color)
        for line in made:
            yield line.pad_right(max(0, width - line.cell_length))
        for _line in range(height - 1 - len(made)):
            yield Content(pad("", width))
