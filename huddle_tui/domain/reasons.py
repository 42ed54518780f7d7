"""Why a promise was missed: nine reasons, always the same, and in whose hands each was (METHOD 11). Pure.

A reason is given by the owner, for the team: the pile of them is never set out per person.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final

import msgspec

from huddle_tui.domain.sentence import N_

NOT_KNOWN: Final = 9
"""Don't know yet: what saying none means, and what is asked again at that person's next turn."""
RING: Final[tuple[int, ...]] = (NOT_KNOWN, *range(1, NOT_KNOWN))
"""The order in which the arrows go round them, from the one that stands there at first."""


class Hands(Enum):
    """In whose hands a reason was. The value is its English word."""

    OURS = "ours"
    THEIRS = "theirs"
    OUTSIDE = "outside"
    OPEN = "open"


class Reason(msgspec.Struct, frozen=True):
    """One of the nine."""

    words: str
    """In English, to be translated where it is shown."""
    hands: Hands
    """In whose hands it was."""


REASONS: Final[Mapping[int, Reason]] = {
    1: Reason(N_("promised too much"), Hands.OURS),
    2: Reason(N_("waited for a colleague"), Hands.OURS),
    3: Reason(N_("other work went first"), Hands.OURS),
    4: Reason(N_("forgot, or not started"), Hands.OURS),
    5: Reason(N_("the customer"), Hands.THEIRS),
    6: Reason(N_("a supplier"), Hands.THEIRS),
    7: Reason(N_("ill or away"), Hands.OUTSIDE),
    8: Reason(N_("something unforeseen"), Hands.OUTSIDE),
    NOT_KNOWN: Reason(N_("don't know yet"), Hands.OPEN),
}
"""By the digit that stands for it in files and line by line."""


def of_digit(typed: str) -> int | None:
    """The reason that was typed as its digit; None for anything else."""
    return int(typed) if typed in map(str, REASONS) else None


def turned(reason: int | None, step: int) -> int:
    """The reason that many steps further round the ring; None stands where it begins."""
    place = RING.index(NOT_KNOWN if reason is None else reason)
    return RING[(place + step) % len(RING)]


class Pile(msgspec.Struct, frozen=True):
    """Reasons that were given, counted."""

    counts: tuple[tuple[int, int], ...] = ()
    """Reason and how often, the largest first; those that were never given are left out."""

    @staticmethod
    def of(reasons: Iterable[int]) -> "Pile":
        """The pile of these."""
        return Pile(tuple(sorted(Counter(reasons).items(), key=lambda one: (-one[1], one[0]))))

    @property
    def total(self) -> int:
        """Misses of which it was asked why."""
        return sum(count for _reason, count in self.counts)

    def in_hands(self, hands: Hands) -> int:
        """How many were in those hands."""
        return sum(count for reason, count in self.counts if REASONS[reason].hands is hands)
