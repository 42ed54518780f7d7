"""From values to rows of cells: where an axis starts and which round numbers stand beside it. Exact arithmetic."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import msgspec

from huddle_tui.domain.numbers import plain

_NARROW = 5  # values that differ by less than a fifth of the highest are shown from near the lowest on
_TICK_ROWS, _TICKS = 3, 8  # at least so many rows between two ticks, and about so many ticks at most


class Scale(msgspec.Struct, frozen=True):
    """An axis that is `rows` cells high."""

    rows: int
    """Cells from bottom to top."""
    bottom: Decimal
    """The value at the lower edge."""
    top: Decimal
    """The value at the upper edge."""
    base: int
    """The row, counted from below, on which columns stand: 0, or the row of zero where something is negative."""
    ticks: tuple[Decimal, ...]
    """Round values (1, 2 or 5 times a power of ten) within the edges, lowest first."""

    def eighths(self, value: Decimal) -> int:
        """How high above the bottom, in eighths of a cell."""
        return round((value - self.bottom) / (self.top - self.bottom) * self.rows * 8)

    def row(self, value: Decimal) -> int:
        """The cell, counted from below, that a line at `value` runs through: the last one of a column that long."""
        return max(0, min(self.rows - 1, (self.eighths(value) - (value > 0)) // 8))


def scale(values: Sequence[Decimal], rows: int) -> Scale:
    """The axis on which all `values` show their differences, `rows` cells high (at least one).

    It starts at zero, so that columns can be compared by eye, unless the values lie too close together for that.
    """
    low, high = (min(values), max(values)) if values else (Decimal(0), Decimal(1))
    whole = all(value == value.to_integral_value() for value in values)
    if 0 < (high - low) * _NARROW < low:
        step = _step((high - low) * Decimal("1.5"), rows, whole)
        bottom = max(Decimal(0), _multiple(low - (high - low) / 2, step, ROUND_FLOOR))
        return Scale(rows, bottom, high, 0, _ticks(bottom, high, step))
    bottom, top = min(low, Decimal(0)), max(high, Decimal(0))
    if bottom == top:
        top = Decimal(1)
    base = round(-bottom / (top - bottom) * rows)
    if bottom < 0 < top and rows > 1:
        base = max(1, min(rows - 1, base))
        each = max(-bottom / base, top / (rows - base))
        bottom, top = -each * base, each * (rows - base)
    return Scale(rows, bottom, top, base, _ticks(bottom, top, _step(top - bottom, rows, whole)))


def _step(span: Decimal, rows: int, whole: bool) -> Decimal:
    """The smallest of 1, 2 or 5 times a power of ten that leaves room between the ticks; whole for counts."""
    least = max(span * _TICK_ROWS / rows, span / _TICKS)
    unit = Decimal(1).scaleb(least.adjusted())
    step = next(unit * times for times in (1, 2, 5, 10) if unit * times >= least)
    return max(step, Decimal(1)) if whole else step


def _multiple(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (value / step).to_integral_value(rounding) * step


def _ticks(bottom: Decimal, top: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    first = _multiple(bottom, step, ROUND_CEILING)
    ticks = (plain(first + step * place) for place in range(int((top - first) / step) + 1))
    return tuple(tick for tick in ticks if bottom <= tick <= top)  # division rounds, at the 28th digit
