"""What can become of a promise: kept, renegotiated, missed, not reported, and how that is counted (METHOD 9). Pure."""

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from typing import Final

import msgspec

from huddle_tui.domain.huddle import Reading
from huddle_tui.domain.team import Counting
from huddle_tui.domain.workdays import Calendar

PERCENT_FROM: Final = 6
"""Below so many promises there is no percentage."""
EASY_FROM: Final = 30
"""From so many promises on the team is asked whether they are easy."""
EASY_ABOVE: Final = 95
"""Where more than this percentage of them was kept."""


_WEEKDAYS: Final = Calendar()


class Outcome(Enum):
    """What became of a promise that fell due. The value is its English word."""

    KEPT = "kept"
    """Its actual meets it, and every promise that was in force since its period began."""
    RENEGOTIATED = "renegotiated"
    """Its actual meets it, but not a harder one that was in force earlier in its period."""
    MISSED = "missed"
    """Its actual does not meet it: all or nothing, yellow is missed."""
    NOT_REPORTED = "not reported"
    """Its owner was there, and it was not measured."""


def share(part: int, whole: int) -> int | None:
    """So many of so many as a percentage, rounded half up; None below six (METHOD 9).

    100 only where it is all of them and 0 only where it is none: 415 of 416 is 99.
    """
    if whole < PERCENT_FROM:
        return None
    percent = (200 * part + whole) // (2 * whole)
    return percent if part in {0, whole} else min(max(percent, 1), 99)


class Tally(msgspec.Struct, frozen=True):
    """Promises that fell due, by what became of them. Tallies are added; percentages are never averaged."""

    kept: int = 0
    """`Outcome.KEPT`."""
    missed: int = 0
    """`Outcome.MISSED`."""
    renegotiated: int = 0
    """`Outcome.RENEGOTIATED`."""
    not_reported: int = 0
    """`Outcome.NOT_REPORTED`."""

    @staticmethod
    def of(outcomes: Iterable[Outcome]) -> "Tally":
        """The tally of these outcomes."""
        every = list(outcomes)
        return Tally(*map(every.count, (Outcome.KEPT, Outcome.MISSED, Outcome.RENEGOTIATED, Outcome.NOT_REPORTED)))

    @property
    def due(self) -> int:
        """All that fell due."""
        return self.kept + self.missed + self.renegotiated + self.not_reported

    @property
    def percent(self) -> int | None:
        """The share kept of all that fell due; None below six."""
        return share(self.kept, self.due)

    @property
    def easy(self) -> bool:
        """So many were kept that the promises may be easy."""
        return self.due >= EASY_FROM and 100 * self.kept > EASY_ABOVE * self.due

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.kept + other.kept,
            self.missed + other.missed,
            self.renegotiated + other.renegotiated,
            self.not_reported + other.not_reported,
        )


def outcome(reading: Reading, earlier: Iterable[Decimal] = ()) -> Outcome:
    """What became of the promise that fell due with `reading`; `earlier` are those in force earlier in its period."""
    actual, reaches = reading.actual, reading.direction.reaches
    if actual is None:
        return Outcome.NOT_REPORTED
    if not reaches(actual, reading.promise):
        return Outcome.MISSED
    if reading.harder is not None and not reaches(actual, reading.harder):
        return Outcome.RENEGOTIATED
    for promise in earlier:
        if not reaches(actual, promise):
            return Outcome.RENEGOTIATED
    return Outcome.KEPT


def whole(reading: Reading, calendar: Calendar) -> bool:
    """Whether a reading is about the whole of its period: a snapshot is, a running total on its last reporting day."""
    if reading.counting is not Counting.RUNNING_TOTAL:
        return True
    if reading.promise:  # as it was judged then, whatever became of the calendar since
        return reading.pace == reading.promise
    return reading.day >= calendar.last_workday(reading.period, reading.day)


def tally_of(readings: Iterable[Reading]) -> Tally:
    """What became of the promises that fell due with these readings, by what each of them knows.

    A total of which nothing is promised falls due on the last weekday of its period; the others tell by themselves.
    """
    return Tally.of(outcome(reading) for reading in readings if whole(reading, _WEEKDAYS))
