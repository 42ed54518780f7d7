"""A QR code in a terminal: black on white whatever the theme, two rows to a line."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

Cells = Sequence[Sequence[tuple[bool, bool]]]
"""Line by line, per cell whether its upper and its lower half are dark."""

_INK, _PAPER = "#000000", "#ffffff"


class Code(Widget):
    """The code; as large as it is."""

    DEFAULT_CSS = "Code { width: 0; height: 0; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Strip] = []

    def show(self, cells: Cells) -> None:
        """Another code; of no cells, nothing."""
        self._lines = [
            Strip(
                [Segment("▀", Style(color=_INK if up else _PAPER, bgcolor=_INK if low else _PAPER)) for up, low in line]
            )
            for line in cells
        ]
        self.styles.width = self._lines[0].cell_length if self._lines else 0
        self.styles.height = len(self._lines)
        self.refresh(layout=True)

    def render_line(self, y: int) -> Strip:
        """One line of it."""
        return self._lines[y] if y < len(self._lines) else Strip.blank(self.size.width)
