"""Every call of the system that a save makes fails, one after the other, with every error: nothing is lost."""

from __future__ import annotations

import errno
import fcntl
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import tinydb.storages
from tinydb import TinyDB
from tinydb.table import Document

from huddle_tui.domain.sentence import HuddleError
from tests.kit.copies import people
from tests.kit.power import open_plainly
from tests.kit.promises import whole
from tests.kit.shelf import Shelf
from tests.kit.states import DAY, book_of_yesterday, edited, emptied, no_book, twin_gone, untouched


class Faults:
    """Counts the calls of the system that a save makes, and lets the n-th fail."""

    NAMES = (
        *("open", "write", "fsync", "close", "replace", "rename", "mkdir", "unlink", "chmod", "chown"),
        *("stat", "lstat", "fstat", "scandir", "listdir"),
    )

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.armed = False
        self.left = 0
        self.code = 0
        for name in self.NAMES:
            monkeypatch.setattr(os, name, self._failing(getattr(os, name)))
        monkeypatch.setattr(io, "open", self._failing(io.open))
        monkeypatch.setattr(fcntl, "flock", self._failing(fcntl.flock))

    def _failing(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            if not self.armed:
                return real(*args, **options)
            self.left -= 1
            if self.left != 0:
                return real(*args, **options)
            if real.__name__ == "close":  # closes, whatever it reports
                real(*args, **options)
            if real.__name__ == "write":  # a part of it arrives
                real(args[0], args[1][: len(args[1]) // 2])
            raise OSError(self.code, os.strerror(self.code))

        return call

    @contextmanager
    def fail(self, nth: int, code: int) -> Iterator[None]:
        self.armed, self.left, self.code = True, nth, code
        try:
            yield
        finally:
            self.armed = False

    @property
    def met(self) -> bool:
        """Whether the call that was to fail was made."""
        return self.left <= 0


def open_files() -> int:
    """How many files this program has open, where the system tells."""
    return len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0


CASES = [
    pytest.param(
        state,
        code,
        id=f"{state.__name__} {errno.errorcode[code]}",
        marks=[] if state is untouched or code == errno.EIO else pytest.mark.full,
    )
    for state in (untouched, no_book, emptied, edited, twin_gone)
    for code in (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EINTR)
]


@pytest.mark.parametrize(("state", "code"), CASES)
def test_any_call_of_the_system_may_fail(
    tmp_path: Path, state: Callable[[Path], None], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, book = tmp_path / "model", tmp_path / "book"
    book_of_yesterday(model)
    before = {} if state is no_book else {"anna": {"n": 1}}
    after = before | {"bram": {"n": 2}}
    faults = Faults(monkeypatch)
    if state is not untouched or code != errno.EIO:
        monkeypatch.setattr(os, "fsync", faults._failing(lambda fd: None))  # the disk has been tried enough
    nth, refused = 0, 0
    while True:
        nth += 1
        shutil.copytree(model, book)
        state(book)
        shelf = Shelf(book, "team", today=lambda: DAY + timedelta(days=2))
        opened = open_files()
        error: HuddleError | None = None
        with faults.fail(nth, code):
            try:
                with shelf.edit(timeout=1.0):
                    shelf.put("people", "bram", {"n": 2})
            except HuddleError as caught:
                error = caught
        assert open_files() == opened, "a file was left open"
        if not faults.met:
            assert error is None
            break
        if error is not None:
            refused += 1
            assert "{" not in str(error)
            assert os.strerror(code) in str(error)
        assert people(book) in ([before, after] if error else [after])
        with shelf.edit():
            shelf.put("people", "bram", {"n": 2})
        whole(book, {"team": {"people": after}})
        shutil.rmtree(book)
    assert nth > 30
    assert refused > 10


def test_control_stock_tinydb_loses_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A save of stock TinyDB fails at the n-th call: there is an n after which nothing is left."""
    path = tmp_path / "stock.json"
    faults = Faults(monkeypatch)
    monkeypatch.setattr(tinydb.storages, "open", open_plainly, raising=False)
    before, after = {"n": 1, "text": "x" * 100}, {"n": 2, "text": "y" * 200}
    lost, nth = 0, 0
    while True:
        nth += 1
        path.unlink(missing_ok=True)
        with TinyDB(path) as stock:
            stock.insert(Document(before, doc_id=1))
        with faults.fail(nth, errno.EIO), suppress(OSError), TinyDB(path) as stock:
            stock.update(after)
        if not faults.met:
            break
        try:
            with TinyDB(path) as stock:
                lost += [dict(row) for row in stock] not in ([before], [after])
        except ValueError:
            lost += 1
    assert lost > 0
