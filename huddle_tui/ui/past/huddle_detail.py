"""One past huddle: everything that was said, in the order it was said, with its status as judged then."""

from datetime import date
from functools import partial

from textual.app import ComposeResult
from textual.content import Content

from huddle_tui.activities.correcting import Correcting
from huddle_tui.activities.settling import discard
from huddle_tui.domain import dates
from huddle_tui.domain.history import Past
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.open_ends import End, OpenEnds, closed_on, open_ends
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.i18n import _, locale
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.kit.rows import Rows, Words
from huddle_tui.ui.kit.tiles import Tiles
from huddle_tui.ui.past.correct import Questions, about
from huddle_tui.ui.past.looking import LookingScreen, Show
from huddle_tui.ui.past.story import NumberKey, tell
from huddle_tui.ui.shared.figures import figures
from huddle_tui.ui.shared.handing_on import HandingOnScreen
from huddle_tui.ui.undo import UndoStep


class HuddleDetailScreen(HandingOnScreen, LookingScreen):
    """A huddle that was held, or is being held."""

    AREA = "huddle"
    ABOUT = N_("One huddle: what everybody said, as it was judged then, with stucks, actions and the time per person.")
    DEFAULT_CSS = "HuddleDetailScreen Tiles { margin: 1 0; }"

    def __init__(self, day: date, kpi: str = "") -> None:
        super().__init__()
        self.day = day
        self._wanted = kpi
        self._huddle: Huddle | None = None
        self._correcting: Correcting | None = None

    def body(self) -> ComposeResult:
        """What it came to, then what was said."""
        yield Tiles(id="figures")
        yield Rows(id="said")

    def work_out(self, past: Past) -> Show:
        """The huddle itself, read anew: it may be one that another program is holding."""
        day, today = self.day, self.time.today()
        huddle, earlier = self.book.huddle(day), open_ends(self.book.summaries(), day).earlier(day)
        return lambda: self._present(past, day, huddle, earlier, today)

    def _present(self, past: Past, day: date, huddle: Huddle | None, earlier: OpenEnds, today: date) -> None:
        if day != self.day:
            return
        self._huddle = huddle
        days = [summary.day for summary in past.summaries]
        place = _("huddle {n} of {all}").format(n=days.index(day) + 1, all=len(days)) if day in days else ""
        title = dates.show_day(day, locale(), "dddd D MMMM YYYY")
        about = [Content.styled(title, "$foreground")]
        if huddle is not None and huddle.ended_at is None:
            about.append(Content.styled(_("not closed"), "$accent"))
        self.show_bar(huddle.team if huddle else past.team.name, *about, right=place if past.complete else "")
        if huddle is None:
            text = _("There is no huddle of {day} in this book.").format(day=title)
            self.listed.show(lambda _width: [Words(Content.styled(text, "$quiet"))])
            return
        self.query_one(Tiles).show(figures(huddle))
        told, team = huddle, past.team
        wanted = NumberKey(self._wanted) if self._wanted else None
        self._wanted = ""
        self.listed.show(lambda width: tell(told, team, today, width - 1, earlier), wanted)

    # Keys

    def action_open(self) -> None:
        """The number, the person or the earlier huddle at hand; an open end of this huddle leads nowhere else."""
        if isinstance(self.listed.cursor, End) and self.listed.cursor.day == self.day:
            self.tell(keyed(_("{huddle.done} marks it done, or opens it again.")))
        else:
            super().action_open()

    def picked(self) -> None:
        """A click on an open end only goes there."""
        if not isinstance(self.listed.cursor, End):
            self.action_open()

    def _of_earlier(self) -> bool:
        """Whether the cursor is on what an earlier huddle left open: that is dealt with there, which is said."""
        earlier = isinstance(self.listed.cursor, End) and self.listed.cursor.day != self.day
        if earlier:
            self.tell(_("It was said in an earlier huddle: Enter goes there."))
        return earlier

    def action_done(self) -> None:
        """The stuck or action at hand is done, or open again."""
        if self._of_earlier():
            return
        if isinstance(end := self.listed.cursor, End) and self._huddle is not None:
            self.mark(end, done=closed_on(self._huddle, end) is None)
        else:
            super().action_done()

    def action_discard(self) -> None:
        """A huddle that was held as a test goes to the bin; asks first."""
        if self._huddle is not None:
            text = _("Delete the huddle of {day}? It goes to the bin of the book, and can be brought back.")
            shown = dates.show_day(self.day, locale(), "dddd D MMMM YYYY")
            delete = partial(self.work, partial(discard, self.book, self.day), self._discarded, group="save")
            self.huddle_app.ask(text.format(day=shown), _("Delete"), _("Keep it"), delete)

    def _discarded(self, _done: object) -> None:
        """Back to where the others are."""
        self.huddle_app.tell(_("It is in the bin: Bring back, in the list of past huddles, fetches it."))
        if self.in_front:
            self.action_back()

    def action_correct(self) -> None:
        """Puts the number, stuck or action at hand right; what stood there, who and when stay visible."""
        if self._of_earlier():
            return
        team = self.team_of_recap()
        if self._correcting is None:
            self._correcting = Correcting(self.book, self.time)
            me = self.huddle_app.identity.remembered(team) if team else None
            self._correcting.by = me.name if me else ""
        huddle = self._huddle
        asked = about(self._correcting, team, huddle, self.listed.cursor) if team and huddle else None
        if asked is None:
            self.tell(_("Put the cursor on a number, a stuck or an action to put it right."))
        else:
            self._ask(f"correct {self.day} {self.listed.cursor}", asked, [])

    def _ask(self, form: str, asked: Questions, answers: list[str]) -> None:
        """The next question, with what was typed there before; Escape lets everything be as it was."""
        try:
            question = asked.following(answers)
        except HuddleError as error:
            self.tell(error)
            self._ask(form, asked, answers[:-1])
            return
        if question is None:
            told = keyed(_("Corrected. {everywhere.undo} takes it back."))
            unchanged, again = _("Nothing was changed."), partial(self._ask_again, form, asked)
            self.change(lambda: asked.take(answers), told, form=form, unchanged=unchanged, refused=again)
            return
        label, stood = question

        def answered(text: str | None) -> None:
            if text is not None:
                self._ask(form, asked, [*answers, text])

        self.huddle_app.ask_line(form, label, answered, stood, empty=True)

    def _ask_again(self, form: str, asked: Questions) -> None:
        """From the first question, unless somebody is elsewhere by now."""
        if self.in_front:
            self._ask(form, asked, [])

    def taken_back(self, step: UndoStep) -> str:
        """What was taken back, and in which huddle where that is not the one that shows."""
        if step.day is None or step.day == self.day:
            return step.told
        day = dates.show_day(step.day, locale(), "dddd D MMMM YYYY")
        return f"{step.told} {_('That was in the huddle of {day}.').format(day=day)}"

    def step(self, by: int) -> None:
        """The huddle after this one, or before it."""
        if self.past is None:
            return
        days = [summary.day for summary in self.past.summaries]
        beyond = [day for day in days if (day > self.day if by > 0 else day < self.day)]
        if beyond:
            self.day = beyond[0] if by > 0 else beyond[-1]
            self.renew()

    def team_of_recap(self) -> Team | None:
        """The team, once the huddle was read."""
        return self.past.team if self.past and self._huddle else None
