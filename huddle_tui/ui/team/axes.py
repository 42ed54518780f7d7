"""The four axes of a person's numbers as bars: leading and lagging, output and input, fast and slow, hard and soft."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from huddle_tui.domain.team import Kpi, Measures, Nature, Timing
from huddle_tui.i18n import _
from huddle_tui.ui.kit.drawn import Drawn
from huddle_tui.ui.look.text import pad
from huddle_tui.words import word


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
