"""A file system that stops in the middle of saves, as in a power cut, and is mounted again: nothing is lost.

Where this cannot be had, it is skipped with what was not tested; `test_power_cuts` runs everywhere.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.disk import durable
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team
from tests.kit.promises import readable, sound, whole
from tests.kit.shelf import huddle_tables, team_tables

SHUT_DOWN, WITHOUT_FLUSH = 0x8004587D, 2
"""EXT4_IOC_SHUTDOWN and EXT4_GOING_FLAGS_NOLOGFLUSH of the kernel."""


class FileSystem:
    """ext4 in a file."""

    def __init__(self, folder: Path) -> None:
        self.image, self.place = folder / "image", folder / "mounted"

    def make(self) -> bool:
        """Makes and mounts it; False where this machine does not let us."""
        self.place.mkdir()
        return (
            all(
                shutil.which(command[0]) and subprocess.run(command, capture_output=True, check=False).returncode == 0
                for command in (["truncate", "-s", "32M", str(self.image)], ["mkfs.ext4", "-q", str(self.image)])
            )
            and self.mount()
        )

    def mount(self) -> bool:
        command = ["mount", "-o", "loop", str(self.image), str(self.place)]
        return bool(shutil.which("mount")) and subprocess.run(command, capture_output=True, check=False).returncode == 0

    def shut_down(self) -> bool:
        """Nothing that is not on disk gets there any more; False where the kernel refuses."""
        fd = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(fd, SHUT_DOWN, struct.pack("I", WITHOUT_FLUSH))
        except OSError:
            return False
        finally:
            os.close(fd)
        return True

    def mount_again(self) -> None:
        subprocess.run(["umount", str(self.place)], check=True)
        assert self.mount()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[FileSystem]:
    found = FileSystem(tmp_path)
    if not found.make():
        pytest.skip("NOT TESTED: a file system in a file cannot be made and mounted here (ext4, loop device, root)")
    yield found
    subprocess.run(["umount", "-l", str(found.place)], check=False, capture_output=True)


def saved_until_shut_down(disk: FileSystem, saves: int, first: int) -> list[tuple[int, int]]:
    """Saves team and huddle by turns until the file system stops after so many; what was acknowledged, in order."""
    book = TinyBook(disk.place / "book")
    acknowledged: list[tuple[int, int]] = []
    enough, ending = threading.Event(), threading.Event()

    def save(team: int, huddle: int) -> None:
        book.change_team(lambda _: replace(small_team(), name=str(team)))
        book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, str(huddle)))

    def save_on() -> None:
        with suppress(HuddleError):
            for n in count(first):
                if ending.is_set():
                    return
                for team, huddle in ((n, n - 1), (n, n)):
                    save(team, huddle)
                    acknowledged.append((team, huddle))
                    if len(acknowledged) >= saves:
                        enough.set()
        enough.set()

    save(first - 1, first - 1)
    saver = threading.Thread(target=save_on)
    saver.start()
    enough.wait()
    stopped = disk.shut_down()
    ending.set()
    saver.join()
    if not stopped:
        pytest.skip("NOT TESTED: this kernel does not let a file system be shut down")
    assert len(acknowledged) >= saves
    return acknowledged


def found_again(book: Path) -> tuple[int, int]:
    """What team and huddle say."""
    huddle = TinyBook(book).huddle(MONDAY)
    assert huddle is not None
    return int(TinyBook(book).team().name), int(huddle.team)


def test_a_file_system_that_is_shut_down_under_load(disk: FileSystem, full: bool) -> None:
    book, chance, last = disk.place / "book", Random(3), 0
    for _ in range(30 if full else 2):
        acknowledged = saved_until_shut_down(disk, chance.randrange(1, 60), last + 1)
        disk.mount_again()
        team, huddle = found_again(book)
        at = acknowledged[-1]
        assert (team, huddle) in (at, (at[0], at[1] + 1), (at[0] + 1, at[1])), at  # one more may not have been told
        tables = {
            "team": team_tables(replace(small_team(), name=str(team))),
            "huddles/2026/2026-11-23": huddle_tables(Huddle(MONDAY, str(huddle))),
        }
        readable(book, tables)
        sound(book)
        last = max(team, huddle)
    whole(book, tables)


def test_control_saves_that_are_not_flushed_are_lost(disk: FileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_sync", lambda fd: None)
    acknowledged = saved_until_shut_down(disk, 20, 1)
    disk.mount_again()
    try:
        found = found_again(disk.place / "book")
    except (AssertionError, HuddleError):
        return
    assert found != acknowledged[-1]
