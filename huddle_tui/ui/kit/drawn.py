"""A widget that is drawn in one go from what it was given last: one part, so that a key shows within milliseconds."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Size
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

Given = TypeVar("Given")


class Drawn(Widget, Generic[Given]):
    """Lines of text at the size of the moment. Subclasses draw them, at any size."""

    _given: Given | None = None
    _ahead: "tuple[Given | None, Size, _Ahead] | None" = None

    def show(self, given: Given) -> None:
        """Shows that from now on; draws only where it is something else."""
        if given != self._given:
            self._given = given
            self.refresh()

    def prepare(self, given: Given) -> None:
        """Draws what may be shown next, while there is time: then the key that shows it needs not wait for that."""
        if not self._is_ahead(given):
            ahead = _Ahead(self._content(given))
            self._ahead = given, self.content_size, ahead
            Visual.to_strips(self, ahead, *self.size, self.visual_style)

    def notify_style_update(self) -> None:
        """In other colours: what was drawn ahead stands there in those of before."""
        if self._ahead is not None:
            self._ahead[2].forget()
        super().notify_style_update()

    def render(self) -> Visual:
        """The lines, as many as there is room for."""
        if self._ahead is not None and self._is_ahead(self._given):
            return self._ahead[2]
        return self._content(self._given)

    def _is_ahead(self, given: Given | None) -> bool:
        return self._ahead is not None and self._ahead[:2] == (given, self.content_size)

    def _content(self, given: Given | None) -> Content:
        width, height = self.content_size
        if given is None or width < 4 or height < 1:
            return Content("")
        return Content("\n").join(self.draw(given, width, height)[:height])

    def draw(self, given: Given, width: int, height: int) -> Sequence[Content]:
        """Its lines, none wider than so many cells."""
        raise NotImplementedError


class _Ahead(Visual):
    """Lines that are made once for each size and style."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self.forget()

    def forget(self) -> None:
        """Its lines are made again when they are asked for."""
        self._made: tuple[tuple[int, int | None, Style] | None, list[Strip]] = (None, [])

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        if options.selection is not None:
            return self._content.render_strips(width, height, style, options)
        asked = (width, height, style)
        if self._made[0] != asked:
            self._made = asked, self._content.render_strips(width, height, style, options)
        return self._made[1]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self._content.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._content.get_height(rules, width)
