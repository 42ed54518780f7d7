"""Every screen of the program, each with the way to open it on a book with a past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from msgspec.structs import replace
from textual.screen import Screen

from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain.huddle import CheckIn, Entry
from huddle_tui.domain.team import Process
from huddle_tui.store.port import Book
from huddle_tui.store.tiny import TinyBook
from huddle_tui.ui import actions
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.checkin.check_in import CheckInScreen
from huddle_tui.ui.checkin.who_am_i import WhoAmIScreen
from huddle_tui.ui.home.help import HelpScreen
from huddle_tui.ui.home.home import HomeScreen
from huddle_tui.ui.home.palette import Palette
from huddle_tui.ui.home.welcome import WelcomeScreen
from huddle_tui.ui.kit.questions import AskLineScreen, ConfirmScreen
from huddle_tui.ui.links.links import LinksScreen
from huddle_tui.ui.past.huddle_detail import HuddleDetailScreen
from huddle_tui.ui.past.kpi_history import KpiHistoryScreen
from huddle_tui.ui.past.open_ends import OpenEndsScreen
from huddle_tui.ui.past.past_huddles import PastHuddlesScreen
from huddle_tui.ui.past.person import PersonScreen
from huddle_tui.ui.past.quarter import QuarterScreen
from huddle_tui.ui.past.scorecard import ScorecardScreen
from huddle_tui.ui.past.team_over_time import TeamOverTimeScreen
from huddle_tui.ui.round.recap import RecapScreen
from huddle_tui.ui.round.round import RoundScreen
from huddle_tui.ui.round.taken import TakenScreen
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
from tests.kit.memory_book import MemoryBook
from tests.kit.random_books import FIRST, random_huddles, random_team

Opening = Callable[[HuddleApp], Screen[Any]]
"""Makes the screen."""


@cache
def _pages() -> MemoryBook:
    team, past = random_huddles(Random(6), random_team(Random(6)), 15, FIRST)
    processes = tuple(Process(f"q{n}", f"van aanvraag tot klant {n}", p.id) for n, p in enumerate(team.people))
    book = MemoryBook(replace(team, processes=processes), past)
    mine = CheckIn("p1", today(book), (Entry("p1-k0", "8", True, Decimal(8)),), stuck="printer")
    book.change_check_in("p1", mine.huddle_day, lambda _: mine)
    return book


def book_of() -> MemoryBook:
    """A team of four with a few weeks behind it, and one who has checked in for today."""
    return _pages().copy()


def young_book() -> MemoryBook:
    """The same team before its first huddle."""
    return MemoryBook(_pages().team())


def lonely_book() -> MemoryBook:
    """A team of one, before its first huddle."""
    team = _pages().team()
    one = team.people[0]
    return MemoryBook(replace(
        team, people=(one,), kpis=tuple(k for k in team.kpis if k.owner == one.id), processes=(), promise_changes=(),
    ))  # fmt: skip


def real_book(folder: Path) -> TinyBook:
    """The team with its past, on disk."""
    pages, book = _pages(), TinyBook(folder)
    book.change_team(lambda _: pages.team())
    for huddle in pages.huddles(pages.days()[-3:]):
        book.change_huddle(huddle.day, lambda _, made=huddle: made)  # type: ignore[misc]  # mypy sees no default
    return book


def today(book: Book) -> date:
    """The working day after the last huddle, or the first of all."""
    if not book.days():
        return FIRST
    last = book.days()[-1]
    return book.team().calendar.after(last) if book.team().members else last + timedelta(1)


def _round(app: HuddleApp, *, started: bool = True) -> RoundScreen:
    hosting = Hosting(app.book, app.time)
    hosting.claim()
    if started:
        hosting.do(lambda r: r.start(app.time.monotonic(), app.time.now()))
    return RoundScreen(hosting)


def _closing(app: HuddleApp) -> RoundScreen:
    screen = _round(app)
    for _ in app.book.team().members:
        screen.hosting.do(lambda r: r.next(app.time.monotonic()))
    return screen


def _first(app: HuddleApp) -> str:
    return app.book.team().kpis[0].id


SCREENS: dict[str, Opening] = {
    "home": lambda _app: HomeScreen(),
    "opening": lambda app: _round(app, started=False),
    "round": _round,
    "watching": lambda app: RoundScreen(Hosting(app.book, app.time), watching=True),
    "closing": _closing,
    "recap": lambda app: RecapScreen(next(iter(app.book.huddles(app.book.days()))), app.book.team()),
    "taken": lambda app: TakenScreen(Hosting(app.book, app.time)),
    "check-in": lambda _app: CheckInScreen("p1", "p1"),
    "who am I": lambda _app: WhoAmIScreen(),
    "past": lambda _app: PastHuddlesScreen(),
    "huddle": lambda app: HuddleDetailScreen(app.book.days()[-1]),
    "scorecard": lambda _app: ScorecardScreen(),
    "number": lambda app: KpiHistoryScreen(_first(app)),
    "person": lambda _app: PersonScreen("p1"),
    "quarter": lambda _app: QuarterScreen(),
    "over time": lambda _app: TeamOverTimeScreen(),
    "open ends": lambda _app: OpenEndsScreen(),
    "team": lambda _app: TeamScreen(),
    "links": lambda _app: LinksScreen("p0"),
    "chart": lambda _app: PaceChartScreen(),
    "templates": lambda _app: TemplatesScreen(),
    "library": lambda _app: KpiLibrary(lambda _example: None, "klanten"),
    "number form": lambda app: KpiForm("p0", app.book.team().kpis[0]),
    "person form": lambda app: PersonForm(app.book.team().people[0]),
    "process form": lambda app: ProcessForm(app.book.team().processes[0]),
    "settings": lambda _app: SettingsForm(),
    "import": lambda _app: ImportScreen(),
    "welcome": lambda _app: WelcomeScreen(),
    "guide: team": lambda _app: TeamStep(),
    "guide: people": lambda _app: PeopleStep(),
    "guide: numbers": lambda app: NumbersStep(app.book.team().people[0]),
    "ready": lambda _app: ReadyStep(),
    "help": lambda _app: HelpScreen(actions.of("scorecard"), ScorecardScreen.ABOUT),
    "palette": lambda app: Palette(tuple(app.commands(HomeScreen())), "What do you want to do?"),
    "question": lambda _app: AskLineScreen("Waarom?", "daarom", lambda _line: None, None),
    "confirm": lambda _app: ConfirmScreen("Echt?", "Ja", "Nee"),
}
