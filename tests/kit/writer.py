"""A program that saves, to be killed or to be run several times at once: `writer.py STORE JOB BOOK NAME COUNT`.

STORE is `ours` or `stock` (TinyDB as it comes). It prints `ready`, waits for a line, then saves COUNT times. After each
save that was acknowledged it prints its number. JOB `rows` adds a row each time, and adds one to a common counter; JOB
`swell` replaces one row by a short and a long one in turn; JOB `team` edits a real team as its screens do, beginning
with the edit of the number NAME.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from msgspec.structs import replace
from tinydb import TinyDB
from tinydb.table import Document

from huddle_tui.activities.setting_up import SettingUp
from huddle_tui.domain import team_edits
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import FakeTime
from tests.kit.shelf import Shelf

ROOT = Path(__file__).parents[2]
Change = Callable[[dict[str, dict[str, Any]]], dict[str, dict[str, Any]]]
"""From the rows as they are to those that are to be put."""
SHORT, LONG = 10, 20_000
"""How much text the two rows of `swell` hold."""


def swell(n: int) -> dict[str, Any]:
    return {"n": n, "text": "x" * (LONG if n % 2 else SHORT)}


def ours(book: Path, change: Change) -> None:
    shelf = Shelf(book, "team")
    with shelf.edit(timeout=60):
        for key, row in change(shelf.rows("rows")).items():
            shelf.put("rows", key, row)


def stock(book: Path, change: Change) -> None:
    book.mkdir(exist_ok=True)
    with TinyDB(book / "team.json") as database:
        table = database.table("rows")
        table.document_id_class = str
        for key, row in change({str(row.doc_id): dict(row) for row in table}).items():
            table.upsert(Document(row, doc_id=cast(int, key)))


def edit_team(setting_up: SettingUp, n: int) -> None:
    """The n-th edit of a team: each is another kind, and no two leave the same team."""
    team = setting_up.team
    person, kpi = team.people[n % 2], team.kpis[n % len(team.kpis)]
    match n % 6:
        case 0:
            setting_up.save_person(person, replace(person, name=f"{person.name.split()[0]} {n}", role=f"Role {n}"))
        case 1:
            setting_up.save_kpi(kpi, replace(kpi, promise=Decimal(1000 + n)), by=person.id)
        case 2:
            setting_up.save_settings(team, replace(team, name=f"Team {n}", time_box=600 + n % 60))
        case 3:
            setting_up.do(lambda stored: team_edits.add_process(stored, f"from lead to deal {n}", person.id))
        case 4:
            setting_up.do(lambda stored: team_edits.remove_process(stored, stored.processes[-1].id))
        case _:
            setting_up.save_kpi(kpi, replace(kpi, name=f"Number {n}", unit=f"unit {n}"))


def start(store: str, job: str, book: Path, name: str = "me", count: int = 1_000_000) -> subprocess.Popen[str]:
    """Another program that does this, ready to go."""
    command = [sys.executable, "-m", "tests.kit.writer", store, job, str(book), name, str(count)]
    program = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    return program


def go(program: subprocess.Popen[str]) -> None:
    """Lets it begin."""
    assert program.stdin is not None
    program.stdin.write("\n")
    program.stdin.flush()


def main(store: str, job: str, folder: str, name: str, count: str) -> None:
    book = Path(folder)
    save = {"ours": ours, "stock": stock}[store]
    setting_up = SettingUp(TinyBook(book), FakeTime())

    def change(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        if job == "swell":
            return {"x": swell(rows.get("x", {"n": 0})["n"] + 1)}
        return {f"{name} {n}": {"by": name}, "sum": {"n": rows.get("sum", {"n": 0})["n"] + 1}}

    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(int(count)):
        if job == "team":
            edit_team(setting_up, int(name) + n)
        else:
            save(book, change)
        print(n, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
