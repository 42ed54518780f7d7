"""After the round: what the huddle came to, to be copied, saved or put right."""

from textual.app import ComposeResult
from textual.binding import Binding

from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.open_ends import OpenEnds, open_ends
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.summary import summarise
from huddle_tui.domain.team import Team
from huddle_tui.i18n import _, locale
from huddle_tui.ui.places import HuddleOf, RunHuddle
from huddle_tui.ui.round.recap_widget import RecapView
from huddle_tui.ui.shared.handing_on import HandingOnScreen


class RecapScreen(HandingOnScreen):
    """A huddle that was closed."""

    AREA = "recap"
    ABOUT = N_("What the huddle came to. Enter goes home; the recap can be copied as text, or saved.")
    BINDINGS = [Binding("enter", "back", show=False)]  # noqa: RUF012 (Textual's own type)
    DEFAULT_CSS = "RecapScreen RecapView { margin: 1 0; }"

    def __init__(self, huddle: Huddle, team: Team) -> None:
        super().__init__()
        self._huddle = huddle
        self._team = team
        self.day = huddle.day

    def body(self) -> ComposeResult:
        """The recap."""
        yield RecapView(id="recap")

    def on_mount(self) -> None:
        """Shows the huddle."""
        day = dates.show_day(self.day, locale(), "dddd D MMMM YYYY")
        self.show_bar(self._huddle.team, day, right=_("Enter goes home"))
        self._show(self._huddle, open_ends([summarise(self._huddle)], self.day))

    def on_screen_resume(self) -> None:
        """Shown again: what was put right on the huddle's page meanwhile is put right here too."""
        self.work(self._read, lambda read: self._show(*read))

    def _show(self, huddle: Huddle | None, ends: OpenEnds) -> None:
        if self.lives:
            self._huddle = huddle or self._huddle
            self.query_one(RecapView).show((self._huddle, ends, self._huddle.watch.elapsed(self.time.monotonic())))

    def _read(self) -> tuple[Huddle | None, OpenEnds]:
        """The huddle as it is on disk, and what earlier ones left open; reading them may take a moment."""
        return self.book.huddle(self.day), open_ends(self.book.summaries(), self.day)

    def team_of_recap(self) -> Team:
        """The team of this huddle."""
        return self._team

    def action_correct(self) -> None:
        """To the page of this huddle, where what was said can be put right."""
        self.huddle_app.open(HuddleOf(self.day))

    def action_reopen(self) -> None:
        """Goes on with this huddle at its closing; why it cannot be run is said."""
        self.huddle_app.open(RunHuddle(self.day, reopened=True), instead=True)
