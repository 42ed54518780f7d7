"""How long it takes to put one said number on disk, safely.

Yardsticks: the same number with an empty book, SQLite (WAL, synchronous=FULL) with the same history, and TinyDB as it
comes with all huddles in one file. All on the disk of this checkout, in turns.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from time import monotonic
from typing import Final

from tinydb import TinyDB

from benchmarks.books import TODAY, scratch
from benchmarks.figures import Plan, Row, ms, seconds, slow_ms
from benchmarks.yardsticks import sqlite_readings, stock_tinydb
from huddle_tui.activities.hosting import Hosting
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain.huddle import Asking, Stage
from huddle_tui.store.port import Book
from huddle_tui.store.tiny import TinyBook

TITLE: Final = "Saving a number"
HUDDLES: Final = 5
"""Held in each book while it is measured: 40 numbers each."""
STOCK: Final = 5
"""Saves by stock TinyDB: each takes long."""


def numbers(book: Book, day: date) -> Iterator[Callable[[], None]]:
    """Holds a huddle; gives the save of each number, to be timed."""
    hosting = Hosting(book, Timepiece("Europe/Amsterdam"), day)
    hosting.claim()
    hosting.do(lambda r: r.start(monotonic(), hosting.time.now()))
    hosting.save()
    while hosting.round.huddle.stage is Stage.TURNS:
        turn, kpi = hosting.round.speaking, hosting.round.kpi_at_hand()
        if turn is None or kpi is None or turn.asking is Asking.STUCK:
            hosting.do(lambda r: r.stuck("", monotonic()))
        elif turn.asking is Asking.NOTE:
            hosting.do(lambda r: r.note("belt de leverancier", monotonic()))
        elif turn.asking in {Asking.REASON, Asking.PROMISE}:
            hosting.do(lambda r, kpi=kpi: r.promise(kpi.promise, monotonic()))  # type: ignore[misc]
        else:
            actual = kpi.promise * (1 if len(hosting.round.huddle.readings) % 5 else Decimal("0.9"))
            hosting.do(lambda r, actual=actual: r.say(actual, monotonic()))  # type: ignore[misc]
            yield hosting.save
    hosting.release()


def insert(database: sqlite3.Connection, day: date, n: int) -> None:
    """One number said, as SQLite keeps it: the reading and the huddle's clock."""
    with database:
        values = (day.isoformat(), f"p{n // 4}", f"k{n}", "8", "8", "6.8", "green")
        database.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        database.execute("INSERT OR REPLACE INTO huddle VALUES (?, ?, ?)", (day.isoformat(), "x", n * 1.5))


def measure(plan: Plan) -> list[Row]:
    """What saving one number takes, against each yardstick."""
    with scratch(plan) as folders, ExitStack() as running:
        databases = [running.enter_context(closing(sqlite_readings(folder, "saving"))) for folder in folders]
        ours: list[list[float]] = [[] for _ in folders]
        sqlite: list[list[float]] = [[] for _ in folders]
        for n in range(plan.times(HUDDLES)):
            day = TODAY + timedelta(days=n)
            for place, saves in enumerate(zip(*(numbers(TinyBook(folder), day) for folder in folders), strict=True)):
                for taken, save in zip(ours, saves, strict=True):
                    taken.append(seconds(save))
                for taken, database in zip(sqlite, databases, strict=True):
                    taken.append(seconds(partial(insert, database, day, place)))
        stock = []
        for folder in folders:
            with TinyDB(stock_tinydb(folder, "saving")) as found:
                table = found.table("huddles")
                table.insert({"day": "today"})
                again = partial(table.update, {"draft": "8"}, doc_ids=[len(table)])
                stock.append(ms(seconds(again) for _ in range(plan.times(STOCK))))
    median, slow, safe = [*map(ms, ours)], [*map(slow_ms, ours)], "SQLite, WAL and FULL"
    return [
        Row("median", median, ratio=1.2),
        Row("median", median, safe, [*map(ms, sqlite)], ratio=5),
        Row("median", median, "stock TinyDB", stock),
        Row("95th percentile", slow, safe, [*map(slow_ms, sqlite)]),
    ]
