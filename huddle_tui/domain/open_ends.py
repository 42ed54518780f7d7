"""What is still open: every stuck and action with its age, and what was solved or done on a day (METHOD 8).

Worked out of the summaries of all huddles, so that opening, closing, recap, exports and looking back say the same, and
the minutes of the huddles themselves never change.
"""

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from huddle_tui.domain.huddle import Action, Huddle, Stage, Stuck
from huddle_tui.domain.stucks import solved
from huddle_tui.domain.summary import SaidStuck, Summary


class End(msgspec.Struct, frozen=True):
    """A stuck or an action, in the huddle where it was said: what can be marked solved or done."""

    day: date
    """The day of that huddle."""
    person: str = ""
    """Whose stuck it is."""
    stuck: str = ""
    """Its words; empty for an action."""
    action: str = ""
    """The id of the action; empty for a stuck."""

    @property
    def key(self) -> str:
        """How a list refers to it, as text."""
        return msgspec.json.encode(self).decode()

    @staticmethod
    def named(key: str) -> "End":
        """The one that a list refers to by that key."""
        return msgspec.json.decode(key, type=End)


class AgedStuck(msgspec.Struct, frozen=True):
    """A stuck with its age."""

    said: SaidStuck
    """As it was last said."""
    since: date
    """The huddle in which it was first said."""
    age: int
    """In huddles, the first and this one counted: 3 is its third round."""

    @property
    def end(self) -> End:
        """What is marked when it is solved: its last mention."""
        return End(self.said.day, self.said.person, self.said.text)


class AgedAction(msgspec.Struct, frozen=True):
    """An action with its age."""

    day: date
    """The huddle it was agreed in."""
    action: Action
    """Who, what, by when."""
    age: int
    """In huddles, the first and this one counted."""

    @property
    def end(self) -> End:
        """What is marked when it is done."""
        return End(self.day, action=self.action.id)


class OpenEnds(msgspec.Struct, frozen=True):
    """What is open at a huddle, those that it brought up itself included, and what it closed."""

    stucks: tuple[AgedStuck, ...] = ()
    """Not solved yet, the oldest first."""
    actions: tuple[AgedAction, ...] = ()
    """Not done yet; the one that is due first comes first, without a day last."""
    solved: tuple[AgedStuck, ...] = ()
    """Marked solved on the day of the huddle."""
    done: tuple[AgedAction, ...] = ()
    """Marked done on the day of the huddle."""

    def earlier(self, on: date) -> "OpenEnds":
        """Those that were brought up before that day."""
        stucks, solved = (tuple(s for s in side if s.said.day < on) for side in (self.stucks, self.solved))
        actions, done = (tuple(a for a in side if a.day < on) for side in (self.actions, self.done))
        return OpenEnds(stucks, actions, solved, done)

    def of(self, person: str) -> tuple[Stuck, ...]:
        """What that person is still stuck on, each with its age."""
        return tuple(Stuck(aged.said.text, aged.age) for aged in self.stucks if aged.said.person == person)


def begun(summaries: Iterable[Summary]) -> tuple[Summary, ...]:
    """Those that began: a huddle that somebody only opened is no huddle of the team's."""
    return tuple(summary for summary in summaries if summary.stage is not Stage.OPENING)


def open_ends(summaries: Iterable[Summary], on: date | None = None) -> OpenEnds:
    """What is open after all those huddles, which come oldest first; or at the huddle `on` a day, as it was then.

    The same words again from the same person are the same stuck, a round older. It is solved where its last mention
    is marked so. A huddle on that day counts as a round whether it is among them or is only about to begin.
    """
    ledger, last = Ledger(), None
    for summary in begun(summaries):
        if on is None or summary.day <= on:
            ledger.add(summary.day, summary.stucks, summary.actions)
            last = summary.day
    if on is not None and last != on:
        ledger.add(on, (), ())
    return ledger.ends(on)


class Ledger:
    """What is open from huddle to huddle, for whoever goes through all of them: each costs only what is open."""

    def __init__(self) -> None:
        self._round = 0
        self._stucks: dict[tuple[str, str], tuple[SaidStuck, date, int]] = {}
        """By person and bare words: as it was last said, and the day and the round in which it was first said."""
        self._actions: list[tuple[date, int, Action]] = []
        """With the day and the round of their huddle."""

    def add(self, day: date, said: Iterable[SaidStuck], agreed: Iterable[Action]) -> None:
        """The next huddle, on that day, in which this was said and agreed."""
        self._round += 1
        for each in said:
            before = self._stucks.pop(self._key(each), None)
            older = before[1:] if before and _until(before[0].stuck.solved_on, day) else (day, self._round)
            self._stucks[each.person, each.stuck.bare] = (each, *older)
        self._actions += [(day, self._round, action) for action in agreed]

    def _key(self, said: SaidStuck) -> tuple[str, str]:
        """Under which words it was known before; those of its first mention may have been corrected since."""
        key = said.person, Stuck(said.stuck.was or said.text).bare
        if key in self._stucks or said.stuck.rounds == 1:
            return key
        corrected = (k for k, (one, *_older) in self._stucks.items() if (k[0], Stuck(one.stuck.was).bare) == key)
        return next(corrected, key)

    def ends(self, on: date | None) -> OpenEnds:
        """What is open at the last huddle, which is that of the day `on`, and what was closed then; None is by now."""
        if on is not None:
            self._stucks = {key: one for key, one in self._stucks.items() if _until(one[0].stuck.solved_on, on)}
            self._actions = [one for one in self._actions if _until(one[2].done_on, on)]
        stucks = [AgedStuck(said, since, self._round - first + 1) for said, since, first in self._stucks.values()]
        actions = [AgedAction(day, action, self._round - first + 1) for day, first, action in self._actions]
        stucks.sort(key=lambda one: one.since)
        actions.sort(key=lambda one: (one.action.by or date.max, one.day))
        return OpenEnds(
            tuple(one for one in stucks if _is_open(one.said.stuck.solved_on, on)),
            tuple(one for one in actions if _is_open(one.action.done_on, on)),
            tuple(one for one in stucks if on and not _is_open(one.said.stuck.solved_on, on)),
            tuple(one for one in actions if on and not _is_open(one.action.done_on, on)),
        )


def _until(closed: date | None, day: date) -> bool:
    """Whether something that was closed then, or is not closed yet, still counts on that day."""
    return closed is None or closed >= day


def _is_open(closed: date | None, on: date | None) -> bool:
    """Whether it was still open after that day; None is now."""
    return closed is None or (on is not None and closed > on)


def marked(huddle: Huddle, end: End, on: date | None) -> Huddle:
    """That huddle with the stuck or the action marked."""
    if end.action:
        actions = (replace(a, done_on=on) if a.id == end.action else a for a in huddle.actions)
        return replace(huddle, actions=tuple(actions))
    turns = (solved(t, on, end.stuck) if t.person == end.person else t for t in huddle.turns)
    return replace(huddle, turns=tuple(turns))


def closed_on(huddle: Huddle | None, end: End) -> date | None:
    """The day on which it was marked; None while it is open, or where it is gone."""
    if huddle is None:
        return None
    if end.action:
        return next((action.done_on for action in huddle.actions if action.id == end.action), None)
    turn = huddle.turn(end.person)
    return next((stuck.solved_on for stuck in turn.stucks if stuck.same(end.stuck)), None) if turn else None
