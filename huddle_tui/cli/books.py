"""The commands that make a book and fill it: an empty one, and what a file says of the team."""

from __future__ import annotations

from huddle_tui import i18n
from huddle_tui.cli.output import tell
from huddle_tui.cli.session import Session
from huddle_tui.cli.usage import Commands, a_zone
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.files import place
from huddle_tui.i18n import _, say


def add(commands: Commands) -> None:
    """These commands, for the parser."""
    init = commands.add("init", run_init, _("makes an empty book"))
    init.add_argument("--name", metavar=_("NAME"), help=_("the team's name"))
    init.add_argument("--locale", choices=("nl", "en"), help=_("how its numbers and dates are written"))
    init.add_argument(
        "--timezone", type=a_zone, default="Europe/Amsterdam", metavar="TZ", help=_("such as Europe/Amsterdam")
    )
    bring = commands.add("import", run_import, _("people, processes, KPIs and promises from a team file or CSV"))
    bring.add_argument("file", metavar=_("FILE"), help=_("a team file (TOML) or a CSV of KPIs"))
    bring.add_argument("--dry-run", action="store_true", help=_("only say what would be added and changed"))


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
    file = importing.read(place(session.options.file), team)
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
