"""What screens share that are one list: something is chosen from it."""

from __future__ import annotations

from textual.binding import Binding

from huddle_tui.i18n import _
from huddle_tui.ui import actions
from huddle_tui.ui.base import AtOnceScreen, HuddleScreen
from huddle_tui.ui.kit.menu import Item, Menu
from huddle_tui.ui.kit.people import PeopleList


def way_in(action: actions.UserAction) -> Item:
    """The line of a PeopleList that stands for what can be done."""
    return Item(action.id, _(action.label), glyph=actions.keys_of(action)[0], style="$foreground", note=_(action.help))


class ListScreen(AtOnceScreen):
    """A screen with one Menu; its areas include `list`."""

    @property
    def listed(self) -> Menu:
        """The menu."""
        return self.query_one(Menu)

    async def on_listed_picked(self) -> None:
        """A second click on a line does what Enter does there."""
        of_enter = (action.id for action in actions.of(self.AREAS[0]) if action.keys == "enter")
        await self.run_action(next(of_enter, "enter"))


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
        await self.run_action(self.listed.key)

    async def on_listed_picked(self) -> None:
        """A click on a line."""
        await self.action_choose()
