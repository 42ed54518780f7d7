"""Everything the program can do, to be found by name."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette

from huddle_tui.i18n import _


class Palette(CommandPalette):
    """Textual's palette, which also stands where there is no room for its list."""

    def __init__(self) -> None:
        super().__init__(placeholder=_("What do you want to do?"), id="--command-palette")

    def _action_command_list(self, action: str) -> None:
        """A list that is not drawn, in a window of a few cells say, has no pages: Textual looks for one and fails."""
        commands = self.query_one(CommandList)
        if action.startswith("page_") and not (commands.scrollable_content_region and commands.virtual_size.height):
            return
        super()._action_command_list(action)
