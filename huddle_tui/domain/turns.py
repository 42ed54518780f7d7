"""Who speaks when, which numbers are asked of them, and the steps within one turn (METHOD 7 and 8). Pure."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from huddle_tui.domain.huddle import Asking, Due, Huddle, Reading, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Status, Yardstick
from huddle_tui.domain.reasons import NOT_KNOWN
from huddle_tui.domain.stucks import heard
from huddle_tui.domain.team import Counting, Kpi, Order, Person, PromiseChange, Team

_EPOCH = date(2024, 1, 1)
"""From here the days of the huddle are counted, so that another person starts each time."""


def speaking_order(team: Team, day: date) -> tuple[Person, ...]:
    """Who speaks when on `day`: as listed, rotating by working day, or shuffled (the same all day)."""
    people = list(team.members)
    if team.order is Order.ROTATING and people:
        start = team.rhythm.between(_EPOCH, day) % len(people)
        people = people[start:] + people[:start]
    elif team.order is Order.SHUFFLED:
        random.Random(day.toordinal()).shuffle(people)
    return tuple(people)


def agenda(team: Team, person: str, huddle_day: date, reported: Mapping[str, date]) -> tuple[Due, ...]:
    """The numbers asked of a person on `huddle_day`: ★ first; slow ones only when their period is complete.

    `reported` holds, per KPI, the newest day for which a value was reported (METHOD 8, slow numbers).
    """
    day = team.reporting_day(huddle_day)
    asked = []
    for kpi in team.kpis_of(person):
        if not kpi.period.slow:
            if _has_days(team, kpi, day):
                asked.append(Due(kpi.id, day))
        elif is_due(team, kpi, day, reported.get(kpi.id)):
            asked.append(Due(kpi.id, team.calendar.completed(kpi.period, day)))
    return tuple(asked)


def is_due(team: Team, kpi: Kpi, day: date, reported: date | None) -> bool:
    """Whether a slow number is asked for on reporting day `day`, given the newest day it was reported for."""
    complete = team.calendar.completed(kpi.period, day)
    wanted = (kpi.since is None or kpi.since <= complete) and (reported is None or reported < complete)
    return wanted and _has_days(team, kpi, complete)


def _has_days(team: Team, kpi: Kpi, day: date) -> bool:
    """Whether the period has a working day: the running total of one that has none is not asked (METHOD 5)."""
    return kpi.counting is not Counting.RUNNING_TOTAL or team.calendar.passed(kpi.period, day)[1] > 0


def judged(kpi: Kpi, day: date, actual: Decimal | None, stick: Yardstick, **others: Any) -> Reading:
    """What was said of `kpi`, as it is named and counted now, held against `stick`."""
    return Reading.of(
        kpi.id, kpi.name, day, actual, stick, stick.judge(actual), period=kpi.period, counting=kpi.counting,
        unit=kpi.unit, decimals=kpi.decimals, most_important=kpi.most_important, **others,
    )  # fmt: skip


def harder(team: Team, kpi: Kpi, day: date) -> Decimal | None:
    """The hardest promise that was in force earlier in the period of `day`, where it was harder than the one now.

    What a huddle changed counts from the day it reported on: a week that is promised anew on its first morning was
    never promised otherwise.
    """
    first, hardest = team.calendar.first(kpi.period, day), kpi.promise
    for change in team.promise_changes:
        in_huddle = change.id == f"{change.day}/{change.kpi}"
        since = team.reporting_day(change.day) if in_huddle else change.day - timedelta(days=1)
        if change.kpi == kpi.id and since >= first and not kpi.direction.reaches(hardest, change.old):
            hardest = change.old
    return hardest if hardest != kpi.promise else None


def explained(reading: Reading, reason: int | None) -> Reading:
    """A miss with its reason; naming none leaves the one it has, else it is *don't know yet* (METHOD 11)."""
    if not reading.status.missed:
        return reading
    return replace(reading, reason=(reading.reason or NOT_KNOWN) if reason is None else reason)


def promise_changes(huddle: Huddle) -> tuple[PromiseChange, ...]:
    """The promises that a huddle changed; their ids come from day and KPI, so recording them twice changes nothing."""
    return tuple(
        PromiseChange(f"{huddle.day}/{r.kpi}", r.kpi, huddle.day, r.promise, r.next_promise, turn.person)
        for turn in huddle.turns
        for r in turn.readings
        if r.next_promise is not None and r.next_promise != r.promise
    )


def on(turn: Turn) -> Turn:
    """On to the next number that was not said yet, first behind this one; then to the stuck."""
    order = [*range(turn.at + 1, len(turn.agenda)), *range(turn.at)]
    unsaid = next((i for i in order if turn.reading(turn.agenda[i].kpi) is None), None)
    if unsaid is None:
        return replace(turn, at=len(turn.agenda), asking=Asking.STUCK)
    return replace(turn, at=unsaid, asking=Asking.NUMBER)


def begun(turn: Turn) -> bool:
    """Whether something was said in it, or is about to be."""
    return bool(turn.readings) or turn.state in {TurnState.SPEAKING, TurnState.DONE}


def presence(person: Person, day: date) -> TurnState:
    """Where the turn of that person stands before the huddle: absent where they are known to be away."""
    return TurnState.ABSENT if person.away_on(day) else TurnState.WAITING


def planned(turn: Turn, due: tuple[Due, ...]) -> Turn:
    """The turn with that agenda; one that has not begun starts at its first number, one that has stays where it is."""
    if not begun(turn) or not turn.agenda:
        return replace(turn, agenda=due, at=0, asking=Asking.NUMBER if due else Asking.STUCK)
    return replace(turn, agenda=due, at=len(due) if turn.asking is Asking.STUCK else turn.at)


def replanned(turn: Turn, due: tuple[Due, ...], team: Team, huddle_day: date) -> Turn:
    """The turn with that agenda, and with what was checked in early behind it."""
    known = {d.kpi for d in due}
    mine = {k.id for k in team.kpis_of(turn.person)} - known
    early = team.reporting_day(huddle_day)
    entries = turn.hidden.entries if turn.hidden else ()
    return planned(turn, (*due, *(Due(e.kpi, early) for e in entries if e.answered and e.kpi in mine)))


def put(readings: tuple[Reading, ...], reading: Reading) -> tuple[Reading, ...]:
    """The readings with that one, in the place of an earlier one of the same KPI."""
    if any(r.kpi == reading.kpi for r in readings):
        return tuple(reading if r.kpi == reading.kpi else r for r in readings)
    return (*readings, reading)


def with_turn(huddle: Huddle, turn: Turn) -> Huddle:
    """The huddle with that turn in the place of the same person's."""
    return replace(huddle, turns=tuple(turn if t.person == turn.person else t for t in huddle.turns))


def clocks(huddle: Huddle, now: float, *, running: bool) -> Huddle:
    """Both clocks run, or both stand still."""

    def turn_clock(turn: Turn) -> Turn:
        counts = running and turn.state is TurnState.SPEAKING
        return replace(turn, watch=turn.watch.start(now) if counts else turn.watch.stop(now))

    watch = huddle.watch.start(now) if running else huddle.watch.stop(now)
    return replace(huddle, watch=watch, turns=tuple(turn_clock(t) for t in huddle.turns))


def kept_unsaid(turn: Turn, team: Team, known: tuple[Stuck, ...] = ()) -> Turn:
    """The turn of somebody who did not have it, with what they checked in: it is kept and marked so.

    `known` is what that person was stuck on already.
    """
    if turn.state is TurnState.DONE or turn.hidden is None:
        return turn
    readings = list(turn.readings)
    for due in turn.agenda:
        entry, kpi = turn.covered(due.kpi), team.kpi(due.kpi)
        if entry and kpi:
            stick = team.yardstick(kpi, due.day)
            status = stick.judge(entry.actual)
            said = judged(
                kpi,
                due.day,
                entry.actual,
                stick,
                checked_in=True,
                by_proxy=turn.hidden.typed_by_proxy(kpi.id),
                note=entry.plan if status.missed else "",
                harder=harder(team, kpi, due.day),
                next_promise=entry.next_promise if status is Status.RED else None,
            )
            readings.append(explained(said, entry.reason))
    return replace(turn, readings=tuple(readings), stucks=turn.stucks or heard(turn.hidden.stuck, known))
