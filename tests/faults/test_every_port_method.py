"""Whichever system call fails in whichever method of a book: a sentence, never an error of the system itself."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.port import Book
from huddle_tui.store.tiny import TinyBook
from tests.kit.failing import Failing
from tests.kit.fakes import MONDAY, small_team

TUESDAY = date(2026, 11, 24)
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
    "checked_in": lambda book: book.checked_in(),
    "check_ins": lambda book: book.check_ins("sanne"),
    "change_check_in": lambda book: book.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY)),
    "discard_huddle": lambda book: book.discard_huddle(MONDAY),
    "discarded": lambda book: book.discarded(),
    "restore_huddle": lambda book: book.restore_huddle(TUESDAY),
    "take_in": lambda book: _take_in(book),
    "conflicts": lambda book: book.conflicts(),
    "hold": lambda book: book.hold("x"),
    "changed": lambda book: book.changed(),
    "take_notices": lambda book: book.take_notices(),
    "all_check_ins": lambda book: book.all_check_ins(["sanne"]),
    "wait": lambda book: book.wait(0.0),
}


def _take_in(book: TinyBook) -> None:
    for copy in book.conflicts():
        book.take_in(copy, NOW, "laptop")


DONE: dict[str, Callable[[TinyBook], object]] = {
    "change_team": lambda book: book.team().name == "y",
    "change_huddle": lambda book: _huddle(book, MONDAY).draft == "y",
    "change_check_in": lambda book: len(book.check_ins("sanne")) == 1,
    "discard_huddle": lambda book: MONDAY not in book.days() and MONDAY in book.discarded(),
    "restore_huddle": lambda book: _huddle(book, TUESDAY).team == "deleted",
    "take_in": lambda book: _huddle(book, MONDAY).temperature == 3 and not book.conflicts(),
}
"""Of the methods that write what has come of it."""


def _huddle(book: TinyBook, day: date) -> Huddle:
    found = book.huddle(day)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a huddle, one in the bin, and a conflict copy of the first."""
    root = tmp_path_factory.mktemp("model") / "book"
    book = TinyBook(root)
    book.change_team(lambda _: small_team())
    book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, "x", temperature=3))
    shutil.copy(root / f"huddles/2026/{MONDAY}.json", root / f"huddles/2026/{MONDAY}-LAPTOP.json")
    book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, "x", draft="z"))
    book.change_huddle(TUESDAY, lambda _: Huddle(TUESDAY, "deleted"))
    book.discard_huddle(TUESDAY)
    return root


def test_no_method_is_left_out() -> None:
    assert set(METHODS) == {name for name in vars(Book) if name[0] != "_" and callable(getattr(Book, name))}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.ESTALE])
def test_every_system_call_of_every_method_is_explained(tmp_path: Path, model: Path, method: str, number: int) -> None:
    """And where it wrote: a second time it is done, or was done already."""
    told = "nothing went wrong."
    for at in range(1, 300):
        copy = Path(shutil.copytree(model, tmp_path / f"{at}"))
        failing = Failing(copy, at, number)
        with failing.once():
            try:
                METHODS[method](TinyBook(copy))
            except HuddleError as error:
                told = str(error)
        assert told.endswith(".")
        if method in DONE:
            with suppress(HuddleError):  # there is nothing left to do
                METHODS[method](TinyBook(copy))
            assert DONE[method](TinyBook(copy)), at
        shutil.rmtree(copy)
        if not failing.reached:
            break
    else:
        pytest.fail("more calls than were tried")
