"""Every screen of the team stands at every size, in every theme, and says nothing it should not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from textual.app import App
from textual.binding import Binding

from huddle_tui.domain.team_edits import change_person
from huddle_tui.ui import actions
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.base import AtOnceScreen, HuddleScreen
from huddle_tui.ui.doors import screen_of
from huddle_tui.ui.look.themes import THEMES
from huddle_tui.ui.places import Ready, TeamOf, Welcome
from huddle_tui.ui.team.form import FormScreen
from huddle_tui.ui.team.guide import NumbersStep, PeopleStep, TeamStep
from huddle_tui.ui.team.import_preview import ImportScreen
from huddle_tui.ui.team.kpi_form import KpiForm
from huddle_tui.ui.team.library import KpiLibrary, TemplatesScreen
from huddle_tui.ui.team.pace_chart import PaceChartScreen
from huddle_tui.ui.team.person_form import PersonForm
from huddle_tui.ui.team.process_form import ProcessForm
from huddle_tui.ui.team.ready import ReadyStep
from huddle_tui.ui.team.settings_form import SettingsForm
from huddle_tui.ui.team.team import TeamScreen
from tests.kit.driven import on_screen, until
from tests.kit.fakes import FakeTime, small_team
from tests.kit.looking import book_of, past, tomorrow
from tests.kit.memory_book import MemoryBook
from tests.kit.team_table import charted, opened

TEAM = charted(9)
SCREENS: dict[str, Callable[[HuddleApp], HuddleScreen]] = {
    "team": lambda _app: TeamScreen(),
    "chart": lambda _app: PaceChartScreen(),
    "templates": lambda _app: TemplatesScreen(),
    "library": lambda _app: KpiLibrary(lambda _example: None, "klanten"),
    "kpi": lambda _app: KpiForm("sanne", small_team().kpis[0]),
    "person": lambda _app: PersonForm(small_team().people[0]),
    "process": lambda _app: ProcessForm(TEAM.processes[0]),
    "settings": lambda _app: SettingsForm(),
    "import": lambda _app: ImportScreen(),
    "welcome": lambda app: screen_of(Welcome(), app),
    "guide-team": lambda _app: TeamStep(),
    "guide-people": lambda _app: PeopleStep(),
    "guide-numbers": lambda _app: NumbersStep(small_team().people[0]),
    "ready": lambda _app: ReadyStep(),
}


@pytest.mark.parametrize("name", SCREENS)
async def test_any_size_and_any_theme(name: str) -> None:
    async with opened(TEAM, SCREENS[name]) as hands:
        for width, height in ((1, 1), (3, 2), (60, 18), (59, 40), (80, 24), (110, 34), (140, 18), (300, 100), (80, 24)):
            await hands.pilot.resize_terminal(width, height)
            await hands.press("down")
        for theme in THEMES:
            hands.app.theme = theme.name
            await hands.pilot.pause()
        assert hands.text().strip()


def _all(kind: type[AtOnceScreen]) -> list[type[AtOnceScreen]]:
    return [kind, *(below for sub in kind.__subclasses__() for below in _all(sub))]


@pytest.mark.parametrize("kind", _all(AtOnceScreen)[1:])
def test_keys_are_taken_in_the_order_in_which_they_were_pressed(kind: type[AtOnceScreen]) -> None:
    """A key that waits for the field must never be handled in the field's own time: that would wait for ever."""
    keys = {key for area in kind.AREAS for action in actions.of(area) for key in action.keys.split(",")}
    if issubclass(kind, FormScreen):
        keys |= {"enter", "escape"}
    for key in keys:
        bound = [b for b in kind._merged_bindings.key_to_bindings.get(key, []) if isinstance(b, Binding)]  # type: ignore[union-attr]
        assert bound, key
        assert bound[0].priority, key


@pytest.mark.parametrize("size", [(150, 44), (200, 60)])
async def test_a_large_screen_draws_the_numbers_of_whom_is_chosen(size: tuple[int, int]) -> None:
    book = book_of()
    team, huddles = past()
    async with HuddleApp(book, FakeTime(tomorrow(book)), TeamOf()).run_test(size=size) as pilot:
        first, second = team.members[:2]
        numbers = team.kpis_of(second.id)
        said = {reading.kpi for huddle in huddles for reading in huddle.readings}
        drawn = [kpi for kpi in numbers if kpi.id in said]
        assert len(drawn) > 1
        await until(pilot, lambda: second.name in text(pilot.app))
        await pilot.press(*["j"] * (1 + len(team.kpis_of(first.id))))
        await until(pilot, lambda: all(text(pilot.app).count(kpi.name) == 2 for kpi in drawn))
        assert len(re.findall(r"kept \d+ of \d+", text(pilot.app))) == len(drawn)
        await pilot.press("j")
        await until(pilot, lambda: text(pilot.app).count("kept ") == 1)
        await pilot.resize_terminal(110, 34)
        await until(pilot, lambda: "kept " not in text(pilot.app))


async def test_a_team_that_is_ready_is_told_with_whole_names_where_there_is_room() -> None:
    name = "Annemarie van Oldenbarneveldt"
    book = MemoryBook(change_person(small_team(), replace(small_team().people[0], name=name)))
    async with HuddleApp(book, FakeTime(), Ready()).run_test(size=(110, 34)) as pilot:
        await until(pilot, lambda: f"{name}  ★" in text(pilot.app))


def text(app: App[None]) -> str:
    """Every letter on the screen."""
    return "\n".join(on_screen(app))
