"""The voice of a number on its page: limits and signals in the chart and in words (METHOD 12 and 13)."""

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content

from huddle_tui.domain.behaviour import Assurance
from huddle_tui.domain.history import Past, Series
from huddle_tui.domain.outlook import as_told
from huddle_tui.domain.scorecard import ScorecardRow
from huddle_tui.domain.voice import Voice
from huddle_tui.i18n import _, locale
from huddle_tui.ui.past import wording
from huddle_tui.ui.past.looking import LookingScreen
from huddle_tui.ui.shared.chart import Band, Chart, SignalMark, legend
from huddle_tui.ui.shared.figures import points
from huddle_tui.words import assurance_words, limits_words, outlook_words, short


def band(voice: Voice, drawn: Series) -> Band | None:
    """The limits over the points that they are about; None while there are none, or none of those is drawn."""
    found = voice.behaviour
    if found.upper is None or not voice.said:
        return None
    since = voice.said[0].reading.day
    first = next((place for place, one in enumerate(drawn.said) if one.reading.day >= since), None)
    return None if first is None else Band(found.upper, found.lower, found.trial, first)


def marks(voice: Voice, drawn: Series) -> list[SignalMark]:
    """The signals over the points that are drawn, the latest last."""
    places = {id(one): place for place, one in enumerate(drawn.said)}
    found = []
    for signal in voice.behaviour.signals:
        there = [places[id(one)] for one in voice.said[signal.start : signal.end + 1] if id(one) in places]
        if there:
            found.append(SignalMark(_(signal.name), there[0], there[-1]))
    return found


def show_number(
    screen: LookingScreen, past: Past, made: ScorecardRow, voice: Voice, drawn: Series, *behind: Content
) -> None:
    """A number on its page: what its voice says, its chart, and the legend with what there is to say `behind` it."""
    columns, limits = points(drawn, past.team.calendar), band(voice, drawn)
    chart = screen.query_one(Chart)
    chart.show(columns, lambda value: short(value, locale(), made.kpi.decimals), limits, marks(voice, drawn))
    screen.put("voice", Content("\n").join(told(past, made, voice, screen.size.width)))
    parts = [*((2, part) for part in legend(columns, limits)), *((4, part) for part in behind if part)]
    screen.put("legend", _packed(parts, screen.size.width - _SIDES) if columns else "")


def _packed(parts: Iterable[tuple[int, Content]], room: int) -> Content:
    """Parts, each so many cells behind the one before, in as many lines as it takes to keep each of them whole."""
    lines: list[Content] = []
    for gap, part in parts:
        if lines and lines[-1].cell_length + gap + part.cell_length <= room:
            lines[-1] = Content.assemble(lines[-1], " " * gap, part)
        else:
            lines.append(part)
    return Content("\n").join(lines)


_ROOMY = 100
"""From so many cells on, the words on what a total still needs are the long ones."""
_SIDES = 6
"""Cells of a screen beside what stands on it."""


def told(past: Past, made: ScorecardRow, voice: Voice, width: int) -> list[Content]:
    """What is new, what the limits say about the promise, and whether a total under way will be kept."""
    found, lines = voice.behaviour, []
    last = made.said[-1].reading if made.said else None
    ahead = as_told(last, made.said[:-1], past.team.calendar) if last else None
    if ahead is not None:
        lines.append(
            Content.styled(outlook_words(ahead, made.kpi.direction, made.kpi.decimals, brief=width < _ROOMY), "bold")
        )
    if limits := limits_words(found, locale(), made.kpi.decimals):
        said = "" if found.assurance is None else assurance_words(found.assurance)
        style = "$warning" if found.assurance is Assurance.HIT_AND_MISS else "$quiet"
        beside = cell_len(limits) + cell_len(said) + 4 <= width - _SIDES
        between = "" if not said else "    " if beside else "\n"
        lines.append(Content.assemble((limits, "$quiet"), between, (said, style)))
    if made.signal is not None:
        lines.append(Content.styled(wording.signal(made), "bold $success" if made.signal.better else "bold $warning"))
    if made.kpi.baselines:
        since = made.kpi.baselines[-1]
        text = _("limits begin on {day}: {why}").format(day=wording.day(since.day), why=since.why)
        lines.append(Content.styled(text, "$quiet"))
    return lines
