"""The past put right in the open: a number, reason, note, stuck or action of a huddle, with a trail (METHOD 8). Pure.

The old value, who and when stay visible; a number is judged again by that day's own promise and edges.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from huddle_tui.domain.huddle import Action, Correction, Huddle, Reading, Turn
from huddle_tui.domain.reasons import NOT_KNOWN
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.turns import put, with_turn


class Overtaken(HuddleError):
    """It was changed again since: a correction that can never be taken back any more."""


class Mark(msgspec.Struct, frozen=True):
    """Who puts something right, when, and why where that is said."""

    by: str
    """The name of who does it."""
    at: datetime
    """When."""
    why: str = ""
    """Why."""

    def of(self, field: str, was: object) -> Correction:
        """The trail of one field."""
        text = f"{was:f}" if isinstance(was, Decimal) else None if was is None else str(was)
        return Correction(field, self.at, self.by, text, self.why)


def number(huddle: Huddle, person: str, kpi: str, actual: Decimal | None, mark: Mark) -> Huddle:
    """The huddle with another number said; a reason goes with a miss alone, a promise that was made stays made."""

    def change(reading: Reading) -> Reading:
        if actual == reading.actual:
            return reading
        status = reading.yardstick.judge(actual)
        trail = [mark.of("actual", reading.actual)]
        if reading.reason not in {None, NOT_KNOWN} and not status.missed:
            trail.append(mark.of("reason", reading.reason))
        return replace(
            reading,
            actual=actual,
            status=status,
            reason=reading.reason if status.missed else None,
            corrections=(*reading.corrections, *trail),
        )

    return _reading(huddle, person, kpi, change)


def reason(huddle: Huddle, person: str, kpi: str, chosen: int | None, mark: Mark) -> Huddle:
    """The huddle with another reason of a miss."""

    def change(reading: Reading) -> Reading:
        if chosen is not None and not reading.status.missed:
            raise HuddleError(N_("{kpi} was not missed, so there is no reason to give."), kpi=reading.name)
        if chosen == reading.reason:
            return reading
        corrections = (*reading.corrections, mark.of("reason", reading.reason))
        return replace(reading, reason=chosen, corrections=corrections)

    return _reading(huddle, person, kpi, change)


def note(huddle: Huddle, person: str, kpi: str, text: str, mark: Mark) -> Huddle:
    """The huddle with another plan beside a number."""

    def change(reading: Reading) -> Reading:
        if text == reading.note:
            return reading
        return replace(reading, note=text, corrections=(*reading.corrections, mark.of("note", reading.note)))

    return _reading(huddle, person, kpi, change)


def stuck(huddle: Huddle, person: str, words: str, text: str, mark: Mark) -> Huddle:
    """The huddle with other words for what somebody was stuck on."""
    turn = _turn(huddle, person)
    said = next((one for one in turn.stucks if one.text == words), None)
    if said is None:
        raise HuddleError(N_("{name} was not stuck on that in this huddle."), name=turn.name)
    if not text:
        raise HuddleError(N_("A stuck needs its words; mark it solved where it is none any more."))
    if any(one is not said and one.same(text) for one in turn.stucks):
        raise HuddleError(N_("{name} said that already in this huddle."), name=turn.name)
    if text == words:
        return huddle
    changed = replace(said, text=text, corrections=(*said.corrections, mark.of("text", words)))
    return with_turn(huddle, replace(turn, stucks=tuple(changed if one is said else one for one in turn.stucks)))


def action(huddle: Huddle, id: str, who: str, what: str, by: date | None, mark: Mark) -> Huddle:
    """The huddle with another action in the place of one: each field that changed has its trail."""
    was = agreed(huddle, id)
    if not what:
        raise HuddleError(N_("An action needs its what: say what is done."))
    wanted = {"who": who, "what": what, "by": by}
    trail = [mark.of(name, old) for name, new in wanted.items() if (old := getattr(was, name)) != new]
    changed = replace(was, who=who, what=what, by=by, corrections=(*was.corrections, *trail))
    return replace(huddle, actions=tuple(changed if one is was else one for one in huddle.actions))


def agreed(huddle: Huddle, id: str) -> Action:
    """The action with that id. Raises HuddleError where it is gone."""
    found = next((one for one in huddle.actions if one.id == id), None)
    if found is None:
        raise HuddleError(N_("That action is not in this huddle any more."))
    return found


def put_back(huddle: Huddle, before: Huddle, after: Huddle) -> Huddle:
    """The huddle without the correction that made `after` of `before`; what else was changed since stays.

    Raises Overtaken where the same reading, stuck or action was changed again.
    """

    turns = []
    for turn in huddle.turns:
        old, new = before.turn(turn.person), after.turn(turn.person)
        if old is not None and new is not None and old != new:
            readings = tuple(_back(r, old.reading(r.kpi), new.reading(r.kpi)) for r in turn.readings)
            turn = replace(turn, readings=readings, stucks=_back(turn.stucks, old.stucks, new.stucks))
        turns.append(turn)
    olds, news = ({one.id: one for one in h.actions} for h in (before, after))
    actions = tuple(_back(one, olds.get(one.id), news.get(one.id)) for one in huddle.actions)
    return replace(huddle, turns=tuple(turns), actions=actions)


Item = TypeVar("Item")


def _back(now: Item, old: Item | None, new: Item | None) -> Item:
    """What stood before `new` was made of it, where `new` is what stands now."""
    if old == new or old is None:
        return now
    if now != new:
        raise Overtaken(N_("It was changed again since, so it stays as it is now."))
    return old


def _turn(huddle: Huddle, person: str) -> Turn:
    turn = huddle.turn(person)
    if turn is None:
        raise HuddleError(N_("That person is not in this huddle."))
    return turn


def said(huddle: Huddle, person: str, kpi: str) -> Reading:
    """What that person said of that KPI. Raises HuddleError where they did not."""
    reading = _turn(huddle, person).reading(kpi)
    if reading is None:
        raise HuddleError(N_("That number was not said in this huddle."))
    return reading


def _reading(huddle: Huddle, person: str, kpi: str, change: Callable[[Reading], Reading]) -> Huddle:
    turn, changed = _turn(huddle, person), change(said(huddle, person, kpi))
    return with_turn(huddle, replace(turn, readings=put(turn.readings, changed)))
