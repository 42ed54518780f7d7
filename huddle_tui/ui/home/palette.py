"""Everything the program can do, to be found by name."""

from __future__ import annotations

from contextlib import suppress

from textual import work
from textual.command import CommandList, CommandPalette
from textual.css.query import NoMatches

from huddle_tui.i18n import _


class Palette(CommandPalette):
    """Textual's palette, which also stands where there is no room for its list and when it is closed while it looks."""

    DEFAULT_CSS = """
    Palette > .command-palette--help-text { color: $quiet; text-style: not bold; }
    Palette > .command-palette--highlight { color: $accent; text-style: bold; }
    Palette > Vertical, Palette:dark > Vertical { width: 90%; max-width: 92; margin-top: 2; background: $surface; }
    Palette #--input, Palette #--input.--list-visible { border: none; border-left: outer $accent; background: $panel;
        height: 1; }
    Palette SearchIcon { display: none; }
    Palette CommandInput, Palette CommandInput:focus { border: none; padding: 0 1; height: 1; }
    Palette CommandList, Palette CommandList:focus { border: none; padding: 0; scrollbar-size-vertical: 1; }
    """

    def __init__(self) -> None:
        super().__init__(placeholder=_("What do you want to do?"), id="--command-palette")

    def _action_command_list(self, action: str) -> None:
        """A list that is not drawn, in a window of a few cells say, has no pages: Textual looks for one and fails."""
        commands = self.query_one(CommandList)
        if action.startswith("page_") and not (commands.scrollable_content_region and commands.virtual_size.height):
            return
        super()._action_command_list(action)

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        """What a key asked for may be looked for when the palette is going already: then there is no list to fill."""
        with suppress(NoMatches):
            await CommandPalette._gather_commands.__wrapped__(self, search_value)  # type: ignore[attr-defined]  # @work
