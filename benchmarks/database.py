"""A book in PostgreSQL: saving a number, being told of it on another machine, reading the past.

Yardsticks: a bare `UPDATE … COMMIT` of a text of the same size on the same server, and the same book in files. The
server is one of the tests' own, with everything flushed to disk as it comes.
"""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

import psycopg

from benchmarks.books import TODAY, scratch
from benchmarks.figures import Plan, Row, alternate, ms, seconds, slow_ms
from benchmarks.saving import HUDDLES, numbers
from benchmarks.terminals import huddle
from benchmarks.twelve_check_ins import team
from huddle_tui.activities.books import copy
from huddle_tui.domain.huddle import CheckIn, Entry
from huddle_tui.store.address import parse
from huddle_tui.store.postgres.database_texts import DatabaseTexts
from huddle_tui.store.texts import TextBook
from huddle_tui.store.tiny import TinyBook
from tests.kit.postgres import new_database, running

TITLE: Final = "A book in PostgreSQL"
TOLD: Final = 50
"""How often another machine is told of a check-in."""


def read_all(book: TinyBook | TextBook) -> float:
    """Seconds that reading every huddle takes."""
    return seconds(lambda: sum(len(huddle.turns) for huddle in book.huddles(book.days())))


def bare(connection: psycopg.Connection[tuple[object, ...]], text: str) -> float:
    """Seconds that an update of one row with a text of that size takes, committed."""

    def update() -> None:
        with connection.transaction():
            connection.execute("update bare set body = %s", [text])

    return seconds(update)


def told(saver: TextBook, listener: TextBook, times: int) -> list[float]:
    """Seconds from the moment one machine has saved a check-in until another knows."""
    figures: list[float] = []
    listener.wait(0.01)
    for n in range(times):
        listener.changed()
        knows = threading.Event()

        def listen(knows: threading.Event = knows) -> None:
            while not listener.changed():
                listener.wait(1.0)
            knows.set()

        thread = threading.Thread(target=listen)
        thread.start()
        saver.change_check_in("p0", TODAY, lambda _, n=n: CheckIn("p0", TODAY, stuck=str(n)))  # type: ignore[misc]
        saved = perf_counter()
        knows.wait()
        figures.append(perf_counter() - saved)
        thread.join()
    return figures


def shown(folder: Path, address: str, book: TextBook) -> list[float]:
    """Seconds from the moment another machine saves a check-in until the shared screen counts it."""
    thirteen, figures = team(), list[float]()
    before = book.team()
    book.change_team(lambda _: thirteen)
    with huddle(folder, "--data", address, "run") as screen:
        screen.until(b"Enter starts")
        for count, person in enumerate(thirteen.people, start=1):
            kpis = thirteen.kpis_of(person.id)
            made = CheckIn(person.id, TODAY, tuple(Entry(kpi.id, "8", True, Decimal(8)) for kpi in kpis))
            screen.drain(0.3)
            start = perf_counter()
            book.change_check_in(person.id, TODAY, lambda _, made=made: made)  # type: ignore[misc]
            screen.until(f"{count} of 13 checked in".encode())
            figures.append(perf_counter() - start)
    for person in thirteen.people:
        book.change_check_in(person.id, TODAY, lambda _: None)
    book.change_team(lambda _: before)
    return figures


def measure(plan: Plan) -> list[Row]:
    """What a server takes, against each yardstick."""
    with running(safe=True) as server, scratch(plan) as folders:
        saving: list[float | None] = []
        reading: list[float | None] = []
        plain: list[float] = []
        files: list[float] = []
        screen: list[float | None] = []
        for folder in folders:
            address = new_database(server.address, f"bench_{len(saving)}")
            with (
                closing(TextBook(DatabaseTexts(parse(address)))) as book,
                psycopg.connect(address, autocommit=True) as line,
            ):
                copy(TinyBook(folder), book)
                screen.append(slow_ms(shown(folder, address, book)))
                line.execute("create table bare (body text)")
                line.execute("insert into bare values ('')")
                ours, theirs = [], []
                for n in range(plan.times(HUDDLES)):
                    for save in numbers(book, TODAY + timedelta(days=n)):
                        ours.append(seconds(save))
                        body = book.texts.read(f"huddles/{TODAY.year}/{TODAY + timedelta(days=n)}") or ""
                        theirs.append(bare(line, body))
                saving.append(ms(ours))
                plain.append(ms(theirs))
                figures = alternate(
                    plan.times(3), ours=partial(read_all, book), files=partial(read_all, TinyBook(folder))
                )
                reading.append(ms(figures["ours"]))
                files.append(ms(figures["files"]))
                if folder == folders[-1]:
                    with closing(TextBook(DatabaseTexts(parse(address)))) as other:
                        notices = told(book, other, plan.times(TOLD, 3))
    return [
        Row("saving a number", saving, "a bare UPDATE and COMMIT", plain, ratio=3),
        Row("told on another machine, 95th percentile", [None, None, slow_ms(notices)], "", unit="ms", most=100),
        Row("a check-in on another machine to the shared screen, 95 of 100", screen, "", most=500),
        Row("reading every huddle", reading, "the same book in files", files, ratio=1.5),
    ]
