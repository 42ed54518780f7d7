"""Hosting a huddle: a step, then saved; resume, watch, take over (METHOD 8, "nothing said is ever lost").

A step changes the round in memory at once and is saved by `save`, off the event loop and in order. What a screen may
show as *said* is what is in `stored`: that is on disk.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import date

import msgspec
from msgspec.structs import replace

from huddle_tui.activities import machine
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain.huddle import Action, CheckIn, Host, Huddle, Reading, Stage, Turn, TurnState
from huddle_tui.domain.round import Round, promise_changes, solved
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.summary import OpenStuck
from huddle_tui.domain.team import Team
from huddle_tui.store.port import Book, Held

TREND = 13
"""How many past readings of each number are kept at hand for its trend."""


class TakenOver(HuddleError):
    """Another program runs this huddle now; this one must not save any more."""

    def __init__(self, host: Host) -> None:
        super().__init__(
            N_("{name} runs this huddle now, since {since}. What was said up to then is safe."),
            name=host.name,
            since=host.since.strftime("%H:%M"),
        )


class Memory(msgspec.Struct, frozen=True):
    """What the round recalls of the huddles before it."""

    trends: Mapping[str, tuple[Reading, ...]]
    """Per KPI its last readings, oldest first."""
    reported: Mapping[str, date]
    """Per slow KPI the newest day it was reported for."""


class OpenEnds(msgspec.Struct, frozen=True):
    """What is still open from earlier huddles."""

    stucks: tuple[tuple[OpenStuck, int], ...] = ()
    """Each with its age in huddles, this one counted."""
    actions: tuple[tuple[date, Action], ...] = ()
    """Each with the day of the huddle it was agreed in."""

    @staticmethod
    def key(day: date, id: str, *, stuck: bool) -> str:
        """How a list refers to one: its kind, the huddle's day, and the person or action."""
        return f"{'stuck' if stuck else 'action'}:{day}/{id}"


class News(msgspec.Struct, frozen=True):
    """What other programs on the same book changed while the round runs."""

    team: Team
    """The team as it is on disk."""
    check_ins: Mapping[str, CheckIn]
    """Per person the check-in for this huddle that no turn has taken over."""


def recall(book: Book, team: Team, day: date) -> Memory:
    """What the huddles before `day` say: trends from the last few, slow numbers as far back as their period asks."""
    trends: dict[str, tuple[Reading, ...]] = {}
    reported: dict[str, date] = {}
    reporting = team.reporting_day(day)
    slow = {k.id: team.calendar.completed(k.period, reporting) for k in team.kpis if k.period.slow and not k.retired_on}
    oldest = min(slow.values(), default=day)
    before = [d for d in book.days() if d < day]
    needed = [d for n, d in enumerate(reversed(before)) if n < TREND or d > oldest]
    for huddle in book.huddles(needed):
        for reading in huddle.readings:
            seen = trends.get(reading.kpi, ())
            if len(seen) < TREND:
                trends[reading.kpi] = (reading, *seen)
            if reading.kpi in slow and reading.actual is not None:
                reported[reading.kpi] = max(reading.day, reported.get(reading.kpi, reading.day))
    return Memory(trends, reported)


def new_host(time: Timepiece) -> Host:
    """This program as the one that runs a huddle."""
    return Host(secrets.token_hex(8), machine.name(), time.now())


class Hosting:
    """Today's huddle in the hands of this program."""

    def __init__(self, book: Book, time: Timepiece, day: date | None = None) -> None:
        self.book = book
        self.time = time
        self.day = day or time.today()
        self.host = new_host(time)
        self.trouble: Sentence | None = None
        """Why the last save failed; None when everything is on disk."""
        self._claim: Held | None = None
        self._runs = False
        self._dropped: list[CheckIn] = []
        settle(book, self.day)
        team = book.team()
        self.memory = recall(book, team, self.day)
        found = book.huddle(self.day)
        self.resumed = found is not None and found.stage is not Stage.OPENING
        """Whether the huddle had begun before this program opened it."""
        self.round = Round(found, team) if found else Round.open(team, self.day, self.memory.reported)
        self.stored: Huddle | None = found
        """The huddle as it is on disk."""
        self.check_ins: dict[str, CheckIn] = {}
        """Who checked in for this huddle and was not taken over yet."""
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
        found = self.book.huddle(self.day)
        if found is not None:
            self.stored = self.book.change_huddle(self.day, lambda h: replace(h or found, host=self.host))
            self.round = Round(self.stored, self.round.team)
        else:
            self.round = replace(self.round, huddle=replace(self.round.huddle, host=self.host))

    def release(self) -> None:
        """Gives the claim up."""
        if self._claim is not None:
            self._claim.release()
            self._claim = None

    def watch(self) -> None:
        """Follows the huddle that another program runs: what is on disk now."""
        found = self.book.huddle(self.day)
        if found is not None and found != self.stored:
            self.stored = found
            self.round = Round(found, self.round.team)

    # Steps

    def do(self, step: Callable[[Round], Round]) -> Round:
        """Takes a step in memory; raises HuddleError where it cannot be taken. `save` puts it on disk."""
        self.round = step(self.round)
        self._cover()
        return self.round

    def _cover(self) -> None:
        """A turn takes its check-in over when it begins; while nothing was said yet a corrected one replaces it."""
        turn = self.round.speaking
        mine = self.check_ins.get(turn.person) if turn else None
        if turn and mine:
            self.round = self.round.cover(mine)

    @property
    def unsaved(self) -> bool:
        """Whether something was said that is not on disk yet."""
        return self.stored is None or _still(self.stored) != _still(self.round.huddle)

    def is_said(self, person: str, reading: Reading) -> bool:
        """Whether that reading is on disk, and so may be shown as said."""
        turn = self.stored.turn(person) if self.stored else None
        return turn is not None and turn.reading(reading.kpi) == reading

    def save(self, draft: str = "") -> None:
        """Puts the round on disk as it is now; blocks, so it is called off the event loop. Raises HuddleError.

        A huddle that another program took over is not touched (TakenOver). What others marked done or solved in the
        stored huddle stays marked.
        """
        running = self.round.huddle
        now = self.time.monotonic()

        def change(stored: Huddle | None) -> Huddle:
            self._still_mine(stored)
            return _merged(replace(frozen(running, now), host=self.host, draft=draft), stored)

        try:
            written = self.book.change_huddle(self.day, change)
        except HuddleError as error:
            self.trouble = error.sentence
            raise
        self.trouble = None
        self.stored = written
        if self._claim is None:  # taken over while the other program still held it
            self._claim = self.book.hold(f"host-{self.day}")
        for turn in written.turns:
            if turn.hidden is not None and turn.hidden not in self._dropped:
                self._drop(turn.hidden)

    def _still_mine(self, stored: Huddle | None) -> None:
        """Raises TakenOver when another program took the huddle over since this one began to run it."""
        if self._runs and stored and stored.host and stored.host.session != self.host.session:
            raise TakenOver(stored.host)

    def _drop(self, taken: CheckIn) -> None:
        """Drops a draft that the huddle on disk has taken over; one that was changed meanwhile stays."""
        self.book.change_check_in(taken.person, self.day, lambda now: None if now == taken else now)
        self._dropped.append(taken)

    def look(self) -> News:
        """What other programs changed: the team, check-ins. Only reads, so it may be called off the event loop.

        Raises TakenOver when another program runs the huddle by now.
        """
        found = {}
        for turn in self.round.huddle.turns:
            for check_in in self.book.check_ins(turn.person):
                if check_in.huddle_day == self.day and turn.hidden != check_in:
                    found[turn.person] = check_in
        self._still_mine(self.book.huddle(self.day))
        return News(self.book.team(), found)

    def adopt(self, news: News) -> bool:
        """Takes what `look` found into the round. True where something is new."""
        if news == News(self.round.team, self.check_ins):
            return False
        self.check_ins = dict(news.check_ins)
        self.round = self.round.refresh(news.team, self.memory.reported)
        return True

    def checked_in(self, turn: Turn) -> bool:
        """Whether that person's numbers are in, hidden or on their way."""
        return turn.hidden is not None or turn.person in self.check_ins

    # Opening and closing

    def open_ends(self) -> OpenEnds:
        """What is still open from the huddles before this one; one that never began is no round of anything."""
        stucks: list[tuple[OpenStuck, int]] = []
        actions: list[tuple[date, Action]] = []
        summaries = [s for s in self.book.summaries() if s.day < self.day and s.stage is not Stage.OPENING]
        for place, summary in enumerate(summaries):
            stucks += [(stuck, len(summaries) - place + 1) for stuck in summary.open_stucks]
            actions += [(summary.day, action) for action in summary.open_actions]
        return OpenEnds(tuple(stucks), tuple(actions))

    def close_end(self, key: str) -> None:
        """Marks an open end solved or done, in the huddle where it was said."""
        kind, _, rest = key.partition(":")
        said, _, id = rest.partition("/")
        day = date.fromisoformat(said)

        def change(huddle: Huddle | None) -> Huddle:
            if huddle is None:
                raise HuddleError(N_("The huddle of {day} is gone."), day=said)
            if kind == "stuck":
                turns = tuple(solved(t, self.day) if t.person == id else t for t in huddle.turns)
                return replace(huddle, turns=turns)
            actions = tuple(replace(a, done_on=self.day) if a.id == id else a for a in huddle.actions)
            return replace(huddle, actions=actions)

        self.book.change_huddle(day, change)

    def absorb_absent(self) -> None:
        """Takes over the check-ins of people who did not get a turn, before the huddle is closed."""
        for turn in self.round.huddle.turns:
            mine = self.check_ins.get(turn.person)
            if mine and turn.state is TurnState.ABSENT:
                self.round = self.round.cover(mine)

    def settle(self) -> None:
        """Records the promises that this huddle changed in the team."""
        huddle = self.round.huddle
        self.book.change_team(lambda team: _team(team).with_promises(promise_changes(huddle), huddle.day))


def settle(book: Book, today: date) -> None:
    """Records promises of the last huddles that a program did not live to record. Changes nothing the second time."""
    days = [day for day in book.days() if day < today][-3:]
    changes = [(huddle.day, promise_changes(huddle)) for huddle in book.huddles(days)]
    team = book.team()
    if any(team.with_promises(made, day) != team for day, made in changes):

        def change(stored: Team | None) -> Team:
            settled = _team(stored)
            for day, made in changes:
                settled = settled.with_promises(made, day)
            return settled

        book.change_team(change)


def _team(stored: Team | None) -> Team:
    if stored is None:
        raise HuddleError(N_("The team's book is gone: put it back from a backup, or make a team again."))
    return stored


def frozen(huddle: Huddle, now: float) -> Huddle:
    """The huddle as it is stored: its clocks stand still at what they showed at `now`."""
    turns = tuple(replace(t, watch=t.watch.stop(now)) if t.watch.running else t for t in huddle.turns)
    return replace(huddle, watch=huddle.watch.stop(now), turns=turns)


def _still(huddle: Huddle) -> Huddle:
    """The huddle without what runs by itself, to compare what was said."""
    blank = type(huddle.watch)()
    turns = tuple(replace(solved(t, None), watch=blank) for t in huddle.turns)
    actions = tuple(replace(a, done_on=None) for a in huddle.actions)
    return replace(huddle, watch=blank, turns=turns, actions=actions, draft="", host=None)


def _merged(ours: Huddle, stored: Huddle | None) -> Huddle:
    """Ours, with what others marked done or solved in the stored huddle meanwhile."""
    if stored is None:
        return ours
    done = {a.id: a.done_on for a in stored.actions}
    marked = {(t.person, s.text): s.solved_on for t in stored.turns for s in t.stucks}
    if not any(done.values()) and not any(marked.values()):
        return ours
    return replace(
        ours,
        actions=tuple(replace(a, done_on=a.done_on or done.get(a.id)) for a in ours.actions),
        turns=tuple(
            replace(
                t, stucks=tuple(replace(s, solved_on=s.solved_on or marked.get((t.person, s.text))) for s in t.stucks)
            )
            for t in ours.turns
        ),
    )
