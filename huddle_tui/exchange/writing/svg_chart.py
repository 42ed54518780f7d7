"""A KPI's history as inline SVG: actuals as columns against the promise line as it stood then (METHOD 9)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Final

import msgspec

from huddle_tui.domain import dates
from huddle_tui.domain.history import Past, Said, series
from huddle_tui.domain.huddle import Reading
from huddle_tui.domain.judging import Status
from huddle_tui.domain.text import clean_line
from huddle_tui.domain.voice import Voice
from huddle_tui.domain.voice import voice as voice_of
from huddle_tui.exchange.writing.scorecard_text import pace
from huddle_tui.exchange.writing.scorecard_text import value as said_of
from huddle_tui.i18n import _

if TYPE_CHECKING:
    from markupsafe import Markup

_MOST: Final = 26
"""The most readings in a chart."""
_WIDTH, _HEIGHT = 320, 130
_LEFT, _RIGHT, _TOP, _BOTTOM = 4, 44, 14, 26
_COLOURS: Final = {
    Status.SUPER_GREEN: "#0b6b46",
    Status.GREEN: "#5fb892",
    Status.YELLOW: "#e0a100",
    Status.RED: "#b3122a",
    Status.TOO_EARLY: "#c5ccd9",
    Status.NOT_MEASURED: "#c5ccd9",
}
_NARROW: Final = 5  # values that differ by less than a fifth of the highest are drawn from near the lowest on


class _Plot(msgspec.Struct, frozen=True):
    """From values to places. Drawing alone is done in floats; no figure is taken from it."""

    low: float
    """The value at the bottom."""
    high: float
    """The value at the top."""
    step: float
    """From one column to the next."""

    def x(self, place: int) -> float:
        """The left side of a column."""
        return _LEFT + place * self.step

    def y(self, value: float) -> float:
        """How far from the top a value is."""
        room = _HEIGHT - _TOP - _BOTTOM
        return _TOP + room * (self.high - value) / (self.high - self.low)


def svg_chart(past: Past, kpi: str, locale: str) -> "Markup":
    """The chart of the last that was said of a KPI, oldest first; empty where nothing was.

    Gaps where it was not measured; with its natural limits, dashed while on trial, and its signals by name.
    """
    from markupsafe import Markup

    said, voice = series(past.said.get(kpi, ()), _MOST, _MOST, past.team.calendar).said, voice_of(past, kpi)
    if not said:
        return Markup()
    readings = [one.reading for one in said]
    frame = _frame(readings, [each for each in (voice.behaviour.upper, voice.behaviour.lower) if each is not None])
    label = _("{number}: the last {n} readings against the promise").format(number=past.kpi_name(kpi), n=len(said))
    parts = [f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(clean_line(label))}">']
    parts += [_column(frame, place, reading) for place, reading in enumerate(readings)]
    if frame.low < 0 < frame.high:
        parts.append(_line(_LEFT, frame.x(len(readings)), frame.y(0), "#7b879c", 0.7))
    parts.append(_promises(frame, readings))
    parts += [*_limits(frame, said, voice), *_signals(frame, said, voice)]
    parts += [*_values(frame, readings, locale), *_days(frame, readings, locale)]
    return Markup("".join([*parts, "</svg>"]))


def _frame(readings: Sequence[Reading], limits: Sequence[Decimal]) -> _Plot:
    values = [float(r.actual) for r in readings if r.actual is not None]
    values += [*(float(r.pace) for r in readings), *map(float, limits)]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if 0 < (high - low) * _NARROW < low:
        low -= (high - low) / 2
    else:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1
    return _Plot(low, high, (_WIDTH - _LEFT - _RIGHT) / max(1, len(readings)))


def _column(frame: _Plot, place: int, reading: Reading) -> str:
    wide = frame.step * 0.76
    x = frame.x(place) + frame.step * 0.12
    glyph = "" if reading.status is Status.GREEN else reading.status.glyph
    mark = _middle(x + wide / 2, _HEIGHT - _BOTTOM + 10, glyph) if glyph else ""
    if reading.actual is None:
        return mark
    base = frame.y(max(frame.low, min(0.0, frame.high)) if frame.low <= 0 else frame.low)
    end = frame.y(float(reading.actual))
    top, high = min(base, end), max(0.8, abs(base - end))
    fill = _COLOURS[reading.status]
    box = f'x="{x:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"'
    return f'<rect class="{reading.status.name.lower()}" {box} fill="{fill}"/>{mark}'


def _promises(frame: _Plot, readings: Sequence[Reading]) -> str:
    """The promise, or its pace, as a line that steps where it changed."""
    path = ""
    for place, reading in enumerate(readings):
        y = frame.y(float(reading.pace))
        path += f"{'L' if path else 'M'}{frame.x(place):.1f} {y:.1f}H{frame.x(place + 1):.1f}"
    return f'<path class="promised" d="{path}" fill="none" stroke="#8a4f00" stroke-width="1.6"/>' if path else ""


def _limits(frame: _Plot, said: Sequence[Said], voice: Voice) -> Iterator[str]:
    """Thin lines from the first reading that they are about."""
    found = voice.behaviour
    since = voice.said[0].reading.day if voice.said else None
    first = next((place for place, one in enumerate(said) if since and one.reading.day >= since), None)
    for limit in (found.upper, found.lower) if first is not None else ():
        if limit is not None and first is not None:
            y = frame.y(float(limit))
            yield _line(frame.x(first), frame.x(len(said)), y, "#4a5468", 0.8, dashed=found.trial)


def _signals(frame: _Plot, said: Sequence[Said], voice: Voice) -> Iterator[str]:
    """Names above their first readings, the latest first, as far as there is room."""
    places = {id(one): place for place, one in enumerate(said)}
    free = frame.x(len(said)) + _RIGHT
    for signal in sorted(voice.behaviour.signals, key=lambda signal: -signal.start):
        there = [places[id(one)] for one in voice.said[signal.start : signal.end + 1] if id(one) in places]
        name = _(signal.name)
        if there and frame.x(there[0]) + 5 * len(name) < free:
            free = frame.x(there[0])
            yield f'<text x="{free:.1f}" y="8" class="promised">{escape(name)}</text>'


def _values(frame: _Plot, readings: Sequence[Reading], locale: str) -> list[str]:
    """The last value and the promise at the right; the highest and the lowest at their columns."""
    parts = []
    if readings:
        last = readings[-1]
        promise = frame.y(float(last.pace))
        x = frame.x(len(readings)) + 3
        parts.append(f'<text x="{x:.1f}" y="{promise + 3:.1f}" class="promised">{escape(pace(last, locale))}</text>')
    known = [place for place, reading in enumerate(readings) if reading.actual is not None]
    if not known:
        return parts

    def actual(place: int) -> float:
        return float(readings[place].actual or 0)

    taken: list[float] = []
    for place in dict.fromkeys((known[-1], max(known, key=actual), min(known, key=actual))):
        x = frame.x(place) + frame.step / 2
        value = readings[place].actual
        if value is None or any(abs(x - other) < 34 for other in taken):
            continue
        taken.append(x)
        y = frame.y(float(value)) + (10 if value < 0 else -3)
        parts.append(_middle(x, y, said_of(readings[place], locale), ' class="value"'))
    return parts


def _days(frame: _Plot, readings: Sequence[Reading], locale: str) -> list[str]:
    """The days of some columns, counted back from the last."""
    stride = max(1, round(48 / frame.step + 0.49))
    return [
        _middle(frame.x(place) + frame.step / 2, _HEIGHT - 3, dates.show_day(readings[place].day, locale, "D MMM"))
        for place in range(len(readings) - 1, -1, -stride)
        if frame.x(place) + frame.step / 2 > 16
    ]


def _line(x1: float, x2: float, y: float, colour: str, wide: float, *, dashed: bool = False) -> str:
    how = f'stroke="{colour}" stroke-width="{wide}"' + (' stroke-dasharray="4 3"' if dashed else "")
    return f'<line x1="{x1:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y:.1f}" {how}/>'


def _middle(x: float, y: float, text: str, how: str = "") -> str:
    """Text with its middle at that place."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle"{how}>{escape(text)}</text>'
