"""What is asked to put a number, a stuck or an action of a past huddle right, one line at a time (METHOD 8)."""

from collections.abc import Callable, Hashable

import msgspec

from huddle_tui.activities.correcting import Correcting, reason_of
from huddle_tui.activities.identity import named, who_does
from huddle_tui.domain import numbers
from huddle_tui.domain.huddle import Huddle, Reading
from huddle_tui.domain.open_ends import End
from huddle_tui.domain.reasons import REASONS
from huddle_tui.domain.team import Team
from huddle_tui.i18n import _, locale
from huddle_tui.ui.past.story import NumberKey
from huddle_tui.ui.shared import phrases
from huddle_tui.ui.undo import UndoStep

Asked = tuple[str, str]
"""A line that is asked, and what stands in it at first: as it was."""


class Questions(msgspec.Struct, frozen=True):
    """Lines that are asked one after another, the last of them who corrects."""

    following: Callable[[list[str]], Asked | None]
    """What is asked after those answers; None where that was all. Raises HuddleError where the last is none."""
    take: Callable[[list[str]], UndoStep | None]
    """Corrects by the answers, and gives back what takes that back; None where nothing changed. Blocks, and raises
    HuddleError.
    """


def about(correcting: Correcting, team: Team, huddle: Huddle, key: Hashable) -> Questions | None:
    """What is asked about the line under the cursor; None where nothing there can be corrected.

    Whoever corrects is one of `team`.
    """
    match key:
        case NumberKey(kpi):
            return _number(correcting, team, huddle, kpi)
        case End() if key.action:
            return _action(correcting, team, huddle, key.action)
        case End():
            turn, stuck = huddle.turn(key.person), [(_("Stuck on:"), key.stuck)]
            back = _("The correction of what {name} was stuck on is taken back.").format(name=turn.name if turn else "")
            return _named(
                correcting,
                team,
                UndoStep(correcting.undo, back, huddle.day),
                lambda _answers: stuck,
                lambda answers: correcting.stuck(huddle.day, key.person, key.stuck, answers[0]),
            )
    return None


def _number(correcting: Correcting, team: Team, huddle: Huddle, kpi: str) -> Questions | None:
    said = next(((turn, reading) for turn in huddle.turns if (reading := turn.reading(kpi))), None)
    if said is None:
        return None
    turn, reading = said
    was = "" if reading.actual is None else phrases.number(reading.actual, reading.decimals)
    why = str(reading.reason or "")
    listed = " · ".join(f"{number} {_(reason.words)}" for number, reason in REASONS.items())
    number = (_("{kpi} of {name}; empty is not measured:").format(kpi=reading.name, name=turn.name), was)
    plan = (_("The plan:"), reading.note)
    reason = (_("The reason, 1 to 9; empty is none: {reasons}").format(reasons=listed), why)

    def asked(answers: list[str]) -> list[Asked]:
        missed = not answers or _missed(reading, was, answers[0])
        lines = [number, *([plan] if missed or reading.note else []), *([reason] if missed else [])]
        chosen = answers[len(lines) - 1] if missed and len(answers) >= len(lines) else ""
        reason_of(chosen)
        return lines

    def take(answers: list[str]) -> bool:
        other = {asked: new for (asked, stood), new in zip(asked(answers), answers, strict=True) if new != stood}
        typed, said_why, said = (other.get(question) for question, _stood in (number, reason, plan))
        return correcting.number(huddle.day, turn.person, kpi, typed, reason=said_why, note=said)

    back = _("The correction of {kpi} of {name} is taken back.").format(kpi=reading.name, name=turn.name)
    return _named(correcting, team, UndoStep(correcting.undo, back, huddle.day), asked, take)


def _missed(reading: Reading, was: str, typed: str) -> bool:
    """Whether the number that was typed is missed; raises NotANumber."""
    if typed == was:
        return reading.status.missed
    return reading.yardstick.judge(numbers.parse(typed, locale(), reading.unit)).missed


def _action(correcting: Correcting, team: Team, huddle: Huddle, id: str) -> Questions | None:
    agreed = next((one for one in huddle.actions if one.id == id), None)
    if agreed is None:
        return None
    labels = (_("Action: who?"), _("What?"), _("By when? (fri, +3, 30-11; empty is open)"))
    stood = (agreed.who, agreed.what, agreed.by.isoformat() if agreed.by else "")

    def asked(answers: list[str]) -> list[Asked]:
        if answers:
            who(answers[0])
        return list(zip(labels, stood, strict=True))

    def who(typed: str) -> str:
        return typed if typed == agreed.who else who_does(team, typed)

    back = _("The correction of the action of {name} is taken back.").format(name=agreed.who)
    step = UndoStep(correcting.undo, back, huddle.day)
    return _named(
        correcting, team, step, asked, lambda said: correcting.action(huddle.day, id, who(said[0]), *said[1:])
    )


def _named(
    correcting: Correcting,
    team: Team,
    step: UndoStep,
    asked: Callable[[list[str]], list[Asked]],
    take: Callable[[list[str]], bool],
) -> Questions:
    """Those questions, and who corrects: one of the team, where anybody is left in it."""
    names = ", ".join(person.name for person in team.members)
    who = _("Who corrects this? (the first letters are enough: {names})").format(names=names)

    def following(answers: list[str]) -> Asked | None:
        every = [*asked(answers), (who if names else _("Who corrects this?"), correcting.by)]
        if len(answers) < len(every):
            return every[len(answers)]
        by = answers[-1]
        correcting.name(named(team, by).name if by and names else by)
        return None

    return Questions(following, lambda answers: step if take(answers[:-1]) else None)
