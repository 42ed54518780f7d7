"""A widget that is drawn in one go from what it was given last: one part, so that a key shows within milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual.content import Content
from textual.widget import Widget

Given = TypeVar("Given")


class Drawn(Widget, Generic[Given]):
    """Lines of text at the size of the moment. Subclasses draw them, at any size."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._given: Given | None = None

    def show(self, given: Given) -> None:
        """Shows that from now on; draws only where it is something else."""
        if given != self._given:
            self._given = given
            self.refresh()

    def render(self) -> Content:
        """The lines, as many as there is room for."""
        width, height = self.content_size
        if self._given is None or width < 4 or height < 1:
            return Content("")
        return Content("\n").join(self.draw(self._given, width, height)[:height])

    def draw(self, given: Given, width: int, height: int) -> Sequence[Content]:
        """Its lines, none wider than so many cells."""
        raise NotImplementedError
