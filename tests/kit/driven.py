"""The program on a screen, driven by a test: what shows, what was said in toasts, and waiting until something is so.

Textual keeps what it drew and its toasts to itself; here is the one place of the tests that looks there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.shared.prompting import Prompt

_PATIENCE = 30.0
"""Seconds after which it will never come to what is waited for, even on a crowded machine."""


def on_screen(app: App[Any]) -> list[str]:
    """Every line of the screen, as text."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def toasts(app: App[Any]) -> list[str]:
    """Everything that was said in toasts and still shows."""
    return [note.message for note in app._notifications]


def at_rest(app: App[Any]) -> bool:
    """Whether nothing is being read or saved; that it is listened for changes is no work."""
    return all(worker.is_finished for worker in app.workers if worker.group != "watch")


async def until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Until it is so."""
    end = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it never came to that; what shows:\n" + "\n".join(on_screen(pilot.app)))
        await pilot.pause(0.01)


class Driven:
    """A program under test, and what can be seen of it."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    @property
    def app(self) -> HuddleApp:
        """The program."""
        assert isinstance(self.pilot.app, HuddleApp)
        return self.pilot.app

    @property
    def prompt(self) -> Prompt:
        """The one field of round and check-in."""
        return self.app.screen.query_one(Prompt)

    @property
    def typed(self) -> str:
        """What stands in that field."""
        return self.prompt.value

    @property
    def toasts(self) -> str:
        """What was said in toasts, a line each."""
        return "\n".join(toasts(self.app))

    def text(self) -> str:
        """Every letter on the screen."""
        return "\n".join(on_screen(self.app))

    async def until(self, condition: Callable[[], object]) -> None:
        """Until it is so."""
        await until(self.pilot, condition)
