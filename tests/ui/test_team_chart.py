"""The PACe chart: a poster at any size, holes that cannot be overlooked, and help for department names."""

from __future__ import annotations

import threading

import pytest
from msgspec.structs import replace

from huddle_tui.domain.coach import about_chart
from huddle_tui.ui.team.chain import Chain
from huddle_tui.ui.team.library import TemplatesScreen
from huddle_tui.ui.team.pace_chart import PaceChartScreen, card
from huddle_tui.ui.team.process_form import ProcessForm
from tests.kit.driven import at_rest
from tests.kit.fakes import small_team
from tests.kit.team_table import charted, opened

TEAM = charted()
SIZES = [(60, 18), (80, 24), (110, 34), (150, 44), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [1, 4, 9])
async def test_every_process_and_every_hole_is_in_sight(size: tuple[int, int], count: int) -> None:
    async with opened(charted(count), lambda _app: PaceChartScreen(), size, "en") as hands:
        lines = hands.text()
        shown = sum(f"{n + 1} stap {n + 1}" in lines for n in range(count))
        assert shown == count or (size == (60, 18) and shown >= 5)
        holes = max(0, count - 3)
        assert lines.count("NOBODY ACCOUNTABLE") >= min(holes, 1)
        assert "without anybody accountable" in lines or not holes


@pytest.mark.parametrize(("language", "missing"), [("en", "○ number missing"), ("nl", "○ cijfer ontbreekt")])
async def test_what_is_missing_and_what_the_coach_says_of_it_is_not_cut(language: str, missing: str) -> None:
    async with opened(charted(1), lambda _app: PaceChartScreen(), (80, 24), language) as hands:
        coached = " ".join(hands.told("coach").split())
        shown = " ".join(hands.text().split())
        assert coached in shown
    bare = replace(TEAM, kpis=(), processes=TEAM.processes[:1])
    async with opened(bare, lambda _app: PaceChartScreen(), (80, 24), language) as hands:
        assert missing in hands.text()


def test_a_card_tells_what_is_read_out_and_what_is_not() -> None:
    shown = card(TEAM, TEAM.processes[0])
    assert shown.person == "Sanne"
    assert shown.numbers == (("Klachten opgelost", True), ("Nooit gezegd", False), ("Klachten open", True))
    assert card(TEAM, TEAM.processes[3]).missing == 3


@pytest.mark.quick
async def test_the_keys_of_the_chart() -> None:
    async with opened(TEAM, lambda _app: PaceChartScreen(), (150, 44), "en") as hands:
        chain = hands.on(PaceChartScreen).query_one(Chain)
        await hands.press("right")
        assert chain.cursor == "stap-2"
        await hands.press("J")
        assert [p.name for p in hands.team.processes] == ["stap 1", "stap 3", "stap 2", "stap 4"]
        await hands.press("K", "K")
        assert [p.name for p in hands.team.processes] == ["stap 2", "stap 1", "stap 3", "stap 4"]
        await hands.press("x")
        assert len(hands.team.processes) == 3
        await hands.press("ctrl+z")
        await hands.until(lambda: len(hands.team.processes) == 4)
        await hands.press("G")
        assert "Nobody is accountable for “stap 4”" in hands.told("coach")
        await hands.press("home", "down", "up", "left")
        assert chain.cursor == "stap-2"


async def test_a_department_becomes_what_it_delivers() -> None:
    async with opened(TEAM, lambda _app: ProcessForm(), language="en") as hands:
        form = hands.on(ProcessForm)
        await hands.type("Sales")
        assert "from lead to deal" in hands.told("told")
        assert "Director Enthusiastic Customers" in hands.told("example")
        assert "is the name of a department" in hands.told("coach")
        await hands.press("ctrl+g")
        assert hands.field("name").value == "from lead to deal"
        await hands.press("right", "ctrl+g")
        assert "Type the name of a department" in hands.toasts
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.app.screen is not form)
        made = hands.team.processes[-1]
        assert (made.name, made.accountable) == ("from lead to deal", "sanne")
        assert made.key_numbers[0] == "Deals signed"
        assert hands.team.people[0].role == "Directeur Enthousiaste Klanten"


async def test_the_title_goes_to_whoever_is_accountable() -> None:
    async with opened(TEAM, lambda _app: ProcessForm(TEAM.processes[3]), language="en") as hands:
        form = hands.on(ProcessForm)
        await hands.press("down", "f")
        assert hands.field("role").value == "Directeur Enthousiaste Klanten"
        await hands.press("down", "end", "ctrl+u")
        await hands.type("Koningin")
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.app.screen is not form)
        assert hands.team.processes[3].accountable == "fatima"
        assert hands.team.person("fatima").role == "Koningin"  # type: ignore[union-attr]
        hands.app.setting_up.undo()
        assert hands.team == TEAM


@pytest.mark.parametrize("down", [0, 1])
async def test_a_template_is_a_whole_chart_and_comes_only_once(down: int) -> None:
    async with opened(small_team(), lambda _app: PaceChartScreen(), language="en") as hands:
        assert "No core process yet" in hands.text()
        for _ in range(2):
            await hands.press("t")
            screen = hands.on(TemplatesScreen)
            await hands.press(*["down"] * down, "enter")
            await hands.until(lambda screen=screen: hands.app.screen is not screen)  # type: ignore[misc]
            assert len(hands.team.processes) == 8
        assert about_chart(hands.team) == []
        assert all(len(p.key_numbers) == 3 for p in hands.team.processes)


async def test_a_template_that_is_taken_twice_on_a_slow_disk_is_taken_once() -> None:
    slow = threading.Event()
    async with opened(small_team(), lambda _app: PaceChartScreen()) as hands:
        await hands.press("t")
        hands.book.before_save = lambda: None if slow.wait(30) else pytest.fail("the disk never answered")
        await hands.pilot.press("enter", "enter", "enter")
        slow.set()
        await hands.until(lambda: not isinstance(hands.app.screen, TemplatesScreen) and at_rest(hands.app))
        assert isinstance(hands.app.screen, PaceChartScreen)
