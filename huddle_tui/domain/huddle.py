"""What is remembered of one huddle: turns, readings, actions (METHOD 2, 6 and 8). Plain values; `round` moves them.

Every reading carries the promise, edges, direction and pace of its day, and the names as they were, so that no later
edit of the team repaints it. No value here can refer back to what holds it, so the garbage collector need not look at
them (`gc=False`): ten years are a million.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.judging import Direction, Status, Yardstick
from huddle_tui.domain.numbers import is_bare
from huddle_tui.domain.team import Counting, Decimals, fold
from huddle_tui.domain.workdays import Period

if TYPE_CHECKING:
    Exact = Decimal
else:
    Exact = object  # so that the store is asked to make the number of a text, and makes each different one but once

ReasonNumber = Annotated[int, msgspec.Meta(ge=1, le=9)]
"""One of the nine reasons (METHOD 11)."""


class TurnState(Enum):
    """Where somebody's turn stands."""

    WAITING = "waiting"
    SPEAKING = "speaking"
    SKIPPED = "skipped"
    ABSENT = "absent"
    DONE = "done"


class Asking(Enum):
    """What the field at hand asks for."""

    NUMBER = "number"
    NOTE = "note"
    """The plan, after yellow, with the reason beside it."""
    REASON = "reason"
    """Why the promise was missed, after red."""
    PROMISE = "promise"
    """The next promise, after red."""
    STUCK = "stuck"


class Stage(Enum):
    """Where a huddle stands."""

    OPENING = "opening"
    TURNS = "turns"
    CLOSING = "closing"
    ENDED = "ended"


class Due(msgspec.Struct, frozen=True, gc=False):
    """A number that is asked for in a turn."""

    kpi: str
    """The id of the KPI."""
    day: date
    """The day it is reported for."""


class Correction(msgspec.Struct, frozen=True, gc=False):
    """What was put right after the huddle, in the open: the old value, who and when stay visible (METHOD 8)."""

    field: str
    """The field of the reading, stuck or action that was put right, such as `actual` or `text`."""
    at: datetime
    """When it was put right."""
    by: str
    """The name of who did it."""
    was: str | None
    """What stood there, a number as an exact decimal; None is not measured, or nothing."""
    why: str = ""
    """Why, where that was said."""


class Stuck(msgspec.Struct, frozen=True, gc=False):
    """What holds somebody back, as it was said in one huddle."""

    text: str
    """In that person's words."""
    rounds: int = 1
    """Its age in huddles, this one counted: 3 is its third round."""
    solved_on: date | None = None
    """The day somebody marked it solved; only its last mention is marked."""
    was: str = ""
    """The words that these took the place of: the same stuck, said better."""
    corrections: tuple[Correction, ...] = ()
    """What was put right afterwards, oldest first."""

    @property
    def bare(self) -> str:
        """The words as they are compared: without case and spaces (METHOD 2)."""
        return fold(self.text).replace(" ", "")

    def same(self, text: str) -> bool:
        """Whether those words are the same stuck."""
        return self.bare == Stuck(text).bare


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One number in a check-in: hidden from the others until its owner uncovers it."""

    kpi: str
    """The id of the KPI."""
    typed: str = ""
    """The text as it was typed, also where it is no number (yet)."""
    answered: bool = False
    """Whether it was committed: then `actual` counts, None meaning not measured."""
    actual: Decimal | None = None
    """The number that was understood."""
    note: str = ""
    """The plan, for yellow and red."""
    next_typed: str = ""
    """The next promise as it was typed."""
    next_promise: Decimal | None = None
    """The next promise that was understood."""
    by: str = ""
    """The id of the person who typed it; empty is the one who typed the check-in."""
    reason: ReasonNumber | None = None
    """Why the promise was missed, 1 to 9 (METHOD 11)."""

    @property
    def plan(self) -> str:
        """The note, where it has words: a bare number is never a plan (METHOD 7)."""
        return "" if is_bare(self.note) else self.note


class CheckIn(msgspec.Struct, frozen=True, gc=False):
    """A person's own entry before a huddle."""

    person: str
    """Whose numbers they are."""
    huddle_day: date
    """The huddle it is for."""
    entries: tuple[Entry, ...] = ()
    """In the order of the form."""
    stuck: str = ""
    """Where that person is stuck."""
    by: str = ""
    """The id of the person who typed it, where an entry names nobody else; not `person` is by proxy, for ever."""
    closed: bool = False
    """Whether its last field was answered."""

    @property
    def by_proxy(self) -> bool:
        """Whether somebody else typed any of it."""
        return self.by not in {"", self.person} or any(self.typed_by_proxy(e.kpi) for e in self.entries)

    def typed_by_proxy(self, kpi: str) -> bool:
        """Whether somebody else than its owner typed the number for that KPI."""
        return (self.entry(kpi).by or self.by) not in {"", self.person}

    def entry(self, kpi: str) -> Entry:
        """The entry for that KPI, empty where there is none."""
        return next((e for e in self.entries if e.kpi == kpi), Entry(kpi))

    @property
    def answered(self) -> int:
        """How many numbers were committed."""
        return sum(e.answered for e in self.entries)


class Reading(msgspec.Struct, frozen=True, gc=False):
    """One KPI's actual in one huddle, with the promise that was in force and the status it got."""

    kpi: str
    """The id of the KPI."""
    name: str = msgspec.field(name="kpi_name")
    """Its name on that day."""
    day: date
    """The day it is about."""
    actual: Exact | None
    """The value the owner reported; None is not measured."""
    status: Status
    """As judged then."""
    promise: Exact
    """The value committed to for the whole period, as it was in force."""
    pace: Exact
    """The green edge of that day: the promise itself, or the share of it that the period had come to."""
    red_edge: Exact
    """Worse than this was red on that day."""
    direction: Direction = Direction.AT_LEAST
    """Which way is better."""
    stretch: Exact | None = None
    """At or beyond this was super green on that day."""
    too_early: bool = False
    """No more than a fifth of the period had passed: no flag yet."""
    period: Period = Period.DAY
    """The period of the KPI on that day."""
    counting: Counting = Counting.SNAPSHOT
    """Of a running total only the last reading of a period counts (METHOD 9)."""
    unit: str = ""
    """As on that day."""
    decimals: Decimals = 0
    """As on that day."""
    most_important: bool = False
    """Whether it was the owner's ★."""
    checked_in: bool = False
    """Entered before the huddle and uncovered in it."""
    by_proxy: bool = False
    """Typed by somebody else than its owner."""
    note: str = ""
    """The plan."""
    next_promise: Exact | None = None
    """What the owner commits to from now on, asked after red."""
    earlier: tuple[Exact | None, ...] = ()
    """Values that the owner put right in the turn itself, oldest first."""
    reason: ReasonNumber | None = None
    """Why the promise was missed, 1 to 9 (METHOD 11); None where it was not, or nobody said."""
    harder: Exact | None = None
    """The hardest promise that was in force earlier in its period, where that was harder (METHOD 9)."""
    corrections: tuple[Correction, ...] = ()
    """What was put right after the huddle, oldest first."""

    @classmethod
    def of(
        cls, kpi: str, name: str, day: date, actual: Decimal | None, stick: Yardstick, status: Status, **others: Any
    ) -> "Reading":
        """A reading that is held against `stick`; `others` are the fields that have their usual value otherwise."""
        return cls(
            kpi, name, day, actual, status,
            promise=stick.promise, pace=stick.pace, red_edge=stick.red_edge,
            direction=stick.direction, stretch=stick.stretch, too_early=stick.too_early,
            **others,
        )  # fmt: skip

    @property
    def yardstick(self) -> Yardstick:
        """Promise, pace and edges of that day, to judge another value by."""
        return Yardstick(self.direction, self.promise, self.pace, self.red_edge, self.stretch, self.too_early)


class Turn(msgspec.Struct, frozen=True, gc=False):
    """One person's part of a huddle."""

    person: str
    """The id of the person."""
    name: str
    """As on that day."""
    state: TurnState = TurnState.WAITING
    """Where it stands."""
    watch: Stopwatch = msgspec.field(default_factory=Stopwatch)
    """The time used."""
    agenda: tuple[Due, ...] = ()
    """The numbers asked for, in order."""
    readings: tuple[Reading, ...] = ()
    """What was said, in the order it was said."""
    hidden: CheckIn | None = None
    """The check-in that this turn took over; its numbers stay hidden until they are uncovered."""
    at: int = 0
    """The place in the agenda of the number at hand."""
    asking: Asking = Asking.NUMBER
    """What is asked of it."""
    stucks: tuple[Stuck, ...] = ()
    """Where this person is stuck, as said in this huddle."""
    by_proxy: bool = False
    """Somebody else spoke for this person."""

    @property
    def stuck(self) -> str:
        """The first thing this person is stuck on; empty is nothing."""
        return self.stucks[0].text if self.stucks else ""

    def reading(self, kpi: str) -> Reading | None:
        """What was said of that KPI in this turn."""
        return next((r for r in self.readings if r.kpi == kpi), None)

    @property
    def due(self) -> Due | None:
        """The number at hand; None once only the stuck is left."""
        return self.agenda[self.at] if self.at < len(self.agenda) and self.asking is not Asking.STUCK else None

    def covered(self, kpi: str) -> Entry | None:
        """The checked-in entry for that KPI while it is still hidden."""
        if self.hidden is None or self.reading(kpi):
            return None
        entry = self.hidden.entry(kpi)
        return entry if entry.answered else None


class Action(msgspec.Struct, frozen=True, gc=False):
    """Who does what by when, agreed in a huddle."""

    id: str
    """Unique in its huddle."""
    who: str
    """A person's name as typed or chosen."""
    what: str
    """What is agreed."""
    by: date | None = None
    """The day it is promised for."""
    done_on: date | None = None
    """The day somebody marked it done."""
    corrections: tuple[Correction, ...] = ()
    """What was put right after the huddle, oldest first."""

    def late(self, on: date) -> bool:
        """Whether its day has passed by then and it is not done."""
        return self.by is not None and self.by < on and (self.done_on is None or self.done_on > on)


class Offline(msgspec.Struct, frozen=True, gc=False):
    """Something taken offline: a subject for after the huddle."""

    what: str
    """The subject."""
    who: str = ""
    """In whose turn it came up."""


class Host(msgspec.Struct, frozen=True):
    """The program that runs a huddle; another may watch or take over, never overwrite."""

    session: str
    """Unlike any other running program's."""
    name: str
    """Account and machine, for people."""
    since: datetime
    """When it began to run the huddle."""


class Huddle(msgspec.Struct, frozen=True, gc=False):
    """One timed round of turns on one day: the session that is stored."""

    day: date
    """The local day chosen at its start; one huddle per team per day."""
    team: str
    """The team's name on that day."""
    time_box: int = 600
    """Seconds planned for the whole."""
    seconds_per_person: int = 60
    """Seconds planned for a turn."""
    started_at: datetime | None = None
    """When the first turn began."""
    ended_at: datetime | None = None
    """When it was closed."""
    watch: Stopwatch = msgspec.field(default_factory=Stopwatch)
    """The time used, pauses left out."""
    turns: tuple[Turn, ...] = ()
    """In the order of this day."""
    actions: tuple[Action, ...] = ()
    """Agreed in this huddle."""
    offline: tuple[Offline, ...] = ()
    """Taken offline in this huddle."""
    temperature: int | None = None
    """The team's temperature, 1 to 10."""
    draft: str = ""
    """What stood in the field, not committed, when it was last saved."""
    host: Host | None = None
    """Who runs it."""
    saved_at: datetime | None = None
    """When it was last saved while it ran: what it is closed with where nobody closes it."""

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        if self.ended_at is not None:
            return Stage.ENDED
        if self.started_at is None:
            return Stage.OPENING
        return Stage.TURNS if self.speaking is not None else Stage.CLOSING

    @property
    def speaking(self) -> Turn | None:
        """The turn at hand."""
        return next((t for t in self.turns if t.state is TurnState.SPEAKING), None)

    def ending(self, at: datetime) -> datetime:
        """When it ends, closed as the clock shows `at`: never before it began, also where the clock was set back."""
        began = self.started_at
        return at if began is None or at >= began else began + timedelta(seconds=self.watch.used)

    def turn(self, person: str) -> Turn | None:
        """That person's turn."""
        return next((t for t in self.turns if t.person == person), None)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Everything that was said, in the order of the turns."""
        return tuple(r for t in self.turns for r in t.readings)
