"""A KPI's history: the actuals as columns against the promise line as it stood then (METHOD 9).

What a column is worth is told by a glyph under it as well as by its colour. Round numbers at the left, the promise in
force at the right, values above the columns and dates below them where they fit.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

import msgspec
from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from huddle_tui.domain.judging import Status
from huddle_tui.i18n import _
from huddle_tui.ui.kit.trend import EIGHTHS
from huddle_tui.ui.look.canvas import Canvas
from huddle_tui.ui.shared.scale import Scale, scale
from huddle_tui.words import status_word

Show = Callable[[Decimal], str]
"""Writes a value as the team's locale does."""


class Point(msgspec.Struct, frozen=True):
    """One reading of the history."""

    label: str
    """What stands below it: a day, a week."""
    actual: Decimal | None
    """What was said; None was not measured."""
    promise: Decimal | None
    """The promise, or its pace, in force then; None where there was none."""
    status: Status | None = None
    """What was judged then; None where nothing is judged, which has no colour (METHOD 9, the team over time)."""


class Band(msgspec.Struct, frozen=True):
    """The natural limits of what is drawn (METHOD 12)."""

    upper: Decimal
    """The upper limit."""
    lower: Decimal | None
    """The lower limit; None where it does not exist."""
    trial: bool
    """Drawn dashed: they are not locked yet."""
    first: int
    """The place of the first point they are about."""


class SignalMark(msgspec.Struct, frozen=True):
    """A signal, by its name, over the points that it is about."""

    name: str
    """As it stands on the chart."""
    first: int
    """The place of its first point."""
    last: int
    """The place of its last point."""


COLOURS: Final = {
    Status.SUPER_GREEN: "$success",
    Status.GREEN: "$success 70%",
    Status.YELLOW: "$warning",
    Status.RED: "$error",
    Status.TOO_EARLY: "$trend-quiet",
    Status.NOT_MEASURED: "$quiet",
}
"""The colour of a status; never without its glyph or word."""

GREYS: Final = COLOURS | {
    Status.SUPER_GREEN: "$quiet",
    Status.GREEN: "$trend-quiet",
    Status.YELLOW: "$quiet",
    Status.RED: "$foreground",
}
"""The same where there is no colour: red is the brightest, green the calmest."""

_WIDEST: Final = 12  # columns apart: further than this, neighbours are hard to compare


class _Frame(msgspec.Struct, frozen=True):
    """Where the parts of a chart stand."""

    top: int
    """The first row of the plot."""
    scale: Scale
    """The axis; the plot is as high."""
    left: int
    """The first column of the plot."""
    step: Fraction
    """Cells from one column to the next; broken only where no gap stands between columns, which else look uneven."""
    gap: int
    """Cells between two columns."""
    bottom: int
    """The row under the last one that values may stand in."""
    colours: Mapping[Status, str]
    """What a status is drawn in."""

    def colour(self, point: Point) -> str:
        """What a point is drawn in."""
        return "$trend-quiet" if point.status is None else self.colours[point.status]

    def x(self, place: int) -> int:
        """The first cell of a column."""
        return self.left + int(place * self.step)

    def bar(self, place: int) -> int:
        """Cells that a column is wide."""
        return self.x(place + 1) - self.x(place) - self.gap

    def centre(self, place: int, wide: int) -> int:
        """Where something `wide` cells wide stands in the middle of a column."""
        return self.x(place) + (self.bar(place) - wide) // 2

    def y(self, row: int) -> int:
        """The canvas row of a plot row that is counted from below."""
        return self.top + self.scale.rows - 1 - row


def chart(
    points: Sequence[Point],
    width: int,
    height: int,
    show: Show,
    *,
    plain: bool = False,
    band: Band | None = None,
    marks: Sequence[SignalMark] = (),
) -> list[Content]:
    """The history in exactly `height` lines of `width` cells; the latest points where not all fit.

    Parts give way as it gets smaller: the names of signals, the values, the glyphs, the dates, the axis. `plain` draws
    without colour.
    """
    canvas, count = Canvas(max(0, width), max(0, height)), len(points)
    points = points[-width:] if width > 0 else ()
    known = [v for point in points for v in (point.actual, point.promise) if v is not None]
    known += [limit for limit in (band.upper, band.lower) if limit is not None] if band else []
    if height < 1 or not points:
        return canvas.lines()
    dates, glyphs, above = height >= 4, height >= 5, height >= 7
    below = height >= 9 and any(value < 0 for value in known)
    named = bool(marks) and height >= 9
    axis = scale(known, height - dates - glyphs - above - below - named)
    promised = points[-1].promise
    left = max(cell_len(show(tick)) for tick in axis.ticks) + 1 if axis.ticks else 0
    right = cell_len(show(promised)) + 2 if promised is not None else 0
    left = left if known and left + 12 <= width else 0
    right = right if left + right + 24 <= width else 0
    points = points[-(width - left - right) :]
    step = Fraction(min(_WIDEST * len(points), width - left - right), len(points))
    if step >= 2 or (step % 1) * 5 < step:
        step = Fraction(int(step))
    gap = min(3, (int(step) + 2) // 4)
    frame = _Frame(above + named, axis, left, step, gap, height - dates - glyphs, GREYS if plain else COLOURS)

    if left:
        _draw_axis(canvas, frame, show)
    for place, point in enumerate(points):
        _draw_column(canvas, frame, place, point)
    cut = count - len(points)
    if band is not None:
        _draw_limits(canvas, frame, band, max(0, band.first - cut), len(points))
    _draw_promises(canvas, frame, points)
    if right and promised is not None:
        canvas.put(frame.y(axis.row(promised)), frame.x(len(points)) + 1, show(promised), "bold $accent")
    for place in _most_telling_first(points):
        _draw_value(canvas, frame, place, points[place], show)
    if glyphs:
        for place, point in enumerate(points):
            glyph = "" if point.status is None or point.status is Status.GREEN else point.status.glyph
            canvas.put(height - 2, frame.centre(place, 1), glyph, f"bold {frame.colour(point)}")
    _draw_zero(canvas, frame, len(points))
    if named:
        _draw_marks(canvas, frame, marks, cut)
    if dates:
        _draw_dates(canvas, frame, [point.label for point in points])
    return canvas.lines()


def legend(points: Sequence[Point], band: Band | None = None) -> list[Content]:
    """A part each: what the lines and the columns mean, as far as they occur in these points."""
    seen = {point.status for point in points}
    parts = [Content.assemble(("━━", "$accent"), " ", (_("promised"), "$quiet"))]
    if band is not None:
        parts.append(Content.styled(("╌╌ " if band.trial else "── ") + _("natural limits"), "$quiet"))
    parts += [
        Content.assemble((f"{status.glyph} {status_word(status)}", COLOURS[status]))
        for status in Status
        if status in seen
    ]
    return parts


def _draw_axis(canvas: Canvas, frame: _Frame, show: Show) -> None:
    for tick in frame.scale.ticks:
        text = show(tick)
        canvas.put(frame.y(frame.scale.row(tick)), frame.left - 1 - cell_len(text), text, "$quiet")


def _draw_limits(canvas: Canvas, frame: _Frame, band: Band, first: int, count: int) -> None:
    """Thin lines, dashed while on trial; cut out of the columns that reach beyond them."""
    piece = "╌" if band.trial else "─"
    for limit in (band.upper, band.lower):
        if limit is None:
            continue
        y = frame.y(frame.scale.row(limit))
        for x in range(frame.x(first), frame.x(count)):
            under, style = canvas.at(y, x)
            if under == "█":
                canvas.put(y, x, piece, f"$background on {style.removeprefix('reverse ')}")
            elif under == " ":
                canvas.put(y, x, piece, "$quiet")


def _draw_marks(canvas: Canvas, frame: _Frame, marks: Sequence[SignalMark], cut: int) -> None:
    """Signals in the top line: ▾ over a value, a line over more; the name in that line, else beside it.

    The first `cut` points are not drawn. Names of lines come first, then the latest; one without room is left out.
    """
    spans = [(max(0, mark.first - cut), mark.last - cut, mark.name) for mark in marks if mark.last >= cut]
    for first, last, _name in spans:
        for x in range(frame.x(first), frame.x(last + 1) - frame.gap) if last > first else ():
            canvas.put(0, x, "┄", "$warning")
    for first, last, _name in spans:
        if last == first:
            canvas.put(0, frame.centre(first, 1), "▾", "bold $warning")
    for first, last, name in sorted(spans, key=lambda span: (span[0] == span[1], -span[1])):
        start, end, wide = frame.x(first), frame.x(last + 1) - frame.gap, cell_len(name)
        if last == first:
            start, end = frame.centre(first, 1), frame.centre(first, 1) + 1
        for x in (*range(start, end - wide + 1), end + 1, start - 1 - wide):
            around = [canvas.at(0, place)[0] for place in range(x - 1, x + wide + 1)]
            if frame.left <= x <= canvas.width - wide and all(cell in {" ", "┄", ""} for cell in around):
                canvas.put(0, x, name, "bold $warning")
                break


def _draw_zero(canvas: Canvas, frame: _Frame, count: int) -> None:
    """Where columns stand up and hang down, a line to do so from."""
    if 0 < frame.scale.base < frame.scale.rows:
        y = frame.y(frame.scale.base)
        for x in range(frame.left, frame.x(count)):
            if canvas.at(y, x)[0] == " ":
                canvas.put(y, x, "▁", "$rule")


def _level(frame: _Frame, actual: Decimal) -> int:
    """Where a column ends, in eighths from below; nought still shows as a thin line, so that it is not a gap."""
    level, base = frame.scale.eighths(actual), frame.scale.base * 8
    if level != base:
        return level
    return base - 1 if actual < 0 or frame.scale.base == frame.scale.rows else base + 1


def _draw_column(canvas: Canvas, frame: _Frame, place: int, point: Point) -> None:
    """From the base up, or down from zero."""
    if point.actual is None:
        return
    level, wide, colour = _level(frame, point.actual), frame.bar(place), frame.colour(point)
    for row in range(frame.scale.rows):
        over, under = max(0, min(8, level - row * 8)), max(0, min(8, (row + 1) * 8 - level))
        if row >= frame.scale.base and over:
            canvas.put(frame.y(row), frame.x(place), EIGHTHS[over] * wide, colour)
        elif row < frame.scale.base and under == 8:
            canvas.put(frame.y(row), frame.x(place), "█" * wide, colour)
        elif row < frame.scale.base and under:  # blocks fill from below: what hangs is drawn in reverse
            canvas.put(frame.y(row), frame.x(place), EIGHTHS[8 - under] * wide, f"reverse {colour}")


def _draw_promises(canvas: Canvas, frame: _Frame, points: Sequence[Point]) -> None:
    """A line over the columns, with a step where the promise changed."""
    before: int | None = None
    for place, point in enumerate(points):
        y = None if point.promise is None else frame.y(frame.scale.row(point.promise))
        if y is not None:
            for x in range(frame.x(place), frame.x(place + 1)):
                _line(canvas, y, x, "━", _reaches(point))
            if before is not None and before != y and frame.gap:
                corners = "┛┏" if y < before else "┓┗"
                for between in range(min(before, y) + 1, max(before, y)):
                    _line(canvas, between, frame.x(place) - 1, "┃", False)
                _line(canvas, before, frame.x(place) - 1, corners[0], False)
                _line(canvas, y, frame.x(place) - 1, corners[1], False)
        before = y


def _reaches(point: Point) -> bool:
    """Whether the column comes as far as the promise, seen from zero."""
    if not point.actual or point.promise is None:
        return False
    return point.actual <= point.promise if point.promise < 0 else point.actual >= point.promise


def _line(canvas: Canvas, y: int, x: int, piece: str, reached: bool) -> None:
    """A piece of the promise line: cut out of a column that reaches it, else in its own colour.

    The end of a column may share the cell with the line; whether it reaches then decides, so that both are exact.
    """
    under, style = canvas.at(y, x)
    if style.startswith("$background on "):  # a limit runs there, and was cut out
        canvas.put(y, x, piece, style)
    elif under == "█" or (under in EIGHTHS[1:] and reached):
        canvas.put(y, x, piece, f"$background on {style.removeprefix('reverse ')}")
    else:
        canvas.put(y, x, piece, "$accent")


def _most_telling_first(points: Sequence[Point]) -> list[int]:
    """The last, the highest and the lowest value, then the others from late to early: who comes first gets the room."""
    places = [place for place, point in enumerate(points) if point.actual is not None]
    if not places:
        return []
    actual = {place: points[place].actual or Decimal(0) for place in places}
    telling = (places[-1], max(places, key=actual.__getitem__), min(places, key=actual.__getitem__))
    return list(dict.fromkeys((*telling, *reversed(places))))


def _draw_value(canvas: Canvas, frame: _Frame, place: int, point: Point, show: Show) -> None:
    """The value at the end of its column, unless something else stands there; the promise line gives way to it."""
    if point.actual is None:
        return
    text, level = show(point.actual), _level(frame, point.actual)
    y = frame.y(level // 8 - 1 if level < frame.scale.base * 8 else (level + 7) // 8)
    wide = cell_len(text)
    x = max(frame.left, frame.centre(place, wide))
    room = [canvas.at(y, column)[0] for column in range(x - 1, x + wide + 1)]
    if all(cell in {" ", "━", ""} for cell in room) and room.count("") <= 1 and frame.step >= 2 and y < frame.bottom:
        missed = point.status is not None and point.status.missed
        canvas.put(y, x, text, f"bold {frame.colour(point)}" if missed else "bold")


def _draw_dates(canvas: Canvas, frame: _Frame, labels: Sequence[str]) -> None:
    """Every date, or every second, third, …, counted back from the last, so that none touch."""
    wide = [cell_len(label) for label in labels]
    starts = [max(0, min(canvas.width - cells, frame.centre(place, cells))) for place, cells in enumerate(wide)]
    for stride in range(1, len(labels) + 1):
        chosen = range(len(labels) - 1, -1, -stride)
        if all(starts[after] > starts[place] + wide[place] + 1 for after, place in pairwise(chosen)):
            break
    for place in chosen:
        canvas.put(canvas.height - 1, starts[place], labels[place], "$quiet")


class Chart(Widget):
    """The chart at the size it is given."""

    DEFAULT_CSS = "Chart { height: 1fr; width: 1fr; color: $foreground; text-wrap: nowrap; text-overflow: clip; }"

    _points: Sequence[Point] = ()
    _show: Show = str
    _band: Band | None = None
    _marks: Sequence[SignalMark] = ()

    def show(
        self, points: Sequence[Point], show: Show, band: Band | None = None, marks: Sequence[SignalMark] = ()
    ) -> None:
        """Shows these points from now on, values written by `show`, with their limits and signals."""
        self._points, self._show, self._band, self._marks = tuple(points), show, band, marks
        self.refresh()

    def render(self) -> Content:
        """The chart, filling the widget."""
        drawn = chart(
            self._points,
            *self.content_size,
            self._show,
            plain=self.app.no_color,
            band=self._band,
            marks=self._marks,
        )
        return Content("\n").join(drawn)
