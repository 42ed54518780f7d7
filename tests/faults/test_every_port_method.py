"""Whichever system call fails in whichever method of a book: a sentence, never an error of the system itself."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team

CALLS = ["open", "stat", "lstat", "fstat", "listdir", "scandir", "mkdir", "replace", "fsync", "read", "write"]
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
METHODS: dict[str, Callable[[TinyBook], object]] = {
    "exists": lambda book: book.exists(),
    "team": lambda book: book.team(),
    "change_team": lambda book: book.change_team(lambda team: replace(team or small_team(), name="y")),
    "days": lambda book: book.days(),
    "huddle": lambda book: book.huddle(MONDAY),
    "huddles": lambda book: list(book.huddles([MONDAY])),
    "change_huddle": lambda book: book.change_huddle(MONDAY, lambda h: replace(h or Huddle(MONDAY, ""), draft="y")),
    "summaries": lambda book: book.summaries(),
    "check_ins": lambda book: book.check_ins("sanne"),
    "change_check_in": lambda book: book.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY)),
    "discard_huddle": lambda book: book.discard_huddle(MONDAY),
    "discarded": lambda book: book.discarded(),
    "conflicts": lambda book: book.conflicts(),
    "hold": lambda book: book.hold("x"),
    "changed": lambda book: book.changed(),
    "take_notices": lambda book: book.take_notices(),
}


class Failing:
    """Lets the n-th of some calls in a book fail; `reached` tells whether there were so many."""

    def __init__(self, root: Path, at: int, number: int) -> None:
        self.left, self.root, self.number, self.reached = at, str(root), number, False

    def instead_of(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            if self.root in str(args[0]) or isinstance(args[0], int):
                self.left -= 1
                if self.left == 0:
                    self.reached = True
                    raise OSError(self.number, os.strerror(self.number))
            return real(*args, **options)

        return call


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.ESTALE])
def test_every_system_call_of_every_method_is_explained(
    tmp_path: Path, method: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "book"
    book = TinyBook(root)
    book.change_team(lambda _: small_team())
    book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, "x"))
    told = "nothing went wrong."
    for at in range(1, 200):
        copy = Path(shutil.copytree(root, tmp_path / f"{at}"))
        failing = Failing(copy, at, number)
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, failing.instead_of(getattr(os, name)))
            try:
                METHODS[method](TinyBook(copy))
            except HuddleError as error:
                told = str(error)
        assert told.endswith(".")
        shutil.rmtree(copy)
        if not failing.reached:
            break
    else:
        pytest.fail("more calls than were tried")
