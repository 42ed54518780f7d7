"""The coach: what the method says about a team's set-up (METHOD 10). Advice, never a block.

One sentence per offence; each names the person or the process and says why.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from huddle_tui.domain.judging import Direction
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.domain.team import Kpi, Measures, Person, Process, Team, Timing, fold

FEWEST_NUMBERS: Final = 3
"""A person reads out three numbers or four."""
MOST_NUMBERS: Final = 4
FEWEST_PROCESSES: Final = 4
"""A PACe chart has four to nine core processes."""
MOST_PROCESSES: Final = 9
KEY_NUMBERS: Final = 3
"""Key numbers of a process."""
MOST_ACCOUNTABLE: Final = 2
"""Core processes that one person can be accountable for."""


class Advice(msgspec.Struct, frozen=True):
    """One sentence of the coach."""

    id: str
    """The rule of METHOD 10 that speaks."""
    about: str
    """The name of the person or process; the team's where it is about the whole chart."""
    sentence: Sentence
    """What the coach says."""


def advise(team: Team) -> list[Advice]:
    """Everything the coach has to say: people in the listed order, then the chart, then its processes."""
    people = [advice for person in team.members for advice in about_person(team, person)]
    processes = [advice for process in team.processes for advice in about_process(team, process)]
    full = too_many(len(team.members), team.seconds_per_person, team.time_box)
    return [*people, *([Advice("time-box", team.name, full)] if full else []), *about_chart(team), *processes]


def too_many(count: int, each: int, time_box: int) -> Sentence | None:
    """What is said where so many people with so many seconds each do not fit a time box, in seconds; else None."""
    if count * each <= time_box:
        return None
    values = {"n": count, "each": each, "minutes": time_box // 60, "left": time_box // count}
    one = N_("One person × {each} s does not fit {minutes} min: {left} s.")
    return Sentence(one, values, N_("{n} people × {each} s do not fit {minutes} min: {left} s each."), count)


def about_person(team: Team, person: Person) -> list[Advice]:
    """What the coach says of a member: of the numbers as a set, of each number, of the processes carried."""
    kpis, who = team.kpis_of(person.id), {"person": person.name}
    said = [*_how_many(kpis, who), *_which_kinds(kpis, who), *_which_star(kpis, who), *_attendance(kpis, who)]
    carried = sum(p.accountable == person.id for p in team.processes)
    if carried > MOST_ACCOUNTABLE:
        text = N_(
            "{person} is accountable for {n} core processes: nobody can give more than two the attention they need."
        )
        said.append(("overloaded", Sentence(text, {**who, "n": carried})))
    return [Advice(id, person.name, sentence) for id, sentence in said]


def about_chart(team: Team) -> list[Advice]:
    """What the coach says of the PACe chart as a whole."""
    count = len(team.processes)
    values = {"team": team.name, "n": count}
    if count < FEWEST_PROCESSES:
        one = N_(
            "The PACe chart of {team} has one core process: with fewer than four it stays hidden who is accountable "
            "for what."
        )
        several = N_(
            "The PACe chart of {team} has {n} core processes: with fewer than four it stays hidden who is accountable "
            "for what."
        )
        return [Advice("process-count", team.name, Sentence(one, values, several, count))]
    if count > MOST_PROCESSES:
        text = N_("The PACe chart of {team} has {n} core processes: with more than nine nobody sees the whole chain.")
        return [Advice("process-count", team.name, Sentence(text, values))]
    return []


def about_process(team: Team, process: Process) -> list[Advice]:
    """What the coach says of one core process."""
    return [Advice(id, process.name, sentence) for id, sentence in _of_process(team, process)]


Said = tuple[str, Sentence]


def _how_many(kpis: tuple[Kpi, ...], who: Mapping[str, object]) -> Iterator[Said]:
    count = len(kpis)
    values = {**who, "n": count}
    if not count:
        text = N_("{person} reads out no number yet: it takes three or four to show what {person} contributes.")
        yield "few-numbers", Sentence(text, values)
    elif count < FEWEST_NUMBERS:
        one = N_("{person} reads out one number: with fewer than three much of the contribution stays unseen.")
        several = N_("{person} reads out {n} numbers: with fewer than three much of the contribution stays unseen.")
        yield "few-numbers", Sentence(one, values, several, count)
    elif count > MOST_NUMBERS:
        text = N_(
            "{person} reads out {n} numbers, and more than four nobody keeps in view: choose, which one would you "
            "give up?"
        )
        yield "many-numbers", Sentence(text, values)


def _which_kinds(kpis: tuple[Kpi, ...], who: Mapping[str, object]) -> Iterator[Said]:
    if not any(k.timing is Timing.LEADING for k in kpis):
        text = N_(
            "{person} has no leading number: without one or two we only hear how we did, never how we are going to do."
        )
        yield "no-leading", Sentence(text, who)
    inputs = sum(k.measures is Measures.INPUT for k in kpis)
    outputs = len(kpis) - inputs
    if inputs > outputs:
        text = N_(
            "{person} has more input numbers ({inputs}) than output numbers ({outputs}): report what comes out, and "
            "input only where output cannot be known yet."
        )
        yield "mostly-input", Sentence(text, {**who, "inputs": inputs, "outputs": outputs})
    if all(k.period.slow for k in kpis):
        text = N_(
            "{person} has no fast number, one of the day or the week: what moves once a month gives a daily huddle "
            "nothing to steer by."
        )
        yield "slow-only", Sentence(text, who)


def _which_star(kpis: tuple[Kpi, ...], who: Mapping[str, object]) -> Iterator[Said]:
    stars = sum(k.most_important for k in kpis)
    if not stars:
        text = N_("{person} has no ★, so nobody hears first what counts most: what is YOUR most important number?")
        yield "no-most-important", Sentence(text, who)
    elif stars > 1:
        text = N_("{person} has {n} numbers with a ★, and where all are most important none is: which one is it?")
        yield "no-most-important", Sentence(text, {**who, "n": stars})


def _attendance(kpis: tuple[Kpi, ...], who: Mapping[str, object]) -> Iterator[Said]:
    text = N_(
        "“{kpi}” of {person} speaks of being there: attendance is no contribution, so report what it brings about."
    )
    from huddle_tui.domain.telltales import speaks_of_attendance  # a round that opens does not wait for all those words

    for kpi in kpis:
        if speaks_of_attendance(kpi.name, kpi.unit, kpi.direction is Direction.AT_MOST):
            yield "attendance", Sentence(text, {**who, "kpi": kpi.name})


def _of_process(team: Team, process: Process) -> Iterator[Said]:
    from huddle_tui.domain.telltales import department

    active = {p.id for p in team.members}
    values = {"process": process.name}
    if process.accountable not in active:
        text = N_("Nobody is accountable for “{process}”: where nobody is accountable there is no accountability.")
        yield "no-accountable", Sentence(text, values)
    kpis = [k for k in team.kpis if k.process == process.id and k.retired_on is None]
    numbers = {fold(name): name for name in (*process.key_numbers, *(k.name for k in kpis))}
    if (count := len(numbers)) < KEY_NUMBERS:
        one = N_("“{process}” has one key number instead of three: with fewer nobody can tell whether it delivers.")
        several = N_(
            "“{process}” has {n} key numbers instead of three: with fewer nobody can tell whether it delivers."
        )
        yield "process-numbers", Sentence(one, {**values, "n": count}, several, count)
    if hidden := department(process.name):
        text = N_(
            "“{process}” is the name of a department, which does not say what the customer gets: name it after what "
            "it delivers, such as “{example}”."
        )
        yield "department-name", Sentence(text, {**values, "example": Sentence(hidden.name)})
    spoken = {fold(k.name) for k in kpis if k.owner in active}
    text = N_("“{kpi}” of “{process}” is read out by nobody: what nobody says aloud is nobody's promise.")
    for number, name in numbers.items():
        if number not in spoken:
            yield "unspoken", Sentence(text, {**values, "kpi": name})
