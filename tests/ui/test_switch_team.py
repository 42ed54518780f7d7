"""Teams side by side: the palette goes on with the book of another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from huddle_tui.activities.settings import KnownBook, Settings
from huddle_tui.store.tiny import TinyBook
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.places import Home
from tests.kit.driven import toasts
from tests.kit.fakes import FakeTime, small_team


def app_with(tmp_path: Path) -> HuddleApp:
    """Home of one of two teams; a third is known, and gone."""
    for name in ("one", "two"):
        TinyBook(tmp_path / name).change_team(lambda _: small_team())
    known = tuple(KnownBook(str(tmp_path / name), name.title()) for name in ("one", "two", "gone"))
    return HuddleApp(TinyBook(tmp_path / "one"), FakeTime(), Home(), Settings(books=known))


@pytest.mark.quick
async def test_the_palette_offers_the_other_teams_and_goes_on_with_one(tmp_path: Path) -> None:
    app = app_with(tmp_path)
    async with app.run_test(size=(110, 34), notifications=True):
        assert isinstance(app.screen, HuddleScreen)
        offered = [command.title for command in app.commands(app.screen)]
        assert [title for title in offered if title.startswith("Switch team")] == [
            "Switch team: Two",
            "Switch team: Gone",
        ]
        app.switch_team(str(tmp_path / "two"))
    assert app.next_book == str(tmp_path / "two")
    assert app.return_code in {0, None}


async def test_teams_of_one_name_are_told_apart_by_their_place(tmp_path: Path) -> None:
    TinyBook(tmp_path / "one").change_team(lambda _: small_team())
    known = tuple(KnownBook(str(tmp_path / name), "Trio") for name in ("one", "copy", "test"))
    app = HuddleApp(TinyBook(tmp_path / "one"), FakeTime(), Home(), Settings(books=known))
    async with app.run_test(size=(110, 34)):
        assert isinstance(app.screen, HuddleScreen)
        offered = [command.title for command in app.commands(app.screen) if command.title.startswith("Switch team")]
        assert offered == [f"Switch team: Trio ({tmp_path / name})" for name in ("copy", "test")]


async def test_a_book_that_is_gone_is_told_and_this_one_stays(tmp_path: Path) -> None:
    app = app_with(tmp_path)
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        app.switch_team(str(tmp_path / "gone"))
        await pilot.pause()
        assert toasts(app) == [f"There is no book in {tmp_path / 'gone'} now."]
        assert app.is_running
    assert app.next_book == ""
