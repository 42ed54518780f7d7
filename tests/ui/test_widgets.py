"""The visual parts: right at any size from one cell up, no markup read, redrawn only when something changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widget import Widget

from huddle_tui.domain.judging import Status
from huddle_tui.ui.kit.big import BigNumber, BigText, Countdown, TimeBar, clock
from huddle_tui.ui.kit.drawn import Drawn
from huddle_tui.ui.kit.tiles import Tile, drawn
from huddle_tui.ui.kit.trend import columns, spark
from huddle_tui.ui.look import bigfont
from huddle_tui.ui.look.themes import THEMES, VARIABLES
from huddle_tui.ui.round.recap_widget import _flow
from huddle_tui.ui.shared.chart import Chart, Point

HOSTILE = "[/] [bold]José[/bold] 佐藤 👩\u200d👩\u200d👧 \x1b[31m"
VALUES = [Decimal(value) for value in (3, -5, 8, 1)]
POINTS = [Point("2 mrt", Decimal(8), Decimal(8), Status.GREEN), Point("[/]", None, None, Status.NOT_MEASURED)]


class Stage(App[None]):
    """One widget on an empty screen."""

    CSS = "Screen { padding: 0; overflow: hidden; }"

    def __init__(self, widget: Widget, width: int | None = None, height: int | None = None) -> None:
        super().__init__()
        self.register_theme(THEMES[0])
        self.theme = THEMES[0].name
        self._widget = widget
        if width is not None:
            widget.styles.width = width
        if height is not None:
            widget.styles.height = height

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(VARIABLES)

    def compose(self) -> ComposeResult:
        yield self._widget


def rows(widget: Widget) -> list[str]:
    """The rows of a widget as they are on the screen."""
    return [widget.render_line(y).text for y in range(widget.size.height)]


async def on_screen(widget: Widget, width: int | None, height: int | None) -> list[str]:
    app = Stage(widget, width, height)
    async with app.run_test(size=(130, 20)):
        return rows(widget)


def number(text: str, unit: str = "") -> BigNumber:
    shown = BigNumber(text)
    shown.set_reactive(BigNumber.unit, unit)
    return shown


def countdown_at(left: float) -> Countdown:
    shown = Countdown()
    shown.show(left, 60)
    return shown


def chart_of(points: Sequence[Point]) -> Chart:
    shown = Chart()
    shown.show(points, str)
    return shown


MAKERS: list[Callable[[], Widget]] = [
    lambda: BigText(HOSTILE),
    lambda: BigText("Zoë de Vries"),
    lambda: BigText(""),
    lambda: number("1.234,5", "[/] per week"),
    lambda: number("[/]"),
    lambda: countdown_at(-12),
    lambda: TimeBar(0.3),
    lambda: TimeBar(-0.3),
    lambda: chart_of(POINTS),
    lambda: chart_of([]),
]


@pytest.mark.parametrize("make", MAKERS)
async def test_any_size_from_one_cell_up(make: Callable[[], Widget]) -> None:
    widget = make()
    app = Stage(widget)
    async with app.run_test(size=(130, 20)) as pilot:
        for width, height in ((1, 1), (2, 1), (1, 3), (7, 3), (20, 4), (60, 9), (130, 20)):
            widget.styles.width, widget.styles.height = width, height
            await pilot.pause()
            drawn = rows(widget)
            assert len(drawn) == height
            assert "\x1b" not in "".join(drawn)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (130, 8, bigfont.big("Zoë Vos", scale=2)),
        (130, 4, bigfont.big("Zoë Vos")),
        (30, 4, [*bigfont.big("Zoë")[:3], bigfont.big("Zoë")[3] + "  Vos"]),
        (19, 4, bigfont.big("Zoë")),
        (12, 4, ["", "Zoë Vos", "", ""]),
        (12, 1, ["Zoë Vos"]),
        (5, 1, ["Zoë…"]),
    ],
)
async def test_a_name_at_every_width(width: int, height: int, expected: list[str]) -> None:
    drawn = await on_screen(BigText("Zoë Vos"), width, height)
    assert [row.rstrip() for row in drawn] == [row.rstrip() for row in expected]


async def test_a_long_name_is_smaller_before_it_is_plain_text() -> None:
    drawn = await on_screen(BigText("Maximiliaan van der Berg"), 56, 4)
    assert [row.rstrip() for row in drawn] == [
        *(row.rstrip() for row in bigfont.big("Maximiliaan", small=True)),
        "van der Berg",
    ]


async def test_a_name_in_another_script_is_bold_text_in_the_middle() -> None:
    drawn = await on_screen(BigText("佐藤さん"), 40, 4)
    assert [row.rstrip() for row in drawn] == ["", "佐藤さん", "", ""]


async def test_markup_in_a_name_is_text() -> None:
    drawn = await on_screen(BigText("[bold]{x}[/]"), 60, 1)
    assert drawn[0].rstrip() == "[bold]{x}[/]"


@pytest.mark.parametrize(
    ("width", "height", "last"),
    [
        (40, 4, bigfont.big("12,5")[3] + " %"),
        (19, 4, bigfont.big("12,5", small=True)[2] + " %"),
        (9, 4, "12,5 %"),
        (9, 1, "12,5 %"),
        (4, 1, "12,…"),
    ],
)
async def test_a_number_with_its_unit(width: int, height: int, last: str) -> None:
    drawn = await on_screen(number("12,5", "%"), width, height)
    assert any(row == last.ljust(width) for row in drawn)


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (60, "1:00"),
        (59.2, "1:00"),
        (59, "0:59"),
        (0.1, "0:01"),
        (0, "0:00"),
        (-0.9, "+0:00"),
        (-12.3, "+0:12"),
        (3661, "61:01"),
    ],
)
def test_the_clock(left: float, text: str) -> None:
    assert clock(left) == text


async def test_the_countdown_marks_the_end_and_overtime() -> None:
    countdown = countdown_at(60)
    async with Stage(countdown).run_test(size=(80, 10)) as pilot:
        assert not countdown.classes & {"-soon", "-over"}
        before = countdown.size.width
        for left, marks in ((12, {"-soon"}), (0, {"-soon"}), (-1, {"-over"}), (30, set())):
            countdown.show(left, 60)
            await pilot.pause()
            assert countdown.classes & {"-soon", "-over"} == marks
            assert countdown.size.width == before
        countdown.show(-754, 60)
        await pilot.pause()
        assert rows(countdown) == [row.ljust(countdown.size.width) for row in bigfont.big("+12:34")]


class Line(Drawn[str]):
    """A word in the accent's colour."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[str] = []

    def draw(self, given: str, width: int, height: int) -> list[Content]:
        self.drawn.append(given)
        return [Content.styled(given, "$accent")]


async def test_what_is_drawn_ahead_is_drawn_once_and_shows_in_the_colours_of_the_moment() -> None:
    line = Line()
    app = Stage(line, 20, 1)
    async with app.run_test() as pilot:
        line.show("said")
        await pilot.pause()
        line.prepare("next")
        line.prepare("next")
        assert rows(line) == ["said"]
        app.register_theme(replace(THEMES[0], name="the same in red", accent="#ff0000"))
        app.theme = "the same in red"
        await pilot.pause()
        line.show("next")
        await pilot.pause()
        (segment, *_rest) = line.render_line(0)
        assert segment.text == "next"
        assert segment.style is not None
        assert segment.style.color is not None
        assert segment.style.color.get_truecolor()[1:] == (0, 0)  # no green, no blue
        assert line.drawn == ["said", "next"]


async def test_only_a_change_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    countdown, bar = countdown_at(60), TimeBar(1.0)
    drawn: list[str] = []
    for widget in (countdown, bar):
        original = widget.refresh

        def refresh(
            *args: object, _original: object = original, _name: str = type(widget).__name__, **kwargs: object
        ) -> object:
            drawn.append(_name)
            return _original(*args, **kwargs)  # type: ignore[operator]

        monkeypatch.setattr(widget, "refresh", refresh)

    class Both(Stage):
        def compose(self) -> ComposeResult:
            yield countdown
            yield bar

    async with Both(countdown).run_test(size=(80, 10)) as pilot:
        await pilot.pause()
        drawn.clear()
        for tick in range(4):
            countdown.show(60 - tick * 0.25, 60)
            bar.show(1 - tick * 0.001)
        assert drawn == []
        countdown.show(58.9, 60)
        bar.show(0.9)
        assert set(drawn) == {"Countdown", "TimeBar"}


@pytest.mark.parametrize(
    ("share", "line"),
    [
        (1, "━━━━━━━━━━"),
        (0.55, "━━━━━╸────"),
        (0.5, "━━━━━─────"),
        (0, "──────────"),
        (-0.25, "───────╺━━"),
        (-7, "━━━━━━━━━━"),
        (3, "━━━━━━━━━━"),
    ],
)
async def test_the_time_bar(share: float, line: str) -> None:
    assert await on_screen(TimeBar(share), 10, 1) == [line]


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([1, 2, 3, 4], "▂▄▆█"),
        ([4, None, 1], "█ ▂"),
        ([-10, 0], "▂█"),
        ([5, 5, 5], "▅▅▅"),
        ([None, None], "  "),
        ([], ""),
        ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "▂▃▄▅▅▆▇█"),
    ],
)
def test_a_spark_line(values: list[int | None], line: str) -> None:
    assert spark([None if value is None else Decimal(value) for value in values], 8) == line


def test_columns_share_one_scale() -> None:
    assert columns([Decimal(0), Decimal(5), Decimal(10)], 3) == ["  █", " ▇█", "▆██"]
    assert columns([], 2) == ["", ""]


def test_tiles_give_a_long_title_the_room_that_others_do_not_want() -> None:
    tiles = [Tile(title, "8") for title in ("beloften nagekomen", "⚑ rode vlaggen", "tijd gebruikt", "temperatuur")]
    titles = drawn(tiles, 76, 5)[0].plain
    assert all(tile.title in titles for tile in tiles)
    assert {line.cell_length for line in drawn(tiles, 76, 5)} <= {*range(70, 77)}
    alike = [Tile("kept", "8"), Tile("time", "9")]
    assert drawn(alike, 42, 5)[0].plain.index("time") == 23


def test_a_list_that_does_not_fit_ends_with_no_heading_and_counts_what_is_left_out() -> None:
    lines = [Content(text) for text in ("Stuck", "● a", "● b", "Actions", "▸ c", "▸ d")]
    assert [line.plain for line in _flow(lines, 40, 5)] == ["Stuck", "● a", "● b", "… and 2 more"]
    assert [line.plain for line in _flow(lines, 40, 6)] == [line.plain for line in lines]


def test_a_long_time_stands_in_letters_as_large_as_those_beside_it() -> None:
    tiles = [Tile("nagekomen", "19", "van 21"), Tile("⚑ rode vlag", "1"), Tile("tijd gebruikt", "12:22", "van 10:00")]
    head, *lines = [line.plain for line in drawn([*tiles, Tile("temperatuur", "8", "van 10")], 76, 5)]
    assert "tijd gebruikt van 10:00" in head
    assert not any("12:22" in line or "…" in line for line in lines)
    assert lines[-1].strip() == "", "all of them are three lines high"
