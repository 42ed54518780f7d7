"""What a list of past huddles shows of each one (METHOD 9), small enough to keep ten years of them at hand."""

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from huddle_tui.domain.huddle import Action, Huddle, Stage, Stuck, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.outcomes import tally_of


class SaidStuck(msgspec.Struct, frozen=True):
    """A stuck, with the huddle and the turn it was said in."""

    day: date
    """The huddle it was said in."""
    person: str
    """The id of the person."""
    name: str
    """That person's name on that day."""
    stuck: Stuck
    """What was said, its age then, and when it was solved."""

    @property
    def text(self) -> str:
        """The words."""
        return self.stuck.text


class Summary(msgspec.Struct, frozen=True):
    """One huddle in the list."""

    day: date
    """Its day."""
    stage: Stage
    """Whether it has ended."""
    present: tuple[str, ...]
    """The names of who was there."""
    absent: tuple[str, ...]
    """The names of who was away."""
    seconds: float
    """The time used."""
    time_box: int
    """The time planned, seconds."""
    kept: int
    """Promises that fell due and were kept (absent people's do not count)."""
    due: int
    """All promises that fell due."""
    red: int
    """Red flags."""
    temperature: int | None
    """The team's temperature."""
    stucks: tuple[SaidStuck, ...]
    """Said in this huddle, solved ones included."""
    actions: tuple[Action, ...]
    """Agreed in this huddle, done ones included."""
    text: str
    """What people wrote, folded and a line each: names, notes, stucks, actions, offline subjects."""
    numbers: str
    """The names of its KPIs, folded and a line each."""

    @property
    def open_stucks(self) -> tuple[SaidStuck, ...]:
        """Said in this huddle and not marked solved there; `open_ends` knows whether they were said again since."""
        return tuple(said for said in self.stucks if said.stuck.solved_on is None)

    @property
    def open_actions(self) -> tuple[Action, ...]:
        """Agreed in this huddle and not done yet."""
        return tuple(action for action in self.actions if action.done_on is None)


def said_stucks(huddle: Huddle) -> tuple[SaidStuck, ...]:
    """The stucks that were said in a huddle, without what was put right in them later."""
    return tuple(
        SaidStuck(huddle.day, t.person, t.name, replace(s, corrections=())) for t in huddle.turns for s in t.stucks
    )


def summarise(huddle: Huddle) -> Summary:
    """The summary of a huddle. Pure: it can be thrown away and made again."""
    there = [t for t in huddle.turns if t.state is not TurnState.ABSENT]
    readings = [r for t in there for r in t.readings]
    told = tally_of(readings)
    words = [
        *(w for t in huddle.turns for w in (t.name, *(s.text for s in t.stucks))),
        *(r.note for r in huddle.readings),
        *(w for a in huddle.actions for w in (a.who, a.what)),
        *(w for o in huddle.offline for w in (o.who, o.what)),
    ]
    return Summary(
        day=huddle.day,
        stage=huddle.stage,
        present=tuple(t.name for t in there),
        absent=tuple(t.name for t in huddle.turns if t.state is TurnState.ABSENT),
        seconds=huddle.watch.used,
        time_box=huddle.time_box,
        kept=told.kept,
        due=told.due,
        red=sum(r.status is Status.RED for r in readings),
        temperature=huddle.temperature,
        stucks=said_stucks(huddle),
        actions=tuple(replace(action, corrections=()) for action in huddle.actions),
        text=_folded(words),
        numbers=_folded(r.name for r in huddle.readings),
    )


def _folded(words: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(w.casefold() for w in words if w))
