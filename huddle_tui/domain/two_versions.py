"""Two versions of one document become one, and nothing that was said in either is lost (METHOD 8).

They come from two programs that did not know of each other: a laptop that went on without the server, or a sync tool
that put a conflict copy beside a file. `base` is what both started from, where that is known.
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from huddle_tui.domain import checkin
from huddle_tui.domain.huddle import Action, Correction, Huddle, Reading, Stuck, Turn, TurnState
from huddle_tui.domain.merging import merged_teams, united_teams, whole_again
from huddle_tui.domain.numbers import canonical
from huddle_tui.domain.team import Team, fold, new_id

T = TypeVar("T")

_FURTHER: Final = (
    TurnState.WAITING,
    TurnState.ABSENT,
    TurnState.SKIPPED,
    TurnState.SPEAKING,
    TurnState.DONE,
)
"""Of two states of a turn the later one in this list holds: what was said is worth more than what was not."""


def merged(base: Any, ours: Any, theirs: Any, at: datetime, by: str) -> Any:
    """Team, huddle or check-ins, both made from `base`, where that is known.

    Where both said another number, ours holds and theirs stands in its corrections, from `by` at `at`. Raises
    HuddleError where two edits of the team contradict each other.
    """
    match ours:
        case Team() if base is None:
            return united_teams(ours, theirs)
        case Team():
            return whole_again(merged_teams(base, ours, theirs), ours)
        case Huddle():
            return merged_huddle(base, ours, theirs, at, by)
    return checkin.merged_days(base or [], ours, theirs)


def merged_huddle(base: Huddle | None, ours: Huddle, theirs: Huddle, at: datetime, by: str) -> Huddle:
    """Ours and theirs, both made from `base`. Pure, and the same when it is merged again.

    Where both said another thing, ours holds and the other value stands in the trail of corrections: when (`at`) and
    from which program (`by`, a name for people).
    """
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    before = {turn.person: turn for turn in base.turns} if base else {}
    mine = {turn.person: turn for turn in ours.turns}
    met = [_turn(before.get(t.person), mine.get(t.person, t), t, at, by) for t in theirs.turns]
    turns = _united(met, ours.turns, lambda turn: turn.person)
    started = [h.started_at for h in (ours, theirs) if h.started_at]
    ended = [h.ended_at for h in (ours, theirs) if h.ended_at]
    return replace(
        ours,
        started_at=min(started, default=None),
        ended_at=max(ended, default=None),
        watch=max(ours.watch, theirs.watch, key=lambda watch: watch.used),
        turns=tuple(_one_speaker(turns, ours)),
        actions=_actions(base.actions if base else (), ours.actions, theirs.actions),
        offline=_united(ours.offline, theirs.offline, lambda one: (fold(one.what), fold(one.who))),
        temperature=_newer(base and base.temperature, ours.temperature, theirs.temperature),
    )


def _newer(base: T | None, ours: T | None, theirs: T | None) -> T | None:
    """What was changed; ours where both did, theirs where ours is nothing."""
    return theirs if ours is None or (ours == base and theirs is not None) else ours


def _one_speaker(turns: Sequence[Turn], ours: Huddle) -> list[Turn]:
    """At most one person has the floor: ours where both programs gave it to somebody."""
    floor = next((turn.person for turn in ours.turns if turn.state is TurnState.SPEAKING), None)
    speaking = [turn.person for turn in turns if turn.state is TurnState.SPEAKING]
    keeps = floor if floor in speaking else next(iter(speaking), None)
    return [
        replace(turn, state=TurnState.WAITING) if turn.state is TurnState.SPEAKING and turn.person != keeps else turn
        for turn in turns
    ]


def _turn(base: Turn | None, ours: Turn, theirs: Turn, at: datetime, by: str) -> Turn:
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    said = {reading.kpi: reading for reading in base.readings} if base else {}
    mine = {reading.kpi: reading for reading in ours.readings}
    met = [_reading(said.get(r.kpi), mine.get(r.kpi, r), r, at, by) for r in theirs.readings]
    return replace(
        ours,
        state=max(ours.state, theirs.state, key=_FURTHER.index),
        watch=max(ours.watch, theirs.watch, key=lambda watch: watch.used),
        agenda=_united(ours.agenda, theirs.agenda, lambda due: due.kpi),
        readings=_united(met, ours.readings, lambda reading: reading.kpi),
        hidden=ours.hidden or theirs.hidden,
        stucks=_stucks(base.stucks if base else (), ours.stucks, theirs.stucks),
        by_proxy=ours.by_proxy or theirs.by_proxy,
    )


def _reading(base: Reading | None, ours: Reading, theirs: Reading, at: datetime, by: str) -> Reading:
    """One number as one program knows it: where both changed it, the trail shows both."""
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    trail = _united(ours.corrections, theirs.corrections, lambda one: one)
    was = None if theirs.actual is None else canonical(theirs.actual)
    merged_before = any(one.field == "actual" and one.was == was for one in trail)
    if ours.actual != theirs.actual and not merged_before:
        trail = (*trail, Correction("actual", at, by, was))
    return replace(ours, corrections=trail)


def _stucks(base: Sequence[Stuck], ours: Sequence[Stuck], theirs: Sequence[Stuck]) -> tuple[Stuck, ...]:
    """What either is stuck on; what one side took back stays away, what one marked solved is solved."""
    united = []
    for stuck in _united(ours, theirs, lambda one: fold(one.text)):
        sides = [next((s for s in side if s.same(stuck.text)), None) for side in (base, ours, theirs)]
        was, mine, other = sides
        if was and not (mine and other):
            continue
        solved = next((s.solved_on for s in (mine, other) if s and s.solved_on), None)
        united.append(replace(stuck, solved_on=solved))
    return tuple(united)


def _actions(base: Sequence[Action], ours: Sequence[Action], theirs: Sequence[Action]) -> tuple[Action, ...]:
    """Every action once; one that another program gave the same id gets an id of its own."""
    mine, before = {action.id: action for action in ours}, {action.id: action for action in base}
    united = list(ours)
    for action in theirs:
        same = mine.get(action.id)
        if same is None and action.id in before:
            continue  # ours took it back
        if same is None:
            united.append(action)
        elif _agreed(same) == _agreed(action) or action.id in before:
            done = same.done_on or action.done_on
            united[united.index(same)] = replace(same, done_on=done)
        elif all(_agreed(one) != _agreed(action) for one in united):
            united.append(replace(action, id=new_id(action.what, [one.id for one in united])))
    gone = {id for id in before if id not in {action.id for action in theirs}}
    return tuple(action for action in united if action.id not in gone or action != before[action.id])


def _agreed(action: Action) -> tuple[object, ...]:
    return fold(action.who), fold(action.what), action.by


def _united(ours: Sequence[T], theirs: Sequence[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """Ours, then what only they have."""
    known = {key(one) for one in ours}
    return (*ours, *(one for one in theirs if key(one) not in known))
