"""The round on the shared screen: one person at a time, their numbers, the clock (METHOD 7 and 8).

The round decides, `Hosting` saves, this screen shows. A key changes the round in memory at once; a number shows as
said when it is on disk. Saving and looking for other programs' changes happen on one thread, never on the loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import ContentSwitcher, Static

from huddle_tui.activities.hosting import Hosting, TakenOver
from huddle_tui.domain import dates, numbers
from huddle_tui.domain.huddle import Action, Asking, Stage, Turn, TurnState
from huddle_tui.domain.open_ends import End, OpenEnds
from huddle_tui.domain.round import Round
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import new_id
from huddle_tui.domain.text import FREE, checked
from huddle_tui.i18n import _, locale, say
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.kit.big import BigText, Countdown
from huddle_tui.ui.kit.people import PeopleList
from huddle_tui.ui.kit.prompt import Prompt
from huddle_tui.ui.kit.strip import TwoEnds
from huddle_tui.ui.kit.timebar import TimeBar
from huddle_tui.ui.places import Links, RecapOf
from huddle_tui.ui.round import turn as turn_view
from huddle_tui.ui.round.opening import open_lines, people_lines
from huddle_tui.ui.round.recap_widget import Recap
from huddle_tui.ui.round.redflag import RedFlag
from huddle_tui.ui.shared import phrases
from huddle_tui.ui.shared.board import Board

_TICK = 0.25
_BEAT = 5.0
"""The clock's time used is put on disk this often, seconds: what a kill can cost of it."""
_RETRY = 2.0
"""A save that failed is tried again after this many seconds, and at every step."""


_OF_A_TURN = frozenset({"forward", "previous", "skip", "note_stuck", "slow"})
"""Actions that need somebody to have the floor."""


class Side(msgspec.Struct):
    """A question beside the round: its answers so far, and what to do with them."""

    labels: list[str]
    """One label per answer."""
    proposed: list[str]
    """What stands in the field at each."""
    done: Callable[[list[str]], None]
    """Called with all answers; may raise HuddleError about the last one."""
    answers: list[str]
    """Given so far."""


class RoundScreen(HuddleScreen):
    """Opening, turns and closing of one huddle."""

    AREAS: ClassVar = ("round", "opening")
    ABOUT = N_(
        "One person at a time says their numbers. Type the number and press Enter; a number that was checked in is "
        "uncovered with Enter alone. Digits and Enter are enough for the whole huddle."
    )
    AUTO_FOCUS = "#prompt"
    DEFAULT_CSS = """
    RoundScreen #who { height: 4; }
    RoundScreen #name { width: 1fr; height: 4; }
    RoundScreen #clock { height: 4; width: auto; margin-left: 4; }
    RoundScreen #body { height: 1fr; }
    RoundScreen #asking { height: 1; background: $panel; }
    RoundScreen #label { width: auto; max-width: 95%; color: $accent; text-style: bold; padding: 0 1; }
    RoundScreen.-normal #label.-number, RoundScreen.-wide #label.-number { max-width: 58%; }
    RoundScreen #label.-number { max-width: 45%; text-wrap: nowrap; text-overflow: ellipsis; }
    RoundScreen #prompt { min-width: 12; }
    RoundScreen #echo { width: auto; color: $quiet; padding: 0 1; }
    RoundScreen #wrong { height: auto; max-height: 3; color: $error; display: none; padding: 0 1; }
    RoundScreen #wrong.-shown { display: block; }
    RoundScreen.-paused #name { color: $accent; }
    RoundScreen.-paused #clock, RoundScreen.-paused #timebar { color: $quiet; }
    RoundScreen.-tall #body { margin: 1 0; }
    RoundScreen.-tall #bar { margin-bottom: 1; }
    RoundScreen.-huge #who, RoundScreen.-huge #name, RoundScreen.-huge #clock { height: 8; }
    """

    def __init__(self, hosting: Hosting, *, watching: bool = False) -> None:
        super().__init__()
        self.hosting = hosting
        self.watching = watching
        """Whether another program runs the huddle and this one only shows it."""
        self._prompt = Prompt(self, id="prompt", typed=self._typed)
        self._bar_line = TwoEnds(id="bar")
        self._big_name = BigText("", id="name")
        self._countdown = Countdown(0.0, 1.0, id="clock")
        self._timebar = TimeBar(id="timebar")
        self._people = PeopleList(id="people")
        self._board = Board(id="board")
        self._red = RedFlag(id="red")
        self._recap = Recap(id="recap")
        self._strip_line = TwoEnds(id="strip")
        self._wrong_line = Static(id="wrong")
        self._label_line = Static(id="label")
        self._echo = Static(id="echo")
        self._roll = False
        self._side: Side | None = None
        self._drafts: dict[tuple[object, ...], str] = {}
        self._field: tuple[object, ...] = ()
        self._wrong: Sentence | None = None
        self._wrong_about = ""
        self._rang: set[str] = set()
        self._disk = ThreadPoolExecutor(1, "disk")
        self._dirty = asyncio.Event()
        self._beat = 0.0
        self._shown_second = -1
        self._open_ends = OpenEnds()

    @property
    def round(self) -> Round:
        """The round as it is in memory."""
        return self.hosting.round

    def body(self) -> ComposeResult:
        """Bar, name and clock, the body of the stage, the strip, the one field."""
        yield self._bar_line
        with Horizontal(id="who"):
            yield self._big_name
            yield self._countdown
        yield self._timebar
        with ContentSwitcher(initial="people", id="body"):
            yield self._people
            yield self._board
            yield self._red
            yield self._recap
        yield self._strip_line
        yield self._wrong_line
        with Horizontal(id="asking"):
            yield self._label_line
            yield self._prompt
            yield self._echo

    def on_mount(self) -> None:
        """Starts the clock's repaint, the saver and the look at what others do."""
        self.title = self.round.team.name
        draft = self.round.huddle.draft
        if draft and self.round.huddle.stage is not Stage.ENDED:
            self._drafts[self._target()] = draft
        self.renew()
        self.set_interval(_TICK, self._tick)
        if not self.watching:
            self.run_worker(self._saving(), group="saver")
            self._dirty.set()
        self.run_worker(self._looking(), group="looker")
        self.run_worker(self._recalling(), group="open ends")

    def on_unmount(self) -> None:
        """Whatever ends this screen, the last state is put on disk first."""
        if not self.watching:
            try:
                self._disk.submit(self.hosting.save, self._draft()).result()
            except HuddleError as error:
                self.huddle_app.last_words.append(error.sentence)
            self.hosting.release()
        self._disk.shutdown(wait=False)

    # What the field asks

    def _target(self) -> tuple[object, ...]:
        """What is asked now; a draft belongs to it."""
        if self._side:
            return ("side", self._side.labels[len(self._side.answers)])
        turn = self.round.speaking
        if turn is None:
            return (self.round.huddle.stage,)
        return (turn.person, turn.due.kpi if turn.due else None, turn.asking)

    def _proposal(self) -> str:
        """What stands in the field when it is first asked."""
        turn, kpi = self.round.speaking, self.round.kpi_at_hand()
        if self._side:
            return self._side.proposed[len(self._side.answers)]
        if turn is None:
            return ""
        if turn.asking is Asking.STUCK:
            return turn.stuck or (turn.hidden.stuck if turn.hidden else "")
        reading = turn.reading(kpi.id) if kpi else None
        if kpi is None or reading is None:
            return ""
        if turn.asking is Asking.PROMISE:
            agreed = reading.next_promise if reading.next_promise is not None else self.round.agreed(turn.person, kpi)
            return phrases.number(agreed, kpi.decimals)
        return reading.note if turn.asking is Asking.NOTE else ""

    def _label(self) -> str:
        stage, turn, kpi = self.round.huddle.stage, self.round.speaking, self.round.kpi_at_hand()
        if self.watching:
            return _("Watching: {name} runs this huddle.").format(name=self._host_name())
        if self._roll:
            return _("Enter gives the floor · Space here or away · P by proxy · Esc back")
        if self._side:
            return self._side.labels[len(self._side.answers)]
        if self.round.paused:
            used = phrases.clock(self.round.huddle.watch.elapsed(self.time.monotonic()))
            return _("Paused at {used}: Enter goes on").format(used=used)
        if stage is Stage.OPENING:
            return _("Enter starts · Space here or away, solved or done")
        if stage is Stage.CLOSING:
            return _("Team temperature, 1 to 10; Enter ends the huddle")
        if turn is None:
            return ""
        if turn.asking is Asking.STUCK:
            return _("Where are you stuck?")
        if kpi is None:
            return ""
        if turn.asking is Asking.NOTE:
            return _("What is the plan?")
        return _("Count on me:") if turn.asking is Asking.PROMISE else kpi.name

    def _host_name(self) -> str:
        host = self.round.huddle.host
        return host.name if host else "?"

    def _draft(self) -> str:
        """What stands in the field and is no proposal."""
        value = self._prompt.value
        return "" if self._side or value == self._proposal() else value

    # Answers

    def enter(self, text: str) -> None:
        """Enter: the obvious next thing."""
        self._wrong = None
        try:
            self._answer(text)
        except HuddleError as error:
            self._wrong, self._wrong_about = error.sentence, text
        else:
            self._drafts.pop(self._field, None)
            self._field = ()
        self.renew()

    def _answer(self, text: str) -> None:
        now, stage, turn = self.time.monotonic(), self.round.huddle.stage, self.round.speaking
        if self.watching:
            return
        if self._roll:
            self._give_floor()
        elif self._side:
            self._answer_side(text)
        elif self.round.paused:
            self._drafts[self._target()] = text
            self._field = ()
            self._do(lambda r: r.go_on(now))
        elif stage is Stage.OPENING:
            self._do(lambda r: r.start(now, self.time.now()))
        elif stage is Stage.CLOSING:
            self._end(text)
        elif stage is Stage.ENDED:  # the recap did not come: the disk was full, say
            self.run_worker(self._finish(), group="finish", exclusive=True)
        elif turn is not None:
            self._answer_turn(turn, text, now)

    def _answer_turn(self, turn: Turn, text: str, now: float) -> None:
        kpi = self.round.kpi_at_hand()
        if turn.asking is Asking.STUCK or kpi is None:
            words = checked(text, FREE, N_("what you are stuck on"))
            self._do(lambda r: r.stuck(words, now))
        elif turn.asking is Asking.NOTE:
            words = checked(text, FREE, N_("the plan"))
            self._do(lambda r: r.note(words, now))
        elif turn.asking is Asking.PROMISE:
            promise = numbers.parse(text, locale(), kpi.unit)
            if promise is None:
                raise HuddleError(N_("A promise is a number: type what the team can count on."))
            self._do(lambda r: r.promise(promise, now))
        elif not text.strip() and turn.covered(kpi.id):
            self._do(lambda r: r.uncover(now))
        elif not text.strip() and turn.reading(kpi.id):
            self._do(lambda r: r.select(turn.at + 1, now))
        else:
            actual = numbers.parse(text, locale(), kpi.unit)
            self._do(lambda r: r.say(actual, now))

    def _end(self, text: str) -> None:
        value = numbers.parse(text, locale())
        if value is not None and value != int(value):
            raise HuddleError(N_("The temperature is a whole number from 1 to 10, or empty."))
        self.hosting.absorb_absent()
        degrees = None if value is None else int(value)
        self._do(lambda r: r.end(degrees, self.time.monotonic(), self.time.now()))
        self.run_worker(self._finish(), group="finish", exclusive=True)

    async def _finish(self) -> None:
        """The recap, once the huddle is on disk and its promises are in the team."""
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._disk, self.hosting.save)
            await loop.run_in_executor(self._disk, self.hosting.settle)
        except HuddleError as error:
            self.tell(error)
            return
        self.huddle_app.open(RecapOf(self.round.huddle, self.round.team), instead=True)

    def _do(self, step: Callable[[Round], Round]) -> None:
        self.hosting.do(step)
        self._dirty.set()

    def _try(self, step: Callable[[Round], Round]) -> None:
        """A step that a key asked for: what cannot be done is said, and nothing changes."""
        if self.watching:
            return
        self._keep_draft()
        self._wrong = None
        try:
            self._do(step)
        except HuddleError as error:
            self._wrong = error.sentence
        self.renew()

    # Side questions: action, stuck, offline

    def _ask(self, labels: list[str], proposed: list[str], done: Callable[[list[str]], None]) -> None:
        if self.watching or self.round.huddle.stage is Stage.ENDED:
            return
        self._keep_draft()
        self._side = Side(labels, proposed, done, [])
        self._wrong = None
        self.renew()

    def _answer_side(self, text: str) -> None:
        side = self._side
        assert side is not None
        answers = [*side.answers, checked(text, FREE, N_("this text"))]
        if len(answers) == len(side.labels):
            side.done(answers)
            self._side = None
        else:
            side.answers = answers

    def action_offline(self) -> None:
        """A subject for after the huddle."""
        kpi = self.round.kpi_at_hand()

        def done(answers: list[str]) -> None:
            if answers[0]:
                self._do(lambda r: r.take_offline(answers[0]))

        self._ask([_("Take offline:")], [kpi.name if kpi else ""], done)

    def action_note_stuck(self) -> None:
        """Where the speaker is stuck, noted before the end of the turn."""
        turn = self.round.speaking
        if turn is None:
            return

        def done(answers: list[str]) -> None:
            self._do(lambda r: r.note_stuck(answers[0], self.time.monotonic()))

        self._ask([_("Stuck on:")], [turn.stuck], done)

    def action_agree(self) -> None:
        """Who does what by when."""

        def done(answers: list[str]) -> None:
            who, what, when = answers
            if not what:
                raise HuddleError(N_("An action needs its what: say what is done, or press Escape."))
            by = dates.parse_due(when, self.hosting.day, locale())
            id = new_id(what, [a.id for a in self.round.huddle.actions])
            self._do(lambda r: r.agree(Action(id, who, what, by)))

        turn = self.round.speaking
        labels = [_("Action: who?"), _("What?"), _("By when? (fri, +3, 30-11; empty is open)")]
        self._ask(labels, [turn.name if turn else "", "", ""], done)

    # Keys

    def action_browser(self) -> None:
        """Serves the browser pages from here, and shows everybody's link."""
        self.huddle_app.open(Links())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done at this stage; the key bar and the palette leave the rest out."""
        stage = self.round.huddle.stage
        if action == "browser":
            return stage is Stage.OPENING and not self.watching
        if action in _OF_A_TURN:
            return stage is Stage.TURNS and not self.watching
        if action in {"offline", "agree", "undo", "pause", "roll"}:
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

    def action_undo(self) -> None:
        """The last step did not happen."""
        self._drafts.pop(self._field, None)
        self._try(lambda r: r.undo(self.time.monotonic()))

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

    def action_up(self) -> None:
        """To the line or number before."""
        self._move(-1)

    def action_down(self) -> None:
        """To the line or number after."""
        self._move(1)

    def _move(self, by: int) -> None:
        if self._roll or self.round.huddle.stage is Stage.OPENING:
            self._people.move(by)
        elif (turn := self.round.speaking) is not None and not self._side:
            place = len(turn.agenda) if turn.asking is Asking.STUCK else turn.at
            self._try(lambda r: r.select(place + by, self.time.monotonic()))

    def action_roll(self) -> None:
        """Who is here."""
        if self.round.huddle.stage in {Stage.TURNS, Stage.CLOSING}:
            self._keep_draft()
            self._roll = not self._roll
            self.renew()

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

        def leave(answer: bool | None) -> None:
            if answer and home and len(self.app.screen_stack) > 1:
                self.dismiss()
            elif answer:
                self.app.exit()

        if self.round.huddle.stage in {Stage.OPENING, Stage.ENDED} or self.watching:
            leave(True)
            return
        text = _("The round is running. Everything said is safe; it goes on where it was at the next start.")
        self.huddle_app.ask(text, _("Leave"), _("Stay"), leave)

    # People: opening and roll call

    def command(self, key: str) -> bool:
        """A printable key while the field takes no text."""
        if self.watching or not (self._roll or self.round.huddle.stage is Stage.OPENING):
            return False
        chosen = self._people.cursor
        match key:
            case "space" | "x":
                self._toggle(chosen)
            case "p" if (turn := self.round.huddle.turn(chosen)) is not None:
                self._try(lambda r: r.proxy(chosen, not turn.by_proxy))
            case "j" | "k":
                self._move(1 if key == "j" else -1)
            case "b" if self.check_action("browser", ()):
                self.action_browser()
            case "q":
                self.ask_to_leave()
            case "question_mark":
                self.huddle_app.action_help()
            case _:
                return False
        return True

    def on_people_list_picked(self, event: PeopleList.Picked) -> None:
        """A click does what Space does."""
        if self._roll or self.round.huddle.stage is Stage.OPENING:
            self._toggle(event.key)

    def on_board_chosen(self, event: Board.Chosen) -> None:
        """A click on a row asks for that number."""
        if not self._side:
            self._try(lambda r: r.select(event.place, self.time.monotonic()))

    def _toggle(self, key: str) -> None:
        turn = self.round.huddle.turn(key)
        if turn is None:
            self._close_end(key)
        elif turn.state is TurnState.ABSENT:
            self._try(lambda r: r.arrive(key))
        else:
            self._try(lambda r: r.absent(key, self.time.monotonic()))

    def _close_end(self, key: str) -> None:
        """Marks a stuck solved or an action done, in the huddle where it was said."""
        self.run_worker(self._recalling(key), group="open ends")

    async def _recalling(self, closed: str = "") -> None:
        """What is still open from earlier huddles; `closed` is marked solved or done first.

        It may have to read ten years, so it has a thread of its own: no save waits for it.
        """
        try:
            if closed:
                await asyncio.to_thread(self.hosting.close_end, End.named(closed))
            self._open_ends = await asyncio.to_thread(self.hosting.open_ends)
        except HuddleError as error:
            self._wrong = error.sentence
        self.renew()

    def _give_floor(self) -> None:
        chosen, now = self._people.cursor, self.time.monotonic()
        turn = self.round.huddle.turn(chosen)
        if turn is not None:
            self._roll = False
            self._do(lambda r: r.arrive(chosen).give(chosen, now))
        else:
            self._close_end(chosen)

    # Showing

    def _keep_draft(self) -> None:
        prompt = self._prompt
        if prompt.takes_text and self._field:
            self._drafts[self._field] = prompt.value

    def renew(self) -> None:
        """Shows the round as it is now."""
        if not self.lives:
            return
        stage, turn, prompt = self.round.huddle.stage, self.round.speaking, self._prompt
        roll = self._roll or stage is Stage.OPENING
        prompt.takes_text = not (roll or self.watching) or self._side is not None
        target = self._target()
        if target != self._field:
            self._field = target
            prompt.value = self._drafts.get(target, self._proposal()) if prompt.takes_text else ""
            proposed = self._side is not None or (turn is not None and turn.asking is Asking.PROMISE)
            if proposed and target not in self._drafts:
                prompt.select_all()
            else:
                prompt.cursor_position = len(prompt.value)
        self._label_line.update(Content(self._label()))
        asks = turn is not None and turn.asking is Asking.NUMBER and prompt.takes_text and not self.round.paused
        self._label_line.set_class(asks and self._side is None, "-number")  # a long name leaves room for the hint
        wrong = self._wrong or self.hosting.trouble
        self._wrong_line.set_class(wrong is not None, "-shown")
        self._wrong_line.update(Content(say(wrong) if wrong else ""))
        self._show_body()
        self.set_class(self.round.paused, "-paused")
        self._big_name.text = self._headline(turn)
        self._bar_line.show(*self._bar())
        self._show_time(self.time.monotonic())
        self.refresh_bindings()

    def _show_body(self) -> None:
        stage, turn = self.round.huddle.stage, self.round.speaking
        switcher = self.query_one(ContentSwitcher)
        self._echo.update("")
        if self._roll or stage is Stage.OPENING:
            switcher.current = "people"
            self._people.show(people_lines(self.hosting), open_lines(self._open_ends, self.round.team))
        elif stage in {Stage.CLOSING, Stage.ENDED} or turn is None:
            switcher.current = "recap"
            self._recap.show(self.round.huddle, self.time.monotonic())
        elif turn.asking is Asking.PROMISE and not self._saving_now(turn):
            switcher.current = "red"
            self._red.show(turn_view.rows(self.hosting, turn, None)[turn.at])
        else:
            switcher.current = "board"
            self._show_board(turn)

    def _saving_now(self, turn: Turn) -> bool:
        reading = turn.reading(turn.due.kpi) if turn.due else None
        return reading is not None and not self.hosting.is_said(turn.person, reading)

    def _show_board(self, turn: Turn) -> None:
        kpi, text, understood, echo = self.round.kpi_at_hand(), self._prompt.value, None, ""
        asked = not (self._side or self.watching or self.round.paused)
        if kpi and turn.asking is Asking.NUMBER and text.strip() and asked:
            try:
                understood = numbers.parse(text, locale(), kpi.unit)
                shown = _("not measured") if understood is None else phrases.number(understood, kpi.decimals)
                echo = f"→ {shown}"
            except HuddleError:
                echo = ""
        elif kpi and turn.asking is Asking.NUMBER and asked:
            echo = _("Enter uncovers it") if turn.covered(kpi.id) else _("Enter alone: not measured")
        self._echo.update(Content(echo))
        self._board.show(turn_view.rows(self.hosting, turn, understood))

    def _typed(self) -> None:
        """Echoes what is understood while it is typed."""
        turn = self.round.speaking
        if turn is not None and self.round.huddle.stage is Stage.TURNS and not self._roll:
            if self._wrong is not None and self._prompt.value != self._wrong_about:
                self._wrong = None
                self._wrong_line.set_class(self.hosting.trouble is not None, "-shown")
            self._show_board(turn)

    def _tick(self) -> None:
        """Repaints what the clock moves, when the second it shows is another one; nothing else."""
        now, huddle = self.time.monotonic(), self.round.huddle
        second = int(huddle.watch.elapsed(now))
        if second != self._shown_second:
            self._show_time(now)
            self._shown_second = second
        if huddle.watch.running and now - self._beat >= _BEAT:
            self._beat = now
            self._dirty.set()

    def _show_time(self, now: float) -> None:
        huddle, turn = self.round.huddle, self.round.speaking
        plan = float(huddle.seconds_per_person if turn else huddle.time_box)
        used = (turn or huddle).watch.elapsed(now)
        self._countdown.show(plan - used, plan)
        self._timebar.show(1 - used / plan if plan else 0.0)
        self._strip_line.show(*self._strip(now))
        if turn is not None and used > plan and turn.person not in self._rang and not self.round.paused:
            self._rang.add(turn.person)
            self.app.bell()

    def _headline(self, turn: Turn | None) -> str:
        if self.round.paused and not self._roll and not self.watching:
            return _("Paused")
        if turn is not None and not self._roll:
            return turn.name
        if self.round.huddle.stage is Stage.OPENING:
            return dates.show_day(self.hosting.day, locale(), "dddd")
        return _("People") if self._roll else _("Round-up")

    def _bar(self) -> tuple[Content, Content]:
        huddle = self.round.huddle
        day = dates.show_day(huddle.day, locale(), "dddd D MMMM")
        team = Content.assemble((huddle.team.upper(), "bold $foreground"), "  ", day)
        looks = {
            TurnState.DONE: ("●", "$success"),
            TurnState.SPEAKING: ("◉", "bold $accent"),
            TurnState.WAITING: ("○", "$quiet"),
            TurnState.SKIPPED: ("◌", "$warning"),
            TurnState.ABSENT: ("·", "$quiet"),
        }
        space = " " if len(huddle.turns) <= 15 else ""
        dots = Content(space).join([Content.styled(*looks[t.state]) for t in huddle.turns])
        there = [t for t in huddle.turns if t.state is not TurnState.ABSENT]
        spoken = sum(t.state in {TurnState.DONE, TurnState.SPEAKING} for t in there)
        count = _("{spoken} of {all}").format(spoken=spoken, all=len(there))
        return team, Content.assemble(dots, "   ", (count, "bold $foreground"))

    def _strip(self, now: float) -> tuple[Content, Content]:
        coming, pace, huddle = self.round.coming, self.round.pace(now), self.round.huddle
        names = [t.name for t in coming]
        turn = self.round.speaking
        lowered = turn_view.lowered(self.hosting, turn) if turn and not turn.readings else []
        if turn and self.round.paused:
            left = Content(_("{name} has the floor.").format(name=turn.name))
        elif lowered:
            left = Content.styled(_("Lowered: {promises}").format(promises=", ".join(lowered)), "bold $warning")
        elif huddle.stage is Stage.OPENING:
            there = [t for t in huddle.turns if t.state is not TurnState.ABSENT]
            text = _("{checked_in} of {all} checked in").format(
                checked_in=sum(self.hosting.checked_in(t) for t in there), all=len(there)
            )
            left = Content(text)
        elif names:
            rest = ", ".join(names[1:])
            text = _("Next: {next}, then {rest}") if rest else _("Next: {next}")
            left = Content(text.format(next=names[0], rest=rest))
        else:
            left = Content(_("Nobody is left.") if huddle.stage is Stage.TURNS else "")
        return left, self._pace(pace.used, pace.left, pace.behind)

    def _pace(self, used: float, left: float, behind: float) -> Content:
        huddle = self.round.huddle
        box = _("{used} of {box}").format(used=phrases.clock(used), box=phrases.clock(huddle.time_box))
        share = used / huddle.time_box if huddle.time_box else 0.0
        hard, warn = share > phrases.HARD_SHARE, share > phrases.WARN_SHARE
        style = "bold $flag-fg on $flag-bg" if hard else "bold $warning" if warn else "bold $foreground"
        if huddle.stage is not Stage.TURNS:
            return Content.styled(box, style)
        at = phrases.done_at(self.time.now(), left)
        if behind > 15:
            words = _("{time} behind, done at {at}").format(time=phrases.clock(behind), at=at)
        elif behind < -15:
            words = _("{time} ahead, done at {at}").format(time=phrases.clock(-behind), at=at)
        else:
            words = _("on time, done at {at}").format(at=at)
        turn = self.round.speaking
        over = turn is not None and turn.watch.elapsed(self.time.monotonic()) > huddle.seconds_per_person
        signal = Content.styled(_("time is up"), "bold $warning") if over else Content("")
        gap = "  " if over else ""
        return Content.assemble(signal, gap, (words, "$warning" if behind > 15 else ""), "  ", (box, style))

    # The disk

    async def _saving(self) -> None:
        """Saves what changed, in order; a save that failed is said and tried again."""
        loop = asyncio.get_running_loop()
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            try:
                await loop.run_in_executor(self._disk, self.hosting.save, self._draft())
            except TakenOver as error:
                self._lost(error)
            except HuddleError:
                self.set_timer(_RETRY, self._dirty.set)
            self.renew()
            if self.watching:
                return

    async def _looking(self) -> None:
        """Notices what other programs on the book do, four times a second."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_TICK)
            try:
                if not await loop.run_in_executor(self._disk, self.book.changed):
                    continue
                if self.watching:
                    await loop.run_in_executor(self._disk, self.hosting.watch)
                    self.hosting.round = self.round.go_on(self.time.monotonic())
                    self.renew()
                elif self.hosting.adopt(await loop.run_in_executor(self._disk, self.hosting.look)):
                    self._keep_draft()
                    self.renew()
            except TakenOver as error:
                self._lost(error)
            except HuddleError as error:
                self._wrong = error.sentence
                self.renew()

    def _lost(self, error: TakenOver) -> None:
        """Another program runs the huddle from here on: this one says so, lets go and only watches."""
        if not self.watching:
            self.watching = True
            self.hosting.release()
            self.tell(error)
            self.renew()
