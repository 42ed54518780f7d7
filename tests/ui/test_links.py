"""Personal links on the screen: one after another, served from the program, made, renewed and taken away."""

from __future__ import annotations

import asyncio
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace

from huddle_tui.activities import links
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.tiny import TinyBook
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.places import Home, Links, Place, RunHuddle
from huddle_tui.web.serving import Serving, Wish
from tests.kit.driven import Driven
from tests.kit.fakes import FakeTime, small_team
from tests.kit.memory_book import MemoryBook


class Beside:
    """Pages that are said to be served."""

    address = "http://192.168.1.20:8907/"
    url = "http://192.168.1.20:8907/"

    def stop(self) -> None:
        """Nothing runs."""


@asynccontextmanager
async def desk(place: Place, size: tuple[int, int] = (110, 34)) -> AsyncIterator[tuple[Driven, MemoryBook, HuddleApp]]:
    book = MemoryBook(small_team("en"))
    app = HuddleApp(book, FakeTime(), place)
    app.serve = Beside
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        yield Driven(pilot), book, app


def read(app: HuddleApp) -> str:
    """What a reader of codes sees on the screen; nothing where there is none."""
    code = next(iter(app.screen.query("#code")), None)
    if code is None or not code.size.height:
        return ""
    rows: list[list[int]] = []
    for y in range(code.size.height):
        styles = [segment.style for segment in code.render_line(y) for _ in segment.text]
        rows.append([255 if style and style.color and style.color.name == "#ffffff" else 0 for style in styles])
        rows.append([255 if style and style.bgcolor and style.bgcolor.name == "#ffffff" else 0 for style in styles])
    pixels = bytes(v for row in rows for _ in range(4) for v in row for _ in range(4))
    image = memoryview(pixels).cast("B", shape=[len(rows) * 4, len(rows[0]) * 4])
    return "".join(found.text for found in zxingcpp.read_barcodes(image))


@pytest.mark.quick
async def test_from_home_one_key_serves_and_shows_one_link_after_another() -> None:
    async with desk(Home()) as (here, book, app):
        await here.pilot.press("b")
        seen = []
        for person in book.team().members:
            await here.until(lambda name=person.name: f"For {name} alone" in here.text())  # type: ignore[misc]
            await here.until(lambda: bool(read(app)) and read(app) not in seen)
            assert "http://192.168.1.20:8907/" in here.text()
            seen.append(read(app))
            assert seen[-1].startswith("http://192.168.1.20:8907/i/")
            owner = links.owner(book.team(), seen[-1].split("/")[-2])
            assert owner is not None
            assert owner.id == person.id
            await here.pilot.press("enter")
        assert len(set(seen)) == 3
        await here.until(lambda: type(app.screen).__name__ == "HomeScreen")


async def test_from_the_opening_the_same_key_and_back_to_it() -> None:
    async with desk(RunHuddle()) as (here, _book, app):
        await here.until(lambda: type(app.screen).__name__ == "RoundScreen")
        await here.pilot.press("b")
        await here.until(lambda: bool(read(app)))
        await here.pilot.press("escape")
        await here.until(lambda: type(app.screen).__name__ == "RoundScreen")
        await here.pilot.press("enter", "b")  # a letter in the field, once somebody speaks
        await here.until(lambda: here.typed == "b")


async def test_a_link_that_was_shown_here_can_be_shown_again_and_another_replaces_it() -> None:
    async with desk(Links("sanne")) as (here, book, app):
        await here.until(lambda: "Sanne has no link" in here.text())
        await here.pilot.press("m")
        await here.until(lambda: bool(read(app)))
        first = read(app)
        await here.pilot.press("m")
        await here.until(lambda: read(app) != first)
        assert links.owner(book.team(), first.split("/")[-2]) is None
        await here.pilot.press("x")
        await here.until(lambda: "Sanne has no link" in here.text())
        assert not book.team().people[0].link


async def test_undo_on_team_leaves_links_alone() -> None:
    """What was revoked stays so, and who was handed a link keeps it, whatever is taken back elsewhere."""
    async with desk(Links("sanne")) as (here, book, app):
        setting_up = app.setting_up
        setting_up.do(lambda team: replace(team, name="Renamed"))
        await here.until(lambda: "Sanne has no link" in here.text())
        await here.pilot.press("m")
        await here.until(lambda: bool(read(app)))
        setting_up.undo()
        token = read(app).split("/")[-2]
        assert (book.team().name, links.owner(book.team(), token)) == (small_team().name, book.team().people[0])
        await here.pilot.press("x")
        await here.until(lambda: "Sanne has no link" in here.text())
        assert not setting_up.can_undo
        assert links.owner(book.team(), token) is None


async def test_one_that_was_made_elsewhere_is_not_replaced_unasked() -> None:
    async with desk(Home()) as (here, book, app):
        book.change_team(lambda team: links.linked(team or small_team(), "sanne", "A" * 22))
        await here.pilot.press("b")
        await here.until(lambda: "Sanne has a link" in here.text())
        assert links.owner(book.team(), "A" * 22) is not None
        assert app.screen.query_one("#code").size.height == 0


async def test_in_a_window_that_is_too_small_it_is_text() -> None:
    async with desk(Links("sanne"), (70, 20)) as (here, book, _app):
        await here.until(lambda: "Sanne has no link" in here.text())
        await here.pilot.press("m")
        await here.until(lambda: bool(book.team().people[0].link))
        await here.until(lambda: "A larger window shows it" in here.text())
        assert "/i/" in here.text()


async def test_what_cannot_be_served_or_saved_is_one_sentence() -> None:
    def refuse() -> Beside:
        raise HuddleError("Nobody can listen there.")

    async with desk(Home()) as (here, book, app):
        app.serve = refuse
        await here.pilot.press("b")
        await here.until(lambda: "Nobody can listen there." in here.text())
        app.serve = Beside
        book.fail_with = HuddleError("The disk is full.")
        await here.pilot.press("b")
        await here.until(lambda: "The disk is full." in here.text())
        assert all(not person.link for person in book.team().people)


async def test_a_phone_checks_in_while_the_program_runs(tmp_path: Path) -> None:
    """With a real server: the link that is drawn opens the check-in of the one whose name stands beside it."""
    book = TinyBook(tmp_path / "book", durable=False)
    book.change_team(lambda _: small_team("en"))
    app = HuddleApp(book, FakeTime(), Home())
    app.serve = lambda: Serving(TinyBook(tmp_path / "book"), FakeTime(), Wish(port=0), lambda _: None)
    async with app.run_test(size=(110, 34)) as pilot:
        here = Driven(pilot)
        await pilot.press("b")
        await here.until(lambda: app.pages is not None and bool(read(app)))
        link = read(app)
        page = await asyncio.to_thread(lambda: urllib.request.urlopen(link).read().decode())
        assert "Check-in of Sanne" in page
    assert app.pages is not None
    app.pages.stop()
