"""What is still open: every stuck and action with its age, and what was solved or done on a day (METHOD 8).

Worked out of the summaries of all huddles, so that opening, closing, recap, exports and looking back say the same, and
the minutes of the huddles themselves never change.
"""

from __future__ import annotations

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
    def named(key: str) -> End:
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
    held = [summary for summary in begun(summaries) if on is None or summary.day <= on]
    rounds = len(held) + (on is not None and (not held or held[-1].day != on))
    stucks: dict[tuple[str, str], AgedStuck] = {}
    actions: list[AgedAction] = []
    solved: list[AgedStuck] = []
    done: list[AgedAction] = []
    for place, summary in enumerate(held):
        for said in summary.stucks:
            stuck = said.stuck
            before = stucks.pop((said.person, Stuck(stuck.was or stuck.text).bare), None)
            older = (before.since, before.age) if before else (said.day, rounds - place)
            aged = AgedStuck(said, *older)
            if stuck.solved_on is None or (on is not None and stuck.solved_on > on):
                stucks[said.person, stuck.bare] = aged
            elif stuck.solved_on == on:
                solved.append(aged)
        for action in summary.actions:
            agreed = AgedAction(summary.day, action, rounds - place)
            if action.done_on is None or (on is not None and action.done_on > on):
                actions.append(agreed)
            elif action.done_on == on:
                done.append(agreed)
    actions.sort(key=lambda one: (one.action.by or date.max, one.day))
    oldest = sorted(stucks.values(), key=lambda one: one.since)
    return OpenEnds(tuple(oldest), tuple(actions), tuple(solved), tuple(done))


class Ledger:
    """What is open from huddle to huddle, for whoever goes through all of them: each costs only what is open."""

    def __init__(self) -> None:
        self._round = 0
        self._stucks: dict[tuple[str, str], AgedStuck] = {}
        self._actions: list[AgedAction] = []

    def at(self, day: date, said: Iterable[SaidStuck], agreed: Iterable[Action]) -> OpenEnds:
        """What `open_ends` says of the huddle on that day, the next one, in which this was said and agreed."""
        stucks: dict[tuple[str, str], AgedStuck] = {}
        for key, aged in self._stucks.items():
            if _until(aged.said.stuck.solved_on, day):
                stucks[key] = replace(aged, age=aged.age + 1)
        for each in said:
            before = stucks.pop((each.person, Stuck(each.stuck.was or each.text).bare), AgedStuck(each, day, 1))
            stucks[each.person, each.stuck.bare] = replace(before, said=each)
        older = [replace(aged, age=aged.age + 1) for aged in self._actions if _until(aged.action.done_on, day)]
        self._stucks, self._actions = stucks, [*older, *(AgedAction(day, action, 1) for action in agreed)]
        oldest = sorted(stucks.values(), key=lambda one: one.since)
        due = sorted(self._actions, key=lambda one: (one.action.by or date.max, one.day))
        return OpenEnds(
            tuple(one for one in oldest if one.said.stuck.solved_on != day),
            tuple(one for one in due if one.action.done_on != day),
            tuple(one for one in oldest if one.said.stuck.solved_on == day),
            tuple(one for one in due if one.action.done_on == day),
        )


def _until(closed: date | None, day: date) -> bool:
    """Whether something that was closed then, or is not closed yet, still counts on that day."""
    return closed is None or closed >= day


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
