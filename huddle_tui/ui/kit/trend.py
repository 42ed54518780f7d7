"""The shape of the last values, small: columns of blocks, or one line of them. For exact values there is the chart."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
"""A cell filled from below, by eighths."""

Values = Sequence[Decimal | None]
"""Oldest first; None was not measured and leaves a gap."""

_FLOOR: Final = Decimal("0.25")  # the lowest value still shows a column: nothing at all means not measured


def columns(values: Values, rows: int) -> list[str]:
    """The values as columns of one cell wide and `rows` high, top row first; they share one scale."""
    known = [value for value in values if value is not None]
    low, span = (min(known), max(known) - min(known)) if known else (Decimal(0), Decimal(0))

    def eighths(value: Decimal | None) -> int:
        if value is None:
            return 0
        share = (value - low) / span if span else Decimal("0.5")
        return max(1, round((_FLOOR + (1 - _FLOOR) * share) * rows * 8))

    levels = [eighths(value) for value in values]
    return ["".join(EIGHTHS[max(0, min(8, level - row * 8))] for level in levels) for row in reversed(range(rows))]


def spark(values: Values, cells: int) -> str:
    """The last values in one line of at most `cells` cells."""
    return columns(values[-cells:], 1)[0] if cells > 0 else ""
