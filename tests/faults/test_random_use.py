"""Random keys, pastes, clicks and sizes, from every screen: no exception, no frozen screen, nothing said is lost.

What fails is shrunk and printed: where it began and every step, to be played again with `played`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.events import Key, MouseDown, MouseMove, MouseUp, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen

from huddle_tui import i18n
from huddle_tui.domain.huddle import Huddle, Reading
from huddle_tui.ui import actions
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.screens.home import HomeScreen
from huddle_tui.ui.screens.round import RoundScreen
from tests.fakes import FakeTime
from tests.faults.screens import SCREENS, book_of, today
from tests.memory_book import MemoryBook
from tests.nasty import LONG, NASTY

QUIT = {"q", "ctrl+q"}
NAMED = sorted({key for action in actions.ACTIONS for key in action.keys.split(",")} - QUIT)
OTHERS = ["tab", "shift+tab", "backspace", "delete", "home", "end", "pageup", "pagedown", "ctrl+c", "ctrl+a", "ctrl+w"]
LETTERS = list("0123456789,.-+?aeij[]/=*%€ é")

STEP = st.one_of(
    st.sampled_from(["enter"] * 6 + ["escape", "up", "down", "left", "right"]).map(lambda key: ("key", key)),
    st.sampled_from([*"0123456789"]).map(lambda key: ("key", key)),
    st.sampled_from([*NAMED, *OTHERS, *LETTERS]).map(lambda key: ("key", key)),
    st.sampled_from([*NASTY, LONG]).map(lambda text: ("paste", text)),
    st.tuples(st.integers(0, 109), st.integers(0, 33)).map(lambda place: ("click", place)),
    st.tuples(st.sampled_from([1, 40, 60, 80, 110, 150]), st.sampled_from([1, 10, 18, 24, 34, 50])).map(
        lambda size: ("size", size)
    ),
    st.sampled_from([0.3, 20.0, 300.0, 86400.0]).map(lambda seconds: ("wait", seconds)),
)


async def take(pilot: Pilot[None], time: FakeTime, step: tuple[str, object]) -> None:
    """One step; keys and pastes go in as the terminal sends them, whatever has the focus."""
    match step:
        case "key", str(key):
            if len(key) == 1:
                pilot.app.post_message(Key(_character_to_key(key), key))
            else:
                pilot.app.post_message(Key(key, {"enter": "\r", "tab": "\t"}.get(key)))
        case "paste", str(text):
            pilot.app.post_message(Paste(text))
        case "click", (int(x), int(y)):
            assert pilot.app._driver is not None
            for kind in (MouseMove, MouseDown, MouseUp):  # as from a terminal, also beside what is drawn by now
                press = kind(None, x, y, 0, 0, kind is not MouseMove, False, False, False, screen_x=x, screen_y=y)
                pilot.app._driver.process_message(press)
        case "size", (int(width), int(height)):
            await pilot.resize_terminal(width, height)
        case "wait", float(seconds):
            time.seconds += seconds
    taken = asyncio.Event()
    pilot.app.call_later(taken.set)
    await taken.wait()


def marks_off(huddle: Huddle) -> Huddle:
    """A huddle without what may be marked in it later: stucks solved, actions done."""
    turns = tuple(replace(turn, stuck_solved_on=None) for turn in huddle.turns)
    return replace(huddle, turns=turns, actions=tuple(replace(a, done_on=None) for a in huddle.actions))


def past_of(book: MemoryBook, before: date) -> list[Huddle]:
    return [marks_off(huddle) for huddle in book.huddles(day for day in book.days() if day < before)]


def said_in(screen: Screen[object], book: MemoryBook) -> Iterator[tuple[str, Reading]]:
    """What a round shows as said."""
    if isinstance(screen, RoundScreen):
        for turn in screen.round.huddle.turns:
            for reading in turn.readings:
                if screen.hosting.is_said(turn.person, reading):
                    yield turn.person, reading


def nothing_lost(app: HuddleApp, book: MemoryBook) -> None:
    """Whatever a round shows as said is in the book."""
    for screen in app.screen_stack:
        stored = book.huddle(screen.hosting.day) if isinstance(screen, RoundScreen) else None
        for person, reading in said_in(screen, book):
            turn = stored.turn(person) if stored else None
            assert turn is not None
            assert turn.reading(reading.kpi) == reading


async def played(start: str, steps: list[tuple[str, object]]) -> None:
    """Plays steps from a screen on, and looks after each whether all is well."""
    i18n.use("en", "nl")
    book = book_of()
    day = today(book)
    past = past_of(book, day)
    time = FakeTime(day)
    app = HuddleApp(book, time, HomeScreen())
    async with asyncio.timeout(120), app.run_test(size=(110, 34), notifications=True, tooltips=True) as pilot:
        await app.push_screen(SCREENS[start](app))
        for step in steps:
            await take(pilot, time, step)
            if not app.is_running:
                break
            nothing_lost(app, book)
        await pilot.pause()
        nothing_lost(app, book)
    assert app.crash is None
    assert past_of(book, day) == past


@pytest.mark.parametrize("start", SCREENS)
@given(steps=st.lists(STEP, min_size=10, max_size=40))
@settings(max_examples=3, suppress_health_check=list(HealthCheck), print_blob=True)
def test_random_use(start: str, steps: list[tuple[str, object]]) -> None:
    asyncio.run(played(start, steps))


@pytest.mark.full
@pytest.mark.parametrize("start", SCREENS)
@given(steps=st.lists(STEP, min_size=50, max_size=200))
@settings(max_examples=25, suppress_health_check=list(HealthCheck), print_blob=True)
def test_random_use_for_long(start: str, steps: list[tuple[str, object]]) -> None:
    asyncio.run(played(start, steps))


def test_the_day_goes_on_while_it_is_played() -> None:
    """A control of the steps themselves: digits and Enter hold a huddle."""
    steps: list[tuple[str, object]] = [("key", key) for key in ("enter", *"123", "enter")]
    asyncio.run(played("opening", [*steps, ("wait", timedelta(days=1).total_seconds())]))
