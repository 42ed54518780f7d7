"""Who and what a book's files refer to, and whether the team knows them (for the doctor)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.domain.team import Team, fold

Mention = tuple[str, str]
"""What somebody did, or was done with a number (`spoke`, `reported`, `checked in`), and whose or which id it is."""


def mentions(value: Huddle | list[CheckIn]) -> Iterator[tuple[Mention, date]]:
    """The people and numbers that a huddle, or check-ins that no huddle took over yet, speak of, with its day."""
    if not isinstance(value, Huddle):
        yield from ((("checked in", check_in.person), check_in.huddle_day) for check_in in value)
        return
    for turn in value.turns:
        if turn.readings or turn.stuck:
            yield ("spoke", turn.person), value.day
        yield from ((("reported", reading.kpi), value.day) for reading in turn.readings)


def dangling(team: Team, mentioned: Mapping[Mention, Sequence[date]], file: Path) -> Iterator[Sentence]:
    """What refers to somebody or something that the team in `file` does not know, each with what can be done."""
    yield from _in_team(team, file)
    people, numbers = {p.id for p in team.people}, {k.id for k in team.kpis}
    spoke = N_(
        "{file} does not know “{id}”, who spoke in huddles ({count}, from {first} to {last}): "
        "it may be an older version; compare it with its backups."
    )
    reported = N_(
        "{file} does not know the number “{id}”, which was reported in huddles ({count}, from {first} to "
        "{last}): it may be an older version; compare it with its backups."
    )
    checked_in = N_(
        "{file} does not know “{id}”, who checked in ({count}, from {first} to {last}): nobody will read "
        "these numbers out; move the check-in away, or put the person back."
    )
    told = (("spoke", spoke, people), ("reported", reported, numbers), ("checked in", checked_in, people))
    for kind, template, known in told:
        for (what, id), days in mentioned.items():
            if what == kind and id not in known:
                values = {"file": file, "id": id, "count": len(days), "first": min(days), "last": max(days)}
                yield Sentence(template, values)


def _in_team(team: Team, file: Path) -> Iterator[Sentence]:
    """References within the team: each names one that is not there."""
    people = {person.id for person in team.people}
    processes = {process.id for process in team.processes}
    numbers = {kpi.id for kpi in team.kpis}
    named: set[str] = set()
    for person in team.members:
        if fold(person.name) in named:
            text = N_("{file}: two people are called “{name}”: give one of them another name under Team.")
            yield Sentence(text, {"file": file, "name": person.name})
        named.add(fold(person.name))
    for kpi in team.kpis:
        if kpi.owner not in people:
            text = N_("{file}: the number “{name}” belongs to “{id}”, who is not there: give it an owner under Team.")
            yield Sentence(text, {"file": file, "name": kpi.name, "id": kpi.owner})
        if kpi.process is not None and kpi.process not in processes:
            yield Sentence(
                N_("{file}: the number “{name}” is of the process “{id}”, which is not there: choose one under Team."),
                {"file": file, "name": kpi.name, "id": kpi.process},
            )
    for process in team.processes:
        if process.accountable is not None and process.accountable not in people:
            text = N_(
                "{file}: “{id}” is accountable for the process “{name}” and is not there: "
                "choose somebody on the PACe chart."
            )
            yield Sentence(text, {"file": file, "name": process.name, "id": process.accountable})
    for change in team.promise_changes:
        if change.kpi not in numbers:
            text = N_("{file}: a promise was changed on {day} of the number “{id}”, which is not there.")
            yield Sentence(text, {"file": file, "day": change.day, "id": change.kpi})
