"""Every file of a book is a database that TinyDB opens as it comes, to query and to change."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from tinydb import TinyDB, where

from huddle_tui.domain.huddle import CheckIn, Entry
from huddle_tui.store.tiny import TinyBook
from tests.kit.copies import quarantined
from tests.kit.fakes import small_team
from tests.kit.random_books import random_book


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book with some history and a check-in."""
    root, (team, past) = tmp_path / "book", random_book(6, huddles=8)
    book = TinyBook(root)
    book.change_team(lambda _: team)
    for huddle in past:
        book.change_huddle(huddle.day, lambda _, huddle=huddle: huddle)  # type: ignore[misc]
    day = past[-1].day
    book.change_check_in("p1", day, lambda _: CheckIn("p1", day, (Entry("p1-k0", "8", True, Decimal(8)),)))
    return root


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*.json") if ".huddle" not in path.parts)


def test_every_file_opens_and_every_table_can_be_queried(root: Path) -> None:
    before = {path: path.read_bytes() for path in files(root)}
    assert len(before) == 10
    for path in before:
        with TinyDB(path) as db:
            for name in db.tables():
                table = db.table(name)
                assert len(table) == len(table.all()) > 0
                assert all(document.doc_id for document in table)
    assert {path: path.read_bytes() for path in files(root)} == before


def test_the_red_flags_of_a_whole_book_are_one_query(root: Path) -> None:
    book = TinyBook(root)
    expected = [
        (turn.person, turn.name, reading.kpi, reading.name, str(reading.actual), str(reading.promise))
        for huddle in book.huddles(book.days())
        for turn in huddle.turns
        for reading in turn.readings
        if reading.status.value == "red"
    ]
    assert len(expected) > 5
    found = []
    for path in sorted((root / "huddles").rglob("*.json")):
        with TinyDB(path) as db:
            for row in db.table("readings").search(where("status") == "red"):
                found.append(
                    (row["person"], row["person_name"], row["kpi"], row["kpi_name"], row["actual"], row["promise"])
                )
    assert found == expected


def test_what_plain_tinydb_wrote_is_used_and_said_and_nothing_is_lost(root: Path) -> None:
    path = files(root / "huddles")[0]
    ours = path.read_bytes()
    with TinyDB(path) as db:
        first = next(iter(db.table("readings")))
        db.table("readings").update({"note": "from a notebook"}, doc_ids=[first.doc_id])
        db.table("ideas").insert({"text": "mine"})
    theirs = path.read_bytes()

    book = TinyBook(root)
    day = book.days()[0]
    found = book.huddle(day)
    assert found is not None
    assert "from a notebook" in [reading.note for reading in found.readings]
    assert [str(notice) for notice in book.take_notices()] == [
        f"{path} was changed outside this program: it is used as it is, and the next save keeps both versions."
    ]

    book.change_huddle(day, lambda huddle: replace(huddle or found, draft="typed"))
    assert {ours, theirs} <= quarantined(root)
    with TinyDB(path) as db:
        assert db.table("ideas").all() == [{"text": "mine"}]
        assert [row.doc_id for row in db.table("readings").search(where("note") == "from a notebook")] == [first.doc_id]
    assert TinyBook(root).huddle(day) is not None
    fresh = TinyBook(root)
    fresh.huddle(day)
    assert fresh.take_notices() == []


@pytest.mark.slow
def test_many_threads_may_be_the_first_to_read(tmp_path: Path) -> None:
    """msgspec looks into a type when it is first used, and two threads that do so at once would end the program."""
    TinyBook(tmp_path, durable=False).change_team(lambda _: small_team())
    script = """
import sys, threading
from pathlib import Path
from huddle_tui.store.tiny import TinyBook
sys.setswitchinterval(1e-6)
together = threading.Barrier(12)
def read():
    book = TinyBook(Path(sys.argv[1]), durable=False)
    together.wait()
    book.team()
threads = [threading.Thread(target=read) for _ in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
