"""What screens share whose list is of what can be done there."""

from __future__ import annotations

from textual.binding import Binding

from huddle_tui.ui import actions
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.kit.people import PeopleList


class ChoosingScreen(HuddleScreen):
    """A screen with one PeopleList, the keys of whose lines are its own actions."""

    BINDINGS = [  # noqa: RUF012 (Textual's own type)
        Binding("enter", "choose", show=False),
        *actions.bindings("list"),
    ]

    @property
    def listed(self) -> PeopleList:
        """The ways, with what is known beside them."""
        return self.query_one(PeopleList)

    async def action_choose(self) -> None:
        """The line under the cursor."""
        await self.run_action(self.listed.cursor)

    async def on_people_list_picked(self, event: PeopleList.Picked) -> None:
        """A click on a line."""
        await self.run_action(event.key)
