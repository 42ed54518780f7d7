"""The numbers of the person at hand, drawn: on their four axes, and where there is room with their last thirteen."""

from collections.abc import Iterator, Sequence
from functools import partial

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from huddle_tui.domain.history import TRAILING, Past, series
from huddle_tui.domain.promises import Tally
from huddle_tui.domain.scorecard import By, row
from huddle_tui.domain.team import Kpi, Measures, Nature, Timing
from huddle_tui.i18n import _, locale
from huddle_tui.ui.kit.drawn import Drawn
from huddle_tui.ui.kit.strip import two_ends
from huddle_tui.ui.look.text import pad
from huddle_tui.ui.shared.chart import chart
from huddle_tui.ui.shared.figures import points
from huddle_tui.words import short, word


class Axes(Drawn[Sequence[Kpi]]):
    """A bar per axis with the two sides at its ends; the first side grows from the left."""

    DEFAULT_CSS = "Axes { height: 4; width: 1fr; text-wrap: nowrap; text-overflow: clip; }"

    def draw(self, given: Sequence[Kpi], width: int, height: int) -> list[Content]:
        """Four lines, the bars under each other."""
        sides = counts(given)
        names = max(cell_len(name) for side in sides for name in (side[0], side[2]))
        room = width - 2 * (names + 4)
        return [_line(side, names, max(0, room)).truncate(width) for side in sides]


def counts(kpis: Sequence[Kpi]) -> list[tuple[str, int, str, int]]:
    """Per axis: the word for its first side and how many numbers are on it, and the same of its second."""
    first = {
        (word(Timing.LEADING), word(Timing.LAGGING)): sum(k.timing is Timing.LEADING for k in kpis),
        (word(Measures.OUTPUT), word(Measures.INPUT)): sum(k.measures is Measures.OUTPUT for k in kpis),
        (_("fast"), _("slow")): sum(not k.period.slow for k in kpis),
        (word(Nature.HARD), word(Nature.SOFT)): sum(k.nature is Nature.HARD for k in kpis),
    }
    return [(one, count, other, len(kpis) - count) for (one, other), count in first.items()]


def _line(side: tuple[str, int, str, int], names: int, room: int) -> Content:
    one, first, other, second = side
    both = first + second
    filled = round(room * first / both) if both else 0
    if first and second:
        filled = max(1, min(room - 1, filled))
    bar = ("▇" * filled, "$primary"), ("─" * (room - filled), "$quiet" if both else "$rule")
    left, right = ("bold" if count else "$quiet" for count in (first, second))
    begin, end = (pad(one, names, "right"), left), (pad(other, names), right)
    return Content.assemble(begin, (f" {first:>2} ", left), *bar, (f" {second:<2} ", right), end)


_LEAST = 7
"""Lines that a chart with its title takes at least."""
_APART = 3
"""Cells between two charts."""


class LastThirteen(Widget):
    """A chart for each number, two beside each other."""

    DEFAULT_CSS = "LastThirteen { height: 1fr; min-height: 12; text-wrap: nowrap; text-overflow: clip; }"

    _past: Past | None = None
    _kpis: tuple[Kpi, ...] = ()

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
