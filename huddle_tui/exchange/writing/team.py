"""The team: as a team file, as a CSV of KPIs, as JSON, and as a page of Markdown that can be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal

from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.numbers import canonical
from huddle_tui.domain.team import Kpi, Process, Team, fold
from huddle_tui.exchange.writing import kpi_csv, team_toml
from huddle_tui.exchange.writing.markdown import inline, opening, table
from huddle_tui.exchange.writing.team_document import document
from huddle_tui.i18n import _
from huddle_tui.words import promise_sentence, word


def as_toml(_huddles: Iterable[Huddle], team: Team) -> Iterator[str]:
    """A team file; imports to the same team."""
    yield team_toml.to_toml(team)


def as_csv(_huddles: Iterable[Huddle], team: Team) -> Iterator[str]:
    """Its KPIs; import to the same KPIs."""
    return kpi_csv.to_csv(team)


def as_json(_huddles: Iterable[Huddle], team: Team) -> Iterator[str]:
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


def as_markdown(_huddles: Iterable[Huddle], team: Team) -> Iterator[str]:
    """The PACe chart, and everybody's promises as sentences."""
    yield f"# {inline(team.name)}\n"
    if team.processes:
        yield "\n"
        header = [_("Process"), _("Accountable"), _("Key numbers")]
        yield from table(header, (_process(team, process) for process in team.processes))
    for person in team.members:
        yield f"\n## {inline(person.name)}\n\n"
        if person.role:
            yield f"{opening(person.role)}\n\n"
        header = [_("Number"), _("Promise"), _("Process"), _("Kind")]
        yield from table(header, (_kpi(team, kpi) for kpi in team.kpis_of(person.id)))


def _process(team: Team, process: Process) -> list[str]:
    accountable = team.person(process.accountable or "")
    spoken = [kpi.name for kpi in team.kpis if kpi.process == process.id and kpi.retired_on is None]
    written = [name for name in process.key_numbers if fold(name) not in {fold(each) for each in spoken}]
    who = inline(accountable.name) if accountable else _("**nobody**")
    return [inline(process.name), who, ", ".join(inline(name) for name in (*spoken, *written))]


def _kpi(team: Team, kpi: Kpi) -> list[str]:
    process = team.process(kpi.process)
    return [
        ("★ " if kpi.most_important else "") + inline(kpi.name),
        inline(promise_sentence(kpi, team.locale)),
        inline(process.name) if process else "",
        ", ".join(word(kind) for kind in (kpi.timing, kpi.measures, kpi.nature)),
    ]
