"""A few figures in a row, each under its name: what is read first on a screen that looks back."""

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from textual.content import Content

from huddle_tui.ui.kit.drawn import Drawn
from huddle_tui.ui.look import bigfont
from huddle_tui.ui.look.text import cut, pad

PLAIN = "$foreground on $surface"
"""The colours of a figure that is neither good nor bad."""


class Tile(msgspec.Struct, frozen=True):
    """One figure."""

    title: str
    """What it is."""
    figure: str
    """The figure itself; drawn in block letters where there is room."""
    beside: str = ""
    """What stands behind it: a unit, `of 13`."""
    style: str = PLAIN
    """Its colours."""
    brief: str = ""
    """What stands behind the figure where there is one line only; else title and unit."""
    amount: str = ""
    """The figure as it is written there, with its unit in its place; else the figure."""


class Tiles(Drawn[Sequence[Tile]]):
    """Figures beside each other, as large as fits: five lines high, else one line."""

    DEFAULT_CSS = "Tiles { height: 5; width: 1fr; }"

    def draw(self, given: Sequence[Tile], width: int, height: int) -> list[Content]:
        """All tiles as wide as each other, or as wide as their titles want."""
        return drawn(given, width, height)


def drawn(tiles: Sequence[Tile], width: int, height: int) -> list[Content]:
    """Tiles beside each other in so many lines; in one, where there are fewer than four."""
    if not tiles or width < 10 or height < 1:
        return []
    if height < 4:
        lines = [_line(tile) for tile in tiles]
        wide = sum(line.cell_length for line in lines) + 2 * (len(lines) - 1)
        return [Content("  " if wide <= width else " ").join(lines).rstrip().truncate(width, ellipsis=True)]
    rooms = _rooms(tiles, width - 2 * (2 * len(tiles) - 1))
    placed = list(zip(tiles, rooms, strict=True))
    alike = ([_figure(tile, room, rows) for tile, room in placed] for rows in (height - 1, 4, 3) if rows < height)
    figures = next((found for found in alike if all(found)), None)
    columns = [
        _draw(tile, (figures[n] if figures else None) or _any_figure(tile, room, height - 1), room, height)
        for n, (tile, room) in enumerate(placed)
    ]
    return [Content("  ").join(lines) for lines in zip(*columns, strict=True)]


def _rooms(tiles: Sequence[Tile], width: int) -> list[int]:
    """Cells for each: as many for all, unless something would be cut that need not be."""
    wanted = [_least(tile) for tile in tiles]
    each, spare = width // len(tiles), (width - sum(wanted)) // len(tiles)
    return [max(0, each) if max(wanted) <= each or spare < 0 else want + spare for want in wanted]


def _least(tile: Tile) -> int:
    """What a tile needs in the smallest letters: what stands beside the figure may stand beside its title."""
    title, beside = cell_len(tile.title), cell_len(f" {tile.beside}") if tile.beside else 0
    small = bigfont.drawable(tile.figure, small=True)
    figure = bigfont.width(tile.figure, small=True) if small else cell_len(tile.figure)
    return max(title, min(figure + beside, max(figure, title + beside)))


def _line(tile: Tile) -> Content:
    behind = tile.brief or " ".join(part for part in (tile.beside, tile.title) if part)
    return Content.assemble((f" {tile.amount or tile.figure}", f"bold {tile.style}"), (f" {behind} ", tile.style))


def _figure(tile: Tile, room: int, rows: int) -> list[str] | None:
    """Title and figure in letters of one size, so that all tiles of a row are alike; None where that does not fit.

    The smallest letters go without what stands beside them rather than not at all.
    """
    if not bigfont.drawable(tile.figure):
        return _any_figure(tile, room, rows)
    figure = bigfont.fit(tile.figure, room, rows, small=rows < 4)
    if figure is None:
        return None
    beside = f" {tile.beside}" if tile.beside else ""
    if len(figure[0]) + cell_len(beside) <= room:
        return [tile.title, *figure[:-1], figure[-1] + beside]
    spare = room - cell_len(tile.title) - cell_len(beside)
    if spare >= 0:
        return [tile.title + " " * spare + beside, *figure]
    return [tile.title, *figure] if rows < 4 else None


def _any_figure(tile: Tile, room: int, rows: int) -> list[str]:
    """Title and figure in the largest form that fits."""
    beside = f" {tile.beside}" if tile.beside else ""
    drawn = bigfont.fit(tile.figure, room - cell_len(beside), rows)
    if drawn is None:
        drawn, beside = bigfont.fit(tile.figure, room, rows) or [cut(tile.figure + beside, room)], ""
    return [tile.title, *drawn[:-1], drawn[-1] + beside]


def _draw(tile: Tile, lines: list[str], room: int, height: int) -> list[Content]:
    lines = [*lines, *[""] * (height - len(lines))]
    return [
        Content.styled(f" {pad(line, room)} ", f"{tile.style}" if y == 0 else f"bold {tile.style}")
        for y, line in enumerate(lines)
    ]
