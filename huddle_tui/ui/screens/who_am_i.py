"""Who am I: chosen once, remembered for this account on this machine."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.activities.identity import Identity, named
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.i18n import _
from huddle_tui.ui import actions
from huddle_tui.ui.screens.base import HuddleScreen
from huddle_tui.ui.widgets.people import Line, PeopleList


class WhoAmIScreen(HuddleScreen):
    """The members of the team, to choose oneself from; then on to the check-in."""

    AREAS: ClassVar = ("who",)
    ABOUT = N_("Choose who you are. It is remembered on this machine, and changed with one key in the check-in.")
    BINDINGS = [Binding("enter", "choose", show=False), *actions.bindings("list")]  # noqa: RUF012 (Textual's own type)
    DEFAULT_CSS = "WhoAmIScreen #question { margin: 1 0; text-style: bold; }"

    def __init__(self, for_name: str | None = None) -> None:
        super().__init__()
        self._for = for_name

    def body(self) -> ComposeResult:
        """The question and the names."""
        yield Static(Content(_("Who are you?")), id="question")
        yield PeopleList(id="names")

    def on_mount(self) -> None:
        """Everybody in the team, the one who is remembered under the cursor."""
        team, names = self.book.team(), self.query_one(PeopleList)
        known = Identity.of(self.book).remembered(team)
        if known is not None:
            names.cursor = known.id
        names.show([Line(p.id, p.name, "●", "$foreground", p.role) for p in team.members], [])

    def action_choose(self) -> None:
        """Remembers the choice and opens the check-in."""
        from huddle_tui.ui.screens.check_in import CheckInScreen

        team = self.book.team()
        me = team.person(self.query_one(PeopleList).cursor)
        if me is None:
            self.tell(_("There is nobody in the team yet: add people under Team."), wrong=True)
            return
        try:
            Identity.of(self.book).remember(me)
            whose = named(team, self._for) if self._for else me
            self.app.switch_screen(CheckInScreen(CheckingIn(self.book, self.time, whose.id, me.id)))
        except HuddleError as error:
            self.tell(error)

    def on_people_list_picked(self, _event: PeopleList.Picked) -> None:
        """A click chooses."""
        self.action_choose()

    def action_down(self) -> None:
        """One down."""
        self.query_one(PeopleList).move(1)

    def action_up(self) -> None:
        """One up."""
        self.query_one(PeopleList).move(-1)

    def action_first(self) -> None:
        """To the first."""
        self.query_one(PeopleList).move(-99)

    def action_last(self) -> None:
        """To the last."""
        self.query_one(PeopleList).move(99)
