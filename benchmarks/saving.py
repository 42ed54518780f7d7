"""How long it takes to put one said number on disk, safely, with nothing and with ten years behind it.

Yardsticks: the same number with an empty book, SQLite (WAL, synchronous=FULL) with the same ten years, and TinyDB as it
comes with all huddles in one file. All on the disk of this checkout, in turns.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from time import monotonic

import common
from tinydb import TinyDB

from huddle_tui.activities.hosting import Hosting
from huddle_tui.activities.timepiece import SystemTime
from huddle_tui.domain.huddle import Asking, Huddle, Stage
from huddle_tui.domain.judging import Status
from huddle_tui.store import codec
from huddle_tui.store.tiny import TinyBook

HUDDLES = 5
"""Held in each book while it is measured: 40 numbers each."""
STOCK = 5
"""Saves by stock TinyDB: each takes long."""


def numbers(folder: Path, day: date) -> Iterator[Callable[[], None]]:
    """Holds a huddle; gives the save of each number, to be timed."""
    hosting = Hosting(TinyBook(folder), SystemTime("Europe/Amsterdam"), day)
    hosting.claim()
    hosting.do(lambda r: r.start(monotonic(), hosting.time.now()))
    hosting.save()
    while hosting.round.huddle.stage is Stage.TURNS:
        turn, kpi = hosting.round.speaking, hosting.round.kpi_at_hand()
        if turn is None or kpi is None or turn.asking is Asking.STUCK:
            hosting.do(lambda r: r.stuck("", monotonic()))
        elif turn.asking is Asking.NOTE:
            hosting.do(lambda r: r.note("belt de leverancier", monotonic()))
        elif turn.asking is Asking.PROMISE:
            hosting.do(lambda r, kpi=kpi: r.promise(kpi.promise, monotonic()))  # type: ignore[misc]
        else:
            actual = kpi.promise * (1 if len(hosting.round.huddle.readings) % 5 else Decimal("0.9"))
            hosting.do(lambda r, actual=actual: r.say(actual, monotonic()))  # type: ignore[misc]
            yield hosting.save
    hosting.release()


def database(folder: Path, huddles: list[Huddle]) -> sqlite3.Connection:
    """Ten years of readings in SQLite, set to lose nothing."""
    found = sqlite3.connect(folder / "yardstick.db")
    found.execute("PRAGMA journal_mode=WAL")
    found.execute("PRAGMA synchronous=FULL")
    found.execute("CREATE TABLE huddle (day TEXT PRIMARY KEY, team TEXT, seconds REAL)")
    found.execute(
        "CREATE TABLE reading (day TEXT, person TEXT, kpi TEXT, actual TEXT, promise TEXT, red TEXT, status TEXT,"
        " PRIMARY KEY (day, person, kpi))"
    )
    with found:
        for huddle in huddles:
            found.execute("INSERT INTO huddle VALUES (?, ?, ?)", (huddle.day.isoformat(), huddle.team, 540.0))
            rows = [
                (huddle.day.isoformat(), turn.person, r.kpi, str(r.actual), str(r.yardstick.promise),
                 str(r.yardstick.red_edge), r.status.value)
                for turn in huddle.turns for r in turn.readings
            ]  # fmt: skip
            found.executemany("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return found


def insert(found: sqlite3.Connection, day: date, n: int) -> None:
    """One number said, as SQLite keeps it: the reading and the huddle's clock."""
    with found:
        values = (day.isoformat(), f"p{n // 4}", f"k{n}", "8", "8", "6.8", Status.GREEN.value)
        found.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        found.execute("INSERT OR REPLACE INTO huddle VALUES (?, ?, ?)", (day.isoformat(), "x", n * 1.5))


def stock(folder: Path, huddles: list[Huddle]) -> list[float]:
    """TinyDB as it comes, all huddles in one file: one huddle changed."""
    path = folder / "stock.json"
    rows = {str(n): codec.write_huddle(huddle, {}) for n, huddle in enumerate(huddles, start=1)}
    path.write_text(json.dumps({"huddles": rows}), "utf-8")
    with TinyDB(path) as found:
        table = found.table("huddles")
        return [
            common.seconds(lambda n=n: table.update({"draft": str(n)}, doc_ids=[len(huddles)]))  # type: ignore[misc]
            for n in range(STOCK)
        ]


def main() -> None:
    """Prints what saving one number takes, against each yardstick."""
    common.heading("Saving one number")
    none, year, decade = common.HISTORIES
    taken: dict[str, list[float]] = {"none": [], "year": [], "decade": [], "sqlite": []}
    with common.scratch(none) as empty, common.scratch(year) as one, common.scratch(decade) as ten:
        past = TinyBook(ten)
        huddles = [replace(huddle, host=None) for huddle in past.huddles(past.days())]
        with closing(database(ten.parent, huddles)) as sqlite:
            for n in range(HUDDLES):
                day = common.TODAY + timedelta(days=n)
                saves = zip(numbers(empty, day), numbers(one, day), numbers(ten, day), strict=True)
                for place, (first, second, third) in enumerate(saves):
                    taken["none"].append(common.seconds(first))
                    taken["year"].append(common.seconds(second))
                    taken["decade"].append(common.seconds(third))
                    taken["sqlite"].append(common.seconds(lambda p=place, d=day: insert(sqlite, d, p)))  # type: ignore[misc]
        plain = common.ms(stock(ten.parent, huddles))
    middle = {name: common.ms(figures) for name, figures in taken.items()}
    figure = middle["decade"]
    common.report(
        common.Line("no history", middle["none"]),
        common.Line("a year of history", middle["year"], "ms", "empty book", middle["none"]),
        common.Line("ten years of history", figure, "ms", "empty book", middle["none"], 1.2),
        common.Line("ten years of history", figure, "ms", "SQLite WAL FULL", middle["sqlite"], 5),
        common.Line("ten years of history", figure, "ms", "stock TinyDB", plain),
        common.Line("ten years of history, 95th percentile", common.percentile(taken["decade"], 0.95) * 1000, "ms",
                    "SQLite WAL FULL", common.percentile(taken["sqlite"], 0.95) * 1000),
    )  # fmt: skip


if __name__ == "__main__":
    main()
