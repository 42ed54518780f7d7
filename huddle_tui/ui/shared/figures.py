"""What a huddle came to in the few figures that are read first, and numbers and weeks as the points of a chart."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from huddle_tui.domain import dates
from huddle_tui.domain.history import Series
from huddle_tui.domain.huddle import Huddle, Reading, Stage, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.numbers import computed, rounded
from huddle_tui.domain.outcomes import tally_of
from huddle_tui.domain.promises import Tally
from huddle_tui.domain.scorecard import ScorecardRow
from huddle_tui.domain.weeks import Week
from huddle_tui.domain.workdays import Calendar, Period, week_number
from huddle_tui.i18n import _, locale, ngettext
from huddle_tui.ui.kit.tiles import PLAIN, Tile
from huddle_tui.ui.shared import phrases
from huddle_tui.ui.shared.chart import Point
from huddle_tui.ui.shared.status import BLOCKS
from huddle_tui.words import amount, clock, short


def figures(huddle: Huddle, used: float | None = None) -> list[Tile]:
    """What the huddle came to: kept, red flags, time used (`used` seconds while it runs), temperature."""
    used = huddle.watch.used if used is None else used
    kept, red = tally_of([reading for _turn, reading in said(huddle)]), len(red_flags(huddle))
    late, box = used > huddle.time_box, _("of {box}").format(box=clock(huddle.time_box))
    title = _("promises kept") if huddle.stage is Stage.ENDED else _("kept so far")
    tiles = [
        replace(kept_tile(kept, title), style=BLOCKS[Status.GREEN] if kept.kept else PLAIN),
        Tile(
            f"{Status.RED.glyph} {ngettext('red flag', 'red flags', red)}",
            str(red),
            style=BLOCKS[Status.RED] if red else PLAIN,
        ),
        Tile(_("time used"), clock(used), box, BLOCKS[Status.YELLOW] if late else PLAIN, box),
    ]
    if huddle.temperature is not None:
        title = _("temperature")
        tiles.append(Tile(title, str(huddle.temperature), _("of {most}").format(most=10), brief=_("temperature")))
    return tiles


def kept_tile(kept: Tally, title: str) -> Tile:
    """How many promises were kept of what fell due."""
    due = phrases.number(Decimal(kept.due))
    brief = _("of {judged} kept").format(judged=due)
    return Tile(title, phrases.number(Decimal(kept.kept)), _("of {judged}").format(judged=due), brief=brief)


def said(huddle: Huddle) -> Iterator[tuple[Turn, Reading]]:
    """Every number of whoever was there, in the order in which they were said."""
    return ((turn, one) for turn in huddle.turns if turn.state is not TurnState.ABSENT for one in turn.readings)


def red_flags(huddle: Huddle) -> list[tuple[Turn, Reading]]:
    """The red flags among them."""
    return [(turn, reading) for turn, reading in said(huddle) if reading.status is Status.RED]


def promise_tiles(row: ScorecardRow, kept: Tally) -> list[Tile]:
    """What is promised of a number, and how often it was kept of what fell due in the time that is shown (METHOD 9)."""
    percent = f"{kept.percent}%" if kept.percent is not None else ""
    promise, full = (
        short(row.kpi.promise, locale(), row.kpi.decimals),
        amount(row.kpi.promise, row.kpi.unit, locale(), row.kpi.decimals),
    )
    title, brief = _("kept, of {judged}").format(judged=kept.due), _("of {judged} kept").format(judged=kept.due)
    return [
        Tile(_("promised"), promise, row.kpi.unit, brief=_("promised"), amount=full),
        Tile(title, str(kept.kept), percent, brief=brief),
    ]


def points(drawn: Series, calendar: Calendar) -> list[Point]:
    """The columns of a chart: the actual against the promise, or its pace, as it stood then."""
    return [_point(one.reading, label(one.reading.day, drawn.every, calendar)) for one in drawn.said]


def _point(reading: Reading, label: str) -> Point:
    """Only a pace is rounded: it was computed, and what was said and promised is exact."""
    on_pace = reading.pace != reading.promise
    held = computed(reading.pace, reading.decimals) if on_pace else reading.promise
    return Point(label, reading.actual, held, reading.status)


def label(day: date, every: Period | None, calendar: Calendar) -> str:
    """What stands below a column: a day, a week, a month."""
    match every:
        case Period.WEEK:
            return _("wk {n}").format(n=week_number(calendar.first(Period.WEEK, day))[1])
        case Period.MONTH:
            return dates.show_day(day, locale(), "MMM YY")
        case Period.QUARTER:
            return _("Q{n} {year}").format(n=(day.month + 2) // 3, year=f"{day:%y}")
        case _:
            return dates.show_day(day, locale(), "D MMM")


def week_point(week: Week, value: Decimal | None, planned: Decimal | None = None) -> Point:
    """A value of a week, and what was planned, to one decimal; below it stands `wk 48`."""
    label = _("wk {n}").format(n=week_number(week.first)[1])
    return Point(label, value and rounded(value, 1), planned and rounded(planned, 1))


def kept_point(week: Week) -> Point:
    """The promises that were kept in a week, % of what fell due; nothing where that were fewer than six (METHOD 9)."""
    return week_point(week, None if week.kept.percent is None else Decimal(week.kept.percent))
