"""A grid of cells to draw on, each with a style: what the chart is made of. Whatever falls outside is not drawn."""

from itertools import groupby

from rich.cells import cell_len
from textual.content import Content

from huddle_tui.ui.look.text import graphemes


class Canvas:
    """`width` × `height` cells, blank at first. Rows count from the top, columns from the left."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells = [[(" ", "")] * width for _ in range(height)]

    def put(self, y: int, x: int, text: str, style: str = "") -> None:
        """Writes `text` from column `x` on; a wide character takes two cells or is left out at an edge."""
        for cluster in graphemes(text):
            wide = cell_len(cluster)
            if wide and 0 <= y < self.height and 0 <= x <= self.width - wide:
                self._cells[y][x] = (cluster, style)
                for after in range(x + 1, x + wide):
                    self._cells[y][after] = ("", style)
            x += wide

    def at(self, y: int, x: int) -> tuple[str, str]:
        """The character and style of a cell; nothing outside the canvas."""
        return self._cells[y][x] if 0 <= y < self.height and 0 <= x < self.width else ("", "")

    def lines(self) -> list[Content]:
        """The rows, top first, each exactly as wide as the canvas."""
        return [
            Content.assemble(
                *(("".join(c for c, _ in run), style) for style, run in groupby(row, lambda cell: cell[1]))
            )
            for row in self._cells
        ]
