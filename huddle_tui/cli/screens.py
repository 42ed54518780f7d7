"""The commands that open a screen: home, a round, a check-in, past huddles, the team, the example."""

from __future__ import annotations

import io
import os
import sys
from contextlib import nullcontext
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.activities.settings import settings_path
from huddle_tui.cli.output import check_terminal, is_terminal, tell, wrapped
from huddle_tui.cli.session import Session
from huddle_tui.cli.usage import Commands, a_day, a_quarter, a_word
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.i18n import _

if TYPE_CHECKING:
    from huddle_tui.activities.links import Pages
    from huddle_tui.activities.timepiece import Timepiece
    from huddle_tui.domain.team import Team
    from huddle_tui.store.port import Book
    from huddle_tui.ui.app import HuddleApp
    from huddle_tui.ui.places import Place


def add(commands: Commands) -> None:
    """What these commands take."""
    demo = commands.add("demo", run_demo)
    demo.add_argument("--keep", type=a_word, metavar=_("DIR"), help=_("keep the copy in this folder, to go on with it"))
    commands.add("run", run_round)
    check_in = commands.add("checkin", run_check_in)
    check_in.add_argument("--as", dest="person", metavar=_("NAME"), help=_("who you are; remembered on this machine"))
    check_in.add_argument(
        "--for", dest="for_person", metavar=_("NAME"), help=_("whose numbers they are: typed by proxy, and marked so")
    )
    check_in.add_argument("--plain", action="store_true", help=_("one question a line, without a screen"))
    review = commands.add("review", run_review)
    of = review.add_mutually_exclusive_group()
    of.add_argument(
        "date", nargs="?", type=a_day, metavar=_("DATE"), help=_("the day: 2026-11-23, today, yesterday or -7")
    )
    of.add_argument(
        "--quarter",
        nargs="?",
        type=a_quarter,
        const="",
        metavar="YYYY-QN",
        help=_("the quarter's review: the one at hand, or such as 2026-Q4"),
    )
    commands.add("team", run_team)


def show(
    session: Session, book: Book, time: Timepiece, first: Place, *, team: Team | None = None, scratch: bool = False
) -> int:
    """Opens the program at its first place; gives back its exit status.

    A book with a `team` is remembered as it is opened, one that is made here when the program ends, and a `scratch`
    one never.
    """
    check_terminal()
    os.environ.setdefault("TEXTUAL_FPS", "400")  # a key is answered at once; while nothing changes nothing is drawn
    from huddle_tui.ui.app import HuddleApp

    if isinstance(sys.__stderr__, io.TextIOWrapper):  # what is drawn on: terminals know UTF-8, whatever they were told
        sys.__stderr__.reconfigure(encoding="utf-8")
    settings = session.settings
    if theme := session.options.theme:
        settings = replace(settings, theme=theme)
    app = HuddleApp(book, time, first, settings, settings_path())
    app.serve = partial(_serve, app, session)
    if "HUDDLE_URL" in os.environ:
        from huddle_tui.cli.serving import links_begin

        app.links_begin = links_begin(session)
    if team is not None:
        session.remember(book, team.name)
    try:
        app.run()
    finally:
        if app.pages is not None:
            app.pages.stop()
    for words in app.last_words:
        tell(words)
    if app.crash is not None:
        from huddle_tui.cli.crash import log_crash

        tell(log_crash(app.crash))
        return 1
    if team is None and not scratch and book.exists():
        session.remember(book, book.team().name)
    if app.next_book:
        return run_home(session.at(app.next_book))
    if app.afterwards == "demo":
        return run_demo(session)
    return app.return_code or int(bool(app.last_words))  # what was typed last is not on disk


def _serve(app: HuddleApp, session: Session) -> Pages:
    """Serves the browser pages beside the screens."""
    from huddle_tui.cli.serving import beside

    return beside(app, session)


def run_home(session: Session) -> int:
    """`huddle`: home, or the welcome where there is no book."""
    from huddle_tui.ui.places import Home, Welcome

    book = session.book
    if book.exists() or book.days():  # huddles without their team are said to be that
        return _at(session, Home())
    session.speak(None)
    from huddle_tui.domain.dates import machine_zone

    return show(session, book, session.time(machine_zone() or "UTC"), Welcome())


def _at(session: Session, place: Place) -> int:
    """The program, at that place; home is one Escape back."""
    book, team, time = session.opened(aloud=False)
    return show(session, book, time, place, team=team)


def run_round(session: Session) -> int:
    """`huddle run`: straight into today's round."""
    from huddle_tui.ui.places import RunHuddle

    return _at(session, RunHuddle())


def run_check_in(session: Session) -> int:
    """`huddle checkin`: that person's own check-in, on a screen or line by line."""
    name, for_name = session.options.person, session.options.for_person
    if session.options.plain:
        return _plain_check_in(session, name, for_name)

    from huddle_tui.ui.places import MyCheckIn

    if given := [who for who in (name, for_name) if who is not None]:
        from huddle_tui.activities.identity import named

        _book, team, _time = session.opened()
        for who in given:
            named(team, who)

    return _at(session, MyCheckIn(name, for_name))


def _plain_check_in(session: Session, name: str | None, for_name: str | None) -> int:
    book, team, time = session.opened()
    if not is_terminal(sys.stdin):
        raise HuddleError(N_("A check-in is typed by its owner in a terminal, never piped in."))
    from huddle_tui.activities import plain_checkin

    def ask(question: str) -> str:
        try:
            return input(wrapped(question))
        except (EOFError, KeyboardInterrupt):
            print()  # what is told stands on a line of its own
            raise

    def answer(text: str) -> None:
        print(wrapped(text))

    return plain_checkin.start(book, team, time, name, ask, answer, for_name=for_name)


def run_review(session: Session) -> int:
    """`huddle review`: past huddles, one day's, or the quarter's review."""
    if session.options.quarter is not None:
        from huddle_tui.domain.quarter import parse
        from huddle_tui.ui.places import QuarterReview

        return _at(session, QuarterReview(parse(session.options.quarter)))
    day: date | None = None
    from huddle_tui.ui.places import HuddleOf, PastHuddles

    if session.options.date is not None:
        from huddle_tui.domain.dates import parse_past_day
        from huddle_tui.domain.huddle import Stage

        book, _team, time = session.opened()
        day = parse_past_day(session.options.date, time.today())
        held = book.huddle(day)
        if held is None or held.stage is Stage.OPENING:
            raise HuddleError(N_("No huddle was held on {day}; `huddle review` lists those that were."), day=day)
    return _at(session, PastHuddles() if day is None else HuddleOf(day))


def run_team(session: Session) -> int:
    """`huddle team`: people, PACe chart and KPIs."""
    from huddle_tui.ui.places import TeamOf

    return _at(session, TeamOf())


def run_demo(session: Session) -> int:
    """`huddle demo`: the example team in a scratch copy, or in a folder to go on with."""
    from huddle_tui.activities.books import folder as folder_of
    from huddle_tui.activities.example import write_example
    from huddle_tui.cli.scratch import scratch_folder
    from huddle_tui.domain.dates import DEFAULT_ZONE
    from huddle_tui.store.tiny import TinyBook
    from huddle_tui.ui.places import Home

    asked = getattr(session.options, "keep", None)  # not there when the welcome screen asked
    keep = folder_of(asked) if asked else None
    if keep and TinyBook(keep).exists():
        raise HuddleError(N_("There is a book in {folder} already: name another folder."), folder=keep)
    check_terminal()
    language = session.options.lang or session.settings.language or i18n.language()
    time = session.time(DEFAULT_ZONE)
    with nullcontext(keep) if keep else scratch_folder("huddle-demo-") as folder:
        book = TinyBook(folder, durable=bool(keep))
        write_example(book, language, time.today())
        team = book.team()
        session.speak(team)
        return show(session, book, session.time(team.timezone), Home(), scratch=not keep)
