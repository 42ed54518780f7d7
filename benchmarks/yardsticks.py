"""The history of a book as other stores keep it, beside the book: what ours is held against."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Final

from benchmarks.books import tables_of
from huddle_tui.domain.huddle import Huddle
from huddle_tui.store.tiny import TinyBook

SAFE: Final = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")
"""SQLite set to lose nothing."""


def _huddles(book: Path) -> list[Huddle]:
    found = TinyBook(book)
    return list(found.huddles(found.days()))


def _rows(book: Path) -> list[tuple[str, str]]:
    """Each huddle as JSON, the same documents as in the book."""
    return [(h.day.isoformat(), json.dumps(tables_of(h))) for h in _huddles(book)]


def stock_tinydb(book: Path, name: str) -> Path:
    """TinyDB as it comes, all huddles in one file."""
    path = book.parent / f"{name}.stock.json"
    rows = (f'"{n}": {row}' for n, (_day, row) in enumerate(_rows(book), start=1))
    path.write_text(f'{{"huddles": {{{", ".join(rows)}}}}}', "utf-8")
    return path


def sqlite_documents(book: Path, name: str) -> Path:
    """SQLite with a document for each huddle."""
    path = book.parent / f"{name}.documents.db"
    with connect(path) as database:
        database.execute("CREATE TABLE huddle (day TEXT PRIMARY KEY, document TEXT)")
        database.executemany("INSERT INTO huddle VALUES (?, ?)", _rows(book))
    database.close()
    return path


def sqlite_readings(book: Path, name: str) -> sqlite3.Connection:
    """SQLite with a row for each reading."""
    database = connect(book.parent / f"{name}.readings.db")
    database.execute("CREATE TABLE huddle (day TEXT PRIMARY KEY, team TEXT, seconds REAL)")
    database.execute(
        "CREATE TABLE reading (day TEXT, person TEXT, kpi TEXT, actual TEXT, promise TEXT, red TEXT, status TEXT,"
        " PRIMARY KEY (day, person, kpi))"
    )
    with database:
        for huddle in _huddles(book):
            day = huddle.day.isoformat()
            database.execute("INSERT INTO huddle VALUES (?, ?, ?)", (day, huddle.team, 540.0))
            rows = [
                (day, turn.person, r.kpi, str(r.actual), str(r.promise), str(r.red_edge), r.status.value)
                for turn in huddle.turns
                for r in turn.readings
            ]
            database.executemany("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return database


def connect(path: Path) -> sqlite3.Connection:
    """A database that loses nothing, and waits for its turn."""
    database = sqlite3.connect(path, timeout=60)
    for pragma in SAFE:
        database.execute(pragma)
    return database
