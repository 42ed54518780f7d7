"""Makes data/example/history.json: a year of believable huddles of the example team.

    python data/make_example.py           writes the file
    python data/make_example.py --check   fails where the file is not what this script makes

Always the same bytes: one seeded generator, no clock, and no arithmetic that is not exactly rounded everywhere. Days
are counted in huddles, not in dates, so that the year can end on any day: `activities.example` lays it out before
whatever today is.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random

from example_year import (
    ACTIONS,
    AT_FIRST,
    COMMITTED,
    HOLIDAYS,
    NUMBERS,
    RAISED,
    STUCKS,
    TODAY,
    Listed,
    Rare,
    Shape,
    Snapshot,
    Total,
)

from huddle_tui.activities.example import WARM_UP, Day, History
from huddle_tui.domain.behaviour import Assurance, behaviour
from huddle_tui.domain.judging import Direction

HERE = Path(__file__).parent / "example"
SEED = 907
HUDDLES = 250
VALUES = HUDDLES + WARM_UP + 1
"""One value per working day that is reported on: the last is for the huddle that is still to be held."""

BY_HAND = HUDDLES - 12
"""From this huddle on the stucks and actions are those of example_year.py."""

FIRST, TOTALS_FROM = 24, 110
"""Nothing is in the way of the values that limits are made of: of a total twelve weeks, its owner's holidays beside."""
IDLE = 0.07
"""So often a day adds nothing to a total."""
RECENT, LAST = 200, 234
"""The last time that something was in the way, within the last thirteen weeks and over by now."""

TOLD: Mapping[str, Assurance | None] = {
    "pipeline": None, "comeback": None, "mrr": None,
    "answered": Assurance.WILL_NOT, "complaints": Assurance.HIT_AND_MISS,
}  # fmt: skip
"""What the limits say about each promise: that it will be kept, unless something else stands here (None: whatever)."""

Texts = Mapping[str, Mapping[str, list[list[str]]]]
"""What data/example/texts.toml holds."""


def values(shape: Shape, rng: Random) -> list[str]:
    """What is reported for each working day, as exact decimals."""
    match shape:
        case Listed(values):
            return values.split()
        case Rare(chance, since):
            ones = (str(int(day > FIRST and rng.random() < chance)) for day in range(since))
            return [*ones, *"0" * (VALUES - since - 1), "1"]
        case Total(level, idle, step):
            added, carried = [], 0.5
            spells = {*range(idle, idle + 5), *(day for day in range(TOTALS_FROM, LAST) if rng.random() < IDLE)}
            for day in range(VALUES):
                if day in spells:
                    added.append("0")
                    continue
                carried += level / 5 / float(step) * (0.88 + 0.24 * rng.random())
                added.append(exact(int(carried), step))
                carried -= int(carried)
            return added
        case Snapshot(level, wiggle, step, trouble, top, ending):
            spells = {*in_the_way(FIRST, RECENT, 8, rng), *in_the_way(RECENT, LAST, 1, rng)}
            standing = []
            for day in range(VALUES):
                lies = level if trouble is None or day not in spells else trouble
                value = max(0.0, min(top, lies + wiggle * (rng.random() + rng.random() - 1)))
                standing.append(exact(int(value / float(step) + 0.5), step))
            last = ending.split()
            return [*standing[: VALUES - len(last)], *last]


def in_the_way(first: int, last: int, spells: int, rng: Random) -> set[int]:
    """The days on which something was in the way: so many spells of three to six days, evenly set apart."""
    each = (last - first) // spells
    starts = (first + n * each + rng.randrange(max(1, each - 6)) for n in range(spells))
    return {day for start in starts for day in range(start, start + rng.randrange(3, 7))}


def strayed(rng: Random) -> float:
    """Mostly between -1 and 1; one day in twenty is out of the ordinary."""
    return (rng.random() + rng.random() - 1) * (3 if rng.random() < 0.05 else 1.5)


def exact(count: int, step: str) -> str:
    """So many steps, as an exact decimal."""
    return format(count * Decimal(step), "f")


def make_numbers(promises: Mapping[str, tuple[Decimal, Direction]]) -> dict[str, list[str]]:
    """Every number of the year, with what must have been said on certain days put in its place.

    Each is drawn until its limits tell what the example tells: see `TOLD`.
    """
    numbers = {}
    for slug, shape in NUMBERS.items():
        drawn = (values(shape, Random(f"{SEED} {slug} {attempt}")) for attempt in count())
        numbers[slug] = next(found for found in drawn if tells(slug, found, *promises[slug]))
    for day, slug, said, _ in COMMITTED:
        numbers[slug][day + WARM_UP] = said
    return numbers


def tells(slug: str, drawn: list[str], promise: Decimal, direction: Direction) -> bool:
    """Whether that series, whichever of its first values were not said, has the assurance it should and nothing new."""
    wanted = TOLD.get(slug, Assurance.WILL_KEEP)
    if wanted is None:
        return True
    said = [Decimal(value) for value in drawn[:-1]]  # the last one is still to be said
    if isinstance(NUMBERS[slug], Total):
        every = [[sum(said[at : at + 5], Decimal(0)) for at in range(first, len(said) - 4, 5)] for first in range(5)]
    else:
        every = [said]
    heard = ([*one[:gap], *one[gap + away :]] for one in every for away in range(4) for gap in range(14))
    found = (behaviour(one, promise=promise, direction=direction) for one in heard)
    return all(one.assurance is wanted and one.news is None for one in found)


def make_days(owns: Mapping[str, list[str]], texts: Texts, rng: Random) -> list[Day]:
    """What happened in each huddle besides the numbers; `owns` is per person the numbers they read out."""
    owner = {slug: person for person, slugs in owns.items() for slug in slugs}
    needed = {(day, owner[slug]) for day, slug, *_ in COMMITTED}
    needed |= {(day, person) for day, person, *_ in STUCKS} | {(day, person) for day, person, *_ in ACTIONS}
    fixed = {(day, slug) for day, slug, *_ in COMMITTED}
    stuck_until: dict[str, int] = {}
    days = []
    for number in range(HUDDLES):
        off = {p for p, spans in HOLIDAYS.items() if any(start <= number < start + long for start, long in spans)}
        ill = {p for p in owns if rng.random() < 0.012}
        away = [p for p in owns if p in off | ill and (number, p) not in needed]
        here = [p for p in owns if p not in away]
        eager = 0.3 + 0.4 * number / HUDDLES
        pace = 1.18 - 0.3 * number / HUDDLES + 0.1 * strayed(rng) + (0.6 if rng.random() < 0.03 else 0)
        day = Day(
            talk=[int((56 + 20 * strayed(rng)) * pace) for _ in here],
            close=18 + int(22 * rng.random()),
            late=int(70 * rng.random()),
            away=away,
            checked_in=[p for p in owns if rng.random() < eager and p not in off],
        )
        if rng.random() < 0.9:
            day["temperature"] = min(10, max(4, int(8.2 - 1.2 * (80 < number < 150) + 1.5 * strayed(rng))))
        spoken = [
            slug for p in here for slug in owns[p] if slug not in {"mrr", "comeback"} and (number, slug) not in fixed
        ]
        if rng.random() < 0.35:
            day["unmeasured"] = [rng.choice(spoken)]
        if rng.random() < 0.12 and (ready := [slug for slug in spoken if slippery(slug, day)]):
            day["slips"] = {(slug := rng.choice(ready)): slip(slug, rng)}
        if rng.random() < 0.06:
            day["proxies"] = [rng.choice(here)]
        if number < BY_HAND:
            free = [p for p in here if rng.random() < 0.05 and stuck_until.get(p, 0) <= number]
            stucks = [(p, some(texts["stucks"][p], rng), rng.choice([1, 1, 1, 2, 2, 3, 4, 6])) for p in free]
            stuck_until |= {p: number + after for p, _, after in stucks}
            busy = [p for p in here if rng.random() < 0.035]
            actions = [
                (p, some(texts["actions"][p], rng), rng.randrange(1, 6), rng.choice([1, 2, 2, 3, 4, 5, 9]))
                for p in busy
            ]
        else:
            stucks = [(p, text, after) for n, p, text, after in STUCKS if n == number]
            actions = [(p, text, by, after) for n, p, text, by, after in ACTIONS if n == number]
        if stucks:
            day["stucks"] = stucks
        if actions:
            day["actions"] = actions
        if rng.random() < 0.12:
            day["offline"] = [(p := rng.choice(here), some(texts["offline"][p], rng))]
        days.append(day)
    return days


def some(texts: list[list[str]], rng: Random) -> int:
    """The place of one of the texts."""
    return rng.randrange(len(texts))


def slippery(slug: str, day: Day) -> bool:
    """Whether that number may be said wrongly on that day."""
    return isinstance(NUMBERS[slug], Snapshot) and slug not in day.get("unmeasured", [])


def slip(slug: str, rng: Random) -> str:
    """A number said wrongly at first: somebody else's, so to speak."""
    shape = NUMBERS[slug]
    assert isinstance(shape, Snapshot)
    return exact(int(shape.level * (0.8 + 0.4 * rng.random()) / float(shape.step)), shape.step)


def make() -> str:
    """The file, as text."""
    team = tomllib.loads((HERE / "team.en.toml").read_text("utf-8"))
    texts = tomllib.loads((HERE / "texts.toml").read_text("utf-8"))
    names = [person["name"] for person in team["person"]]
    people = dict(zip(names, texts["stucks"], strict=True))
    owns: dict[str, list[str]] = {person: [] for person in people.values()}
    for slug, kpi in zip(NUMBERS, team["kpi"], strict=True):
        owns[people[kpi["owner"]]].append(slug)
    promises = {
        slug: (Decimal(str(kpi["promise"])), Direction(kpi.get("direction", "at least")))
        for slug, kpi in zip(NUMBERS, team["kpi"], strict=True)
    }
    history = History(
        people=list(owns),
        kpis=list(NUMBERS),
        numbers=make_numbers(promises),
        at_first=dict(AT_FIRST),
        committed=[(day, slug, promise) for day, slug, _, promise in COMMITTED],
        raised=list(RAISED),
        days=make_days(owns, texts, Random(SEED)),
        today=TODAY,
    )
    return "".join(_lines(history))


def _lines(history: History) -> list[str]:
    """JSON with a line per number and per huddle, so that a change can be read in a diff."""
    parts = []
    for key, value in history.items():
        match value:
            case dict():
                inner = ",\n".join(f"  {_compact(k)}: {_compact(v)}" for k, v in value.items())
                parts.append(f"{_compact(key)}: {{\n{inner}\n }}")
            case list() if key == "days":
                inner = ",\n".join(f"  {_compact(day)}" for day in value)
                parts.append(f"{_compact(key)}: [\n{inner}\n ]")
            case _:
                parts.append(f"{_compact(key)}: {_compact(value)}")
    return ["{\n ", ",\n ".join(parts), "\n}\n"]


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    made, file = make(), HERE / "history.json"
    if "--check" in sys.argv[1:]:
        sys.exit(0 if file.read_text("utf-8") == made else f"{file.name} is stale: run python data/make_example.py")
    file.write_text(made, "utf-8", newline="\n")
