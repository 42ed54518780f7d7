"""Keys that are handled in the order in which they were pressed, however slow the screen is.

Textual hands a key to what has the focus and looks for its binding later: whoever types on while a form opens would
type commands into the list behind it. Here the bindings come first, and each waits until the next screen stands.
"""

from __future__ import annotations

from dataclasses import replace

from textual.binding import Binding, BindingType

from huddle_tui.ui import actions
from huddle_tui.ui.screens.base import HuddleScreen


def at_once(*areas: str) -> list[BindingType]:
    """The key bindings of those areas, handled before the next key is looked at."""
    return [replace(b, priority=True) for b in actions.bindings(*areas) if isinstance(b, Binding)]


class AtOnceScreen(HuddleScreen):
    """A screen whose own keys are handled at once, and that hands over to the next one without losing a key."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        if "AREAS" in cls.__dict__:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", []), *at_once(*cls.AREAS)]
        super().__init_subclass__(**kwargs)

    async def go(self, screen: HuddleScreen, *, instead: bool = False) -> None:
        """To another screen, on top of this one or instead of it; the next key finds it standing."""
        if instead:  # is not waited for to its end: that is when this screen is gone, and the click on it done
            self.app.switch_screen(screen)
            await screen.stands.wait()
        else:
            await self.app.push_screen(screen)
        if isinstance(screen, AtOnceScreen):
            screen.begin()

    def begin(self) -> None:
        """Puts the focus where the first key should go."""
