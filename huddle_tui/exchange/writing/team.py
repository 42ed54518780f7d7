"""The team: as a team file, as a CSV of KPIs, as JSON, and as a page of Markdown that can be read.

What `exchange.reading` reads back is the same team, or the same KPIs. All but the page are written from one document.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum
from itertools import chain
from typing import Any

from huddle_tui.domain.numbers import canonical, plain
from huddle_tui.domain.team import Kpi, Person, Process, Team, fold
from huddle_tui.domain.text import clean
from huddle_tui.exchange.reading.values import KPI
from huddle_tui.exchange.spelling import HEADERS, WEEKDAYS, WORDS, header_of, word_of
from huddle_tui.exchange.writing import markdown, spreadsheet
from huddle_tui.i18n import _
from huddle_tui.words import promise_sentence, word


def document(team: Team) -> dict[str, Any]:
    """`team`, `person`, `process` and `kpi` as the team file has them; without people who left and retired KPIs.

    Values are text, whole numbers, exact decimals, booleans, days, times, lists and tables. What is not there is an
    empty text, so that a file laid over an older state of the team takes it away again. Raises HuddleError where two
    people have one name: it would stand for either.
    """
    for person in team.members:
        team.person_named(person.name)
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
    said: dict[str, object] = {
        "owner": here[kpi.owner],
        "process": processes.get(kpi.process or "", ""),
        "red_edge": "" if red_edge is None else red_edge,
        "stretch": "" if stretch is None else stretch,
    }
    return {key: said[key] if key in said else _plain(getattr(kpi, key)) for key in KPI}


def _plain(value: object) -> object:
    """A field's value as a file has it: text cleaned, one of several by its word."""
    return clean(value) if isinstance(value, str) else value.value if isinstance(value, Enum) else value


# As a team file


def as_toml(team: Team) -> Iterator[str]:
    """A team file that imports to the same team; people who left and retired KPIs stay behind in the book."""
    found = document(team)
    yield _table("[team]", found["team"])
    for kind in ("person", "process", "kpi"):
        for table in found[kind]:
            yield "\n" + _table(f"[[{kind}]]", table)


def _table(header: str, table: Mapping[str, object]) -> str:
    return "".join([header, "\n", *(f"{key} = {_value(value)}\n" for key, value in table.items())])


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal() | date():
            return _text(value)
        case time():
            return f'"{_text(value)}"'
        case int():
            return str(value)
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            return "{" + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + "}"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


# As JSON, and as a CSV of its KPIs


def as_json(team: Team) -> Iterator[str]:
    """The tables of the team file as one object; numbers are strings of exact decimals."""
    yield json.dumps(document(team), ensure_ascii=False, indent=2, default=_text) + "\n"


def _text(value: object) -> str:
    match value:
        case Decimal():
            return canonical(value)
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
    raise TypeError(type(value).__name__)


def as_csv(team: Team) -> Iterator[str]:
    """The team's KPIs in its own locale."""
    heads = [header_of(key, team.locale) for key in HEADERS]
    rows = ([_cell(key, kpi[key], team.locale) for key in HEADERS] for kpi in document(team)["kpi"])
    return spreadsheet.rows(chain([heads], rows), team.locale)


def _cell(key: str, value: spreadsheet.Cell, locale: str) -> spreadsheet.Cell:
    if key == "most_important":
        return ("ja" if locale == "nl" else "yes") if value else None
    if key in WORDS:
        return word_of(key, str(value), locale)
    return value or None if isinstance(value, str) else value


# To be read


def as_markdown(team: Team) -> Iterator[str]:
    """The PACe chart, and everybody's promises as sentences."""
    yield f"# {markdown.inline(team.name)}\n"
    if team.processes:
        yield "\n"
        header = [_("Process"), _("Accountable"), _("Key numbers")]
        yield from markdown.table(header, (_process_cells(team, process) for process in team.processes))
    for person in team.members:
        yield f"\n## {markdown.inline(person.name)}\n\n"
        if person.role:
            yield f"{markdown.opening(person.role)}\n\n"
        header = [_("Number"), _("Promise"), _("Process"), _("Kind")]
        yield from markdown.table(header, (_kpi_cells(team, kpi) for kpi in team.kpis_of(person.id)))


def _process_cells(team: Team, process: Process) -> list[str]:
    accountable = team.person(process.accountable or "")
    spoken = [kpi.name for kpi in team.kpis if kpi.process == process.id and kpi.retired_on is None]
    written = [name for name in process.key_numbers if fold(name) not in {fold(each) for each in spoken}]
    who = markdown.inline(accountable.name) if accountable else _("**nobody**")
    return [markdown.inline(process.name), who, ", ".join(markdown.inline(name) for name in (*spoken, *written))]


def _kpi_cells(team: Team, kpi: Kpi) -> list[str]:
    process = team.process(kpi.process)
    return [
        ("★ " if kpi.most_important else "") + markdown.inline(kpi.name),
        markdown.inline(promise_sentence(kpi, team.locale)),
        markdown.inline(process.name) if process else "",
        ", ".join(word(kind) for kind in (kpi.timing, kpi.measures, kpi.nature)),
    ]
