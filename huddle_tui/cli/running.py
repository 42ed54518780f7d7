"""One run of the command: in which language, which command, and what became of it."""

import argparse
import os

from huddle_tui import i18n
from huddle_tui.activities import settings as own
from huddle_tui.cli import output
from huddle_tui.cli.parser import parser
from huddle_tui.cli.session import Session
from huddle_tui.domain.sentence import N_, HuddleError, Sentence, reason
from huddle_tui.i18n import _


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
