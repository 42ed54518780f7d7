"""The commands that give data to other programs and to people outside the room."""

from __future__ import annotations

from typing import Final

from huddle_tui.cli.output import write
from huddle_tui.cli.session import Session
from huddle_tui.cli.usage import Commands, a_day
from huddle_tui.domain.dates import parse_past_day
from huddle_tui.files import place, write_text
from huddle_tui.i18n import _

EXPORTS: Final = ("huddles", "readings", "scorecard", "actions", "team", "promises", "behaviour")
"""What can be exported; the table of how is loaded when something is."""
FORMATS: Final = ("md", "csv", "json", "toml", "html")
"""How."""


def add(commands: Commands) -> None:
    """These commands, for the parser."""
    export = commands.add(
        "export", run_export, _("huddles, readings, promises, the scorecard, actions or the team as text")
    )
    export.add_argument(
        "what", nargs="?", choices=EXPORTS, default="huddles", metavar=_("WHAT"),
        help=_("what to export: {known}; huddles unless you say otherwise").format(known=", ".join(EXPORTS)),
    )  # fmt: skip
    export.add_argument("--format", choices=FORMATS, help=_("how to write it"))
    export.add_argument(
        "--from",
        dest="first",
        type=a_day,
        metavar=_("DATE"),
        help=_("the first day: 2026-11-23, today, yesterday or -7"),
    )
    export.add_argument("--to", dest="last", type=a_day, metavar=_("DATE"), help=_("the last day, written alike"))
    export.add_argument("-o", "--output", metavar=_("FILE"), help=_("write to this file"))


def run_export(session: Session) -> int:
    """`huddle export`: to standard output, or with -o to a file."""
    from huddle_tui.exchange.writing import exports

    options = session.options
    format = options.format or {"team": "toml", "behaviour": "json"}.get(options.what, "md")
    if format not in (known := exports.EXPORTS[options.what]):
        text = _("{what} cannot be written as {kind}: choose from {known}.")
        options.parser.error(text.format(what=options.what, kind=format, known=", ".join(known)))
    book, team, time = session.opened()
    first, last = (parse_past_day(day, time.today()) if day else None for day in (options.first, options.last))
    if first and last and first > last:
        options.parser.error(_("{first} is after {last}: nothing lies in between").format(first=first, last=last))
    days = book.days() if options.what in exports.PROMISES else exports.between(book.days(), first, last)
    whole = bool(first or last)
    pieces = exports.export(options.what, format, team, book.huddles(days), whole=whole, days=(first, last))
    if options.output:
        write_text(place(options.output), pieces, mark=format == "csv")
        return 0
    write(pieces)
    return 0
