"""Every store behind the port, each opened as often as a test likes: as many programs on one book."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from huddle_tui.store.port import Book
from huddle_tui.store.tiny import TinyBook
from tests.kit.memory_book import MemoryBook
from tests.kit.postgres import new_database, running

_COUNT = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a database server, and a database on it that is this worker's own."""
    if named := os.environ.get("HUDDLE_TEST_POSTGRES"):
        yield named
        return
    with running() as server:
        yield server.address


@pytest.fixture(scope="session")
def database(postgres: str) -> str:
    """A database of this worker's own, with a book a test."""
    return new_database(postgres, f"huddle_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}")


@pytest.fixture(params=["memory", "tiny", "postgres"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Book]:
    """Opens the book, which is not made yet; each call is another program."""
    if request.param == "memory":
        first = MemoryBook()
        return first.beside
    if request.param == "postgres":
        return in_database(request)
    return lambda: TinyBook(tmp_path / "book", durable=False)


def in_database(request: pytest.FixtureRequest) -> Callable[[], Book]:
    """Opens a book in a database of its own."""
    from huddle_tui.store.address import parse
    from huddle_tui.store.postgres.database_texts import DatabaseTexts
    from huddle_tui.store.texts import TextBook

    address, name = request.getfixturevalue("database"), f"book {next(_COUNT)}"

    def another() -> Book:
        book = TextBook(DatabaseTexts(parse(f"{address}?book={name}")))
        request.addfinalizer(book.close)
        return book

    return another


@pytest.fixture
def book(opened: Callable[[], Book]) -> Book:
    """A book that is not made yet."""
    return opened()


@pytest.fixture
def other(opened: Callable[[], Book], book: Book) -> Book:
    """The same book in another program."""
    return opened()
