"""A field that finds while it is typed in: what it finds is drawn together with the letter, not a frame later."""

from __future__ import annotations

from collections.abc import Callable

from textual.widgets import Input

from huddle_tui.domain.text import clean_line


class Finder(Input):
    """Calls back at once whenever its text changes."""

    DEFAULT_CSS = """
    Finder { height: 1; border: none; padding: 0; background: $surface; }
    Finder:focus { border: none; background-tint: transparent 0%; }
    """

    def __init__(self, find: Callable[[str], None], placeholder: str, *, id: str | None = None) -> None:
        """`find` is called with the cleaned text."""
        self._find = find
        super().__init__(id=id, placeholder=placeholder, compact=True)

    def watch_value(self, value: str) -> None:
        """Finds before the letter is drawn."""
        self._find(clean_line(value))
