"""What a form sent, laid over the check-in as it stands by now: two tabs, an old form, a double submit lose nothing.

A form carries what stood in each field when it was made. What was not touched is left as it is by now; what was
touched counts, and it says so where somebody else typed something there meanwhile.
"""

from collections.abc import Mapping
from datetime import date

import msgspec

from huddle_tui.activities.checking_in import CheckingIn, TurnBegun
from huddle_tui.domain import numbers
from huddle_tui.domain.checkin import FormRow, Question
from huddle_tui.domain.doubt import Doubted
from huddle_tui.domain.huddle import Asking
from huddle_tui.domain.judging import Status
from huddle_tui.domain.reasons import NOT_KNOWN, of_digit
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.text import clean_line

STUCK = Question("", Asking.STUCK)
"""The last field of every form."""
_ORDER = (Asking.NUMBER, Asking.REASON, Asking.NOTE, Asking.PROMISE)


class Sent(msgspec.Struct, frozen=True):
    """A form as it was sent."""

    day: date | None
    """The huddle that it was made for; None where it does not say."""
    typed: Mapping[Question, str]
    """What stands in each of its fields."""
    stood: Mapping[Question, str]
    """What stood there when it was made."""
    sure: Mapping[Question, str] = msgspec.field(default_factory=dict)
    """What was asked about: the same again is meant."""

    @staticmethod
    def of(fields: Mapping[str, str]) -> "Sent":
        """The fields of a request; what is no field of a check-in is passed over."""
        kinds: dict[str, dict[Question, str]] = {"": {}, "was.": {}, "sure.": {}}
        for name, text in fields.items():
            kind = next((each for each in ("was.", "sure.") if name.startswith(each)), "")
            asking, dot, kpi = name.removeprefix(kind).partition(".")
            if dot and asking in {each.value for each in Asking}:
                kinds[kind][Question(kpi, Asking(asking))] = text
        return Sent(day_of(fields.get("day", "")), *kinds.values())


def day_of(text: str) -> date | None:
    """The day in an address or a form; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def name_of(field: Question) -> str:
    """The name of a field in the form."""
    return f"{field.asking.value}.{field.kpi}"


class Told(msgspec.Struct):
    """What became of a form, and goes above and into the next one besides the check-in itself."""

    saved: bool = False
    """Whether it was just sent and is on disk."""
    trouble: Sentence | None = None
    """Why it could not be put on disk."""
    problems: dict[Question, Sentence] = msgspec.field(default_factory=dict)
    """What was refused or is asked about: it stays in its field."""
    doubts: set[Question] = msgspec.field(default_factory=set)
    """What was understood and is asked about: the same sent again is meant."""
    typed: Mapping[Question, str] = msgspec.field(default_factory=dict)
    """What was sent and is not kept, so that it stays in its field."""
    notices: list[Sentence] = msgspec.field(default_factory=list)
    """What its sender should know."""


def standing(checking_in: CheckingIn, field: Question) -> str:
    """What the check-in has in that field by now, or what is proposed there."""
    if field == STUCK:
        return checking_in.draft.stuck
    row = checking_in.row(field.kpi)
    match field.asking:
        case Asking.NOTE:
            return row.entry.note
        case Asking.REASON:
            return str(row.entry.reason or "")
        case Asking.PROMISE:
            return row.entry.next_typed or numbers.show(row.proposed, checking_in.team.locale, row.kpi.decimals)
        case _:
            return row.entry.typed or ("–" if row.entry.answered else "")


def lay(checking_in: CheckingIn, sent: Sent) -> Told:
    """Puts what was touched into the check-in, field by field; nothing is on disk yet.

    Raises TurnBegun where it is too late for that; then nothing was put.
    """
    outcome = Told()
    mine = [row.kpi.id for row in checking_in.rows]
    for kpi in mine:
        for asking in _ORDER:
            _put(checking_in, Question(kpi, asking), sent, outcome)
    _put(checking_in, STUCK, sent, outcome)
    for field, text in sent.typed.items():
        if field != STUCK and field.kpi not in mine and text.strip() != sent.stood.get(field, "").strip():
            outcome.notices.append(_not_asked(checking_in, field, text))
    if not outcome.problems and all(field in sent.typed for field in due(checking_in)) and complete(checking_in):
        checking_in.close()
    return outcome


def complete(checking_in: CheckingIn) -> bool:
    """Whether every number that will be asked is answered."""
    return all(row.entry.answered for row in checking_in.rows if row.asked)


def due(checking_in: CheckingIn) -> list[Question]:
    """The fields that are asked for by now: a plan only beside what lags, the next promise after red (METHOD 7)."""
    found = []
    for row in checking_in.rows:
        lags = row.entry.answered and row.status is not None and row.status.missed
        found += [Question(row.kpi.id, Asking.NUMBER)] if row.asked else []
        found += [Question(row.kpi.id, Asking.REASON), Question(row.kpi.id, Asking.NOTE)] if lags else []
        found += [Question(row.kpi.id, Asking.PROMISE)] if lags and row.status is Status.RED else []
    return found


def _put(checking_in: CheckingIn, field: Question, sent: Sent, outcome: Told) -> None:
    """One field. A promise that stands as proposed is committed to by sending it."""
    if field not in sent.typed:
        return
    row = checking_in.row(field.kpi) if field.kpi else None
    if field.asking is Asking.PROMISE and not (row and row.entry.answered and row.status is Status.RED):
        return
    typed, stood, now = sent.typed[field].strip(), sent.stood.get(field, "").strip(), standing(checking_in, field)
    untouched = _same(typed, stood)
    if untouched and not (row and _pending(row, field.asking, typed)):
        return
    if not untouched and not _same(now, stood) and not _same(now, typed):
        outcome.notices.append(_overtaken(row.kpi.name if row else "", now, typed))
    try:
        if field.asking is Asking.NUMBER and not typed:
            checking_in.type(field.kpi, "")  # taken away: it is asked in the huddle, and is not "not measured"
        elif field.asking is Asking.REASON:
            checking_in.explain(field.kpi, of_digit(typed) or NOT_KNOWN)
        else:
            checking_in.commit(field.kpi, typed, field.asking, sure=_same(typed, sent.sure.get(field, "")))
    except TurnBegun:
        raise
    except HuddleError as error:
        outcome.problems[field] = error.sentence
        if isinstance(error, Doubted):
            outcome.doubts.add(field)


def _pending(row: FormRow, asking: Asking, typed: str) -> bool:
    """Whether what stands in that field does not count yet, although it was not touched."""
    if asking is Asking.PROMISE:
        return row.entry.next_promise is None
    return asking is Asking.NUMBER and bool(typed) and not row.entry.answered


def unsettled(checking_in: CheckingIn, *, saved: bool) -> Told:
    """What was typed and does not count yet: no number, or one that is asked about."""
    outcome = Told(saved)
    for row in checking_in.rows:
        if (why := row.problem or row.doubt) is not None:
            field = Question(row.kpi.id, Asking.NUMBER)
            outcome.problems[field] = why
            outcome.doubts |= {field} if row.doubt else set()
    return outcome


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same once they are cleaned, as every entry is."""
    return clean_line(one) == clean_line(other)


def _overtaken(kpi: str, theirs: str, mine: str) -> Sentence:
    values: dict[str, object] = {"kpi": kpi, "theirs": theirs or "–", "mine": mine or "–"}
    if not kpi:
        return Sentence(N_("Where you are stuck was “{theirs}” by now, sent from elsewhere; “{mine}” counts."), values)
    return Sentence(N_("{kpi}: {theirs} was sent from elsewhere meanwhile; what counts now is {mine}."), values)


def _not_asked(checking_in: CheckingIn, field: Question, typed: str) -> Sentence:
    """Somebody else's number by now, or one that is gone."""
    known = checking_in.team.kpi(field.kpi)
    values: dict[str, object] = {"kpi": known.name if known else "–", "typed": clean_line(typed) or "–"}
    return Sentence(N_("{kpi} is not yours to report (any more): {typed} was not kept."), values)
