"""How long it takes to read a history from disk: every huddle, every summary, the whole JSON export.

Yardsticks: the same documents in one file of TinyDB as it comes, and in SQLite, one document for each huddle. All of
them end with the same huddles in memory, made by the same codec; only where the documents come from differs.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from tinydb import TinyDB

from benchmarks.books import TODAY, scratch
from benchmarks.figures import Plan, Row, alternate, ms, seconds
from benchmarks.terminals import environment
from benchmarks.yardsticks import sqlite_documents, stock_tinydb
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.summary import summarise
from huddle_tui.store.schema.documents import HuddleFile, Speakers, huddle_of
from huddle_tui.store.schema.rows import exact
from huddle_tui.store.schema.versions import Tables
from huddle_tui.store.tiny import TinyBook

TITLE: Final = "Reading a history from disk"
ROUNDS: Final = 5
DUMP: Final = """
import json, sys
from tinydb import TinyDB
with TinyDB(sys.argv[1]) as found:
    json.dump(found.table("huddles").all(), sys.stdout)
"""


def from_book(folder: Path) -> Iterator[Huddle]:
    """Every huddle, by the program."""
    book = TinyBook(folder)
    return book.huddles(book.days())


def values_of(tables: Tables) -> Huddle:
    """The huddle in these tables, as any program makes it of what json.loads gave it."""
    whole = msgspec.convert(tables, HuddleFile, str_keys=True, dec_hook=exact)
    return huddle_of(whole, msgspec.convert(tables, Speakers, str_keys=True, dec_hook=exact))


def from_stock(path: Path) -> Iterator[Huddle]:
    """Every huddle, by stock TinyDB."""
    with TinyDB(path) as found:
        for row in found.table("huddles").all():
            yield values_of(dict(row))


def from_sqlite(path: Path) -> Iterator[Huddle]:
    """Every huddle, by SQLite."""
    with closing(sqlite3.connect(path)) as found:
        for (document,) in found.execute("SELECT document FROM huddle ORDER BY day"):
            yield values_of(json.loads(document))


def exported(command: list[str], folder: Path) -> float:
    """Seconds until a program has printed everything."""
    run = partial(subprocess.run, command, env=environment(folder), stdout=subprocess.DEVNULL, check=True)
    return seconds(run)


def measure(plan: Plan) -> list[Row]:
    """Reading by the program and by its yardsticks."""

    def every(read: Callable[[Path], Iterator[Huddle]], place: Path) -> float:
        return seconds(lambda: list(read(place)))

    def summed(read: Callable[[Path], Iterator[Huddle]], place: Path) -> float:
        return seconds(lambda: [summarise(huddle) for huddle in read(place)])

    def listed(folder: Path) -> float:
        return seconds(lambda: TinyBook(folder).summaries())

    def listed_anew(folder: Path) -> float:
        (folder / ".huddle" / "index.json").unlink(missing_ok=True)
        return listed(folder)

    def last(folder: Path) -> float:
        def read() -> None:
            book = TinyBook(folder)
            book.huddle(max(book.days(), default=TODAY))

        return seconds(read)

    with scratch(plan) as folders:
        jobs: dict[str, Callable[[], float]] = {}
        for n, folder in enumerate(folders):
            stock, sqlite = stock_tinydb(folder, "reading"), sqlite_documents(folder, "reading")
            jobs |= {
                f"all {n}": partial(every, from_book, folder),
                f"all, stock {n}": partial(every, from_stock, stock),
                f"all, sqlite {n}": partial(every, from_sqlite, sqlite),
                f"list {n}": partial(listed, folder),
                f"list, sqlite {n}": partial(summed, from_sqlite, sqlite),
                f"anew {n}": partial(listed_anew, folder),
                f"last {n}": partial(last, folder),
                f"export {n}": partial(
                    exported, [sys.executable, "-m", "huddle_tui", "export", "--format", "json"], folder
                ),
                f"export, stock {n}": partial(exported, [sys.executable, "-c", DUMP, str(stock)], folder),
            }
        taken = alternate(plan.times(ROUNDS), **jobs)

    def figures(what: str) -> list[float]:
        return [ms(taken[f"{what} {n}"]) for n in range(len(plan.histories))]

    stock_name, sqlite_name = "stock TinyDB", "SQLite"
    return [
        Row("every huddle", figures("all"), stock_name, figures("all, stock")),
        Row("every huddle", figures("all"), sqlite_name, figures("all, sqlite"), ratio=0.6),
        Row("the list of all, from the index", figures("list"), sqlite_name, figures("list, sqlite")),
        Row("the list of all, index made anew", figures("anew"), sqlite_name, figures("list, sqlite")),
        Row("the last huddle", figures("last")),
        Row("`huddle export --format json`", figures("export"), stock_name, figures("export, stock"), ratio=0.8),
    ]
