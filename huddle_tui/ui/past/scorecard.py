"""The scorecard: every number over the last huddles, weeks or months, one key from any cell to its story."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from huddle_tui.domain.history import Past, series
from huddle_tui.domain.scorecard import By, ScorecardRow, scorecard
from huddle_tui.domain.sentence import N_
from huddle_tui.exchange.writing.scorecard_text import kept_of
from huddle_tui.i18n import _, locale
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.base import calls
from huddle_tui.ui.kit.grid import Grid, Table
from huddle_tui.ui.kit.rows import Rows, Words
from huddle_tui.ui.past import wording
from huddle_tui.ui.past.card import ScorecardTable, card_of, lay_out, story
from huddle_tui.ui.past.looking import NOTHING_YET, LookingScreen, Show
from huddle_tui.ui.places import HistoryOf, HuddleOf, PersonOf
from huddle_tui.ui.shared.chart import Chart
from huddle_tui.ui.shared.figures import points
from huddle_tui.words import short

_LEAST, _MOST = 11, 18
"""Lines for the chart of the number at hand: it is drawn where the table leaves that much room."""
_CHART = 26
"""So many readings of it."""
_AROUND = 9
"""Lines for what is neither table nor chart."""


class ScorecardScreen(LookingScreen):
    """A row per KPI grouped by person, a column per huddle, week or month."""

    AREA = "scorecard"
    ABOUT = N_(
        "Every number over the last huddles: its promise, how often it was kept, and what was said. "
        "From any cell one key leads to that huddle, from any row to that number."
    )
    DEFAULT_CSS = """
    ScorecardScreen Grid { margin-top: 1; }
    ScorecardScreen #story { height: 4; border-top: solid $rule; padding: 0 1; text-wrap: nowrap;
        text-overflow: ellipsis; }
    ScorecardScreen Chart { margin: 1 1 0 1; display: none; }
    """

    _by = By.HUDDLE
    _retired = False
    _card: ScorecardTable | None = None
    _shown_by = By.HUDDLE

    def body(self) -> ComposeResult:
        """The bar, the table, and what there is to tell of the cell at hand."""
        yield Grid(id="card")
        yield Static(id="story", markup=False)
        yield Chart(id="history")

    def work_out(self, past: Past) -> Show:
        """All figures of all rows."""
        made = scorecard(past, self._by, self.span, retired=self._retired)
        card = card_of(past, made, plain=self.app.no_color)
        return lambda: self._present(past, card)

    def _present(self, past: Past, card: ScorecardTable) -> None:
        self._card = card
        made = card.scorecard
        newest = len(made.columns) - 1 if made.by is not self._shown_by else None
        self._shown_by = made.by
        self.listed.show_table(lambda width: lay_out(card, width) if made.rows else self._nothing(past), newest)
        self._resized()

    def _nothing(self, past: Past) -> Table:
        """What stands where there is no row; while it is not known whether there are huddles, nothing."""
        text = _(NOTHING_YET) if past.complete else ""
        if past.summaries and self._retired:
            text = _("There is no number yet, nor was there one: people get theirs under Team.")
        elif past.summaries:
            text = keyed(_("Nobody in the team reads out a number now: {scorecard.retired} shows those of before."))
        return Table(fixed=60, rows=[Words(Content.styled(" " + text, "$quiet"))])

    @property
    def listed(self) -> Grid:
        """The table."""
        return self.query_one(Grid)

    def _row(self) -> ScorecardRow | None:
        """The row at hand."""
        key = self.listed.cursor
        return None if self._card is None else next((r for r in self._card.scorecard.rows if r.kpi.id == key), None)

    def _column(self) -> date | None:
        """The first day of the column at hand."""
        columns = self._card.scorecard.columns if self._card else ()
        return columns[self.listed.column] if 0 <= self.listed.column < len(columns) else None

    @on(Rows.Moved)
    def _tell_story(self) -> None:
        row = self._row()
        lines = story(row, self._column(), self._card) if row is not None and self._card is not None else []
        self.query_one("#story", Static).update(Content("\n").join(lines), layout=False)
        chart = self.query_one(Chart)
        if row is not None and self.past is not None and chart.display:
            drawn, decimals = series(row.said, _CHART, self.size.width, self.past.team.calendar), row.kpi.decimals
            chart.show(points(drawn, self.past.team.calendar), lambda value: short(value, locale(), decimals))

    def _make_room(self) -> None:
        """A screen that is taller than the table draws the number at hand below it."""
        spare = self.size.height - len(self.listed.lines) - self.listed.head - _AROUND
        chart = self.query_one(Chart)
        chart.display = spare >= _LEAST
        chart.styles.height = max(0, min(_MOST, spare))

    def on_resize(self) -> None:
        """Another height may have room for the chart."""
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        if self._card is not None and self.past is not None:
            made = self._card.scorecard
            span = f"{_('scorecard')} · {wording.span(made.by, made.trailing)}"
            told = kept_of if self.size.width < 98 and made.kept.due else wording.kept_fully
            self.show_bar(self.past.team.name, span, right=told(made.kept))
        self._make_room()
        self._tell_story()

    # Keys

    def action_open(self) -> None:
        """The huddle in which the cell at hand was said."""
        row, column = self._row(), self._column()
        if row is None or column is None:
            return
        said = row.cells.get(column, ())
        if said:
            self.huddle_app.open(HuddleOf(said[-1].huddle, row.kpi.id))
        elif self._by is By.HUDDLE:
            self.huddle_app.open(HuddleOf(column))
        else:
            self.tell(_("Nothing was said of it here."))

    def action_number(self) -> None:
        """The history of the number at hand."""
        if row := self._row():
            self.huddle_app.open(HistoryOf(row.kpi.id))

    def action_person(self) -> None:
        """The person whose number it is."""
        if row := self._row():
            self.huddle_app.open(PersonOf(row.kpi.owner))

    def action_columns(self) -> None:
        """A column per huddle, per week or per month."""
        ways = list(By)
        self._by = ways[(ways.index(self._by) + 1) % len(ways)]
        self.renew()

    def action_retired(self) -> None:
        """Also the numbers that nobody reads out any more, or not."""
        self._retired = not self._retired
        self.renew()

    action_left, action_right = calls("listed.sideways", -1), calls("listed.sideways", 1)
    action_far_left, action_far_right = calls("_far", -1), calls("_far", 1)

    def _far(self, by: int) -> None:
        """A screenful back or on in time."""
        self.listed.sideways(by * self.listed.shown)

    def action_export(self) -> None:
        """A page to print or mail, in the folder the program was started in."""
        by, span, retired = self._by, self.span, self._retired

        def page() -> Iterable[str]:
            from huddle_tui.exchange.writing.scorecard import html_page

            made = scorecard(past := self.whole_past(), by, span, retired=retired)
            return html_page(past, replace(made, columns=made.columns[-span:] if span else made.columns))

        self.save_as(f"scorecard-{self.time.today()}.html", page)
