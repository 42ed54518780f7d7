"""The power fails at any moment of any save: whatever a disk may leave of it, what was acknowledged reads back.

Not which calls a save makes is tested, but what is left of them. See `power` for what a disk may do.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pytest
import tinydb.storages
from msgspec.structs import replace
from tinydb import TinyDB
from tinydb.table import Document

from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.care.doctor import examine
from huddle_tui.store.disk import durable
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team
from tests.kit.power import Disk, State, build, open_plainly

FRIDAY = date(2026, 11, 20)
MINE = CheckIn("sanne", MONDAY)
Value = str
"""What a file of the book says, as one text; empty where it says nothing."""


def of_team(book: TinyBook) -> Value:
    return book.team().name if book.exists() else ""


def of_huddle(book: TinyBook) -> Value:
    huddle = book.huddle(MONDAY)
    return huddle.team if huddle else ""


def of_check_in(book: TinyBook) -> Value:
    return "".join(check_in.stuck for check_in in book.check_ins("sanne"))


READERS = {"team": of_team, "huddle": of_huddle, "check-in": of_check_in}


def save(book: TinyBook, file: str, value: Value) -> None:
    """Puts the value in that file, which the program thereby promises to keep."""
    if file == "team":
        book.change_team(lambda _: replace(small_team(), name=value))
    elif file == "huddle":
        book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, value))
    else:
        book.change_check_in("sanne", MONDAY, lambda _: replace(MINE, stuck=value) if value else None)


@dataclass
class Promise:
    """What must be found on one disk that a cut may leave."""

    said: dict[str, list[Value]]
    """Per file, what was acknowledged last, and after it what was being saved."""
    kept: frozenset[bytes]
    """Bytes of somebody else's that must not be lost."""


class Cuts:
    """Saves, with a power cut at every moment of them."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, *, full: bool, kept: frozenset[bytes] = frozenset()
    ) -> None:
        self.left: dict[frozenset[tuple[str, bytes | None]], Promise] = {}
        """The disks that a cut may leave, each with the most that was promised by then."""
        self._chance = Random(7)
        self._most, self._tried = (256, 10_000) if full else (16, 100)
        self._kept = kept
        self._said: dict[str, list[Value]] = {file: [""] for file in READERS}
        self.disk = Disk(folder, monkeypatch, self._cut)

    def _cut(self, disk: Disk) -> None:
        promise = Promise({file: list(values) for file, values in self._said.items()}, self._kept)
        for state in disk.states(self._chance, self._most):
            self.left[frozenset(state.items())] = promise  # the same disk at a later moment must hold no less

    def already(self, file: str, value: Value) -> None:
        """What the book held before all this."""
        self._said[file] = [value]

    def saving(self, file: str, value: Value, do: Callable[[], None]) -> None:
        """Lets `do` save the value of that file, and takes it at its word."""
        self._said[file].append(value)
        do()
        self._said[file] = [value]
        self._cut(self.disk)

    def states(self) -> list[tuple[State, Promise]]:
        """Disks with what must be found on them: all that were thought of, or the first and as many by chance."""
        self.disk.check()
        left: list[tuple[State, Promise]] = [(dict(state), promise) for state, promise in self.left.items()]
        rest = left[self._tried :]
        return left[: self._tried] + self._chance.sample(rest, min(self._tried, len(rest)))


def read_back(disk: Path, promise: Promise) -> None:
    """Everything acknowledged is there and reads, it is told in a sentence, the next save works, nothing is lost."""
    folder = disk / "book"
    held = {path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert promise.kept <= held, "bytes that somebody else wrote are gone"
    book = TinyBook(folder)
    for file, values in promise.said.items():
        assert READERS[file](book) in values, file
        assert len(book.take_notices()) <= 1
    book.summaries()
    if not any(value for values in promise.said.values() for value in values[:1]):
        return  # a book that is only just being made
    assert [finding for finding in examine(folder, repair=True) if not finding.repaired] == []
    for file in READERS:
        save(book, file, "and on")
        again = TinyBook(folder)
        assert READERS[file](again) == "and on"
        assert again.take_notices() == []


def prove(tmp_path: Path, cuts: Cuts, monkeypatch: pytest.MonkeyPatch) -> int:
    """Reads every disk back; how many there were."""
    states = cuts.states()
    monkeypatch.undo()
    monkeypatch.setattr("os.fsync", lambda fd: None)  # of these nothing depends on a flush any more
    for place, (state, promise) in enumerate(states):
        folder = tmp_path / f"cut {place}"
        build(state, folder)
        try:
            read_back(folder, promise)
        except BaseException as error:
            error.add_note(f"after a cut that leaves {sorted((n, v and v[:60]) for n, v in state.items())}")
            error.add_note(f"of which was promised {promise.said}")
            raise
        shutil.rmtree(folder)
    return len(states)


DAY_OF_SAVES = [
    *(("team", "first"), ("huddle", "one"), ("huddle", "two"), ("check-in", "mine")),
    *(("huddle", "three"), ("check-in", ""), ("team", "second"), ("check-in", "again"), ("huddle", "four")),
]
"""A book that is made and used: every file twice or more, one of them by turns with others."""


def test_a_cut_at_any_moment_of_a_day_of_saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: bool) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    cuts = Cuts(disk, monkeypatch, full=full)
    book = TinyBook(disk / "book")
    for file, value in DAY_OF_SAVES:
        cuts.saving(file, value, lambda file=file, value=value: save(book, file, value))  # type: ignore[misc]
    assert prove(tmp_path, cuts, monkeypatch) > 100


def untouched(path: Path, twin: Path) -> None:
    pass


def emptied(path: Path, twin: Path) -> None:
    path.write_bytes(b"")


def torn(path: Path, twin: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def deleted(path: Path, twin: Path) -> None:
    path.unlink()


def twin_torn(path: Path, twin: Path) -> None:
    twin.write_bytes(twin.read_bytes()[:-40])


def twin_deleted(path: Path, twin: Path) -> None:
    twin.unlink()


def edited_by_hand(path: Path, twin: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"first"', b'"by hand"'))


@pytest.mark.parametrize(
    "harm", [untouched, emptied, torn, deleted, twin_torn, twin_deleted, edited_by_hand], ids=lambda harm: harm.__name__
)
def test_a_cut_at_any_moment_of_the_save_that_mends_a_file(
    tmp_path: Path, harm: Callable[[Path, Path], None], monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    """The copy that is left is the only one: it must not be replaced before there is another."""
    disk = tmp_path / "disk"
    folder = disk / "book"
    book = TinyBook(folder)
    for file, value in (("team", "zeroth"), ("team", "first"), ("huddle", "one"), ("huddle", "two")):
        save(book, file, value)  # twice each: the backup of the day is an older one
    path, twin = folder / "team.json", folder / ".huddle/twins/team.json"
    before = path.read_bytes()
    harm(path, twin)
    by_hand = harm is edited_by_hand
    kept = frozenset([before, path.read_bytes()]) if by_hand else frozenset()
    cuts = Cuts(disk, monkeypatch, full=full, kept=kept)
    cuts.already("team", "by hand" if by_hand else "first")
    cuts.already("huddle", "two")
    book = TinyBook(folder)
    for value in ("second", "third"):
        cuts.saving("team", value, lambda value=value: save(book, "team", value))  # type: ignore[misc]
    assert prove(tmp_path, cuts, monkeypatch) > 20


def in_bin_or_book(book: TinyBook) -> tuple[bool, bool]:
    """Whether the huddle is in the book as it was said, and whether it is in the bin."""
    found = book.huddle(MONDAY)
    assert found is None or found.team == "said"
    return found is not None, MONDAY in book.discarded()


@pytest.mark.parametrize("twin_only", [False, True])
def test_a_cut_at_any_moment_of_deleting_and_bringing_back(
    tmp_path: Path, twin_only: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    book = TinyBook(disk / "book")
    for file, value in (("team", "x"), ("huddle", "before"), ("huddle", "said")):
        save(book, file, value)
    if twin_only:
        (disk / f"book/huddles/2026/{MONDAY}.json").unlink()
    left: dict[tuple[frozenset[tuple[str, bytes | None]], str], None] = {}
    step = ""

    def cut(disk: Disk) -> None:
        for state in disk.states(Random(7), 16):
            left[frozenset(state.items()), step] = None

    paper = Disk(disk, monkeypatch, cut)
    for step, act in (("deleting", book.discard_huddle), ("bringing back", book.restore_huddle)):
        act(MONDAY)
        step = f"done {step}"
        cut(paper)
    monkeypatch.undo()
    monkeypatch.setattr("os.fsync", lambda fd: None)
    for place, (state, step) in enumerate(left):
        folder = tmp_path / f"cut {place}"
        build(dict(state), folder)
        in_book, in_bin = in_bin_or_book(TinyBook(folder / "book"))
        assert in_book or in_bin, step
        if step == "done deleting":
            assert not in_book
        if step == "done bringing back":
            assert in_book
        if not in_book:
            TinyBook(folder / "book").restore_huddle(MONDAY)
            assert in_bin_or_book(TinyBook(folder / "book")) == (True, False)
        shutil.rmtree(folder)
    assert len(left) > 20


# ---- the controls: the same cuts must hurt a program that flushes less


@pytest.mark.parametrize("left_out", ["_sync", "sync_folder"])
def test_control_a_save_that_does_not_flush_loses_it(
    tmp_path: Path, left_out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    monkeypatch.setattr(durable, left_out, lambda _: None)
    cuts = Cuts(disk, monkeypatch, full=False)
    book = TinyBook(disk / "book")
    for file, value in DAY_OF_SAVES[:3]:
        cuts.saving(file, value, lambda file=file, value=value: save(book, file, value))  # type: ignore[misc]
    with pytest.raises((AssertionError, HuddleError)):
        prove(tmp_path, cuts, monkeypatch)


def test_control_stock_tinydb_loses_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "stock"
    folder.mkdir()
    path = folder / "stock.json"

    def put(n: int) -> None:
        with TinyDB(path) as stock:
            stock.upsert(Document({"n": n, "text": "x" * 100}, doc_id=1))

    put(1)
    monkeypatch.setattr(tinydb.storages, "open", open_plainly, raising=False)
    left: set[bytes | None] = set()
    disk = Disk(folder, monkeypatch, lambda disk: left.update(s["stock.json"] for s in disk.states(Random(1), 64)))
    put(2)
    disk.check()
    monkeypatch.undo()
    lost = 0
    for data in left:
        assert data is not None
        path.write_bytes(data)
        try:
            with TinyDB(path) as stock:
                lost += [row["n"] for row in stock] not in ([1], [2])
        except ValueError:
            lost += 1
    assert lost > 1
