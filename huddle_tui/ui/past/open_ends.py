"""Open ends: every open stuck with its age in huddles and every open action, marked done from here."""

from datetime import date

from textual.app import ComposeResult
from textual.content import Content

from huddle_tui.domain.history import Past
from huddle_tui.domain.open_ends import OpenEnds, open_ends
from huddle_tui.domain.sentence import N_
from huddle_tui.i18n import _, ngettext
from huddle_tui.ui.kit.rows import Line, Rows, Words
from huddle_tui.ui.past.looking import LookingScreen, Show
from huddle_tui.ui.past.story import action_lines, section, stuck_lines


class OpenEndsScreen(LookingScreen):
    """What is still open, across all huddles."""

    AREA = "open_ends"
    ABOUT = N_(
        "Every open stuck with its age in huddles, and every open action with who and when. Mark them done here."
    )
    DEFAULT_CSS = "OpenEndsScreen Rows { margin-top: 1; }"

    def body(self) -> ComposeResult:
        """Stucks first, then actions."""
        yield Rows(id="ends")

    def work_out(self, past: Past) -> Show:
        """What is open, in the order in which it should be looked at."""
        ends, today = open_ends(past.summaries), self.time.today()
        return lambda: self._present(past, ends, today)

    def _present(self, past: Past, ends: OpenEnds, today: date) -> None:
        stucks = ngettext("{n} open stuck", "{n} open stucks", len(ends.stucks)).format(n=len(ends.stucks))
        actions = ngettext("{n} open action", "{n} open actions", len(ends.actions)).format(n=len(ends.actions))
        right = _("{stucks}, {actions}").format(stucks=stucks, actions=actions)
        self.show_bar(past.team.name, _("open ends"), right=right)
        self.listed.show(lambda width: _lines(past, ends, today, width - 1))


def _lines(past: Past, ends: OpenEnds, today: date, width: int) -> list[Line]:
    nobody = Words(Content.styled(_("Nobody is stuck."), "$success"))
    nothing = Words(Content.styled(_("No action is open."), "$success"))
    stucks = section(_("Stuck"), stuck_lines(ends.stucks, past, width) or [nobody])
    return stucks[1:] + section(_("Actions"), action_lines(ends.actions, today, width) or [nothing])
