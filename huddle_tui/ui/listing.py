"""What screens with one menu share."""

from __future__ import annotations

from huddle_tui.ui.base import AtOnceScreen
from huddle_tui.ui.kit.menu import Menu


class ListScreen(AtOnceScreen):
    """A screen with one Menu; its areas include `list`."""

    @property
    def listed(self) -> Menu:
        """The menu."""
        return self.query_one(Menu)
