"""The look of the round: its widgets, and what they show of the round as it is now."""

from contextlib import ExitStack
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain import numbers
from huddle_tui.domain.huddle import Asking, Stage, Turn
from huddle_tui.domain.open_ends import OpenEnds
from huddle_tui.domain.reasons import NOT_KNOWN, REASONS, turned
from huddle_tui.domain.round import Round
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.stucks import solvable
from huddle_tui.i18n import _, locale, say
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.disk import BookWatch, apart
from huddle_tui.ui.kit.big import Countdown, TimeBar
from huddle_tui.ui.kit.people import PeopleList
from huddle_tui.ui.round import timeline
from huddle_tui.ui.round import turn as turn_view
from huddle_tui.ui.round.asking import RoundQuestion, Side, not_entered, question
from huddle_tui.ui.round.timeline import open_lines, people_lines
from huddle_tui.ui.shared import phrases
from huddle_tui.ui.shared.prompting import PromptScreen

if TYPE_CHECKING:
    from huddle_tui.ui.round.recap_widget import RecapView
    from huddle_tui.ui.round.redflag import RedFlag

_REST = 0.02
"""Seconds after a key in which another may come."""
_SILENCE = 12.0
"""A host that saves nothing for so many seconds, more than two beats, has paused or is gone."""


class RoundFrame(PromptScreen):
    """Bar, name and clock, the body of the stage, the strip, the one field. `RoundScreen` says what keys do."""

    DEFAULT_CSS = """
    RoundFrame #clock { width: auto; margin-left: 4; }
    RoundFrame #body { height: 1fr; }
    RoundFrame #label { max-width: 95%; }
    RoundFrame.-normal #label.-number, RoundFrame.-wide #label.-number { max-width: 58%; }
    RoundFrame #label.-number { max-width: 45%; }
    RoundFrame #prompt { min-width: 12; }
    RoundFrame #wrong { max-height: 3; }
    RoundFrame.-paused #name { color: $accent; }
    RoundFrame.-paused #clock, RoundFrame.-paused #timebar { color: $quiet; }
    RoundFrame.-tall #body { margin: 1 0; }
    """

    book_watch: BookWatch
    """What other programs do."""

    def __init__(self, hosting: Hosting, *, watching: bool) -> None:
        super().__init__()
        self.hosting = hosting
        self.watching = watching
        """Whether another program runs the huddle and this one only shows it."""
        self._countdown = Countdown(id="clock")
        self._timebar = TimeBar(id="timebar")
        self._people = PeopleList(id="people")
        self._roll = False
        self._side: Side | None = None
        self._proposed = ""
        self._drafts: dict[str, str] = {}
        """What was typed and not entered, by what it is about."""
        self._asked: tuple[object, ...] = ()
        """What the field asks, as it shows."""
        self._wrong: Sentence | None = None
        self._wrong_about = ""
        self._noted = ""
        """What was noted beside the round just now: an action, a stuck, something taken offline."""
        self._rang: set[str] = set()
        """Whose time was up with a sound."""
        self._shown_second = -1
        self._heard = self._asked_for = 0.0
        """When the host last saved something, and when it was last looked for, for who only watches."""
        self._open_ends: OpenEnds | None = None
        self._why: int | None = None
        """The reason that was chosen for the miss at hand."""
        self._held: ExitStack | None = None
        """Holds back what is drawn until an answer is on disk."""
        self._resting: Timer | None = None

    @property
    def round(self) -> Round:
        """The round as it is in memory."""
        return self.hosting.round

    @property
    def listed(self) -> PeopleList:
        """Who is here, in the opening and in the roll call."""
        return self._people

    def body(self) -> ComposeResult:
        """From top to bottom."""
        with Horizontal(id="who"):
            yield self._big_name
            yield self._countdown
        yield self._timebar
        with ContentSwitcher(initial="people", id="body"):
            yield self.listed
            yield self._board
        yield from self.below()

    def turn(self, step: int) -> bool:
        """The reason before or after the one that stands there."""
        if not self._question().why:
            return False
        self._why = turned(self._why, step)
        self.renew()
        return True

    def _question(self) -> RoundQuestion:
        return question(self.hosting, side=self._side, roll=self._roll, watching=self.watching)

    def _draft(self) -> str:
        """What is typed and is no proposal, also where something beside it is asked or the roll called."""
        asked = question(self.hosting, side=None, roll=False, watching=self.watching)
        value = self._prompt.value if asked.about == self._asked else self._drafts.get(str(asked.about), "")
        return "" if value == asked.proposal else value

    def _keep_draft(self) -> None:
        if self._prompt.takes_text and self._asked:
            self._drafts[str(self._asked)] = self._prompt.value
            if self._prompt.value == self._proposed:  # is proposed again when it is asked again
                del self._drafts[str(self._asked)]

    @property
    def _form(self) -> str:
        """Under which name what was typed and not entered is kept."""
        return f"round {self.hosting.day}"

    def _keep_beside(self) -> None:
        self.huddle_app.drafts.put(self._form, self._drafts)
        self.huddle_app.keep_drafts()

    def _tell_left(self, before: Turn | None) -> None:
        """Says what was typed and not entered in a turn that was left: it is no part of the huddle."""
        now = self.round.speaking
        if before is None or (now is not None and now.person == before.person):
            return
        if typed := not_entered(before, self.round.team, self._drafts):
            self._keep_beside()
            text = N_("Typed and not entered, of {name}: {typed}. It does not count, and is there when you go back.")
            self.tell(Sentence(text, {"name": before.name, "typed": typed}))

    # Showing

    def renew(self) -> None:
        """Shows the round as it is now; of one that is held back only what is asked, for the next key is for that."""
        if not self.lives:
            return
        turn, asked = self.round.speaking, self._question()
        self._show_asked(asked, turn)
        if self._held is not None:
            return
        self._show_wrong()
        self._show_body(asked)
        self.set_class(self.round.paused, "-paused")
        self._big_name.text = timeline.headline(self.hosting, turn, roll=self._roll)
        self.bar.show(*timeline.bar(self.hosting))
        self._show_time(self.time.monotonic())
        self.refresh_bindings()

    def _show_asked(self, asked: RoundQuestion, turn: Turn | None) -> None:
        """The question in the one field, with what was typed there before or is proposed."""
        stage, prompt = self.round.huddle.stage, self._prompt
        roll = self._roll or stage is Stage.OPENING
        prompt.takes_text = not (roll or self.watching) or self._side is not None
        if asked.about != self._asked:
            self._asked = asked.about
            self._why = self._given(turn)
            self._fill(self._drafts.get(str(asked.about), asked.proposal), asked)
        elif prompt.value == self._proposed != asked.proposal:  # what was carried is read after the first frame
            self._fill(asked.proposal, asked)
        self._proposed = asked.proposal
        reason = _(REASONS[self._why or NOT_KNOWN].words)
        why = _("why: ◂ {reason} ▸").format(reason=reason) if asked.why else ""
        gap = "  " if why and asked.label else ""
        self._label.update(Content.assemble(asked.label, gap, (why, "$foreground")))
        self._label.set_class(asked.a_number and prompt.takes_text, "-number")

    def _fill(self, value: str, asked: RoundQuestion) -> None:
        """Puts it in the field; a proposal is selected, so that whoever types replaces it."""
        prompt = self._prompt
        prompt.fill(value if prompt.takes_text else "")
        if asked.chosen and prompt.value == asked.proposal:
            prompt.select_all()
        else:
            prompt.cursor_position = len(prompt.value)

    def _show_wrong(self) -> None:
        """What is wrong, else which earlier miss is asked about."""
        unreadable = self.book_watch.trouble.sentence if self.book_watch.trouble else None
        wrong, owed = self._wrong or self.hosting.trouble or unreadable, self.hosting.owed
        elsewhere = self._side or self._roll or self.watching
        about = "" if owed is None or elsewhere else turn_view.missed(self.hosting, owed)
        noted = Content.styled(f"✔ {self._noted}", "$success") if self._noted else Content("")
        told = Content.styled(about, "bold $warning") if about else noted
        self.put("wrong", say(wrong) if wrong else told)

    # Shown once a number is missed and at the end: a round that opens waits for neither.

    @cached_property
    def _red(self) -> "RedFlag":
        from huddle_tui.ui.round.redflag import RedFlag

        return RedFlag(id="red")

    @cached_property
    def _recap(self) -> "RecapView":
        from huddle_tui.ui.round.recap_widget import RecapView

        return RecapView(id="recap")

    def _stage(self, shown: Widget) -> None:
        """Shows that in the body, where it comes when it is first shown."""
        body = self.query_one(ContentSwitcher)
        if shown.parent is None:
            body.mount(shown)
        body.current = shown.id

    def _show_body(self, asked: RoundQuestion) -> None:
        stage, turn = self.round.huddle.stage, self.round.speaking
        self._echo.update("")
        if self._roll or stage is Stage.OPENING:
            self._stage(self.listed)
            team, day, narrow = self.round.team, self.hosting.day, self.app.size.width < 98
            self.listed.show(people_lines(self.hosting), open_lines(self._open_ends, team, day, narrow=narrow))
        elif stage in {Stage.CLOSING, Stage.ENDED} or turn is None:
            self._stage(self._recap)
            used = self.round.huddle.watch.elapsed(self.time.monotonic())
            self._recap.show((self.round.huddle, self.hosting.known_ends() or OpenEnds(), used))
        elif turn.asking in {Asking.REASON, Asking.PROMISE} and not self._saving_now(turn):
            self._stage(self._red)
            told = (*turn_view.told(self.hosting, turn), *turn_view.news_of(self.hosting, turn))
            self._red.show((turn_view.rows(self.hosting, turn, None)[turn.at], told))
            self._show_echo(turn, asked)
        else:
            self._stage(self._board)
            self._show_board(turn, asked)

    def _given(self, turn: Turn | None) -> int | None:
        """The reason that the number at hand has already."""
        reading = turn.reading(turn.due.kpi) if turn and turn.due else None
        return reading.reason if reading else None

    def _saving_now(self, turn: Turn) -> bool:
        reading = turn.reading(turn.due.kpi) if turn.due else None
        return reading is not None and not self.hosting.is_said(turn.person, reading)

    def _show_echo(self, turn: Turn, asked: RoundQuestion) -> Decimal | None:
        """What is understood of what is typed, or what Enter alone does; gives back the number for the board."""
        kpi, text, understood, echo = self.round.kpi_at_hand(), self._prompt.value, None, ""
        beside = self._side is not None or self.round.paused
        promise = turn.asking in {Asking.REASON, Asking.PROMISE} and not beside
        if kpi and (asked.a_number or promise or self.hosting.owed) and text.strip():
            try:
                understood = numbers.parse(text, locale(), kpi.unit)
                shown = _("not measured") if understood is None else phrases.number(understood, kpi.decimals)
                echo = _("→ count on me: {promise}").format(promise=shown) if promise else f"→ {shown}"
            except HuddleError:
                echo = ""
        elif kpi and asked.a_number:
            echo = _("Enter uncovers it") if turn.covered(kpi.id) else _("Enter alone: not measured")
            if turn.reading(kpi.id):
                echo = _("Enter leaves it as it is")
        elif promise and asked.why:
            echo = _("a number: the next promise")
        elif turn.asking is Asking.STUCK and not beside and solvable(text, self.hosting.stucks(turn)):
            echo = keyed(_("{round.note_stuck} solves it")) if self.app.size.width >= 80 else ""
        elif turn.asking is Asking.STUCK and not beside and turn.readings and not text:
            echo = keyed(_("{round.up} corrects a number"))
        self._echo.update(Content(echo))
        return None if promise else understood

    def _show_board(self, turn: Turn, asked: RoundQuestion) -> None:
        self._board.show(turn_view.rows(self.hosting, turn, self._show_echo(turn, asked)))
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_REST, self._draw_ahead)

    def _draw_ahead(self) -> None:
        """While no key comes, the board is drawn as Enter will leave it: that is what somebody waits for."""
        if not self.lives or self._held is not None:
            return
        if (after := self.hosting.after(self._prompt.value)) is not None:
            self._board.prepare(turn_view.rows(self.hosting, after, None, foreseen=True))

    def typed(self) -> None:
        """Shows what is understood while it is typed."""
        turn = self.round.speaking
        if turn is not None and self.round.huddle.stage is Stage.TURNS and not self._roll:
            if self._wrong is not None and self._prompt.value != self._wrong_about:
                self._wrong = None
                self._show_wrong()
            self._show_board(turn, self._question())

    def _run_on(self) -> None:
        """The clock of who only watches goes on from what the host saved now."""
        self._heard = self.time.monotonic()
        self.hosting.round = self.round.go_on(self._heard)

    def _stand_still(self, now: float) -> None:
        """It stands where the host's stood at the last save, once nothing more came of it; then it is asked for too."""
        if now - self._heard <= _SILENCE:
            return
        if self.hosting.stored is not None and self.round.huddle.watch.running:
            self.hosting.round = replace(self.round, huddle=self.hosting.stored)
            self.renew()
        if now - self._asked_for > _SILENCE:
            self._asked_for = now
            self.run_worker(self._look_for_host(), group="host")

    async def _look_for_host(self) -> None:
        try:
            await apart(self.hosting.look_for_host)
        except HuddleError as error:
            self.tell(error)
        self.renew()

    def _show_time(self, now: float) -> None:
        huddle, turn = self.round.huddle, self.round.speaking
        plan = float(huddle.seconds_per_person if turn else huddle.time_box)
        used = (turn or huddle).watch.elapsed(now)
        self._countdown.show(plan - used, plan)
        self._timebar.show(1 - used / plan if plan else 0.0)
        self._strip.show(timeline.coming(self.hosting), timeline.pace(self.hosting, now))
        if turn is not None and used > plan and turn.person not in self._rang and not self.round.paused:
            self._rang.add(turn.person)
            self.app.bell()
