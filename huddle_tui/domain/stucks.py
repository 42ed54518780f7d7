"""Where somebody is stuck: what was typed, against what they were stuck on already (METHOD 2 and 8)."""

from __future__ import annotations

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


def solved(turn: Turn, on: date | None, text: str = "") -> Turn:
    """The turn with that stuck marked solved on a day, or all of them; None makes it open again."""
    stucks = (replace(stuck, solved_on=on) if not text or stuck.same(text) else stuck for stuck in turn.stucks)
    return replace(turn, stucks=tuple(stucks))
