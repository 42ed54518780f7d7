"""The shelf: what is written is read, nobody sees half a change, and a day's backup is made."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.disk import durable, saving
from huddle_tui.store.disk.listing import Folders
from huddle_tui.store.disk.saving import hold
from huddle_tui.store.errors import Busy, Damaged, Newer, SaveFailed
from huddle_tui.store.schema import versions as migrations
from huddle_tui.store.schema.sealed import pack
from tests.kit.copies import people, quarantined, tree
from tests.kit.shelf import Shelf, read_tables

DAY = date(2026, 11, 23)
posix = pytest.mark.skipif(os.name != "posix", reason="file modes and signals are those of POSIX")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book"


@pytest.fixture
def shelf(book: Path) -> Shelf:
    return Shelf(book, "team", today=lambda: DAY)


def put(shelf: Shelf, key: str, **row: Any) -> None:
    with shelf.edit():
        shelf.put("people", key, row)


# ---- what is written is read


def test_what_was_saved_is_read_by_everybody(shelf: Shelf, book: Path) -> None:
    put(shelf, "zoë", name="Zoë 👩‍👩‍👧 日本 \u202e[/b]\x1b", numbers=["0.1", None, True, -4])
    for reader in (shelf, Shelf(book, "team")):
        assert reader.rows().get("zoë") == {
            "name": "Zoë 👩‍👩‍👧 日本 \u202e[/b]\x1b",
            "numbers": ["0.1", None, True, -4],
        }
    tables = read_tables(book, "team")
    assert tables is not None
    assert tables["people"]["zoë"]["numbers"] == ["0.1", None, True, -4]


def test_what_is_not_there_is_read_as_nothing_and_nothing_is_made(book: Path) -> None:
    shelf = Shelf(book, "team")
    assert shelf.rows().get("anna") is None
    assert shelf.rows() == {}
    assert read_tables(book, "team") is None
    assert Folders(book).days([]) == []
    assert not book.exists()


def test_an_edit_that_changes_nothing_writes_no_file(shelf: Shelf, book: Path) -> None:
    with shelf.edit():
        assert shelf.rows().get("anna") is None
    assert not (book / "team.json").exists()


def test_fields_that_a_change_does_not_name_survive(shelf: Shelf) -> None:
    put(shelf, "anna", name="Anna", from_the_future={"x": 1})
    put(shelf, "anna", name="Anne")
    assert shelf.rows().get("anna") == {"name": "Anne", "from_the_future": {"x": 1}}


def test_dropping_a_row_leaves_the_others(shelf: Shelf, book: Path) -> None:
    put(shelf, "anna", name="Anna")
    put(shelf, "bram", name="Bram")
    with shelf.edit():
        shelf.drop("people", "anna")
        shelf.drop("people", "nobody")
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
    assert Folders(book).days([]) == [date(2025, 1, 2), date(2026, 11, 23)]


KEYS = st.sampled_from(["anna", "bram", "zoë", ""])
ROWS = st.dictionaries(st.text(max_size=5), st.none() | st.integers() | st.text(), max_size=3)
STEPS = st.lists(st.tuples(KEYS, st.none() | ROWS), max_size=8)


# ---- nobody sees or makes half a change


def test_an_edit_left_by_an_error_saves_nothing(shelf: Shelf, book: Path) -> None:
    put(shelf, "anna", name="Anna")
    before = (book / "team.json").read_bytes()

    def change() -> None:
        with shelf.edit():
            shelf.put("people", "bram", {"name": "Bram"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert (book / "team.json").read_bytes() == before
    assert shelf.rows() == {"anna": {"name": "Anna"}}
    put(shelf, "carl", name="Carl")
    assert people(book) == {"anna": {"name": "Anna"}, "carl": {"name": "Carl"}}


def test_threads_of_one_program_that_edit_one_shelf_wait_for_each_other(book: Path) -> None:
    shelf = Shelf(book, "team", durable=False)

    def count() -> None:
        for _ in range(25):
            with shelf.edit():
                row = shelf.rows().get("n") or {"n": 0}
                shelf.put("people", "n", {"n": row["n"] + 1})

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert people(book) == {"n": {"n": 100}}


# ---- reading is cheap, and never old


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
    code = "import sys; from pathlib import Path; from huddle_tui.store.disk.saving import hold"
    code += "; held = hold(Path(sys.argv[1]), 'today'); print(held is not None, flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(book)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert b"True" in other.stdout.readline()
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
    for attempt in (shelf.rows, lambda: put(shelf, "anna", n=3), lambda: read_tables(book, "team")):
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
    assert shelf.rows() == {"anna": {"name": "Anne"}}
    assert shelf.rows() == {"anna": {"name": "Anne"}}
    assert [str(notice) for notice in shelf.take_notices()] == [
        f"{path} was changed outside this program: it is used as it is, and the next save keeps both versions."
    ]
    assert shelf.take_notices() == []
    put(shelf, "bram", name="Bram")
    assert people(book) == {"anna": {"name": "Anne"}, "bram": {"name": "Bram"}}
    assert quarantined(book) == {ours, theirs}
    shelf.take_notices()
    shelf.rows()
    assert shelf.take_notices() == []


def test_a_second_edit_by_hand_is_told_again(shelf: Shelf, book: Path) -> None:
    path = book / "team.json"
    for name in (b"Anne", b"Anke"):
        put(shelf, "anna", name="Anna")
        shelf.rows()
        path.write_bytes(path.read_bytes().replace(b"Anna", name))
        shelf.rows()
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
@pytest.mark.parametrize("call", ["mkdir", "open"])
def test_a_folder_whose_place_another_account_took_while_it_was_empty_is_begun_anew(
    tmp_path: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was about to be made in the folder that is gone finds no place: once, as another one is there by then."""
    tmp_path.chmod(0o770)
    real = getattr(os, call)
    met: list[str] = []

    def once(path: Any, *args: Any, **options: Any) -> Any:
        name = Path(path).name if isinstance(path, str | Path) else ""
        if not met and (name == "lock" or name.startswith("..huddle.")):
            met.append(name)
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        return real(path, *args, **options)

    monkeypatch.setattr(os, call, once)
    put(Shelf(tmp_path / "book", "team"), "a", n=1)
    assert met
    assert people(tmp_path / "book") == {"a": {"n": 1}}


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


# ---- in which order things reach the disk


def test_the_file_is_on_disk_before_it_is_swapped_in_and_its_folder_after(
    shelf: Shelf, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, "anna", n=1)
    put(shelf, "anna", n=2)
    steps: list[str] = []
    fsync, replace, truncate = os.fsync, os.replace, os.ftruncate

    def note_fsync(fd: int) -> None:
        mode = os.fstat(fd).st_mode
        steps.append("folder" if stat.S_ISDIR(mode) else "bytes")
        fsync(fd)

    def note_replace(source: str, target: str) -> None:
        steps.append(f"swap {Path(target).relative_to(book).as_posix()}")
        replace(source, target)

    def note_truncate(fd: int, size: int) -> None:
        steps.append("twin")
        truncate(fd, size)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_replace)
    monkeypatch.setattr(os, "ftruncate", note_truncate)
    put(shelf, "anna", n=3)
    assert steps == ["bytes", "swap team.json", "folder", "twin"]


def test_a_backup_of_links_to_the_twins_keeps_what_it_held(shelf: Shelf, book: Path, tmp_path: Path) -> None:
    put(shelf, "anna", n=1)
    twin, backup = book / ".huddle/twins/team.json", tmp_path / "backup.json"
    held = twin.read_bytes()
    os.link(twin, backup)
    put(shelf, "anna", n=2)
    assert backup.read_bytes() == held
    assert twin.read_bytes() == (book / "team.json").read_bytes()


def test_a_twin_that_may_not_be_written_is_swapped_for_one_that_may(
    shelf: Shelf, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, "anna", n=1)
    twin, opened = book / ".huddle/twins/team.json", os.open

    def refuse(path: Any, flags: int, *args: Any) -> int:
        if Path(path) == twin and flags & os.O_WRONLY:  # as one of another account
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, flags, *args)

    monkeypatch.setattr(os, "open", refuse)
    put(shelf, "anna", n=2)
    assert twin.read_bytes() == (book / "team.json").read_bytes()


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


def test_every_error_is_one_that_a_person_is_told() -> None:
    for error in (Busy, Damaged, Newer, SaveFailed):
        assert issubclass(error, HuddleError)
