"""How it looks: the screens that people know it by, as pictures (`pytest --snapshot-update` renews them)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import pytest
from textual.pilot import Pilot

from huddle_tui import i18n
from huddle_tui.activities.example import write_example
from huddle_tui.activities.settings import Settings
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.home.home import NOTHING_READ, HomeScreen
from huddle_tui.ui.past.looking import LookingScreen
from huddle_tui.ui.places import Home
from huddle_tui.ui.round.round import RoundScreen
from huddle_tui.ui.team.team import TeamScreen
from tests.kit.driven import at_rest
from tests.kit.fakes import MONDAY, FakeTime
from tests.kit.memory_book import MemoryBook

Compare = Callable[..., bool]


@dataclass
class Scene:
    """A screen on the example team's Monday."""

    language: str = "en"
    theme: str = "huddle-night"
    size: tuple[int, int] = (110, 34)
    keys: tuple[str, ...] = ()
    """Lines of keys; `+21` moves the clock by so many seconds."""
    no_colour: bool = False


ROUND = ("r", "enter", "+21", "2 6 0 0 0 enter", "1 7 0 0 0 0 enter enter", "7")
RED = ("r", "enter", "+12", "9 0 0 0 enter")
CLOSING = (*RED, "enter", "ctrl+g p r i n t e r enter", *("ctrl+n",) * 8)
SCENES = {
    "home": Scene(),
    "opening-dutch": Scene("nl", size=(80, 24), keys=("r",)),
    "round-dark": Scene(keys=ROUND),
    "round-light-narrow": Scene("nl", "huddle-day", (80, 24), ROUND),
    "round-large": Scene("nl", size=(200, 60), keys=ROUND),
    "round-contrast": Scene(theme="huddle-contrast", size=(150, 44), keys=ROUND),
    "round-no-colour": Scene(keys=(*RED, "enter", "7"), no_colour=True),
    "red-flag": Scene(keys=RED),
    "overtime": Scene("nl", size=(80, 24), keys=(*ROUND, "+51")),
    "checked-in": Scene(size=(80, 24), keys=("r", "enter", "ctrl+n", "ctrl+n")),
    "closing": Scene(keys=CLOSING),
    "paused": Scene("nl", size=(80, 24), keys=(*RED, "enter", "f5")),
    "scorecard": Scene(keys=("s",)),
    "past-large": Scene("nl", size=(150, 44), keys=("p",)),
    "number-light": Scene(theme="huddle-day", keys=("s", "down down down down n")),
    "team-contrast": Scene("nl", "huddle-contrast", (80, 24), ("t",)),
}


@pytest.fixture(scope="module")
def books() -> dict[str, MemoryBook]:
    """The example team in both languages, its last quarter."""
    made = {language: MemoryBook() for language in ("en", "nl")}
    for language, book in made.items():
        write_example(book, language, MONDAY, weeks=8)
    return made


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    i18n.use("en")


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_it_looks_as_it_did(
    name: str, books: dict[str, MemoryBook], snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, time = SCENES[name], FakeTime()
    time.seconds -= 300
    if scene.no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    i18n.use(scene.language, scene.language)
    app = HuddleApp(books[scene.language].copy(), time, Home(), Settings(theme=scene.theme))

    async def act(pilot: Pilot[None]) -> None:
        await settle(pilot)
        for line in scene.keys:
            if line.startswith("+"):
                time.seconds += float(line)
            else:
                await pilot.press(*line.split())
            await settle(pilot)
        if isinstance(pilot.app.screen, RoundScreen):
            pilot.app.screen.renew()
        await pilot.pause()

    before: Callable[[Pilot[None]], Awaitable[None]] = act
    assert snap_compare(app, terminal_size=scene.size, run_before=before)


async def settle(pilot: Pilot[None]) -> None:
    """Until home or what looks back has read the book, or the round is on disk."""
    for _ in range(500):
        await pilot.pause()
        screen = pilot.app.screen
        if isinstance(screen, HomeScreen) and screen.known is not NOTHING_READ:
            return
        if isinstance(screen, RoundScreen) and not screen.hosting.unsaved:
            return
        if isinstance(screen, LookingScreen) and at_rest(pilot.app):
            return
        if isinstance(screen, TeamScreen) and not any(w.group == "coach" and w.is_running for w in screen.workers):
            return
    raise AssertionError("it never came to rest")
