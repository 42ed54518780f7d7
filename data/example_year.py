"""What happens in the example team's year: how its numbers move, and who was away, stuck or agreed to something when.

Written by hand; make_example.py makes a year of huddles of it. People and numbers go by short names, days are huddles
counted from the first one of the year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huddle_tui.activities.example import Day

Knots = Sequence[tuple[int, float]]


@dataclass(frozen=True)
class Snapshot:
    """A number as it stands on a day."""

    level: Knots
    """Where it lies around, by day; straight lines between."""
    wiggle: float
    """How far a day strays from that, at most, when the day before had no say."""
    step: str = "1"
    """It is counted in these."""
    lag: float = 0.0
    """How much of a day's straying is left the next day, 0 to 1."""
    top: float = 1e9
    """It cannot be more."""
    ending: str = ""
    """The last values as they are, for what the demonstration shows."""


@dataclass(frozen=True)
class Total:
    """A number that adds up over the week: what each day adds."""

    level: Knots
    """What a week comes to."""
    step: str = "1"
    """It is counted in these."""


@dataclass(frozen=True)
class Rare:
    """A number that is zero on nearly every day."""

    chance: float
    """How often it is one."""
    ending: str
    """The last values as they are."""


@dataclass(frozen=True)
class Listed:
    """A number whose values are written out, one per month."""

    values: str


Shape = Snapshot | Total | Rare | Listed

NUMBERS: Mapping[str, Shape] = {
    # Zoë
    "enquiries": Total([(0, 23), (95, 24), (110, 29), (170, 28), (178, 21), (190, 28), (250, 29)]),
    "answered": Snapshot([(0, 92), (40, 95), (150, 95), (182, 95), (186, 79), (250, 79)], 5, lag=0.2, top=100),
    "cost": Snapshot(
        [(0, 88), (60, 84), (90, 91), (120, 80), (180, 83), (250, 82)], 7, "0.05", lag=0.6,
        ending="80.15 79.40 79.95 78.60 78.20 77.85 78.10 76.90 77.45 76.30 75.80 74.95",
    ),
    "why": Total([(0, 6), (120, 6), (130, 5), (150, 6.5), (250, 6.2)]),
    # Bram
    "orders": Total(
        [(0, 21500), (60, 24000), (70, 18500), (85, 24500), (160, 28500), (225, 31000), (250, 28500)], "500"
    ),
    "pipeline": Snapshot(
        [(0, 162e3), (60, 172e3), (80, 207e3), (140, 218e3), (160, 196e3), (180, 215e3)], 9e3, "500", lag=0.7,
        ending="216500 208000 203000 197500 192000 188000 181000 172500 163000 154500 148500 187000",
    ),
    "deciders": Snapshot(
        [(0, 7), (60, 7), (70, 8.4), (95, 8.2), (110, 7), (250, 7.6)], 2.4,
        ending="7 6 7 9 8 6 7 7 8 6 9 7 8 7",
    ),
    "live": Snapshot(
        [(0, 78), (50, 84), (130, 85), (140, 76), (165, 85), (235, 85), (243, 79), (250, 83)], 4, lag=0.8, top=100
    ),
    # Fatima
    "solutions": Total([(0, 6), (140, 6.4), (150, 5), (165, 6.6), (250, 6.3)]),
    "schedule": Snapshot(
        [(0, 83), (55, 85), (62, 74), (75, 86), (120, 90), (195, 90), (203, 80), (215, 89)], 4, lag=0.5, top=100,
        ending="88 87 89 86 85 84 79 74 82 86 87 88",
    ),
    "faults": Snapshot(
        [(0, 4.6), (100, 3.6), (112, 6.6), (125, 3.5), (250, 3.8)], 2.2, ending="3 4 5 4 3 4 2 4 5 6 7 8 9 7"
    ),
    "margin": Snapshot(
        [(0, 32.4), (80, 33.6), (120, 32.8), (140, 31.2), (160, 33.8), (250, 34.6)], 1.2, "0.1", lag=0.85
    ),
    # Sanne
    "complaints": Snapshot(
        [(0, 9), (78, 9), (90, 6.4), (125, 7.4), (150, 8.6), (190, 9.4)], 2.1,
        ending="9 8 10 8 9 8 7 8 9 11 9 8 8 7",
    ),
    "wait": Snapshot(
        [(0, 3.6), (90, 3.4), (96, 5.4), (110, 3.2), (210, 2.8), (250, 3)], 1.6, "0.5",
        ending="3.0 3.5 2.5 3.0 4.0 3.0 7.5 4.5 3.0 3.5 2.0 3.5",
    ),
    "ahead": Snapshot([(0, 3.5), (90, 2.9), (130, 3.8), (250, 4.2)], 1.7),
    "compliments": Total([(0, 11), (85, 10), (105, 10), (140, 13), (250, 13)]),
    # Joris
    "improvements": Total([(0, 11), (70, 12), (78, 9), (95, 12), (205, 12.5), (250, 13)]),
    "leadtime": Snapshot([(0, 10), (90, 9.2), (160, 8.4), (200, 8.8), (225, 7.8), (250, 7.8)], 1, "0.1", lag=0.8),
    "comeback": Rare(0.05, "0 0 0 0 1 0 0 0 0 0 0 1"),
    "checks": Snapshot([(0, 98.6), (85, 98.9), (90, 96.5), (97, 98.9), (250, 98.8)], 1.2, "0.1", top=100),
    # Marijke
    "usage": Snapshot([(0, 51), (85, 57), (140, 58), (150, 54), (195, 61), (238, 64), (250, 61)], 3.5, lag=0.5),
    "rating": Snapshot([(0, 7.6), (90, 7.8), (110, 7.3), (140, 7.8), (250, 8)], 0.6, "0.1", lag=0.2, top=10),
    "users": Total([(0, 9), (150, 9.5), (160, 7.5), (180, 10), (250, 10)]),
    "mrr": Listed("117250 120400 121900 124350 131200 132800 131750 136900 139400 141150 137600 142800 146300 148750"),
    # Willem
    "candidates": Snapshot([(0, 7), (70, 7.6), (90, 5.4), (120, 7.2), (250, 7)], 2, lag=0.4),
    "answer": Snapshot([(0, 2.6), (150, 2.2), (160, 3.4), (175, 2.2), (250, 2.5)], 1.1, "0.5"),
    "settled": Snapshot([(0, 81), (100, 86), (140, 77), (170, 85), (250, 84)], 4, lag=0.85, top=100),
    # Noor
    "happiness": Snapshot(
        [(0, 7.9), (100, 7.9), (128, 7), (150, 7.3), (170, 8), (250, 8)], 0.7, "0.1", lag=0.3, top=10,
        ending="7.4 7.6 7.8 7.7 7.9 8.1 7.9 8.2 8.0 8.6 7.8 7.9",
    ),
    "goals": Snapshot([(0, 88), (40, 93), (120, 94), (128, 87), (150, 94), (250, 92)], 3, lag=0.85, top=100),
    "practice": Total([(0, 11), (100, 12.5), (140, 10), (160, 13), (250, 13)]),
}  # fmt: skip
"""In the order of the team files."""

AT_FIRST: Mapping[str, str] = {
    "enquiries": "20", "cost": "90", "orders": "20000", "pipeline": "150000", "schedule": "80", "leadtime": "10",
    "usage": "52", "mrr": "120000",
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
    (150, "complaints", "7"), (160, "leadtime", "9"), (175, "happiness", "7.5"), (190, "complaints", "8"),
    (195, "mrr", "145000"), (200, "usage", "60"),
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
