"""The key bar: at most five keys that matter now, in one line that fits, each of them clickable."""

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click, MouseEvent, MouseMove
from textual.reactive import reactive
from textual.widget import Widget

from huddle_tui.i18n import _
from huddle_tui.ui.actions import UserAction, keys_of

if TYPE_CHECKING:
    from huddle_tui.ui.base import HuddleScreen

_GAP = 2
"""Cells between two keys."""


class KeyBar(Widget):
    """The bottom line of every screen: one part, for a screen stands the sooner the fewer parts it has."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; background: $footer-background;
        color: $footer-description-foreground; }
    """

    pointed: reactive[str] = reactive("")
    """The action that the mouse is on."""

    def __init__(self) -> None:
        super().__init__()
        self._hints: list[tuple[str, str, UserAction]] = []
        """What the screen asks for now, as much as fits: the key, what it does, and the action."""

    def on_mount(self) -> None:
        """Follows what can be done now."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.renew())
        self.renew()

    def on_resize(self) -> None:
        """Another width fits other keys."""
        self.renew()

    def renew(self) -> None:
        """Draws again, only where something else would be shown."""
        actions = cast("HuddleScreen", self.screen).footer_actions()
        hints = [(keys_of(action)[0], _(action.label), action) for action in actions]
        while hints and _starts(hints)[-1] - _GAP > max(0, self.app.size.width - 2 * 2 - 2):
            hints.pop(-2 if len(hints) > 1 else -1)
        if hints != self._hints:
            self._hints = hints
            self.refresh()

    def render(self) -> Content:
        """The keys with what they do; that on which the mouse is stands out."""
        parts: list[Content | str | tuple[str, str]] = []
        for key, label, action in self._hints:
            looks = "$foreground" if action.ref == self.pointed else ""
            parts += [(key, "bold $footer-key-foreground"), (f" {label}", looks), " " * _GAP]
        return Content.assemble(*parts[:-1])

    def _at(self, event: MouseEvent) -> UserAction | None:
        """The action of the key that the mouse is on."""
        offset = event.get_content_offset(self)
        if offset is not None:
            for (start, after), (_key, _label, action) in zip(pairwise(_starts(self._hints)), self._hints, strict=True):
                if start <= offset.x < after - _GAP:
                    return action
        return None

    def on_mouse_move(self, event: MouseMove) -> None:
        """Shows what a click would do."""
        action = self._at(event)
        self.pointed = action.ref if action else ""

    def on_leave(self) -> None:
        """A click would do nothing here now."""
        self.pointed = ""

    async def on_click(self, event: Click) -> None:
        """Does what the key does."""
        if (action := self._at(event)) is not None:
            doer = cast("HuddleScreen", self.screen).doer_of(action)
            await self.run_action(f"{doer}.{action.id}")


def _starts(hints: list[tuple[str, str, UserAction]]) -> list[int]:
    """In which cell each of them begins, and where another one would."""
    return list(accumulate((cell_len(f"{key} {label}") + _GAP for key, label, _action in hints), initial=0))
