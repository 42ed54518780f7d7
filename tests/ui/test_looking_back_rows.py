"""The list and the table of any length: cursor, scrolling, and drawing no more than shows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot

from huddle_tui.ui.kit.grid import Grid, Table
from huddle_tui.ui.kit.rows import Line, Rows, Words
from huddle_tui.ui.look.themes import THEMES, VARIABLES
from tests.kit.driven import on_screen


@dataclass
class Counted:
    """A line that says how often it was drawn."""

    key: int
    drawn: list[int] = field(default_factory=list)

    def draw(self, width: int) -> Content:
        self.drawn.append(self.key)
        return Content(f"line {self.key}")


class Shell(App[None]):
    """One widget on a screen."""

    def __init__(self, widget: Rows) -> None:
        super().__init__()
        self._widget = widget
        self.moved: list[object] = []
        self.picked: list[object] = []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(VARIABLES)

    def compose(self) -> ComposeResult:
        yield self._widget

    def on_listed_moved(self) -> None:
        self.moved.append(self._widget.cursor)

    def on_listed_picked(self) -> None:
        self.picked.append(self._widget.cursor)


@asynccontextmanager
async def shown(widget: Rows, size: tuple[int, int] = (40, 10)) -> AsyncIterator[tuple[Shell, Pilot[None]]]:
    app = Shell(widget)
    async with app.run_test(size=size) as pilot:
        yield app, pilot


def at(rows: Rows) -> object:
    """What the cursor is on, whatever it was on before."""
    return rows.cursor


async def test_ten_thousand_lines_draw_only_what_shows() -> None:
    drawn: list[int] = []
    lines: list[Line] = [Counted(n, drawn) for n in range(10_000)]
    rows = Rows()
    async with shown(rows) as (app, pilot):
        rows.show(lambda _width: lines)
        await pilot.pause()
        assert len(set(drawn)) <= 10
        rows.last()
        await pilot.pause()
        assert "line 9999" in on_screen(app)[-1]
        assert len(set(drawn)) <= 20


@pytest.mark.quick
async def test_the_cursor_passes_over_headings_and_stays_in_sight() -> None:
    rows = Rows()
    lines: list[Line] = []
    for n in range(30):
        lines += [Words(Content(f"month {n}")), Words(Content(f"day {n}"), n)]
    async with shown(rows) as (app, pilot):
        rows.show(lambda _width: lines)
        await pilot.pause()
        assert at(rows) == 0
        assert "month 0" in on_screen(app)[0]
        rows.move(1)
        assert at(rows) == 1
        for _ in range(20):
            rows.move(1)
            await pilot.pause()
            assert any(line.startswith("▌") and f"day {rows.cursor}" in line for line in on_screen(app))
        rows.move(-100)
        await pilot.pause()
        assert at(rows) == 0
        assert "month 0" in on_screen(app)[0]
        rows.page(1)
        rows.move(1000)
        assert at(rows) == 29
        rows.first()
        rows.move(-1)
        assert at(rows) == 0


async def test_the_cursor_stays_on_what_it_was_on_when_lines_come_in() -> None:
    rows = Rows()
    async with shown(rows) as (app, pilot):
        rows.show(lambda _width: [Words(Content(str(n)), n) for n in range(5)])
        rows.move(3)
        rows.show(lambda _width: [Words(Content(str(n)), n) for n in range(-5, 5)])
        await pilot.pause()
        assert at(rows) == 3
        rows.show(lambda _width: [Words(Content(str(n)), n) for n in (0, 1)])
        assert at(rows) == 1
        rows.show(lambda _width: [])
        rows.move(1)
        rows.last()
        rows.page(-1)
        await pilot.pause()
        assert app.moved[-1] is None


async def test_a_click_puts_the_cursor_there_and_picks() -> None:
    rows = Rows()
    async with shown(rows) as (app, pilot):
        rows.show(lambda _width: [Words(Content("head")), *(Words(Content(str(n)), n) for n in range(50))])
        await pilot.pause()
        await pilot.click(rows, offset=(3, 4))
        assert at(rows) == 3
        assert app.picked == [3]
        await pilot.click(rows, offset=(3, 0))
        assert app.picked == [3]


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (5, 1), (300, 100)])
async def test_any_size(size: tuple[int, int]) -> None:
    rows, grid = Rows(), Grid()
    for widget in (rows, grid):
        async with shown(widget, size) as (_app, pilot):
            if isinstance(widget, Grid):
                widget.show_table(lambda _width: table(50))
            else:
                widget.show(lambda _width: [Words(Content("x" * 50), n) for n in range(50)])
            for step in (1, -1, 100):
                widget.move(step)
                await pilot.pause()


def table(columns: int, rows: int = 20) -> Table:
    lines = [Words(Content("Sanne")), *(Words(Content(f"row {n}"), n) for n in range(rows))]
    return Table(
        fixed=12, wide=6, head=(Content(""), Content("")), columns=columns, heading=lambda place: ("Nov", f"c{place}"),
        rows=lines, cell=lambda key, place: Content(f"{key}.{place}"),
    )  # fmt: skip


@pytest.mark.quick
async def test_the_table_starts_at_the_newest_column_and_keeps_the_names() -> None:
    grid = Grid()
    async with shown(grid) as (app, pilot):
        grid.show_table(lambda _width: table(30))
        await pilot.pause()
        assert grid.column == 29
        assert "c29" in on_screen(app)[1]
        assert "c0 " not in on_screen(app)[1]
        assert "row 0" in on_screen(app)[3]
        for _ in range(29):
            grid.sideways(-1)
        await pilot.pause()
        assert grid.column == 0
        assert "c0 " in on_screen(app)[1]
        assert "row 0" in on_screen(app)[3]
        assert "0.0" in on_screen(app)[3]
        grid.last()
        await pilot.pause()
        assert "c0 " in on_screen(app)[1]
        assert any("row 19" in line and "19.0" in line for line in on_screen(app))


async def test_older_columns_come_in_before_the_one_at_hand() -> None:
    grid = Grid()
    async with shown(grid) as (_app, pilot):
        grid.show_table(lambda _width: table(13))
        grid.sideways(-3)
        assert grid.column == 9
        grid.show_table(lambda _width: table(100))
        await pilot.pause()
        assert grid.column == 96
        grid.show_table(lambda _width: table(0))
        assert grid.column == -1


async def test_a_cell_is_clicked_and_clicked_again() -> None:
    grid = Grid()
    async with shown(grid) as (app, pilot):
        grid.show_table(lambda _width: table(4))
        await pilot.pause()
        await pilot.click(grid, offset=(14, 5))
        assert (grid.cursor, grid.column) == (2, 0)
        assert app.picked == []
        await pilot.click(grid, offset=(14, 5))
        assert app.picked == [2]
