"""What is done on a screen and taken back with one key: off the event loop, in the order in which the keys came."""

import threading
from collections.abc import Callable
from datetime import date

import msgspec

from huddle_tui.domain.corrections import Overtaken
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.i18n import _
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.disk import BookWatch


class UndoStep(msgspec.Struct, frozen=True):
    """What takes something back that was done."""

    back: Callable[[], object]
    """Takes it back; blocks, and raises HuddleError."""
    told: str
    """What is said once that is done."""
    day: date | None = None
    """The huddle that it changed."""


class ChangingScreen(HuddleScreen):
    """A screen of what is in the book, whoever changes it; what is done on it can be taken back."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[UndoStep] = []
        self._saving = threading.Lock()
        """Held while something is done or taken back, so that their order is that of the keys."""

    @property
    def steps(self) -> list[UndoStep]:
        """What can be taken back, the last that was done at the end."""
        return self._steps

    def on_mount(self) -> None:
        """Looks for what other programs change."""
        BookWatch(self, self.show_changes).start()

    def on_screen_resume(self) -> None:
        """Back in front: something may have been saved meanwhile."""
        self.show_changes()

    def show_changes(self) -> None:
        """Shows what was changed, here or elsewhere."""
        raise NotImplementedError

    def change(
        self,
        job: Callable[[], UndoStep | None],
        told: str,
        *,
        form: str = "",
        unchanged: str = "",
        refused: Callable[[], object] | None = None,
    ) -> None:
        """Does that in a thread and says `told`; what it gives back takes it back again.

        Where it gives back nothing, `unchanged` is said if that is something else. Where it raises HuddleError,
        `refused` is called, and why is said. The draft of `form` is thrown away once it is done.
        """
        drafts = self.huddle_app.drafts

        def save() -> str:
            with self._saving:
                if (step := job()) is not None:
                    self.steps.append(step)
            drafts.pop(form, None)
            drafts.keep()
            return told if step else unchanged or told

        def failed(error: HuddleError) -> None:
            if refused is not None:
                refused()
            self.came_to(error)

        self.work(save, self.came_to, failed=failed, group="save")

    def came_to(self, told: str | HuddleError) -> None:
        """Says what came of a change, wherever somebody is by now; shows it where this screen is still there."""
        if told:
            (self if self.in_front else self.huddle_app).tell(told)
        if self.lives:
            self.show_changes()

    async def action_undo(self) -> None:
        """What was done last is taken back, whatever it was."""
        self.work(self._take_back, self.came_to, group="save")

    def _take_back(self) -> str | HuddleError:
        """In a thread: what can never be taken back any more keeps nothing else from it."""
        told: str | HuddleError = _("There is nothing to undo here.")
        with self._saving:
            if steps := self.steps:
                step = steps.pop()
                try:
                    step.back()
                    told = self.taken_back(step)
                except HuddleError as error:
                    told = error
                    if not isinstance(error, Overtaken):
                        steps.append(step)
        return told

    def taken_back(self, step: UndoStep) -> str:
        """What is said of a step that was taken back."""
        return step.told
