"""The history chart: exact size always, columns and line where they belong, statuses told without colour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huddle_tui import i18n
from huddle_tui.domain.history import Said, Series
from huddle_tui.domain.huddle import Reading
from huddle_tui.domain.judging import Direction, Status, yardstick
from huddle_tui.domain.workdays import Calendar, Period
from huddle_tui.ui.shared import figures
from huddle_tui.ui.shared.chart import COLOURS, GREYS, Band, Point, SignalMark, chart, legend
from huddle_tui.ui.shared.figures import label
from huddle_tui.ui.shared.scale import scale


def show(value: Decimal) -> str:
    return f"{value:,f}".replace(",", ".")


def points(
    actuals: Sequence[int | None], promises: Sequence[int], direction: Direction = Direction.AT_LEAST
) -> list[Point]:
    made = []
    for day, (said, promised) in enumerate(zip(actuals, promises, strict=True), 1):
        actual, promise = None if said is None else Decimal(said), Decimal(promised)
        made.append(Point(f"{day} mrt", actual, promise, yardstick(direction, promise).judge(actual)))
    return made


def test_a_pace_is_rounded_and_a_promise_is_not() -> None:
    def held(promise: str, passed: tuple[int, int] | None) -> Decimal | None:
        stick = yardstick(Direction.AT_LEAST, Decimal(promise), passed=passed)
        reading = Reading.of("turnover", "Turnover", date(2026, 11, 18), Decimal(7), stick, Status.RED)
        said = Said(date(2026, 11, 19), "sanne", False, reading)
        return figures.points(Series((said,), None), Calendar())[0].promise

    assert held("10", (7, 22)) == Decimal("3.2")
    assert held("8.125", None) == Decimal("8.125")


def drawn(made: list[Point], width: int, height: int) -> list[str]:
    return [line.plain.rstrip() for line in chart(made, width, height, show)]


def test_columns_against_a_promise_that_rises() -> None:
    made = points([8, 6, 7, None, 10, 0], [8, 8, 8, 8, 10, 10])
    assert drawn(made, 46, 12) == [
        "                            10",
        "10  8                     ┏━━━━━━━━━━━━ 10",
        "   ━━━━━━━━━━━━━7━━━━━━━━━┛████",
        "   ████   6    ▂▂▂▂        ████",
        "   ████  ▃▃▃▃  ████        ████",
        " 5 ████  ████  ████        ████",
        "   ████  ████  ████        ████",
        "   ████  ████  ████        ████",
        "   ████  ████  ████        ████   0",
        " 0 ████  ████  ████        ████  ▁▁▁▁",
        "          ⚑     ◐     –           ⚑",
        "        2 mrt       4 mrt       6 mrt",
    ]


@pytest.mark.parametrize("width", [30, 34, 36, 38, 41, 44])
def test_columns_with_gaps_are_as_wide_as_each_other(width: int) -> None:
    foot = drawn(points([8] * 13, [1] * 13), width, 12)[-3]
    assert len({len(column) for column in foot.split()[1:]}) == 1, foot


def test_negative_values_hang_from_a_line() -> None:
    made = points([5, -5, -10, 10], [0, 0, -10, -10])
    assert drawn(made, 40, 12) == [
        "                          10",
        " 10                      █████",
        "      5                  █████",
        "    █████                █████",
        "  0 ━━━━━━━━━━━━━┓▁▁▁▁▁▁▁█████▁▁",
        "           █████ ┃█████",
        "           █████ ┃█████",
        "            -5   ┃█████",
        "-10              ┗━━━━━━━━━━━━━━ -10",
        "                   -10",
        "             ⚑",
        "    1 mrt  2 mrt  3 mrt  4 mrt",
    ]


@pytest.mark.parametrize(
    ("direction", "actual", "cut_out"),
    [
        (Direction.AT_LEAST, 100, True),
        (Direction.AT_LEAST, 99, False),
        (Direction.AT_MOST, 100, True),
        (Direction.AT_MOST, 101, True),
        (Direction.AT_MOST, 99, False),
    ],
)
def test_a_column_meets_the_line_only_when_it_comes_that_far(direction: Direction, actual: int, cut_out: bool) -> None:
    lines = chart(points([actual, 0], [100, 100], direction), 30, 10, show)
    crossing = next(line for line in lines if "━" in line.plain)
    assert any("$background on" in str(span.style) for span in crossing.spans) is cut_out


def test_a_promise_in_the_row_of_a_limit_leaves_the_column_whole() -> None:
    band = Band(Decimal(100), None, trial=False, first=0)
    lines = chart(points([120, 120], [100, 100]), 30, 10, show, band=band)
    crossing = next(line for line in lines if "━" in line.plain)
    cut_out = [span for span in crossing.spans if "$background on" in str(span.style)]
    assert sum(span.end - span.start for span in cut_out) == sum(line.plain.count("█") for line in lines[-4:-3]) > 0


def test_every_status_but_green_has_its_glyph_under_the_column() -> None:
    made = [Point(status.value, Decimal(1), Decimal(1), status) for status in Status]
    marks = drawn(made, 80, 10)[-2]
    assert marks.split() == [status.glyph for status in Status if status is not Status.GREEN]
    assert set(COLOURS) == set(GREYS) == set(Status)


def test_what_is_not_judged_has_neither_colour_nor_glyph() -> None:
    lines = chart([Point(f"wk {n}", Decimal(n), None) for n in (1, 2, 3)], 30, 10, show)
    used = {str(span.style) for line in lines for span in line.spans}
    assert not [style for style in used if any(colour in style for colour in ("$error", "$success", "$warning"))]
    assert not lines[-2].plain.strip()


def test_without_colour_red_is_the_brightest() -> None:
    made = points([1, 10], [10, 10])
    lines = chart(made, 30, 10, show, plain=True)
    used = {str(span.style) for line in lines for span in line.spans}
    assert not [style for style in used if "$error" in style or "$success" in style]
    assert "bold $foreground" in used


def test_not_measured_leaves_a_gap_and_nought_does_not() -> None:
    lines = drawn(points([3, None, 0, 3], [3, 3, 3, 3]), 40, 10)
    base = lines[-3]
    assert base.split() == ["0", "██████", "▁▁▁▁▁▁", "██████"]


def test_dates_never_touch() -> None:
    made = points(list(range(1, 31)), [10] * 30)
    for width in range(10, 120):
        dates = drawn(made, width, 10)[-1].strip()
        found = [part.strip() for part in dates.split("  ") if part.strip()]
        assert all(part in {point.label for point in made} for part in found), (width, dates)
        assert found[-1] == "30 mrt"


def test_the_latest_points_are_shown_where_not_all_fit() -> None:
    made = points([1] * 100 + [7] * 20, [1] * 120)
    assert "▁" not in "".join(drawn(made, 20, 3))


def test_values_that_do_not_fit_stay_out_of_the_way() -> None:
    made = points([123456, 123457, 123458, 123456], [123456] * 4)
    assert drawn(made, 20, 12)[0].strip() == "123.458"
    assert sum(line.count("123.456") for line in drawn(made, 40, 12)) == 3  # two columns, the axis


amounts = st.none() | st.decimals(min_value=-(10**15), max_value=10**15, places=2) | st.integers(-20, 20).map(Decimal)
histories = st.lists(st.builds(Point, st.text(max_size=8), amounts, amounts, st.sampled_from(Status)), max_size=40)


@settings(max_examples=300, deadline=None)
@given(histories, st.integers(0, 90), st.integers(0, 40))
def test_exactly_the_size_asked_for_whatever_is_shown(made: list[Point], width: int, height: int) -> None:
    lines = chart(made, width, height, show)
    assert len(lines) == height
    assert all(line.cell_length == width for line in lines)


@pytest.mark.parametrize(
    ("values", "rows", "ticks"),
    [
        (["24", "18.5", "27"], 17, "0 5 10 15 20 25"),
        (["3", "2", "5", "0"], 12, "0 2 4"),
        (["1", "0"], 20, "0 1"),
        (["0.4", "0.9"], 15, "0 0.2 0.4 0.6 0.8"),
        (["52000", "54000", "50100"], 12, "48000 50000 52000 54000"),
        (["-5", "-60", "40"], 12, "-50 0"),
        (["-100", "-120"], 12, "-100 -50 0"),
        (["8", "8"], 12, "0 2 4 6 8"),
        (["0"], 12, "0 1"),
        ([], 12, "0 1"),
    ],
)
def test_ticks_that_a_person_would_choose(values: list[str], rows: int, ticks: str) -> None:
    axis = scale([Decimal(value) for value in values], rows)
    assert " ".join(f"{tick:f}" for tick in axis.ticks) == ticks


@settings(deadline=None)
@given(st.lists(st.decimals(-(10**15), 10**15, places=3), min_size=1, max_size=20), st.integers(1, 60))
def test_every_value_is_on_the_scale_and_ticks_are_evenly_apart(values: list[Decimal], rows: int) -> None:
    axis = scale(values, rows)
    assert all(0 <= axis.eighths(value) <= rows * 8 for value in values)
    assert 0 <= axis.base <= rows
    assert all(axis.bottom <= tick <= axis.top for tick in axis.ticks)
    assert len({b - a for a, b in zip(axis.ticks, axis.ticks[1:], strict=False)}) <= 1
    if any(value < 0 for value in values) and rows > 1:
        assert axis.eighths(Decimal(0)) == axis.base * 8


def test_a_signal_stands_over_what_it_is_about_and_its_name_beside_it_or_in_its_line() -> None:
    made = points([9, 9, 3, 9, 9, 9, 9, 9, 9, 9, 9, 14], [8] * 12)
    marks = [SignalMark("outside", 2, 2), SignalMark("run", 3, 10), SignalMark("outside", 11, 11)]
    top, *_rest, glyphs, _dates = (line.plain for line in chart(made, 100, 12, show, marks=marks))
    assert [place for place, cell in enumerate(top) if cell == "▾"] == [glyphs.index("⚑"), top.rindex(" outside") - 1]
    assert top.strip().startswith("outside ▾")
    assert top.index("▾") < top.index("run") < top.rindex("┄") < top.rindex("▾")
    narrow = chart(made, 60, 12, show, marks=[SignalMark("outside the limits", 10, 10), SignalMark("", 11, 11)])[
        0
    ].plain
    assert narrow.split() == ["outside", "the", "limits", "▾", "▾"], "not over the values beside it"


def test_the_legend_says_what_occurs() -> None:
    parts = legend(points([8, 1, None], [8, 8, 8]))
    assert [part.plain.split()[0] for part in parts] == ["━━", "✔", "⚑", "–"]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_legend_of_a_judged_number_fits_eighty_columns(language: str) -> None:
    i18n.use(language)
    statuses = (Status.SUPER_GREEN, Status.GREEN, Status.YELLOW, Status.RED)
    made = [Point("", Decimal(8), Decimal(8), status) for status in statuses]
    parts = legend(made, band=Band(Decimal(9), Decimal(1), trial=False, first=0))
    assert sum(part.cell_length + 2 for part in parts) - 2 <= 76
    i18n.use("en")


def test_a_week_from_sunday_to_thursday_is_named_by_its_middle() -> None:
    monday_week, sunday_week = Calendar(), Calendar(frozenset({6, 0, 1, 2, 3}))
    assert label(date(2026, 11, 22), Period.WEEK, monday_week) == "wk 47"
    assert [label(date(2026, 11, day), Period.WEEK, sunday_week) for day in (22, 23, 26)] == ["wk 48"] * 3
