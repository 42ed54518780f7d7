"""What is asked to put a number, a stuck or an action of a past huddle right, one line at a time (METHOD 8)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

import msgspec

from huddle_tui.activities.correcting import Correcting
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.open_ends import End
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.i18n import _
from huddle_tui.ui.past.story import NumberKey
from huddle_tui.ui.shared import phrases


class Questions(msgspec.Struct, frozen=True):
    """Lines that are asked one after another, the last of them who corrects."""

    labels: tuple[str, ...]
    """One for each answer."""
    proposals: tuple[str, ...]
    """What stands in each line at first: as it was."""
    take: Callable[[list[str]], None]
    """Corrects by the answers; blocks, and raises HuddleError."""


def about(correcting: Correcting, huddle: Huddle, key: Hashable) -> Questions | None:
    """What is asked about the line under the cursor; None where nothing there can be corrected."""
    match key:
        case NumberKey(kpi):
            return _number(correcting, huddle, kpi)
        case End() if key.action:
            return _action(correcting, huddle, key.action)
        case End():
            return _named(correcting, (_("Stuck on:"),), (key.stuck,), lambda answers: correcting.stuck(
                huddle.day, key.person, key.stuck, answers[0]
            ))  # fmt: skip
    return None


def _number(correcting: Correcting, huddle: Huddle, kpi: str) -> Questions | None:
    said = next(((turn, reading) for turn in huddle.turns if (reading := turn.reading(kpi))), None)
    if said is None:
        return None
    turn, reading = said
    was = "" if reading.actual is None else phrases.number(reading.actual, reading.decimals)
    labels = [_("{kpi} of {name}; empty is not measured:").format(kpi=reading.name, name=turn.name), _("The plan:")]
    proposals = [was, reading.note]
    if reading.status.missed:
        labels.append(_("The reason, 1 to 9; empty is none:"))
        proposals.append(str(reading.reason or ""))

    def take(answers: list[str]) -> None:
        number, plan, *reason = answers
        if reason and reason[0] != proposals[2]:
            if reason[0] and not reason[0].isdecimal():
                raise HuddleError(N_("A reason is a number from 1 to 9, or empty."))
            correcting.reason(huddle.day, turn.person, kpi, int(reason[0]) if reason[0] else None)
        correcting.note(huddle.day, turn.person, kpi, plan)
        if number != was:
            correcting.number(huddle.day, turn.person, kpi, number)

    return _named(correcting, labels, proposals, take)


def _action(correcting: Correcting, huddle: Huddle, id: str) -> Questions | None:
    agreed = next((one for one in huddle.actions if one.id == id), None)
    if agreed is None:
        return None
    labels = (_("Action: who?"), _("What?"), _("By when? (fri, +3, 30-11; empty is open)"))
    proposals = (agreed.who, agreed.what, agreed.by.isoformat() if agreed.by else "")
    return _named(correcting, labels, proposals, lambda answers: correcting.action(huddle.day, id, *answers))


def _named(
    correcting: Correcting, labels: Iterable[str], proposals: Iterable[str], take: Callable[[list[str]], None]
) -> Questions:
    """Those questions, and who corrects."""

    def by_name(answers: list[str]) -> None:
        correcting.name(answers[-1])
        take(answers[:-1])

    return Questions((*labels, _("Who corrects this?")), (*proposals, correcting.by), by_name)
