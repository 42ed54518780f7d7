"""The whole grammar of the command line: what holds for every command, and the groups of commands."""

from __future__ import annotations

import argparse
from typing import Final

from huddle_tui import __version__, i18n
from huddle_tui.cli import books, care, exporting, screens, serving, status
from huddle_tui.cli.usage import Commands, Parser
from huddle_tui.i18n import _

THEMES: Final = ("huddle-night", "huddle-day", "huddle-contrast")
"""What can be asked for, without loading the screens to know."""


def parser() -> Parser:
    """The parser, in the language spoken now."""
    shared = Parser(add_help=False)
    for flag, metavar, choices, help in (
        ("--data", _("PLACE"), None, _("where the book is: a folder, or postgresql://host/database?book=NAME")),
        ("--team", _("NAME"), None, _("the book of that team, of those you opened before (`huddle teams`)")),
        ("--lang", None, i18n.LANGUAGES, _("the language to speak: nl or en")),
        ("--theme", _("NAME"), THEMES, _("the colours: huddle-night, huddle-day or huddle-contrast")),
    ):
        shared.add_argument(flag, metavar=metavar, choices=choices, default=argparse.SUPPRESS, help=help)
    top = Parser(prog="huddle", description=_("Team huddles in the terminal."), parents=[shared])
    top.add_argument(
        "--version", action="version", version=f"huddle {__version__}", help=_("say which version this is")
    )
    top.set_defaults(run=screens.run_home)
    commands = Commands(top, shared)
    for group in (screens, books, exporting, serving, status, care):
        group.add(commands)
    return top
