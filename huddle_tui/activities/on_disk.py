"""A running huddle beside the one on disk: what may be shown as said, what others marked in it, what is not there."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from huddle_tui.domain.huddle import Huddle, Stage
from huddle_tui.domain.open_ends import End, closed_on, marked
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.domain.stucks import solved
from huddle_tui.i18n import locale
from huddle_tui.words import amount


def frozen(huddle: Huddle, now: float) -> Huddle:
    """The huddle as it is stored: its clocks stand still at what they showed at `now`."""
    turns = tuple(replace(t, watch=t.watch.stop(now)) if t.watch.running else t for t in huddle.turns)
    return replace(huddle, watch=huddle.watch.stop(now), turns=turns)


def still(huddle: Huddle) -> Huddle:
    """The huddle without what runs by itself, to compare what was said."""
    blank = type(huddle.watch)()
    turns = tuple(replace(solved(t, None), watch=blank) for t in huddle.turns)
    actions = tuple(replace(a, done_on=None) for a in huddle.actions)
    return replace(huddle, watch=blank, turns=turns, actions=actions, draft="", host=None, saved_at=None)


def merged(ours: Huddle, stored: Huddle | None, base: Huddle | None) -> Huddle:
    """Ours, with what others marked done or solved in the stored huddle; what was marked here since `base` stays."""
    if stored is None:
        return ours
    for end, on in _marks_of(stored).items():
        if on != closed_on(ours, end) == closed_on(base, end):
            ours = marked(ours, end, on)
    return ours


def _marks_of(huddle: Huddle) -> dict[End, date | None]:
    """Every stuck and action of a huddle, with the day on which it was marked."""
    stucks = {End(huddle.day, turn.person, s.text): s.solved_on for turn in huddle.turns for s in turn.stucks}
    return stucks | {End(huddle.day, action=action.id): action.done_on for action in huddle.actions}


def begun(huddle: Huddle | None) -> Huddle | None:
    """That huddle, where its first turn has begun; one that was only opened holds nothing."""
    return huddle if huddle is not None and huddle.stage is not Stage.OPENING else None


def unwritten(running: Huddle, stored: Huddle | None) -> Iterator[Sentence]:
    """A sentence for every number, stuck, action and subject of `running` that `stored` does not hold."""
    for turn in running.turns:
        there = stored.turn(turn.person) if stored is not None else None
        for reading in turn.readings:
            if reading.actual is not None and (there is None or reading not in there.readings):
                said = amount(reading.actual, reading.unit, locale(), reading.decimals)
                template = N_("Not on disk: {name} said {value} for “{kpi}”.")
                yield Sentence(template, {"name": turn.name, "value": said, "kpi": reading.name})
        for stuck in turn.stucks:
            if there is None or stuck not in there.stucks:
                yield Sentence(N_("Not on disk: {name} is stuck on “{what}”."), {"name": turn.name, "what": stuck.text})
    for action in running.actions:
        if stored is None or action not in stored.actions:
            yield Sentence(N_("Not on disk: {name} will do “{what}”."), {"name": action.who, "what": action.what})
    for subject in running.offline:
        if stored is None or subject not in stored.offline:
            yield Sentence(N_("Not on disk: “{what}” to talk about afterwards."), {"what": subject.what})
