"""The round on the shared screen: one person at a time, their numbers, the clock (METHOD 7 and 8).

The round decides, `Hosting` saves, this screen shows. A key changes the round in memory at once; a number shows as
said when it is on disk. Saving and looking for other programs' changes happen on one thread, never on the loop.
"""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from typing import ClassVar

from textual.worker import get_current_worker

from huddle_tui.activities.hosting import Hosting, TakenOver
from huddle_tui.activities.on_disk import unwritten
from huddle_tui.domain import numbers
from huddle_tui.domain.huddle import Asking, Stage, TurnState
from huddle_tui.domain.open_ends import End
from huddle_tui.domain.round import Round
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.stucks import solvable
from huddle_tui.i18n import _, locale, say
from huddle_tui.ui.base import calls
from huddle_tui.ui.disk import BookWatch, Saver
from huddle_tui.ui.places import Links, RecapOf
from huddle_tui.ui.round import asking
from huddle_tui.ui.round.asking import Side, beside
from huddle_tui.ui.round.frame import RoundFrame
from huddle_tui.ui.shared.board import Board

_PATIENCE = 0.03
"""So many seconds an answer waits to be drawn together with that it is on disk."""
_TICK = 0.25
"""How often the clock is looked at, seconds."""
_BEAT = 5.0
"""The clock's time used is put on disk this often, seconds: what a kill can cost of it; who watches counts on it."""

_OF_A_TURN = frozenset({"forward", "skip", "note_stuck", "slow"})
"""Actions that need somebody to have the floor."""


class RoundScreen(RoundFrame):
    """Opening, turns and closing of one huddle."""

    AREA = "round"
    LEADS_TO: ClassVar = {"browser": Links()}
    ABOUT = N_(
        "One person at a time says their numbers. Type the number and press Enter; a number that was checked in is "
        "uncovered with Enter alone. Digits and Enter are enough for the whole huddle."
    )

    def __init__(self, hosting: Hosting, *, watching: bool = False) -> None:
        super().__init__(hosting, watching=watching)
        self._saver = Saver(self._save, self._saved)
        self.book_watch = BookWatch(self, self._changed_elsewhere, saver=self._saver, troubled=self.renew, always=True)
        self._beat = 0.0

    def on_mount(self) -> None:
        """Starts the clock's repaint, the saver and the look at what others do."""
        self._drafts = dict(self.huddle_app.drafts.get(self._form, {}))
        draft = self.round.huddle.draft
        if draft and self.round.huddle.stage is not Stage.ENDED:
            self._drafts[str(self._question().about)] = draft
        if self.watching:
            self._run_on()
        self.renew()
        self.set_interval(_TICK, self._tick)
        self.run_worker(self._saver.run(), group="saver")
        self._saver.now()
        self.book_watch.start()
        # Once the first frame stands, which would else wait for ten years to be read.
        self.call_after_refresh(self.run_worker, self._recalling, group="open ends")
        self.call_after_refresh(self.run_worker, self._remembering, thread=True, group="past")

    def on_unmount(self) -> None:
        """Whatever ends this screen, the last state is put on disk first, and what was typed and not entered."""
        self._draw()
        if (trouble := self._saver.end()) is not None:
            self.huddle_app.last_words += [trouble.sentence, *unwritten(self.round.huddle, self.hosting.stored)]
        if not self.watching:
            self.hosting.release()
            self._keep_draft()
            self.huddle_app.drafts.put(self._form, {} if self.round.huddle.stage is Stage.ENDED else self._drafts)
            self.huddle_app.drafts.keep()

    def typed(self) -> None:
        """What is typed beside a turn is on disk as soon as what is typed in it, which the huddle itself holds."""
        super().typed()
        if self._side is not None:
            self._keep_draft()
            self._keep_beside()

    # Answers

    def enter(self, text: str) -> None:
        """Enter: the obvious next thing."""
        self._wrong, self._noted, side, before = None, "", self._side, self.round.speaking
        try:
            self._answer(text)
        except HuddleError as error:
            self._wrong, self._wrong_about = error.sentence, text
        else:
            if self._side is None:
                for about in (self._asked, *(beside(label) for label in (side.labels if side else ()))):
                    self._drafts.pop(str(about), None)
            if side is not None:
                self._keep_beside()
            self._asked = ()
            self._tell_left(before)
            self._hold()
        self.renew()

    def _hold(self) -> None:
        """What follows is drawn once, when it is on disk; a disk that takes its time is not waited for."""
        if self._held is None:
            self._held = ExitStack()
            self._held.enter_context(self.app.batch_update())
            self.set_timer(_PATIENCE, self._draw)

    def _draw(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self.renew()
            held.close()

    def _answer(self, text: str) -> None:
        now, stage = self.time.monotonic(), self.round.huddle.stage
        if self.watching:
            return
        if self._roll:
            self._give_floor()
        elif self._side:
            self._keep_draft()  # until the last is answered too
            if self._side.answer(text):
                self._noted, self._side = self._side.noted, None
        elif self.round.paused:
            self._keep_draft()
            self._asked = ()
            self.hosting.do(lambda r: r.go_on(now))
        elif stage is Stage.OPENING:
            self.hosting.do(lambda r: r.start(now, self.time.now()))
        elif stage is Stage.CLOSING:
            self._end(text)
        elif stage is Stage.ENDED:  # the recap did not come: the disk was full, say
            self.run_worker(self._finish(), group="finish", exclusive=True)
        else:
            self.hosting.say(text, self._why)
        self._saver.now()

    def _end(self, text: str) -> None:
        value = numbers.parse(text, locale())
        if value is not None and value != int(value):
            raise HuddleError(N_("The temperature is a whole number from 1 to 10, or empty."))
        self.hosting.absorb_absent()
        degrees = None if value is None else int(value)
        self.hosting.do(lambda r: r.end(degrees, self.time.monotonic(), self.time.now()))
        self.run_worker(self._finish(), group="finish", exclusive=True)

    async def _finish(self) -> None:
        """The recap, once the huddle is on disk and its promises are in the team."""
        try:
            await self._saver.in_order(self.hosting.save)
            await self._saver.in_order(self.hosting.settle)
        except HuddleError as error:
            self.tell(error)
            return
        self.huddle_app.open(RecapOf(self.round.huddle, self.round.team), instead=True)

    def _try(self, step: Callable[[Round], Round]) -> None:
        """A step that a key asked for: what cannot be done is said, and nothing changes."""
        if self.watching:
            return
        self._keep_draft()
        self._wrong, self._noted, before = None, "", self.round.speaking
        try:
            self.hosting.do(step)
            self._tell_left(before)
            self._saver.now()
        except HuddleError as error:
            self._wrong = error.sentence
        self.renew()

    def _ask(self, question: Side) -> None:
        if self.watching or self.round.huddle.stage is Stage.ENDED:
            return
        self._keep_draft()
        self._side, self._wrong, self._noted = question, None, ""
        self.renew()

    def action_offline(self) -> None:
        """A subject for after the huddle."""
        self._ask(asking.offline(self.hosting))

    def action_note_stuck(self) -> None:
        """Where the speaker is stuck, noted early; where that is asked already, what stands there first is solved."""
        turn = self.round.speaking
        if turn is None or self.watching:
            return
        asked = turn.asking is Asking.STUCK and not self._side
        found = solvable(self._prompt.value, self.hosting.stucks(turn)) if asked else None
        if found and (end := self.hosting.end_of(turn, found[0])):
            self._close_end(end.key, found[1])
        else:
            self._ask(asking.stuck(self.hosting, turn))

    def action_agree(self) -> None:
        """Who does what by when."""
        self._ask(asking.action(self.hosting))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done at this stage; the key bar and the palette leave the rest out."""
        stage = self.round.huddle.stage
        if action == "browser":
            return stage is Stage.OPENING and not self.watching
        if action in {"here", "proxy"}:
            return (self._roll or stage is Stage.OPENING) and not self.watching
        if action in {"first", "last", "page_down", "page_up"}:
            return self._roll or stage is Stage.OPENING
        if action in _OF_A_TURN:
            return stage is Stage.TURNS and not self.watching
        if action == "undo":
            return self.hosting.can_undo and not self.watching
        if action in {"previous", "offline", "agree", "pause", "roll"}:
            return stage in {Stage.TURNS, Stage.CLOSING} and not self.watching
        return True

    def action_forward(self) -> None:
        """This turn is done."""
        self._try(lambda r: r.next(self.time.monotonic()))

    def action_previous(self) -> None:
        """Back to the one before."""
        self._try(lambda r: r.back(self.time.monotonic()))

    def action_skip(self) -> None:
        """Skip now, come back later."""
        self._try(lambda r: r.skip(self.time.monotonic()))

    async def action_undo(self) -> None:
        """The last step did not happen; what was marked solved or done is open again."""
        self._drafts.pop(str(self._asked), None)
        self._wrong, self._noted = None, ""
        try:
            await self._saver.in_order(self.hosting.undo)
            self._asked = ()
            self._saver.now()
        except HuddleError as error:
            self._wrong = error.sentence
        self.renew()
        await self._recalling()

    def action_pause(self) -> None:
        """The clocks stand still, or go on."""
        now = self.time.monotonic()
        self._try(lambda r: r.go_on(now) if r.paused else r.pause(now))

    def action_slow(self) -> None:
        """The next slow number of the speaker that is not asked for yet."""
        turn = self.round.speaking
        if turn is None:
            return
        asked = {due.kpi for due in turn.agenda}
        more = [k for k in self.round.team.kpis_of(turn.person) if k.id not in asked]
        if more:
            self._try(lambda r: r.ask(more[0], self.time.monotonic()))
        else:
            self.tell(_("Every number of this person is asked for already."))

    action_up, action_down = calls("_move", -1), calls("_move", 1)

    def _move(self, by: int) -> None:
        if self._roll or self.round.huddle.stage is Stage.OPENING:
            self.listed.move(by)
        elif (turn := self.round.speaking) is not None and not self._side:
            place = len(turn.agenda) if turn.asking is Asking.STUCK else turn.at
            self._try(lambda r: r.select(place + by, self.time.monotonic()))

    def action_roll(self) -> None:
        """Who is here."""
        if self.round.huddle.stage in {Stage.TURNS, Stage.CLOSING}:
            self._keep_draft()
            self._roll = not self._roll
            self._draw()  # the list is there before its cursor is put on who speaks
            self.renew()
            if self._roll and (turn := self.round.speaking):
                self.listed.go(turn.person)

    def action_back(self) -> None:
        """Out of the roll call or a side question; else asks before the round is left."""
        if self._roll or self._side:
            self._keep_draft()
            self._roll, self._side, self._wrong = False, None, None
            self.renew()
        else:
            self.ask_to_leave(home=True)

    def ask_to_leave(self, *, home: bool = False) -> None:
        """Asks only while a round runs, with "stay" in focus."""
        leave = self.go_back if home else self.app.exit
        if self.round.huddle.stage in {Stage.OPENING, Stage.ENDED} or self.watching:
            leave()
            return
        text = _("The round is running. Everything said is safe; it goes on where it was at the next start.")
        if (trouble := self.hosting.trouble) is not None and self.hosting.unsaved:
            text = _(
                "What was said last is not on disk: whoever leaves now loses it. It is tried again by itself. {why}"
            )
            text = text.format(why=say(trouble))
        self.huddle_app.ask(text, _("Leave"), _("Stay"), leave)

    # People: opening and roll call

    def action_here(self) -> None:
        """Here or away; of an open end: solved or done."""
        key = self.listed.key
        if (turn := self.round.huddle.turn(key)) is None:
            self._close_end(key)
        elif turn.state is TurnState.ABSENT:
            self._try(lambda r: r.arrive(key))
        else:
            self._try(lambda r: r.absent(key, self.time.monotonic()))

    def action_proxy(self) -> None:
        """Somebody else says the numbers of the person at hand, or not any more."""
        chosen = self.listed.key
        if (turn := self.round.huddle.turn(chosen)) is not None:
            self._try(lambda r: r.proxy(chosen, not turn.by_proxy))

    def on_listed_picked(self) -> None:
        """A click does what the key does."""
        if self.check_action("here", ()):
            self.action_here()

    def on_board_chosen(self, event: Board.Chosen) -> None:
        """A click on a row asks for that number."""
        if not self._side:
            self._try(lambda r: r.select(event.place, self.time.monotonic()))

    def _close_end(self, key: str, left: str = "") -> None:
        """Marks a stuck solved or an action done, in the huddle where it was said."""
        self.run_worker(self._recalling(key, left), group="open ends")

    async def _recalling(self, closed: str = "", left: str = "") -> None:
        """What is still open from earlier huddles; `closed` is marked solved or done first, `left` stays in the field.

        It may have to read ten years, so it has a thread of its own: no save waits for it.
        """
        try:
            if closed:
                await self._saver.in_order(lambda: self.hosting.close_end(End.named(closed)))
                self._drafts.pop(str(self._asked), None)
                if left:
                    self._drafts[str(self._asked)] = left
                self._asked = ()  # what stands in the field of the stuck follows
            self._open_ends = await asyncio.to_thread(self.hosting.open_ends)
        except HuddleError as error:
            self._wrong = error.sentence
        self.renew()

    def _remembering(self) -> None:
        """What was said of each number before, for what a red flag means and whether a total will be kept."""
        worker, looking = get_current_worker(), self.huddle_app.looking
        try:
            left = True
            while left and not worker.is_cancelled:
                left = looking.read()
        except HuddleError:  # who looks back is told; the round goes on without
            return
        self.hosting.past = looking.past

    def _give_floor(self) -> None:
        chosen, now = self.listed.key, self.time.monotonic()
        turn = self.round.huddle.turn(chosen)
        if turn is not None:
            self._roll = False
            self.hosting.do(lambda r: r.arrive(chosen).give(chosen, now))
        else:
            self._close_end(chosen)

    # The clock and the disk

    def _tick(self) -> None:
        """Repaints what the clock moves, when the second it shows is another one; nothing else."""
        now, huddle = self.time.monotonic(), self.round.huddle
        second = int(huddle.watch.elapsed(now))
        if second != self._shown_second:
            self._show_time(now)
            self._shown_second = second
        if self.watching:
            self._stand_still(now)
        elif huddle.watch.running and now - self._beat >= _BEAT:
            self._beat = now
            self._saver.now()

    def _save(self) -> Callable[[], None] | None:
        draft = self._draft()
        return None if self.watching else lambda: self.hosting.save(draft)

    def _saved(self, trouble: HuddleError | None) -> None:
        if isinstance(trouble, TakenOver):
            self._lost(trouble)
        while self.hosting.notices:
            self.huddle_app.tell(say(self.hosting.notices.pop(0)))
        if self._held is None:
            self.renew()
        self._draw()

    async def _changed_elsewhere(self) -> None:
        """Another program on the book did something."""
        try:
            if self.watching:
                before = self.hosting.stored
                await self._saver.in_order(self.hosting.watch)
                if self.hosting.stored is not before:
                    self._run_on()
                self.renew()
            elif self.hosting.adopt(await self._saver.in_order(self.hosting.look)):
                self._keep_draft()
                self.renew()
                self._saver.now()
        except TakenOver as error:
            self._lost(error)

    def _lost(self, error: TakenOver) -> None:
        """Another program runs the huddle from here on: this one says so, keeps what was typed and only watches."""
        if not self.watching:
            self._keep_draft()
            self._keep_beside()
            self._roll, self._side, self._asked = False, None, ()
            self._wrong = self.hosting.trouble = None
            self.watching = True
            self.hosting.release()
            self._run_on()
            self.tell(error)
            self.renew()
