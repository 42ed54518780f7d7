"""The voice of the process: whether a number changed, or moves as it always does (METHOD 12). Pure, exact decimals.

The XmR chart of D. J. Wheeler: natural limits lie 2.66 times the mean moving range from the mean. From six values they
are on trial, from twelve they are locked to those twelve. What they do not explain is a signal.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal
from enum import StrEnum
from functools import partial
from itertools import groupby, pairwise
from typing import Final

import msgspec
from msgspec.structs import replace

from huddle_tui.domain.judging import Direction

TRIAL: Final = 6
"""Fewer values than this have no limits."""
LOCKED: Final = 12
"""From so many values on the limits are locked to the first of them."""
RUN: Final = 8
"""So many values in a row on one side of the mean are no accident."""
DRIFT: Final = (3, 4)
"""Three of four values in a row nearer to one limit than to the mean are none either."""

_NAMES: Final = ("outside", "run", "drift")
_LIMITS: Final = 266
"""Hundredths of the mean moving range between the mean and a limit."""
_RANGE_LIMIT: Final = Decimal("3.268")
_EXACT: Final = Context(prec=100)
"""Sums and products of values that people type are exact in it, and a quotient is on the right side of all of them."""


class Assurance(StrEnum):
    """A promise held against the natural limits."""

    WILL_KEEP = "will keep"
    """It lies beyond the limit on the bad side."""
    HIT_AND_MISS = "hit and miss"
    """It lies between the limits: the process decides, not the person."""
    WILL_NOT = "won't without a change"
    """It lies beyond the limit on the good side."""


class Signal(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """Values that the limits do not explain."""

    name: str
    """`outside`, `run` or `drift`."""
    start: int
    """The place of its first value, from 0; `from` in JSON."""
    end: int
    """The place of its last value; `to` in JSON."""
    above: bool
    """Above the mean, or below it."""


class Behaviour(msgspec.Struct, frozen=True):
    """A series and what its limits say about it."""

    values: tuple[Decimal, ...]
    """What was reported, oldest first."""
    baseline: int
    """Of how many of the first values the limits are made; 0 where there are none."""
    trial: bool
    """The limits are not locked yet."""
    mean: Decimal | None = None
    """X̄ of the baseline."""
    average_moving_range: Decimal | None = None
    """mR̄ of the baseline."""
    upper: Decimal | None = None
    """The upper natural limit."""
    lower: Decimal | None = None
    """The lower natural limit; None also where it would lie below 0 and no value does."""
    signals: tuple[Signal, ...] = ()
    """In the order of their first values."""
    assurance: Assurance | None = None
    """The promise held against the limits, where one was named and twelve values are known."""

    @property
    def range_limit(self) -> Decimal | None:
        """What a move from one value to the next seldom exceeds: 3.268 × mR̄."""
        ranges = self.average_moving_range
        return None if ranges is None else _EXACT.multiply(_RANGE_LIMIT, ranges)

    @property
    def news(self) -> Signal | None:
        """The strongest signal that the last value is part of, if any."""
        return strongest(self.signals, len(self.values) - 1)


def behaviour(
    values: Sequence[Decimal],
    baseline: int | None = None,
    *,
    promise: Decimal | None = None,
    direction: Direction = Direction.AT_LEAST,
) -> Behaviour:
    """What the limits say about `values`, oldest first.

    `baseline` is of how many of the first values the limits are made: all of them up to twelve unless somebody decided
    otherwise. With a `promise` its assurance is told too.
    """
    known = tuple(values)
    found = limits(known, baseline)
    if found is None:
        return Behaviour(known, 0, trial=True)
    found = found.above_nought(known)
    return Behaviour(
        known,
        found.count,
        trial=found.count < LOCKED,
        mean=found.mean,
        average_moving_range=found.average_moving_range,
        upper=found.upper,
        lower=found.lower,
        signals=signals(found, known),
        assurance=None
        if promise is None or len(known) < LOCKED
        else assurance(promise, direction, found.upper, Decimal(0) if found.lower is None else found.lower),
    )


class Limits(msgspec.Struct, frozen=True):
    """What the first values of a series say about all that follow."""

    count: int
    """Of how many values they are made."""
    mean: Decimal
    """X̄."""
    average_moving_range: Decimal
    """mR̄."""
    upper: Decimal
    """X̄ + 2.66 × mR̄."""
    lower: Decimal | None
    """X̄ - 2.66 × mR̄; None where it does not exist."""
    high: Decimal
    """Beyond this a value is nearer to the upper limit than to the mean."""
    low: Decimal
    """The same for the lower limit."""

    def above_nought(self, values: Iterable[Decimal]) -> "Limits":
        """These limits, without a lower one below 0 where none of `values` lies there."""
        needless = self.lower is not None and self.lower < 0 and all(value >= 0 for value in values)
        return replace(self, lower=None) if needless else self


def limits(values: Sequence[Decimal], baseline: int | None = None) -> Limits | None:
    """The natural limits of a series; None where it has too few values."""
    count = min(len(values), LOCKED if baseline is None else baseline)
    if count < TRIAL:
        return None
    total, ranges = Decimal(0), Decimal(0)
    for value in values[:count]:
        total = _EXACT.add(total, value)
    for one, other in pairwise(values[:count]):
        ranges = _EXACT.add(ranges, abs(_EXACT.subtract(one, other)))

    def line(hundredths: int) -> Decimal:
        """The mean and so many hundredths of mR̄, in one division: what is an exact decimal is exactly that."""
        whole = _EXACT.multiply(total, Decimal(100 * (count - 1)))
        away = _EXACT.multiply(ranges, Decimal(hundredths * count))
        return _EXACT.divide(_EXACT.add(whole, away), Decimal(100 * count * (count - 1)))

    mean_range = _EXACT.divide(ranges, Decimal(count - 1))
    lines = (line(hundredths) for hundredths in (_LIMITS, -_LIMITS, _LIMITS // 2, -_LIMITS // 2))
    return Limits(count, line(0), mean_range, *lines)


def signals(limits: Limits, values: Sequence[Decimal]) -> tuple[Signal, ...]:
    """What the limits do not explain of `values`, in the order of the places where it begins."""
    mean, high, low = limits.mean, limits.high, None if limits.lower is None else limits.low
    beyond = partial(_side, high=limits.upper, low=limits.lower)
    found = [
        *(Signal("outside", n, n, side > 0) for n, value in enumerate(values) if (side := beyond(value))),
        *_runs([_side(value, mean, mean) for value in values]),
    ]
    if high > mean:  # where nothing ever moved the limits are the mean, and nothing is nearer to one than to the other
        found += _drifts([_side(value, high, low) for value in values])
    return tuple(sorted(found, key=lambda signal: (signal.start, signal.end)))


def strongest(found: Sequence[Signal], place: int) -> Signal | None:
    """The strongest signal that ends at that place."""
    there = [signal for signal in found if signal.end == place]
    return min(there, key=lambda signal: _NAMES.index(signal.name), default=None)


def assurance(promise: Decimal, direction: Direction, upper: Decimal, lower: Decimal) -> Assurance:
    """What the limits say about a promise; one that lies on a limit lies between them."""
    if lower <= promise <= upper:
        return Assurance.HIT_AND_MISS
    easy = promise < lower if direction is Direction.AT_LEAST else promise > upper
    return Assurance.WILL_KEEP if easy else Assurance.WILL_NOT


def _side(value: Decimal, high: Decimal, low: Decimal | None) -> int:
    """1 above `high`, -1 below `low`, else 0."""
    return 1 if value > high else -1 if low is not None and value < low else 0


def _runs(sides: Sequence[int]) -> Iterator[Signal]:
    """Rows of eight and more on one side; a value on the mean itself is on neither."""
    place = 0
    for side, row in groupby(sides):
        length = sum(1 for _same in row)
        if side and length >= RUN:
            yield Signal("run", place, place + length - 1, side > 0)
        place += length


def _drifts(sides: Sequence[int]) -> Iterator[Signal]:
    """Windows of four with three on one side; those that overlap are one signal that goes on."""
    enough, width = DRIFT
    for side in (1, -1):
        found: list[tuple[int, int]] = []
        for end in range(width - 1, len(sides)):
            if sides[end - width + 1 : end + 1].count(side) < enough:
                continue
            start = found.pop()[0] if found and end - width < found[-1][1] else end - width + 1
            found.append((start, end))
        yield from (Signal("drift", start, end, side > 0) for start, end in found)
