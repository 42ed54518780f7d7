"""Who am I: asked once, remembered, changed with one key; and whose numbers are typed by proxy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.events import Key

from huddle_tui import i18n
from huddle_tui.activities import identity
from huddle_tui.ui.checkin.check_in import CheckInScreen
from huddle_tui.ui.checkin.who_am_i import WhoAmIScreen
from huddle_tui.ui.home.home import HomeScreen
from tests.kit.check_in_desk import Desk, desk
from tests.kit.fakes import small_team
from tests.kit.memory_book import MemoryBook


@pytest.fixture(autouse=True)
def remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where it is remembered in this test."""
    path = tmp_path / "state" / "who.json"
    monkeypatch.setattr(identity, "identity_path", lambda: path)
    yield path
    i18n.use("en")


async def checking_in(d: Desk) -> tuple[str, str]:
    """Whose check-in is open, and who types it."""
    await d.until(lambda: isinstance(d.pilot.app.screen, CheckInScreen))
    return d.screen.checking_in.person.name, d.screen.checking_in.by


@pytest.mark.quick
async def test_it_is_asked_once_and_remembered(remembered: Path) -> None:
    book = MemoryBook(small_team())
    async with desk(book, name=None) as d:
        assert isinstance(d.pilot.app.screen, WhoAmIScreen)
        assert "Who are you?" in d.text()
        await d.keys("j", "enter")
        assert await checking_in(d) == ("José", "josé")
        assert "you are José" in d.text()
    assert list(json.loads(remembered.read_text("utf-8")).values()) == ["josé"]
    async with desk(book, name=None) as d:
        assert await checking_in(d) == ("José", "josé")


async def test_it_is_changed_with_one_key_and_nothing_typed_is_lost() -> None:
    async with desk() as d:
        await d.keys("8", "ctrl+r")
        await d.until(lambda: isinstance(d.pilot.app.screen, WhoAmIScreen))
        assert "you are Sanne" in d.text()
        assert d.entries() == ["8"]
        await d.keys("down", "enter")
        assert await checking_in(d) == ("José", "josé")
        await d.keys("ctrl+r")
        await d.until(lambda: isinstance(d.pilot.app.screen, WhoAmIScreen))
        await d.keys("k", "enter")
        assert await checking_in(d) == ("Sanne", "sanne")
        assert d.typed == ""
        assert d.entries() == ["8"]


async def test_escape_goes_back_to_the_check_in_that_it_was_asked_in() -> None:
    async with desk() as d:
        await d.keys("8", "ctrl+r")
        await d.until(lambda: isinstance(d.pilot.app.screen, WhoAmIScreen))
        await d.keys("escape")
        assert await checking_in(d) == ("Sanne", "sanne")
        assert d.typed == "8"
        await d.keys("ctrl+r", "down", "enter")
        assert await checking_in(d) == ("José", "josé")
        await d.keys("escape")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))


async def test_a_program_stays_with_who_it_was_begun_for() -> None:
    book = MemoryBook(small_team())
    async with desk(book, name="José") as d:
        assert await checking_in(d) == ("José", "josé")
        elsewhere = identity.Identity.of(book)
        elsewhere.remember(small_team().people[2])
        await d.keys("escape")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))
        await d.keys("c")
        assert await checking_in(d) == ("José", "josé")


async def test_keys_in_one_breath_go_on_in_the_check_in() -> None:
    async with desk(name=None) as d:
        for key, letter in (("j", "j"), ("enter", "\r"), ("8", "8"), ("enter", "\r"), ("2", "2")):
            d.pilot.app.post_message(Key(key, letter))
        assert await checking_in(d) == ("José", "josé")
        await d.until(lambda: d.entries("josé") == ["8", "2"])


async def test_numbers_of_somebody_else_are_by_proxy() -> None:
    async with desk() as d:
        await d.keys("ctrl+r")
        await d.until(lambda: isinstance(d.pilot.app.screen, WhoAmIScreen))
        await d.keys("down", "p")
        assert await checking_in(d) == ("José", "sanne")
        assert "by proxy: typed by Sanne" in d.text()
        await d.keys("8|")
        await d.until(lambda: d.entries("josé") == ["8"])
        stored = d.stored("josé")
        assert stored is not None
        assert stored.typed_by_proxy("josé-opgelost")
        await d.until(lambda: "by proxy ·" in d.text())


async def test_by_proxy_is_not_offered_before_it_is_known_who_types() -> None:
    async with desk(name=None) as d:
        assert "By proxy" not in d.text()
        await d.keys("p")
        assert isinstance(d.pilot.app.screen, WhoAmIScreen)


async def test_for_somebody_else_from_the_command_asks_who_types_first() -> None:
    async with desk(name=None, for_name="Fatima") as d:
        assert isinstance(d.pilot.app.screen, WhoAmIScreen)
        await d.keys("enter")
        assert await checking_in(d) == ("Fatima", "sanne")


async def test_escape_goes_home_and_remembers_nobody(remembered: Path) -> None:
    async with desk(name=None) as d:
        await d.keys("escape")
        await d.until(lambda: isinstance(d.pilot.app.screen, HomeScreen))
    assert not remembered.exists()


async def test_the_check_in_opens_also_where_it_cannot_be_remembered(remembered: Path) -> None:
    remembered.parent.write_text("no folder", "utf-8")
    async with desk(name=None) as d:
        await d.keys("enter")
        assert await checking_in(d) == ("Sanne", "sanne")
        assert "cannot be remembered" in d.toasts
    async with desk() as d:
        assert await checking_in(d) == ("Sanne", "sanne")


async def test_a_team_of_nobody_says_what_to_do() -> None:
    book = MemoryBook(replace(small_team(), people=(), kpis=()))
    async with desk(book, name=None) as d:
        assert "There is nobody in the team yet: add people under Team." in d.text()
        await d.keys("enter")
        assert isinstance(d.pilot.app.screen, WhoAmIScreen)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (200, 60)])
async def test_names_are_shown_as_the_letters_they_are(size: tuple[int, int]) -> None:
    team = small_team()
    people = tuple(replace(p, name=f"[/b] [red]{n} 张伟") for n, p in enumerate(team.people))
    async with desk(MemoryBook(replace(team, people=people)), name=None, size=size) as d:
        assert "[/b] [red]2 张伟" in d.text()


async def test_a_click_on_the_name_under_the_cursor_chooses_it() -> None:
    async with desk(name=None) as d:
        await d.pilot.click("#names", offset=(4, 0))
        assert await checking_in(d) == ("Sanne", "sanne")
