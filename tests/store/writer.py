"""A program that saves, to be killed or to be run several times at once: `writer.py STORE JOB BOOK NAME COUNT`.

STORE is `ours` or `stock` (TinyDB as it comes). It prints `ready`, waits for a line, then saves COUNT times. After each
save that was acknowledged it prints its number. JOB `rows` adds a row each time, and adds one to a common counter; JOB
`swell` replaces one row by a short and a long one in turn.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.table import Document

from huddle_tui.store.files import Shelf

Change = Callable[[dict[str, dict[str, Any]]], dict[str, dict[str, Any]]]
"""From the rows as they are to those that are to be put."""
SHORT, LONG = 10, 20_000
"""How much text the two rows of `swell` hold."""


def swell(n: int) -> dict[str, Any]:
    return {"n": n, "text": "x" * (LONG if n % 2 else SHORT)}


def ours(book: Path, change: Change) -> None:
    shelf = Shelf(book, "team")
    with shelf.edit(timeout=60):
        table = shelf.table("rows")
        for key, row in change(table.rows()).items():
            table.put(key, row)


def stock(book: Path, change: Change) -> None:
    book.mkdir(exist_ok=True)
    with TinyDB(book / "team.json") as database:
        table = database.table("rows")
        table.document_id_class = str
        for key, row in change({str(row.doc_id): dict(row) for row in table}).items():
            table.upsert(Document(row, doc_id=cast(int, key)))


def main(store: str, job: str, book: str, name: str, count: str) -> None:
    save = {"ours": ours, "stock": stock}[store]

    def change(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        if job == "swell":
            return {"x": swell(rows.get("x", {"n": 0})["n"] + 1)}
        return {f"{name} {n}": {"by": name}, "sum": {"n": rows.get("sum", {"n": 0})["n"] + 1}}

    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(int(count)):
        save(Path(book), change)
        print(n, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
