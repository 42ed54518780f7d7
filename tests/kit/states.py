"""A small book of yesterday, and the states that a save may find it in."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

from tests.kit.shelf import Shelf

DAY = date(2026, 11, 23)


def book_of_yesterday(book: Path) -> None:
    today = DAY
    shelf = Shelf(book, "team", today=lambda: today)
    for n in range(2):
        with shelf.edit():
            shelf.put("people", "anna", {"n": n})
        today += timedelta(days=1)


def no_book(book: Path) -> None:
    shutil.rmtree(book)


def untouched(book: Path) -> None:
    """A file of yesterday: the save makes a backup too."""


def emptied(book: Path) -> None:
    (book / "team.json").write_bytes(b"")


def edited(book: Path) -> None:
    path = book / "team.json"
    path.write_bytes(path.read_bytes().replace(b'"n": 1', b'"n":  1'))


def twin_gone(book: Path) -> None:
    (book / ".huddle/twins/team.json").unlink()
