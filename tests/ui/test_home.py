"""Home: what it says of the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.places import Home
from tests.kit.driven import on_screen, until
from tests.kit.fakes import FakeTime, small_team
from tests.kit.memory_book import MemoryBook


@pytest.fixture(autouse=True)
def _a_dutch_team() -> Iterator[None]:
    i18n.use("en", "nl")
    yield
    i18n.use("en")


@pytest.mark.parametrize("times", [{}, {5: time(9, 7)}])
async def test_home_announces_no_huddle_on_a_day_off(times: dict[int, time]) -> None:
    book = MemoryBook(replace(small_team(), huddle_times=times))
    async with HuddleApp(book, FakeTime(date(2026, 11, 28)), Home()).run_test(size=(110, 34)) as pilot:
        await until(pilot, lambda: "the next one is on" in "\n".join(on_screen(pilot.app)))
        assert "maandag 30 november" in "\n".join(on_screen(pilot.app))
