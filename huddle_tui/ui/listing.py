"""What screens with one list share: the keys that move its cursor."""

from __future__ import annotations

from huddle_tui.ui.base import AtOnceScreen
from huddle_tui.ui.kit.menu import Menu


class ListScreen(AtOnceScreen):
    """A screen with one Menu; its areas include `list`."""

    @property
    def menu(self) -> Menu:
        """The list."""
        return self.query_one(Menu)

    def action_down(self) -> None:
        """One down."""
        self.menu.move(1)

    def action_up(self) -> None:
        """One up."""
        self.menu.move(-1)

    def action_page_down(self) -> None:
        """A screenful down."""
        self.menu.move(max(1, self.menu.size.height - 1))

    def action_page_up(self) -> None:
        """A screenful up."""
        self.menu.move(-max(1, self.menu.size.height - 1))

    def action_first(self) -> None:
        """To the first."""
        self.menu.move(-9999)

    def action_last(self) -> None:
        """To the last."""
        self.menu.move(9999)
