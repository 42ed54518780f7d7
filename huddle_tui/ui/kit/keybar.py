"""The key bar: at most five keys that matter now, in one line that fits, each of them clickable."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from huddle_tui.i18n import _
from huddle_tui.ui.actions import UserAction, keys_of

if TYPE_CHECKING:
    from huddle_tui.ui.base import HuddleScreen


class KeyHint(Static):
    """One key and what it does; a click does it too."""

    DEFAULT_CSS = """
    KeyHint { width: auto; height: 1; margin-right: 2; color: $footer-description-foreground; }
    KeyHint:hover { color: $foreground; }
    """

    def __init__(self, action: UserAction, key: str) -> None:
        super().__init__(Content.assemble((key, "bold $footer-key-foreground"), " ", _(action.label)))
        self._action = action

    async def on_click(self) -> None:
        """Does what the key does."""
        doer = cast("HuddleScreen", self.screen).doer_of(self._action)
        await self.run_action(f"{doer}.{self._action.id}")


class KeyBar(Horizontal):
    """The bottom line of every screen."""

    DEFAULT_CSS = "KeyBar { dock: bottom; height: 1; padding: 0 1; background: $footer-background; }"

    def compose(self) -> ComposeResult:
        """The hints that the screen asks for now, as many as fit."""
        self._shown = self._wanted()
        room = max(0, self.app.size.width - 2 * 2 - 2)
        hints = [(a, keys_of(a)[0]) for a in cast("HuddleScreen", self.screen).footer_actions()]
        while hints and len("  ".join(f"{key} {_(action.label)}" for action, key in hints)) > room:
            hints.pop(-2 if len(hints) > 1 else -1)
        yield from (KeyHint(action, key) for action, key in hints)

    def on_mount(self) -> None:
        """Follows what can be done now."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.renew())

    def on_resize(self) -> None:
        """Another width fits other keys."""
        self.renew()

    def renew(self) -> None:
        """Composes again, only where something else would be shown."""
        if self._wanted() != self._shown:
            self.refresh(recompose=True)

    def _wanted(self) -> tuple[str, ...]:
        """What the hints depend on."""
        actions = cast("HuddleScreen", self.screen).footer_actions()
        return str(self.app.size.width), *(a.ref + _(a.label) for a in actions)
