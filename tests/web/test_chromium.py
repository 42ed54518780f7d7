"""The whole way in a real browser: from the link to the number that is uncovered in a running round."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

import pytest
from aiohttp import ClientSession, web
from playwright.async_api import Page

from huddle_tui import i18n
from huddle_tui.activities import links
from huddle_tui.domain.huddle import Turn
from huddle_tui.store.tiny import TinyBook
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.places import RunHuddle
from huddle_tui.web.serving import Serving, Wish
from tests.kit.chromium import SIZES, browser, chromium, misfits, violations
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.random_books import random_huddles

SCHEMES: Final = ("light", "dark")
EVERY = [(size, language) for size in SIZES for language in ("en", "nl")]


@asynccontextmanager
async def site(folder: Path, language: str) -> AsyncIterator[tuple[str, TinyBook, FakeTime]]:
    """A team with two weeks behind it, served; the link of the one who speaks first, the book and the clock."""
    chromium()
    i18n.use(language)
    team, past = random_huddles(Random(1), small_team(language), 9, date(2026, 11, 9))
    book, time, token = TinyBook(folder / "book", durable=False), FakeTime(), links.new_token()
    book.change_team(lambda _: links.linked(team, "sanne", token))
    for huddle in past:
        book.change_huddle(huddle.day, lambda _, huddle=huddle: huddle)  # type: ignore[misc]
    serving = Serving(TinyBook(folder / "book"), time, Wish(port=0), lambda _: None)
    try:
        yield links.address(serving.url, token), book, time
    finally:
        serving.stop()


async def sound(page: Page) -> None:
    """Nothing against WCAG 2.2 A and AA, light or dark, and everything fits and can be touched."""
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        assert await violations(page) == [], (page.url, scheme)
    assert await misfits(page) == [], page.url


@pytest.mark.parametrize(("size", "language"), EVERY, ids=["-".join(each) for each in EVERY])
async def test_from_the_link_to_the_number_uncovered(tmp_path: Path, size: str, language: str) -> None:
    async with site(tmp_path, language) as (link, book, time), browser(size, language=language) as window:
        page = await window.new_page()
        await page.goto(link)
        await sound(page)
        boxes = page.locator("input[inputmode=decimal]")
        assert await boxes.count() == len(book.team().kpis_of("sanne"))
        await boxes.nth(0).fill("12.5.0")
        for n, number in enumerate(("3", "25", "30"), start=1):
            await boxes.nth(n).fill(number)
        await page.locator("textarea").last.fill("<b>De printer</b>")
        await page.get_by_role("button").click()

        wrong = page.locator("[aria-invalid=true]")
        assert await wrong.input_value() == "12.5.0"
        assert await wrong.evaluate("field => field === document.activeElement")
        await sound(page)
        asked = page.locator(".doubt")
        assert await asked.count() == 1
        await wrong.fill("7")
        await page.get_by_role("button").click()
        assert page.url.endswith("?saved")
        await sound(page)
        await page.locator(".lags textarea").first.fill("Morgen bellen")
        await page.get_by_role("button").click()
        await sound(page)

        for place in ("numbers", "huddles", "scorecard"):
            await page.goto(link + place)
            await sound(page)
        await page.goto(link + "huddles")
        await page.locator(".list a").first.click()
        await sound(page)

        late = await window.new_page()
        await late.goto(link)
        app = HuddleApp(book, time, RunHuddle())
        async with app.run_test(size=(110, 34), notifications=True) as pilot:

            async def until(condition: Callable[[], bool]) -> None:
                for _ in range(600):
                    if condition():
                        return
                    await pilot.pause(0.02)
                raise AssertionError(shown(app))

            await until(lambda: type(app.screen).__name__ == "RoundScreen")
            await pilot.press("enter")
            await until(lambda: turn_of(book).hidden is not None)
            await until(lambda: "▒" in shown(app))
            await pilot.press("enter")
            await until(lambda: turn_of(book).reading("sanne-opgelost") is not None)

            await late.locator("input[inputmode=decimal]").nth(1).fill("1")  # in a tab that was open since before
            await late.get_by_role("button").click()
            await sound(late)
            assert await late.locator(".sent dd b", has_text="1").count() >= 1
            await until(lambda: (hidden := turn_of(book).covered("sanne-open")) is not None and hidden.actual == 1)
        reading = turn_of(book).reading("sanne-opgelost")
        assert reading is not None
        assert (reading.actual, reading.checked_in, reading.note) == (Decimal(7), True, "Morgen bellen")
        await page.goto(f"{link}huddles/{MONDAY}")
        await sound(page)
        assert await page.locator("dd b", has_text="7").count() == 1


def turn_of(book: TinyBook) -> Turn:
    """The turn of the one who checked in, as it is on disk; one that is still to come before there is one."""
    huddle = book.huddle(MONDAY)
    return (huddle.turn("sanne") if huddle else None) or Turn("sanne", "Sanne")


def shown(app: HuddleApp) -> str:
    """Every letter on the screen."""
    return "\n".join("".join(s.text for s in line) for line in app.screen._compositor.render_strips())


async def test_it_works_without_scripts_and_with_the_keyboard_alone(tmp_path: Path) -> None:
    async with site(tmp_path, "nl") as (link, book, _time), browser("laptop", scripts=False) as window:
        page = await window.new_page()
        await page.goto(link)
        await page.keyboard.press("Tab")
        assert await page.locator(":focus").inner_text() == "Naar de pagina"
        for _ in range(5):  # the menu, then the first field
            await page.keyboard.press("Tab")
        await page.keyboard.type("5")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**?saved")
        assert "Bewaard" in await page.locator("h2").first.inner_text()
        assert book.check_ins("sanne")[0].answered == 1
        await page.go_back()
        await page.reload()
        assert await page.locator("input[inputmode=decimal]").first.input_value() == "5"


async def test_the_pages_of_nobody_are_sound_too(tmp_path: Path) -> None:
    async with site(tmp_path, "nl") as (link, _book, _time), browser("phone", "dark") as window:
        page = await window.new_page()
        root = link.partition("/i/")[0]
        for address in (
            f"{root}/",
            f"{root}/i/AAAAAAAAAAAAAAAAAAAAAA/",
            f"{root}/nothing/at/all",
            f"{link}huddles/2001-01-01",
        ):
            await page.goto(address)
            await sound(page)
            assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(11, 15, 23)"


async def test_it_works_under_a_sub_path_of_a_proxy(tmp_path: Path) -> None:
    """A proxy in front that takes a prefix off, as a web server would."""
    async with site(tmp_path, "nl") as (link, _book, _time), browser("phone") as window:
        root, _, rest = link.partition("/i/")

        async def passed_on(request: web.Request) -> web.Response:
            headers = {k: v for k, v in request.headers.items() if k != "Host"} | {"Host": "127.0.0.1"}
            where = root + request.raw_path.removeprefix("/team/huddle")
            async with session.request(
                request.method, where, data=await request.read(), headers=headers, allow_redirects=False
            ) as answer:
                kept = {k: v for k, v in answer.headers.items() if k not in {"Content-Length", "Transfer-Encoding"}}
                return web.Response(status=answer.status, body=await answer.read(), headers=kept)

        async with ClientSession(auto_decompress=False) as session:
            app = web.Application()
            app.router.add_route("*", "/team/huddle/{rest:.*}", passed_on)
            runner = web.AppRunner(app)
            await runner.setup()
            proxy = web.TCPSite(runner, "127.0.0.1", 0)
            await proxy.start()
            here = f"http://127.0.0.1:{runner.addresses[0][1]}/team/huddle/i/{rest}"
            page = await window.new_page()
            await page.goto(here)
            assert await page.evaluate("getComputedStyle(document.querySelector('button')).minHeight") == "52px"
            for name in ("Mijn cijfers", "Huddles", "Scorekaart", "Check-in"):
                await page.get_by_role("link", name=name, exact=True).click()
                assert page.url.startswith(here)
                assert await page.locator("h1").count() == 1
            await runner.cleanup()
