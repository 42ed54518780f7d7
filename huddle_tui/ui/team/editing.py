"""What the screens share on which the team is edited where it stands: moving and undo."""

import asyncio
from collections.abc import Callable
from functools import partial

from huddle_tui.activities.setting_up import Edit
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.i18n import _
from huddle_tui.ui.base import AtOnceScreen, calls
from huddle_tui.ui.undo import ChangingScreen, UndoStep


class EditingScreen(AtOnceScreen, ChangingScreen):
    """A screen that shows the team as it is stored, and changes it with single keys."""

    team = Team("")
    """The team as it was read last; nobody's until it was."""

    def show_changes(self) -> None:
        """Shows the team as it is stored now."""
        if not self.lives:
            return
        try:
            self.team = self.book.team()
        except HuddleError as error:
            self.tell(error)
        else:
            self.show_team()

    def show_team(self) -> None:
        """Shows the team."""
        raise NotImplementedError

    async def move(self, steps: int) -> None:
        """Moves what is at hand by so many places."""
        raise NotImplementedError

    action_earlier, action_later = calls("move", -1), calls("move", 1)

    @property
    def steps(self) -> list[UndoStep]:
        """The last edit of the team, on whichever screen it was."""
        setting_up = self.huddle_app.setting_up
        return [UndoStep(setting_up.undo, _("Undone."))] if setting_up.can_undo else []

    async def edit(self, change: Callable[[], Team], done: str = "") -> None:
        """A change of the team, off the event loop; then what came of it, and `done` where it went well."""
        try:
            await asyncio.to_thread(change)
        except HuddleError as error:
            self.came_to(error)
        else:
            self.came_to(done)

    async def edit_team(self, edit: Edit, done: str = "") -> None:
        """The same of an edit of the stored team."""
        await self.edit(partial(self.huddle_app.setting_up.do, edit), done)
