"""The command that says how the team stands for its next huddle, to people and to scripts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from huddle_tui.cli.output import write, write_json
from huddle_tui.cli.session import Session
from huddle_tui.cli.usage import Commands
from huddle_tui.domain.checkin import Progress
from huddle_tui.domain.dates import show_day
from huddle_tui.domain.text import clean
from huddle_tui.i18n import _, locale, ngettext
from huddle_tui.words import partly

if TYPE_CHECKING:
    from huddle_tui.activities.standing import Standing


def add(commands: Commands) -> None:
    """What this command takes."""
    status = commands.add("status", run_status)
    status.add_argument("--format", choices=("text", "json"), default="text", help=_("how to write it"))


def run_status(session: Session) -> int:
    """`huddle status`: how things stand for the next huddle."""
    from huddle_tui.activities.standing import standing

    now = standing(*session.opened())
    if session.options.format == "json":
        write_json(msgspec.to_builtins(now))
    else:
        write(f"{line}\n" for line in _lines(now))
    return 0


def _lines(now: "Standing") -> Iterator[str]:
    """For people: nothing that is empty."""
    day, team = show_day(now.next_huddle.date, locale(), "dddd D MMMM"), clean(now.team)
    if now.running is not None and now.running.speaking:
        text = _("{team}: the huddle of {day} has begun; it is the turn of {name}.")
        yield text.format(team=team, day=day, name=clean(now.running.speaking))
    elif now.running is not None:
        text = _("{team}: everybody has spoken in the huddle of {day}, and it is not closed yet.")
        yield text.format(team=team, day=day)
    elif now.next_huddle.time is not None:
        text = _("{team}: the next huddle is on {day} at {time}.")
        yield text.format(team=team, day=day, time=now.next_huddle.time)
    else:
        yield _("{team}: the next huddle is on {day}.").format(team=team, day=day)
    if now.checked_in:
        yield _("Checked in: {names}").format(names=", ".join(map(clean, now.checked_in)))
    if now.partly:
        names = [partly(clean(one.person), Progress(one.answered, one.of, closed=False)) for one in now.partly]
        yield _("Partly: {names}").format(names=", ".join(names))
    if now.not_checked_in:
        yield _("Not checked in: {names}").format(names=", ".join(map(clean, now.not_checked_in)))
    if n := now.open_stucks:
        yield ngettext("{n} stuck is open.", "{n} stucks are open.", n).format(n=n)
    if n := now.open_actions:
        yield ngettext("{n} action is open.", "{n} actions are open.", n).format(n=n)
    if n := now.unsent:
        text = ngettext(
            "{n} change waits on this machine for the server.", "{n} changes wait on this machine for the server.", n
        )
        yield text.format(n=n)
