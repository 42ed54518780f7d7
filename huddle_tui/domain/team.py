"""The team: people, core processes, KPIs and the promises made on them (METHOD 2 and 3)."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Annotated

import msgspec
from msgspec.structs import replace

from huddle_tui.domain.judging import Direction, Yardstick, yardstick
from huddle_tui.domain.numbers import FRACTION_DIGITS
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.workdays import Calendar, Period, Reports

Decimals = Annotated[int, msgspec.Meta(ge=0, le=FRACTION_DIGITS)]
"""How many decimals a number is shown with: no more than can be typed."""


class Counting(Enum):
    """How the values of one period belong together."""

    SNAPSHOT = "snapshot"
    """The value as it stands."""
    RUNNING_TOTAL = "running total"
    """It adds up over the period, and is judged against its pace."""

    @staticmethod
    def proposed(period: Period, unit: str) -> "Counting":
        """What a guided start proposes: a week's, month's or quarter's promise adds up, a ratio never (METHOD 5)."""
        ratio = unit.strip().startswith(("%", "/")) or "/" in unit or "%" in unit
        return Counting.SNAPSHOT if period is Period.DAY or ratio else Counting.RUNNING_TOTAL


class Timing(Enum):
    """The first axis of the article. A *kind* of KPI: not to be confused with a red flag."""

    LEADING = "leading"
    LAGGING = "lagging"


class Measures(Enum):
    """The second axis: what comes out, or what is put in."""

    OUTPUT = "output"
    INPUT = "input"


class Nature(Enum):
    """The fourth axis: an objective count, or a judgement put in a number."""

    HARD = "hard"
    SOFT = "soft"


class Order(Enum):
    """In which order people speak (METHOD 8)."""

    ROTATING = "rotating"
    LISTED = "listed"
    SHUFFLED = "shuffled"


class Person(msgspec.Struct, frozen=True):
    """A member of the team."""

    id: str
    """Stable for ever; also the name of that person's check-in file."""
    name: str
    """Unique in the team, compared without case."""
    role: str = ""
    """A role title that means something."""
    away_from: date | None = None
    """The first day away."""
    away_to: date | None = None
    """The last day away; None with `away_from` set is until further notice."""
    left_on: date | None = None
    """The day this person left the team; what they said stays."""
    link: str = ""
    """The fingerprint of this person's link to the browser pages; empty is none. In no export and no team file."""

    def away_on(self, day: date) -> bool:
        """Whether this person is known to be away on `day`."""
        return self.away_from is not None and self.away_from <= day and (self.away_to is None or day <= self.away_to)


class Process(msgspec.Struct, frozen=True):
    """One core process of the PACe chart; its place in `Team.processes` is the customer's order."""

    id: str
    """Stable for ever."""
    name: str
    """What it delivers to the customer; unique, compared without case."""
    accountable: str | None = None
    """The id of the one person accountable; None is a hole."""
    key_numbers: tuple[str, ...] = ()
    """Names of key numbers written on the chart before anybody reads them out."""


class Baseline(msgspec.Struct, frozen=True):
    """Somebody's decision that the natural limits of a number begin anew (METHOD 12)."""

    day: date
    """The first day whose value counts."""
    why: str
    """What changed."""
    decided_on: date
    """When it was decided."""


class Decision(Enum):
    """What a quarter's review came to for a number. The value is its English word."""

    RAISE = "raise"
    """Another promise: it had become too easy."""
    MEND = "mend"
    """Another way of counting or promising it."""
    KEEP = "keep"
    """As it is."""
    DROP = "drop"
    """Nobody reads it out any more."""


class Decided(msgspec.Struct, frozen=True):
    """What was decided of a number in a quarter's review."""

    quarter: str
    """Which review: `2026-Q4`."""
    decision: Decision
    """What was decided."""
    on: date
    """The day."""


class Kpi(msgspec.Struct, frozen=True):
    """A number that one person owns and reads out: a Kept Promise Indicator."""

    id: str
    """Stable for ever."""
    name: str
    """Unique for its owner, compared without case."""
    owner: str
    """The id of the person who reads it out."""
    promise: Decimal
    """The green edge: what the owner commits to for one period."""
    process: str | None = None
    """The id of the core process it belongs to."""
    definition: str = ""
    """How it is counted."""
    direction: Direction = Direction.AT_LEAST
    """Which way is better."""
    red_edge: Decimal | None = None
    """Worse than this is red; None is 15 % away from the promise."""
    stretch: Decimal | None = None
    """At or beyond this is super green."""
    period: Period = Period.DAY
    """What one promise is for."""
    counting: Counting = Counting.SNAPSHOT
    """Whether it adds up over its period."""
    unit: str = ""
    """Free text such as €, %, calls, /10."""
    decimals: Decimals = 0
    """How many decimals it is shown with, at least."""
    timing: Timing = Timing.LAGGING
    """Leading tells how we are going to do, lagging how we did."""
    measures: Measures = Measures.OUTPUT
    """What comes out, or what is put in."""
    nature: Nature = Nature.HARD
    """A count, or a judgement."""
    most_important: bool = False
    """The owner's ★: shown first."""
    since: date | None = None
    """The day it was added; nobody is asked for a period before it."""
    retired_on: date | None = None
    """The day it was retired; its history stays."""
    baselines: tuple[Baseline, ...] = ()
    """From which days its natural limits were begun anew, oldest decision first; the last one stands."""
    decided: tuple[Decided, ...] = ()
    """What the quarters' reviews came to, oldest first."""


class PromiseChange(msgspec.Struct, frozen=True):
    """A promise that was changed: when, from what to what, and by whom."""

    id: str
    """Made from where it was changed, so that recording it twice changes nothing."""
    kpi: str
    """The id of the KPI."""
    day: date
    """The day it was changed."""
    old: Decimal
    """The promise before."""
    new: Decimal
    """The promise since."""
    by: str = ""
    """The id of the person who changed it; empty where nobody said who."""


class Team(msgspec.Struct, frozen=True):
    """One huddle team and its settings. Every edit gives back a new Team."""

    name: str
    """As it stands on the screen."""
    locale: str = "en"
    """How its numbers and dates are written: nl or en."""
    timezone: str = "Europe/Amsterdam"
    """IANA name; the day of a huddle is a day of this zone."""
    time_box: int = 600
    """Seconds for the whole huddle."""
    seconds_per_person: int = 60
    """Seconds for one turn."""
    calendar: Calendar = msgspec.field(default_factory=Calendar)
    """Working days and days off."""
    reports: Reports = Reports.YESTERDAY
    """Which day a huddle reports on."""
    order: Order = Order.ROTATING
    """In which order people speak."""
    huddle_times: Mapping[int, time] = msgspec.field(default_factory=dict)
    """When the huddle starts, per weekday (Monday is 0), where the team has set it."""
    people: tuple[Person, ...] = ()
    """In the listed order, those who left included."""
    processes: tuple[Process, ...] = ()
    """In the customer's order."""
    kpis: tuple[Kpi, ...] = ()
    """All of them, retired ones included."""
    promise_changes: tuple[PromiseChange, ...] = ()
    """Oldest first."""
    meets: frozenset[int] = frozenset()
    """The weekdays of the huddle, Monday is 0; empty is the working days (METHOD 5, rhythm)."""
    schedule_edition: int = 0
    """How often days and times of the huddle were changed: by it a calendar knows which of two exports is newer."""

    @property
    def members(self) -> tuple[Person, ...]:
        """Who is in the team now, in the listed order."""
        return tuple(p for p in self.people if p.left_on is None)

    def person(self, id: str) -> Person | None:
        """The person with that id, also one who left."""
        return next((p for p in self.people if p.id == id), None)

    def person_named(self, name: str) -> Person | None:
        """The member with that name, compared without case. Raises HuddleError where two are called so."""
        found = [p for p in self.members if same_name(p.name, name)]
        if len(found) > 1:
            text = N_("Two people in the team are called {name}: give one of them another name with `huddle team`.")
            raise HuddleError(text, name=found[0].name)
        return found[0] if found else None

    def process(self, id: str | None) -> Process | None:
        """The process with that id."""
        return next((p for p in self.processes if p.id == id), None)

    def kpi(self, id: str) -> Kpi | None:
        """The KPI with that id, also a retired one."""
        return next((k for k in self.kpis if k.id == id), None)

    def kpis_of(self, person: str) -> tuple[Kpi, ...]:
        """What that person reads out: ★ first, then as listed; without retired ones."""
        mine = [k for k in self.kpis if k.owner == person and k.retired_on is None]
        return tuple(sorted(mine, key=lambda k: not k.most_important))

    def yardstick(self, kpi: Kpi, day: date) -> Yardstick:
        """What `kpi` is held against when it is reported for `day` (METHOD 5)."""
        passed = self.calendar.passed(kpi.period, day) if kpi.counting is Counting.RUNNING_TOTAL else None
        return yardstick(kpi.direction, kpi.promise, kpi.red_edge, kpi.stretch, passed)

    def reporting_day(self, huddle_day: date) -> date:
        """The day that a huddle on `huddle_day` reports on."""
        return self.calendar.reporting_day(huddle_day, self.reports)

    @property
    def rhythm(self) -> Calendar:
        """The days on which the team huddles, as a calendar."""
        return replace(self.calendar, weekdays=self.meets or self.calendar.weekdays)

    def meets_on(self, day: date) -> bool:
        """Whether a huddle is planned on `day`; one on another day can always be held."""
        return self.rhythm.is_workday(day)

    def next_huddle(self, after: date) -> date:
        """The first day after `after` on which a huddle is planned."""
        return self.rhythm.after(after)

    def as_of(self, day: date) -> "Team":
        """The team with the promises that were in force on `day`: what a huddle of an earlier day is held against."""
        later = [change for change in self.promise_changes if change.day > day]
        if not later:
            return self
        was = {change.kpi: change.old for change in reversed(later)}
        kpis = tuple(replace(kpi, promise=was.get(kpi.id, kpi.promise)) for kpi in self.kpis)
        return replace(self, kpis=kpis, promise_changes=tuple(c for c in self.promise_changes if c.day <= day))

    def with_promises(self, changes: Iterable[PromiseChange], huddle_day: date | None = None) -> "Team":
        """The team with these promises in force; one that is recorded already changes nothing.

        With `huddle_day`, what an earlier recording of that huddle said otherwise is put right: a commitment that
        was undone is withdrawn. A promise that somebody changed since, or on a later day, is left alone: the change
        of an earlier huddle is recorded in its place.
        """
        changes = tuple(changes)
        stale = {
            c.id: c
            for c in self.promise_changes
            if huddle_day is not None and c.id == f"{huddle_day}/{c.kpi}" and c not in changes
        }
        in_force = {k.id: k.promise for k in self.kpis}
        last = {c.kpi: c.day for c in self.promise_changes}
        for change in stale.values():
            if in_force.get(change.kpi) == change.new and last[change.kpi] <= change.day:
                in_force[change.kpi] = change.old
        kept = tuple(c for c in self.promise_changes if c.id not in stale)
        known = {c.id for c in kept}
        fresh = tuple(c for c in changes if c.id not in known and c.kpi in in_force)
        for change in fresh:
            if in_force[change.kpi] == change.old and last.get(change.kpi, change.day) <= change.day:
                in_force[change.kpi] = change.new
        if not stale and not fresh:
            return self
        kpis = tuple(replace(k, promise=in_force[k.id]) for k in self.kpis)
        return replace(self, kpis=kpis, promise_changes=in_order((*kept, *fresh)))


def in_order(changes: Iterable[PromiseChange]) -> tuple[PromiseChange, ...]:
    """Changes of promises, oldest first; those of one day as they came."""
    return tuple(sorted(changes, key=lambda change: change.day))


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same name: without case, however their accents are encoded."""
    return fold(one) == fold(other)


def fold(name: str) -> str:
    """A name as it is compared."""
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
# names that Windows keeps for itself, whatever stands behind the dot


def new_id(name: str, taken: Iterable[str]) -> str:
    """A readable id for something called `name`, unlike any that is taken; safe as a file name."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in ascii_only.casefold()).split()
    base = "-".join(words)[:40].strip("-") or "x"
    used, count = {*taken, *_DEVICES}, 1
    candidate = base
    while candidate in used:
        count += 1
        candidate = f"{base}-{count}"
    return candidate
