"""Laying a file over the team: what would be added and changed, and then doing it, all or nothing (METHOD 1 and 3).

Things are recognised by name, so the same file laid over twice changes nothing the second time. What a file does not
mention stays as it is. Every step is an edit of `domain.team_edits`, so no file gets in what no form would accept.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from msgspec.structs import replace

from huddle_tui.domain import dates, team_edits
from huddle_tui.domain.merging import LABELS, shown
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import Kpi, Person, Process, Team
from huddle_tui.domain.workdays import Calendar
from huddle_tui.exchange.reading import kpi_csv, team_file
from huddle_tui.exchange.reading.given import Given, TeamFile, kpi_named, process_named
from huddle_tui.exchange.reading.problems import read_text, short
from huddle_tui.i18n import LANGUAGE_NAMES, language
from huddle_tui.store.port import Book
from huddle_tui.words import amount, bound

_Thing = TypeVar("_Thing", Person, Process, Kpi)


class ImportPlan(msgspec.Struct, frozen=True):
    """What importing a file comes to."""

    team: Team
    """The team as it will be."""
    added: tuple[Sentence, ...] = ()
    """What is new, a sentence each."""
    changed: tuple[Sentence, ...] = ()
    """What changes, a sentence each."""

    @property
    def empty(self) -> bool:
        """Whether everything in the file is so already."""
        return not self.added and not self.changed


def read(path: Path, team: Team | None) -> TeamFile:
    """What the file at `path` says: a CSV of KPIs (.csv, .tsv) or a TOML team file. Raises HuddleError."""
    source = read_text(path)
    if path.suffix.casefold() in {".csv", ".tsv", ".tab"}:
        return kpi_csv.read(source, team)
    return team_file.read(source, team)


def carry_out(book: Book, file: TeamFile, today: date) -> ImportPlan:
    """Lays `file` over the team as it is stored by now; a file that changes nothing writes nothing."""
    done = plan(book.team() if book.exists() else None, file, today)
    if done.empty:
        return done

    def change(stored: Team | None) -> Team:
        nonlocal done
        done = plan(stored, file, today)
        return done.team

    book.change_team(change)
    return done


def plan(team: Team | None, file: TeamFile, today: date) -> ImportPlan:
    """What `file` makes of `team` (None where there is no book yet); nothing is stored. Raises HuddleError.

    A new KPI counts from `today`, and a promise that the file changes is a change of `today`, by nobody in particular.
    """
    if team is None and "name" not in file.settings:
        raise HuddleError(N_("There is no team yet: make one first, or import a team file that names it."))
    laid = _with_settings(team or Team("", timezone=dates.machine_zone() or "UTC"), file.settings)
    laid = _with_people(laid, file.people)
    laid = _with_processes(laid, file.processes)
    laid = _with_kpis(laid, file.kpis, today)
    if team is not None:
        laid = team_edits.with_edition(team, laid)
    return ImportPlan(laid, tuple(_added(team, laid)), tuple(_changed(team, laid)) if team else ())


# Laying each kind over the team


def _with_settings(team: Team, given: Mapping[str, Any]) -> Team:
    """The team's own fields; working days and days off are its calendar's."""
    calendar = Calendar(given.get("workdays", team.calendar.weekdays), given.get("days_off", team.calendar.days_off))
    own = {key: value for key, value in given.items() if key not in {"workdays", "days_off"}}
    return team_edits.change_settings(team, replace(team, calendar=calendar, **own)) if given else team


def _with_people(team: Team, given: Sequence[Given]) -> Team:
    """Members; whoever left under the same name is somebody else."""
    mentioned = []
    for each in given:
        person = team.person_named(each["name"])
        if person is None:
            team = team_edits.add_person(team, each["name"])
            person = team.people[-1]
        laid = replace(person, **each)
        team = team_edits.change_person(team, laid if laid.away_from else replace(laid, away_to=None))
        mentioned.append(person.id)
    return replace(team, people=_in_order(team.people, mentioned))


def _with_processes(team: Team, given: Sequence[Given]) -> Team:
    """Processes in the customer's order, each with the person that the file names."""
    mentioned = []
    for each in given:
        process = process_named(team, each["name"])
        if process is None:
            team = team_edits.add_process(team, each["name"])
            process = team.processes[-1]
        team = team_edits.change_process(team, replace(process, **_by_id(team, each)))
        mentioned.append(process.id)
    return replace(team, processes=_in_order(team.processes, mentioned))


def _with_kpis(team: Team, given: Sequence[Given], today: date) -> Team:
    """KPIs with their promises; one that was retired comes back with its history."""
    mentioned = []
    for each in given:
        kpi, values = kpi_named(team, each["owner"], each["name"]), _by_id(team, each)
        if kpi is None:
            team = team_edits.add_kpi(team, Kpi("", **values), today)
            kpi = team.kpis[-1]
        else:
            team = team_edits.change_kpi(team, replace(kpi, **values, retired_on=None), today)
        mentioned.append(kpi.id)
    return replace(team, kpis=_in_order(team.kpis, mentioned))


def _by_id(team: Team, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with ids for names; raises HuddleError for somebody or something removed since the file was read."""
    found = dict(values)
    for key in ("owner", "accountable", "process"):
        if (name := found.get(key)) is not None:
            thing = process_named(team, name) if key == "process" else team.person_named(name)
            if thing is None:
                raise HuddleError(N_("{name} is not there any more: import the file again."), name=name)
            found[key] = thing.id
    return found


def _in_order(stored: Sequence[_Thing], mentioned: Sequence[str]) -> tuple[_Thing, ...]:
    """The mentioned ones in the order of the file; every other one stays right behind whom it stood behind."""
    order = list(mentioned)
    for place, thing in enumerate(stored):
        if thing.id not in mentioned:
            order.insert(order.index(stored[place - 1].id) + 1 if place else 0, thing.id)
    by_id = {thing.id: thing for thing in stored}
    return tuple(by_id[id] for id in order)


# Telling what came of it


_KINDS: Final = {
    "people": (
        N_("Person {name}"),
        N_("Person {name} · {what}: {old} → {new}"),
        N_("The people stand in another order"),
    ),
    "processes": (
        N_("Process {name}"),
        N_("Process {name} · {what}: {old} → {new}"),
        N_("The processes stand in another order"),
    ),
    "kpis": (
        N_("KPI {name} of {owner}: {promise}, {period}, {counting}"),
        N_("KPI {name} of {owner} · {what}: {old} → {new}"),
        N_("The KPIs stand in another order"),
    ),
}
"""What is said of one that is new, of a field of one that changed, and of all that stand in another order."""
_TOLD_APART: Final = frozenset({*_KINDS, "calendar", "promise_changes", "schedule_edition"})


def _added(before: Team | None, after: Team) -> Iterator[Sentence]:
    if before is None:
        yield Sentence(N_("Team {name}"), {"name": after.name})
    for kind, (added, _changed, _moved) in _KINDS.items():
        known = {thing.id for thing in getattr(before, kind, ())}
        yield from (Sentence(added, _about(after, each)) for each in getattr(after, kind) if each.id not in known)


def _changed(before: Team, after: Team) -> Iterator[Sentence]:
    for old, new in ((before, after), (before.calendar, after.calendar)):
        yield from _fields(N_("Team {name} · {what}: {old} → {new}"), {"name": before.name}, before, after, old, new)
    moved = []
    for kind, (_added, changed, order) in _KINDS.items():
        olds, news = getattr(before, kind), {thing.id: thing for thing in getattr(after, kind)}
        for old in olds:
            yield from _fields(changed, _about(before, old), before, after, old, news[old.id])
        known = [old.id for old in olds]
        moved += [Sentence(order)] if [id for id in news if id in known] != known else []
    yield from moved


def _about(team: Team, thing: Person | Process | Kpi) -> dict[str, object]:
    """Whom or what a sentence is about."""
    if not isinstance(thing, Kpi):
        return {"name": thing.name}
    owner, promise = team.person(thing.owner), amount(thing.promise, thing.unit, team.locale, thing.decimals)
    kinds = {"period": shown(thing.period), "counting": shown(thing.counting)}
    return {
        "name": thing.name,
        "owner": owner.name if owner else thing.owner,
        "promise": bound(thing.direction, promise),
        **kinds,
    }


def _fields(
    template: str, about: Mapping[str, object], before: Team, after: Team, old: Any, new: Any
) -> Iterator[Sentence]:
    """One sentence for each field in which two values of the same class, of those teams, differ."""
    for key in (name for name in old.__struct_fields__ if name not in _TOLD_APART):
        one, other = getattr(old, key), getattr(new, key)
        if one != other:
            told = {"old": _shown(key, one, before), "new": _shown(key, other, after)}
            yield Sentence(template, {**about, "what": Sentence(LABELS[key]), **told})


def _shown(key: str, value: object, team: Team) -> object:
    """A field's value as it is read in such a sentence."""
    match key, value:
        case "time_box", int():
            return Sentence(N_("{minutes} min"), {"minutes": Decimal(value) / 60})
        case "weekdays" | "meets", frozenset():
            days = ", ".join(dates.weekday(day, language()) for day in sorted(value))
            return days or Sentence(N_("the working days"))
        case "days_off", frozenset():
            return short(", ".join(map(str, sorted(value)))) or shown(None)
        case "huddle_times", Mapping():
            told = (f"{dates.weekday(day, language())} {at:%H:%M}" for day, at in value.items())
            return ", ".join(told) or shown(None)
        case "locale", str():
            return LANGUAGE_NAMES[value]
        case "accountable" | "process", str():
            known = team.person(value) if key == "accountable" else team.process(value)
            return short(known.name) if known else shown(None)
        case _, str() if value:
            return short(value)
    return shown(value)
