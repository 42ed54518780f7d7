"""Questions beside the round: a subject for after it, a stuck noted early, an action."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Action, Turn
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import new_id
from huddle_tui.domain.text import FREE, checked
from huddle_tui.i18n import _


class Side(msgspec.Struct):
    """A question beside the round: its answers so far, and what to do with them."""

    labels: list[str]
    """One label per answer."""
    proposed: list[str]
    """What stands in the field at each."""
    done: Callable[[list[str]], None]
    """Called with all answers; may raise HuddleError about the last one."""
    answers: list[str] = []
    """Given so far."""
    needed: dict[int, str] = {}
    """What is said where the answer of that place is empty, as a template."""

    @property
    def label(self) -> str:
        """What is asked now."""
        return self.labels[len(self.answers)]

    @property
    def proposal(self) -> str:
        """What stands in the field at first."""
        return self.proposed[len(self.answers)]

    def answer(self, text: str) -> bool:
        """Takes an answer; True when it was the last one. Raises HuddleError where it cannot be taken."""
        answers = [*self.answers, checked(text, FREE, N_("this text"))]
        if not answers[-1] and (missing := self.needed.get(len(self.answers))):
            raise HuddleError(missing)
        if len(answers) == len(self.labels):
            self.done(answers)
            return True
        self.answers = answers
        return False


def offline(hosting: Hosting) -> Side:
    """A subject for after the huddle."""
    kpi = hosting.round.kpi_at_hand()

    def done(answers: list[str]) -> None:
        if answers[0]:
            hosting.do(lambda r: r.take_offline(answers[0]))

    return Side([_("Take offline:")], [kpi.name if kpi else ""], done)


def stuck(hosting: Hosting, turn: Turn) -> Side:
    """Where the speaker is stuck, noted before the end of the turn."""

    def done(answers: list[str]) -> None:
        hosting.do(lambda r: r.note_stuck(answers[0], hosting.time.monotonic()))

    return Side([_("Stuck on:")], [hosting.proposed_stuck(turn)], done)


def action(hosting: Hosting) -> Side:
    """Who does what by when."""

    def done(answers: list[str]) -> None:
        who, what, when = answers
        by = dates.parse_due(when, hosting.day)
        id = new_id(what, [a.id for a in hosting.round.huddle.actions])
        hosting.do(lambda r: r.agree(Action(id, who, what, by)))

    turn = hosting.round.speaking
    labels = [_("Action: who?"), _("What?"), _("By when? (fri, +3, 30-11; empty is open)")]
    needed = {1: N_("An action needs its what: say what is done.")}
    return Side(labels, [turn.name if turn else "", "", ""], done, needed=needed)
