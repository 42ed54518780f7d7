"""The commands that make a book and fill it: an empty one, and what a file says of the team."""

from typing import TYPE_CHECKING, Final

from huddle_tui import i18n
from huddle_tui.cli.output import print_columns, tell, write_json
from huddle_tui.cli.session import Session
from huddle_tui.cli.usage import Commands, a_zone
from huddle_tui.domain.dates import machine_zone, show_day
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.text import clean
from huddle_tui.files import place
from huddle_tui.i18n import _, language, ngettext, say

if TYPE_CHECKING:
    from huddle_tui.activities.books import Seen


LANGUAGES: Final = {"nl": N_("Dutch"), "en": N_("English")}
"""The locales of a team, by name."""


def add(commands: Commands) -> None:
    """What these commands take."""
    teams = commands.add("teams", run_teams)
    teams.add_argument("--format", choices=("text", "json"), default="text", help=_("how to write it"))
    teams.add_argument("--forget", metavar=_("NAME"), help=_("no longer list that team; its book stays as it is"))
    copy = commands.add("copy", run_copy)
    copy.add_argument("source", metavar=_("FROM"), help=_("where the book is: a folder, or postgresql://…"))
    copy.add_argument("target", metavar=_("TO"), help=_("where it shall be; there must be no book yet"))
    init = commands.add("init", run_init)
    init.add_argument("--name", metavar=_("NAME"), help=_("the team's name"))
    init.add_argument(
        "--locale",
        choices=tuple(LANGUAGES),
        help=_("how its numbers and dates are written; this machine's language unless you say"),
    )
    init.add_argument(
        "--timezone", type=a_zone, metavar="TZ", help=_("such as Europe/Amsterdam; this machine's own unless you say")
    )
    bring = commands.add("import", run_import)
    bring.add_argument("file", metavar=_("FILE"), help=_("a team file (TOML) or a CSV of KPIs"))
    bring.add_argument("--dry-run", action="store_true", help=_("only say what would be added and changed"))


def run_teams(session: Session) -> int:
    """`huddle teams`: the known books, the one used last first."""
    from huddle_tui.activities import books

    session.speak(None)
    for notice in session.settings.notices:
        tell(notice)
    known = session.settings.books
    if session.options.forget:
        books.forget(gone := books.named(known, session.options.forget))
        text = _("{name} is no longer listed; the book in {place} stays as it is.")
        tell(text.format(name=gone.name, place=gone.place))
        return 0
    found = [books.look(each) for each in known]
    if session.options.format == "json":
        write_json([_team(seen) for seen in found])
        return 0
    rows = [(clean(seen.known.name), clean(seen.known.place), _state(seen)) for seen in found]
    print_columns(rows)
    if not rows:
        tell(_("No team is known on this machine yet: open one once with `huddle --data PLACE`."))
    return 0


def _team(seen: "Seen") -> dict[str, object]:
    last = seen.last_huddle
    return {
        "name": seen.known.name,
        "place": seen.known.place,
        "last_huddle": last.isoformat() if last else None,
        "gone": seen.gone is not None,
    }


def _state(seen: "Seen") -> str:
    """The last column: when the newest huddle was, or why the book cannot be opened."""
    if seen.gone is not None:
        return clean(say(seen.gone))
    if seen.last_huddle is None:
        return _("no huddle yet")
    return _("last huddle on {day}").format(day=show_day(seen.last_huddle, language()))


def run_init(session: Session) -> int:
    """`huddle init`: an empty book."""
    from huddle_tui.activities.setting_up import SettingUp

    folder, book, options = session.place, session.book, session.options
    if book.exists():
        raise HuddleError(N_("There is a book in {folder} already; nothing was changed."), folder=folder)
    zone, locale = options.timezone or machine_zone(), options.locale or i18n.language()
    if zone is None:
        raise HuddleError(N_("The time zone of this machine is not known: name it, as in --timezone Europe/Amsterdam."))
    team = SettingUp(book, session.time(zone)).begin(options.name or _("Our team"), locale, zone)
    session.remember(book, team.name)
    session.speak(team)
    text = _(
        "Made a book in {folder}: numbers and dates in {language}, days by the clocks of {zone}. "
        "Next: `huddle import FILE`, or `huddle` to make the team."
    )
    tell(text.format(folder=folder, language=_(LANGUAGES[locale]), zone=zone))
    return 0


def run_copy(session: Session) -> int:
    """`huddle copy`: a whole book from one place to another."""
    from huddle_tui.activities.books import copy, open_book

    source, target = open_book(session.options.source), open_book(session.options.target)
    session.speak(source.team())
    copied = copy(source, target)
    for notice in (*source.take_notices(), *target.take_notices()):
        tell(notice)
    text = ngettext("Copied the team and {n} huddle to {place}.", "Copied the team and {n} huddles to {place}.", copied)
    tell(text.format(n=copied, place=session.options.target))
    return 0


def run_import(session: Session) -> int:
    """`huddle import`: a team file or a CSV of KPIs; all or nothing."""
    from huddle_tui.activities import importing

    book = session.book
    team = book.team() if book.exists() else None
    session.speak(team)
    today = session.time(team.timezone if team else machine_zone() or "UTC").today()
    file = importing.read(place(session.options.file), team)
    dry = session.options.dry_run
    plan = importing.plan(team, file, today) if dry else importing.carry_out(book, file, today)
    session.speak(plan.team)
    for sign, changes in (("+", plan.added), ("~", plan.changed)):
        for change in changes:
            print(sign, clean(say(change)))
    if plan.empty:
        tell(_("Nothing to import: the team is as the file says."))
    elif dry:
        tell(_("Nothing was changed: this is what an import would do."))
    elif team is None:
        session.remember(book, plan.team.name)
    return 0
