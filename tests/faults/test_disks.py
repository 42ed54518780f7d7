"""Disks that fill up, may not be written or go away under a round: it says so, keeps what was said, tries again."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from huddle_tui import cli
from huddle_tui.domain.huddle import Huddle
from huddle_tui.store.care.doctor import examine
from huddle_tui.store.schema import versions as migrations
from huddle_tui.store.schema.sealed import pack
from huddle_tui.store.tiny import TinyBook
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.home.home import HomeScreen
from huddle_tui.ui.places import RunHuddle
from huddle_tui.ui.round.round import RoundScreen
from tests.kit.driven import toasts, until
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.promises import sound, whole
from tests.kit.small_disk import small_disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    with small_disk(tmp_path / "disk", "512k") as folder:
        yield folder


class Round:
    """A running round on a real book."""

    def __init__(self, pilot: Pilot[None], book: TinyBook) -> None:
        self.pilot, self.book = pilot, book

    @property
    def screen(self) -> RoundScreen:
        assert isinstance(self.pilot.app.screen, RoundScreen)
        return self.pilot.app.screen

    async def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(1500):
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"it never came to that; trouble: {self.screen.hosting.trouble}")

    def on_disk(self) -> list[str]:
        huddle = self.book.huddle(MONDAY)
        return [str(reading.actual) for reading in huddle.readings] if huddle else []

    def wrong(self) -> str:
        return str(self.screen.query_one("#wrong", Static).render())


@asynccontextmanager
async def round_on(folder: Path) -> AsyncIterator[Round]:
    book = TinyBook(folder)
    book.change_team(lambda _: small_team())
    app = HuddleApp(book, FakeTime(), RunHuddle())
    async with app.run_test(size=(110, 34), notifications=True, tooltips=True) as pilot:
        here = Round(pilot, TinyBook(folder))
        await here.until(lambda: isinstance(app.screen, RoundScreen))
        await pilot.press("enter", "8", "enter")
        await here.until(lambda: here.on_disk() == ["8"])
        yield here


def fill(disk: Path) -> Path:
    """Leaves no byte free."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


async def test_a_disk_that_fills_up_in_a_round_and_gets_space_again(disk: Path) -> None:
    async with round_on(disk / "book") as here:
        filler = fill(disk)
        await here.pilot.press("2", "enter")
        await here.until(lambda: "the disk is full" in here.wrong())
        await here.pilot.press("2", "5", "enter")
        hosting = here.screen.hosting
        turn = hosting.round.huddle.turns[0]
        assert [str(reading.actual) for reading in turn.readings] == ["8", "2", "25"]
        assert [hosting.is_said(turn.person, reading) for reading in turn.readings] == [True, False, False]
        assert here.on_disk() == ["8"]
        filler.unlink()
        await here.until(lambda: here.on_disk() == ["8", "2", "25"])
        await here.until(lambda: here.wrong() == "")
    whole(disk / "book", {})
    assert examine(disk / "book", repair=False) == []


async def test_a_disk_that_is_taken_away_and_comes_back(disk: Path, tmp_path: Path) -> None:
    book = disk / "book"
    async with round_on(book) as here:
        elsewhere = disk / "elsewhere"
        book.rename(elsewhere)
        await here.pilot.press("2", "enter")
        await here.until(lambda: here.screen.hosting.trouble is not None)
        assert not (book / "huddles").exists(), "a new book was begun in the place of the one that went away"
        shutil.rmtree(book, ignore_errors=True)
        elsewhere.rename(book)
        await here.until(lambda: here.on_disk() == ["8", "2"])
    whole(book, {})
    sound(book)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A book on a disk that is mounted to be read only."""
    source, place = tmp_path / "source", tmp_path / "place"
    place.mkdir()
    book = TinyBook(source / "book")
    book.change_team(lambda _: small_team())
    book.change_huddle(MONDAY, lambda _: Huddle(MONDAY, "x"))
    commands = (
        ["mount", "--bind", str(source), str(place)],
        ["mount", "-o", "remount,bind,ro", str(place)],
    )
    if not shutil.which("mount") or any(
        subprocess.run(command, capture_output=True, check=False).returncode for command in commands
    ):
        pytest.skip("NOT TESTED: a folder cannot be mounted read-only here")
    yield place / "book"
    subprocess.run(["umount", "-l", str(place)], check=False)


def test_every_reading_command_works_on_read_only_media(read_only: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["export"], ["export", "team"], ["export", "readings", "--format", "csv"], ["coach"], ["doctor"]):
        assert cli.main([*command, "--data", str(read_only), "--lang", "en"]) == 0, capsys.readouterr().err
    assert "nothing is saved in it" in capsys.readouterr().err, "the doctor says so"
    team = read_only.parent / "none.toml"
    assert cli.main(["import", str(team), "--data", str(read_only), "--lang", "en"]) == 1
    (read_only.parents[1] / "team.toml").write_text('[[person]]\nname = "Nieuw"\n')
    assert cli.main(["import", str(read_only.parents[1] / "team.toml"), "--data", str(read_only), "--lang", "en"]) == 1
    assert "writing there is not allowed" in capsys.readouterr().err


async def test_a_round_on_read_only_media_says_why_it_cannot_be_held(read_only: Path) -> None:
    app = HuddleApp(TinyBook(read_only), FakeTime(), RunHuddle())
    async with app.run_test(size=(110, 34), notifications=True, tooltips=True) as pilot:
        await until(pilot, lambda: toasts(app))
        assert "writing there is not allowed" in " ".join(toasts(app))
        assert isinstance(app.screen, HomeScreen)


def test_a_file_of_a_newer_program_is_refused_by_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "book"
    TinyBook(folder).change_team(lambda _: small_team())
    monkeypatch.setattr(migrations, "SCHEMA", 99)
    newer = pack({"team": {"1": {"name": "From the future"}}}, "team")
    monkeypatch.undo()
    (folder / "team.json").write_bytes(newer)
    for command in (["export"], ["coach"], ["import", "x.toml"], ["doctor", "--repair"], ["init"]):
        assert cli.main([*command, "--data", str(folder), "--lang", "en"]) == 1
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        assert "newer version" in told.out + told.err or command[0] == "init"
        assert (folder / "team.json").read_bytes() == newer
