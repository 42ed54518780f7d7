"""What the round's one field asks now, and what stands in it at first; also what is asked beside the round."""

from collections.abc import Callable, Mapping
from functools import partial

import msgspec

from huddle_tui.activities.hosting import Hosting
from huddle_tui.activities.identity import who_does
from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Action, Asking, Stage, Turn
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.stucks import JOINT
from huddle_tui.domain.team import Team, new_id
from huddle_tui.domain.text import FREE, checked
from huddle_tui.i18n import _
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.shared import phrases
from huddle_tui.words import clock


class Side(msgspec.Struct):
    """A question beside the round: its answers so far, and what to do with them."""

    labels: list[str]
    """One label per answer."""
    proposed: list[str]
    """What stands in the field at each."""
    done: Callable[[list[str]], str]
    """Called with all answers, gives back what was noted; may raise HuddleError about the last one."""
    noted: str = ""
    """What it gave back."""
    answers: list[str] = []
    """Given so far."""
    read: dict[int, Callable[[str], str]] = {}
    """What the answer of that place means; may raise HuddleError where it means nothing."""

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
        said = checked(text, FREE, N_("this text"))
        answers = [*self.answers, self.read.get(len(self.answers), str)(said)]
        if len(answers) == len(self.labels):
            self.noted = self.done(answers)
            return True
        self.answers = answers
        return False


def offline(hosting: Hosting) -> Side:
    """A subject for after the huddle."""
    kpi = hosting.round.kpi_at_hand()

    def done(answers: list[str]) -> str:
        if answers[0]:
            hosting.do(lambda r: r.take_offline(answers[0]))
        return answers[0]

    return Side([_("Take offline:")], [kpi.name if kpi else ""], done)


def stuck(hosting: Hosting, turn: Turn) -> Side:
    """Where the speaker is stuck, noted before the end of the turn."""

    def done(answers: list[str]) -> str:
        hosting.do(lambda r: r.note_stuck(answers[0], hosting.time.monotonic()))
        return answers[0]

    return Side([_("Stuck on:")], [_stuck_on(hosting, turn)], done)


def _stuck_on(hosting: Hosting, turn: Turn) -> str:
    return JOINT.join(stuck.text for stuck in hosting.stucks(turn))


def action(hosting: Hosting) -> Side:
    """Who does what by when."""

    def done(answers: list[str]) -> str:
        who, what, when = answers
        by = dates.parse_due(when, hosting.day)
        id = new_id(what, [a.id for a in hosting.round.huddle.actions])
        agreed = Action(id, who, what, by)
        hosting.do(lambda r: r.agree(agreed))
        return "  ".join(part for part in (f"{who}: {what}", phrases.due(agreed, hosting.day)) if part)

    turn = hosting.round.speaking
    labels = [_("Action: who?"), _("What?"), _("By when? (fri, +3, 30-11; empty is open)")]
    read: dict[int, Callable[[str], str]] = {0: partial(who_does, hosting.round.team), 1: _needed}
    return Side(labels, [turn.name if turn else "", "", ""], done, read=read)


def _needed(what: str) -> str:
    if not what:
        raise HuddleError(N_("An action needs its what: say what is done."))
    return what


class RoundQuestion(msgspec.Struct, frozen=True):
    """One question of the round."""

    about: tuple[object, ...]
    """What tells it from any other: a draft belongs to it."""
    label: str
    """What stands before the field."""
    proposal: str = ""
    """What stands in the field when it is first asked."""
    chosen: bool = False
    """Whether the proposal is selected, so that whoever types replaces it."""
    why: bool = False
    """Whether the reason of a miss is chosen beside it, with the arrows."""
    a_number: bool = False
    """Whether it asks for a KPI's number, whose long name leaves room for the hint."""


def question(hosting: Hosting, *, side: Side | None, roll: bool, watching: bool) -> RoundQuestion:
    """What is asked: beside the round, in the roll call, of who only watches, or by the stage of the huddle."""
    asked = _of_round(hosting)
    if side:
        asked = RoundQuestion(beside(side.label), side.label, side.proposal, chosen=True)
    if watching:
        host = hosting.round.huddle.host
        label = _("Watching: {name} runs this huddle.").format(name=host.name if host else "?")
        if hosting.round.huddle.stage is Stage.ENDED:
            label = _("This huddle is closed.")
        elif hosting.deserted:
            label = keyed(_("Nobody runs this huddle now: {everywhere.back}, then {home.run} goes on with it."))
    elif roll:
        text = keyed(
            _("Enter gives the floor · {opening.here} here or away · {opening.proxy} by proxy · {everywhere.back} back")
        )
        return RoundQuestion(("roll",), text)
    elif hosting.round.paused and not side:
        used = clock(hosting.round.huddle.watch.elapsed(hosting.time.monotonic()))
        label = _("Paused at {used}: Enter goes on").format(used=used)
    else:
        return asked
    return msgspec.structs.replace(asked, label=label, proposal="", a_number=False, why=False)


def not_entered(turn: Turn, team: Team, drafts: Mapping[str, str]) -> str:
    """What was typed in that turn and not entered, a number behind its name; empty where nothing was."""
    fields = [(due.kpi, asking) for due in turn.agenda for asking in Asking] + [(None, Asking.STUCK)]
    typed = ((team.kpi(kpi or ""), drafts.get(str((turn.person, kpi, asking)), "").strip()) for kpi, asking in fields)
    return ", ".join(f"{kpi.name} {text}" if kpi else text for kpi, text in typed if text)


def beside(label: str) -> tuple[object, ...]:
    """What tells that question beside the round from any other."""
    return "side", label


def _of_round(hosting: Hosting) -> RoundQuestion:
    round_, turn = hosting.round, hosting.round.speaking
    if turn is not None:
        return _of_turn(hosting, turn)
    stage = round_.huddle.stage
    labels = {
        Stage.OPENING: keyed(_("Enter starts · {opening.here} here or away, solved or done")),
        Stage.CLOSING: _("Team temperature, 1 to 10; Enter ends the huddle"),
    }
    degrees = round_.huddle.temperature if stage is Stage.CLOSING else None
    return RoundQuestion((stage,), labels.get(stage, ""), "" if degrees is None else str(degrees), chosen=True)


def _of_turn(hosting: Hosting, turn: Turn) -> RoundQuestion:
    if owed := hosting.owed:
        return RoundQuestion((turn.person, owed.huddle, owed.reading.kpi), _("Known by now?"), why=True)
    kpi = hosting.round.kpi_at_hand()
    about = (turn.person, turn.due.kpi if turn.due else None, turn.asking)
    if turn.asking is Asking.STUCK:
        still = any(stuck.rounds > 1 for stuck in hosting.stucks(turn))
        label = _("Still stuck? Enter keeps it:") if still else _("Where are you stuck?")
        return RoundQuestion(about, label, _stuck_on(hosting, turn), chosen=True)
    if kpi is None:
        return RoundQuestion(about, "")
    reading = turn.reading(kpi.id)
    if turn.asking is Asking.NOTE:
        return RoundQuestion(about, _("What is the plan?"), reading.note if reading else "", why=True)
    if turn.asking is Asking.REASON:
        return RoundQuestion(about, "", why=True)
    if turn.asking is Asking.PROMISE and reading is not None:
        agreed = reading.next_promise if reading.next_promise is not None else hosting.round.agreed(turn.person, kpi)
        return RoundQuestion(about, _("Count on me:"), phrases.number(agreed, kpi.decimals), chosen=True)
    return RoundQuestion(about, kpi.name, a_number=True)
