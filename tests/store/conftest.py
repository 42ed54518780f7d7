"""Every store behind the port, each opened as often as a test likes: as many programs on one book."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from huddle_tui.store.port import Book
from huddle_tui.store.tiny import TinyBook
from tests.kit.memory_book import MemoryBook


@pytest.fixture(params=["memory", "tiny"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Book]:
    """Opens the book, which is not made yet; each call is another program."""
    if request.param == "memory":
        first = MemoryBook()
        return first.beside
    return lambda: TinyBook(tmp_path / "book", durable=False)


@pytest.fixture
def book(opened: Callable[[], Book]) -> Book:
    """A book that is not made yet."""
    return opened()


@pytest.fixture
def other(opened: Callable[[], Book], book: Book) -> Book:
    """The same book in another program."""
    return opened()
