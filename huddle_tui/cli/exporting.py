"""The commands that give data to other programs and to people outside the room."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from huddle_tui.cli.output import tell, write
from huddle_tui.cli.session import Session
from huddle_tui.cli.usage import Commands, a_day, a_word
from huddle_tui.domain.dates import parse_past_day, weekday
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.files import place, write_text
from huddle_tui.i18n import _, language, ngettext

if TYPE_CHECKING:
    from huddle_tui.domain.huddle import Huddle
    from huddle_tui.domain.team import Team

EXPORTS: Final = (
    "huddles",
    "readings",
    "scorecard",
    "actions",
    "team",
    "promises",
    "quarter",
    "behaviour",
    "recap",
    "calendar",
)
"""What can be exported; the table of how is loaded when something is."""
FORMATS: Final = ("md", "csv", "json", "toml", "html", "text", "ics")
"""How."""


def add(commands: Commands) -> None:
    """What these commands take."""
    export = commands.add("export", run_export)
    export.add_argument(
        "what",
        nargs="?",
        choices=EXPORTS,
        default="huddles",
        metavar=_("WHAT"),
        help=_("what to export: {known}; huddles unless you say otherwise").format(known=", ".join(EXPORTS)),
    )
    export.add_argument("--format", choices=FORMATS, help=_("how to write it"))
    export.add_argument(
        "--from",
        dest="first",
        type=a_day,
        metavar=_("DATE"),
        help=_("the first day: 2026-11-23, today, yesterday or -7"),
    )
    export.add_argument("--to", dest="last", type=a_day, metavar=_("DATE"), help=_("the last day, written alike"))
    export.add_argument(
        "-o", "--output", type=a_word, metavar=_("FILE"), help=_("write to this file; - is standard output")
    )


def run_export(session: Session) -> int:
    """`huddle export`: to standard output, or with -o to a file."""
    from huddle_tui.exchange.writing import exports
    from huddle_tui.exchange.writing.asked import Asked

    options = session.options
    known = exports.EXPORTS[options.what]
    format = options.format or ("toml" if options.what == "team" else next(iter(known)))
    if format not in known:
        text = _("{what} cannot be written as {kind}: choose from {known}.")
        options.parser.error(text.format(what=options.what, kind=format, known=", ".join(known)))
    book, team, time = session.opened()
    first, last = (parse_past_day(day, time.today()) if day else None for day in (options.first, options.last))
    if first and last and first > last:
        options.parser.error(_("{first} is after {last}: nothing lies in between").format(first=first, last=last))
    if options.what == "recap":
        return _export_recap(session, format, first, last)
    if options.what in exports.NO_DAYS and (first or last):
        tell(
            _("The export {what} is about no day that was: --from and --to change nothing in it.").format(
                what=options.what
            )
        )
    days = [] if options.what in exports.NO_DAYS else book.days()
    carried = book.summaries() if first and options.what == "huddles" else ()
    if options.what not in exports.ALL_DAYS:
        days = exports.between(days, first, last)
    read: set[date] = set()
    asked = Asked(team, _noted(book.huddles(days), read), time.now(), first, last, carried)
    pieces = exports.export(options.what, format, asked)
    _write(options, pieces, format)
    return _tell_left_out(session, team, sorted(set(days) - read))


def _export_recap(session: Session, format: str, wanted: date | None, last: date | None) -> int:
    """One huddle, the newest up to `last` unless one is wanted."""
    from huddle_tui.activities import recapping
    from huddle_tui.activities.settling import held

    book, team, time = session.opened()
    newest = (huddle.day for huddle in held(book) if last is None or huddle.day <= last)
    day = next(newest, None) if wanted is None else recapping.held_on(book, wanted)
    if day is None and last is not None:
        raise HuddleError(N_("No huddle was held on {day}, nor before it."), day=last)
    if day is None:
        raise HuddleError(N_("No huddle was held yet; `huddle run` begins one."))
    told = recapping.recap(book, team, day, time.now(), format)
    _write(session.options, [told] if told else [], format)
    return _tell_left_out(session, team, [] if told else [day])


def _write(options: argparse.Namespace, pieces: Iterable[str], format: str) -> None:
    """To the file that was named, or to standard output."""
    if options.output and options.output != "-":
        write_text(place(options.output), pieces, mark=format == "csv")
    else:
        write(pieces)


def _noted(huddles: "Iterable[Huddle]", read: set[date]) -> "Iterator[Huddle]":
    """Those huddles, and in `read` the days of those that could be read."""
    for huddle in huddles:
        read.add(huddle.day)
        yield huddle


def _tell_left_out(session: Session, team: "Team", unread: Sequence[date]) -> int:
    """Says what could not be written; gives back the exit status."""
    from huddle_tui.exchange.writing.calendar import without_time

    session.tell_notices()
    if session.options.what == "calendar" and (days := without_time(team)):
        text = _("Left out, because the huddle has no time on these days: {days}.")
        tell(text.format(days=", ".join(weekday(day, language()) for day in days)))
        return 1
    if unread:
        text = ngettext(
            "Left out, because it cannot be read: the huddle of {days}. `huddle doctor` says more.",
            "Left out, because they cannot be read: the huddles of {days}. `huddle doctor` says more.",
            len(unread),
        )
        tell(text.format(days=", ".join(map(str, unread))))
        return 1
    return 1 if session.book.incomplete else 0
