"""The one door: parses, wires store, time, activity and screen, prints.

Data goes to standard output, talk to standard error. Exit status: 0 done, 1 it went wrong (one sentence, and what to
do; never a traceback), 2 wrong usage, 128 + n ended by signal n, a reader that went away (SIGPIPE) included. What a
command does not need is not imported: `--version` and `export` know no screen.
"""

from __future__ import annotations

import argparse
import errno
import gc
import io
import json
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from msgspec.structs import replace

from huddle_tui import __version__, i18n
from huddle_tui.activities import settings as own
from huddle_tui.domain.sentence import N_, HuddleError, Sentence, reason
from huddle_tui.domain.text import clean
from huddle_tui.i18n import _, say
from huddle_tui.usage import Parser, reader

if TYPE_CHECKING:
    from huddle_tui.activities.timepiece import SystemTime
    from huddle_tui.domain.team import Team
    from huddle_tui.store.port import Book
    from huddle_tui.store.tiny import TinyBook
    from huddle_tui.ui.screens.base import HuddleScreen
    from huddle_tui.ui.screens.home import HomeScreen

EXPORTS = ("huddles", "readings", "scorecard", "actions", "team")
FORMATS = ("md", "csv", "json", "toml", "html")
THEMES = ("huddle-night", "huddle-day", "huddle-contrast")


def entry() -> NoReturn:
    """What the `huddle` command runs."""
    gc.disable()  # nothing that a start makes is garbage: a screen collects again once it stands, a command ends soon
    sys.exit(main(sys.argv[1:]))


def main(arguments: list[str]) -> int:
    """Runs one command; gives back the exit status."""
    if sys.stdout is None:  # closed by who started it
        sys.stdout = _Closed()
    status, crash = 1, None
    try:
        status = _run(arguments)
    except SystemExit as asked:  # help, the version, wrong usage
        status = asked.code if isinstance(asked.code, int) else 0
    except HuddleError as error:
        tell(error.sentence)
    except KeyboardInterrupt:
        status = 128 + 2
    except Exception as error:
        crash = error
    why = _output_trouble(crash)
    if isinstance(why, BrokenPipeError):  # whoever read it has seen enough
        return 128 + 13
    if why is not None:
        tell(Sentence(N_("Standard output cannot be written: {why}."), {"why": reason(why)}))
        return 1
    if crash is not None:
        tell(_log_crash(crash))
    return status


def _run(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a sign that the terminal's encoding lacks is no reason to stop
            stream.reconfigure(errors="replace")
    settings = own.load(own.settings_path())
    asked = _asked_language(arguments)
    i18n.use(asked if asked in i18n.LANGUAGES else settings.language or _system_language())
    nothing_asked = argparse.Namespace(data=None, lang=None, theme=None)  # set_defaults would undo SUPPRESS below
    options = _parser().parse_args(arguments, nothing_asked)
    return int(options.run(Session(options, settings)) or 0)


class _Closed(io.TextIOBase):
    """A standard output that is none: what is written to it is missed, and it says so."""

    _missed = False

    def write(self, text: str) -> int:
        self._missed = True
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    def flush(self) -> None:
        if self._missed:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _output_trouble(crash: Exception | None) -> OSError | None:
    """What keeps standard output from being written, if anything does; it is given up then.

    The store makes a sentence of every error of its files, so a bare one that names no file is that of the output.
    """
    why = crash if isinstance(crash, OSError) and crash.filename is None else None
    try:
        sys.stdout.flush()
    except OSError as error:
        why = why or error
    if why is not None:
        _give_up(sys.__stdout__)
        sys.stdout = _Closed()
    return why


def _give_up(stream: TextIO | None) -> None:
    """What the stream still holds goes nowhere, in silence: else Python complains of it when the program ends."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(sentence: Sentence | str) -> None:
    """Talk, to standard error; a file's name in it may hold what a terminal would obey."""
    if sys.stderr is None:
        return
    try:
        print(clean(say(sentence) if isinstance(sentence, Sentence) else sentence), file=sys.stderr, flush=True)
    except OSError:  # it is gone, or full: there is nobody else to tell
        _give_up(sys.__stderr__)


def _asked_language(arguments: list[str]) -> str | None:
    """`--lang` before anything is parsed, so that help and usage errors speak it too."""
    for place, word in enumerate(arguments):
        if word == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def _system_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "nl" if value.casefold().startswith("nl") else "en"
    return "en"


@dataclass(frozen=True)
class Session:
    """One run of the command: its options, the settings, and from them the book and the time."""

    options: argparse.Namespace
    settings: own.Settings

    def folder(self) -> Path:
        """Where the book is: `--data`, `HUDDLE_DATA`, `./data` if it holds a book, the platform's own place."""
        if self.options.data:
            return Path(self.options.data)
        if named := os.environ.get("HUDDLE_DATA"):
            return Path(named)
        if (here := Path("data")).joinpath("team.json").exists():
            return here
        from platformdirs import user_data_path

        return user_data_path("huddle-tui", appauthor=False) / "book"

    def book(self, folder: Path | None = None) -> TinyBook:
        """The book, whether or not there is one yet."""
        from huddle_tui.store.tiny import TinyBook

        return TinyBook(folder or self.folder())

    def time(self, zone: str) -> SystemTime:
        """The time of the machine, or the one that `HUDDLE_TODAY` starts."""
        from huddle_tui.activities.timepiece import SystemTime
        from huddle_tui.domain import dates

        named = os.environ.get("HUDDLE_TODAY")
        return SystemTime(zone, dates.parse_moment(named, zone) if named else None)

    def speak(self, team: Team | None) -> None:
        """The language asked for, else the team's; numbers and dates are always the team's."""
        language = self.options.lang or self.settings.language
        if team is not None:
            i18n.use(language or team.locale, team.locale)
        elif language:
            i18n.use(language)

    def opened(self) -> tuple[Book, Team, SystemTime]:
        """An existing book, its team and its time; raises HuddleError where there is none."""
        book = self.book()
        if not book.exists():
            raise HuddleError(
                N_("There is no book in {folder}: make one with `huddle init`, or try `huddle demo`."),
                folder=self.folder(),
            )
        team = book.team()
        self.speak(team)
        for notice in book.take_notices():
            tell(notice)
        return book, team, self.time(team.timezone)


# The screens


def show(session: Session, book: Book, time: SystemTime, first: Callable[[], HuddleScreen]) -> int:
    """Opens the program on its first screen; gives back its exit status."""
    _check_terminal()
    os.environ.setdefault("TEXTUAL_FPS", "400")  # a key is answered at once; while nothing changes nothing is drawn
    from huddle_tui.ui.app import HuddleApp

    if isinstance(sys.__stderr__, io.TextIOWrapper):  # what is drawn on: terminals know UTF-8, whatever they were told
        sys.__stderr__.reconfigure(encoding="utf-8")
    settings = session.settings
    if theme := session.options.theme:
        settings = replace(settings, theme=theme)
    app = HuddleApp(book, time, first(), settings, own.settings_path())
    app.run()
    for words in app.last_words:
        tell(words)
    if app.crash is not None:
        tell(_log_crash(app.crash))
        return 1
    return run_demo(session) if app.afterwards == "demo" else app.return_code or 0


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether it is one; a stream that was closed by who started the program is None."""
    return stream is not None and stream.isatty()


def _check_terminal() -> None:
    """A screen needs a terminal; raises HuddleError with what to do."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return
    # Keys come from the first, the picture goes to the last.
    if not all(_is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise HuddleError(
            N_(
                "This needs a terminal to draw in, and standard input, output or error is none; for data use "
                "`huddle export`."
            )
        )
    if os.name == "posix" and not _terminal_known(os.environ.get("TERM", "")):
        raise HuddleError(
            N_(
                "The terminal type TERM={name} cannot be drawn in: set TERM to your terminal's, such as xterm-256color."
            ),
            name=os.environ.get("TERM") or "(empty)",
        )


def _terminal_known(name: str) -> bool:
    if name in {"", "dumb", "unknown"}:
        return False
    families = ("xterm", "screen", "tmux", "rxvt", "linux", "vt", "alacritty", "kitty", "foot", "wezterm", "konsole",
                "ghostty", "iterm", "contour", "st-", "ansi", "cygwin", "putty", "eterm", "nsterm")  # fmt: skip
    if name.casefold().startswith(families):
        return True
    import curses

    try:
        curses.setupterm(name, sys.stdout.fileno())
    except curses.error:
        return False
    return True


def _log_crash(error: BaseException) -> Sentence:
    """Where it happened goes to the log, without the values: no name or number of the team is written there."""
    import platform
    from datetime import UTC, datetime
    from importlib.metadata import version

    from huddle_tui.activities.own_files import make_folder, private

    path = _log_path()
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M:%SZ}",
        f"huddle {__version__}, textual {version('textual')}, Python {platform.python_version()}, {system}",
    ]
    causes = _chain(error)
    for cause in causes:
        lines += _frames(cause)
    kind = type(causes[0]).__name__
    try:
        make_folder(path.parent)
        with open(path, "a", encoding="utf-8", opener=private) as log:
            log.write("\n".join(lines) + "\n\n")
    except OSError as why:
        return Sentence(
            N_(
                "The program stopped on an error ({error}) that cannot be logged ({why}); what was said is in the book."
            ),
            {"error": kind, "why": reason(why)},
        )
    return Sentence(
        N_("The program stopped on an error ({error}); what was said is in the book, and the details are in {path}."),
        {"error": kind, "path": path},
    )


def _log_path() -> Path:
    from platformdirs import user_log_path

    return user_log_path("huddle-tui", appauthor=False) / "huddle.log"


def _chain(error: BaseException) -> list[BaseException]:
    """The error that started it, and what became of it on its way up."""
    chain = [error]
    while (before := getattr(chain[0], "error", None) or chain[0].__cause__ or chain[0].__context__) is not None:
        if not isinstance(before, BaseException) or before in chain:
            break
        chain.insert(0, before)
    return chain


def _frames(error: BaseException) -> list[str]:
    """Its type and where it came along, without message and values; of the system's errors the name of their kind."""
    import traceback

    kind = type(error).__name__
    if isinstance(error, OSError) and error.errno:
        kind += f" {errno.errorcode.get(error.errno, error.errno)}"
    places = traceback.extract_tb(error.__traceback__)
    return [kind, *(f"  {Path(f.filename).name}:{f.lineno} in {f.name}" for f in places)]


def _home() -> HomeScreen:
    from huddle_tui.ui.screens.home import HomeScreen

    return HomeScreen()


def run_home(session: Session) -> int:
    """`huddle`: home, or the welcome where there is no book."""
    book = session.book()
    if book.exists():
        return _on_home(session, None)
    session.speak(None)
    from huddle_tui.domain.dates import DEFAULT_ZONE
    from huddle_tui.ui.screens.welcome import WelcomeScreen

    return show(session, book, session.time(DEFAULT_ZONE), WelcomeScreen)


def _on_home(session: Session, then: Callable[[HomeScreen], None] | None) -> int:
    """Home, and straight on to another screen where one was asked for."""
    book, _team, time = session.opened()

    def first() -> HuddleScreen:
        home = _home()
        home.then = then
        return home

    return show(session, book, time, first)


def run_round(session: Session) -> int:
    """`huddle run`: straight into today's round."""

    def then(home: HomeScreen) -> None:
        from huddle_tui.ui.screens.home import open_round

        open_round(home)

    return _on_home(session, then)


def run_check_in(session: Session) -> int:
    """`huddle checkin`: that person's own check-in, on a screen or line by line."""
    name, for_name = session.options.person, session.options.for_person
    if session.options.plain:
        return _plain_check_in(session, name, for_name)

    if given := [who for who in (name, for_name) if who is not None]:
        from huddle_tui.activities.identity import named

        _book, team, _time = session.opened()
        for who in given:
            named(team, who)

    def then(home: HomeScreen) -> None:
        from huddle_tui.ui.screens.check_in import open_check_in

        open_check_in(home, name, for_name)

    return _on_home(session, then)


def _plain_check_in(session: Session, name: str | None, for_name: str | None) -> int:
    if not _is_terminal(sys.stdin):
        raise HuddleError(
            N_("A promise is named, not imported: a check-in is typed by its owner in a terminal, never piped in.")
        )
    book, team, time = session.opened()
    from huddle_tui.activities import plain_checkin

    return plain_checkin.start(book, team, time, name, input, print, for_name=for_name)


def run_review(session: Session) -> int:
    """`huddle review`: past huddles, or one day's."""
    day: date | None = session.options.date

    def then(home: HomeScreen) -> None:
        from huddle_tui.ui.screens.huddle_detail import HuddleDetailScreen
        from huddle_tui.ui.screens.past_huddles import PastHuddlesScreen

        home.huddle_app.open(PastHuddlesScreen() if day is None else HuddleDetailScreen(day))

    if day is not None:
        from huddle_tui.domain.huddle import Stage

        book, _team, _time = session.opened()
        held = book.huddle(day)
        if held is None or held.stage is Stage.OPENING:
            raise HuddleError(N_("No huddle was held on {day}; `huddle review` lists those that were."), day=day)
    return _on_home(session, then)


def run_team(session: Session) -> int:
    """`huddle team`: people, PACe chart and KPIs."""

    def then(home: HomeScreen) -> None:
        from huddle_tui.ui.screens.team import TeamScreen

        home.huddle_app.open(TeamScreen())

    return _on_home(session, then)


def run_demo(session: Session) -> int:
    """`huddle demo`: the example team in a scratch copy, or in a folder to go on with."""
    import tempfile

    from huddle_tui.activities.example import write_example
    from huddle_tui.domain.dates import DEFAULT_ZONE
    from huddle_tui.store.tiny import TinyBook

    keep = getattr(session.options, "keep", None)  # not there when the welcome screen asked
    if keep and (Path(keep) / "team.json").exists():
        raise HuddleError(N_("There is a book in {folder} already: name another folder."), folder=keep)
    _check_terminal()
    language = session.options.lang or session.settings.language or i18n.language()
    time = session.time(DEFAULT_ZONE)
    place = nullcontext(keep) if keep else tempfile.TemporaryDirectory(prefix="huddle-demo-")
    with place as folder:
        book = TinyBook(Path(folder), durable=bool(keep))
        write_example(book, language, time.today())
        team = book.team()
        session.speak(team)
        return show(session, book, session.time(team.timezone), _home)


# Making and moving books


def run_init(session: Session) -> int:
    """`huddle init`: an empty book."""
    from huddle_tui.activities.setting_up import SettingUp

    folder, book, options = session.folder(), session.book(), session.options
    if book.exists():
        raise HuddleError(N_("There is a book in {folder} already; nothing was changed."), folder=folder)
    setting_up = SettingUp(book, session.time(options.timezone))
    setting_up.begin(options.name or _("Our team"), options.locale or i18n.language(), options.timezone)
    tell(_("Made a book in {folder}. Next: `huddle import FILE`, or `huddle` to make the team.").format(folder=folder))
    return 0


def run_import(session: Session) -> int:
    """`huddle import`: a team file or a CSV of KPIs; all or nothing."""
    from huddle_tui.activities import importing
    from huddle_tui.domain.dates import DEFAULT_ZONE

    book = session.book()
    team = book.team() if book.exists() else None
    session.speak(team)
    today = session.time(team.timezone if team else DEFAULT_ZONE).today()
    file = importing.read(Path(session.options.file), team)
    dry = session.options.dry_run
    plan = importing.plan(team, file, today) if dry else importing.carry_out(book, file, today)
    for sign, changes in (("+", plan.added), ("~", plan.changed)):
        for change in changes:
            print(sign, say(change))
    if plan.empty:
        tell(_("Nothing to import: the team is as the file says."))
    elif dry:
        tell(_("Nothing was changed: this is what an import would do."))
    return 0


def run_export(session: Session) -> int:
    """`huddle export`: to standard output, or with -o to a file."""
    from huddle_tui.exchange import exports
    from huddle_tui.exchange.files import write_text

    options = session.options
    format = options.format or ("toml" if options.what == "team" else "md")
    if format not in (known := exports.EXPORTS[options.what]):
        text = _("{what} cannot be written as {kind}: choose from {known}.")
        options.parser.error(text.format(what=options.what, kind=format, known=", ".join(known)))
    first, last = options.first, options.last
    if first and last and first > last:
        options.parser.error(_("{first} is after {last}: nothing lies in between").format(first=first, last=last))
    book, team, _time = session.opened()
    huddles = book.huddles(exports.between(book.days(), first, last))
    pieces = exports.export(options.what, format, team, huddles, whole=bool(first or last))
    if options.output:
        write_text(Path(options.output), pieces, mark=format == "csv")
        return 0
    _write_utf8()
    for piece in pieces:
        sys.stdout.write(piece)
    return 0


def _write_utf8() -> None:
    """Data is UTF-8 whatever the terminal speaks, and its lines end as they are written."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")


# Advice, care, information


def run_coach(session: Session) -> int:
    """`huddle coach`: the method's advice on the team's set-up."""
    from huddle_tui.domain.coach import advise

    _book, team, _time = session.opened()
    advice = advise(team)
    if session.options.format == "json":
        rows = [{"id": a.id, "about": a.about, "sentence": say(a.sentence)} for a in advice]
        _write_utf8()
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for a in advice:
        print(f"{a.id}\t{a.about}\t{say(a.sentence)}")
    if not advice:
        tell(_("The method has nothing to say about this team's set-up."))
    return 0


def run_doctor(session: Session) -> int:
    """`huddle doctor`: reads every file of the book; 0 when all is well, 1 when something is not."""
    from huddle_tui.store.doctor import examine

    try:
        session.speak(session.book().team())
    except HuddleError:  # is what the doctor is asked to look at
        session.speak(None)
    findings = examine(session.folder(), repair=session.options.repair)
    for finding in findings:
        print(clean(say(finding.sentence)))
    if not findings:
        tell(_("Every file of the book reads well."))
    return 1 if any(not finding.repaired for finding in findings) else 0


def run_keys(session: Session) -> int:
    """`huddle keys`: the key table."""
    from huddle_tui.ui.actions import keymap, table

    session.speak(None)
    keymap(session.settings.keys)
    rows = [(ref, keys, _(label), _(help)) for _area, keys, label, help, ref in table(session.settings.keys)]
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print(" ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip())
    return 0


def run_paths(session: Session) -> int:
    """`huddle paths`: where everything is."""
    session.speak(None)
    folder = session.folder().absolute()
    for name, path in (
        (_("book"), folder),
        (_("settings"), own.settings_path()),
        (_("log"), _log_path()),
        (_("backups"), folder / ".huddle" / "backups"),
    ):
        print(f"{name:<14} {path}")
    return 0


# The parser


def _day(text: str) -> date:
    from huddle_tui.domain.dates import parse_day

    return parse_day(text)


def _zone(text: str) -> str:
    from huddle_tui.domain.dates import is_zone

    if not is_zone(text):
        raise HuddleError(N_("{typed} is not a time zone: write it as Europe/Amsterdam."), typed=text)
    return text


def _parser() -> Parser:
    shared = Parser(add_help=False)
    for flag, metavar, choices, help in (
        ("--data", _("DIR"), None, _("the folder of the book")),
        ("--lang", None, i18n.LANGUAGES, _("the language to speak: nl or en")),
        ("--theme", _("NAME"), THEMES, _("the colours: huddle-night, huddle-day or huddle-contrast")),
    ):
        shared.add_argument(flag, metavar=metavar, choices=choices, default=argparse.SUPPRESS, help=help)
    top = Parser(prog="huddle", description=_("Team huddles in the terminal."), parents=[shared])
    top.add_argument(
        "--version", action="version", version=f"huddle {__version__}", help=_("say which version this is")
    )
    top.set_defaults(run=run_home)
    commands = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), parser_class=Parser)

    def command(name: str, run: Callable[[Session], int], help: str) -> Parser:
        made = commands.add_parser(name, help=help, description=help, parents=[shared])
        made.set_defaults(run=run, parser=made)
        return made

    demo = command("demo", run_demo, _("the example team with a year of history, in a scratch copy"))
    demo.add_argument("--keep", metavar=_("DIR"), help=_("keep the copy in this folder, to go on with it"))
    command("run", run_round, _("straight into today's round on the shared screen"))
    check_in = command("checkin", run_check_in, _("straight into your own check-in"))
    check_in.add_argument("--as", dest="person", metavar=_("NAME"), help=_("who you are; remembered on this machine"))
    check_in.add_argument(
        "--for", dest="for_person", metavar=_("NAME"), help=_("whose numbers they are: typed by proxy, and marked so")
    )
    check_in.add_argument("--plain", action="store_true", help=_("one question a line, without a screen"))
    review = command("review", run_review, _("straight into past huddles, or one day's"))
    review.add_argument("date", nargs="?", type=reader(_day), metavar=_("DATE"), help=_("the day, such as 2026-11-23"))
    command("team", run_team, _("straight into people, PACe chart and KPIs"))
    init = command("init", run_init, _("makes an empty book"))
    init.add_argument("--name", metavar=_("NAME"), help=_("the team's name"))
    init.add_argument("--locale", choices=("nl", "en"), help=_("how its numbers and dates are written"))
    init.add_argument(
        "--timezone", type=reader(_zone), default="Europe/Amsterdam", metavar="TZ", help=_("such as Europe/Amsterdam")
    )
    bring = command("import", run_import, _("people, processes, KPIs and promises from a team file or CSV"))
    bring.add_argument("file", metavar=_("FILE"), help=_("a team file (TOML) or a CSV of KPIs"))
    bring.add_argument("--dry-run", action="store_true", help=_("only say what would be added and changed"))
    export = command("export", run_export, _("huddles, readings, scorecard, actions or the team as text"))
    export.add_argument(
        "what", nargs="?", choices=EXPORTS, default="huddles", metavar=_("WHAT"),
        help=_("what to export: {known}; huddles unless you say otherwise").format(known=", ".join(EXPORTS)),
    )  # fmt: skip
    export.add_argument("--format", choices=FORMATS, help=_("how to write it"))
    export.add_argument("--from", dest="first", type=reader(_day), metavar=_("DATE"), help=_("the first day"))
    export.add_argument("--to", dest="last", type=reader(_day), metavar=_("DATE"), help=_("the last day"))
    export.add_argument("-o", "--output", metavar=_("FILE"), help=_("write to this file"))
    coach = command("coach", run_coach, _("the method's advice on the team's set-up"))
    coach.add_argument("--format", choices=("text", "json"), default="text", help=_("how to write it"))
    doctor = command("doctor", run_doctor, _("reads every file of the book and says what is wrong"))
    doctor.add_argument("--repair", action="store_true", help=_("repair what can be repaired without losing anything"))
    command("keys", run_keys, _("the key table"))
    command("paths", run_paths, _("where book, settings, log and backups are"))
    return top
