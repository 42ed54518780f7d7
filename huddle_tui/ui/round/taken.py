"""Somebody else runs today's huddle: who, since when, and the choice to watch or take over (nothing is overwritten)."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain import dates
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.i18n import _, locale
from huddle_tui.ui import actions
from huddle_tui.ui.base import ChoosingScreen, way_in
from huddle_tui.ui.kit.big import BigText
from huddle_tui.ui.kit.people import PeopleList
from huddle_tui.ui.places import RunningHuddle


class TakenScreen(ChoosingScreen):
    """Watch, take over or go back."""

    AREA = "taken"
    ABOUT = N_("Another program runs today's huddle. Watch follows it live; take over goes on with it here.")
    DEFAULT_CSS = "TakenScreen #headline { margin: 1 0; } TakenScreen #who-runs { margin-bottom: 1; }"

    def __init__(self, hosting: Hosting) -> None:
        super().__init__()
        self._hosting = hosting

    def body(self) -> ComposeResult:
        """Who runs it, then the choices."""
        huddle = self._hosting.round.huddle
        host = huddle.host
        self.show_bar(huddle.team, dates.show_day(huddle.day, locale(), "dddd D MMMM"))
        yield BigText(host.name if host else "", id="headline")
        if host is None:
            text = _("Another program has today's huddle open.")
        else:
            text = _("{name} runs today's huddle since {since}.")
            text = text.format(name=host.name, since=host.since.strftime("%H:%M"))
        yield Static(Content(text), id="who-runs")
        yield PeopleList(id="choices")

    def on_mount(self) -> None:
        """Watching is the safe choice, so the cursor is on it."""
        self.listed.show([way_in(action) for action in actions.of("taken")])

    def action_watch(self) -> None:
        """Follows the huddle live, without a hand in it."""
        self.huddle_app.open(RunningHuddle(self._hosting, watching=True), instead=True)

    def action_take_over(self) -> None:
        """Goes on with the huddle here; the other program is told."""
        try:
            self._hosting.take_over()
        except HuddleError as error:
            self.tell(error)
        else:
            self.huddle_app.open(RunningHuddle(self._hosting), instead=True)
