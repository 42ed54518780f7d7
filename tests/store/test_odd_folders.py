"""What is not as a save leaves it: years that cannot be listed, links, pipes, giants, files of root, evictions."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from huddle_tui import cli
from huddle_tui.activities.books import copy
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.sentence import HuddleError, Sentence
from huddle_tui.store.care.doctor import examine, not_writable
from huddle_tui.store.disk import reading, saving
from huddle_tui.store.errors import SaveFailed, explained, not_ours
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team
from tests.kit.shelf import Shelf

DAYS = [MONDAY - timedelta(days=365), MONDAY]
posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes are those of POSIX")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book with a huddle in each of two years."""
    root = tmp_path / "book"
    book = TinyBook(root)
    book.change_team(lambda _: small_team())
    for day in DAYS:
        book.change_huddle(day, lambda _, day=day: Huddle(day, "x"))  # type: ignore[misc]
    return root


def refused(monkeypatch: pytest.MonkeyPatch, folder: Path, number: int) -> None:
    """Lets the system refuse to list a folder, to root too."""
    real = os.listdir

    def listdir(path: Any = ".") -> list[str]:
        if Path(path) == folder:
            raise OSError(number, os.strerror(number))
        return real(path)

    monkeypatch.setattr(os, "listdir", listdir)


# Listing


def test_years_that_stand_still_are_listed_once_and_what_comes_into_them_shows(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    yesterday = time.time() - 86400
    folders = [root, *(folder for folder in root.rglob("*") if folder.is_dir())]
    for folder in folders:
        os.utime(folder, (yesterday, yesterday))
    listed: list[str] = []
    real = os.listdir

    def listdir(path: Any = ".") -> list[str]:
        listed.append(Path(path).name)
        return real(path)

    monkeypatch.setattr(os, "listdir", listdir)
    book = TinyBook(root)
    assert book.team()
    assert listed.count("2025") == 0, "a first frame waits for no listing"
    assert book.conflicts() == []  # which looks into every folder of the book
    assert book.days() == book.days() == DAYS
    assert listed.count("2025") == 2, "the year and its twins, once"
    added = DAYS[0] + timedelta(days=1)
    TinyBook(root).change_huddle(added, lambda _: Huddle(added, "x"))
    assert book.days() == [DAYS[0], added, DAYS[1]]
    os.utime(root / "huddles/2026", (yesterday, yesterday))  # as on a disk that does not say that something came
    newest = DAYS[1] + timedelta(days=1)
    shutil.copy(root / f"huddles/2026/{DAYS[1]}.json", root / f"huddles/2026/{newest}.json")
    os.utime(root / "huddles/2026", (yesterday, yesterday))
    assert book.days() == [DAYS[0], added, DAYS[1], newest]


@pytest.mark.parametrize(
    "name", ["2026-W47-1", "20261124", "2025-11-24", "2026-02-30", "2026-11-24 (1)", "٢٠٢٦-11-24", "2026-11-24T"]
)
def test_what_is_not_named_as_a_day_of_its_year_is_no_huddle(root: Path, name: str) -> None:
    (root / "huddles/2026" / f"{name}.json").write_text("{}")
    assert TinyBook(root).days() == DAYS


# Absences


@posix
@pytest.mark.parametrize("what", ["a link to nowhere", "a loop", "a file"])
def test_a_year_that_leads_nowhere_is_told(root: Path, what: str) -> None:
    """As where the drive with the older years is not there now; a clone has no twins."""
    shutil.rmtree(root / ".huddle")
    year = root / "huddles" / "2025"
    shutil.rmtree(year)
    year.touch() if what == "a file" else year.symlink_to(year if what == "a loop" else root / "nowhere")
    book = TinyBook(root)
    assert book.days() == DAYS[1:]
    assert book.incomplete
    (notice,) = [str(notice) for notice in book.take_notices()]
    assert notice.startswith(f"{year} cannot be listed (")
    assert any(str(year) in str(finding.sentence) for finding in examine(root, repair=False))
    with pytest.raises(HuddleError, match="nothing was copied"):
        copy(TinyBook(root), TinyBook(root.parent / "target"))
    assert not (root.parent / "target").exists()


@pytest.mark.parametrize("place", ["twins/huddles/2025", "backups", "quarantine", "bin"])
def test_copies_that_cannot_be_listed_are_told_by_the_doctor(
    root: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = root / ".huddle" / place
    folder.mkdir(exist_ok=True)
    assert examine(root, repair=False) == []
    real = os.scandir

    def scandir(path: Any = ".") -> Any:
        if Path(path) == folder:
            raise OSError(5, os.strerror(5), str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    (finding,) = examine(root, repair=False)
    assert str(finding.sentence).startswith(f"{folder} cannot be listed (")


def in_the_way(path: Path, what: str) -> None:
    """Puts something else in the place of a folder or of a lock."""
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    if what == "a file":
        path.write_text("of theirs")
    else:
        path.symlink_to(path if what == "a loop" else path.with_name("nowhere") / "x")


@posix
@pytest.mark.parametrize(
    ("place", "what"),
    [(place, what) for place in ("twins", "backups", "quarantine", "bin") for what in ("a file", "a loop", "a link")]
    + [("lock", "a loop"), ("lock", "a link")],
)
def test_the_doctor_names_what_lies_in_the_way_of_the_copies_or_the_lock(root: Path, place: str, what: str) -> None:
    path = root / ".huddle" / place
    assert examine(root, repair=False) == []
    in_the_way(path, what)
    assert f"{path} is in the way of what" in str(examine(root, repair=False)[0].sentence)


@posix
@pytest.mark.parametrize("place", ["huddles/2026", ".huddle/twins", ".huddle/twins/huddles", ".huddle/lock", ".huddle"])
@pytest.mark.parametrize(("shared", "what"), [(False, "a loop"), (True, "a file"), (True, "a link")])
def test_a_save_names_what_lies_in_its_way(root: Path, place: str, shared: bool, what: str) -> None:
    book = TinyBook(root)
    if shared:
        for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
            folder.chmod(0o775)
    in_the_way(root / place, what)
    if (place, what) == (".huddle/lock", "a file"):
        return  # which is a lock as any other
    with pytest.raises(SaveFailed, match=f"{root / place} is in the way"):
        book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, "y"))


def test_what_cannot_be_looked_at_is_not_said_to_be_in_the_way(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Path) -> bool:
        raise OSError(5, os.strerror(5))

    monkeypatch.setattr(Path, "is_dir", fails)
    with pytest.raises(SaveFailed, match="check the disk"), explained(root / "team.json"):
        raise FileNotFoundError(2, os.strerror(2), str(root / ".huddle/gone/lock"))


def test_where_a_book_can_only_be_read_the_doctor_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not_writable(root) is None
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK and real(path, mode))
    assert "nothing is saved in it" in str(not_writable(root))


@pytest.mark.parametrize("number", [5, 13])
def test_a_year_that_cannot_be_listed_is_told_and_the_book_is_incomplete(
    root: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(root / ".huddle")
    year = root / "huddles" / "2025"
    refused(monkeypatch, year, number)
    book = TinyBook(root)
    assert book.days() == DAYS[1:]
    assert book.incomplete
    (notice,) = [str(notice) for notice in book.take_notices()]
    assert notice.startswith(f"{year} cannot be listed (")
    assert any(str(year) in str(finding.sentence) for finding in examine(root, repair=False))


@pytest.mark.parametrize("what", ["huddles", "readings", "scorecard"])
def test_an_export_that_leaves_a_year_out_says_so_and_ends_with_status_1(
    root: Path, what: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["export", what, "--format", "json", "--data", str(root), "--lang", "en"]
    assert cli.main(command) == 0
    whole = capsys.readouterr()
    assert whole.err == ""
    shutil.rmtree(root / ".huddle")
    refused(monkeypatch, root / "huddles" / "2025", 5)
    assert cli.main(command) == 1
    told = capsys.readouterr()
    assert "2025 cannot be listed" in told.err
    assert told.out.startswith(("[", "{"))


def test_a_huddle_that_cannot_be_read_makes_the_book_incomplete(root: Path) -> None:
    shutil.rmtree(root / ".huddle")
    (root / "huddles" / "2025" / f"{DAYS[0]}.json").write_text("{")
    book = TinyBook(root)
    assert not book.incomplete
    assert [huddle.day for huddle in book.huddles(book.days())] == DAYS[1:]
    assert book.incomplete


# Links


@posix
@pytest.mark.parametrize("place", ["team.json", "huddles/2025", f"huddles/2025/{DAYS[0]}.json", "huddles", ""])
def test_what_is_a_link_stays_a_link_and_what_it_leads_to_is_written(root: Path, tmp_path: Path, place: str) -> None:
    link, real = root / place, tmp_path / "elsewhere" / "real thing"
    real.parent.mkdir()
    link.rename(real)
    link.symlink_to(real)

    book = TinyBook(root)
    assert book.days() == DAYS
    book.change_team(lambda team: replace(team or small_team(), name="y"))
    for day in DAYS:
        book.change_huddle(day, lambda huddle: replace(huddle or Huddle(DAYS[0], ""), team="y"))
    assert link.is_symlink()
    again = TinyBook(root)
    assert again.team().name == "y"
    assert [huddle.team for huddle in again.huddles(again.days())] == ["y", "y"]
    assert again.take_notices() == []
    if real.is_file():
        assert b'"y"' in real.read_bytes()
    assert examine(root, repair=False) == []
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith(".tmp")]


# What is no file of ours


@posix
@pytest.mark.parametrize("what", ["a pipe", "a device"])
def test_a_pipe_or_a_device_in_the_place_of_a_file_hangs_nobody(root: Path, what: str) -> None:
    path = root / "team.json"
    path.unlink()
    if what == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    book = TinyBook(root)
    assert book.team() == small_team()
    (notice,) = book.take_notices()
    assert "it is no ordinary file" in str(notice)
    book.change_team(lambda team: replace(team or small_team(), name="y"))
    assert path.is_file()
    assert TinyBook(root).team().name == "y"
    assert examine(root, repair=True) == []


def test_a_file_of_eight_gigabytes_is_not_read(root: Path) -> None:
    path = root / "team.json"
    with path.open("r+b") as file:
        file.truncate(8 * 2**30)  # a hole: it takes no room
    book = TinyBook(root)
    assert book.team() == small_team()
    assert "far too long" in str(book.take_notices()[0])
    book.change_team(lambda team: replace(team or small_team(), name="y"))
    assert path.stat().st_size < 10_000


@posix
def test_a_pipe_in_the_place_of_a_huddle_that_is_brought_back_is_told(root: Path) -> None:
    book, place = TinyBook(root), root / f".huddle/bin/{MONDAY}.json"
    book.discard_huddle(MONDAY)
    place.unlink()
    os.mkfifo(place)
    with pytest.raises(HuddleError, match="it is no ordinary file"):
        book.restore_huddle(MONDAY)
    assert place.is_fifo()


@posix
def test_a_socket_in_the_place_of_a_file_is_put_out_of_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "book"
    book = TinyBook(root)
    book.change_team(lambda _: small_team())
    monkeypatch.chdir(root)  # the name of a socket may not be long
    for path in (root / "team.json", root / ".huddle/twins/team.json"):
        path.unlink()
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path.relative_to(root)))
        assert TinyBook(root).team() == small_team()
        book.change_team(lambda team: replace(team or small_team(), time_box=team.time_box + 60 if team else 0))
        book.change_team(lambda _: small_team())
        assert examine(root, repair=False) == []


@posix
@pytest.mark.parametrize("kind", ["pipe", "giant"])
def test_what_is_no_index_is_made_anew_and_not_waited_for(
    root: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = root / ".huddle/index.json"
    if kind == "pipe":
        os.mkfifo(index)
        monkeypatch.setattr(Path, "read_bytes", pytest.fail)  # it would wait for ever
    else:
        index.touch()
        os.truncate(index, 8 * 2**30)
    assert [summary.day for summary in TinyBook(root).summaries()] == DAYS


def test_a_file_of_root_in_ones_own_folder_is_given_back_by_a_command(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = root / "team.json", Path.lstat

    def owners(self: Path) -> os.stat_result:
        """The file is root's, all else is of account 1000."""
        status = real(self)
        return os.stat_result((*status[:4], 0 if self == path else 1000, *status[5:]))

    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(Path, "lstat", owners)
    sentence = not_ours(path, PermissionError(13, "Permission denied"))
    assert isinstance(sentence, Sentence)
    assert f'`sudo chown -R "$USER" {path}` gives it back' in str(sentence)
    assert not_ours(root / "huddles", PermissionError(13, "Permission denied")) is None, "that is somebody's own"
    assert not_ours(path, OSError(5, "Input/output error")) is None


# Clocks and evictions


def test_backups_of_a_clock_that_was_ahead_evict_no_real_ones_and_do_not_outlive_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, today, at = tmp_path / "book", date(2026, 11, 23), date(2026, 11, 23)
    shelf = Shelf(book, "team", today=lambda: at)
    monkeypatch.setattr(reading, "utc_today", lambda: min(at, date(2027, 12, 31)))
    ahead = [date(2099, 1, 1) + timedelta(days=n) for n in range(5)]
    real = [today + timedelta(days=n) for n in range(60)]
    for n, at in enumerate([*real[:30], *ahead, *real[30:]]):  # noqa: B007 (asked for above)
        with shelf.edit():
            shelf.put("people", "anna", {"n": n})
    kept = sorted(path.name for path in (book / ".huddle/backups").iterdir())
    assert kept == [day.isoformat() for day in real[-saving.BACKUPS :]]


@pytest.mark.parametrize("name", ["team", f"huddles/2026/{MONDAY}"])
def test_what_icloud_took_off_this_computer_is_read_from_its_twin_and_not_written_over(root: Path, name: str) -> None:
    path = root / f"{name}.json"
    path.rename(path.with_name(f".{path.name}.icloud"))
    book = TinyBook(root)
    assert book.exists()
    assert book.days() == DAYS
    assert book.team() == small_team()
    assert book.huddle(MONDAY) is not None
    (notice,) = [str(notice) for notice in book.take_notices()]
    assert "iCloud took it off this computer: choose Download Now in Finder" in notice
    assert notice.endswith("and nothing is saved over it.")
    changes: dict[str, Callable[[], object]] = {
        "team": lambda: book.change_team(lambda team: replace(team or small_team(), name="y")),
        f"huddles/2026/{MONDAY}": lambda: book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, "y")),
    }
    with pytest.raises(HuddleError, match=f"{path} was not saved: .*iCloud took it off this computer"):
        changes[name]()
    assert not path.exists()
    shutil.rmtree(root / ".huddle")
    alone = TinyBook(root)
    assert alone.exists()
    assert alone.days() == DAYS, "what is elsewhere is not gone"
    with pytest.raises(HuddleError, match="iCloud"):
        alone.team() if name == "team" else alone.huddle(MONDAY)


def test_a_team_of_which_only_a_backup_is_left_is_read_from_it_and_it_is_said(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    TinyBook(root).change_team(lambda team: replace(team or small_team(), name="newest"))
    for path in (root / "team.json", root / ".huddle/twins/team.json"):
        path.unlink()
    (backup,) = (root / ".huddle/backups").glob("*/team.json")
    book = TinyBook(root)
    assert book.exists()
    assert book.team() == small_team()
    (notice,) = [str(notice) for notice in book.take_notices()]
    assert notice.startswith(f"{root / 'team.json'} cannot be used (it is missing): {backup} is read instead")
    assert cli.main(["status", "--data", str(root), "--lang", "en"]) == 0
    assert str(backup) in capsys.readouterr().err
    assert any(str(backup) in str(finding.sentence) for finding in examine(root, repair=False))
    assert cli.main(["init", "--name", "Another", "--data", str(root), "--lang", "en"]) != 0
    book.change_team(lambda team: replace(team or small_team(), time_box=660))
    assert TinyBook(root).team().time_box == 660


@pytest.mark.parametrize("command", [["init", "--name", "Another"], ["import", "team.toml"]])
def test_no_new_team_is_made_over_an_old_history(
    root: Path, command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As where a tool took `team.json` off this computer to save room."""
    for path in (root / "team.json", root / ".huddle/twins/team.json"):
        path.unlink()
    (tmp_path / "team.toml").write_text('[team]\nname = "Another"\n')
    command = [str(tmp_path / word) if word.endswith(".toml") else word for word in command]
    assert cli.main([*command, "--data", str(root), "--lang", "en"]) == 1
    capsys.readouterr()
    assert not (root / "team.json").exists()
    with pytest.raises(HuddleError, match="no new team is made over them"):
        TinyBook(root).change_team(lambda _: small_team())
