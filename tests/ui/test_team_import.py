"""Importing in the app: seen before it is done, all of it or nothing, and undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from huddle_tui.ui.doors import screen_of
from huddle_tui.ui.home.home import HomeScreen
from huddle_tui.ui.places import Welcome
from huddle_tui.ui.team.import_preview import ImportScreen
from tests.kit.fakes import small_team
from tests.kit.team_table import opened

FILE = """
[[person]]
name = "Bram"

[[kpi]]
name = "Deals"
owner = "Bram"
promise = "12,5"
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.quick
async def test_a_file_is_seen_then_done_then_undone(here: Path) -> None:
    (here / "team.toml").write_text(FILE, "utf-8")
    before = small_team()
    async with opened(before, lambda _app: ImportScreen(), language="en") as hands:
        screen = hands.on(ImportScreen)
        assert "team.toml" in hands.told("told")
        await hands.type("team.toml|")
        await hands.until(lambda: "2 to add" in hands.told("told"))
        assert "Bram" in hands.told("told")
        assert hands.team == before
        await hands.type("|")
        await hands.until(lambda: hands.app.screen is not screen)
        assert [(k.name, str(k.promise)) for k in hands.team.kpis_of("bram")] == [("Deals", "12.5")]
        hands.app.setting_up.undo()
        assert hands.team == before


async def test_a_wrong_file_is_named_and_nothing_is_imported(here: Path) -> None:
    (here / "team.toml").write_text(FILE.replace('owner = "Bram"', 'owner = "Brom"'), "utf-8")
    async with opened(small_team(), lambda _app: ImportScreen(), language="en") as hands:
        await hands.type("|")
        assert "Type the name of a file" in hands.wrong("file")
        await hands.type("nergens.toml|")
        assert "nergens.toml" in hands.wrong("file")
        await hands.press("end", "ctrl+u")
        await hands.type("team.toml|")
        await hands.until(lambda: "Brom" in hands.wrong("file"))
        assert hands.team == small_team()


async def test_the_same_file_twice_changes_nothing(here: Path) -> None:
    (here / "team.toml").write_text(FILE, "utf-8")
    async with opened(small_team(), lambda _app: ImportScreen(), language="en") as hands:
        screen = hands.on(ImportScreen)
        await hands.type("team.toml||")
        await hands.until(lambda: hands.app.screen is not screen)
        once = hands.team
        await hands.app.push_screen(ImportScreen())
        await hands.type("team.toml|")
        await hands.until(lambda: "nothing to do" in hands.told("told"))
        await hands.type("|")
        assert hands.team == once


async def test_a_draft_is_told_once_and_can_be_thrown_away(here: Path) -> None:
    async with opened(small_team(), lambda _app: ImportScreen(), language="en") as hands:
        await hands.type("team.toml")
        await hands.press("escape")
        await hands.app.push_screen(ImportScreen())
        await hands.pilot.pause()
        assert hands.toasts.count("Your draft is back") == 1
        await hands.press("ctrl+z")
        assert hands.on(ImportScreen).field("file").value == ""


async def test_from_the_welcome_screen_to_home(here: Path) -> None:
    (here / "team.toml").write_text('[team]\nname = "Nieuw"\nlocale = "nl"\n' + FILE, "utf-8")
    async with opened(None, lambda app: screen_of(Welcome(), app), language="en") as hands:
        await hands.press("i")
        await hands.type("team.toml||")
        await hands.until(lambda: hands.book.exists())
        assert hands.team.name == "Nieuw"
        await hands.until(lambda: isinstance(hands.app.screen, HomeScreen))
