"""What the files of a book hold: the tables of each, the documents in them, and the values that these stand for.

Where a value is its own document (a reading, a person, a KPI) it is read and written as it is. The others have a class
here that says how their document looks. Each function that reads raises Wrong; each one that writes changes a TinyDB
through its tables, and keeps what a newer version of the program put there.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeVar, get_args

from msgspec import Meta, Struct

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import (
    Action,
    Asking,
    CheckIn,
    Due,
    Host,
    Huddle,
    Offline,
    Reading,
    Stuck,
    Turn,
    TurnState,
)
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.domain.team import Kpi, Order, Person, Process, PromiseChange, Team
from huddle_tui.domain.workdays import Calendar, Reports
from huddle_tui.store.schema.checking import MISSING, Wrong
from huddle_tui.store.schema.rows import Rows, decoded, put, row_of
from huddle_tui.store.schema.sealed import Contents
from huddle_tui.store.schema.versions import Row

if TYPE_CHECKING:
    from tinydb import TinyDB

T = TypeVar("T")

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEKDAYS: Final = get_args(Weekday)
Positive = Annotated[int, Meta(ge=1)]
Degrees = Annotated[int, Meta(ge=1, le=10)]


# The documents


class TeamDocument(Struct, frozen=True):
    """The team's settings."""

    name: str
    locale: Literal["en", "nl"]
    timezone: str
    time_box: Positive
    seconds_per_person: Positive
    workdays: Annotated[tuple[Weekday, ...], Meta(min_length=1)]
    days_off: tuple[date, ...]
    reports: Reports
    order: Order
    huddle_times: dict[Weekday, time]
    meets: tuple[Weekday, ...] = ()
    schedule_edition: int = 0


class TurnDocument(Struct, frozen=True, gc=False):
    """One person's part of a huddle, without what was said in it."""

    person: str
    name: str
    state: TurnState
    seconds: float
    agenda: dict[str, date] = {}
    """KPIs with the day they are asked for, in order."""
    hidden: CheckIn | None = None
    at: int = 0
    asking: Asking = Asking.NUMBER
    by_proxy: bool = False


class HuddleDocument(Struct, frozen=True, gc=False):
    """A huddle, without its turns and what was agreed in it."""

    day: date
    team: str
    time_box: int
    seconds_per_person: int
    seconds: float
    started_at: datetime | None = None
    ended_at: datetime | None = None
    temperature: Degrees | None = None
    draft: str = ""
    host: Host | None = None
    saved_at: datetime | None = None


class Spoken(Struct, frozen=True, gc=False):
    """Whose a reading or a stuck is."""

    person: str


# The files


class TeamTables(Struct, frozen=True):
    """The tables of `team.json`."""

    team: dict[int, TeamDocument]
    people: dict[int, Person] = {}
    processes: dict[int, Process] = {}
    kpis: dict[int, Kpi] = {}
    promise_changes: dict[int, PromiseChange] = {}


class HuddleFile(Struct, frozen=True, gc=False):
    """The tables of a huddle's file."""

    huddle: dict[int, HuddleDocument]
    turns: dict[int, TurnDocument] = {}
    readings: dict[int, Reading] = {}
    stucks: dict[int, Stuck] = {}
    actions: dict[int, Action] = {}
    offline: dict[int, Offline] = {}


class Speakers(Struct, frozen=True, gc=False):
    """The same tables of a huddle's file, for whose each document is."""

    readings: dict[int, Spoken] = {}
    stucks: dict[int, Spoken] = {}


class CheckInFile(Struct, frozen=True):
    """The tables of a person's check-ins."""

    check_ins: dict[int, CheckIn] = {}


# The team


def read_team(contents: Contents) -> Team:
    """The team in `team.json`."""
    return decoded(contents, _team, TeamTables)


def _team(file: TeamTables) -> Team:
    found = _only(file.team, "team")
    try:
        zoneinfo.ZoneInfo(found.timezone)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        expected = Sentence(N_('a time zone, such as "Europe/Amsterdam"'))
        raise Wrong(found.timezone, expected, "team", "1", "timezone") from None
    return _as(
        Team,
        found,
        calendar=Calendar(_numbers(found.workdays), frozenset(found.days_off)),
        huddle_times={_WEEKDAYS.index(weekday): at for weekday, at in found.huddle_times.items()},
        meets=_numbers(found.meets),
        people=_unique(file.people, "people"),
        processes=_unique(file.processes, "processes"),
        kpis=_unique(file.kpis, "kpis"),
        promise_changes=_unique(file.promise_changes, "promise_changes"),
    )


def write_team(team: Team, db: TinyDB) -> None:
    """Puts the team in the tables of `team.json`."""
    document = _as(
        TeamDocument,
        team,
        workdays=_names(team.calendar.weekdays),
        days_off=tuple(sorted(team.calendar.days_off)),
        huddle_times={_WEEKDAYS[weekday]: at for weekday, at in sorted(team.huddle_times.items())},
        meets=_names(team.meets),
    )
    put(db, "team", TeamDocument, [((), row_of(document))], ())
    _put_by(db, "people", Person, team.people)
    _put_by(db, "processes", Process, team.processes)
    _put_by(db, "kpis", Kpi, team.kpis)
    _put_by(db, "promise_changes", PromiseChange, team.promise_changes)


def _numbers(weekdays: Iterable[Weekday]) -> frozenset[int]:
    return frozenset(_WEEKDAYS.index(weekday) for weekday in weekdays)


def _names(weekdays: Iterable[int]) -> tuple[Weekday, ...]:
    return tuple(_WEEKDAYS[weekday] for weekday in sorted(weekdays))


# Huddles


def read_huddle(contents: Contents, day: date) -> Huddle:
    """The huddle of `day` in its file. Its clocks stand still."""
    huddle = decoded(contents, huddle_of, HuddleFile, Speakers)
    if huddle.day != day:
        expected = Sentence(N_("{day}, as its file is named"), {"day": day.isoformat()})
        raise Wrong(huddle.day.isoformat(), expected, "huddle", "1", "day")
    return huddle


def huddle_of(file: HuddleFile, speakers: Speakers) -> Huddle:
    """The huddle in those tables. Raises Wrong for what does not belong together."""
    found = _only(file.huddle, "huddle")
    readings: dict[str, list[Reading]] = {turn.person: [] for turn in file.turns.values()}
    stucks: dict[str, list[Stuck]] = {person: [] for person in readings}
    if len(readings) != len(file.turns):
        raise _twice(file.turns, "turns", "person")
    _hand_out(file.readings, speakers.readings, readings, "readings")
    _hand_out(file.stucks, speakers.stucks, stucks, "stucks")
    if len({reading.kpi for reading in file.readings.values()}) != len(file.readings):  # two people may say one KPI
        for said in readings.values():
            if len({reading.kpi for reading in said}) != len(said):
                raise _said_twice(file, speakers)
    return _as(
        Huddle,
        found,
        watch=Stopwatch(found.seconds),
        turns=tuple(
            [
                Turn(
                    turn.person,
                    turn.name,
                    turn.state,
                    Stopwatch(turn.seconds),
                    tuple([Due(kpi, day) for kpi, day in turn.agenda.items()]) if turn.agenda else (),
                    tuple(readings[turn.person]),
                    turn.hidden,
                    turn.at,
                    turn.asking,
                    tuple(stucks[turn.person]),
                    turn.by_proxy,
                )
                for _, turn in _by_id(file.turns)
            ]
        ),
        actions=_unique(file.actions, "actions"),
        offline=tuple([offline for _, offline in _by_id(file.offline)]),
    )


def _hand_out(said: dict[int, T], speakers: dict[int, Spoken], by_person: dict[str, list[T]], table: str) -> None:
    """Gives each person what that person said, in order."""
    for n, each in _by_id(said):
        try:
            by_person[speakers[n].person].append(each)
        except KeyError:
            expected = Sentence(N_("somebody who has a turn in this huddle"))
            raise Wrong(speakers[n].person, expected, table, str(n), "person") from None


def write_huddle(huddle: Huddle, db: TinyDB, stored: Huddle | None = None) -> None:
    """Puts a huddle in the tables of its file; of its clocks only the seconds used up to their start.

    What is as it was in `stored`, which the tables hold, is left as it is written there.
    """
    document = _as(HuddleDocument, huddle, seconds=huddle.watch.used)
    turns = huddle.turns
    before = {turn.person: turn for turn in stored.turns} if stored else {}
    put(db, "huddle", HuddleDocument, [((), row_of(document))], ())
    spoken: Rows = [((t.person,), None if before.get(t.person) == t else _turn_row(t)) for t in turns]
    put(db, "turns", TurnDocument, spoken, ("person",))
    known = {t.person: b for t in turns if (b := before.get(t.person)) is not None and b.name == t.name}
    readings: Rows = [
        ((t.person, r.kpi), None if t.person in known and r in known[t.person].readings else _spoken(t, r))
        for t in turns
        for r in t.readings
    ]
    put(db, "readings", Reading, readings, ("person", "kpi"), within=1)
    stucks: Rows = [
        ((t.person, s.text), None if t.person in known and known[t.person].stucks == t.stucks else _spoken(t, s))
        for t in turns
        for s in t.stucks
    ]
    put(db, "stucks", Stuck, stucks, ("person", "text"), within=1, unique=False)
    _put_by(db, "actions", Action, huddle.actions)
    _put_by(db, "offline", Offline, huddle.offline, "what", unique=False)


def _turn_row(turn: Turn) -> Row:
    agenda = {due.kpi: due.day for due in turn.agenda}
    return row_of(_as(TurnDocument, turn, seconds=turn.watch.used, agenda=agenda))


def _spoken(turn: Turn, said: Reading | Stuck) -> Row:
    return {"person": turn.person, "person_name": turn.name} | row_of(said)


# Check-ins


def read_check_ins(contents: Contents, person: str) -> list[CheckIn]:
    """That person's check-ins in their file, oldest first."""
    return decoded(contents, lambda file: _check_ins(file, person), CheckInFile)


def _check_ins(file: CheckInFile, person: str) -> list[CheckIn]:
    for n, check_in in _by_id(file.check_ins):
        if check_in.person != person:
            expected = Sentence(N_("“{person}”, whose file it is"), {"person": person})
            raise Wrong(check_in.person, expected, "check_ins", str(n), "person")
    found = sorted(file.check_ins.values(), key=lambda check_in: check_in.huddle_day)
    if len({check_in.huddle_day for check_in in found}) != len(found):
        raise _twice(file.check_ins, "check_ins", "huddle_day")
    return found


def write_check_ins(check_ins: Iterable[CheckIn], db: TinyDB) -> None:
    """Puts a person's check-ins in the table of their file."""
    ordered = sorted(check_ins, key=lambda check_in: check_in.huddle_day)
    rows: Rows = [((each.huddle_day.isoformat(),), row_of(each)) for each in ordered]
    put(db, "check_ins", CheckIn, rows, ("huddle_day",))


# Whatever file


def reader(name: str) -> Callable[[Contents], Any]:
    """What reads the file of that name."""
    kind, _, rest = name.partition("/")
    if kind == "team":
        return read_team
    if kind == "checkins":
        return partial(read_check_ins, person=rest)
    return partial(read_huddle, day=date.fromisoformat(rest.rpartition("/")[2]))


def write_in(value: Team | Huddle | list[CheckIn], db: TinyDB, stored: Any = None) -> None:
    """Puts a value in the tables of its file, which hold `stored`."""
    match value:
        case Team():
            write_team(value, db)
        case Huddle():
            write_huddle(value, db, stored)
        case _:
            write_check_ins(value, db)


# Inside


def _as(of: Callable[..., T], value: Struct, **others: Any) -> T:
    """`value` as one of the class `of`: the fields that both have are the same, the others are given."""
    return of(**{name: getattr(value, name) for name in _shared(of, type(value)) if name not in others}, **others)


@cache
def _shared(one: Any, other: type[Struct]) -> list[str]:
    return [name for name in one.__struct_fields__ if name in other.__struct_fields__]


def _by_id(table: dict[int, T]) -> Iterable[tuple[int, T]]:
    """The documents of a table in order, as they nearly always stand in the file."""
    ids = sorted(table)
    return table.items() if ids == list(table) else [(n, table[n]) for n in ids]


def _only(table: dict[int, T], name: str) -> T:
    """The one document of a table that has one."""
    if len(table) != 1:
        expected = Sentence(N_("one document, what the file is about"))
        raise Wrong(MISSING if not table else sorted(map(str, table)), expected, name)
    return next(iter(table.values()))


def _unique(table: dict[int, T], name: str) -> tuple[T, ...]:
    """The documents of a table in order, each with an id of its own."""
    values = tuple([value for _, value in _by_id(table)])
    if len({value.id for value in values}) != len(values):  # type: ignore[attr-defined]  # these are those with ids
        raise _twice(table, name, "id")
    return values


def _twice(table: dict[int, Any], name: str, field: str) -> Wrong:
    return _first_twice([(n, getattr(value, field)) for n, value in _by_id(table)], name, field)


def _said_twice(file: HuddleFile, speakers: Speakers) -> Wrong:
    said = [(n, (speakers.readings[n].person, reading.kpi)) for n, reading in _by_id(file.readings)]
    return _first_twice(said, "readings", "kpi")


def _first_twice(found: list[tuple[int, Any]], name: str, field: str) -> Wrong:
    """What says that a document names what another has named."""
    seen: dict[Any, int] = {}
    for n, value in found:
        if value in seen:
            expected = Sentence(N_("another than that of {other}"), {"other": f"{name} → {seen[value]}"})
            bare = value[-1] if isinstance(value, tuple) else value
            return Wrong(str(bare), expected, name, str(n), field)
        seen[value] = n
    raise ValueError("nothing stands there twice")


def _put_by(
    db: TinyDB, name: str, of: type[Struct], values: Iterable[Any], by: str = "id", *, unique: bool = True
) -> None:
    put(db, name, of, [((getattr(value, by),), row_of(value)) for value in values], (by,), unique=unique)
