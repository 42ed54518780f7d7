"""Fields of one line without a frame: what is pasted into one becomes one line, all of it."""

from collections.abc import Callable
from typing import Protocol

from textual import events
from textual.widgets import Input

from huddle_tui.domain.text import clean_line


class LineInput(Input):
    """The look of all of them."""

    DEFAULT_CSS = """
    LineInput { height: 1; border: none; padding: 0; background: $surface; }
    LineInput:focus { border: none; background-tint: transparent 0%; }
    """

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(clean_line(event.text), *self.selection)


class Finder(LineInput):
    """Calls back at once whenever its text changes: what it finds is drawn with the letter, not a frame later."""

    def __init__(self, find: Callable[[str], None], placeholder: str, *, id: str | None = None) -> None:
        """`find` is called with the cleaned text."""
        self._find = find
        super().__init__(id=id, placeholder=placeholder, compact=True)

    def watch_value(self, value: str) -> None:
        """Finds before the letter is drawn."""
        self._find(clean_line(value))


_ARROWS = {"left": -1, "right": 1}


class Answers(Protocol):
    """What the screen around the prompt does with it."""

    def enter(self, text: str) -> None:
        """Enter was pressed; `text` is what stood in the field."""

    def turn(self, step: int) -> bool:
        """An arrow in the empty field, -1 left or 1 right; True where something is chosen so."""

    def typed(self) -> None:
        """The text is another one."""


class Prompt(LineInput, inherit_bindings=False):
    """The one field of the round: it never moves and never loses the focus, so that no key can land in the wrong place.

    Every key is handled here in the order in which it was pressed, Enter included: whoever types four numbers and four
    Enters in one breath gets four readings.
    """

    BINDINGS = Input.BINDINGS  # and none of those that scroll: a line of text has nowhere to
    DEFAULT_CSS = "Prompt { background: transparent; width: 1fr; }"

    def __init__(self, screen: Answers, id: str | None = None) -> None:
        self._answers, self._filling = screen, False
        super().__init__(id=id, select_on_focus=False)
        self.cursor_blink = False  # a blinking cursor repaints twice a second, and draws the eye on a projector
        self.takes_text = False
        """Whether printable keys are text; else they are keys of the screen like any other."""

    def fill(self, text: str) -> None:
        """Puts it in the field: nobody typed that, so nobody is told."""
        self._filling = True
        self.value = text
        self._filling = False

    def watch_value(self) -> None:
        """Tells it at once, not only by message: so the key and what it means come in one frame."""
        if self.is_attached and not self._filling:
            self._answers.typed()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Only where it takes text are letters text."""
        return self.takes_text and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            self._answers.enter(self.value)
        elif event.key in _ARROWS and not self.value and self._answers.turn(_ARROWS[event.key]):
            pass
        elif event.is_printable and self.takes_text:
            return  # is text: Textual calls the handler of the field itself
        elif not await self._run(event.key) and not event.is_printable:
            return
        event.stop()
        event.prevent_default()

    async def _run(self, key: str) -> bool:
        """What a key does: on the screen first, so that one that a user chose does not edit the field instead."""
        chain = sorted(self.screen._modal_binding_chain, key=lambda each: each[0] is not self.screen)
        for node, bindings in chain:
            for binding in bindings.key_to_bindings.get(key, ()):
                if await self.app.run_action(binding.action, node):
                    return True
        return False

    def _on_paste(self, event: events.Paste) -> None:
        """Only where it takes text. Textual calls the handlers of all its classes, this one first."""
        if not self.takes_text:
            event.stop()
            event.prevent_default()
