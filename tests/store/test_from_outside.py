"""Whole files that come from outside: put back, synced, edited, rotten. Used or not, nothing that was there is lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from huddle_tui.domain.huddle import CheckIn, Huddle, Stuck, Turn
from huddle_tui.store.disk import durable, reading
from huddle_tui.store.errors import SaveFailed
from huddle_tui.store.port import Book
from huddle_tui.store.tiny import TinyBook
from tests.kit.copies import quarantined
from tests.kit.fakes import MONDAY, small_team

HUDDLE = f"huddles/2026/{MONDAY}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book in which the newest of several versions of everything says `newest`."""
    root = tmp_path / "my book"
    book = TinyBook(root)
    for text in ("first", "second", "newest"):
        save(book, text)
    return root


def save(book: Book, text: str) -> None:
    book.change_team(lambda _: replace(small_team(), name=text))
    turn = Turn("sanne", "Sanne", stucks=(Stuck(text),))
    book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, text, turns=(turn,)))
    book.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY, stuck=text))


def says(book: Book, name: str) -> str:
    """The text that is read from that file."""
    if name == "team":
        return book.team().name
    if name == HUDDLE:
        huddle = book.huddle(MONDAY)
        assert huddle is not None
        return huddle.team
    return book.check_ins("sanne")[0].stuck


def told(book: Book) -> list[str]:
    return [str(notice) for notice in book.take_notices()]


FILES = ["team", HUDDLE, "checkins/sanne"]


# 1. A file that was put back


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("keeps_times", [False, True])
def test_what_a_restored_file_replaced_is_kept_and_the_command_brings_it_back(
    root: Path, name: str, keeps_times: bool
) -> None:
    path = root / f"{name}.json"
    newest, (backup,) = path.read_bytes(), (root / ".huddle/backups").glob(f"*/{name}.json")
    (shutil.copy2 if keeps_times else shutil.copy)(backup, path)

    book = TinyBook(root)
    assert says(book, name) == "first"
    (notice,) = told(book)
    assert "was put back, or came from another computer" in notice
    save(book, "after")
    assert {newest, backup.read_bytes()} <= quarantined(root)
    (notice,) = [sentence for sentence in told(book) if "what that replaced is kept" in sentence]
    assert says(TinyBook(root), name) == "after"

    subprocess.run(notice.split("`")[1], shell=True, check=True)
    assert says(TinyBook(root), name) == "newest"


@pytest.mark.parametrize("name", FILES)
def test_a_version_of_another_computer_is_used_and_what_it_replaced_is_kept(
    root: Path, tmp_path: Path, name: str
) -> None:
    """As a sync tool does it in which the last writer wins."""
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(root, elsewhere)
    save(TinyBook(root), "of ours")
    ours = (root / f"{name}.json").read_bytes()
    save(TinyBook(elsewhere), "of theirs")
    shutil.copy2(elsewhere / f"{name}.json", root / f"{name}.json")
    book = TinyBook(root)
    assert says(book, name) == "of theirs"
    assert len(told(book)) == 1
    save(book, "after")
    assert ours in quarantined(root)


def test_control_a_twin_that_is_merely_a_save_behind_is_no_news(root: Path) -> None:
    """As a power cut leaves it: the file is waited for, the twin follows."""
    twin = root / ".huddle/twins" / f"{HUDDLE}.json"
    behind = twin.read_bytes()
    save(TinyBook(root), "after")
    twin.write_bytes(behind)
    book = TinyBook(root)
    assert says(book, HUDDLE) == "after"
    save(book, "again")
    assert told(book) == []
    assert quarantined(root) == set()


def test_control_a_book_that_was_copied_without_its_times_is_no_news(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "copy", copy_function=shutil.copyfile)
    book = TinyBook(tmp_path / "copy")
    assert [says(book, name) for name in FILES] == ["newest"] * 3
    assert told(book) == []


# 2. A save that failed is owed


def failing(monkeypatch: pytest.MonkeyPatch, flushed: list[str]) -> Callable[[], None]:
    """Lets the flush of folders fail until the function that it gives back is called; notes what was flushed."""
    real, broken = durable._sync, [True]

    def sync(fd: int) -> None:
        path = Path(f"/proc/self/fd/{fd}").readlink()
        if broken[0] and path.is_dir():
            raise OSError(errno.EIO, "Input/output error")
        flushed.append(str(path))
        real(fd)

    monkeypatch.setattr(durable, "_sync", sync)
    return lambda: broken.__setitem__(0, False)


WISHES: dict[str, Callable[[Book], object]] = {
    "team": lambda book: book.change_team(lambda _: replace(small_team(), name="x")),
    HUDDLE: lambda book: book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, "x")),
    "checkins/sanne": lambda book: book.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY, stuck="x")),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("restarted", [False, True], ids=["the same program", "the next program"])
def test_after_a_save_that_failed_the_next_one_flushes_whatever_the_values_say(
    root: Path, name: str, restarted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, wish, path = TinyBook(root), WISHES[name], root / f"{name}.json"
    flushed: list[str] = []
    mend = failing(monkeypatch, flushed)
    for _ in range(2):
        with pytest.raises(SaveFailed):
            wish(book)
        book = TinyBook(root) if restarted else book
    assert says(book, name) == "x", "it is there, but nobody knows whether it stays"
    mend()
    flushed.clear()
    wish(book)
    assert str(path.parent) in flushed
    assert str(path) in flushed, "the bytes too"
    assert str(root / f".huddle/twins/{name}.json") in flushed, "and those of its twin"
    flushed.clear()
    wish(book)
    assert flushed == [], "what is on disk is not flushed again"
    assert path.read_bytes() == (root / f".huddle/twins/{name}.json").read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_what_another_program_failed_to_save_is_flushed_before_it_counts_as_saved(
    root: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, other, wish = TinyBook(root), TinyBook(root), WISHES[name]
    wish(book)
    save(TinyBook(root), "between")
    flushed: list[str] = []
    mend = failing(monkeypatch, flushed)
    with pytest.raises(SaveFailed):
        wish(other)
    mend()
    wish(book)
    assert str((root / f"{name}.json").parent) in flushed


@pytest.mark.parametrize("name", FILES)
def test_an_equal_value_that_only_the_twin_holds_is_saved(root: Path, name: str) -> None:
    """The twin is not waited for, so it alone is no proof that anything is on disk."""
    WISHES[name](TinyBook(root))
    path = root / f"{name}.json"
    path.unlink()
    WISHES[name](TinyBook(root))
    assert path.exists()


def test_saves_that_fail_one_after_the_other_are_not_taken_for_another_computers(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = TinyBook(root)
    mend = failing(monkeypatch, [])
    for text in ("one", "two", "three"):
        with pytest.raises(SaveFailed):
            book.change_huddle(MONDAY, lambda _, text=text: Huddle(MONDAY, text))  # type: ignore[misc]
    mend()
    assert says(TinyBook(root), HUDDLE) == "three"
    book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, "four"))
    assert told(book) == []
    assert quarantined(root) == set()


# 4. Rot, and edits


def flipped(path: Path, old: bytes, new: bytes, *, as_rot: bool) -> bytes:
    """Changes bytes of a file, as a disk does or as an editor does."""
    before, status = path.read_bytes(), path.stat()
    assert before.count(old) == 1
    path.write_bytes(before.replace(old, new))
    if as_rot:
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return path.read_bytes()


def test_one_flipped_bit_is_no_edit(root: Path) -> None:
    path = root / "team.json"
    ours, rotten = path.read_bytes(), flipped(path, b'"name": "newest"', b'"name": "newesu"', as_rot=True)
    book = TinyBook(root)
    assert says(book, "team") == "newest"
    (notice,) = told(book)
    assert 'team → 1 → name is "newesu" there and "newest" in its copy' in notice
    book.change_team(lambda team: replace(team or small_team(), name="after"))
    assert {ours, rotten} <= quarantined(root)
    assert says(TinyBook(root), "team") == "after"


def test_the_same_difference_by_hand_is_an_edit(root: Path) -> None:
    flipped(root / "team.json", b'"name": "newest"', b'"name": "newesu"', as_rot=False)
    book = TinyBook(root)
    assert says(book, "team") == "newesu"
    assert "was changed outside this program" in told(book)[0]


@pytest.mark.parametrize("name", FILES)
def test_an_edit_stays_one_when_a_program_looks_after_the_twins(root: Path, name: str) -> None:
    path = root / f"{name}.json"
    path.write_bytes(path.read_bytes().replace(b"newest", b"edited"))
    TinyBook(root).changed()
    book = TinyBook(root)
    assert says(book, name) == "edited"
    assert "was changed outside this program" in told(book)[0]


@pytest.mark.parametrize("name", FILES)
def test_a_twin_that_somebody_changed_is_kept_before_it_is_overwritten(root: Path, name: str) -> None:
    twin, book = root / f".huddle/twins/{name}.json", TinyBook(root)
    book.changed()  # it has looked after the twins already
    twin.write_bytes(twin.read_bytes().replace(b"newest", b"edited"))
    theirs = twin.read_bytes()
    WISHES[name](book)
    assert theirs in quarantined(root)


@pytest.mark.parametrize("as_rot", [False, True])
def test_a_time_zone_that_no_longer_is_one_is_read_from_the_twin(root: Path, as_rot: bool) -> None:
    flipped(root / "team.json", b'"Europe/Amsterdam"', b'"Europe/Amsterdal"', as_rot=as_rot)
    book = TinyBook(root)
    assert book.team().timezone == "Europe/Amsterdam"
    assert len(told(book)) == 1


def test_no_flipped_bit_of_a_file_is_ever_read(root: Path) -> None:
    path = root / f"{HUDDLE}.json"
    raw, status = path.read_bytes(), path.stat()
    for at in range(0, len(raw) * 8, 7):
        rotten = bytearray(raw)
        rotten[at // 8] ^= 1 << at % 8
        path.write_bytes(rotten)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert says(TinyBook(root), HUDDLE) == "newest", at


# 6. A copy is no ground to save on while the file itself may be newer


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_opened_this_once_is_not_overwritten_from_its_twin(
    root: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / f"{name}.json"
    (backup,) = (root / ".huddle/backups").glob(f"*/{name}.json")
    theirs = backup.read_bytes()
    path.write_bytes(theirs)
    real = reading.read_file

    def once(asked: str | Path) -> Any:
        if Path(asked) == path:
            raise OSError(errno.EIO, "Input/output error")
        return real(asked)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_file", once)
        book = TinyBook(root)
        assert says(book, name) == "newest", "it may be read"
        with pytest.raises(SaveFailed, match="cannot be opened now"):
            {"team": _save_team, HUDDLE: _save_huddle, "checkins/sanne": _save_check_in}[name](book)
    assert path.read_bytes() == theirs


def unseen(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Lets no look at `path` succeed."""
    real = os.stat

    def stat(asked: Any, *args: Any, **options: Any) -> os.stat_result:
        if not isinstance(asked, int) and Path(asked) == path:
            raise OSError(errno.EIO, "Input/output error")
        return real(asked, *args, **options)

    monkeypatch.setattr(os, "stat", stat)


@pytest.mark.parametrize("name", FILES)
def test_what_a_restored_file_replaced_is_kept_also_where_it_cannot_be_looked_at_this_once(
    root: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, twin = root / f"{name}.json", root / f".huddle/twins/{name}.json"
    newest, (backup,) = path.read_bytes(), (root / ".huddle/backups").glob(f"*/{name}.json")
    book = TinyBook(root)
    book.changed()  # it has looked after the twins already
    shutil.copy(backup, path)
    with monkeypatch.context() as patch:
        unseen(patch, twin)
        WISHES[name](book)
    assert newest in quarantined(root)


@pytest.mark.parametrize("name", FILES)
def test_rot_is_no_edit_where_the_twin_cannot_be_looked_at_this_once(
    root: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, twin = root / f"{name}.json", root / f".huddle/twins/{name}.json"
    rotten = path.read_bytes().replace(b"newest", b"newesu")
    status = path.stat()
    path.write_bytes(rotten)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    with monkeypatch.context() as patch:
        unseen(patch, twin)
        book = TinyBook(root)
        assert says(book, name) == "newest"
        with pytest.raises(SaveFailed):
            WISHES[name](book)
    assert path.read_bytes() == rotten


def _save_team(book: Book) -> None:
    book.change_team(lambda _: replace(small_team(), name="on a copy"))


def _save_huddle(book: Book) -> None:
    book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, "on a copy"))


def _save_check_in(book: Book) -> None:
    book.change_check_in("sanne", MONDAY, lambda _: CheckIn("sanne", MONDAY, stuck="on a copy"))
