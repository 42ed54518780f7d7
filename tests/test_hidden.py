"""What was checked in stays hidden until its owner says it aloud: on the shared screen, in exports and files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.activities.hosting import Hosting
from huddle_tui.cli.crash import log_crash
from huddle_tui.domain.huddle import CheckIn, Entry
from huddle_tui.exchange.writing.exports import EXPORTS
from huddle_tui.i18n import say
from huddle_tui.store.tiny import TinyBook
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.home.home import HomeScreen
from huddle_tui.ui.look import bigfont
from huddle_tui.ui.places import Home, RunHuddle
from tests.kit.exporting import exported_text
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.round_table import Table, table

SECRET = Decimal("4711.37")
BLOCKS = tuple(
    line.strip()
    for text in ("4.711,37", "4711,37")
    for form in ({}, {"small": True}, {"scale": 2})
    for line in bigfont.big(text, **form)
    if len(line.strip()) > 15
)
"""The number in block letters of every size, row by row."""
TRACES = ("4711", "4.711", "4711,37", "geheim plan", "geheime printer", "4.703", "4712")
"""The number, how far it is from its promise, its note, its stuck and its next promise, as they might show."""


def secret(person: str = "sanne") -> CheckIn:
    entries = (
        Entry(f"{person}-open", "4711,37", True, SECRET, "geheim plan", "4712", Decimal(4712)),
        Entry(f"{person}-opgelost", "4711,37", True, SECRET),
    )
    return CheckIn(person, MONDAY, entries, stuck="geheime printer", by=person, closed=True)


def everything_shown(t: Table) -> str:
    """Every letter of the screen, with title, toasts, palette and the text for the clipboard."""
    app, screen = t.pilot.app, t.pilot.app.screen
    said = [t.text(), str(app.title), str(app.sub_title), str(screen.title), str(app.clipboard)]
    said.append(t.toasts)
    if isinstance(screen, HuddleScreen):
        said += [f"{c.title} {c.help}" for c in screen.huddle_app.commands(screen)]
    return "\n".join(said)


def exported(book: MemoryBook | TinyBook) -> str:
    """Every export of the book, the recap of today among them."""
    team, huddle = book.team(), book.huddle(MONDAY)
    texts = [
        piece
        for what, formats in EXPORTS.items()
        for format in formats
        for piece in [exported_text(what, format, team, [huddle] if huddle else [])]
    ]
    return "\n".join(texts)


def nothing_given_away(text: str) -> None:
    for trace in (*TRACES, *BLOCKS):
        assert trace not in text


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_nothing_shows_before_it_is_said(size: tuple[int, int]) -> None:
    book = MemoryBook(small_team())
    for person in ("sanne", "josé", "fatima"):
        book.change_check_in(person, MONDAY, lambda _, person=person: secret(person))  # type: ignore[misc]
    async with table(book, size=size) as t:
        nothing_given_away(everything_shown(t))
        await t.keys("|")
        for key in ("up", "down", "f1", "escape", "ctrl+r", "escape", "ctrl+p", "escape", "f5", "f5", "ctrl+l"):
            nothing_given_away(everything_shown(t))
            nothing_given_away(exported(book))
            await t.pilot.press(key)
            await t.pilot.pause()
        await t.keys("ctrl+n", "ctrl+n", "ctrl+n")
        nothing_given_away(everything_shown(t))
        nothing_given_away(exported(book))
        await t.keys("5|")
        nothing_given_away(everything_shown(t))


async def test_it_shows_once_it_is_said() -> None:
    """A control: the search above would find it."""
    book = MemoryBook(small_team())
    book.change_check_in("sanne", MONDAY, lambda _: replace(secret(), entries=secret().entries[1:]))
    async with table(book) as t:
        await t.keys("|", "|")
        shown = everything_shown(t)
        assert any(line in shown for line in BLOCKS)
        assert "4.703" in shown
        assert "4711.37" in exported(book)


async def test_home_and_the_watching_program_show_nothing() -> None:
    book = MemoryBook(small_team())
    book.change_check_in("sanne", MONDAY, lambda _: secret())
    async with HuddleApp(book, FakeTime(), Home()).run_test(size=(110, 34)) as pilot:
        here = Table(pilot, book, FakeTime())
        await here.until(lambda: "checked in" in here.text())
        nothing_given_away(everything_shown(here))
    async with table(book) as first:
        await first.keys("|")
        async with table(book.beside()) as second:
            await second.pilot.press("w")
            await second.pilot.pause()
            nothing_given_away(everything_shown(second))


async def test_no_file_but_the_check_in_and_its_huddle_has_it(tmp_path: Path) -> None:
    book = TinyBook(tmp_path / "book")
    book.change_team(lambda _: small_team())
    book.change_check_in("sanne", MONDAY, lambda _: secret())
    async with HuddleApp(book, FakeTime(), RunHuddle()).run_test(size=(110, 34)) as pilot:
        t = Table(pilot, MemoryBook(small_team()), FakeTime())
        await t.until(lambda: not isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("enter")
        await t.settled()
    book.summaries()
    for path in tmp_path.rglob("*"):
        if path.is_file() and not {"checkins", "huddles"} & set(path.parts):
            nothing_given_away(path.read_text("utf-8", "replace"))
    nothing_given_away(exported(book))
    assert all("geheim" not in summary.text for summary in book.summaries())


async def test_no_way_from_home_leads_to_it_while_the_round_runs() -> None:
    """Scorecard, past huddles and today's, people, histories, open ends, the team over time: none has it yet."""
    book, time = MemoryBook(small_team()), FakeTime()
    for person in ("sanne", "josé"):
        book.change_check_in(person, MONDAY, lambda _, person=person: secret(person))  # type: ignore[misc]
    hosting = Hosting(book, time)
    hosting.do(lambda r: r.start(time.monotonic(), time.now()))
    hosting.save()
    assert book.huddle(MONDAY).turns[0].hidden is not None  # type: ignore[union-attr]
    async with HuddleApp(book, time, Home()).run_test(size=(150, 44), notifications=True, tooltips=True) as pilot:
        t, reached = Table(pilot, book, time), set()
        await t.until(lambda: "have spoken" in t.text())
        for way in ("s", "s enter", "s n", "s p", "p", "p enter", "o", "w", "t", "t p", "t enter"):
            for key in way.split():
                await pilot.press(key)
                await pilot.pause(0.05)
                nothing_given_away(everything_shown(t))
            reached.add(type(pilot.app.screen).__name__)
            for _ in range(5):
                if not isinstance(pilot.app.screen, HomeScreen):
                    await pilot.press("escape")
                    await pilot.pause()
        assert {"ScorecardScreen", "PastHuddlesScreen", "OpenEndsScreen", "TeamOverTimeScreen", "TeamScreen"} <= reached
        assert "HuddleDetailScreen" in reached


def test_the_log_of_a_crash_has_no_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_args, **_options: tmp_path)

    def crash(number: Decimal) -> None:
        raise ValueError(f"cannot show {number}, geheim plan")

    try:
        crash(SECRET)
    except ValueError as error:
        sentence = say(log_crash(error))
    logged = (tmp_path / "huddle.log").read_text("utf-8")
    assert "ValueError" in logged
    nothing_given_away(logged + sentence)
