"""Where somebody is stuck: what was typed, against what they were stuck on already (METHOD 2 and 8)."""

from datetime import date

from msgspec.structs import replace

from huddle_tui.domain.huddle import Stuck, Turn

JOINT = "; "
"""Between two stucks in one field."""


def heard(text: str, known: tuple[Stuck, ...]) -> tuple[Stuck, ...]:
    """What somebody is stuck on, out of what was typed where `known` stood: `printer; wacht op IT`.

    Words that are known are the same stuck. Words behind a known one and a `;` are added. Words that hold a known one
    and more take its place, with its age. Everything else is a stuck of its own, and what was not said again is left
    to the huddle it was said in.
    """
    said: list[Stuck] = []
    rest, left = text.strip(), list(known)
    while rest:
        same = next((stuck for stuck in left if stuck.same(rest)), None)
        begins = next(
            (s for s in left if s.same(rest[: len(s.text)]) and rest[len(s.text) :].lstrip()[:1] == ";"), None
        )
        if (found := same or begins) is not None:
            said.append(found)
            left.remove(found)
            rest = "" if same else rest[len(found.text) :].lstrip()[1:].strip()
            continue
        longer = next((stuck for stuck in left if stuck.bare in Stuck(rest).bare), None)
        said.append(Stuck(rest, longer.rounds, was=longer.was or longer.text) if longer else Stuck(rest))
        rest = ""
    return tuple(said)


def known(turn: Turn, carried: tuple[Stuck, ...]) -> tuple[Stuck, ...]:
    """What somebody is stuck on already: said in this turn, and `carried` from earlier huddles."""
    return (*turn.stucks, *(c for c in carried if not any(s.same(c.text) or s.was == c.text for s in turn.stucks)))


def shown(turn: Turn, carried: tuple[Stuck, ...]) -> tuple[Stuck, ...]:
    """What stands in the field of the stuck: those of earlier huddles first, then those of this one or its check-in."""
    if turn.hidden and not turn.stucks:
        turn = replace(turn, stucks=heard(turn.hidden.stuck, carried))
    return tuple(sorted((s for s in known(turn, carried) if s.solved_on is None), key=lambda s: s.rounds == 1))


def noted(turn: Turn, text: str, carried: tuple[Stuck, ...]) -> Turn:
    """The turn with what was typed: it takes the place of what was typed in it before, and is added to the rest.

    Nothing typed takes back all but what was solved.
    """
    said = heard(text, tuple(replace(stuck, solved_on=None) for stuck in known(turn, carried)))
    older = (s for s in turn.stucks if s.solved_on or (said and s.rounds > 1))
    kept = (s for s in older if not any(n.same(s.text) or n.was == s.text for n in said))
    return replace(turn, stucks=(*kept, *said))


def solvable(text: str, known: tuple[Stuck, ...]) -> tuple[Stuck, str] | None:
    """The first stuck of an earlier huddle that those words name, and the words without it; None where none does."""
    said = heard(text, known)
    found = next((stuck for stuck in said if stuck in known and stuck.rounds > 1), None)
    return (found, JOINT.join(stuck.text for stuck in said if stuck is not found)) if found else None


def solved(turn: Turn, on: date | None, text: str = "") -> Turn:
    """The turn with that stuck marked solved on a day, or all of them; None makes it open again."""
    stucks = (replace(stuck, solved_on=on) if not text or stuck.same(text) else stuck for stuck in turn.stucks)
    return replace(turn, stucks=tuple(stucks))
