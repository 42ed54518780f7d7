"""The version of what the files hold, and the way from each older version to the next.

To add one: raise `SCHEMA` to n + 1 and put a pure function under n in `MIGRATIONS` that takes the tables as version n
wrote them and gives them back as version n + 1 wants them, leaving alone every field it does not know. Keep a file of
version n among the fixtures of the tests for ever. What never changes with a version, because a program too old for a
file recognises it by that: the last line that begins `"seal": ` holds the seal, `schema` and `name` stand beside it.
"""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.store.schema.checking import Wrong

Row = dict[str, Any]
"""One document: JSON values under names."""
Tables = dict[str, dict[str, Row]]
"""What one file holds: tables of documents, as TinyDB has them."""
META = "_meta"
"""The table that speaks about the file itself."""

SCHEMA = 2
"""The version that this program writes."""


def _tables_of_rows(tables: Tables) -> Tables:
    """From version 1, in which documents lay under ids of ours and in each other, to tables that plain TinyDB opens."""
    new: Tables = {}
    for name, rows in tables.items():
        match name:
            case "team":
                new[name] = _numbered(dict(row) for key, row in rows.items() if key == name)
            case "people" | "processes" | "kpis" | "promise_changes" | "actions":
                new[name] = _numbered({"id": key} | row for key, row in _in_order(name, rows))
            case "check_ins":
                new[name] = _numbered({"huddle_day": key} | row for key, row in sorted(rows.items()))
            case "huddle":
                huddles = [{"day": key} | row for key, row in rows.items()]
                new["offline"] = _numbered(each for h in huddles for each in _taken(h, "offline", name, h["day"]))
                new[name] = _numbered(huddles)
            case "turns":
                new |= _turns(rows)
            case "_meta":
                new[name] = {"1" if key == "file" else key: row for key, row in rows.items()}
            case _:
                new[name] = rows
    return {name: rows for name, rows in new.items() if rows or name in tables}


def _turns(rows: dict[str, Row]) -> Tables:
    turns, readings, stucks = [], [], []
    for person, row in _in_order("turns", rows):
        turn = {"person": person} | row
        who = {"person": person, "person_name": turn.get("name")}
        for reading in _taken(turn, "readings", "turns", person):
            named = {"kpi_name" if name == "name" else name: value for name, value in reading.items()}
            readings.append(who | {"pace": reading.get("promise")} | named)
        for stuck in _taken(turn, "stucks", "turns", person):
            stucks.append(who | stuck)
        text, solved = turn.pop("stuck", ""), turn.pop("stuck_solved_on", None)
        if text:
            stucks.append(who | {"text": text} | ({"solved_on": solved} if solved else {}))
        turns.append(turn)
    return {"turns": _numbered(turns), "readings": _numbered(readings), "stucks": _numbered(stucks)}


def _in_order(table: str, rows: dict[str, Row]) -> list[tuple[str, Row]]:
    """The documents of a table by the position that each held; one without a position comes last."""
    for key, row in rows.items():
        if type(row.get("position", 0)) is not int:
            text = N_("a whole number, {least} or more")
            raise Wrong(row["position"], Sentence(text, {"least": 0}), table, key, "position")
    ordered = sorted(rows.items(), key=lambda item: item[1].get("position", sys.maxsize))
    return [(key, {name: value for name, value in row.items() if name != "position"}) for key, row in ordered]


def _taken(row: Row, field: str, *trail: str) -> list[Row]:
    """The documents that lay in a field of another, taken out of it."""
    found = row.pop(field, [])
    if not isinstance(found, list):
        raise Wrong(found, Sentence(N_("a list in brackets")), *trail, field)
    for place, each in enumerate(found, start=1):
        if not isinstance(each, dict):
            raise Wrong(each, Sentence(N_("an object in braces")), *trail, field, str(place))
    return found


def _numbered(rows: Any) -> dict[str, Row]:
    return {str(n): row for n, row in enumerate(rows, start=1)}


MIGRATIONS: Mapping[int, Callable[[Tables], Tables]] = {1: _tables_of_rows}
"""From version n, the key, to n + 1; one for every version below `SCHEMA`. Each may raise Wrong."""
