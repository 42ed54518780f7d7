"""The check-in: one's own numbers before the huddle, keyboard only, saved as they are typed (METHOD 8).

The activity holds the draft, this screen shows it: one field that never loses the focus, and beside each number the
status it will get. What is typed is on disk within half a second, and at once when a field is left.
"""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.domain import dates
from huddle_tui.domain.checkin import FormRow, Question
from huddle_tui.domain.huddle import Asking
from huddle_tui.domain.numbers import is_bare
from huddle_tui.domain.reasons import turned
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.i18n import _, locale, ngettext, say
from huddle_tui.ui.base import calls
from huddle_tui.ui.checkin import phrases as view
from huddle_tui.ui.disk import BookWatch, Saver
from huddle_tui.ui.kit.big import BigText, TimeBar
from huddle_tui.ui.places import WhoAmI
from huddle_tui.ui.shared.board import Board
from huddle_tui.ui.shared.prompting import PromptScreen

_PAUSE = 0.25
"""Seconds from the first key that is not on disk to its save: what a kill can cost, with the save itself, stays below
half a second also while somebody types on."""
_TURN_OF_DAY = 10.0
"""So often midnight is looked for, seconds."""


class CheckInScreen(PromptScreen):
    """One person's check-in for one huddle."""

    AREA = "checkin"
    ABOUT = N_(
        "Your own numbers for the next huddle. They stay hidden from the others until you say them aloud. Enter goes "
        "from field to field; everything is saved as you type, and can be corrected until your turn begins."
    )
    DEFAULT_CSS = """
    CheckInScreen #count { width: auto; color: $success; }
    CheckInScreen #done, CheckInScreen #done.-soon { color: $success; }
    CheckInScreen #board { height: 1fr; }
    CheckInScreen #prompt { min-width: 3; }
    CheckInScreen.-normal #label, CheckInScreen.-wide #label { max-width: 58%; }
    CheckInScreen #label { max-width: 45%; }
    CheckInScreen .told { max-height: 5; }
    CheckInScreen #told { color: $warning; }
    CheckInScreen.-tall #board { margin: 1 0; }
    """

    def __init__(self, person: str, by: str) -> None:
        super().__init__()
        self.checking_in = CheckingIn(self.book, self.time, person, by)
        self._field = self._first_open(self.checking_in.rows)
        self._shown = Question("", Asking.NUMBER)
        self._put = self._stood = ""
        self._half = False
        self._wrong: Sentence | None = None
        self._refused = ""
        self._away: Callable[[], object] | None = None
        self._count = BigText("", align="right", id="count")
        self._done = TimeBar(0.0, id="done")
        self._saver = Saver(self._save, self._saved, _PAUSE)
        self._watch = BookWatch(self, self._changed_elsewhere, saver=self._saver, troubled=self.renew)

    def body(self) -> ComposeResult:
        """Who and for which huddle, the numbers, what is on disk, the one field."""
        with Horizontal(id="who"):
            yield self._big_name
            yield self._count
        yield self._done
        yield self._board
        yield Static(id="told", classes="told")
        yield from self.below()

    def on_mount(self) -> None:
        """Starts the saver and the look at what others do."""
        self._go_to(self._field)
        self.set_interval(_TURN_OF_DAY, self._day_turned)
        self.run_worker(self._saver.run(), group="saver")
        self._watch.start()
        # What was said before tells whether a total will be kept; the form does without, and who looks back is told.
        self.work(self.checking_in.remember, lambda _none: self.renew(), failed=lambda _error: None, group="past")

    def on_unmount(self) -> None:
        """Whatever ends this screen, what was typed is put on disk first."""
        self._take()
        if (trouble := self._saver.end()) is not None:
            self.huddle_app.last_words.append(trouble.sentence)

    # From the field into the draft

    def _take(self) -> bool:
        """What stands in the field goes into the draft as it is; False where it cannot, and why is said."""
        value = self._prompt.value
        if value != self._refused:
            self._wrong, self._refused = None, ""
        if value == self._put or self.checking_in.begun:
            return True
        try:
            self.checking_in.type(self._shown.kpi, value, self._shown.asking)
        except HuddleError as error:
            self._refuse(error.sentence)
            return False
        self._put, self._away, self._half = value, None, True
        self._stood = view.standing(self.checking_in, self.checking_in.rows, self._shown)
        self._saver.soon()
        return True

    def _refuse(self, why: Sentence) -> None:
        """The sentence stays until something else stands in the field."""
        self._wrong, self._refused = why, self._prompt.value

    def _leave(self) -> bool:
        """Leaves the field other than by Enter; False where what stands in it cannot be kept."""
        if not self._take():
            self._show()
            return False
        if not self.checking_in.begun:
            try:
                self.checking_in.leave(self._shown.kpi, self._shown.asking)
            except HuddleError as error:
                self._refuse(error.sentence)
        self._saver.now()
        return True

    def typed(self) -> None:
        """Keeps what is typed and shows what is understood."""
        self._take()
        self._show()

    # Keys

    def turn(self, step: int) -> bool:
        """The reason beside the plan: the one before or after the one that stands there."""
        kpi = self._field.kpi
        if self._field.asking is not Asking.NOTE or self.checking_in.begun:
            return False
        self.checking_in.explain(kpi, turned(self.checking_in.draft.entry(kpi).reason, step))
        self._saver.now()
        self.renew()
        return True

    def enter(self, text: str) -> None:
        """Commits the field and goes to the next; after the stuck the check-in is closed."""
        field, form = self._field, self.checking_in
        if form.begun:
            self._go_away(self.go_back)
            return
        row = view.row_of(form.rows, field.kpi)
        try:
            if row and not row.asked and field.asking is Asking.NUMBER and not text.strip():
                form.type(field.kpi, "")
            else:
                field = form.meant(field, text)
                form.commit(self._field.kpi, text, self._field.asking)
        except HuddleError as error:
            if field != self._field:  # what was typed on stands where it is asked about
                self._go_to(field)
            self._refuse(error.sentence)
            self._saver.now()
            self.renew()
            return
        self._saver.now()
        if field.asking is Asking.STUCK:
            self._close()
        else:
            self._go_to(self._after(field))

    def _close(self) -> None:
        """Closes the check-in after its last field; what is no number is asked for first."""
        stray = next(filter(self._stray, self.checking_in.fields), None)
        if stray is not None:
            self._go_to(stray)
            return
        try:
            self.checking_in.close()
        except HuddleError as error:
            self._refuse(error.sentence)
            self.renew()
        else:
            self._go_away(self._checked_in)

    def _after(self, field: Question) -> Question:
        """Where Enter goes: slow numbers that are not due are passed over unless something was typed there."""
        rows = self.checking_in.rows
        fields = self.checking_in.fields
        following = fields[fields.index(field) + 1 :] if field in fields else fields
        return next(f for f in following if f.asking is not Asking.NUMBER or _called_for(view.row_of(rows, f.kpi)))

    action_up, action_down = calls("_move", -1), calls("_move", 1)

    def _move(self, by: int) -> None:
        if not self.checking_in.begun and self._leave():
            fields = self.checking_in.fields
            place = fields.index(self._field) if self._field in fields else 0
            self._go_to(fields[max(0, min(len(fields) - 1, place + by))])

    def on_board_chosen(self, event: Board.Chosen) -> None:
        """A click on a row goes to its number."""
        rows = self.checking_in.rows
        if event.place < len(rows) and not self.checking_in.begun and self._leave():
            self._go_to(Question(rows[event.place].kpi.id, Asking.NUMBER))

    async def action_undo(self) -> None:
        """Takes back what is being typed, else the last step, and goes where that was."""
        self._take()
        before = self.checking_in.draft
        try:
            self.checking_in.undo()
        except HuddleError as error:
            self._refuse(error.sentence)
            self.renew()
            return
        after = self.checking_in.draft
        changed = {e.kpi for e in (*before.entries, *after.entries) if before.entry(e.kpi) != after.entry(e.kpi)}
        here = self._field.kpi in changed and self._field in self.checking_in.fields
        stuck = before.stuck != after.stuck and self._field.asking is Asking.STUCK
        self._saver.now()
        fields = (f for f in self.checking_in.fields if f.kpi in changed)
        self._go_to(self._field if here or stuck else next(fields, self.checking_in.fields[-1]))

    def action_who(self) -> None:
        """Somebody else: choose who you are again."""
        self._leave_for(lambda: self.huddle_app.open(WhoAmI()))

    def action_back(self) -> None:
        """One level back, once what was typed is on disk."""
        self._leave_for(self.go_back)

    def ask_to_leave(self) -> None:
        """Ends the program, once what was typed is on disk."""
        self._leave_for(self.app.exit)

    # Leaving

    def _leave_for(self, away: Callable[[], object]) -> None:
        if self._leave():
            self._go_away(away)
        else:
            self._ask(away)

    def _go_away(self, away: Callable[[], object]) -> None:
        """Leaves once everything is on disk; where it cannot be put there, a second time asks."""
        if self.checking_in.saved:
            away()
        elif self._away is not None and self.checking_in.trouble is not None:
            self._ask(away)
        else:
            self._away = away
            self._saver.now()
            self.renew()

    def _ask(self, away: Callable[[], object]) -> None:
        self._away = None
        text = _("What you typed is not on disk yet, and will be lost if it still cannot be saved.")
        self.huddle_app.ask(text, _("Leave"), _("Stay"), away)

    def _checked_in(self) -> None:
        count, due = view.progress(self.checking_in.rows)
        text = ngettext(
            "Checked in: {done} of {n} number, to be said aloud on {day}.",
            "Checked in: {done} of {n} numbers, to be said aloud on {day}.",
            due,
        )
        day = dates.show_day(self.checking_in.day, locale(), "dddd D MMMM")
        self.app.notify(text.format(done=count, n=due, day=day), markup=False)
        self.go_back()

    # Showing

    def _first_open(self, rows: tuple[FormRow, ...]) -> Question:
        """The first number that was not answered yet; the first of all where everything was."""
        numbers = [Question(row.kpi.id, Asking.NUMBER) for row in rows if row.asked and not row.entry.answered]
        return numbers[0] if numbers else self.checking_in.fields[0]

    def _go_to(self, field: Question) -> None:
        """Asks that field; what is no number in it says so again."""
        self._field, self._half, self._wrong = field, False, None
        self.renew()
        if why := self._stray(field):
            self._refuse(why)
            self._show()

    def _stray(self, field: Question) -> Sentence | None:
        """Why what stands in that field cannot stay so: it is no number, or one that is asked about, or no plan."""
        row = view.row_of(self.checking_in.rows, field.kpi)
        if row is None or field.asking not in {Asking.NUMBER, Asking.NOTE}:
            return None
        if field.asking is Asking.NUMBER:
            return row.problem or row.doubt
        try:
            self.checking_in.meant(field, row.entry.note)
        except HuddleError as error:
            return error.sentence
        return None

    def renew(self) -> None:
        """Shows the form as it is now."""
        if not self.lives:
            return
        form, prompt = self.checking_in, self._prompt
        rows = form.rows
        if self._field not in form.fields:
            self._field = self._first_open(rows)
        prompt.takes_text = not form.begun
        stands = "" if form.begun else view.standing(form, rows, self._field)
        if self._field != self._shown or stands != self._stood:
            half = self._half and self._field == self._shown and not form.begun
            self._shown, self._put, self._stood = self._field, stands, stands
            if not half:  # else what came from elsewhere is told, and what is typed here stays in the field
                prompt.value = stands
                prompt.cursor_position = len(stands)
                if self._field.asking is not Asking.NOTE:  # whoever types replaces it; a plan is gone on with
                    prompt.select_all()
        self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        form, field = self.checking_in, self._field
        rows = form.rows
        answered, due = view.progress(rows)
        self.bar.show(*view.bar(form))
        self._big_name.text = form.person.name
        self._count.text = f"{answered}/{due}" if due else ""
        self._done.show(answered / due if due else 1.0)
        self._board.show([view.board_row(form, row, hand=row.kpi.id == field.kpi) for row in rows])
        self._strip.show(*view.strip(form, rows))
        self._label.update(Content(_("Enter goes back") if form.begun else view.label(rows, field)))
        plan = field.asking is Asking.NOTE and self._prompt.value and not is_bare(self._prompt.value)
        typing = plan and self.app.size.width < 80  # the plan wants room
        self._echo.update(Content("" if form.begun or typing else view.echo(rows, field, self._prompt.value)))
        unreadable = self._watch.trouble.sentence if self._watch.trouble else None
        wrong = self._wrong or form.trouble or unreadable
        self.put("wrong", say(wrong) if wrong else "")
        self.put("told", "\n".join(view.told(form)))

    # The disk

    def _save(self) -> Callable[[], None] | None:
        return None if self.checking_in.saved else self.checking_in.save

    def _saved(self, _trouble: HuddleError | None) -> None:
        if self._away is not None and self.checking_in.saved:
            away, self._away = self._away, None
            if self.in_front:
                away()
        self.renew()

    async def _day_turned(self) -> None:
        """A check-in that is open overnight goes on with the next huddle's; what was typed up to then is on disk."""
        if self.checking_in.over and self._take():
            try:
                await self._changed_elsewhere()
            except HuddleError as error:  # the next tick tries again
                self._watch.trouble = error
        self.renew()

    async def _changed_elsewhere(self) -> None:
        """The turn has begun, the team was edited, or the same check-in was typed elsewhere."""
        day = self.checking_in.day
        await self._saver.in_order(self.checking_in.look)
        self._half = self._half and self.checking_in.day == day
        self.renew()


def _called_for(row: FormRow | None) -> bool:
    return row is not None and (row.asked or row.entry.answered or bool(row.entry.typed))
