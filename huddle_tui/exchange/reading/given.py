"""What a file says about a team: a neutral value that any format is read into, checked against what there is.

Only what the file mentions is in it. People and processes are named, not numbered: `activities.importing` finds out
who they are in the book.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from huddle_tui.domain.judging import Direction
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Kpi, Person, Process, Team, fold, same_name
from huddle_tui.domain.team_edits import Refused, check_edges
from huddle_tui.exchange.reading.problems import Position, Problems, nearest, quoted

_SEVERAL = re.compile(r"\s*[,;/&+\n]\s*|\s+(?:and|en)\s+", re.IGNORECASE)


Given = Mapping[str, Any]
"""One person, process or KPI: fields of the domain's class with their values, only what the file says of it, and its
name as the file spells it. An owner, process or accountable person is a name, and None where the file says that there
is none.
"""


class TeamFile(msgspec.Struct, frozen=True):
    """Everything that one file says."""

    settings: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """Of the team: fields of Team, and `workdays` and `days_off` of its calendar."""
    people: tuple[Given, ...] = ()
    """In the order of the file."""
    processes: tuple[Given, ...] = ()
    """In the customer's order."""
    kpis: tuple[Given, ...] = ()
    """Each with its `owner`."""


class Draft(msgspec.Struct):
    """A table or row on its way to being given: its values so far, and where each of them stands."""

    at: Position
    """Where it begins."""
    values: dict[str, Any] = msgspec.field(default_factory=dict)
    """What could be read."""
    places: dict[str, Position] = msgspec.field(default_factory=dict)
    """Where each key stands, also where its value could not be read."""

    def place(self, key: str) -> Position:
        """Where to point for `key`."""
        return self.places.get(key, self.at)


class Drafts(msgspec.Struct):
    """A whole file on its way."""

    settings: Draft | None = None
    people: list[Draft] = msgspec.field(default_factory=list)
    processes: list[Draft] = msgspec.field(default_factory=list)
    kpis: list[Draft] = msgspec.field(default_factory=list)

    def given(self, team: Team | None, problems: Problems) -> TeamFile:
        """The file's value, every reference and edge checked against itself and `team`; raises FileRefused."""
        people = _known(self.people, team.members if team else ())
        processes = _known(self.processes, team.processes if team else ())
        _unlike(self.people, problems)
        _unlike(self.processes, problems)
        for draft in self.people:
            _check_away(draft, team, problems)
        for draft in self.processes:
            _check_accountable(draft, people, problems)
        for draft in self.kpis:
            _refer(draft, "owner", people, problems)
            _refer(draft, "process", processes, problems)
            _check_edges(draft, team, problems)
        _unlike(self.kpis, problems, "owner")
        _check_stars(self.kpis, problems)
        problems.stop_here()
        return TeamFile(
            self.settings.values if self.settings else {},
            *(tuple(draft.values for draft in drafts) for drafts in (self.people, self.processes, self.kpis)),
        )


def _known(drafts: Sequence[Draft], things: Sequence[Person] | Sequence[Process]) -> dict[str, str]:
    """Names by how they are compared; the file's spelling wins, and there the first."""
    names = [*(thing.name for thing in things), *(draft.values.get("name") for draft in reversed(drafts))]
    return {fold(name): name for name in names if name}


def _unlike(drafts: Iterable[Draft], problems: Problems, *also: str) -> None:
    """No two with the same name (METHOD 3)."""
    seen: dict[tuple[str, ...], Draft] = {}
    for draft in drafts:
        if any(draft.values.get(key) is None for key in ("name", *also)):
            continue
        name = tuple(fold(draft.values[key]) for key in ("name", *also))
        if name in seen:
            text = N_("{name} stands in this file twice, on line {line} too; names are compared without case.")
            problems.add(
                draft.place("name"), text, name=quoted(draft.values["name"]), line=seen[name].place("name").line
            )
        seen.setdefault(name, draft)


def _refer(draft: Draft, key: str, known: Mapping[str, str], problems: Problems) -> None:
    """The name under `key` is that of somebody or something that exists; empty is None."""
    if key not in draft.values:
        return
    name = draft.values[key]
    draft.values[key] = known.get(fold(name)) if name else None
    if name and draft.values[key] is None:
        missing = {
            "owner": (
                N_("{name} is not in the team; did you mean {near}?"),
                N_("{name} is not in the team; add that person first, for example as a [[person]]."),
                N_("{name} is not in the team; add that person first, under Team."),
            ),
            "process": (
                N_("there is no process {name}; did you mean {near}?"),
                N_("there is no process {name}; add it first, for example as a [[process]]."),
                N_("there is no process {name}; add it first, under Team."),
            ),
        }
        near = nearest(name, known.values())
        closest, in_tables, in_columns = missing["process" if key == "process" else "owner"]
        place = draft.place(key)
        none = in_tables if place.column is None else in_columns
        problems.add(place, closest if near else none, name=quoted(name), near=near)


def _check_accountable(draft: Draft, people: Mapping[str, str], problems: Problems) -> None:
    """Exactly one person, or a hole: two accountable people is nobody accountable (METHOD 10)."""
    names: tuple[str, ...] | None = draft.values.get("accountable")
    if names is None:
        return
    if len(names) == 1 and fold(names[0]) not in people:
        parts = tuple(part for part in _SEVERAL.split(names[0]) if part)
        if any(fold(part) in people for part in parts):
            names = parts
    if len(names) > 1:
        text = N_("two accountable people is nobody accountable: name one person, not {names}.")
        problems.add(draft.place("accountable"), text, names=quoted(", ".join(names)))
        return
    draft.values["accountable"] = names[0] if names else ""
    _refer(draft, "accountable", people, problems)


def _check_away(draft: Draft, team: Team | None, problems: Problems) -> None:
    """Away from a day up to and including a later one."""
    values = draft.values
    known = team.person_named(values["name"]) if team and values.get("name") else None
    first = values.get("away_from", known.away_from if known else None)
    last = values.get("away_to", known.away_to if known else None)
    if last is not None and first is None and "away_from" not in draft.places:
        problems.add(draft.place("away_to"), N_("this needs away_from too: the first day away."))
    elif first is not None and last is not None and last < first:
        key = "away_to" if "away_to" in draft.places else "away_from"
        text = N_("the last day away, {last}, is before the first, {first}.")
        problems.add(draft.place(key), text, first=first, last=last)


def _check_edges(draft: Draft, team: Team | None, problems: Problems) -> None:
    """The red edge on the worse side of the promise, the stretch on the better side (METHOD 3).

    What the file leaves out is what the KPI has already; edges that stay as they are have been accepted before.
    """
    if any(key in draft.places and key not in draft.values for key in ("direction", "promise")):
        return
    known = kpi_named(team, draft.values.get("owner"), draft.values.get("name"))
    before = {key: getattr(known, key, default) for key, default in _NO_EDGES.items()}
    wanted = before | {key: draft.values[key] for key in _NO_EDGES if key in draft.values}
    if wanted["promise"] is None or (known is not None and wanted == before):
        return
    for edge in ({"stretch": None}, {"red_edge": None}):  # one at a time, so that both are told
        try:
            check_edges(**wanted | edge)
        except Refused as refused:
            problems.found.append((draft.places.get(refused.field, draft.place("promise")), refused.sentence))


_NO_EDGES: Final[Mapping[str, Any]] = {
    "direction": Direction.AT_LEAST,
    "promise": None,
    "red_edge": None,
    "stretch": None,
}


def _check_stars(kpis: Iterable[Draft], problems: Problems) -> None:
    """Exactly one most important number per person (METHOD 3)."""
    starred: dict[str, Draft] = {}
    for draft in kpis:
        if not draft.values.get("most_important") or not draft.values.get("owner"):
            continue
        owner = fold(draft.values["owner"])
        if owner in starred:
            problems.add(
                draft.place("most_important"),
                N_("{owner} has a most important number already, on line {line}: everybody has exactly one."),
                owner=quoted(draft.values["owner"]),
                line=starred[owner].place("most_important").line,
            )
        starred.setdefault(owner, draft)


def kpi_named(team: Team | None, owner: str | None, name: str | None) -> Kpi | None:
    """The KPI of that name and owner in `team`; one that is retired only where no other is left."""
    person = team.person_named(owner) if team and owner else None
    if team is None or person is None or not name:
        return None
    found = [k for k in team.kpis if k.owner == person.id and same_name(k.name, name)]
    return next((k for k in found if k.retired_on is None), found[-1] if found else None)


def process_named(team: Team, name: str) -> Process | None:
    """The process of that name."""
    return next((p for p in team.processes if same_name(p.name, name)), None)
