"""Every edit of a team: a Team and what is wanted in, a new Team out (METHOD 3).

Pure and checked: what cannot be is Refused with the field it is about and a sentence that says why. What has a
history is retired, never deleted; whether it has one is handed in.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from msgspec.structs import replace

from huddle_tui.domain import dates, text
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.merging import LABELS, whole_again
from huddle_tui.domain.numbers import LOCALES, MOST_DECIMALS
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import (
    Baseline,
    Decided,
    Kpi,
    Person,
    Process,
    PromiseChange,
    Team,
    fold,
    in_order,
    new_id,
    same_name,
)

TIME_BOX: Final = (60, 3600)
"""Fewest and most seconds of a huddle."""
SECONDS_PER_PERSON: Final = (10, 900)
"""Fewest and most seconds of a turn."""


class Refused(HuddleError):
    """An edit that cannot be, and the field that is in the way."""

    def __init__(self, field: str, template: str, /, **values: object) -> None:
        self.field = field
        """The name of the field, as the dataclass calls it."""
        super().__init__(template, **values)


Item = TypeVar("Item", Person, Process, Kpi)
Found = TypeVar("Found")


# People


def add_person(team: Team, name: str, role: str = "") -> Team:
    """The team with one more member, last in the order."""
    person = Person(new_id(name, (p.id for p in team.people)), name, role)
    return replace(team, people=(*team.people, _checked_person(team, person)))


def change_person(team: Team, person: Person) -> Team:
    """The team with that person as given; who comes back (`left_on` None again) finds their numbers as they were."""
    found(team.person(person.id))
    return replace(team, people=_put(team.people, _checked_person(team, person)))


def remove_person(team: Team, id: str, day: date, has_history: bool) -> Team:
    """The team without that person: gone since `day` when there is a history, else deleted with all their numbers.

    Processes they were accountable for become a hole. The numbers of who leaves stay: the coach says that nobody
    reads them out, until somebody takes them over.
    """
    person = found(team.person(id))
    processes = tuple(replace(p, accountable=None) if p.accountable == id else p for p in team.processes)
    if has_history:
        people = _put(team.people, replace(person, left_on=day))
        return replace(team, people=people, processes=processes)
    mine = {k.id for k in team.kpis if k.owner == id}
    return replace(_without_kpis(team, mine), people=tuple(p for p in team.people if p.id != id), processes=processes)


def move_person(team: Team, id: str, steps: int) -> Team:
    """The team with that person `steps` places later among the members (earlier where negative)."""
    return replace(team, people=_moved(team.people, id, steps, [p.id for p in team.members]))


def _checked_person(team: Team, person: Person) -> Person:
    name = _text("name", person.name, text.PERSON_NAME, needed=N_("A person needs a name."))
    role = _text("role", person.role, text.NAME)
    rivals = [p for p in team.members if p.id != person.id]
    if person.left_on is None and any(same_name(p.name, name) for p in rivals):
        template = N_("There is already somebody called {name}: add an initial to tell them apart.")
        raise Refused("name", template, name=name)
    if person.away_to is not None and person.away_from is None:
        raise Refused("away_from", N_("From when on is {name} away? Only the last day is filled in."), name=name)
    if person.away_from and person.away_to and person.away_to < person.away_from:
        template = N_("The last day away, {last}, comes before the first, {first}.")
        raise Refused("away_to", template, first=person.away_from.isoformat(), last=person.away_to.isoformat())
    return replace(person, name=name, role=role)


# Processes


def add_process(team: Team, name: str, accountable: str | None = None, key_numbers: Iterable[str] = ()) -> Team:
    """The team with one more core process, last in the customer's order."""
    process = Process(new_id(name, (p.id for p in team.processes)), name, accountable, tuple(key_numbers))
    return replace(team, processes=(*team.processes, _checked_process(team, process)))


def change_process(team: Team, process: Process) -> Team:
    """The team with that process as given."""
    found(team.process(process.id))
    return replace(team, processes=_put(team.processes, _checked_process(team, process)))


def remove_process(team: Team, id: str) -> Team:
    """The team without that process; its numbers stay with their owners. Readings never spoke of it."""
    found(team.process(id))
    kpis = tuple(replace(k, process=None) if k.process == id else k for k in team.kpis)
    return replace(team, processes=tuple(p for p in team.processes if p.id != id), kpis=kpis)


def move_process(team: Team, id: str, steps: int) -> Team:
    """The team with that process `steps` places later in the customer's order (earlier where negative)."""
    return replace(team, processes=_moved(team.processes, id, steps, [p.id for p in team.processes]))


def _checked_process(team: Team, process: Process) -> Process:
    name = _text("name", process.name, text.NAME, needed=N_("A process needs a name: what does it deliver?"))
    if any(same_name(p.name, name) for p in team.processes if p.id != process.id):
        raise Refused("name", N_("There is already a process called {name}."), name=name)
    if process.accountable is not None and process.accountable not in {p.id for p in team.members}:
        raise Refused("accountable", N_("Whoever is accountable must be in the team."))
    numbers = [_text("key_numbers", number, text.NAME) for number in process.key_numbers]
    return replace(process, name=name, key_numbers=tuple({fold(n): n for n in numbers if n}.values()))


# KPIs


def add_kpi(team: Team, kpi: Kpi, day: date) -> Team:
    """The team with one more number, asked for since `day`; its id is made here. A ★ moves to it."""
    owner = team.person(kpi.owner)
    kpi = replace(
        kpi, id=new_id(f"{owner.name if owner else ''} {kpi.name}", (k.id for k in team.kpis)), since=kpi.since or day
    )
    checked = _checked_kpi(team, kpi)
    return _one_star(replace(team, kpis=(*team.kpis, checked)), checked)


def change_kpi(team: Team, kpi: Kpi, day: date, by: str = "") -> Team:
    """The team with that number as given. Another promise is recorded: on `day`, by the person with id `by`."""
    old = found(team.kpi(kpi.id))
    if kpi.owner != old.owner and old.most_important and any(k.most_important for k in team.kpis_of(kpi.owner)):
        kpi = replace(kpi, most_important=False)
    kpi = _checked_kpi(team, kpi, old)
    team = _one_star(replace(team, kpis=_put(team.kpis, kpi)), kpi)
    if kpi.promise == old.promise:
        return team
    day = max([day, *(c.day for c in team.promise_changes if c.kpi == kpi.id)])  # the clock may have been set back
    id = new_id(f"team {day} {kpi.id}", (c.id for c in team.promise_changes))  # unlike those that a huddle makes
    change = PromiseChange(id, kpi.id, day, old.promise, kpi.promise, by)
    return replace(team, promise_changes=in_order((*team.promise_changes, change)))


def star(team: Team, id: str) -> Team:
    """The team with the owner's ★ on that number, and on no other of theirs."""
    kpi = replace(found(team.kpi(id)), most_important=True)
    return _one_star(replace(team, kpis=_put(team.kpis, kpi)), kpi)


def remove_kpi(team: Team, id: str, day: date, has_history: bool) -> Team:
    """The team without that number: retired since `day` when it was ever reported, else deleted."""
    kpi = found(team.kpi(id))
    if not has_history:
        return _without_kpis(team, {id})
    return replace(team, kpis=_put(team.kpis, replace(kpi, retired_on=day, most_important=False)))


def decide(team: Team, id: str, decided: Decided) -> Team:
    """The team with what a quarter's review came to for that number; the last decision of a review holds."""
    kpi = found(team.kpi(id))
    others = tuple(one for one in kpi.decided if one.quarter != decided.quarter)
    return replace(team, kpis=_put(team.kpis, replace(kpi, decided=(*others, decided))))


def move_kpi(team: Team, id: str, steps: int) -> Team:
    """The team with that number `steps` places later among those of its owner (earlier where negative)."""
    owner = found(team.kpi(id)).owner
    return replace(team, kpis=_moved(team.kpis, id, steps, [k.id for k in team.kpis_of(owner)]))


def begin_limits(team: Team, kpi: str, baseline: Baseline) -> Team:
    """From the day of `baseline` on the natural limits of that KPI begin anew; who decides, says what changed."""
    known = found(team.kpi(kpi))
    why = _text("baselines", baseline.why, text.FREE, needed=N_("Say what changed: limits begin anew for a reason."))
    others = tuple(one for one in known.baselines if one.day != baseline.day)
    return replace(team, kpis=_put(team.kpis, replace(known, baselines=(*others, replace(baseline, why=why)))))


def _checked_kpi(team: Team, kpi: Kpi, old: Kpi | None = None) -> Kpi:
    name = _text("name", kpi.name, text.NAME, needed=N_("A number needs a name: what do you read out?"))
    unit, definition = _text("unit", kpi.unit, text.NAME), _text("definition", kpi.definition, text.FREE, lines=True)
    kpi = replace(kpi, name=name, unit=unit, definition=definition)
    owner = team.person(kpi.owner)
    if owner is None or (owner.left_on is not None and (old is None or old.owner != kpi.owner)):
        raise Refused("owner", N_("Somebody in the team has to read it out: choose who."))
    if kpi.retired_on is None and any(same_name(k.name, name) for k in team.kpis_of(kpi.owner) if k.id != kpi.id):
        raise Refused("name", N_("{person} already has a number called {name}."), person=owner.name, name=name)
    if kpi.process is not None and team.process(kpi.process) is None:
        raise Refused("process", N_("That process is not on the PACe chart any more: choose another."))
    if (old is None or kpi.decimals != old.decimals) and not 0 <= kpi.decimals <= MOST_DECIMALS:
        raise Refused("decimals", N_("Between 0 and {most} decimals, please."), most=MOST_DECIMALS)
    edges = (kpi.direction, kpi.promise, kpi.red_edge, kpi.stretch)
    if old is None or edges != (old.direction, old.promise, old.red_edge, old.stretch):
        check_edges(*edges)
    return kpi


def check_edges(direction: Direction, promise: Decimal, red_edge: Decimal | None, stretch: Decimal | None) -> None:
    """Refuses a red edge on the better side of the promise, and a stretch on its worse side."""
    if red_edge is not None and not direction.reaches(promise, red_edge):
        text = (
            N_("More is better here, so red has to begin at the promise of {promise} or below it, not at {edge}.")
            if direction is Direction.AT_LEAST
            else N_("Less is better here, so red has to begin at the promise of {promise} or above it, not at {edge}.")
        )
        raise Refused("red_edge", text, promise=promise, edge=red_edge)
    if stretch is not None and not direction.reaches(stretch, promise):
        at_least = N_(
            "More is better here, so super green has to begin at the promise of {promise} or above it, not at {edge}."
        )
        at_most = N_(
            "Less is better here, so super green has to begin at the promise of {promise} or below it, not at {edge}."
        )
        told = at_least if direction is Direction.AT_LEAST else at_most
        raise Refused("stretch", told, promise=promise, edge=stretch)


def _one_star(team: Team, kpi: Kpi) -> Team:
    """No other number of the owner keeps a ★ when this one has it."""
    if not kpi.most_important:
        return team
    kpis = tuple(
        replace(k, most_important=False) if k.owner == kpi.owner and k.id != kpi.id and k.retired_on is None else k
        for k in team.kpis
    )
    return replace(team, kpis=kpis)


def _without_kpis(team: Team, ids: set[str]) -> Team:
    return replace(
        team,
        kpis=tuple(k for k in team.kpis if k.id not in ids),
        promise_changes=tuple(c for c in team.promise_changes if c.kpi not in ids),
    )


# Settings


def change_settings(team: Team, wanted: Team) -> Team:
    """The team with the settings of `wanted`; its people, processes and numbers stay."""
    name = _text("name", wanted.name, text.NAME, needed=N_("The team needs a name."))
    if wanted.locale not in LOCALES:
        raise Refused("locale", N_("Choose the language of the numbers: {choices}."), choices=", ".join(LOCALES))
    if not dates.is_zone(wanted.timezone):
        template = N_("{typed} is not a time zone: write it as Europe/Amsterdam.")
        raise Refused("timezone", template, typed=wanted.timezone)
    if not TIME_BOX[0] <= wanted.time_box <= TIME_BOX[1]:
        template = N_("A huddle takes between {least} and {most} minutes; ten is what works.")
        raise Refused("time_box", template, least=TIME_BOX[0] // 60, most=TIME_BOX[1] // 60)
    if not SECONDS_PER_PERSON[0] <= wanted.seconds_per_person <= SECONDS_PER_PERSON[1]:
        template = N_("A turn takes between {least} and {most} seconds.")
        raise Refused("seconds_per_person", template, least=SECONDS_PER_PERSON[0], most=SECONDS_PER_PERSON[1])
    if not wanted.calendar.weekdays:
        raise Refused("calendar", N_("A team works on at least one day of the week."))
    return replace(
        team, name=name, locale=wanted.locale, timezone=wanted.timezone, time_box=wanted.time_box,
        seconds_per_person=wanted.seconds_per_person, calendar=wanted.calendar, reports=wanted.reports,
        order=wanted.order, huddle_times=wanted.huddle_times, meets=wanted.meets,
    )  # fmt: skip


def with_edition(stored: Team, edited: Team) -> Team:
    """The edited team, of the next edition where the edit changed what a calendar shows of its huddles."""
    schedule = ("name", "timezone", "time_box", "calendar", "huddle_times", "meets")
    same = all(getattr(stored, field) == getattr(edited, field) for field in schedule)
    return replace(edited, schedule_edition=stored.schedule_edition + (not same))


# Shared


def sound(team: Team, stored: Team) -> Team:
    """The team after two edits met: still Refused what no edit may make; who or what is gone leaves a hole.

    Where both gave a person a ★, the one in `stored` stays.
    """
    team = whole_again(team, stored)
    for person in team.people:
        _checked_person(team, person)
    for process in team.processes:
        _checked_process(team, process)
    for kpi in team.kpis:
        _checked_kpi(team, kpi, kpi)
    return team


def _text(field: str, typed: str, limit: int, *, needed: str = "", lines: bool = False) -> str:
    try:
        kept = text.checked(typed, limit, Sentence(LABELS[field]), lines=lines)
    except HuddleError as error:
        raise Refused(field, error.sentence.template, **error.sentence.values) from None
    if needed and not kept:
        raise Refused(field, needed)
    return kept


def found(item: Found | None) -> Found:
    """What an edit is about. Raises HuddleError where somebody else removed it meanwhile."""
    if item is None:
        raise HuddleError(N_("Somebody else removed it meanwhile; nothing was changed."))
    return item


def _put(items: Sequence[Item], item: Item) -> tuple[Item, ...]:
    return tuple(item if i.id == item.id else i for i in items)


def _moved(items: Sequence[Item], id: str, steps: int, among: Sequence[str]) -> tuple[Item, ...]:
    """The items with one of them `steps` places further among those of `among`; the others keep their places."""
    found(id if id in among else None)
    order = [i for i in among if i != id]
    order.insert(max(0, min(len(order), among.index(id) + steps)), id)
    by_id = {item.id: item for item in items}
    places = iter(order)
    return tuple(by_id[next(places)] if item.id in among else item for item in items)
