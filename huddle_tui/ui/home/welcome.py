"""Welcome: no book yet, and three ways on: look at the example, make a team, import a file."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from huddle_tui import i18n
from huddle_tui.domain.sentence import N_
from huddle_tui.i18n import _
from huddle_tui.ui import actions
from huddle_tui.ui.base import ListScreen
from huddle_tui.ui.kit.big import BigText
from huddle_tui.ui.kit.rows import Item, Menu
from huddle_tui.ui.places import ImportFile, MakeTeam


class WelcomeScreen(ListScreen):
    """The first thing somebody sees."""

    AREA = "welcome"
    LEADS_TO: ClassVar = {"make": MakeTeam(), "import_file": ImportFile()}
    ABOUT = N_("There is no team here yet. Look at the example, make your own team, or import one from a file.")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "enter", show=False, priority=True)]
    DEFAULT_CSS = """
    WelcomeScreen #bar { display: none; }
    WelcomeScreen Vertical { width: 1fr; max-width: 96; height: 1fr; }
    WelcomeScreen { align: center middle; }
    WelcomeScreen #huddle { height: 4; margin: 2 0 1 0; color: $accent; }
    WelcomeScreen.-tall #huddle { height: 8; margin: 4 0 2 0; }
    WelcomeScreen #promise { height: auto; margin-bottom: 2; color: $quiet; }
    WelcomeScreen Menu { height: 1fr; }
    """

    def body(self) -> ComposeResult:
        """The name, what it is in three sentences, the ways."""
        with Vertical():
            yield BigText("huddle", id="huddle")
            yield Static(id="promise")
            yield Menu(id="ways")

    def on_mount(self) -> None:
        """In the language of the moment."""
        self.renew()

    def on_screen_resume(self) -> None:
        """Back from a path that was interrupted: there may be a book now."""
        if self.is_mounted:
            self.renew()

    def renew(self) -> None:
        """Shows the ways; once there is a book, making the team goes on where it stopped."""
        text = _("Ten minutes a day. Everybody says their own number aloud. What lags behind gets a red flag.")
        self.query_one("#promise", Static).update(Content(text))
        has_book = self.book.exists()
        items = []
        for action in actions.of("welcome"):
            if action.id == "language":
                continue
            label = _(action.label)
            if action.id == "make" and has_book:
                label = _("Go on with {team}").format(team=self.book.team().name)
            way = Item(action.id, label, glyph=actions.keys_of(action)[0], style="bold")
            items += [way, Item(None, f"   {_(action.help)}", style="$quiet"), Item(None)]
        self.listed.show_items(items, "make" if has_book else None)

    async def action_enter(self) -> None:
        """The way under the cursor."""
        await self.run_action(self.listed.key)

    def action_example(self) -> None:
        """The example team, in a scratch copy: the command line opens it once this screen is gone."""
        self.huddle_app.afterwards = "demo"
        self.app.exit()

    def action_language(self) -> None:
        """The other language, at once."""
        i18n.use("en" if i18n.language() == "nl" else "nl")
        self.renew()
        self.refresh_bindings()

    def action_back(self) -> None:
        """The first level: Escape stays, Ctrl+Q leaves."""
