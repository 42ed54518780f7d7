"""The team file as TOML; `reading.team_file` reads it back as the same team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from huddle_tui.domain import numbers
from huddle_tui.domain.team import Team
from huddle_tui.exchange.writing.team_document import document


def to_toml(team: Team) -> str:
    """A team file that imports to the same team; people who left and retired KPIs stay behind in the book."""
    found = document(team)
    parts = [_table("[team]", found["team"])]
    for kind in ("person", "process", "kpi"):
        parts += [_table(f"[[{kind}]]", table) for table in found[kind]]
    return "\n".join(parts)


def _table(header: str, table: Mapping[str, object]) -> str:
    return "".join([header, "\n", *(f"{key} = {_value(value)}\n" for key, value in table.items())])


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return numbers.canonical(value)
        case date():
            return value.isoformat()
        case time():
            return f'"{value:%H:%M}"'
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            return "{" + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + "}"
        case _:
            return _string(str(value))


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
