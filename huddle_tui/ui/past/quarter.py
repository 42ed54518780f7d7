"""The quarter's review: every number once, with its thirteen weeks, and one key for what is decided of it."""

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from huddle_tui.domain.history import Past, Series, series
from huddle_tui.domain.quarter import Quarter, Subject, quarter_of, subjects
from huddle_tui.domain.reasons import REASONS
from huddle_tui.domain.scorecard import By
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Decision, Kpi
from huddle_tui.i18n import _, ngettext, say
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.base import calls
from huddle_tui.ui.kit.tiles import Tile, Tiles
from huddle_tui.ui.look.text import pad
from huddle_tui.ui.past import wording
from huddle_tui.ui.past.looking import LookingScreen, Show
from huddle_tui.ui.past.voice import show_number
from huddle_tui.ui.places import EditKpi, HistoryOf
from huddle_tui.ui.shared.chart import Chart
from huddle_tui.ui.shared.figures import promise_tiles
from huddle_tui.ui.undo import UndoStep
from huddle_tui.words import decision_done, quarter_name

_WEEK_CELLS = 6


class QuarterScreen(LookingScreen):
    """One number at a time; where the review was left it goes on."""

    AREA = "quarter"
    ABOUT = N_(
        "Once a quarter every number is looked at: its thirteen weeks, why it was missed, what its limits say. Each is "
        "kept, raised, mended or dropped with one key; who is away can be left for later. It goes on where it was left."
    )
    DEFAULT_CSS = """
    QuarterScreen #name { height: 1; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    QuarterScreen Tiles { margin-top: 1; }
    QuarterScreen.-short Tiles { margin-top: 0; }
    QuarterScreen #coach { height: auto; max-height: 4; color: $warning; text-style: bold; margin-top: 1; }
    QuarterScreen.-short #coach { margin-top: 0; }
    QuarterScreen #weeks { height: 2; margin-top: 1; }
    QuarterScreen.-short #weeks { margin-top: 0; }
    QuarterScreen Chart { height: 1fr; margin-top: 1; }
    QuarterScreen.-short Chart { margin-top: 0; }
    QuarterScreen #why { height: auto; max-height: 4; color: $quiet; }
    """

    def __init__(self, quarter: Quarter | None = None) -> None:
        super().__init__()
        self._quarter = quarter
        self._subjects: tuple[Subject, ...] = ()
        self._kpi = ""
        self._later: list[str] = []
        self._form: tuple[Kpi, Decision] | None = None

    def body(self) -> ComposeResult:
        """The number, its figures, what the coach and the limits say, its weeks, its chart, its reasons."""
        yield Static(id="name", markup=False)
        yield Tiles(id="figures")
        yield Static(id="coach", markup=False)
        yield Static(id="voice", markup=False)
        yield Static(id="weeks", markup=False)
        yield Chart(id="chart")
        yield Static(id="legend", markup=False)
        yield Static(id="why", markup=False)

    @property
    def quarter(self) -> Quarter:
        """Which one is looked back on."""
        return self._quarter or quarter_of(self.time.today())

    def work_out(self, past: Past) -> Show:
        """Every number of the review, and the chart of the one at hand."""
        found = subjects(past, self.quarter, self.time.today())
        subject = _at_hand(found, self.quarter, self._kpi, self._later)
        room = max(8, self.size.width - 20)
        drawn = series(subject.row.said, None, room, past.team.calendar) if subject else Series((), None)
        recent = _recent(subject, drawn)
        return lambda: self._present(past, found, subject, recent)

    def _present(self, past: Past, found: tuple[Subject, ...], subject: Subject | None, drawn: Series) -> None:
        self._subjects = found
        self._kpi = subject.kpi.id if subject else ""
        done = sum(one.decided(self.quarter) is not None for one in found)
        progress = _("{done} of {n} looked at").format(done=done, n=len(found))
        title = _("Review of {quarter}").format(quarter=quarter_name(self.quarter))
        self.show_bar(past.team.name, title, right=progress)
        if subject is None:
            text = _("There is no number to review yet.") if past.complete else _("Reading …")
            self.put("name", Content.styled(text, "$quiet"))
            return
        self._show_head(subject)
        show_number(self, past, subject.row, subject.voice, drawn)
        self.put("weeks", _weeks(subject, self.size.width - 4))
        self.put("why", _reasons(subject))

    def _show_head(self, subject: Subject) -> None:
        decided = subject.decided(self.quarter)
        if decided is not None:
            state = Content.styled(decision_done(decided.decision), "bold $success")
        elif subject.away:
            state = Content.styled(_("{person} is away").format(person=subject.row.owner), "$warning")
        else:
            state = Content("")
        self.put("name", wording.number_of(subject.row, Content("   "), state))
        self.query_one(Tiles).show(_tiles(subject))
        self.put("coach", "\n".join(say(advice.sentence) for advice in subject.advice))

    # Deciding

    action_keep, action_drop = calls("_decide", Decision.KEEP), calls("_decide", Decision.DROP)
    action_raise, action_mend = calls("_open_form", Decision.RAISE), calls("_open_form", Decision.MEND)

    def action_later(self) -> None:
        """Who is away, or what cannot be decided now, comes back at the end."""
        if self._kpi:
            self._later = [*(kpi for kpi in self._later if kpi != self._kpi), self._kpi]
            self._kpi = ""
            self.renew()

    def _decide(self, decision: Decision) -> None:
        if (kpi := self._kpi_for(decision)) is not None:
            self._save(kpi, decision)

    def _kpi_for(self, decision: Decision) -> Kpi | None:
        """The number at hand, where that can be decided of it; one that was dropped comes back first."""
        kpi = next((one.kpi for one in self._subjects if one.kpi.id == self._kpi), None)
        if kpi is not None and kpi.retired_on is not None and decision is not Decision.DROP:
            self.tell(keyed(_("It was dropped: {everywhere.undo} takes that back first.")))
            return None
        return kpi

    def _save(self, kpi: Kpi, decision: Decision) -> None:
        """Decides, and is at the next number at once; what a form changed is a step before it."""
        setting_up, quarter = self.huddle_app.setting_up, self.quarter.name

        def decide() -> UndoStep:
            setting_up.decide(kpi.id, decision, quarter)
            return UndoStep(back, _("Taken back."))

        def back() -> None:
            setting_up.undo()
            self._kpi = kpi.id

        def refused() -> None:
            self._kpi = kpi.id

        told = _("{kpi} was dropped. {everywhere.undo} brings it back.") if decision is Decision.DROP else ""
        self._later = [other for other in self._later if other != kpi.id]
        self._kpi = _next_open(self._subjects, self.quarter, kpi.id)
        self.change(decide, keyed(told, kpi=kpi.name), refused=refused)

    def _open_form(self, decision: Decision) -> None:
        """The number's form; what is changed in it is the decision."""
        if (kpi := self._kpi_for(decision)) is not None:
            self._form = (kpi, decision)
            self.huddle_app.open(EditKpi(kpi.owner, kpi))

    def on_screen_resume(self) -> None:
        """Back from the form: what was changed there is the decision; nothing changed is none."""
        form, self._form = self._form, None
        if form is None:
            return
        opened, decision = form
        try:
            now = self.book.team().kpi(opened.id)
        except HuddleError as error:
            self.tell(error)
            return
        if now is not None and now != opened:
            self._save(now, decision)

    # Going

    def step(self, by: int) -> None:
        """The next number, or the one before."""
        ids = [subject.kpi.id for subject in self._subjects]
        if self._kpi in ids:
            self._kpi = ids[(ids.index(self._kpi) + by) % len(ids)]
            self.renew()

    def action_number(self) -> None:
        """Its whole history."""
        if self._kpi:
            self.huddle_app.open(HistoryOf(self._kpi))

    def action_save(self) -> None:
        """The review as a Markdown file in the folder the program was started in."""
        quarter, today = self.quarter, self.time.today()

        def review() -> Iterable[str]:
            from huddle_tui.exchange.writing.quarter import as_markdown

            return as_markdown(self.whole_past(), quarter, today)

        self.save_as(f"huddle-{quarter.name}.md", review)


def _at_hand(found: Sequence[Subject], quarter: Quarter, kpi: str, later: Sequence[str]) -> Subject | None:
    """The number that was chosen; else the first that nothing was decided of, who is away and what can wait last."""
    chosen = next((one for one in found if one.kpi.id == kpi), None)
    if chosen is not None:
        return chosen
    undecided = [one for one in found if one.decided(quarter) is None]
    undecided.sort(key=lambda one: (one.kpi.id in later, one.away))
    return next(iter(undecided or found), None)


def _next_open(found: Sequence[Subject], quarter: Quarter, kpi: str) -> str:
    """The next number behind this one that nothing was decided of; none where everything was."""
    ids = [one.kpi.id for one in found]
    here = ids.index(kpi) if kpi in ids else -1
    behind = [*found[here + 1 :], *found[: max(here, 0)]]
    return next((one.kpi.id for one in behind if one.decided(quarter) is None and not one.away), "")


def _recent(subject: Subject | None, drawn: Series) -> Series:
    """What is drawn: the thirteen weeks, and as much before them as the limits need to be seen."""
    if subject is None or not subject.weeks:
        return drawn
    first = subject.weeks[0][0]
    here = next((place for place, one in enumerate(drawn.said) if one.reading.day >= first), 0)
    return Series(drawn.said[here:], drawn.every)


def _tiles(subject: Subject) -> list[Tile]:
    kept = subject.kept
    tiles = promise_tiles(subject.row, kept)
    others = ((_("renegotiated"), kept.renegotiated), (_("not reported"), kept.not_reported))
    return [*tiles, *(Tile(title, str(n)) for title, n in ((_("missed"), kept.missed), *others) if n)]


def _weeks(subject: Subject, width: int) -> Content:
    """Kept of due, week by week: the newest at the right."""
    room = max(1, (width + 1) // (_WEEK_CELLS + 1))
    shown = subject.weeks[-room:]
    heads = [pad(" ".join(wording.heading(By.WEEK, week)).split()[-1], _WEEK_CELLS, "right") for week, _tally in shown]
    cells = []
    for _week, tally in shown:
        style = "$success" if tally.kept == tally.due else "$warning" if tally.kept else "bold $error"
        cells.append(Content.styled(pad(f"{tally.kept}/{tally.due}", _WEEK_CELLS, "right"), style))
    return Content("\n").join([Content.styled(" ".join(heads), "$quiet"), Content(" ").join(cells)])


def _reasons(subject: Subject) -> str:
    """Why it was missed, the most frequent first."""
    if not subject.pile.total:
        return ""
    parts = [f"{count}× {_(REASONS[reason].words)}" for reason, count in subject.pile.counts]
    text = ngettext("Why, of {n} miss: {reasons}", "Why, of {n} misses: {reasons}", subject.pile.total)
    return text.format(n=subject.pile.total, reasons=" · ".join(parts))
