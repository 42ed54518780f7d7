"""What happens in the example team's year: how its numbers move, and who was away, stuck or agreed to something when.

Written by hand; make_example.py makes a year of huddles of it. People and numbers go by short names, days are huddles
counted from the first one of the year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huddle_tui.activities.example import Day


@dataclass(frozen=True)
class Snapshot:
    """A number as it stands on a day."""

    level: float
    """Where it lies around."""
    wiggle: float
    """How far a day strays from that, at most."""
    step: str = "1"
    """It is counted in these."""
    trouble: float | None = None
    """Where it lies on days on which something was in the way; None where nothing ever is."""
    top: float = 1e9
    """It cannot be more."""
    ending: str = ""
    """The last values as they are, for what the demonstration shows."""


@dataclass(frozen=True)
class Total:
    """A number that adds up over the week: what each day adds."""

    level: float
    """What a week comes to."""
    idle: int
    """From this day on nothing was added for a week."""
    step: str = "1"
    """It is counted in these."""


@dataclass(frozen=True)
class Rare:
    """A number that is zero on nearly every day."""

    chance: float
    """How often it is one."""
    since: int
    """From this day on it was zero up to yesterday."""


@dataclass(frozen=True)
class Listed:
    """A number whose values are written out, one per month."""

    values: str


Shape = Snapshot | Total | Rare | Listed

NUMBERS: Mapping[str, Shape] = {
    # Zoë
    "enquiries": Total(29, 206),
    "answered": Snapshot(84, 3),
    "cost": Snapshot(79, 3.5, "0.05", 97, ending="79.40 78.10 80.15 78.60 79.95 79.20 78.40 74.95"),
    "why": Total(7, 216),
    # Bram
    "orders": Total(29000, 209, "500"),
    "pipeline": Snapshot(
        212e3, 8e3, "500", 165e3,
        ending="216500 208000 203000 197500 192000 188000 181000 172500 163000 154500 148500 187000",
    ),
    "deciders": Snapshot(8.5, 1, trouble=4, ending="8 9 8 9 9 8 9 8"),
    "live": Snapshot(87, 3, trouble=72, top=100),
    # Fatima
    "solutions": Total(7, 213),
    "schedule": Snapshot(91, 3, trouble=78, top=100, ending="90 91 91 79 74 82 91 90 92 90 93 90 91 91"),
    "faults": Snapshot(3.5, 0.7, trouble=7, ending="3 4 3 7 9 8 7 4 3 4 3 4 3 4"),
    "margin": Snapshot(34.5, 1.2, "0.1", 31.4),
    # Sanne
    "complaints": Snapshot(8.6, 2.6, ending="9 8 10 8 9 8 7 8 9 11 9 8 8 7"),
    "wait": Snapshot(2.75, 0.5, "0.5", 5, ending="3.0 2.5 3.0 7.5 4.5 3.0 3.0 2.5 3.0 2.5 3.0 3.0"),
    "ahead": Snapshot(4.5, 0.6, trouble=2),
    "compliments": Total(12.5, 221),
    # Joris
    "improvements": Total(12.5, 219),
    "leadtime": Snapshot(7.9, 0.6, "0.1", 10.3),
    "comeback": Rare(0.09, 180),
    "checks": Snapshot(99.1, 0.5, "0.1", 96.5, top=100),
    # Marijke
    "usage": Snapshot(65, 2.5, trouble=51),
    "rating": Snapshot(8, 0.3, "0.1", 7.2, top=10),
    "users": Total(10.4, 200),
    "mrr": Listed("147250 148100 147400 148650 147900 148300 147600 148200 136500 147850 148400 147700 148050 148350"),
    # Willem
    "candidates": Snapshot(8.5, 1, trouble=5),
    "answer": Snapshot(2.25, 0.4, "0.5", 3.5),
    "settled": Snapshot(86, 3, trouble=74, top=100),
    # Noor
    "happiness": Snapshot(
        8.1, 0.3, "0.1", 7.1, top=10, ending="8.0 7.2 7.0 8.1 7.9 8.0 8.2 7.9 8.1 8.0 7.9 7.4"
    ),
    "goals": Snapshot(94, 2, trouble=86, top=100),
    "practice": Total(12.5, 203),
}  # fmt: skip
"""In the order of the team files.

What they tell: nearly all of them move as they always do, and are missed only when something was in the way. The value
of the chances changed, the answers of the same day are never enough, nothing that was repaired came back, and the
complaints are kept or missed by chance.
"""

AT_FIRST: Mapping[str, str] = {
    "enquiries": "20", "answered": "80", "cost": "90", "orders": "20000", "pipeline": "150000", "schedule": "80",
    "leadtime": "10", "usage": "52", "mrr": "120000",
}  # fmt: skip
"""The promises a year ago, where they were others than the team file says."""

COMMITTED: Sequence[tuple[int, str, str, str]] = [
    (60, "deciders", "4", "8"),
    (95, "complaints", "5", "6"),
    (111, "deciders", "4", "6"),
    (130, "happiness", "6.6", "7"),
    (249, "pipeline", "148500", "180000"),
]
"""After a red flag: (huddle, number, what was said, what was promised from then on)."""

RAISED: Sequence[tuple[int, str, str]] = [
    (66, "mrr", "130000"), (80, "pipeline", "200000"), (90, "usage", "56"), (100, "enquiries", "25"),
    (120, "schedule", "85"), (122, "orders", "25000"), (128, "mrr", "138000"), (140, "cost", "85"),
    (150, "complaints", "7"), (160, "leadtime", "9"), (170, "answered", "90"), (175, "happiness", "7.5"),
    (190, "complaints", "8"), (195, "mrr", "145000"), (200, "usage", "60"),
]  # fmt: skip
"""Between two huddles: (the huddle that is the first to know, number, the new promise)."""

HOLIDAYS: Mapping[str, Sequence[tuple[int, int]]] = {
    "zoe": [(30, 5), (142, 15)], "bram": [(72, 10), (186, 8)], "fatima": [(18, 10), (168, 10)],
    "sanne": [(51, 10), (157, 10)], "joris": [(88, 5), (147, 15)], "marijke": [(104, 10), (211, 5)],
    "willem": [(41, 10), (134, 10)], "noor": [(62, 5), (178, 12)],
}  # fmt: skip
"""Per person: (first huddle missed, how many)."""

STUCKS: Sequence[tuple[int, str, int, int]] = [
    (240, "zoe", 1, 2), (243, "willem", 1, 3), (244, "joris", 0, 1), (245, "sanne", 1, 0), (247, "fatima", 3, 0),
    (248, "bram", 1, 0),
]  # fmt: skip
"""The stucks of the last days: (huddle, person, which text, solved how many huddles later; 0 is still open)."""

ACTIONS: Sequence[tuple[int, str, int, int, int]] = [
    (241, "marijke", 0, 3, 2), (243, "willem", 1, 2, 2), (244, "joris", 0, 1, 1), (246, "fatima", 2, 3, 0),
    (248, "sanne", 0, 2, 0), (249, "bram", 0, 1, 0), (249, "noor", 0, 4, 0),
]  # fmt: skip
"""The actions of the last days: (huddle, person, which text, to be done in how many working days, done after)."""

TODAY = Day(talk=[], close=0, late=0, away=[], checked_in=["zoe", "sanne", "joris", "noor"], stucks=[("joris", 2, 0)])
"""The huddle that is still to be held: who has checked in already."""
