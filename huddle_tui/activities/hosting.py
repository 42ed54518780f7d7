"""Hosting a huddle: a step, then saved; resume, watch, take over (METHOD 8, "nothing said is ever lost").

A step changes the round in memory at once and is saved by `save`, off the event loop and in order. What a screen may
show as *said* is what is in `stored`: that is on disk.
"""

import os
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from huddle_tui.activities import machine
from huddle_tui.activities.on_disk import begun, close_unfinished, frozen, merged, still
from huddle_tui.activities.recalling import Owing, recall
from huddle_tui.activities.settling import mark, settle
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain import doubt, numbers
from huddle_tui.domain.checkin import Progress, progress
from huddle_tui.domain.corrections import Mark
from huddle_tui.domain.doubt import Doubts
from huddle_tui.domain.history import Past, Said
from huddle_tui.domain.huddle import Asking, CheckIn, Host, Huddle, Reading, Stage, Stuck, Turn, TurnState
from huddle_tui.domain.open_ends import End, OpenEnds, closed_on, open_ends
from huddle_tui.domain.round import Round
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.stucks import shown
from huddle_tui.domain.summary import Summary, summarise
from huddle_tui.domain.team import Kpi, Team
from huddle_tui.domain.text import FREE, checked
from huddle_tui.i18n import locale
from huddle_tui.store.errors import Busy, SaveFailed
from huddle_tui.store.port import Book, Held


class TakenOver(HuddleError):
    """Another program runs this huddle now; this one must not save any more."""

    def __init__(self, host: Host) -> None:
        text = N_("{name} runs this huddle now, since {since}. What was said up to then is safe.")
        super().__init__(text, name=host.name, since=host.since.strftime("%H:%M"))


class Elsewhere(msgspec.Struct, frozen=True):
    """What other programs on the same book changed while the round runs."""

    team: Team
    """The team as it is on disk, with the promises that were in force on the day of the huddle."""
    check_ins: Mapping[str, CheckIn]
    """Per person the check-in for this huddle that no turn has taken over."""


def new_host(time: Timepiece) -> Host:
    """This program as the one that runs a huddle."""
    return Host(os.urandom(8).hex(), machine.name(), time.now())


_A_NUMBER = N_("{typed} is a number: Enter once more notes it as where {name} is stuck.")


class _Aside(msgspec.Struct, frozen=True):
    """What was done here to an earlier huddle, for undo: a stuck or action marked, a reason given."""

    steps: int
    """How many steps of the round came before."""
    back: Callable[[], None]
    """Takes it back; blocks on the book."""


class Hosting:
    """Today's huddle in the hands of this program."""

    def __init__(self, book: Book, time: Timepiece, day: date | None = None) -> None:
        self.book = book
        self.time = time
        self.day = day or time.today()
        self.host = new_host(time)
        self.trouble: Sentence | None = None
        """Why the last save failed; None when everything is on disk."""
        self.notices: list[Sentence] = []
        """What a person should be told: a huddle that was left open was closed."""
        self.deserted = False
        """Whether the program that ran the huddle which is watched here is gone, and no other runs it."""
        self._claim: Held | None = None
        self._runs = False
        self._dropped: list[CheckIn] = []
        self._asides: list[_Aside] = []
        self._doubts = Doubts()
        self.memory = recall(book, book.team(), self.day)
        settle(book, reversed(self.memory.last))
        team = book.team().as_of(self.day)
        self._owing = Owing(book, self.memory.owed)
        found = begun(book.huddle(self.day))
        self.stored: Huddle | None = found
        """The huddle as it is on disk; None until its first turn has begun."""
        self.check_ins: dict[str, CheckIn] = {}
        """Who checked in for this huddle and was not taken over yet."""
        self._earlier: list[Summary] | None = None
        self._carried: Mapping[str, tuple[Stuck, ...]] = {}
        self.past: Past | None = None
        """What was said in earlier huddles, once somebody read it."""
        self._saved: Huddle | None = found  # as this program had it, without what others marked in it meanwhile
        opened = Round(found, team) if found else Round.open(team, self.day, self.memory.reported)
        self.round = opened.refresh(team, self.memory.reported)
        self.adopt(self.look())

    # Who runs it

    def claim(self) -> bool:
        """Makes this program the one that runs the huddle; False while another program that is alive does."""
        if self._claim is None:
            self._claim = self.book.hold(f"host-{self.day}")
        if self._claim is None:
            return False
        self.take_over()
        return True

    def take_over(self) -> None:
        """Runs the huddle from here on, from what is on disk; whoever ran it is told at their next save."""
        self.host, self._runs = new_host(self.time), True
        found = begun(self.book.huddle(self.day))
        if found is not None:
            self.stored = self.book.change_huddle(self.day, lambda h: replace(h or found, host=self.host))
            self._saved = self.stored
            self.round = replace(self.round, huddle=self.stored, past=()).refresh(self.round.team, self.memory.reported)
        else:
            self.round = replace(self.round, huddle=replace(self.round.huddle, host=self.host))

    def release(self) -> None:
        """Gives the claim up."""
        if self._claim is not None:
            self._claim.release()
            self._claim = None

    def watch(self) -> None:
        """Follows the huddle that another program runs: what is on disk now."""
        found = begun(self.book.huddle(self.day))
        if found is not None and found != self.stored:
            self.stored, self._saved, self.deserted = found, found, False
            self.round = replace(self.round, huddle=found, past=())

    def look_for_host(self) -> None:
        """Finds out whether a program that is alive runs the huddle that is watched here."""
        claim = self.book.hold(f"host-{self.day}")
        self.deserted = claim is not None
        if claim is not None:
            claim.release()

    # Steps

    def do(self, step: Callable[[Round], Round]) -> Round:
        """Takes a step in memory; raises HuddleError where it cannot be taken. `save` puts it on disk."""
        self.round = step(replace(self.round, carried=self._carried))
        self._cover()
        return self.round

    def said_before(self, kpi: str) -> Sequence[Said]:
        """What was said of that KPI in earlier huddles, oldest first; nothing while the past was not read."""
        said = self.past.said.get(kpi, ()) if self.past else ()
        return said[: bisect_left(said, self.day, key=lambda one: one.huddle)]

    def say(self, text: str, reason: int | None = None) -> Round:
        """Enter in the round's one field: what was typed, as an answer to what is asked (METHOD 4 and 7).

        Nothing typed uncovers a number that was checked in, leaves one that was said as it is, and is *not measured*
        otherwise. `reason` is why the number at hand was missed, chosen beside the field; a number that is typed where
        only that is asked is the next promise, of somebody who types on; where an earlier miss is asked about it is the
        first number. Raises HuddleError with the sentence that says why not; nothing is changed then.
        """
        turn, owed, steps = self.round.speaking, self.owed, len(self.round.past)
        if turn is None or owed is None:
            return self._say(text, reason)
        if text.strip():
            self._say(text)
        if reason or not text.strip():
            back = self._owing.answer(owed, reason, Mark(turn.name, self.time.now()))
            self._asides.append(_Aside(steps, back))
        return self.round

    @property
    def owed(self) -> Said | None:
        """The earlier miss that is asked about before the first number of the turn at hand (METHOD 11)."""
        turn = self.round.speaking
        return self._owing.asked(turn) if turn and self._runs else None

    def _say(self, text: str, reason: int | None = None) -> Round:
        turn, kpi, now = self.round.speaking, self.round.kpi_at_hand(), self.time.monotonic()
        if turn is None:
            raise HuddleError(N_("Nobody is speaking now."))
        if turn.asking is Asking.STUCK or kpi is None:
            if self._earlier is None:
                self._recount()
            words = checked(text, FREE, N_("what you are stuck on"))
            if numbers.is_bare(words) and words not in {stuck.text for stuck in self.stucks(turn)}:
                told = Sentence(_A_NUMBER, {"typed": words, "name": turn.name})  # of somebody who types on
                self._doubts.ask(told, turn.person, words)
            return self.do(lambda r: r.stuck(words, now))
        if turn.asking is Asking.NOTE:
            return self._plan(checked(text, FREE, N_("the plan")), now, reason)
        if turn.asking is Asking.REASON and not text.strip():
            return self.do(lambda r: r.explain(reason, now))
        if turn.asking in {Asking.REASON, Asking.PROMISE}:
            promise, why = _promised(turn.asking, text, kpi.unit), reason if turn.asking is Asking.REASON else None
            if promise is None:
                raise HuddleError(N_("A promise is a number: type what the team can count on."))
            self._doubts.ask(doubt.about_promise(promise, kpi.promise), turn.person, kpi.id, text)
            return self.do(lambda r: (r.explain(why, now) if why else r).promise(promise, now))
        if not text.strip() and turn.covered(kpi.id):
            return self.do(lambda r: r.uncover(now))
        if not text.strip() and turn.reading(kpi.id):
            return self.do(lambda r: r.select(turn.at + 1, now))
        actual = self._understood(kpi, text)
        return self.do(lambda r: r.say(actual, now))

    def after(self, text: str) -> Turn | None:
        """The turn at hand as `say` would leave it where that is a number, so that it can be drawn ahead; else None."""
        turn, kpi, now = self.round.speaking, self.round.kpi_at_hand(), self.time.monotonic()
        if turn is None or kpi is None or turn.asking is not Asking.NUMBER or self.owed:
            return None
        try:
            if not text.strip() and turn.covered(kpi.id):
                return self.round.uncover(now).speaking
            return self.round.say(numbers.parse(text, locale(), kpi.unit), now).speaking
        except HuddleError:
            return None

    def _understood(self, kpi: Kpi, text: str) -> Decimal | None:
        """The number that was typed; raises Doubted, once, where it is far off."""
        actual = numbers.parse(text, locale(), kpi.unit)
        known = [one.actual for one in self.memory.trends.get(kpi.id, ()) if one.actual is not None]
        doubted = doubt.about_number(text, actual, locale(), kpi.promise, known[-1] if known else None)
        self._doubts.ask(doubted, kpi.owner, kpi.id, text)
        return actual

    def _plan(self, words: str, now: float, reason: int | None) -> Round:
        """The plan; a bare number is never one: it is the next number, of somebody who types on (METHOD 7)."""
        if not numbers.is_bare(words):
            return self.do(lambda r: r.note(words, now, reason))
        asked = self.round.note("", now, reason)
        kpi, turn = asked.kpi_at_hand(), asked.speaking
        if kpi is None or turn is None or turn.asking is not Asking.NUMBER:
            raise HuddleError(N_("{typed} is a number, and no number is left to say: the plan is words."), typed=words)
        actual = self._understood(kpi, words)
        return self.do(lambda r: r.note("", now, reason).say(actual, now))

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self.round.past or self._asides)

    def undo(self) -> None:
        """Takes the last step back: one of the round, or one in an earlier huddle. Blocks on the book then."""
        if self._asides and self._asides[-1].steps >= len(self.round.past):
            aside = self._asides.pop()
            try:
                aside.back()
            except (Busy, SaveFailed):  # the next undo tries again; what others changed since stays as they left it
                self._asides.append(aside)
                raise
        else:
            self.do(lambda r: r.undo(self.time.monotonic()))

    def _cover(self) -> None:
        """A turn takes its check-in over when it begins, and one that arrives later, for what was not said yet."""
        turn = self.round.speaking
        mine = self.check_ins.get(turn.person) if turn else None
        if turn and mine:
            self.round = self.round.cover(mine)

    @property
    def unsaved(self) -> bool:
        """Whether something was said that is not on disk yet."""
        running = self.round.huddle
        if self.stored is None:
            return running.stage is not Stage.OPENING
        return self._owing.unsaved or still(self.stored) != still(running)

    def is_said(self, person: str, reading: Reading) -> bool:
        """Whether that reading is on disk, and so may be shown as said."""
        turn = self.stored.turn(person) if self.stored else None
        return turn is not None and turn.reading(reading.kpi) == reading

    def save(self, draft: str = "") -> None:
        """Puts the round on disk as it is now; blocks, so it is called off the event loop. Raises HuddleError.

        A huddle that another program took over is not touched (TakenOver). What others marked done or solved in the
        stored huddle stays marked. Before the first turn begins there is nothing to save.
        """
        if self.round.huddle.stage is Stage.OPENING and self.stored is None:
            return
        try:
            self._put_on_disk(draft)
        except HuddleError as error:
            self.trouble = error.sentence
            raise
        self.trouble = None

    def _put_on_disk(self, draft: str) -> None:
        running, base, now = self.round.huddle, self._saved, self.time.monotonic()
        if self.stored is None:
            self.notices += close_unfinished(self.book, self.day, locale())

        def change(stored: Huddle | None) -> Huddle:
            self._still_mine(stored)
            saved_at = self.time.now() if running.ended_at is None else running.saved_at
            ours = replace(frozen(running, now), host=self.host, draft=draft, saved_at=saved_at)
            return merged(ours, stored, base)

        self.stored, self._saved = self.book.change_huddle(self.day, change), running
        self.notices += self._owing.save()
        if self._claim is None:  # taken over while the other program still held it
            self._claim = self.book.hold(f"host-{self.day}")
        for turn in self.stored.turns:
            if turn.hidden is not None and turn.hidden not in self._dropped:
                self._drop(turn.hidden)

    def _still_mine(self, stored: Huddle | None) -> None:
        """Raises TakenOver when another program took the huddle over since this one began to run it."""
        running = begun(stored)
        if self._runs and running and running.host and running.host.session != self.host.session:
            raise TakenOver(running.host)

    def _drop(self, taken: CheckIn) -> None:
        """Drops a draft that the huddle on disk has taken over; one that was changed meanwhile stays."""
        self.book.change_check_in(taken.person, self.day, lambda now: None if now == taken else now)
        self._dropped.append(taken)

    def look(self) -> Elsewhere:
        """What other programs changed: the team, check-ins. Only reads, so it may be called off the event loop.

        Raises TakenOver when another program runs the huddle by now.
        """
        found, turns = {}, self.round.huddle.turns
        drafts = self.book.all_check_ins(turn.person for turn in turns)
        for turn in turns:
            for check_in in drafts[turn.person]:
                if check_in.huddle_day == self.day and turn.hidden != check_in:
                    found[turn.person] = check_in
        self._still_mine(self.book.huddle(self.day))
        return Elsewhere(self.book.team().as_of(self.day), found)

    def adopt(self, news: Elsewhere) -> bool:
        """Takes what `look` found into the round. True where something is new."""
        if news == Elsewhere(self.round.team, self.check_ins):
            return False
        self.check_ins = dict(news.check_ins)
        self.round = self.round.refresh(news.team, self.memory.reported)
        self._cover()
        return True

    def progress(self, turn: Turn) -> Progress:
        """How far that person's check-in is."""
        return progress(turn.agenda, turn.hidden or self.check_ins.get(turn.person))

    # Opening and closing

    def open_ends(self) -> OpenEnds:
        """Every stuck and action that is open at this huddle, and those it closed. Blocks: it may read ten years."""
        if self._earlier is None:
            self._recount()
        found = self.known_ends()
        assert found is not None
        return found

    def known_ends(self) -> OpenEnds | None:
        """The same, as far as it is known without reading; None before `open_ends` was asked once."""
        if self._earlier is None:
            return None
        running = merged(self.round.huddle, self.stored, self._saved)
        return open_ends([*self._earlier, summarise(running)], self.day)

    def stucks(self, turn: Turn) -> tuple[Stuck, ...]:
        """What stands in the field of the stuck when it comes up, those that earlier huddles left open first."""
        return shown(turn, self._carried.get(turn.person, ()))

    def end_of(self, turn: Turn, stuck: Stuck) -> End | None:
        """Where that stuck of that person was last said, to be marked solved."""
        ends = self.known_ends() or OpenEnds()
        mine = (one for one in ends.stucks if one.said.person == turn.person and stuck.same(one.said.text))
        return next((one.end for one in mine), None)

    def _recount(self) -> None:
        """Reads what the huddles before this one left open; what somebody is stuck on follows from it."""
        earlier = [summary for summary in self.book.summaries() if summary.day < self.day]
        ends = open_ends(earlier, self.day)
        self._carried = {aged.said.person: ends.of(aged.said.person) for aged in ends.stucks}
        self._earlier = earlier

    def close_end(self, end: End) -> None:
        """Marks a stuck solved or an action done today, where it was last said; marked already, it is open again.

        A step that `undo` takes back. Blocks on the book, except for what was said in this very huddle.
        """
        was = closed_on(self.round.huddle if end.day == self.day else self.book.huddle(end.day), end)
        on = self.day if was is None else None
        if end.day == self.day:
            self.do(lambda r: r.mark(end, on))
            return
        steps = len(self.round.past)

        def put(on: date | None) -> None:
            mark(self.book, end, on)
            self._recount()

        put(on)
        self._asides.append(_Aside(steps, lambda: put(was)))

    def reopen(self) -> None:
        """A huddle that was closed today goes on at its closing; who joined the team since comes last."""
        now = self.time.monotonic()
        self.do(lambda r: r.reopen(now).refresh(r.team, self.memory.reported))

    def absorb_absent(self) -> None:
        """Takes over the check-ins of people who did not get a turn, before the huddle is closed."""
        for turn in self.round.huddle.turns:
            mine = self.check_ins.get(turn.person)
            if mine and turn.state is TurnState.ABSENT:
                self.round = self.round.cover(mine)

    def settle(self) -> None:
        """Records the promises that this huddle changed in the team."""
        settle(self.book, [self.round.huddle])


def _promised(asking: Asking, text: str, unit: str) -> Decimal | None:
    """The next promise that was typed; words where it was asked why are told how that is answered."""
    try:
        return numbers.parse(text, locale(), unit)
    except numbers.NotANumber:
        if asking is not Asking.REASON or any(map(str.isdigit, text)):
            raise
        sentence = N_("Choose why with ← and →. What is typed here is the next promise, and {typed} is no number.")
        raise HuddleError(sentence, typed=text) from None
