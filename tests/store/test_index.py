"""The index: always what `summarise` says, whatever happened to the huddles and to the index itself."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from huddle_tui.domain.huddle import Huddle, Stuck, Turn, TurnState
from huddle_tui.domain.summary import Summary, summarise
from huddle_tui.store.care import index as module
from huddle_tui.store.care.index import Index
from huddle_tui.store.disk.durable import KernelLock
from huddle_tui.store.tiny import TinyBook
from tests.kit import strategies
from tests.kit.examples import examples
from tests.kit.fakes import MONDAY, small_team
from tests.kit.random_books import random_book


@contextmanager
def later() -> Iterator[None]:
    """As if it were an hour later: every file has settled."""
    with pytest.MonkeyPatch.context() as patch:
        hour = 3_600_000_000_000
        patch.setattr(time, "time_ns", lambda now=time.time_ns: now() + hour)
        yield


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book with a past of 30 huddles, and an index of them."""
    team, past = random_book(7, huddles=30)
    book = TinyBook(tmp_path, durable=False)
    book.change_team(lambda _: team)
    for huddle in past:
        keep(book, huddle)
    with later():
        book.summaries()
    assert index_of(tmp_path).exists()
    return tmp_path


def keep(book: TinyBook, huddle: Huddle) -> None:
    book.change_huddle(huddle.day, lambda _: huddle)


def index_of(root: Path) -> Path:
    return root / ".huddle" / "index.json"


def truth(root: Path) -> list[Summary]:
    """Every summary from its huddle, without any index."""
    book = TinyBook(root)
    return [summarise(huddle) for huddle in book.huddles(book.days())]


def read(root: Path, patch: pytest.MonkeyPatch) -> list[date]:
    """The huddles that a new program reads to give the summaries, which are checked."""
    days: list[date] = []
    huddle = TinyBook.huddle

    def counted(book: TinyBook, day: date) -> Huddle | None:
        days.append(day)
        return huddle(book, day)

    expected = truth(root)
    with patch.context() as noted:
        noted.setattr(TinyBook, "huddle", counted)
        assert TinyBook(root, durable=False).summaries() == expected
    return days


def test_a_new_program_reads_no_huddle_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(root, monkeypatch) == []


def test_only_huddles_that_changed_are_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = TinyBook(root, durable=False)
    changed = book.days()[::10]
    for day in changed:
        book.change_huddle(day, lambda h: replace(h or Huddle(MONDAY, ""), temperature=1))
    keep(book, Huddle(MONDAY, "new"))
    assert read(root, monkeypatch) == [*changed, MONDAY]


def test_a_program_that_goes_on_notices_what_another_changed(root: Path) -> None:
    book, other = TinyBook(root, durable=False), TinyBook(root, durable=False)
    with later():
        book.summaries()
        day = book.days()[3]
        other.change_huddle(day, lambda h: replace(h or Huddle(day, ""), turns=(Turn("z", "Zoë", TurnState.ABSENT),)))
        assert book.summaries() == truth(root)
        assert book.summaries()[3].absent == ("Zoë",)


def test_a_huddle_that_is_gone_is_gone_from_the_list(root: Path) -> None:
    book = TinyBook(root, durable=False)
    gone = book.days()[5]
    book.summaries()
    (root / "huddles" / str(gone.year) / f"{gone}.json").unlink()
    assert gone not in [summary.day for summary in book.summaries()]
    assert TinyBook(root).summaries() == truth(root)


def test_two_saves_in_one_tick_of_the_clock_are_told_apart(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stamp that is younger than a second is not believed, as the next save might look the same."""
    book = TinyBook(root, durable=False)
    day = book.days()[0]
    frozen = (1, time.time_ns(), time.time_ns(), 1)
    monkeypatch.setattr(module, "stamp_of", lambda status: frozen)
    for team in ("aaa", "bbb"):
        book.change_huddle(day, lambda h, team=team: replace(h or Huddle(day, ""), turns=(Turn("x", team),)))  # type: ignore[misc]
        assert book.summaries()[0].present == (team,)


def test_a_small_past_needs_no_index(tmp_path: Path) -> None:
    book = TinyBook(tmp_path)
    book.change_team(lambda _: small_team())
    for n in range(5):
        keep(book, Huddle(MONDAY + timedelta(days=n), "x"))
    with later():
        assert len(book.summaries()) == 5
    assert not index_of(tmp_path).exists()


def test_the_index_is_as_private_as_the_book_and_not_copied(root: Path) -> None:
    assert index_of(root).stat().st_mode & 0o777 == (root / "team.json").stat().st_mode & 0o777
    assert not list(root.rglob("*/index.json.*"))
    assert [path for path in root.rglob("index.json") if path != index_of(root)] == []


@pytest.mark.parametrize("damage", ["gone", "empty", "null", "half", "list", "other version", "a folder", "unsealed"])
def test_an_index_that_is_odd_is_made_again(root: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    file, raw = index_of(root), index_of(root).read_bytes()
    match damage:
        case "gone":
            file.unlink()
        case "empty":
            file.write_bytes(b"")
        case "null":
            file.write_bytes(b"null")
        case "half":
            file.write_bytes(raw[: len(raw) // 2])
        case "list":
            file.write_bytes(b"[" * 100_000)
        case "other version":
            monkeypatch.setattr(module, "_VERSION", "0/0")
        case "a folder":
            file.unlink()
            file.mkdir()
        case "unsealed":
            file.write_text(json.dumps(json.loads(raw)), "utf-8")
    with later():
        assert len(read(root, monkeypatch)) == 30
        if damage != "a folder":
            assert read(root, monkeypatch) == []


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_no_flipped_bit_is_believed(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        day = root / "day.json"
        day.write_text("x")
        made = [
            Huddle(
                MONDAY + timedelta(days=n), "x", turns=(Turn("anna", f"Anna {n}", stucks=(Stuck("wacht op inkoop"),)),)
            )
            for n in range(8)
        ]
        (root / ".huddle").mkdir()
        with later():
            truth = Index(root, lambda _: str(day), lambda d: made[(d - MONDAY).days]).summaries(h.day for h in made)
            raw = bytearray(index_of(root).read_bytes())
            place = data.draw(st.integers(0, len(raw) * 8 - 1))
            raw[place // 8] ^= 1 << place % 8
            index_of(root).write_bytes(raw)
            assert (
                Index(root, lambda _: str(day), lambda d: made[(d - MONDAY).days]).summaries(h.day for h in made)
                == truth
            )


@pytest.mark.parametrize("obstacle", ["read-only", "locked"])
def test_where_the_index_cannot_be_saved_the_list_is_right_all_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch, obstacle: str
) -> None:
    index_of(root).unlink()
    tried: list[Path] = []

    def refuse(path: Path) -> KernelLock | None:
        tried.append(path)
        if obstacle == "read-only":
            raise PermissionError(30, "Read-only file system")
        return None

    monkeypatch.setattr(module, "take", refuse)
    with later():
        assert len(read(root, monkeypatch)) == 30
    assert tried
    assert not index_of(root).exists()


edits = st.lists(st.tuples(st.integers(0, 11), st.none() | strategies.huddles(st.just(MONDAY))), max_size=14)


@settings(max_examples=examples(15), deadline=None)
@given(edits)
def test_the_index_says_what_summarise_says_after_any_edits(edits: list[tuple[int, Huddle | None]]) -> None:
    """Two programs edit, look and start anew, in any order; None is a new start."""
    with tempfile.TemporaryDirectory() as folder, later():
        root = Path(folder)
        books = [TinyBook(root, durable=False), TinyBook(root, durable=False)]
        books[0].change_team(lambda _: small_team())
        for n in range(9):
            keep(books[0], Huddle(MONDAY + timedelta(days=n), "x"))
        books[0].summaries()
        for n, (place, huddle) in enumerate(edits):
            if huddle is None:
                books[n % 2] = TinyBook(root, durable=False)
            else:
                keep(books[n % 2], replace(huddle, day=MONDAY + timedelta(days=place), draft=str(n)))
            assert books[place % 2].summaries() == truth(root)
