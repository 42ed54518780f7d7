"""How an actual stands against its promise (METHOD 5 and 6). Pure arithmetic on exact decimals."""

from decimal import Decimal
from enum import Enum

import msgspec

from huddle_tui.domain.numbers import plain

_RED_SHARE = Decimal("0.15")
_EARLY_SHARE = Decimal("0.2")


class Direction(Enum):
    """Which way is better."""

    AT_LEAST = "at least"
    AT_MOST = "at most"

    def reaches(self, value: Decimal, edge: Decimal) -> bool:
        """Whether `value` is at `edge` or on its better side."""
        return value >= edge if self is Direction.AT_LEAST else value <= edge

    def worse(self, one: Decimal, other: Decimal) -> Decimal:
        """The worse of two values."""
        return min(one, other) if self is Direction.AT_LEAST else max(one, other)


class Status(Enum):
    """How an actual stands against its promise. Never shown by colour alone: `glyph` and a word go with it."""

    SUPER_GREEN = "supergreen"
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    TOO_EARLY = "too early"
    NOT_MEASURED = "not measured"

    @property
    def glyph(self) -> str:
        """One cell wide in every terminal."""
        return _GLYPHS[self]

    @property
    def kept(self) -> bool:
        """The promise was kept."""
        return self in _KEPT

    @property
    def missed(self) -> bool:
        """Yellow or red."""
        return self in _MISSED

    @property
    def judged(self) -> bool:
        """Counts for kept promises (METHOD 9)."""
        return self in _JUDGED


# Tuples: ten years of readings are asked, and an enum's hash costs more than four comparisons.
_KEPT = (Status.GREEN, Status.SUPER_GREEN)
_MISSED = (Status.YELLOW, Status.RED)
_JUDGED = (*_KEPT, *_MISSED)

_GLYPHS = {
    Status.SUPER_GREEN: "✦",
    Status.GREEN: "✔",
    Status.YELLOW: "◐",
    Status.RED: "⚑",
    Status.TOO_EARLY: "◌",
    Status.NOT_MEASURED: "–",
}


class Yardstick(msgspec.Struct, frozen=True):
    """What an actual is held against on one day: the promise at its pace, and the edges of that day."""

    direction: Direction
    """Which way is better."""
    promise: Decimal
    """The value committed to for the whole period."""
    pace: Decimal
    """The green edge of this day: the promise itself, or the share of it that the period has come to."""
    red_edge: Decimal
    """Worse than this is red; shrunk like the pace."""
    stretch: Decimal | None
    """At or beyond this is super green; shrunk like the pace."""
    too_early: bool = False
    """No more than a fifth of the period has passed: no flag yet."""

    def judge(self, actual: Decimal | None) -> Status:
        """The status of `actual`; None is *not measured* (METHOD 6)."""
        if actual is None:
            return Status.NOT_MEASURED
        if self.too_early:
            return Status.TOO_EARLY
        if self.stretch is not None and self.direction.reaches(actual, self.stretch):
            return Status.SUPER_GREEN
        if self.direction.reaches(actual, self.pace):
            return Status.GREEN
        return Status.YELLOW if self.direction.reaches(actual, self.red_edge) else Status.RED


def default_red_edge(direction: Direction, promise: Decimal) -> Decimal:
    """15 % of |promise| away from the promise on the worse side (METHOD 3)."""
    away = abs(promise) * _RED_SHARE
    return plain(promise - away if direction is Direction.AT_LEAST else promise + away)


def yardstick(
    direction: Direction,
    promise: Decimal,
    red_edge: Decimal | None = None,
    stretch: Decimal | None = None,
    passed: tuple[int, int] | None = None,
) -> Yardstick:
    """The yardstick of a day. `passed` is None for a snapshot, else (working days passed, working days in all).

    Edges that a changed promise has overtaken give way to the promise: the red edge never lies on its better side,
    a stretch never on its worse side.
    """
    edge = default_red_edge(direction, promise) if red_edge is None else direction.worse(red_edge, promise)
    if stretch is not None and not direction.reaches(stretch, promise):
        stretch = None
    done, days = passed if passed and passed[1] else (1, 1)

    def share(value: Decimal) -> Decimal:
        return plain(value if done == days else value * done / days)

    return Yardstick(
        direction,
        plain(promise),
        share(promise),
        share(edge),
        None if stretch is None else share(stretch),
        too_early=passed is not None and done <= days * _EARLY_SHARE,
    )
