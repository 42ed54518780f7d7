"""The past put right in the open: a number, reason, note, stuck or action of a huddle, with a trail (METHOD 8). Pure.

The old value, who and when stay visible; a number is judged again by that day's own promise and edges.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from huddle_tui.domain.huddle import Action, Correction, Huddle, Reading, Turn
from huddle_tui.domain.numbers import is_bare
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


def number(huddle: Huddle, person: str, kpi: str, mark: Mark, **wanted: Any) -> Huddle:
    """The huddle with another `actual`, `reason` or `note` of a number, as far as those are `wanted`.

    A reason goes with a miss alone, which has one: saying none is *don't know yet*. A promise that was made stays made.
    """
    was = said(huddle, person, kpi)
    actual = wanted.get("actual", was.actual)
    status = was.status if actual == was.actual else was.yardstick.judge(actual)
    if (note := wanted.get("note", was.note)) != was.note and is_bare(note):
        raise HuddleError(N_("{typed} is a number: the plan is words."), typed=note)
    if not status.missed and wanted.get("reason") is not None:
        raise HuddleError(N_("{kpi} was not missed, so there is no reason to give."), kpi=was.name)
    if not status.missed:
        wanted["reason"] = None
    elif "reason" in wanted or not was.status.missed:
        wanted["reason"] = wanted.get("reason") or NOT_KNOWN
    trail = [
        mark.of(field, getattr(was, field))
        for field in ("actual", "reason", "note")
        if (new := wanted.get(field, getattr(was, field))) != getattr(was, field)
        and not (field == "reason" and {new, was.reason} == {None, NOT_KNOWN})
    ]
    changed = replace(was, **wanted, status=status, corrections=(*was.corrections, *trail))
    turn = _turn(huddle, person)
    return with_turn(huddle, replace(turn, readings=put(turn.readings, changed)))


def stuck(huddle: Huddle, person: str, words: str, text: str, mark: Mark) -> Huddle:
    """The huddle with other words for what somebody was stuck on: the same stuck, whatever huddle said it before."""
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
    changed = replace(said, text=text, was=said.was or words, corrections=(*said.corrections, mark.of("text", words)))
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


def judged_again(huddle: Huddle) -> Huddle:
    """The huddle with the status of each number as its actual, promise and edges say it, whoever wrote another."""

    def judged(reading: Reading) -> Reading:
        status = reading.yardstick.judge(reading.actual)
        return reading if reading.status is status else replace(reading, status=status)

    return replace(huddle, turns=tuple(replace(t, readings=tuple(map(judged, t.readings))) for t in huddle.turns))


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
