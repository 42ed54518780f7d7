"""The check-in: one's own numbers before the huddle, keyboard only, saved as they are typed (METHOD 8).

The activity holds the draft, this screen shows it: one field that never loses the focus, and the status each number
will get beside it. What is typed is on disk half a second after the last key, and at once when a field is left.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.activities.identity import Identity, named
from huddle_tui.domain import dates
from huddle_tui.domain.checkin import Field, Row
from huddle_tui.domain.huddle import Asking
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import Person
from huddle_tui.i18n import _, locale, say
from huddle_tui.ui.screens.base import HuddleScreen
from huddle_tui.ui.views import phrases
from huddle_tui.ui.widgets import board
from huddle_tui.ui.widgets.big import BigText
from huddle_tui.ui.widgets.prompt import Prompt
from huddle_tui.ui.widgets.strip import TwoEnds

_REST = 0.5
"""What is typed is saved when no key came for this many seconds."""
_RETRY = 2.0
_LOOK = 0.5


class CheckInScreen(HuddleScreen):
    """One person's check-in for one huddle."""

    AREAS: ClassVar = ("checkin",)
    ABOUT = N_(
        "Your own numbers for the next huddle. They stay hidden from the others until you say them aloud. Enter goes "
        "from field to field; everything is saved as you type, and can be corrected until your turn begins."
    )
    AUTO_FOCUS = "#prompt"
    DEFAULT_CSS = """
    CheckInScreen #name { height: 4; }
    CheckInScreen #board { margin: 1 0; }
    CheckInScreen.-short #board { margin: 0; }
    CheckInScreen #asking { height: 1; background: $panel; }
    CheckInScreen #label { width: auto; max-width: 60%; color: $accent; text-style: bold; padding: 0 1; }
    CheckInScreen #echo { width: auto; color: $quiet; padding: 0 1; }
    CheckInScreen .told { height: auto; max-height: 4; padding: 0 1; display: none; }
    CheckInScreen .told.-shown { display: block; }
    CheckInScreen #wrong { color: $error; }
    CheckInScreen #notices { color: $warning; }
    """

    def __init__(self, checking_in: CheckingIn) -> None:
        super().__init__()
        self.checking_in = checking_in
        self._field = self._first_open()
        self._wrong: Sentence | None = None
        self._wrong_about = ""
        self._bar = TwoEnds(id="bar")
        self._strip = TwoEnds(id="strip")
        self._big_name = BigText("", id="name")
        self._board = board.Board(id="board")
        self._prompt = Prompt(self, id="prompt")
        self._label = Static(id="label")
        self._echo = Static(id="echo")
        self._wrong_line = Static(id="wrong", classes="told")
        self._notices = Static(id="notices", classes="told")
        self._disk = ThreadPoolExecutor(1, "disk")
        self._dirty = asyncio.Event()
        self._resting: Timer | None = None
        self._asked = Field("", Asking.STUCK)

    def _first_open(self) -> Field:
        """The first field that was not answered yet; the first of all where everything was."""
        fields = self.checking_in.fields
        for field in fields:
            if field.asking is Asking.NUMBER and not self.checking_in.row(field.kpi).entry.answered:
                return field
        return fields[0]

    def body(self) -> ComposeResult:
        """Who and for which huddle, the numbers, what was saved, the one field."""
        yield self._bar
        yield self._big_name
        yield self._board
        yield self._notices
        yield self._strip
        yield self._wrong_line
        with Horizontal(id="asking"):
            yield self._label
            yield self._prompt
            yield self._echo

    def on_mount(self) -> None:
        """Starts the saver and the look at what others do."""
        self._prompt.takes_text = True
        self.title = self.checking_in.person.name
        self.renew()
        self.run_worker(self._saving(), group="saver")
        self.run_worker(self._looking(), group="looker")

    def on_unmount(self) -> None:
        """Whatever ends this screen, what was typed is put on disk first."""
        self._keep()
        if not self.checking_in.saved:
            try:
                self._disk.submit(self.checking_in.save).result()
            except HuddleError as error:
                self.huddle_app.last_words.append(error.sentence)
        self._disk.shutdown(wait=False)

    # Keys

    def command(self, key: str) -> bool:
        """The field always takes text."""
        return False

    def enter(self, text: str) -> None:
        """Commits the field and goes to the next; after the stuck the check-in is closed."""
        field = self._field
        self._wrong = None
        try:
            self.checking_in.commit(field.kpi, text, field.asking)
            fields = self.checking_in.fields
            place = fields.index(field) if field in fields else 0
            if field.asking is Asking.STUCK:
                self.checking_in.close()
                self._dirty.set()
                self.run_worker(self._finish(), group="finish")
                return
            self._field = fields[min(place + 1, len(fields) - 1)]
        except HuddleError as error:
            self._wrong, self._wrong_about = error.sentence, text
        self._dirty.set()
        self.renew()

    def action_up(self) -> None:
        """To the field before."""
        self._go(-1)

    def action_down(self) -> None:
        """To the field after."""
        self._go(1)

    def _go(self, by: int) -> None:
        self._leave()
        fields = self.checking_in.fields
        place = fields.index(self._field) if self._field in fields else 0
        self._field = fields[max(0, min(len(fields) - 1, place + by))]
        self.renew()

    def on_board_chosen(self, event: board.Board.Chosen) -> None:
        """A click on a row goes to its number."""
        self._leave()
        self._field = Field(self.checking_in.rows[event.place].kpi.id, Asking.NUMBER)
        self.renew()

    def action_undo(self) -> None:
        """Takes back what is being typed, else the last step."""
        self._keep()
        try:
            self.checking_in.undo()
        except HuddleError as error:
            self._wrong, self._wrong_about = error.sentence, self._prompt.value
        self._asked = Field("", Asking.NUMBER)
        self._dirty.set()
        self.renew()

    def action_who(self) -> None:
        """Somebody else: choose who you are again."""
        self._leave()
        from huddle_tui.ui.screens.who_am_i import WhoAmIScreen

        self.app.switch_screen(WhoAmIScreen())

    def action_back(self) -> None:
        """One level back; what was typed is saved."""
        self._leave()
        super().action_back()

    async def _finish(self) -> None:
        """Home, once the check-in is on disk."""
        try:
            await asyncio.get_running_loop().run_in_executor(self._disk, self.checking_in.save)
        except HuddleError as error:
            self.tell(error)
            self.renew()
            return
        day = dates.show_day(self.checking_in.day, locale(), "dddd D MMMM")
        self.app.notify(_("Checked in for {day}.").format(day=day), markup=False)
        self.dismiss()

    def _keep(self) -> None:
        """What stands in the field goes into the draft as it is."""
        value = self._prompt.value
        if self._field == self._asked and value != self._standing(self._field):
            try:
                self.checking_in.type(self._field.kpi, value, self._field.asking)
            except HuddleError as error:
                self._wrong, self._wrong_about = error.sentence, value

    def _leave(self) -> None:
        self._keep()
        try:
            self.checking_in.leave(self._field.kpi, self._field.asking)
        except HuddleError as error:
            self._wrong, self._wrong_about = error.sentence, self._prompt.value
        self._dirty.set()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Keeps what is typed, shows what is understood, and saves when the keys rest."""
        if self._wrong is not None and self._prompt.value != self._wrong_about:
            self._wrong = None
        before = self.checking_in.draft
        self._keep()
        if self.checking_in.draft != before:
            if self._resting is not None:
                self._resting.stop()
            self._resting = self.set_timer(_REST, self._dirty.set)
        self._show()

    # Showing

    def _standing(self, field: Field) -> str:
        """What the draft has in that field, or what is proposed."""
        draft = self.checking_in.draft
        if field.asking is Asking.STUCK:
            return draft.stuck
        entry = draft.entry(field.kpi)
        if field.asking is Asking.NOTE:
            return entry.note
        if field.asking is Asking.PROMISE and not entry.next_typed:
            row = self.checking_in.row(field.kpi)
            return phrases.number(row.proposed, row.kpi.decimals)
        return entry.next_typed if field.asking is Asking.PROMISE else entry.typed

    def renew(self) -> None:
        """Shows the form as it is now."""
        if not (self.is_attached and self.is_running):
            return
        if self._field not in self.checking_in.fields:
            self._field = self._first_open()
        if self._field != self._asked:
            self._asked = self._field
            self._prompt.value = self._standing(self._field)
            if self._field.asking is Asking.PROMISE:
                self._prompt.select_all()
            else:
                self._prompt.cursor_position = len(self._prompt.value)
        self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        checking_in, field = self.checking_in, self._field
        rows = checking_in.rows
        self._board.show([self._row(row) for row in rows])
        self._big_name.text = checking_in.person.name
        day = dates.show_day(checking_in.day, locale(), "dddd D MMMM")
        who = _("Check-in for the huddle of {day}").format(day=day)
        me = self._by()
        self._bar.show(Content.styled(who, "bold $foreground"), Content.styled(me, "$warning" if me else ""))
        answered = sum(row.entry.answered for row in rows if row.asked)
        count = _("{answered} of {all} answered").format(answered=answered, all=sum(row.asked for row in rows))
        saved = (_("✔ saved"), "$success") if checking_in.saved else (_("… not saved yet"), "$warning")
        self._strip.show(Content(count), Content.styled(*saved))
        self._label.update(Content(self._asks(field)))
        self._echo.update(Content(self._understood(field)))
        wrong = self._wrong or checking_in.trouble
        self._wrong_line.set_class(wrong is not None, "-shown")
        self._wrong_line.update(Content(say(wrong) if wrong else ""))
        told = [say(notice) for notice in checking_in.notices()]
        told += [self._unread(draft.huddle_day) for draft in checking_in.not_read_out[-2:]]
        self._notices.set_class(bool(told), "-shown")
        self._notices.update(Content("\n".join(told)))

    def _by(self) -> str:
        """Who types, where that is not the owner."""
        if not self.checking_in.by_proxy:
            return ""
        other = self.checking_in.team.person(self.checking_in.by)
        return _("by proxy: typed by {name}").format(name=other.name if other else "?")

    def _unread(self, day: date) -> str:
        shown = dates.show_day(day, locale(), "dddd D MMMM")
        return _("Your check-in for {day} was not read out; it is kept.").format(day=shown)

    def _asks(self, field: Field) -> str:
        if field.asking is Asking.STUCK:
            return _("Where are you stuck?")
        if field.asking is Asking.NOTE:
            return _("What is the plan?")
        return _("Count on me:") if field.asking is Asking.PROMISE else self.checking_in.row(field.kpi).kpi.name

    def _understood(self, field: Field) -> str:
        if field.asking is not Asking.NUMBER:
            return ""
        row = self.checking_in.row(field.kpi)
        if row.problem is not None or not row.entry.typed.strip():
            return _("Enter alone: not measured") if row.problem is None else ""
        shown = _("not measured") if row.understood is None else phrases.number(row.understood, row.kpi.decimals)
        return f"→ {shown}"

    def _row(self, row: Row) -> board.Row:
        kpi, hand = row.kpi, row.kpi.id == self._field.kpi
        day = dates.show_day(row.day, locale(), "dddd D MMMM")
        about = _("for {day}").format(day=day) if row.asked else _("not due yet; may be given early")
        value = "–" if row.entry.answered and row.understood is None else ""
        if row.understood is not None:
            value = phrases.number(row.understood, kpi.decimals)
        proxy = self.checking_in.draft.typed_by_proxy(kpi.id)
        return board.Row(
            name=kpi.name,
            promise=phrases.promised(row.stick, kpi.decimals, kpi.unit),
            extra=about,
            state=board.RowState.SAID if row.entry.answered else board.RowState.AHEAD,
            at_hand=hand,
            most_important=kpi.most_important,
            value=value,
            unit=kpi.unit,
            status=row.status,
            delta=phrases.gap(row.understood, row.stick, kpi.decimals),
            marks=_("by proxy") if proxy else "",
        )

    # The disk

    async def _saving(self) -> None:
        """Saves what changed; a save that failed is said and tried again."""
        loop = asyncio.get_running_loop()
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            if not self.checking_in.saved:
                try:
                    await loop.run_in_executor(self._disk, self.checking_in.save)
                except HuddleError:
                    self.set_timer(_RETRY, self._dirty.set)
            self.renew()

    async def _looking(self) -> None:
        """Notices the turn that begins, an edited team, the same check-in typed elsewhere."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_LOOK)
            try:
                if await loop.run_in_executor(self._disk, self.book.changed):
                    if await loop.run_in_executor(self._disk, self.checking_in.look):
                        self._asked = Field("", Asking.NUMBER) if self._field != self._asked else self._asked
                    self.renew()
            except HuddleError as error:
                self._wrong, self._wrong_about = error.sentence, self._prompt.value
                self.renew()


def open_check_in(screen: HuddleScreen, name: str | None = None, for_name: str | None = None) -> None:
    """Opens the check-in of who is named, of who is remembered, or asks who it is. Raises HuddleError.

    `for_name` is whose numbers they are where somebody else types them: by proxy, for ever.
    """
    team = screen.book.team()
    identity = Identity.of(screen.book)
    me: Person | None = named(team, name) if name else identity.remembered(team)
    if name and me is not None:
        identity.remember(me)
    if me is None:
        from huddle_tui.ui.screens.who_am_i import WhoAmIScreen

        screen.huddle_app.open(WhoAmIScreen(for_name))
        return
    whose = named(team, for_name) if for_name else me
    screen.huddle_app.open(CheckInScreen(CheckingIn(screen.book, screen.time, whose.id, me.id)))
