"""Teams of every kind for property tests, the texts that people should not be able to break anything with, and a
plain form of a team in which ids do not count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, Final

from hypothesis import strategies as st
from msgspec.structs import replace

from huddle_tui.domain.judging import Direction
from huddle_tui.domain.numbers import plain
from huddle_tui.domain.team import Counting, Kpi, Measures, Nature, Order, Person, Process, Team, Timing, fold
from huddle_tui.domain.text import NAME, PERSON_NAME, clean, clean_line
from huddle_tui.domain.workdays import Calendar, Period, Reports

NASTY: Final = (
    "[/]",
    "[red]x",
    "=1+1",
    "  =cmd|' /C calc'!A0",
    "+31 6 12345678",
    "-8",
    "@SUM(A1)",
    "＝1+1",
    "\x1b[31mrood\x1b[0m",
    "👨‍👩‍👧‍👦 familie",
    "\u202eomgekeerd",
    "quote \" en ' en `tik`",
    "back\\slash \\| pipe | einde\\",
    "regel één\nregel twee\r\n# kop\n- punt",
    "<script>alert(1)</script> &amp; &lt; R&D",
    "1. eerste",
    "10) tiende",
    "# kop #",
    "* ster *, _streep_, ~~weg~~, ![x](y), <a@b.nl>",
    "佐藤さん",
    "x" * 78,
    "'=1+1",
    "''",
    "a;b,c\td",
    "{name} {0} {{",
    "%s %(x)s",
    "> citaat",
    "---",
    "=====",
    "||",
)
"""Texts, each short enough for a name."""

_letters = st.characters(codec="utf-8")
_words = st.one_of(st.sampled_from(NASTY), st.text(_letters, min_size=1, max_size=40))


def _limited(limit: int) -> st.SearchStrategy[str]:
    return _words.map(clean_line).map(lambda name: name[:limit].strip()).filter(lambda name: fold(name) != "")


people_names = _limited(PERSON_NAME)
names = _limited(NAME)
free = st.one_of(st.just(""), _words).map(lambda text: clean(text).strip())
values = st.decimals(-(10**14), 10**14, allow_nan=False, allow_infinity=False, places=9).map(plain) | st.integers(
    -200, 200
).map(Decimal)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@st.composite
def teams(draw: st.DrawFn) -> Team:
    """Any team that the program could have made."""
    people = tuple(
        Person(f"p{place}", name, draw(st.just("") | names), *draw(_away()))
        for place, name in enumerate(draw(st.lists(people_names, max_size=4, unique_by=fold)))
    )
    ids = [person.id for person in people]
    processes = tuple(
        Process(
            f"q{place}", name, draw(st.sampled_from([None, *ids])),
            tuple(draw(st.lists(names, max_size=3, unique_by=fold))),
        )
        for place, name in enumerate(draw(st.lists(names, max_size=3, unique_by=fold)))
    )  # fmt: skip
    kpis: list[Kpi] = []
    for person in people:
        mine = draw(st.lists(names, max_size=3, unique_by=fold))
        starred = draw(st.integers(0, 3))
        kpis += [
            draw(_kpi(f"k{len(kpis) + place}", name, person.id, [None, *(p.id for p in processes)], place == starred))
            for place, name in enumerate(mine)
        ]
    return Team(
        draw(names),
        draw(st.sampled_from(["en", "nl"])),
        draw(st.sampled_from(["Europe/Amsterdam", "America/New_York", "UTC"])),
        draw(st.integers(60, 3600)),
        draw(st.integers(10, 900)),
        Calendar(frozenset(draw(st.sets(st.integers(0, 6), min_size=1))), frozenset(draw(st.sets(days, max_size=3)))),
        draw(st.sampled_from(Reports)),
        draw(st.sampled_from(Order)),
        dict(sorted(draw(st.dictionaries(st.integers(0, 6), _minutes, max_size=7)).items())),
        people,
        processes,
        tuple(draw(st.permutations(kpis))),
        meets=draw(st.frozensets(st.integers(0, 6), max_size=3)),
    )


_minutes = st.times().map(lambda at: time(at.hour, at.minute))


@st.composite
def _away(draw: st.DrawFn) -> tuple[date | None, date | None]:
    first = draw(st.none() | days)
    last = draw(st.none() | days) if first else None
    return first, last if first and last and last >= first else None


@st.composite
def _kpi(draw: st.DrawFn, id: str, name: str, owner: str, processes: list[str | None], starred: bool) -> Kpi:
    direction = draw(st.sampled_from(Direction))
    promise, one, other = draw(values), draw(st.none() | values), draw(st.none() | values)
    return Kpi(
        id,
        name,
        owner,
        promise,
        draw(st.sampled_from(processes)),
        draw(free),
        direction,
        None if one is None else direction.worse(one, promise),
        None if other is None or not direction.reaches(other, promise) else other,
        draw(st.sampled_from(Period)),
        draw(st.sampled_from(Counting)),
        draw(st.sampled_from(["", "€", "%", "calls", "/10", "=x", "1"])),
        draw(st.integers(0, 6)),
        draw(st.sampled_from(Timing)),
        draw(st.sampled_from(Measures)),
        draw(st.sampled_from(Nature)),
        starred,
    )


def told(team: Team) -> Mapping[str, Any]:
    """Everything that a file should bring over, with names for ids."""
    who = {person.id: person.name for person in team.people}
    what = {process.id: process.name for process in team.processes}
    settings = {name: getattr(team, name) for name in team.__struct_fields__}
    for key in ("people", "processes", "kpis", "promise_changes", "schedule_edition"):
        del settings[key]
    return {
        "team": settings,
        "people": [replace(person, id="") for person in team.people],
        "processes": [
            replace(process, id="", accountable=who.get(process.accountable or "")) for process in team.processes
        ],
        "kpis": [
            replace(kpi, id="", owner=who[kpi.owner], process=what.get(kpi.process or ""), since=None)
            for kpi in team.kpis
        ],
    }
