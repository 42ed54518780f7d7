"""Fields of one line without a frame: what is pasted into one becomes one line, all of it."""

from collections.abc import Callable

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
