"""The domain as tables of documents, and back: what stands in a book's files (METHOD 2).

Each function that reads takes the file it reads from, for the sentence that says what is wrong in it (`Misread`). Each
one that writes takes the tables as they were, and keeps what a newer version of the program put in them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import PurePath
from typing import TypeVar

from msgspec.structs import replace

from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import Team
from huddle_tui.store.forms import WHOLE
from huddle_tui.store.kinds import (
    ACTION,
    CHECK_IN,
    HUDDLE,
    KPI,
    PERSON,
    PROCESS,
    PROMISE_CHANGE,
    TEAM,
    TURN,
)
from huddle_tui.store.migrations import Row, Tables
from huddle_tui.store.record import MISSING, Kind, Wrong

T = TypeVar("T")


class Misread(HuddleError):
    """A file could be read, but something in it is not what it should be: it was changed by hand, and went wrong."""


def read_team(tables: Tables, file: PurePath) -> Team:
    """The team in the tables of `team.json`. Raises Misread."""
    with _reading_from(file):
        team = _row(TEAM, tables, "team", "team")
        return replace(
            team,
            people=_ordered(PERSON, "id", tables, "people"),
            processes=_ordered(PROCESS, "id", tables, "processes"),
            kpis=_ordered(KPI, "id", tables, "kpis"),
            promise_changes=_ordered(PROMISE_CHANGE, "id", tables, "promise_changes"),
        )


def write_team(team: Team, before: Tables) -> Tables:
    """The tables of `team.json`, which were `before`."""
    return before | {
        "team": {"team": TEAM.keep(TEAM.write(team), before.get("team", {}).get("team", {}))},
        "people": _table(PERSON, "id", team.people, before.get("people", {})),
        "processes": _table(PROCESS, "id", team.processes, before.get("processes", {})),
        "kpis": _table(KPI, "id", team.kpis, before.get("kpis", {})),
        "promise_changes": _table(PROMISE_CHANGE, "id", team.promise_changes, before.get("promise_changes", {})),
    }


def read_huddle(tables: Tables, day: date, file: PurePath) -> Huddle:
    """The huddle of `day` in the tables of its file. Its clocks stand still. Raises Misread."""
    with _reading_from(file):
        huddle = _row(HUDDLE, tables, "huddle", day.isoformat(), "day")
        return replace(
            huddle,
            turns=_ordered(TURN, "person", tables, "turns"),
            actions=_ordered(ACTION, "id", tables, "actions"),
        )


def write_huddle(huddle: Huddle, before: Tables, stored: Huddle | None = None) -> Tables:
    """The tables of a huddle's file, which were `before`. Of its clocks only the seconds used up to their start.

    Turns that are as they were in `stored`, which `before` holds, are left as they are written there.
    """
    key = huddle.day.isoformat()
    row = HUDDLE.keep(HUDDLE.write(huddle), before.get("huddle", {}).get(key, {}))
    del row["day"]
    return before | {
        "huddle": {key: row},
        "turns": _table(TURN, "person", huddle.turns, before.get("turns", {}), stored.turns if stored else ()),
        "actions": _table(ACTION, "id", huddle.actions, before.get("actions", {})),
    }


def read_check_ins(tables: Tables, person: str, file: PurePath) -> list[CheckIn]:
    """That person's check-ins in the tables of their file, oldest first. Raises Misread."""
    with _reading_from(file):
        rows = tables.get("check_ins", {})
        found = [_row(CHECK_IN, tables, "check_ins", day, "huddle_day") for day in sorted(rows)]
        for check_in in found:
            if check_in.person != person:
                expected = Sentence(N_("“{person}”, whose file it is"), {"person": person})
                wrong = Wrong(check_in.person, expected).inside("person")
                raise wrong.inside(check_in.huddle_day.isoformat()).inside("check_ins")
        return found


def write_check_in(day: date, check_in: CheckIn | None, before: Tables) -> Tables:
    """The tables of a person's check-ins, which were `before`, with the one for the huddle on `day`, or without it."""
    rows, key = dict(before.get("check_ins", {})), day.isoformat()
    earlier = rows.pop(key, {})
    if check_in is not None:
        rows[key] = CHECK_IN.keep(CHECK_IN.write(check_in), earlier)
        del rows[key]["huddle_day"]
    return before | {"check_ins": rows}


# Inside


@contextmanager
def _reading_from(file: PurePath) -> Iterator[None]:
    try:
        yield
    except Wrong as wrong:
        place = " → ".join(wrong.trail)
        if wrong.found is MISSING:
            raise Misread(
                N_("{file}: {place} is missing ({expected}). Add it there, or put a backup of the file in its place."),
                file=file, place=place, expected=wrong.expected,
            ) from wrong  # fmt: skip
        found = json.dumps(wrong.found, ensure_ascii=False)
        raise Misread(
            N_(
                "{file}: {place} is {found}, but should be {expected}. "
                "Put it right there, or put a backup of the file in its place."
            ),
            file=file, place=place, found=found if len(found) <= 60 else found[:59] + "…", expected=wrong.expected,
        ) from wrong  # fmt: skip


def _row(kind: Kind[T], tables: Tables, table: str, key: str, name: str = "") -> T:
    """The document `key` of a table, which stands for its field `name` where that is given."""
    row = tables.get(table, {}).get(key)
    try:
        if row is None:
            raise Wrong(MISSING, Sentence(N_("what the file is about")))
        return kind.read({**row, name: key} if name else row)
    except Wrong as wrong:
        raise wrong.inside(key).inside(table) from None


def _ordered(kind: Kind[T], name: str, tables: Tables, table: str) -> tuple[T, ...]:
    """All documents of a table, in the order of their positions; one without a position comes last."""
    rows = tables.get(table, {})
    places = {}
    for key, row in rows.items():
        place = row.get("position", sys.maxsize)
        if type(place) is not int:
            raise Wrong(place, WHOLE.expected).inside("position").inside(key).inside(table)
        places[key] = place
    return tuple([_row(kind, tables, table, key, name) for key in sorted(rows, key=places.__getitem__)])


def _table(
    kind: Kind[T], name: str, values: Iterable[T], before: dict[str, Row], stored: Iterable[T] = ()
) -> dict[str, Row]:
    """A table of documents in this order, each under its field `name`; what is as it was `stored` is not touched."""
    known = {getattr(value, name): value for value in stored}
    table: dict[str, Row] = {}
    for place, value in enumerate(values, start=1):
        key = getattr(value, name)
        if key in table:
            raise ValueError(f"two of the same: {name} {key}")
        row = before.get(key, {})
        if key not in known or known[key] != value:
            row = kind.keep(kind.write(value), row)
            del row[name]
        table[key] = row | {"position": place}
    return table
