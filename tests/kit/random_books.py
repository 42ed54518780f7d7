"""Random books: teams with every kind of KPI, and huddles in which everything happens that can happen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from msgspec.structs import replace

from huddle_tui.domain.clock import Stopwatch
from huddle_tui.domain.huddle import Action, CheckIn, Entry, Huddle, Offline, Reading, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.team import Counting, Kpi, Person, Team
from huddle_tui.domain.workdays import Calendar, Period

FIRST = date(2026, 1, 5)
NOTES = ("", "", "", "", "belt morgen", "plan: één extra demo", "[red]geen[/] =1+1", "ziek geweest", "wacht op IT")
STUCKS = (
    "",
    "",
    "",
    "",
    "",
    "wacht op de leverancier",
    "geen testomgeving",
    "[/b] ongelijke haakjes",
    "te weinig demo's",
)


def random_team(random: Random, people: int = 4, kpis: int = 3) -> Team:
    """A team in which every kind of KPI can occur."""
    members = tuple(Person(f"p{n}", name) for n, name in zip(range(people), _names(), strict=False))
    numbers = []
    for person in members:
        for n in range(kpis):
            promise = Decimal(random.choice([0, 2, 8, 25, 85, 12500, -100])) + Decimal(random.choice(["0", "0.5"]))
            period = random.choice([Period.DAY, Period.DAY, Period.WEEK, Period.WEEK, Period.MONTH])
            numbers.append(
                Kpi(
                    id=f"{person.id}-k{n}",
                    name=f"Getal {n} van {person.name}",
                    owner=person.id,
                    promise=promise,
                    direction=random.choice(list(Direction)),
                    stretch=random.choice([None, promise + 2, promise - 2]),
                    period=period,
                    counting=random.choice(list(Counting)) if period is not Period.DAY else Counting.SNAPSHOT,
                    unit=random.choice(["", "€", "%", "calls"]),
                    decimals=random.choice([0, 0, 1]),
                    most_important=n == kpis - 1,
                )
            )
    off = frozenset({FIRST + timedelta(days=random.randrange(200)) for _ in range(5)})
    return Team("Voorbeeld & Zn.", "nl", calendar=Calendar(days_off=off), people=members, kpis=tuple(numbers))


def random_huddles(random: Random, team: Team, count: int, first: date = FIRST) -> tuple[Team, list[Huddle]]:
    """So many huddles on working days, some left out; and the team afterwards, its promises changed on the way."""
    huddles: list[Huddle] = []
    day = team.calendar.after(first)
    levels: dict[tuple[str, date], Decimal] = {}
    while len(huddles) < count:
        if random.random() < 0.93:
            huddles.append(_huddle(random, team, day, levels))
        if random.random() < 0.05:
            team = _with_new_promise(random, team)
        day = team.calendar.after(day)
    return team, huddles


def random_book(seed: int, huddles: int = 60) -> tuple[Team, list[Huddle]]:
    """A team and its past; afterwards some people are renamed, some have left and some KPIs are retired."""
    random = Random(seed)
    team, past = random_huddles(random, random_team(random), huddles)
    last = past[-1].day
    people = list(team.people)
    people[0] = replace(people[0], name="Sanne van den Berg-Çelik")
    people[-1] = replace(people[-1], left_on=last) if random.random() < 0.5 else people[-1]
    kpis = [replace(k, retired_on=last) if random.random() < 0.2 else k for k in team.kpis]
    return replace(team, people=tuple(people), kpis=tuple(kpis)), past


def said(day: date, kpi: Kpi, team: Team, actual: Decimal | None, **other: object) -> Reading:
    """A reading as the round would judge it."""
    stick = team.yardstick(kpi, day)
    reading = Reading.of(
        kpi.id, kpi.name, day, actual, stick, stick.judge(actual), period=kpi.period, counting=kpi.counting,
        unit=kpi.unit, decimals=kpi.decimals, most_important=kpi.most_important,
    )  # fmt: skip
    return replace(reading, **other)


def _stucks(random: Random, day: date, state: TurnState) -> tuple[Stuck, ...]:
    text = random.choice(STUCKS) if state is TurnState.DONE else ""
    solved_on = random.choice([None, day + timedelta(days=2)])
    return (Stuck(text, solved_on=solved_on),) if text else ()


def _huddle(random: Random, team: Team, day: date, levels: dict[tuple[str, date], Decimal]) -> Huddle:
    about = team.reporting_day(day)
    turns = []
    for person in team.members:
        state = random.choices([TurnState.DONE, TurnState.ABSENT, TurnState.SKIPPED], [90, 8, 2])[0]
        readings: list[Reading] = []
        spoke = state is TurnState.DONE or (state is TurnState.ABSENT and random.random() < 0.4)
        for kpi in team.kpis_of(person.id) if spoke else ():
            actual = _actual(random, team, kpi, about, levels)
            reading = said(about, kpi, team, actual, note=random.choice(NOTES), by_proxy=random.random() < 0.05)
            if random.random() < 0.05:
                reading = replace(reading, earlier=(Decimal(3), None))
            readings.append(reading)
        turns.append(
            Turn(
                person.id,
                person.name,
                state,
                Stopwatch(random.uniform(20, 90) if state is TurnState.DONE else 0.0),
                readings=tuple(readings),
                hidden=None
                if readings
                else CheckIn(person.id, day, (Entry(f"{person.id}-k0", "777", True, Decimal(777)),)),
                stucks=_stucks(random, day, state),
            )
        )
    actions = tuple(
        Action(f"a{n}", random.choice(team.members).name, random.choice(["belt leverancier", "maakt een [plan]"]),
               by := random.choice([None, day + timedelta(days=random.randrange(6))]),
               random.choice([None, (by or day) + timedelta(days=random.randrange(-1, 3))]))
        for n in range(random.choice([0, 0, 1, 2]))
    )  # fmt: skip
    started = datetime(day.year, day.month, day.day, 8, 7, tzinfo=UTC)
    seconds = sum(turn.watch.used for turn in turns) + 60
    return Huddle(
        day,
        team.name,
        started_at=started,
        ended_at=started + timedelta(seconds=seconds),
        watch=Stopwatch(seconds),
        turns=tuple(turns),
        actions=actions,
        offline=(Offline("prijslijst", "Bram"),) if random.random() < 0.1 else (),
        temperature=random.choice([None, 6, 7, 8, 9]),
    )


def _actual(
    random: Random, team: Team, kpi: Kpi, about: date, levels: dict[tuple[str, date], Decimal]
) -> Decimal | None:
    if random.random() < 0.06:
        return None
    step = Decimal(random.randrange(-30, 31)) / 100
    scale = abs(kpi.promise) or Decimal(2)
    if kpi.counting is Counting.SNAPSHOT:
        return kpi.promise + (scale * step).quantize(Decimal("0.1"))
    key = (kpi.id, kpi.period.first(about))
    days = team.calendar.passed(kpi.period, about)[1] or 1
    levels[key] = levels.get(key, Decimal(0)) + ((kpi.promise + scale * step) / days).quantize(Decimal("0.1"))
    return levels[key]


def _with_new_promise(random: Random, team: Team) -> Team:
    chosen = random.choice(team.kpis)
    changed = replace(chosen, promise=chosen.promise + random.choice([-1, 1, 2]))
    return replace(team, kpis=tuple(changed if kpi.id == chosen.id else kpi for kpi in team.kpis))


def _names() -> Iterable[str]:
    return ("Sanne", "佐藤さん", "[/b] Bram", "Zoë d'Été", "=1+1", "Ümit", "Ö", "Kees-Jan van der Ploeg")
