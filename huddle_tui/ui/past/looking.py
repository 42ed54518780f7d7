"""What the screens that look back share: the past read off the loop, renewed as it grows, and a list with a cursor."""

import asyncio
import gc
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from typing import ClassVar

from textual import on
from textual.worker import get_current_worker

from huddle_tui.activities.settling import mark
from huddle_tui.domain.history import TRAILING, Past
from huddle_tui.domain.open_ends import End, closed_on
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.i18n import _
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.base import calls
from huddle_tui.ui.kit.rows import Rows
from huddle_tui.ui.past.story import NumberKey, PersonKey
from huddle_tui.ui.places import HistoryOf, HuddleOf, PastHuddles, PersonOf, Place
from huddle_tui.ui.undo import ChangingScreen, UndoStep

_DRAWN = 0.25
"""The longest that a thread waits for the screen to draw, seconds."""
_TURN = 0.001
"""How long a thread that reads keeps the keys waiting, seconds; Python's own default is five times as long."""

SPANS: tuple[int | None, ...] = (13, 26, 52, None)
"""How far back can be looked at once; None is all."""

Show = Callable[[], None]
"""Puts on the screen what was worked out."""


class LookingScreen(ChangingScreen):
    """A screen that shows the past, or a part of it.

    Subclasses work out what to show in `work_out`, which runs in a thread, and give back what shows it.
    """

    LEADS_TO: ClassVar[Mapping[str, Place]] = {"find": PastHuddles(finding=True)}
    DEFAULT_CSS = """
    LookingScreen.-short Tiles { height: 1; }
    LookingScreen #voice { height: auto; max-height: 4; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    LookingScreen.-short #voice { max-height: 3; margin-top: 0; }
    LookingScreen #legend { height: auto; }
    """

    past: Past | None = None
    """The past that shows."""
    span: int | None = TRAILING
    """How far back it looks, where it can be chosen; None is all."""

    def work_out(self, past: Past) -> Show:
        """What to show of that past; may take a while, and must not touch the screen. Gives back what shows it."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """What is known shows at once, the rest as it is read; keys go before reading."""
        sys.setswitchinterval(_TURN)

    def on_screen_suspend(self) -> None:
        """Another screen is in front: it reads on where this one stopped."""
        self.workers.cancel_group(self, "past")

    def show_changes(self) -> None:
        """Reads what is new or not read yet."""
        self.run_worker(self._read, thread=True, exclusive=True, group="past")

    def renew(self) -> None:
        """Works out anew what to show, after a choice on this screen."""
        self.run_worker(self._hand_over, thread=True, exclusive=True, group="renew")

    async def recompose(self) -> None:
        """Made anew, in another language say: what was shown is worked out anew too."""
        await super().recompose()
        self.renew()

    # In threads

    def whole_past(self) -> Past:
        """The past with every huddle in it, for what is handed on: as long as that takes. Raises HuddleError."""
        looking = self.huddle_app.looking
        while looking.read():
            pass
        assert looking.past is not None
        return looking.past

    def _read(self) -> None:
        app, worker = self.huddle_app, get_current_worker()
        shown: Past | None = None
        try:
            if app.looking.past is not None:
                shown = self._hand_over(shown)
                app.looking.look()
            left = True
            while left and not worker.is_cancelled:
                left = app.looking.read()
                shown = self._hand_over(shown)
            if shown is not None and shown.complete:
                gc.freeze()  # ten years stay until the end: looking through them for garbage takes a tenth of a second
        except HuddleError as error:
            app.call_from_thread(app.tell, error)
        for trouble in app.looking.take_troubles():
            app.call_from_thread(app.tell, trouble, wrong=True)

    def _hand_over(self, shown: Past | None = None) -> Past | None:
        """Shows the past as it is now, unless that is what shows."""
        app, worker = self.huddle_app, get_current_worker()
        past = app.looking.past
        if past is None or past is shown or worker.is_cancelled:
            return shown
        show = self.work_out(past)
        if not worker.is_cancelled:
            app.call_from_thread(self._show, past, show)  # type: ignore[arg-type]  # it takes coroutines too
        return past

    async def _show(self, past: Past, show: Show) -> None:
        """Shows it, and comes back when it is drawn: reading on meanwhile would only keep that waiting."""
        if self.lives:
            self.past = past
            show()
            self.refresh_bindings()
            drawn = asyncio.Event()
            self.call_after_refresh(drawn.set)
            with suppress(TimeoutError):  # behind another screen nothing is drawn
                await asyncio.wait_for(drawn.wait(), _DRAWN)

    # The cursor

    @property
    def listed(self) -> Rows:
        """The list that the cursor moves in."""
        return self.query_one(Rows)

    @on(Rows.Picked)
    def _on_picked(self) -> None:
        self.picked()

    def picked(self) -> None:
        """A click on a line does what Enter does."""
        self.action_open()

    def action_open(self) -> None:
        """What the cursor is on: a number's history, a person, or a huddle."""
        match self.listed.cursor:
            case NumberKey(kpi):
                self.huddle_app.open(HistoryOf(kpi))
            case PersonKey(person):
                self.huddle_app.open(PersonOf(person))
            case End(day=day) | (date() as day):
                self.huddle_app.open(HuddleOf(day))
            case _:
                pass

    def action_done(self) -> None:
        """The stuck at hand is solved, the action done."""
        if isinstance(end := self.listed.cursor, End):
            self.mark(end, done=True)
        else:
            self.tell(_("Put the cursor on a stuck or an action to mark it done."))

    def step(self, by: int) -> None:
        """To the one that comes so many after this one, or before it where `by` is negative."""

    action_following, action_previous = calls("step", 1), calls("step", -1)

    def action_span(self) -> None:
        """Further back: the last 13, 26, 52 or all, round and round."""
        self.span = SPANS[(SPANS.index(self.span) + 1) % len(SPANS)]
        self.renew()

    def mark(self, end: End, done: bool) -> None:
        """Marks a stuck solved or an action done, in the huddle where it was said; or opens it again."""
        on, book = self.time.today() if done else None, self.book

        def job() -> UndoStep | None:
            was = None if done else closed_on(book.huddle(end.day), end)
            mark(book, end, on)
            back = _("It is open again.") if done else _("It is marked done again.")
            return UndoStep(partial(mark, book, end, was), back, end.day) if was != on else None

        told = keyed(_("Marked done. {everywhere.undo} opens it again.")) if done else _("It is open again.")
        self.change(job, told)


NOTHING_YET = N_("There is no huddle to look back at yet: the first one will stand here.")
"""What stands where a book has no huddles."""
