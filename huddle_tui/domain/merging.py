"""Two people edit the same team at once, and neither loses a change (METHOD 3).

Three values meet: the one an edit was opened with, the one that is wanted, and the one that is stored by now. What
only one side changed is taken over; what both changed to different values is a Conflict, which is shown.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import Kpi, Person, Process, PromiseChange, Team, in_order, new_id
from huddle_tui.domain.workdays import Calendar

Item = TypeVar("Item", Person, Process, Kpi, PromiseChange)
Record = TypeVar("Record", Person, Process, Kpi, PromiseChange, Team, Calendar)

LABELS: Final = {
    "name": N_("The name"),
    "role": N_("The role title"),
    "away_from": N_("The first day away"),
    "away_to": N_("The last day away"),
    "left_on": N_("The day of leaving"),
    "link": N_("The link"),
    "accountable": N_("The one accountable"),
    "key_numbers": N_("The key numbers"),
    "owner": N_("The owner"),
    "promise": N_("The promise"),
    "process": N_("The process"),
    "definition": N_("The definition"),
    "direction": N_("Which way is better"),
    "red_edge": N_("The red edge"),
    "stretch": N_("The stretch"),
    "period": N_("The period"),
    "counting": N_("How it counts"),
    "unit": N_("The unit"),
    "decimals": N_("The number of decimals"),
    "timing": N_("Leading or lagging"),
    "measures": N_("Output or input"),
    "nature": N_("Hard or soft"),
    "most_important": N_("The ★"),
    "since": N_("The first day"),
    "retired_on": N_("The day of retiring"),
    "locale": N_("The language"),
    "timezone": N_("The time zone"),
    "time_box": N_("The time box"),
    "seconds_per_person": N_("The seconds per person"),
    "calendar": N_("The working days"),
    "weekdays": N_("The working days"),
    "days_off": N_("The days off"),
    "reports": N_("The reporting day"),
    "order": N_("The order"),
    "huddle_times": N_("The huddle's times"),
    "meets": N_("The days of the huddle"),
    "baselines": N_("From when its limits count"),
}
"""How the fields are called in a sentence."""


class Conflict(HuddleError):
    """Two people changed the same field to different values; nothing was overwritten."""

    def __init__(self, field: str, theirs: object, mine: object) -> None:
        self.field = field
        """The field's name."""
        self.theirs = theirs
        """What is stored by now."""
        self.mine = mine
        """What this edit wanted."""
        label = Sentence(LABELS.get(field, field))
        if isinstance(theirs, Mapping | frozenset):
            text = N_("{field}: somebody else changed this too. Nothing was overwritten: save again to make it yours.")
            super().__init__(text, field=label)
            return
        text = N_(
            "{field}: somebody else made it “{theirs}” meanwhile, and you “{mine}”. Nothing was overwritten: save "
            "again to make it yours."
        )
        super().__init__(text, field=label, theirs=shown(theirs), mine=shown(mine))


def shown(value: object) -> object:
    """A field's value as it goes into a sentence."""
    match value:
        case None | "" | ():
            return Sentence(N_("nothing"))
        case bool():
            return Sentence(N_("yes") if value else N_("no"))
        case Enum():
            return Sentence(str(value.value))
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(str(part) for part in value)
        case Person() | Process() | Kpi():
            return value.name
    return value


def merged(opened: Record, wanted: Record, stored: Record, team: Team | None = None) -> Record:
    """What is stored, with what `wanted` changed since `opened`. Raises Conflict where both changed a field.

    `team` gives the names of the people and processes that a Conflict speaks of.
    """
    taken: dict[str, Any] = {}
    for field in opened.__struct_fields__:
        before, mine, theirs = (getattr(record, field) for record in (opened, wanted, stored))
        if mine in (before, theirs):
            continue
        if isinstance(theirs, Calendar):
            taken[field] = merged(before, mine, theirs)
        elif theirs != before:
            raise Conflict(field, _named(theirs, team), _named(mine, team))
        else:
            taken[field] = mine
    return replace(stored, **taken) if taken else stored


def _named(value: object, team: Team | None) -> object:
    """The person or process behind an id."""
    known = (team.person(value) or team.process(value)) if team and isinstance(value, str) else None
    return known or value


def merged_teams(opened: Team, wanted: Team, stored: Team) -> Team:
    """The same for whole teams: people, processes, KPIs and promise changes each on their own, matched by id."""
    names, teams = ("people", "processes", "kpis", "promise_changes"), (opened, wanted, stored)
    lists = {name: merged_lists(*(getattr(team, name) for team in teams)) for name in names}
    bare: dict[str, Any] = {**dict.fromkeys(lists, ()), "schedule_edition": stored.schedule_edition}
    settings = merged(replace(opened, **bare), replace(wanted, **bare), replace(stored, **bare))
    return replace(settings, **lists)


def united_teams(ours: Team, theirs: Team) -> Team:
    """Two versions of a team of which nobody knows what both were made from, as a sync tool leaves them.

    Everybody and everything that either knows is in it, matched by id. Where both have another value ours holds, but a
    promise is the one that was changed last, and a link that one of them does not have was revoked: no merge may bring
    it back. Every change of a promise stays in the trail.
    """
    known = {change.id: change for change in ours.promise_changes}
    changes: list[PromiseChange] = []
    for change in theirs.promise_changes:
        if known.get(change.id, change) != change:  # two computers changed it on one day, and named that alike
            change = replace(change, id=new_id(change.id, [*known, *(each.id for each in theirs.promise_changes)]))
        changes.append(change)
    last = {change.kpi: change.day for change in ours.promise_changes}
    later = {c.kpi for c in changes if c.id not in known and c.day > last.get(c.kpi, date.min)}
    mine = {kpi.id: kpi for kpi in ours.kpis}
    base = replace(  # what both have, so that the rest was added; theirs, so that what differs was changed by us
        theirs,
        people=_both_have(theirs.people, ours.people),
        processes=_both_have(theirs.processes, ours.processes),
        kpis=tuple(
            replace(kpi, promise=mine[kpi.id].promise, red_edge=mine[kpi.id].red_edge, stretch=mine[kpi.id].stretch)
            if kpi.id in later else kpi
            for kpi in _both_have(theirs.kpis, ours.kpis)
        ),
        promise_changes=_both_have(changes, ours.promise_changes),
    )  # fmt: skip
    united = whole_again(merged_teams(base, ours, replace(theirs, promise_changes=tuple(changes))), ours)
    unlinked = {person.id for person in (*ours.people, *theirs.people) if not person.link}
    return replace(
        united,
        people=tuple(replace(person, link="") if person.id in unlinked else person for person in united.people),
        promise_changes=in_order(united.promise_changes),
        schedule_edition=max(ours.schedule_edition, theirs.schedule_edition),
    )


def whole_again(team: Team, ours: Team) -> Team:
    """The team after two versions of it met: nobody has two ★, and who or what is gone leaves a hole (METHOD 3).

    Where either gave a person another ★, the one in `ours` stays.
    """
    mine = {kpi.id for kpi in ours.kpis if kpi.most_important}
    starred = [kpi for kpi in team.kpis if kpi.most_important and kpi.retired_on is None]
    star = {kpi.owner: kpi.id for kpi in sorted(starred, key=lambda kpi: kpi.id in mine)}  # the last one of each stays
    members, known = {person.id for person in team.members}, {process.id for process in team.processes}
    return replace(
        team,
        processes=tuple(
            process if process.accountable in members else replace(process, accountable=None)
            for process in team.processes
        ),
        kpis=tuple(
            replace(
                kpi,
                process=kpi.process if kpi.process in known else None,
                most_important=kpi.most_important and (kpi.retired_on is not None or star.get(kpi.owner) == kpi.id),
            )
            for kpi in team.kpis
        ),
    )


def _both_have(theirs: Sequence[Item], ours: Sequence[Item]) -> tuple[Item, ...]:
    ids = {item.id for item in ours}
    return tuple(item for item in theirs if item.id in ids)


def merged_lists(opened: Sequence[Item], wanted: Sequence[Item], stored: Sequence[Item]) -> tuple[Item, ...]:
    """What both sides added, removed, changed and moved. Raises HuddleError where one undid what the other did."""
    before: dict[str, Item] = {item.id: item for item in opened}
    mine: dict[str, Item] = {item.id: item for item in wanted}
    theirs: dict[str, Item] = {item.id: item for item in stored}
    kept: dict[str, Item] = {}
    for id in dict.fromkeys([*theirs, *mine]):
        old, new, now = before.get(id), mine.get(id), theirs.get(id)
        if new and now and old:
            kept[id] = merged(old, new, now)
        elif survivor := new or now:
            if new and now and new != now:
                raise _both(survivor)
            if old is None or (new and now):
                kept[id] = survivor
            elif survivor != old:
                raise _both(survivor)
    return tuple(kept[id] for id in _order(before, mine, theirs) if id in kept)


def _both(item: object) -> HuddleError:
    text = N_("{name} was changed by somebody else meanwhile, so this step stays as it is.")
    return HuddleError(text, name=getattr(item, "name", ""))


def _order(before: Collection[str], mine: Collection[str], theirs: Collection[str]) -> list[str]:
    """The order of whoever moved something; HuddleError where both did, each in another way."""

    def moved(by: Collection[str]) -> bool:
        return [id for id in by if id in before] != [id for id in before if id in by]

    if not moved(mine):
        return _woven(theirs, mine)
    if moved(theirs) and [id for id in mine if id in theirs] != [id for id in theirs if id in mine]:
        raise HuddleError(N_("The order was changed by somebody else meanwhile, so this step stays as it is."))
    return _woven(mine, theirs)


def _woven(leading: Collection[str], other: Collection[str]) -> list[str]:
    """The ids in the order of `leading`; what only `other` has stands behind what it follows there, or at the end."""
    order = list(leading)
    last = max((place for place, id in enumerate(other) if id in leading), default=-1)
    previous: str | None = None
    for place, id in enumerate(other):
        if id not in leading:
            at = len(order) if place > last else order.index(previous) + 1 if previous is not None else 0
            order.insert(at, id)
        previous = id
    return order
