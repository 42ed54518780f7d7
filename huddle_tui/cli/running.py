"""One run of the command: the whole grammar of the command line, in which language, and what became of it."""

import argparse
import os
from typing import Final

from huddle_tui import __version__, i18n
from huddle_tui.activities import settings as own
from huddle_tui.cli import output, screens
from huddle_tui.cli.session import Session
from huddle_tui.cli.usage import Commands, Parser, a_word
from huddle_tui.domain.sentence import HuddleError, Sentence, reason
from huddle_tui.i18n import N_, _

THEMES: Final = ("huddle-night", "huddle-day", "huddle-contrast")
"""What can be asked for, without loading the screens to know."""
COMMANDS: Final = {
    "screens": {
        "demo": N_("the example team with a year of history, in a scratch copy"),
        "run": N_("straight into today's round on the shared screen"),
        "checkin": N_("straight into your own check-in"),
        "review": N_("straight into past huddles, or one day's"),
        "team": N_("straight into people, PACe chart and KPIs"),
    },
    "books": {
        "teams": N_("the teams whose books you opened, and where they are"),
        "copy": N_("a whole book from one place to another: a folder or a database"),
        "init": N_("makes an empty book"),
        "import": N_("people, processes, KPIs and promises from a team file or CSV"),
    },
    "exporting": {
        "export": N_("what was said and promised, the team, the huddles to come: for people and programs"),
    },
    "serving": {
        "serve": N_("check-ins and reading along in a browser, with personal links"),
        "links": N_("makes, shows once, renews or revokes personal links"),
    },
    "status": {
        "status": N_("the next huddle, who has checked in, what is open: for scripts"),
    },
    "care": {
        "coach": N_("the method's advice on the team's set-up"),
        "doctor": N_("reads every file of the book and says what is wrong"),
        "keys": N_("the key table"),
        "paths": N_("where book, settings, log and backups are"),
    },
}
"""The commands, by the module that knows them."""


def parser() -> Parser:
    """The parser, in the language spoken now."""
    top = Parser(prog="huddle", description=_("Team huddles in the terminal."))
    _share(top)
    top.add_argument(
        "--version", action="version", version=f"huddle {__version__}", help=_("say which version this is")
    )
    top.set_defaults(run=screens.run_home)
    commands = Commands(top, _share)
    for group, known in COMMANDS.items():
        for name, help in known.items():
            commands.expect(name, group, _(help))
    return top


def _share(parser: Parser) -> None:
    """What holds for every command, before and after its name."""
    parser.add_argument("-h", "--help", action="help", help=_("show what can be asked"))
    for flag, metavar, kind, choices, help in (
        ("--data", _("PLACE"), a_word, None, _("where the book is: a folder, or postgresql://host/database?book=NAME")),
        ("--team", _("NAME"), a_word, None, _("the book of that team, of those you opened before (`huddle teams`)")),
        ("--lang", None, str, i18n.LANGUAGES, _("the language to speak: nl or en")),
        ("--theme", _("NAME"), str, THEMES, _("the colours: huddle-night, huddle-day or huddle-contrast")),
    ):
        parser.add_argument(flag, metavar=metavar, type=kind, choices=choices, default=argparse.SUPPRESS, help=help)


def run(arguments: list[str]) -> int:
    """Runs one command; gives back the exit status."""
    output.prepare()
    status, crash = 1, None
    try:
        status = _run(arguments)
    except SystemExit as asked:  # help, the version, wrong usage
        status = asked.code if isinstance(asked.code, int) else 0
    except HuddleError as error:
        output.tell(error.sentence)
    except KeyboardInterrupt:
        status = 128 + 2
    except Exception as error:
        crash = error
    why = output.trouble(crash)
    if isinstance(why, BrokenPipeError):  # whoever read it has seen enough
        return 128 + 13
    if why is not None:
        output.tell(Sentence(N_("Standard output cannot be written: {why}."), {"why": reason(why)}))
        return 1
    if crash is not None:
        from huddle_tui.cli.crash import log_crash

        output.tell(log_crash(crash))
    return status


def _run(arguments: list[str]) -> int:
    settings = own.load(own.settings_path())
    asked = _asked_language(arguments)
    i18n.use(asked if asked in i18n.LANGUAGES else settings.language or _system_language())
    # Not as defaults of the arguments: those of a command would undo what stands before it.
    nothing_asked = argparse.Namespace(data=None, team=None, lang=None, theme=None)
    grammar = parser()
    options = grammar.parse_args(arguments, nothing_asked)
    if options.data and options.team:
        grammar.error(_("--data and --team both name a book: give one of them"))
    session = Session(options, settings)
    try:
        return int(options.run(session) or 0)
    finally:
        session.tell_notices()


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
