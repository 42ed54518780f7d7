"""A number's history: the actuals against the promise as it stood then, and every reading with its note."""

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from huddle_tui.domain import dates
from huddle_tui.domain.history import Past, Said, Series, series
from huddle_tui.domain.promises import Tally, tally
from huddle_tui.domain.scorecard import ScorecardRow, order, row
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Baseline
from huddle_tui.domain.team_edits import begin_limits
from huddle_tui.domain.voice import Voice, voice
from huddle_tui.domain.workdays import Period
from huddle_tui.i18n import _, locale
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.kit.rows import Line, Rows, Words
from huddle_tui.ui.kit.tiles import Tile, Tiles
from huddle_tui.ui.look.text import pad, wrap
from huddle_tui.ui.past import wording
from huddle_tui.ui.past.looking import LookingScreen, Show
from huddle_tui.ui.past.voice import show_number
from huddle_tui.ui.places import HuddleOf, PersonOf
from huddle_tui.ui.shared.chart import Chart
from huddle_tui.ui.shared.figures import promise_tiles
from huddle_tui.ui.shared.status import BLOCKS
from huddle_tui.ui.undo import UndoStep
from huddle_tui.words import amount, others, short


def reading_lines(said: Sequence[Said], width: int) -> list[Line]:
    """Every reading, newest first: day, value, promise, status; its note beside it where it fits, else below it."""
    lines: list[Line] = []
    widest = max((cell_len(wording.value(one.reading)) for one in said), default=0)
    cells = max(9, min(widest, 20 if width >= 70 else 9))
    promise = 16 if width >= 70 else 12
    for one in reversed(said):
        reading = one.reading
        flag = wording.flag(reading.status)
        line = Content.assemble(
            (pad(wording.day(reading.day), 17), "$quiet"),
            (pad(wording.value_in(reading, cells), cells, "right"), "bold"),
            ("  " + pad(wording.held_against(reading.yardstick, reading.decimals), promise), "$quiet"),
            "  ",
            flag.pad_right(max(0, 14 - flag.cell_length)),
        )
        away = _("away: from the check-in") if one.absent else ""
        note = " · ".join(part for part in (away, wording.besides(reading)) if part)
        beside = cell_len(note) <= width - line.cell_length
        lines.append(Words(Content.assemble(line, note if beside else ""), one.huddle))
        if note and not beside:
            lines += [Words(Content.styled("   " + part, "$quiet")) for part in wrap(note, width - 4)]
    return lines


class KpiHistoryScreen(LookingScreen):
    """One KPI over time."""

    AREA = "number"
    ABOUT = N_("One number over time: what was said against what was promised then, and every reading with its note.")
    DEFAULT_CSS = """
    KpiHistoryScreen Tiles { margin-top: 1; }
    KpiHistoryScreen Chart { margin: 1 0 0 0; }
    KpiHistoryScreen #legend { margin-bottom: 1; }
    KpiHistoryScreen #both { height: 1fr; layout: vertical; }
    KpiHistoryScreen #drawn { height: 2fr; }
    KpiHistoryScreen Rows { height: 1fr; }
    KpiHistoryScreen.-wide #both { layout: horizontal; }
    KpiHistoryScreen.-wide #drawn { height: 1fr; width: 3fr; }
    KpiHistoryScreen.-wide Rows { width: 2fr; margin: 1 0 0 3; }
    """

    def __init__(self, kpi: str) -> None:
        super().__init__()
        self._kpi = kpi
        self._shown: Sequence[Said] = ()

    def body(self) -> ComposeResult:
        """The figures, the chart, and the readings below or beside it."""
        yield Tiles(id="figures")
        yield Static(id="voice", markup=False)
        with Horizontal(id="both"):
            with Vertical(id="drawn"):
                yield Chart(id="chart")
                yield Static(id="legend", markup=False)
            yield Rows(id="readings")

    def work_out(self, past: Past) -> Show:
        """The number's row, and the points of its chart."""
        if not self._known(past):
            return lambda: self._unknown(past)
        made = row(past, self._kpi)
        drawn = series(made.said, self.span, max(8, self.size.width - 20), past.team.calendar)
        found = voice(past, self._kpi)
        return lambda: self._present(past, made, drawn, found)

    def _known(self, past: Past) -> bool:
        return past.team.kpi(self._kpi) is not None or self._kpi in past.said

    def _unknown(self, past: Past) -> None:
        """Nothing is known of it: as long as the past is still being read it may come."""
        text = _("This number is not known in this book.") if past.complete else _("Reading …")
        self.listed.show(lambda _width: [Words(Content.styled(text, "$quiet"))])

    def _present(self, past: Past, made: ScorecardRow, drawn: Series, found: Voice) -> None:
        retired = Content.styled("  " + _("retired") if made.retired else "", "$quiet")
        self.bar.show(wording.number_of(made, retired), _span(self.span, drawn))
        shown = frozenset(id(one) for one in drawn.said)
        covered = made.said[next((i for i, one in enumerate(made.said) if id(one) in shown), 0) :]
        self._shown = covered
        kept = tally(covered, past.team.calendar)
        self.query_one(Tiles).show(_tiles(made, kept))
        talk = Content.styled(wording.talking_point(made), "bold $warning")
        show_number(self, past, made, found, drawn, Content.styled(others(kept), "$quiet"), talk)
        empty = Words(Content.styled(_("Nothing was said of it yet."), "$quiet"))
        self.listed.show(lambda width: reading_lines(covered, width - 1) or [empty])

    # Keys

    def action_baseline(self) -> None:
        """The natural limits begin anew, from the day of the reading at hand; what changed is asked."""
        day = next((one.reading.day for one in self._shown if one.huddle == self.listed.cursor), None)
        kpi = self.past.team.kpi(self._kpi) if self.past else None
        if day is None or kpi is None:
            self.tell(_("Choose the reading from which the limits begin anew first."))
            return

        def decided(why: str | None) -> None:
            if why is not None:
                baseline = Baseline(day, why, self.time.today())
                told = _("The limits begin anew on {day}. {everywhere.undo} takes it back.")
                self.change(lambda: begin(baseline), keyed(told, day=wording.day(day)), form=form)

        def begin(baseline: Baseline) -> UndoStep:
            setting_up.do(lambda team: begin_limits(team, kpi.id, baseline))
            back = _("The limits of {number} are those of before.").format(number=kpi.name)
            return UndoStep(setting_up.undo, back)

        setting_up = self.huddle_app.setting_up
        text = _("The natural limits of {number} begin anew on {day}. What changed?")
        form = f"limits {kpi.id} {day}"
        self.huddle_app.ask_line(form, text.format(number=kpi.name, day=wording.day(day)), decided)

    def action_open(self) -> None:
        """The huddle in which the reading at hand was said."""
        if isinstance(day := self.listed.cursor, date):
            self.huddle_app.open(HuddleOf(day, self._kpi))

    def step(self, by: int) -> None:
        """The next number of the scorecard, or the one before."""
        if self.past is None:
            return
        listed = order(self.past)
        if self._kpi not in listed:
            listed = order(self.past, retired=True)
        if self._kpi in listed:
            self._kpi = listed[(listed.index(self._kpi) + by) % len(listed)]
            self.listed.first()
            self.renew()

    def action_person(self) -> None:
        """The person whose number it is."""
        if self.past is not None and self._known(self.past):
            self.huddle_app.open(PersonOf(row(self.past, self._kpi).kpi.owner))


def _tiles(made: ScorecardRow, kept: Tally) -> list[Tile]:
    """The latest value, the promise, and how often it was kept in what is shown."""
    last = made.said[-1].reading if made.said else None
    tiles = promise_tiles(made, kept)
    if last is not None:
        latest = short(last.actual, locale(), last.decimals) if last.actual is not None else "–"
        day = dates.show_day(last.day, locale(), "D MMM")
        title = f"{last.status.glyph} {_('latest, {day}').format(day=day)}"
        brief = f"{last.status.glyph} {day}"
        said = amount(last.actual, last.unit, locale(), last.decimals) if last.actual is not None else ""
        tiles.insert(0, Tile(title, latest, last.unit, BLOCKS[last.status], brief, said))
    if wording.streak(made):
        title = _("kept in a row") if made.streak else _("missed in a row")
        tiles.append(Tile(title, str(made.streak or made.misses)))
    return tiles


def _span(span: int | None, drawn: Series) -> str:
    """What a column of the chart is, and how many there are."""
    one, every, last = {
        Period.WEEK: (N_("1 week"), N_("all {n} weeks"), N_("last {n} weeks")),
        Period.MONTH: (N_("1 month"), N_("all {n} months"), N_("last {n} months")),
        Period.QUARTER: (N_("1 quarter"), N_("all {n} quarters"), N_("last {n} quarters")),
    }.get(drawn.every or Period.DAY, (N_("1 reading"), N_("all {n} readings"), N_("last {n} readings")))
    n = len(drawn.said)
    return _(one if n == 1 else every if span is None else last).format(n=n)
