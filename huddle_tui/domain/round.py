"""The running huddle: whose turn it is, next, back, skip, undo (METHOD 7 and 8). A pure value.

Every step takes the monotonic second `now` and gives back a new Round; a step that cannot be taken is refused with a
HuddleError and changes nothing. The screen shows a Round, `activities.hosting` saves its huddle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from huddle_tui.domain.clock import Pace
from huddle_tui.domain.huddle import (
    Action,
    Asking,
    CheckIn,
    Due,
    Huddle,
    Offline,
    Reading,
    Stage,
    Stuck,
    Turn,
    TurnState,
)
from huddle_tui.domain.judging import Status
from huddle_tui.domain.open_ends import End, marked
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.stucks import known, noted
from huddle_tui.domain.team import Kpi, PromiseChange, Team
from huddle_tui.domain.turns import (
    agenda,
    begun,
    clocks,
    explained,
    harder,
    judged,
    kept_unsaid,
    on,
    planned,
    presence,
    promise_changes,
    put,
    replanned,
    speaking_order,
    with_turn,
)

_UNDO_DEPTH = 500


class Round(msgspec.Struct, frozen=True):
    """A huddle while it runs, with the team it is judged by and the way back."""

    huddle: Huddle
    """The state that is stored."""
    team: Team
    """The team as it is now; a reading copies from it what it is judged by."""
    past: tuple[Huddle, ...] = ()
    """The states before each step, oldest first, for undo."""
    carried: Mapping[str, tuple[Stuck, ...]] = msgspec.field(default_factory=dict)
    """Per person what they were still stuck on when they began to speak, with its age in this huddle."""

    @staticmethod
    def open(team: Team, day: date, reported: Mapping[str, date]) -> Round:
        """A new huddle in its opening; who is known to be away is marked absent."""
        turns = tuple(
            planned(Turn(person.id, person.name, presence(person, day)), agenda(team, person.id, day, reported))
            for person in speaking_order(team, day)
        )
        return Round(Huddle(day, team.name, team.time_box, team.seconds_per_person, turns=turns), team)

    # What the screen asks

    @property
    def speaking(self) -> Turn | None:
        """The turn at hand."""
        return self.huddle.speaking

    @property
    def paused(self) -> bool:
        """The clocks stand still though the huddle has begun and not ended."""
        return self.huddle.stage in {Stage.TURNS, Stage.CLOSING} and not self.huddle.watch.running

    @property
    def coming(self) -> tuple[Turn, ...]:
        """Who speaks after this one, those who were skipped last."""
        turns, here = self.huddle.turns, self._here()
        ahead = (*turns[here + 1 :], *turns[: here + 1])
        waiting = [t for t in turns if t.state is TurnState.WAITING]
        return (*waiting, *(t for t in ahead if t.state is TurnState.SKIPPED))

    def kpi_at_hand(self) -> Kpi | None:
        """The KPI that the field asks for; None once only the stuck is left, or where nobody speaks."""
        turn = self.speaking
        return self.team.kpi(turn.due.kpi) if turn and turn.due else None

    def pace(self, now: float) -> Pace:
        """Ahead or behind: remaining turns at the average of the done ones (the plan until there is one)."""
        huddle, plan = self.huddle, float(self.huddle.seconds_per_person)
        done = [t.watch.elapsed(now) for t in huddle.turns if t.state is TurnState.DONE]
        turn = self.speaking
        mine = turn.watch.elapsed(now) if turn else 0.0
        used = huddle.watch.elapsed(now)
        each = sum(done) / len(done) if done else plan
        left = len(self.coming) * each + (max(0.0, each - mine) if turn else 0.0)
        return Pace(used, left, used - len(done) * plan - min(mine, plan))

    def agreed(self, person: str, kpi: Kpi) -> Decimal:
        """The promise proposed for next time: what the check-in says, else as it stands."""
        turn = self.huddle.turn(person)
        entry = turn.hidden.entry(kpi.id) if turn and turn.hidden else None
        return entry.next_promise if entry and entry.next_promise is not None else kpi.promise

    # The steps

    def start(self, now: float, at: datetime) -> Round:
        """The first turn begins."""
        if self.huddle.started_at is not None:
            return self
        if not self.huddle.turns:
            raise HuddleError(N_("Nobody is in the team yet: add people under Team, then begin."))
        if not self.coming:
            raise HuddleError(N_("Nobody is here yet: mark somebody present before you start."))
        begun = replace(self.huddle, started_at=at, watch=self.huddle.watch.start(now))
        return self._step(self._to(begun, self.coming[0].person, now))

    def say(self, actual: Decimal | None, now: float) -> Round:
        """The owner says the number at hand; None is *not measured*. It is judged and the next thing is asked."""
        return self._say(actual, now, checked_in=False)

    def uncover(self, now: float) -> Round:
        """The owner uncovers the checked-in number at hand, saying it aloud."""
        turn = self._turn()
        entry = turn.covered(turn.due.kpi) if turn.due else None
        if entry is None:
            raise HuddleError(N_("There is nothing to uncover here."))
        return self._say(entry.actual, now, checked_in=True)

    def _say(self, actual: Decimal | None, now: float, *, checked_in: bool) -> Round:
        turn = self._turn()
        due = turn.due
        kpi = self.team.kpi(due.kpi) if due else None
        if due is None or kpi is None:
            raise HuddleError(N_("No number is asked for now."))
        before, entry = turn.reading(kpi.id), turn.covered(kpi.id)
        stick = before.yardstick if before else self.team.yardstick(kpi, due.day)
        status = stick.judge(actual)
        earlier: tuple[Decimal | None, ...] = before.earlier if before else ()
        if before and before.actual != actual:
            earlier = (*earlier, before.actual)
        elif entry and not checked_in and entry.actual != actual:
            earlier = (entry.actual,)
        proxy = turn.by_proxy or (entry is not None and turn.hidden is not None and turn.hidden.typed_by_proxy(kpi.id))
        said = judged(
            kpi, due.day, actual, stick,
            checked_in=entry is not None or (before is not None and before.checked_in),
            by_proxy=proxy or (before is not None and before.by_proxy),
            note=before.note if before else entry.plan if entry and status.missed else "",
            next_promise=before.next_promise if before and status is Status.RED else None,
            earlier=earlier,
            harder=before.harder if before else harder(self.team, kpi, due.day),
        )  # fmt: skip
        why = before.reason if before else entry.reason if entry else None
        turn = replace(turn, readings=put(turn.readings, explained(said, why)))
        asking = {Status.YELLOW: Asking.NOTE, Status.RED: Asking.REASON}.get(status)
        return self._become(replace(turn, asking=asking) if asking else on(turn), now)

    def note(self, text: str, now: float, reason: int | None = None) -> Round:
        """The plan beside the number at hand, empty is none, and why it was missed: saying none is *don't know yet*."""
        return self._become(on(self._mend(lambda r: replace(explained(r, reason), note=text))), now)

    def explain(self, reason: int | None, now: float) -> Round:
        """Why the number at hand was missed, after red; then the next promise is asked."""
        return self._become(replace(self._mend(lambda r: explained(r, reason)), asking=Asking.PROMISE), now)

    def promise(self, value: Decimal, now: float) -> Round:
        """The owner commits to the next promise, after red."""
        return self._become(on(self._mend(lambda r: replace(r, next_promise=value))), now)

    def stuck(self, text: str, now: float) -> Round:
        """Where the speaker is stuck, empty is nowhere; ends the turn and begins the next."""
        return self.note_stuck(text, now).next(now, undoable=False)

    def note_stuck(self, text: str, now: float) -> Round:
        """Where the speaker is stuck, noted before the end of the turn."""
        turn = self._turn()
        return self._become(noted(turn, text, self.carried.get(turn.person, ())), now)

    def next(self, now: float, *, undoable: bool = True) -> Round:
        """The turn at hand is done; the next person begins, those who were skipped last."""
        return self._leave(TurnState.DONE, now, undoable=undoable)

    def skip(self, now: float) -> Round:
        """The speaker comes back later."""
        if not self.coming:
            raise HuddleError(N_("Nobody else is left: finish this turn, or mark this person absent."))
        return self._leave(TurnState.SKIPPED, now)

    def back(self, now: float) -> Round:
        """To the one who spoke before; who speaks now goes on later where they were."""
        here = self._here()
        turns = self.huddle.turns
        done = [t.person for t in (*turns[here + 1 :], *turns[: here + 1]) if t.state is TurnState.DONE]
        if not done:
            raise HuddleError(N_("Nobody has spoken before this one."))
        # Who had the floor last, as far as the steps tell: somebody who was skipped spoke after those behind them.
        floor = (h.speaking.person for h in reversed(self.past) if h.speaking)
        return self.give(next((person for person in floor if person in done), done[-1]), now)

    def give(self, person: str, now: float) -> Round:
        """The floor to that person, whatever their state; who speaks now waits."""
        if self.huddle.stage in {Stage.OPENING, Stage.ENDED}:
            raise HuddleError(N_("The round is not running."))
        if self.huddle.turn(person) is None:
            raise HuddleError(N_("That person is not in this huddle."))
        if self.speaking and self.speaking.person == person:
            return self
        waiting = self._halt(self.huddle, TurnState.WAITING, now)
        return self._step(self._to(waiting, person, now))

    def absent(self, person: str, now: float) -> Round:
        """That person is not here; a turn that runs goes to the next."""
        if self.speaking and self.speaking.person == person:
            return self._leave(TurnState.ABSENT, now)
        return self._set_state(person, TurnState.ABSENT)

    def arrive(self, person: str) -> Round:
        """A latecomer joins and waits for a turn; who had a turn before they were marked absent has had it."""
        turn = self.huddle.turn(person)
        if turn is None or turn.state is not TurnState.ABSENT:
            return self
        before = (h.turn(person) for h in reversed(self.past))
        state = next((t.state for t in before if t and t.state is not TurnState.ABSENT), None)
        if state is None:  # marked by a program that is gone
            finished = turn.asking is Asking.STUCK and turn.watch.used > 0
            state = TurnState.DONE if finished else TurnState.WAITING
        return self._set_state(person, TurnState.WAITING if state is TurnState.SPEAKING else state)

    def select(self, place: int, now: float) -> Round:
        """To the number at that place of the agenda, to say or correct it; past the last one is the stuck."""
        turn = self._turn()
        place = max(0, min(place, len(turn.agenda)))
        asking = Asking.STUCK if place == len(turn.agenda) else Asking.NUMBER
        return self._become(replace(turn, at=place, asking=asking), now)

    def ask(self, kpi: Kpi, now: float) -> Round:
        """Adds a slow number to the turn at hand before it is due: its owner may give it earlier."""
        turn = self._turn()
        if any(due.kpi == kpi.id for due in turn.agenda):
            return self.select([due.kpi for due in turn.agenda].index(kpi.id), now)
        due = Due(kpi.id, self.team.reporting_day(self.huddle.day))
        turn = replace(turn, agenda=(*turn.agenda, due), at=len(turn.agenda), asking=Asking.NUMBER)
        return self._become(turn, now)

    def proxy(self, person: str, spoken_by_other: bool) -> Round:
        """Somebody else speaks for that person: what is said from now on is marked by proxy for ever."""
        turn = self.huddle.turn(person)
        if turn is None:
            return self
        return self._step(with_turn(self.huddle, replace(turn, by_proxy=spoken_by_other)))

    def cover(self, check_in: CheckIn) -> Round:
        """Takes a check-in over into that person's turn, hidden. Taking the same one over twice changes nothing.

        It is no step: undo goes back to before something was said, not to before it was checked in.
        """
        turn = self.huddle.turn(check_in.person)
        if turn is None or turn.hidden == check_in:
            return self

        def covered(turn: Turn) -> Turn:
            if turn.person != check_in.person:
                return turn
            return replanned(replace(turn, hidden=check_in), turn.agenda, self.team, self.huddle.day)

        return self._always(covered)

    def agree(self, action: Action) -> Round:
        """An action: who does what by when."""
        return self._step(replace(self.huddle, actions=(*self.huddle.actions, action)))

    def mark(self, end: End, on: date | None) -> Round:
        """A stuck or action of this very huddle is solved or done on a day; None makes it open again."""
        return self._step(marked(self.huddle, end, on))

    def take_offline(self, what: str) -> Round:
        """A subject for after the huddle."""
        who = self.speaking.name if self.speaking else ""
        return self._step(replace(self.huddle, offline=(*self.huddle.offline, Offline(what, who))))

    def refresh(self, team: Team, reported: Mapping[str, date]) -> Round:
        """The round by the team as it is now, edited meanwhile (METHOD 8).

        The opening shows the team as it is at that moment. Once the first turn has begun, turns that have not begun
        follow it and newcomers join last. What was closed stays as it is.
        """
        edited, day = replace(self, team=team), self.huddle.day
        if self.huddle.stage is Stage.OPENING:
            return self._as_it_is(Round.open(team, day, reported))
        asked = {person.id: agenda(team, person.id, day, reported) for person in team.people}

        def follows(turn: Turn) -> Turn:
            return replanned(turn, asked.get(turn.person, ()), team, day)

        newcomers = tuple(
            follows(Turn(person.id, person.name, presence(person, day)))
            for person in team.members
            if self.huddle.turn(person.id) is None
        )
        followed = edited._always(lambda turn: turn if begun(turn) else follows(turn), newcomers)
        return replace(followed, huddle=self.huddle) if self.huddle.stage is Stage.ENDED else followed

    def _as_it_is(self, fresh: Round) -> Round:
        """The opening of the team as it is now, with whom somebody marked here, away or by proxy in it."""

        def renewed(huddle: Huddle) -> Huddle:
            turns = []
            for turn in fresh.huddle.turns:
                before, person = huddle.turn(turn.person), self.team.person(turn.person)
                if before and person:
                    marked = before.state is not presence(person, huddle.day)
                    state = before.state if marked else turn.state
                    turn = replace(
                        turn, state=state, by_proxy=before.by_proxy, hidden=before.hidden, watch=before.watch
                    )
                    turn = replanned(turn, turn.agenda, fresh.team, huddle.day)
                turns.append(turn)
            return replace(fresh.huddle, turns=tuple(turns), host=huddle.host, watch=huddle.watch)

        return replace(fresh, huddle=renewed(self.huddle), past=tuple(map(renewed, self.past)), carried=self.carried)

    def pause(self, now: float) -> Round:
        """The clocks stand still."""
        return replace(self, huddle=clocks(self.huddle, now, running=False))

    def go_on(self, now: float) -> Round:
        """The clocks run again."""
        if self.huddle.stage not in {Stage.TURNS, Stage.CLOSING}:
            return self
        return replace(self, huddle=clocks(self.huddle, now, running=True))

    def end(self, temperature: int | None, now: float, at: datetime) -> Round:
        """Closes the huddle; what those checked in who were absent is kept and marked so."""
        if self.huddle.stage is not Stage.CLOSING:
            raise HuddleError(N_("The round is not at its closing yet."))
        if temperature is not None and not 1 <= temperature <= 10:
            raise HuddleError(N_("The temperature is a whole number from 1 to 10, or empty."))
        turns = tuple(kept_unsaid(t, self.team, known(t, self.carried.get(t.person, ()))) for t in self.huddle.turns)
        closed = replace(clocks(self.huddle, now, running=False), turns=turns, temperature=temperature)
        return self._step(replace(closed, ended_at=closed.ending(at)))

    def reopen(self, now: float) -> Round:
        """A huddle that was closed today goes on at its closing; nothing that was said changes."""
        if self.huddle.stage is not Stage.ENDED:
            return self
        return self._step(clocks(replace(self.huddle, ended_at=None), now, running=True))

    def undo(self, now: float) -> Round:
        """The state before the last step; only the clocks do not go back."""
        if not self.past:
            raise HuddleError(N_("There is nothing to undo."))
        before, running = self.past[-1], self.huddle.watch.running
        still = clocks(self.huddle, now, running=False)
        watches = {t.person: t.watch for t in still.turns}
        turns = tuple(replace(t, watch=watches.get(t.person, t.watch)) for t in before.turns)
        huddle = replace(before, turns=turns, watch=still.watch, host=self.huddle.host)
        if huddle.stage in {Stage.TURNS, Stage.CLOSING} and (running or self.huddle.stage is Stage.ENDED):
            huddle = clocks(huddle, now, running=True)
        return replace(self, huddle=huddle, past=self.past[:-1])

    def promises(self) -> tuple[PromiseChange, ...]:
        """The promises that this huddle changed, to be recorded in the team."""
        return promise_changes(self.huddle)

    # Inside

    def _turn(self) -> Turn:
        turn = self.speaking
        if turn is None:
            raise HuddleError(N_("Nobody is speaking now."))
        return turn

    def _here(self) -> int:
        return next((i for i, t in enumerate(self.huddle.turns) if t.state is TurnState.SPEAKING), -1)

    def _mend(self, change: Callable[[Reading], Reading]) -> Turn:
        turn = self._turn()
        reading = turn.reading(turn.due.kpi) if turn.due else None
        if reading is None:
            raise HuddleError(N_("Say the number first."))
        return replace(turn, readings=put(turn.readings, change(reading)))

    def _step(self, huddle: Huddle) -> Round:
        return replace(self, huddle=huddle, past=(*self.past, self.huddle)[-_UNDO_DEPTH:])

    def _always(self, change: Callable[[Turn], Turn], newcomers: tuple[Turn, ...] = ()) -> Round:
        """What came from outside, in every state that undo can bring back as well, so that it is never undone."""

        def changed(huddle: Huddle) -> Huddle:
            new = (turn for turn in newcomers if huddle.turn(turn.person) is None)
            return replace(huddle, turns=(*(change(turn) for turn in huddle.turns), *new))

        return replace(self, huddle=changed(self.huddle), past=tuple(changed(h) for h in self.past))

    def _become(self, turn: Turn, now: float) -> Round:
        return self._step(with_turn(self.huddle, turn))

    def _set_state(self, person: str, state: TurnState) -> Round:
        turn = self.huddle.turn(person)
        return self._step(with_turn(self.huddle, replace(turn, state=state))) if turn else self

    def _leave(self, state: TurnState, now: float, *, undoable: bool = True) -> Round:
        self._turn()
        coming = self.coming
        huddle = self._halt(self.huddle, state, now)
        if coming:
            huddle = self._to(huddle, coming[0].person, now)
        return self._step(huddle) if undoable else replace(self, huddle=huddle)

    def _halt(self, huddle: Huddle, state: TurnState, now: float) -> Huddle:
        turn = huddle.speaking
        return with_turn(huddle, replace(turn, state=state, watch=turn.watch.stop(now))) if turn else huddle

    def _to(self, huddle: Huddle, person: str, now: float) -> Huddle:
        turn = huddle.turn(person)
        assert turn is not None
        watch = turn.watch.start(now) if huddle.watch.running else turn.watch
        huddle = with_turn(huddle, replace(turn, state=TurnState.SPEAKING, watch=watch))
        return replace(huddle, draft="")
