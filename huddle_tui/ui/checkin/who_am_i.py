"""Who am I: chosen once, remembered for this account on this machine; or whose numbers are typed by proxy."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Person, Team
from huddle_tui.i18n import _
from huddle_tui.ui.base import HuddleScreen, ListScreen
from huddle_tui.ui.kit.rows import Item, Menu
from huddle_tui.ui.places import CheckInOf, MyCheckIn, Place


class WhoAmIScreen(ListScreen):
    """The members of the team, to choose oneself from; then on to the check-in."""

    AREA = "who"
    ABOUT = N_(
        "Choose who you are. It is remembered on this machine, and changed with one key in the check-in. Numbers that "
        "you type for somebody else are marked by proxy, for ever."
    )
    DEFAULT_CSS = """
    WhoAmIScreen #question { margin: 1 0; height: auto; }
    """

    def __init__(self, for_name: str | None = None) -> None:
        """With `for_name` the check-in that follows is that person's, typed by who is chosen."""
        super().__init__()
        self._for = for_name
        self._team: Team | None = None
        self._known: Person | None = None

    def body(self) -> ComposeResult:
        """The question and the names."""
        yield Static(id="question")
        yield Menu(id="names")

    def on_mount(self) -> None:
        """Everybody in the team, the one who is remembered under the cursor."""
        try:
            self._team = self.book.team()
        except HuddleError as error:
            self.tell(error)
            return
        self._known = self.huddle_app.identity.remembered(self._team)
        name = self._known.name if self._known else ""
        you = _("you are {name}").format(name=name) if name else _("nobody was chosen yet")
        self.show_bar(self._team.name, right=you)
        question = _("Who are you?")
        if not self._team.members:
            question = _("There is nobody in the team yet: add people under Team.")
        self.query_one("#question", Static).update(Content.styled(question, "bold $foreground"))
        items = []
        for person in self._team.members:
            glyph = "◉" if person == self._known else "○"
            items.append(Item(person.id, person.name, glyph=glyph, style="$foreground", note=person.role))
        self.listed.show_items(items, self._known.id if self._known else None)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """For somebody else only once it is known who types."""
        return action != "proxy" or self._known is not None

    async def action_choose(self) -> None:
        """Remembers the choice and opens the check-in."""
        if (me := self._chosen) is not None:
            await self._check_in(MyCheckIn(me.name, self._for))

    async def action_proxy(self) -> None:
        """Types the numbers of the person under the cursor for them."""
        if self._chosen is not None and self._known is not None:
            await self._check_in(CheckInOf(self._chosen.id, self._known.id))

    @property
    def _chosen(self) -> Person | None:
        return self._team.person(self.listed.key) if self._team else None

    async def _check_in(self, place: Place) -> None:
        """Instead of this question, and of the check-in that it was asked in."""
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else self
        if isinstance(below, HuddleScreen) and isinstance(below.place, CheckInOf):
            self.app.pop_screen()
        await self.huddle_app.go(place, instead=True)
