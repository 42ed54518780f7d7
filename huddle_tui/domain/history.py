"""What the past says, kept small: every huddle as a page, and the pages gathered per KPI and per person (METHOD 9).

Ten years are 100,000 readings. A page leaves out what only a running huddle needs (agendas, check-ins), so that all of
it fits in memory and can be handed from a thread to a screen as one immutable value.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar, cast

import msgspec

from huddle_tui.domain.huddle import Huddle, Reading, Stage, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.summary import Summary
from huddle_tui.domain.team import Counting, Team
from huddle_tui.domain.workdays import Calendar, Period

T = TypeVar("T")


class Said(msgspec.Struct, frozen=True):
    """One reading, with the huddle and the turn it was said in."""

    huddle: date
    """The day of the huddle."""
    person: str
    """The id of the person whose turn it was."""
    absent: bool
    """That person was away: the number came from a check-in, and does not count (METHOD 9)."""
    reading: Reading
    """As judged then."""

    @property
    def flagged(self) -> bool:
        """A red flag that was raised in a huddle."""
        return self.reading.status is Status.RED and not self.absent


class Talk(msgspec.Struct, frozen=True):
    """One person's part of a huddle, without its numbers."""

    huddle: date
    """The day of the huddle."""
    person: str
    """The id of the person."""
    name: str
    """As on that day."""
    state: TurnState
    """Where the turn ended."""
    seconds: float
    """The time used."""
    planned: int
    """The time planned."""


class Page(msgspec.Struct, frozen=True):
    """All that looking back needs of one huddle."""

    day: date
    """The day of the huddle."""
    said: tuple[Said, ...]
    """In the order of the turns. Numbers that are still hidden are not in it: nobody has said them."""
    talks: tuple[Talk, ...]
    """In the order of the turns."""


def page(huddle: Huddle) -> Page:
    """The page of a huddle. One that has not begun has no turns to look back at."""
    day, turns = huddle.day, huddle.turns if huddle.stage is not Stage.OPENING else ()
    return Page(
        day,
        tuple(Said(day, turn.person, turn.state is TurnState.ABSENT, r) for turn in turns for r in turn.readings),
        tuple(
            Talk(day, turn.person, turn.name, turn.state, turn.watch.used, huddle.seconds_per_person) for turn in turns
        ),
    )


class Past(msgspec.Struct, frozen=True, eq=False):
    """Everything there is to look back at, as far as it was read."""

    team: Team
    """The team as it is now: for today's names and promises, never for judging."""
    summaries: tuple[Summary, ...] = ()
    """Every huddle of the book that began, oldest first."""
    days: tuple[date, ...] = ()
    """The huddles that were read and had begun, oldest first: always the newest ones without a gap."""
    said: Mapping[str, tuple[Said, ...]] = msgspec.field(default_factory=dict)
    """Per KPI what was said in those huddles, oldest first."""
    talks: Mapping[str, tuple[Talk, ...]] = msgspec.field(default_factory=dict)
    """Per person their turns in those huddles, oldest first."""
    complete: bool = False
    """Whether every huddle of the book was read."""
    memo: dict[str, object] = msgspec.field(default_factory=dict)
    """What was worked out of it and takes a while: it cannot change any more."""

    def once(self, key: str, work_out: Callable[[], T]) -> T:
        """What is worked out of this past and known by `key`, worked out the first time alone."""
        if key not in self.memo:
            self.memo[key] = work_out()
        return cast(T, self.memo[key])

    def person_name(self, person: str) -> str:
        """What that person is called now; the newest name that was used where the team knows them no more."""
        known = self.team.person(person)
        if known is not None:
            return known.name
        talks = self.talks.get(person)
        return talks[-1].name if talks else person

    def kpi_name(self, kpi: str) -> str:
        """What that KPI is called now; the newest name that was used where the team knows it no more."""
        known = self.team.kpi(kpi)
        if known is not None:
            return known.name
        said = self.said.get(kpi)
        return said[-1].reading.name if said else kpi

    def owner_name(self, kpi: str) -> str:
        """What the owner of that KPI is called now; who said it last where the team knows it no more."""
        known = self.team.kpi(kpi)
        return self.person_name(known.owner if known else self.said[kpi][-1].person)

    def names_of(self, person: str) -> frozenset[str]:
        """Every name that person has had in the huddles that were read."""
        return frozenset({self.person_name(person), *(talk.name for talk in self.talks.get(person, ()))})


def gather(team: Team, summaries: Iterable[Summary], pages: Iterable[Page], *, complete: bool) -> Past:
    """The past that those pages, oldest first, make."""
    said: dict[str, list[Said]] = {}
    talks: dict[str, list[Talk]] = {}
    days: list[date] = []
    for read in pages:
        if read.talks:
            days.append(read.day)
        for one in read.said:
            said.setdefault(one.reading.kpi, []).append(one)
        for talk in read.talks:
            talks.setdefault(talk.person, []).append(talk)
    return Past(
        team,
        tuple(summaries),
        tuple(days),
        {kpi: tuple(ones) for kpi, ones in said.items()},
        {person: tuple(turns) for person, turns in talks.items()},
        complete,
    )


TRAILING: Final = 13
"""How many huddles, weeks or months a look back covers unless more is asked for: a quarter of weeks (METHOD 9)."""


class Series(msgspec.Struct, frozen=True):
    """Readings to be drawn beside each other, oldest first."""

    said: tuple[Said, ...]
    """What is drawn."""
    every: Period | None
    """Each is the last one of such a period; None where each is one that was said."""


def series(said: Sequence[Said], count: int | None, most: int, calendar: Calendar) -> Series:
    """The last `count` points (None: all) of one KPI's readings, oldest first; at most `most` of them.

    Where more would have to be drawn, each stands for a longer period, and is the last reading of it: nothing is
    averaged, so every point is something that was said.
    """
    every = said[-1].reading.period if said and said[-1].reading.counting is Counting.RUNNING_TOTAL else None
    points = _last_of_each(said, every, calendar) if every else list(said)
    points = points if count is None else points[-count:]
    for longer in (Period.WEEK, Period.MONTH, Period.QUARTER):
        if len(points) > most and (every is None or _LENGTH[longer] > _LENGTH[every]):
            every = longer
            points = _last_of_each(points, longer, calendar)
    return Series(tuple(points[-most:] if most > 0 else ()), every)


_LENGTH = {period: place for place, period in enumerate(Period)}


def _last_of_each(said: Sequence[Said], period: Period, calendar: Calendar) -> list[Said]:
    return list({calendar.first(period, one.reading.day): one for one in said}.values())
