"""Where nothing may be written: everything reads, and a save is refused with what to do about it."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from huddle_tui.store.disk.saving import hold
from huddle_tui.store.errors import SaveFailed
from tests.kit.copies import people, tree
from tests.kit.read_only import read_only
from tests.kit.shelf import Shelf
from tests.kit.states import book_of_yesterday, edited, emptied, twin_gone, untouched


@pytest.mark.parametrize("state", [untouched, emptied, edited, twin_gone])
def test_read_only_media_are_read_and_refuse_to_be_written(
    tmp_path: Path, state: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "book"
    book_of_yesterday(book)
    state(book)
    before = tree(book)
    with read_only(monkeypatch):
        shelf = Shelf(book, "team")
        assert shelf.rows() == {"anna": {"n": 1}}
        for attempt in (lambda: shelf.edit().__enter__(), lambda: hold(book, "today")):
            with pytest.raises(SaveFailed, match=r"writing there is not allowed .*choose another one"):
                attempt()
        assert shelf.rows() == {"anna": {"n": 1}}
    assert tree(book) == before


def test_a_drive_without_locks_is_refused_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(fd: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(SaveFailed, match="move the book to a disk of this computer"), Shelf(tmp_path, "team").edit():
        pytest.fail("entered")
    assert not (tmp_path / "team.json").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="NOT TESTED: root may write everywhere; the tests above stand in for it")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    book = tmp_path / "book"
    book_of_yesterday(book)
    for folder in (book, book / ".huddle", book / ".huddle/twins"):
        folder.chmod(0o500)
    try:
        shelf = Shelf(book, "team")
        with pytest.raises(SaveFailed, match="writing there is not allowed"), shelf.edit():
            shelf.put("people", "anna", {"n": 9})
        assert people(book) == {"anna": {"n": 1}}
    finally:
        for folder in (book, book / ".huddle", book / ".huddle/twins"):
            folder.chmod(0o700)
