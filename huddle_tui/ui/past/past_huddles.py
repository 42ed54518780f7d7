"""Past huddles: ten years in one list by month, found as you type, with the huddle at hand beside it."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from huddle_tui.activities.looking_back import Sought, Wanted, find, sought
from huddle_tui.activities.settling import restore
from huddle_tui.domain import dates
from huddle_tui.domain.history import Past
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.workdays import Period
from huddle_tui.i18n import _, locale, ngettext
from huddle_tui.ui.kit.inputs import Finder
from huddle_tui.ui.kit.rows import Line, Rows, Words
from huddle_tui.ui.kit.tiles import Tiles
from huddle_tui.ui.past.listing import FULL, listing, marked, window
from huddle_tui.ui.past.looking import NOTHING_YET, LookingScreen, Show
from huddle_tui.ui.past.story import red_flags, tell
from huddle_tui.ui.places import TeamScorecard
from huddle_tui.ui.shared import phrases
from huddle_tui.ui.shared.figures import figures

_BESIDE = 98
"""From so many columns on the huddle at hand stands beside the list."""
_REST = 0.08
"""Seconds that the cursor rests on a huddle before it is read."""


class PastHuddlesScreen(LookingScreen):
    """Every huddle of the book, newest first."""

    AREA = "past"
    LEADS_TO: ClassVar = {"scorecard": TeamScorecard()}
    ABOUT = N_(
        "Every huddle there was, newest first: ⚑ its red flags, else ✗ the promises that were not kept. Find as you "
        "type, filter, and open the one under the cursor."
    )
    DEFAULT_CSS = """
    PastHuddlesScreen #find { display: none; }
    PastHuddlesScreen.-finding #find { display: block; }
    PastHuddlesScreen #columns { height: 1fr; margin-top: 1; }
    PastHuddlesScreen #left { width: 44; }
    PastHuddlesScreen #beside { width: 1fr; margin-left: 3; }
    PastHuddlesScreen #day { height: 2; }
    PastHuddlesScreen #story { height: 1fr; margin-top: 1; text-wrap: nowrap; text-overflow: clip; }
    PastHuddlesScreen #wanted { height: 1; color: $accent; display: none; }
    PastHuddlesScreen.-filtered #wanted { display: block; }
    """
    AUTO_FOCUS = ""

    def __init__(self, *, finding: bool = False) -> None:
        super().__init__()
        self._finding = finding
        self._lines: dict[object, Line] = {}
        self._wanted = Wanted()
        self._period = 0
        self._preview: date | None = None
        self._told: Huddle | None = None
        self._resting = Timer(self, 0, pause=True)

    def body(self) -> ComposeResult:
        """The find field, the list, and the huddle at hand beside it."""
        with Horizontal(id="columns"):
            with Vertical(id="left"):
                yield Finder(self._typed, _("Find names, notes, stucks, actions; kpi: finds numbers"), id="find")
                yield Static(id="wanted", markup=False)
                yield Rows(id="huddles")
            with Vertical(id="beside"):
                yield Static(id="day", markup=False)
                yield Tiles(id="figures")
                yield Static(id="story", markup=False)

    def on_mount(self) -> None:
        """The list, or the find field where somebody came to find."""
        if self._finding:
            self.action_find()

    def work_out(self, past: Past) -> Show:
        """The list is filtered on the loop: that takes milliseconds."""

        def show() -> None:
            self._lines = {}
            self._list()
            if self._preview is not None:
                self._read_beside()

        return show

    def _list(self) -> None:
        """Shows what is wanted of what there is."""
        past = self.past
        if past is None:
            return
        found = find(past, self._wanted)
        looked_for = sought(self._wanted.words)
        nothing = _(NOTHING_YET) if past.complete else ""
        empty = Words(Content.styled(_("No huddle is like that.") if past.summaries else nothing, "$quiet"))
        known = self._lines
        self.listed.show(lambda width: listing(found, looked_for if width > FULL else Sought(), known) or [empty])
        if past.summaries:
            since = dates.show_day(past.summaries[0].day, locale(), "MMMM YYYY")
            count = len(past.summaries)
            text = ngettext("{n} huddle since {month}", "{n} huddles since {month}", count)
            right = text.format(n=phrases.number(Decimal(count)), month=since)
            if len(found) < count:
                right = _("{found} of {right}").format(found=len(found), right=right)
        else:
            right = ""
        self.show_bar(past.team.name, _("past huddles"), right=right)
        wanted = self._in_words(past)
        self.set_class(bool(wanted), "-filtered")
        self.query_one("#wanted", Static).update(Content(wanted), layout=False)
        self._show_beside()

    def _in_words(self, past: Past) -> str:
        parts = []
        if self._wanted.person:
            parts.append(_("with {name}").format(name=past.person_name(self._wanted.person)))
        if self._wanted.red:
            parts.append(_("with red flags"))
        if self._period:
            parts.append(_(PERIODS[self._period]))
        return " · ".join(parts)

    # The huddle beside the list

    def on_resize(self) -> None:
        """A wider screen shows the huddle beside the list."""
        wide = self.size.width >= _BESIDE
        self.query_one("#left").styles.width = 46 if wide else "1fr"
        self.query_one("#beside").display = wide
        self._show_beside()

    @on(Rows.Moved)
    def _show_beside(self) -> None:
        """Shows the huddle at hand once the cursor rests on it."""
        day = self.listed.cursor
        if self.size.width < _BESIDE or not isinstance(day, date):
            self._preview = self._told = None
            self._tell_beside()
        elif day != self._preview:
            self._preview = day
            self._resting.stop()
            self._resting = self.set_timer(_REST, self._read_beside)
        else:
            self._tell_beside()

    def _read_beside(self) -> None:
        if self._preview is not None:
            self.work(partial(self.book.huddle, self._preview), self._beside, group="beside", newest=True)

    def _beside(self, huddle: Huddle | None) -> None:
        if huddle is not None and huddle.day == self._preview and self.lives:
            self._told = huddle
            self._tell_beside()

    def _tell_beside(self) -> None:
        """The day, what it came to, its red flags, and what was said, as far as there is room and from where
        something was found.
        """
        huddle = self._told
        day, tiles, story = self.query_one("#day", Static), self.query_one(Tiles), self.query_one("#story", Static)
        if huddle is None or self.past is None:
            tiles.show([])
            for text in (day, story):
                text.update("", layout=False)
            return
        team, width = self.past.team, story.size.width
        title = dates.show_day(huddle.day, locale(), "dddd D MMMM YYYY")
        day.update(Content.styled(title, "bold"), layout=False)
        tiles.show(figures(huddle)[: 4 if width >= 76 else 3])
        flags = [Words(flag) for flag in red_flags(huddle, team, width)]
        flags += [Words(Content(""))] * bool(flags)
        lines = [*flags, *tell(huddle, team, self.time.today(), width)]
        drawn, at = marked(lines, sought(self._wanted.words), width)
        story.update(Content("\n").join(window(drawn, at, max(0, story.size.height))), layout=False)

    # Keys

    def action_restore(self) -> None:
        """A huddle that was deleted, from the bin; asks which, newest first."""
        self.work(self.book.discarded, self._offer, group="save")

    def _offer(self, days: list[date]) -> None:
        if not days:
            self.tell(_("There is no deleted huddle in the bin."))
            return
        day, *others = days

        def another() -> None:
            if others:
                self._offer(others)

        bring_back = partial(self.work, partial(restore, self.book, day), lambda _day: self.came_to(""), group="save")
        text = _("Bring the huddle of {day} back from the bin?")
        shown = dates.show_day(day, locale(), "dddd D MMMM YYYY")
        self.huddle_app.ask(text.format(day=shown), _("Bring back"), _("Not this one"), bring_back, another)

    def action_red(self) -> None:
        """Only huddles with red flags, or all."""
        self._want(replace(self._wanted, red=not self._wanted.red))

    def action_person(self) -> None:
        """The next person's huddles, and after the last one everybody's."""
        if self.past is not None:
            people = ["", *(person.id for person in self.past.team.people)]
            here = people.index(self._wanted.person) if self._wanted.person in people else 0
            self._want(replace(self._wanted, person=people[(here + 1) % len(people)]))

    def action_period(self) -> None:
        """The next period, and after the last one any time."""
        self._period = (self._period + 1) % len(PERIODS)
        since, until = _period(self._period, self.time.today())
        self._want(replace(self._wanted, since=since, until=until))

    def _want(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._list()

    def action_find(self) -> None:
        """The find field."""
        self.add_class("-finding")
        self.query_one(Finder).focus()

    def _typed(self, words: str) -> None:
        self._want(replace(self._wanted, words=words))

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        """Enter leaves the field and goes to the list; in a list of one it opens that one."""
        self.set_focus(None)
        if len([line for line in self.listed.lines if line.key is not None]) == 1:
            self.action_open()

    def action_back(self) -> None:
        """First out of the field, then out of what was looked for, then out of the screen."""
        if self.has_class("-finding"):
            self.remove_class("-finding")
            self.set_focus(None)
            self.query_one(Finder).clear()
        elif self._wanted != Wanted():
            self._period = 0
            self._want(Wanted())
        else:
            super().action_back()


PERIODS = (
    N_("any time"),
    N_("this month"),
    N_("last month"),
    N_("this quarter"),
    N_("last quarter"),
    N_("this year"),
    N_("last year"),
)
"""Which part of the past is listed, one after another."""


def _period(choice: int, today: date) -> tuple[date | None, date | None]:
    """The first and last day of that choice of PERIODS."""
    if not choice:
        return None, None
    back = not choice % 2
    if choice >= 5:
        year = today.year - back
        return date(year, 1, 1), date(year, 12, 31)
    period = Period.MONTH if choice <= 2 else Period.QUARTER
    day = period.first(today) - timedelta(days=1) if back else today
    return period.first(day), period.last(day)
