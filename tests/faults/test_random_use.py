"""Random keys, pastes, clicks, sizes and bad disks, from every screen: no exception, no frozen screen, nothing lost.

What fails is shrunk and printed: where it began and every step, to be played again with `play`.
"""

from __future__ import annotations

import asyncio
import inspect
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.events import Key, MouseDown, MouseMove, MouseUp, Paste
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerFailed

from huddle_tui import i18n
from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain import checkin
from huddle_tui.domain.huddle import CheckIn, Huddle, Reading, Stage
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.stucks import solved
from huddle_tui.store.port import Book
from huddle_tui.ui import actions
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.checkin.check_in import CheckInScreen
from huddle_tui.ui.kit.questions import ConfirmScreen
from huddle_tui.ui.places import Home, Welcome
from huddle_tui.ui.round.round import RoundScreen
from tests.kit.fakes import FakeTime
from tests.kit.memory_book import MemoryBook
from tests.kit.nasty import LONG, NASTY
from tests.kit.screens import SCREENS, book_of, lonely_book, real_book, today, young_book

Step = tuple[str, object]


@pytest.fixture(autouse=True)
def _timers_that_fire(monkeypatch: pytest.MonkeyPatch) -> None:
    """A play lasts a moment: what the screens look at every so often is looked at all the time."""
    for place in ("round.round._TICK", "disk.LOOK", "checkin.check_in._PAUSE", "home.home._MINUTE"):
        monkeypatch.setattr(f"huddle_tui.ui.{place}", 0.01)


BOOKS: dict[str, Callable[[Path], Book]] = {
    "": lambda _folder: book_of(),
    "none": lambda _folder: MemoryBook(),
    "young": lambda _folder: young_book(),
    "lonely": lambda _folder: lonely_book(),
    "real": real_book,
}
"""The books that are played with, by name: one with a past, none at all, a new team, a team of one, one on disk."""

_OTHERS = {
    "none": ["home"],
    "young": ["home", "closing", "scorecard", "past", "over time", "open ends", "number", "person"],
    "lonely": ["home", "opening", "round", "closing", "check-in", "team", "chart", "settings"],
    "real": ["home", "round", "check-in", "team"],
}
FEW = [*SCREENS, "home, none", "home, young", "closing, lonely", "round, real", "check-in, real"]
ALL = [*SCREENS, *(f"{screen}, {book}" for book, screens in _OTHERS.items() for screen in screens)]
"""Where a play begins: a screen, and with which book where it is not the one with a past."""

PATIENCE = 120.0
"""Seconds without an answer after which a screen is frozen: far more than the slowest machine needs."""
SLOW = 0.02
"""Seconds that a save takes on a slow disk."""

NAMED = sorted({key for action in actions.ACTIONS for key in action.keys.split(",")})
OTHERS = [
    "tab",
    "shift+tab",
    "backspace",
    "delete",
    "home",
    "end",
    "pageup",
    "pagedown",
    "ctrl+c",
    "ctrl+a",
    "ctrl+w",
    "q",
    "ctrl+q",
    "y",
]
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
    st.sampled_from(["fails", "slow", "well", "well"]).map(lambda how: ("disk", how)),
)


class Watch:
    """Sees what is frozen. It could not even be closed any more, so the play is given up as it stands."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self.frozen: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def over(self, answer: Coroutine[Any, Any, None], what: str) -> None:
        """Waits for that answer; where none comes the play ends here."""
        try:
            await asyncio.wait_for(answer, self._patience)
        except TimeoutError:
            self.frozen.set_result(what)
            await asyncio.Event().wait()


def let_disk(book: Book, how: str) -> None:
    """From now on every save fails, is slow, or does well; a book on disk does what the disk does."""
    if isinstance(book, MemoryBook):
        book.fail_with = HuddleError("De schijf is vol.") if how == "fails" else None
        book.before_save = a_slow_save if how == "slow" else None


def a_slow_save() -> None:
    threading.Event().wait(SLOW)


async def take(pilot: Pilot[None], time: FakeTime, step: Step, watch: Watch) -> None:
    """One step; keys and pastes go in as the terminal sends them, whatever has the focus."""
    app = pilot.app
    assert isinstance(app, HuddleApp)
    match step:
        case "key", str(key):
            if len(key) == 1:
                app.post_message(Key(_character_to_key(key), key))
            else:
                app.post_message(Key(key, {"enter": "\r", "tab": "\t"}.get(key)))
        case "paste", str(text):
            app.post_message(Paste(text))
        case "click", (int(x), int(y)):
            assert app._driver is not None
            for kind in (MouseMove, MouseDown, MouseUp):  # as from a terminal, also beside what is drawn by now
                press = kind(None, x, y, 0, 0, kind is not MouseMove, False, False, False, screen_x=x, screen_y=y)
                app._driver.process_message(press)
        case "size", (int(width), int(height)):
            await pilot.resize_terminal(width, height)
        case "wait", float(seconds):
            time.seconds += seconds
        case "disk", str(how):
            let_disk(app.book, how)
    await watch.over(answered(app), f"the program, at {step}")
    if app.is_running:
        await watch.over(answered(app.screen), f"{app.screen}, at {step}")
    if app.is_running and app.focused is not None:
        await watch.over(answered(app.focused), f"{app.focused}, at {step}")


async def answered(pump: MessagePump) -> None:
    """Until it has taken everything it was sent before; or is gone, or the program has crashed: answers too."""
    taken = asyncio.Event()
    pump.call_later(taken.set)
    while not taken.is_set() and pump.is_running and pump.is_attached and pump.app._exception is None:
        await asyncio.sleep(0.001)


def marks_off(huddle: Huddle) -> Huddle:
    """A huddle without what may be marked in it later: stucks solved, actions done."""
    turns = tuple(solved(turn, None) for turn in huddle.turns)
    return replace(huddle, turns=turns, actions=tuple(replace(a, done_on=None) for a in huddle.actions))


def past_of(book: Book, before: date) -> list[Huddle]:
    return [marks_off(huddle) for huddle in book.huddles(day for day in book.days() if day < before)]


def said_in(screen: Screen[Any]) -> Iterator[tuple[str, Reading]]:
    """What a round shows as said."""
    if isinstance(screen, RoundScreen):
        for turn in screen.round.huddle.turns:
            for reading in turn.readings:
                if screen.hosting.is_said(turn.person, reading):
                    yield turn.person, reading


def nothing_lost(app: HuddleApp) -> None:
    """Whatever a round shows as said, or a check-in as saved, is in the book."""
    for screen in app.screen_stack:
        if isinstance(screen, RoundScreen):
            said = list(said_in(screen))  # before the book is read: a save may end at any moment
            stored = app.book.huddle(screen.hosting.day)
            for person, reading in said:
                turn = stored.turn(person) if stored else None
                assert turn is not None, f"{person} has no turn in the book"
                assert turn.reading(reading.kpi) == reading
        if isinstance(screen, CheckInScreen) and screen.checking_in.saved and not screen.checking_in.begun:
            assert kept(app.book, screen.checking_in.draft)


def kept(book: Book, draft: CheckIn) -> bool:
    """Whether that check-in is in the book as it is."""
    return checkin.is_blank(draft) or draft in book.check_ins(draft.person)


async def left(pilot: Pilot[None], time: FakeTime, watch: Watch) -> None:
    """There is a way out of everything, with the keys that a person would try."""
    app = pilot.app
    for tries in range(24):
        plain = ["ctrl+q"] if tries % 2 else ["escape"]
        for key in ["right", "enter"] if isinstance(app.screen, ConfirmScreen) else plain:
            if app.is_running:
                await take(pilot, time, ("key", key), watch)
        await pilot.pause()
        if app._exit:
            return
    raise AssertionError(f"no way out of {app.screen_stack}")


def all_kept(screens: list[Screen[Any]], book: Book) -> None:
    """After the end: everything that was said or typed in what was open is in the book."""
    for screen in screens:
        if isinstance(screen, RoundScreen) and not screen.watching:
            stored = book.huddle(screen.hosting.day)
            if screen.round.huddle.stage is Stage.OPENING and stored is None:
                continue  # nothing is stored before the first turn begins (METHOD 8)
            assert stored is not None
            for turn in screen.round.huddle.turns:
                found = stored.turn(turn.person)
                assert found is not None
                assert (found.readings, found.stucks) == (turn.readings, turn.stucks)
        if isinstance(screen, CheckInScreen) and not screen.checking_in.begun:
            assert kept(book, screen.checking_in.draft)


async def played(start: str, steps: list[Step], watch: Watch) -> None:
    """Plays steps from a screen on, looks after each whether all is well, and leaves."""
    i18n.use("en", "nl")
    opening, _, kind = start.partition(", ")
    with tempfile.TemporaryDirectory() as folder:
        book = BOOKS[kind](Path(folder) / "book")
        day = today(book) if book.exists() else date(2026, 11, 23)
        past = past_of(book, day)
        time = FakeTime(day)
        app = HuddleApp(book, time, Home() if book.exists() else Welcome())
        async with app.run_test(size=(110, 34), notifications=True, tooltips=True) as pilot:
            if book.exists():
                await app.push_screen(SCREENS[opening](app))
            for step in steps:
                await take(pilot, time, step, watch)
                if not app.is_running or app._exit:
                    break
                nothing_lost(app)
            let_disk(book, "well")
            open_now = list(app.screen_stack)
            if app.is_running and not app._exit:
                await left(pilot, time, watch)
        assert app.crash is None
        all_kept(open_now, book)
        assert past_of(book, day) == past


def play(start: str, steps: list[Step], patience: float = PATIENCE) -> None:
    """Plays it to its end, or until something is frozen."""

    async def until_the_end() -> None:
        watch = Watch(patience)
        game = asyncio.create_task(played(start, steps, watch))
        ends: set[asyncio.Future[Any]] = {game, watch.frozen}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        assert game.done(), f"frozen: {watch.frozen.result()}"
        game.result()

    asyncio.run(until_the_end())


@pytest.mark.parametrize("start", FEW)
@given(steps=st.lists(STEP, min_size=10, max_size=40))
@settings(max_examples=3, suppress_health_check=list(HealthCheck), print_blob=True)
def test_random_use(start: str, steps: list[Step]) -> None:
    play(start, steps)


@pytest.mark.full
@pytest.mark.parametrize("start", ALL)
@given(steps=st.lists(STEP, min_size=50, max_size=200))
@settings(max_examples=25, suppress_health_check=list(HealthCheck), print_blob=True)
def test_random_use_for_long(start: str, steps: list[Step]) -> None:
    play(start, steps)


# Controls: a program that is broken on purpose does not pass.

SAYING: list[Step] = [("key", key) for key in ("enter", *"123", "enter")]


def test_the_day_goes_on_while_it_is_played() -> None:
    """A control of the steps themselves: digits and Enter hold a huddle."""
    play("opening", [*SAYING, ("wait", timedelta(days=1).total_seconds())])


def test_a_number_shown_as_said_too_early_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hosting, "is_said", lambda *_: True)
    with pytest.raises(AssertionError):
        play("opening", [("key", "enter"), ("disk", "fails"), *SAYING])


def test_a_number_that_never_reaches_the_book_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hosting, "save", lambda *_: None)
    with pytest.raises(AssertionError):
        play("opening", SAYING)


def test_a_check_in_that_is_not_saved_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huddle_tui.activities.checking_in.CheckingIn.saved", True)
    with pytest.raises(AssertionError):
        play("check-in", [("disk", "fails"), ("key", "7")])


@pytest.mark.parametrize("place", ["_show_time", "_save", "_saved", "_recalling", "action_pause"])
def test_an_exception_anywhere_is_seen(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    async def broken_off(*_: object) -> None:
        raise ZeroDivisionError

    waited_for = inspect.iscoroutinefunction(getattr(RoundScreen, place))
    monkeypatch.setattr(RoundScreen, place, broken_off if waited_for else broken)
    with pytest.raises((ZeroDivisionError, WorkerFailed)) as caught:
        play("round", [("key", "f5")])
    assert "ZeroDivisionError" in str(caught.getrepr())


def test_a_toast_that_cannot_be_drawn_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HuddleApp, "action_help_quit", lambda app: app.notify("[/]"))
    with pytest.raises(BaseException, match=r"\[/\]|markup|tag"):
        play("home", [("key", "ctrl+c"), *[("key", "down")] * 5])


def test_a_frozen_screen_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    async def forever(_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(RoundScreen, "action_pause", forever)
    with pytest.raises(AssertionError, match="frozen"):
        play("round", [("key", "f5")], patience=0.2)


def test_a_screen_without_a_way_out_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HuddleApp, "action_leave", lambda _: None)
    with pytest.raises(AssertionError, match="no way out"):
        play("home", [])
