"""The whole grammar of the command line: what holds for every command, and which commands there are."""

import argparse
from typing import Final

from huddle_tui import __version__, i18n
from huddle_tui.cli import screens
from huddle_tui.cli.usage import Commands, Parser, a_word
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
