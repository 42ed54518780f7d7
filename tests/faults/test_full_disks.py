"""A disk that is full, and then is not: nothing is lost, it says what to do, and with space again the save works."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from tinydb import TinyDB
from tinydb.table import Document

from huddle_tui.store.errors import SaveFailed
from tests.kit.copies import people, tree
from tests.kit.promises import whole
from tests.kit.shelf import Shelf
from tests.kit.small_disk import small_disk
from tests.kit.states import DAY, book_of_yesterday


@contextmanager
def disk_full_after(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: the kernel writes as much as fits, then refuses, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_loses_nothing_and_with_space_again_the_save_works(tmp_path: Path) -> None:
    book = tmp_path / "book"
    book_of_yesterday(book)
    before = tree(book)
    shelf = Shelf(book, "team", today=lambda: DAY + timedelta(days=1))

    def save() -> None:
        with shelf.edit():
            shelf.put("people", "bram", {"text": "x" * 5_000})

    for size in (0, 100, 1_000, 5_000):
        with disk_full_after(size), pytest.raises(SaveFailed, match=r"the disk is full .* make room, then try again"):
            save()
        assert tree(book) == before
        assert people(book) == {"anna": {"n": 1}}
    save()
    whole(book, {"team": {"people": {"anna": {"n": 1}, "bram": {"text": "x" * 5_000}}}})


def test_control_stock_tinydb_loses_everything_on_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "stock.json"
    with TinyDB(path) as stock:
        for n in range(100):
            stock.insert(Document({"n": n}, doc_id=n))
        with disk_full_after(1_000):
            with pytest.raises(OSError, match="File too large"):
                stock.update({"n": "x" * 100}, doc_ids=[0])
            with suppress(OSError):  # it tries once more
                stock.close()
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|Extra data"), TinyDB(path) as stock:
        stock.all()


def test_a_real_small_disk_that_is_full(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "128k") as disk:
        book = disk / "book"
        shelf = Shelf(book, "team")
        kept = 0

        def fill() -> None:
            nonlocal kept
            while True:
                with shelf.edit():
                    shelf.put("people", str(kept), {"text": "x" * 1_000})
                kept += 1

        with pytest.raises(SaveFailed, match="the disk is full"):
            fill()
        assert len(people(book)) == kept > 5
        with shelf.edit():
            shelf.drop("people", "0")
            for n in range(3, kept):
                shelf.drop("people", str(n))
        assert len(people(book)) == 2
        whole(book, {"team": {"people": {str(n): {"text": "x" * 1_000} for n in (1, 2)}}})
