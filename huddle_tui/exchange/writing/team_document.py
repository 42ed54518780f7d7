"""The team as tables of plain values, in the shape of the team file: what TOML and JSON are both written from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from huddle_tui.domain.numbers import plain
from huddle_tui.domain.team import Kpi, Person, Process, Team
from huddle_tui.domain.text import clean
from huddle_tui.exchange.spelling import WEEKDAYS


def document(team: Team) -> dict[str, Any]:
    """`team`, `person`, `process` and `kpi` as the team file has them; without people who left and retired KPIs.

    Values are text, whole numbers, exact decimals, booleans, days, times, lists and tables. What is not there is an
    empty text, so that a file laid over an older state of the team takes it away again.
    """
    here = {person.id: clean(person.name) for person in team.members}
    processes = {process.id: clean(process.name) for process in team.processes}
    return {
        "team": _team(team),
        "person": [_person(person) for person in team.members],
        "process": [_process(process, here) for process in team.processes],
        "kpi": [_kpi(kpi, here, processes) for kpi in team.kpis if kpi.owner in here and kpi.retired_on is None],
    }


def _team(team: Team) -> dict[str, object]:
    minutes = round(Decimal(team.time_box) / 60, 6)
    return {
        "name": clean(team.name),
        "locale": team.locale,
        "timezone": team.timezone,
        "time_box": plain(minutes),
        "seconds_per_person": team.seconds_per_person,
        "workdays": [WEEKDAYS[day] for day in sorted(team.calendar.weekdays)],
        "meets": [WEEKDAYS[day] for day in sorted(team.meets)],
        "days_off": sorted(team.calendar.days_off),
        "reports": team.reports.value,
        "order": team.order.value,
        "huddle_times": {WEEKDAYS[day]: at for day, at in sorted(team.huddle_times.items())},
    }


def _person(person: Person) -> dict[str, object]:
    found: dict[str, object] = {"name": clean(person.name), "role": clean(person.role)}
    if person.away_from is not None:
        found |= {"away_from": person.away_from, "away_to": person.away_to or ""}
    return found


def _process(process: Process, here: dict[str, str]) -> dict[str, object]:
    return {
        "name": clean(process.name),
        "accountable": here.get(process.accountable or "", ""),
        "key_numbers": [clean(name) for name in process.key_numbers],
    }


def _kpi(kpi: Kpi, here: dict[str, str], processes: dict[str, str]) -> dict[str, object]:
    """A promise that went past its edges in a huddle takes them along: no file may say them otherwise."""
    red_edge = None if kpi.red_edge is None else kpi.direction.worse(kpi.red_edge, kpi.promise)
    stretch = kpi.stretch if kpi.stretch is not None and kpi.direction.reaches(kpi.stretch, kpi.promise) else None
    return {
        "name": clean(kpi.name),
        "owner": here[kpi.owner],
        "process": processes.get(kpi.process or "", ""),
        "definition": clean(kpi.definition),
        "promise": kpi.promise,
        "direction": kpi.direction.value,
        "period": kpi.period.value,
        "counting": kpi.counting.value,
        "unit": clean(kpi.unit),
        "decimals": kpi.decimals,
        "red_edge": "" if red_edge is None else red_edge,
        "stretch": "" if stretch is None else stretch,
        "timing": kpi.timing.value,
        "measures": kpi.measures.value,
        "nature": kpi.nature.value,
        "most_important": kpi.most_important,
    }
