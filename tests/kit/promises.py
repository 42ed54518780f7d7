"""What holds after every fault, whatever it was: the four promises in one place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huddle_tui.domain.sentence import Sentence
from huddle_tui.store.care.doctor import examine
from huddle_tui.store.care.strays import huddle_name
from huddle_tui.store.disk import durable
from huddle_tui.store.disk.listing import Folders
from tests.kit.shelf import Shelf, read_tables

Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Tables of rows, as one file holds them."""


def all_names(book: Path) -> list[str]:
    """Every file of the book, also one of which only the twin is left."""
    team = [place for place in (book / "team.json", book / ".huddle/twins/team.json") if place.exists()]
    folders = Folders(book)
    check_ins = [f"checkins/{name}" for name in folders.check_ins([])]
    return [*(["team"] if team else []), *check_ins, *map(huddle_name, folders.days([]))]


def rows_of(book: Path, name: str, table: str) -> dict[str, dict[str, Any]]:
    """The rows of a table as any program reads them."""
    return dict((read_tables(book, name) or {}).get(table, {}))


def readable(book: Path, expected: Mapping[str, Tables], told: int = 0) -> list[Sentence]:
    """What was acknowledged is there, no file is unreadable, and a person is told in a sentence a file.

    `expected` has tables per file; `told` is of how many files something is to be told. Gives back those sentences.
    """
    sentences: list[Sentence] = []
    assert set(expected) <= set(all_names(book)), "a file is gone"
    for name in all_names(book):
        notices: list[Sentence] = []
        tables = read_tables(book, name, notices)
        assert tables is not None
        for table, rows in expected.get(name, {}).items():
            assert tables.get(table, {}) == rows, name
        assert len(notices) <= 1, "told twice"
        assert all("{" not in str(notice) and str(notice).endswith(".") for notice in notices)
        sentences += notices
    assert len(sentences) == told, [str(sentence) for sentence in sentences]
    return sentences


def whole(book: Path, expected: Mapping[str, Tables], told: int = 0) -> list[Sentence]:
    """`readable`, and the next save of every file works: loses nothing, mends what was told, leaves nothing lying."""
    sentences = readable(book, expected, told)
    durable._swept.clear()  # as in a program that starts now, which clears away what a killed one left half-written
    for name in all_names(book):
        shelf = Shelf(book, name)
        before = read_tables(book, name)
        with shelf.edit():
            shelf.put("next", "save", {"n": 1})
        assert rows_of(book, name, "next") == {"save": {"n": 1}}
        with shelf.edit():
            shelf.drop_table("next")
        after = read_tables(book, name)
        assert before is not None
        assert after is not None
        assert before | {"_meta": {}} == after | {"_meta": {}}
        assert (book / f"{name}.json").read_bytes() == (book / f".huddle/twins/{name}.json").read_bytes()
    readable(book, expected)
    # The first save of a folder may be killed: what it left there goes with the next.
    assert [left for left in book.rglob("*.tmp") if any(left.parent.glob("*.json"))] == []
    return sentences


def sound(book: Path) -> None:
    """The doctor mends whatever there is to mend and finds nothing that is lost."""
    assert [str(finding.sentence) for finding in examine(book, repair=True) if not finding.repaired] == []
    assert examine(book, repair=False) == []
