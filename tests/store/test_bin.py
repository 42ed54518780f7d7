"""The bin takes a huddle as it is read: nothing that lies in its place takes a good copy along, there and back."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.errors import SaveFailed
from huddle_tui.store.tiny import TinyBook
from tests.kit.copies import quarantined
from tests.kit.damage import a_folder, deleted, empty
from tests.kit.fakes import MONDAY, small_team

NAME = f"huddles/2026/{MONDAY}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    book = TinyBook(root)
    book.change_team(lambda _: small_team())
    for text in ("first", "newest"):
        keep(book, text)
    return root


def keep(book: TinyBook, text: str) -> None:
    book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, text))


def says(root: Path) -> tuple[str, list[str]]:
    """What the huddle says, and what is told."""
    book = TinyBook(root)
    huddle = book.huddle(MONDAY)
    assert huddle is not None
    return huddle.team, [str(notice) for notice in book.take_notices()]


def rot(path: Path) -> None:
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"newest", b"newesu"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("damage", [empty, deleted, a_folder, rot])
def test_a_damaged_huddle_is_deleted_and_brought_back_as_it_was_read(
    root: Path, damage: Callable[[Path], None]
) -> None:
    damage(root / f"{NAME}.json")
    book = TinyBook(root)
    book.discard_huddle(MONDAY)
    assert book.days() == []
    book.restore_huddle(MONDAY)
    assert says(root) == ("newest", [])


def test_what_a_file_from_outside_replaced_is_kept_when_it_is_deleted_and_the_command_brings_it_back(
    root: Path,
) -> None:
    path = root / f"{NAME}.json"
    newest, (backup,) = path.read_bytes(), (root / ".huddle/backups").glob(f"*/{NAME}.json")
    shutil.copy(backup, path)
    book = TinyBook(root)
    book.discard_huddle(MONDAY)
    (notice,) = map(str, book.take_notices())
    assert newest in quarantined(root)
    book.restore_huddle(MONDAY)
    assert says(root) == ("first", [])
    subprocess.run(notice.split("`")[1], shell=True, check=True)
    assert says(root)[0] == "newest"


def edited(path: Path) -> bytes:
    path.write_bytes(path.read_bytes().replace(b"newest", b"by hand"))
    return path.read_bytes()


def test_a_huddle_that_was_changed_by_hand_comes_back_so_and_both_versions_are_kept(root: Path) -> None:
    path = root / f"{NAME}.json"
    versions = {path.read_bytes(), edited(path)}
    book = TinyBook(root)
    book.discard_huddle(MONDAY)
    assert versions <= quarantined(root)
    book.restore_huddle(MONDAY)
    assert says(root) == ("by hand", [])


def test_what_was_changed_in_the_bin_is_an_edit_when_it_comes_back(root: Path) -> None:
    book = TinyBook(root)
    book.discard_huddle(MONDAY)
    edited(root / f".huddle/bin/{MONDAY}.json")
    book.restore_huddle(MONDAY)
    team, (notice,) = says(root)
    assert team == "by hand"
    assert "was changed outside this program" in notice


def test_a_huddle_that_cannot_be_opened_now_is_not_deleted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real = root / f"{NAME}.json", os.open

    def refuse(asked: str, *args: int) -> int:
        if Path(asked) == path:
            raise OSError(5, "Input/output error")
        return real(asked, *args)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        with pytest.raises(SaveFailed, match="cannot be opened now"):
            TinyBook(root).discard_huddle(MONDAY)
    assert says(root) == ("newest", [])


def test_what_can_be_read_nowhere_stays_where_it_is(root: Path) -> None:
    shutil.rmtree(root / ".huddle")
    path = root / f"{NAME}.json"
    empty(path)
    with pytest.raises(HuddleError, match="cannot be used"):
        TinyBook(root).discard_huddle(MONDAY)
    assert path.exists()
