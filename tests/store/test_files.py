"""The shelf: what is written is read, nobody sees half a change, and a day's backup is made."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import where

from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store import durable, files, migrations, reading, saving
from huddle_tui.store.files import (
    Busy,
    Damaged,
    Newer,
    NotEditing,
    SaveFailed,
    Shelf,
    Watcher,
    hold,
    names,
    read_tables,
)
from huddle_tui.store.sealed import pack
from tests.kit.copies import people, quarantined, tree

DAY = date(2026, 11, 23)
posix = pytest.mark.skipif(os.name != "posix", reason="file modes and signals are those of POSIX")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book"


@pytest.fixture
def shelf(book: Path) -> Shelf:
    return Shelf(book, "team", today=lambda: DAY)


@pytest.fixture
def cached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trusts a file's stamp at once, so that a test need not wait for it to settle."""
    monkeypatch.setattr(files, "_SETTLED", -1)


def put(shelf: Shelf, key: str, **row: Any) -> None:
    with shelf.edit():
        shelf.table("people").put(key, row)


# ---- what is written is read


def test_what_was_saved_is_read_by_everybody(shelf: Shelf, book: Path) -> None:
    put(shelf, "zoë", name="Zoë 👩‍👩‍👧 日本 \u202e[/b]\x1b", numbers=["0.1", None, True, -4])
    for reader in (shelf, Shelf(book, "team")):
        assert reader.table("people").row("zoë") == {
            "name": "Zoë 👩‍👩‍👧 日本 \u202e[/b]\x1b",
            "numbers": ["0.1", None, True, -4],
        }
    tables = read_tables(book, "team")
    assert tables is not None
    assert tables["people"]["zoë"]["numbers"] == ["0.1", None, True, -4]


def test_what_is_not_there_is_read_as_nothing_and_nothing_is_made(book: Path) -> None:
    shelf = Shelf(book, "team")
    assert shelf.table("people").row("anna") is None
    assert shelf.table("people").rows() == {}
    assert read_tables(book, "team") is None
    assert names(book, "huddles") == []
    assert not book.exists()


def test_an_edit_that_changes_nothing_writes_no_file(shelf: Shelf, book: Path) -> None:
    with shelf.edit():
        assert shelf.table("people").row("anna") is None
    assert not (book / "team.json").exists()


def test_fields_that_a_change_does_not_name_survive(shelf: Shelf) -> None:
    put(shelf, "anna", name="Anna", from_the_future={"x": 1})
    put(shelf, "anna", name="Anne")
    assert shelf.table("people").row("anna") == {"name": "Anne", "from_the_future": {"x": 1}}


def test_dropping_a_row_leaves_the_others(shelf: Shelf, book: Path) -> None:
    put(shelf, "anna", name="Anna")
    put(shelf, "bram", name="Bram")
    with shelf.edit():
        shelf.table("people").drop("anna")
        shelf.table("people").drop("nobody")
    assert people(book) == {"bram": {"name": "Bram"}}


def test_a_file_has_a_twin_that_is_the_same(shelf: Shelf, book: Path) -> None:
    put(shelf, "anna", name="Anna")
    assert (book / "team.json").read_bytes() == (book / ".huddle/twins/team.json").read_bytes()
    assert (book / ".huddle/.gitignore").read_text() == "*\n"


def test_a_name_may_have_folders(book: Path) -> None:
    shelf = Shelf(book, "huddles/2026/2026-11-23")
    put(shelf, "x", n=1)
    put(Shelf(book, "huddles/2025/2025-01-02"), "x", n=1)
    (book / "huddles/2025/notes.txt").write_text("mine")
    (book / "huddles/2025/2025-01-02.json").unlink()
    assert names(book, "huddles") == ["huddles/2025/2025-01-02", "huddles/2026/2026-11-23"]


KEYS = st.sampled_from(["anna", "bram", "zoë", ""])
ROWS = st.dictionaries(st.text(max_size=5), st.none() | st.integers() | st.text(), max_size=3)
STEPS = st.lists(st.tuples(KEYS, st.none() | ROWS), max_size=8)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_a_shelf_is_a_dictionary_that_lasts(tmp_path_factory: pytest.TempPathFactory, steps: Any) -> None:
    book = tmp_path_factory.mktemp("book")
    model: dict[str, dict[str, Any]] = {}
    for key, row in steps:
        shelf = Shelf(book, "team", durable=False)
        with shelf.edit():
            if row is None:
                shelf.table("people").drop(key)
                model.pop(key, None)
            else:
                shelf.table("people").put(key, row)
                model[key] = model.get(key, {}) | row
        assert people(book) == model
    shutil.rmtree(book)


# ---- nobody sees or makes half a change


def test_a_write_outside_an_edit_raises_and_spoils_nothing(shelf: Shelf, cached: None) -> None:
    put(shelf, "anna", name="Anna")
    assert shelf.table("people").rows() == {"anna": {"name": "Anna"}}
    with pytest.raises(NotEditing, match=r"team\.json was about to be changed outside an edit"):
        shelf.table("people").put("anna", {"name": "Bram"})
    assert shelf.table("people").rows() == {"anna": {"name": "Anna"}}


def test_readers_cannot_spoil_what_others_read(shelf: Shelf, cached: None) -> None:
    put(shelf, "anna", numbers=[1, 2])
    for _ in range(2):
        row = shelf.table("people").row("anna")
        assert row == {"numbers": [1, 2]}
        row["numbers"].append("mine")


def test_an_edit_left_by_an_error_saves_nothing(shelf: Shelf, book: Path) -> None:
    put(shelf, "anna", name="Anna")
    before = (book / "team.json").read_bytes()

    def change() -> None:
        with shelf.edit():
            shelf.table("people").put("bram", {"name": "Bram"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert (book / "team.json").read_bytes() == before
    assert shelf.table("people").rows() == {"anna": {"name": "Anna"}}
    put(shelf, "carl", name="Carl")
    assert people(book) == {"anna": {"name": "Anna"}, "carl": {"name": "Carl"}}


def test_a_change_that_failed_half_way_is_not_saved_by_the_next(shelf: Shelf, book: Path) -> None:
    put(shelf, "anna", n=1)
    put(shelf, "bram", n="no number")

    def add_one(row: MutableMapping[str, Any]) -> None:
        row["n"] += 1

    with shelf.edit():
        with pytest.raises(TypeError):
            shelf.table("people").update(add_one)
        shelf.table("people").put("carl", {"n": 3})
    assert people(book) == {"anna": {"n": 1}, "bram": {"n": "no number"}, "carl": {"n": 3}}


@pytest.mark.parametrize("value", [object(), {1, 2}, float("nan"), float("inf")])
def test_what_json_cannot_hold_is_refused_where_it_is_put(shelf: Shelf, value: object, book: Path) -> None:
    put(shelf, "anna", n=1)
    with shelf.edit():
        with pytest.raises((TypeError, ValueError)):
            shelf.table("people").put("bram", {"n": value})
        assert shelf.table("people").rows() == {"anna": {"n": 1}}
        shelf.table("people").put("carl", {"n": 3})
    assert people(book) == {"anna": {"n": 1}, "carl": {"n": 3}}


def test_what_is_put_is_not_changed_by_whoever_put_it(shelf: Shelf, book: Path) -> None:
    numbers = [1]
    with shelf.edit():
        shelf.table("people").put("anna", {"numbers": numbers})
        numbers.append(2)
    assert people(book) == {"anna": {"numbers": [1]}}


@pytest.mark.parametrize("durable", [True, False])
def test_another_thread_sees_the_change_only_when_it_is_on_disk(book: Path, durable: bool) -> None:
    shelf = Shelf(book, "team", durable=durable)
    put(shelf, "anna", n=1)
    seen: list[object] = []

    def look() -> None:
        seen.append(shelf.table("people").row("anna"))
        with pytest.raises(NotEditing):
            shelf.table("people").put("anna", {"n": 99})

    def elsewhere() -> None:
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    with shelf.edit():
        shelf.table("people").put("anna", {"n": 2})
        assert shelf.table("people").row("anna") == {"n": 2}
        elsewhere()
    elsewhere()
    assert seen == [{"n": 1}, {"n": 2}]


def test_threads_of_one_program_that_edit_one_shelf_wait_for_each_other(book: Path) -> None:
    shelf = Shelf(book, "team", durable=False)

    def count() -> None:
        for _ in range(25):
            with shelf.edit():
                row = shelf.table("people").row("n") or {"n": 0}
                shelf.table("people").put("n", {"n": row["n"] + 1})

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert people(book) == {"n": {"n": 100}}


# ---- reading is cheap, and never old


def test_a_file_that_did_not_change_is_not_read_again(
    shelf: Shelf, cached: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, "anna", n=1)
    assert shelf.table("people").row("anna") == {"n": 1}
    monkeypatch.setattr(files, "find", lambda place: pytest.fail("read again"))
    assert shelf.table("people").row("anna") == {"n": 1}


@pytest.mark.parametrize("coarse", [False, True])
def test_what_another_shelf_saved_is_seen_at_once(
    book: Path, shelf: Shelf, coarse: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ticks(status: os.stat_result) -> tuple[int, int, int, int]:
        """The stamp on a system whose clock ticks every 10 ms and that uses inodes again at once."""
        return 0, status.st_mtime_ns // 10_000_000 * 10_000_000, 0, status.st_size

    if coarse:
        monkeypatch.setattr(files, "stamp_of", ticks)
        monkeypatch.setattr(reading, "stamp_of", ticks)
    writer = Shelf(book, "team", durable=False)  # fast enough for several saves of one size in one tick of the clock
    for n in range(100, 300):
        put(writer, "anna", n=n)
        assert shelf.table("people").row("anna") == {"n": n}
        assert shelf.table("people").search(where("n") == n)
        assert not shelf.table("people").search(where("n") == n - 1)


# ---- one program at a time


def test_a_book_that_others_are_saving_is_busy(shelf: Shelf, book: Path) -> None:
    put(shelf, "anna", n=1)
    with (
        Shelf(book, "checkins/anna").edit(),
        pytest.raises(Busy, match="book is being saved by another program: wait a moment and try again"),
        shelf.edit(timeout=0.02),
    ):
        pytest.fail("entered")
    put(shelf, "anna", n=2)
    assert people(book) == {"anna": {"n": 2}}


def test_a_claim_is_held_until_it_is_released(book: Path) -> None:
    claim = hold(book, "today")
    assert claim is not None
    assert hold(book, "today") is None
    other = hold(book, "tomorrow")
    assert other is not None
    put(Shelf(book, "team"), "anna", n=1)  # a claim does not keep anybody from saving
    claim.release()
    claim.release()
    again = hold(book, "today")
    assert again is not None
    again.release()
    other.release()


@posix
def test_a_claim_goes_with_the_program_that_was_killed(book: Path) -> None:
    code = "import sys, pathlib; from huddle_tui.store.files import hold; h = hold(pathlib.Path(sys.argv[1]), 'today')"
    command = [sys.executable, "-c", f"{code}; print(h, flush=True); sys.stdin.read()", str(book)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert b"Held" in other.stdout.readline()
        assert hold(book, "today") is None
        other.kill()
    claim = hold(book, "today")
    assert claim is not None
    claim.release()


@posix
def test_a_lock_file_that_was_removed_locks_nobody(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book.mkdir()
    real = durable._locked

    def remove_first(fd: int) -> bool:
        monkeypatch.setattr(durable, "_locked", real)
        (book / "lock").unlink()
        return real(fd)

    monkeypatch.setattr(durable, "_locked", remove_first)
    held = durable.take(book / "lock", timeout=1.0)
    assert held is not None
    assert durable.take(book / "lock") is None
    held.release()


# ---- versions


def test_a_newer_file_is_refused_and_not_touched(shelf: Shelf, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(shelf, "anna", n=1)
    monkeypatch.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)
    (book / "team.json").write_bytes(pack({"people": {"anna": {"n": 2}}}, "team"))
    monkeypatch.undo()
    before = tree(book)
    for attempt in (shelf.table("people").rows, lambda: put(shelf, "anna", n=3), lambda: read_tables(book, "team")):
        with pytest.raises(Newer, match="update the program to open it"):
            attempt()
    assert tree(book) == before


def test_a_newer_twin_keeps_an_older_program_from_a_damaged_file(
    shelf: Shelf, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, "anna", n=1)
    put(shelf, "anna", n=2)  # and so there is a backup of an older version, which must not be taken instead
    monkeypatch.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)
    (book / ".huddle/twins/team.json").write_bytes(pack({"people": {"anna": {"n": 3}}}, "team"))
    monkeypatch.undo()
    (book / "team.json").write_bytes(b"")
    with pytest.raises(Newer):
        people(book)


# ---- changed by hand


def test_a_file_edited_by_hand_is_used_and_both_versions_are_kept(shelf: Shelf, book: Path) -> None:
    put(shelf, "anna", name="Anna")
    path = book / "team.json"
    ours = path.read_bytes()
    theirs = ours.replace(b"Anna", b"Anne")
    path.write_bytes(theirs)
    assert shelf.table("people").rows() == {"anna": {"name": "Anne"}}
    assert shelf.table("people").rows() == {"anna": {"name": "Anne"}}
    assert [str(notice) for notice in shelf.take_notices()] == [
        f"{path} was changed outside this program: it is used as it is, and the next save keeps both versions."
    ]
    assert shelf.take_notices() == []
    put(shelf, "bram", name="Bram")
    assert people(book) == {"anna": {"name": "Anne"}, "bram": {"name": "Bram"}}
    assert quarantined(book) == {ours, theirs}
    shelf.table("people").rows()
    assert shelf.take_notices() == []


def test_a_second_edit_by_hand_is_told_again(shelf: Shelf, book: Path) -> None:
    path = book / "team.json"
    for name in (b"Anne", b"Anke"):
        put(shelf, "anna", name="Anna")
        shelf.table("people").rows()
        path.write_bytes(path.read_bytes().replace(b"Anna", name))
        shelf.table("people").rows()
        assert len(shelf.take_notices()) == 1


def test_bulk_reading_tells_it_too(shelf: Shelf, book: Path) -> None:
    put(shelf, "anna", name="Anna")
    path = book / "team.json"
    path.write_bytes(path.read_bytes().replace(b"Anna", b"Anne"))
    notices: list[Any] = []
    tables = read_tables(book, "team", notices)
    assert tables is not None
    assert tables["people"] == {"anna": {"name": "Anne"}}
    assert len(notices) == 1


# ---- backups


def backups(book: Path) -> list[str]:
    return sorted(path.name for path in (book / ".huddle/backups").iterdir())


def test_the_file_as_it_was_is_backed_up_once_a_day(book: Path) -> None:
    today = DAY
    shelf = Shelf(book, "team", today=lambda: today)
    put(shelf, "anna", n=1)
    today += timedelta(days=1)
    yesterday = (book / "team.json").read_bytes()
    put(shelf, "anna", n=2)
    put(shelf, "anna", n=3)
    assert (book / ".huddle/backups/2026-11-24/team.json").read_bytes() == yesterday


def test_backups_of_thirty_days_are_kept_by_their_count(book: Path) -> None:
    today = DAY
    shelf = Shelf(book, "team", today=lambda: today)
    for n in range(40):
        today = DAY + timedelta(days=n * 100)
        put(shelf, "anna", n=n)
    assert len(backups(book)) == saving.BACKUPS
    assert backups(book)[-1] == today.isoformat()


def test_a_clock_that_ran_ahead_costs_no_backup_of_today(book: Path) -> None:
    today = DAY
    shelf = Shelf(book, "team", today=lambda: today)
    for n in range(31):
        today = date(2099, 1, 1) + timedelta(days=n)
        put(shelf, "anna", n=n)
    mine = book / ".huddle/backups/before the move"
    mine.mkdir()
    today = DAY
    put(shelf, "anna", n=99)
    assert DAY.isoformat() in backups(book)
    assert mine.name in backups(book)


def test_a_backup_that_fails_is_told_and_keeps_nobody_from_saving(
    shelf: Shelf, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, "anna", n=1)
    (book / ".huddle/backups").write_text("a file where a folder should be")
    put(shelf, "anna", n=2)
    assert people(book) == {"anna": {"n": 2}}
    (notice,) = shelf.take_notices()
    assert str(notice).startswith(f"{book / 'team.json'} is saved, but today's backup of it failed (")


def test_a_scratch_copy_has_no_twin_no_backup_and_no_fsync(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda fd: pytest.fail("fsync"))
    shelf = Shelf(book, "team", durable=False)
    put(shelf, "anna", n=1)
    put(shelf, "anna", n=2)
    assert people(book) == {"anna": {"n": 2}}
    assert {path.name for path in (book / ".huddle").iterdir()} == {"lock", ".gitignore"}


# ---- who may read it


def modes(book: Path) -> dict[str, str]:
    return {
        path.relative_to(book.parent).as_posix(): oct(stat.S_IMODE(path.stat().st_mode))
        for path in sorted([book, *book.rglob("*")])
    }


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@posix
@pytest.mark.parametrize("parent", [0o755, 0o700, 0o1777])
def test_a_book_is_for_its_owner_alone(tmp_path: Path, parent: int) -> None:
    tmp_path.chmod(parent)
    with umask(0):
        for n in range(2):
            put(Shelf(tmp_path / "book", "huddles/2026/today"), "anna", n=n)
    found = modes(tmp_path / "book")
    assert len(found) == 16
    assert {mode for name, mode in found.items() if (tmp_path / name).is_dir()} == {"0o700"}
    assert {mode for name, mode in found.items() if not (tmp_path / name).is_dir()} == {"0o600"}


@posix
@pytest.mark.parametrize(("folder", "file"), [(0o2770, 0o660), (0o777, 0o666), (0o775, 0o664)])
def test_a_book_in_a_shared_folder_is_as_open_as_the_folder(tmp_path: Path, folder: int, file: int) -> None:
    tmp_path.chmod(folder)
    with umask(0o077):
        for n in range(2):
            put(Shelf(tmp_path / "book", "huddles/2026/today"), "anna", n=n)
    found = modes(tmp_path / "book")
    assert {mode for name, mode in found.items() if (tmp_path / name).is_dir()} == {oct(folder)}
    assert {mode for name, mode in found.items() if not (tmp_path / name).is_dir()} == {oct(file)}


@posix
def test_a_file_keeps_the_mode_that_its_owner_gave_it(shelf: Shelf, book: Path) -> None:
    put(shelf, "anna", n=1)
    (book / "team.json").chmod(0o644)
    put(shelf, "anna", n=2)
    assert stat.S_IMODE((book / "team.json").stat().st_mode) == 0o644


# ---- noticing what others save


def test_a_watcher_tells_what_was_made_changed_and_removed(book: Path) -> None:
    drafts = book / "checkins"
    watcher = Watcher(book / "team.json", drafts)
    assert watcher.changed() == set()
    put(Shelf(book, "team"), "x", n=1)
    put(Shelf(book, "checkins/anna"), "x", n=1)
    put(Shelf(book, "huddles/2026/2026-11-23"), "x", n=1)
    assert watcher.changed() == {book / "team.json", drafts / "anna.json"}
    assert watcher.changed() == set()
    put(Shelf(book, "checkins/anna"), "x", n=2)
    put(Shelf(book, "checkins/bram"), "x", n=1)
    (drafts / ".bram.json.0a1b2c3d.tmp").write_text("half written")
    assert watcher.changed() == {drafts / "anna.json", drafts / "bram.json"}
    (drafts / "anna.json").unlink()
    assert watcher.changed() == {drafts / "anna.json"}
    shutil.rmtree(book)
    assert watcher.changed() == {book / "team.json", drafts / "bram.json"}


# ---- in which order things reach the disk


def test_the_file_is_on_disk_before_it_is_swapped_in_and_its_folder_after(
    shelf: Shelf, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, "anna", n=1)
    put(shelf, "anna", n=2)
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def note_fsync(fd: int) -> None:
        mode = os.fstat(fd).st_mode
        steps.append("folder" if stat.S_ISDIR(mode) else "bytes")
        fsync(fd)

    def note_replace(source: str, target: str) -> None:
        steps.append(f"swap {Path(target).relative_to(book).as_posix()}")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_replace)
    put(shelf, "anna", n=3)
    assert steps == ["bytes", "swap team.json", "folder", "swap .huddle/twins/team.json"]


def test_what_a_killed_writer_left_is_looked_for_again_after_a_save_that_failed(
    shelf: Shelf, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, "anna", n=1)
    left = book / ".team.json.0badcafe.tmp"
    left.write_bytes(b"half")
    put(shelf, "anna", n=2)
    assert left.exists(), "a folder of many files is not searched at every save"

    def refuse(*args: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        with pytest.raises(SaveFailed):
            put(shelf, "anna", n=3)
    put(shelf, "anna", n=3)
    assert not left.exists()


def test_two_copies_may_lie_in_one_folder(tmp_path: Path) -> None:
    durable.replace(b"both", tmp_path / "one", tmp_path / "two")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one": b"both", "two": b"both"}


@posix
@pytest.mark.parametrize("supported", [True, False])
def test_where_the_system_has_a_full_sync_it_is_used(
    shelf: Shelf, supported: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import fcntl

    plain: list[int] = []
    full: list[int] = []

    def full_sync(fd: int, command: int) -> int:
        assert command == 51
        full.append(fd)
        if not supported:
            raise OSError(errno.ENOTSUP, "not supported")
        return 0

    monkeypatch.setattr(durable, "_FULL_SYNC", 51)
    monkeypatch.setattr(fcntl, "fcntl", full_sync)
    monkeypatch.setattr(os, "fsync", plain.append)
    put(shelf, "anna", n=1)
    assert full
    assert len(plain) == (0 if supported else len(full))


def test_on_windows_a_file_that_is_held_for_a_moment_is_tried_again(
    shelf: Shelf, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, "anna", n=1)
    held = 3
    replace: Callable[[str, str], None] = os.replace

    def refuse(source: str, target: str) -> None:
        nonlocal held
        held -= 1
        if held >= 0:
            raise PermissionError(13, "The process cannot access the file")
        replace(source, target)

    monkeypatch.setattr(durable, "_WINDOWS", True)
    monkeypatch.setattr(durable, "_WAITS", (0.0, 0.0, 0.0, 0.0))
    monkeypatch.setattr(os, "replace", refuse)
    put(shelf, "anna", n=2)
    assert people(book) == {"anna": {"n": 2}}
    held = 1000
    with pytest.raises(SaveFailed, match="writing there is not allowed"):
        put(shelf, "anna", n=3)
    assert people(book) == {"anna": {"n": 2}}


# ---- what was there and is gone


def test_a_book_whose_folder_was_taken_away_is_not_taken_for_a_new_one(shelf: Shelf, book: Path) -> None:
    put(shelf, "anna", n=1)
    book.rename(book.with_name("elsewhere"))
    for attempt in (shelf.table("people").rows, lambda: put(shelf, "anna", n=2)):
        with pytest.raises(Damaged, match=r"team\.json cannot be used \(it is missing\)"):
            attempt()
    assert not book.exists()
    book.with_name("elsewhere").rename(book)
    put(shelf, "bram", n=2)
    assert people(book) == {"anna": {"n": 1}, "bram": {"n": 2}}


def test_every_error_is_one_that_a_person_is_told() -> None:
    for error in (Busy, Damaged, Newer, NotEditing, SaveFailed):
        assert issubclass(error, HuddleError)
