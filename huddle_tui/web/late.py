"""What became of a form that was sent too late to be a check-in."""

from collections.abc import Mapping
from types import MappingProxyType

from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.domain.checkin import Question
from huddle_tui.domain.huddle import Asking, Turn
from huddle_tui.domain.reasons import REASONS, of_digit
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.exchange.writing.readings import plain
from huddle_tui.i18n import _, locale
from huddle_tui.web.form import LABELS
from huddle_tui.web.frame import Visitor, page
from huddle_tui.web.sent import STUCK


def sent_page(
    checking_in: CheckingIn, typed: Mapping[Question, str], why: Sentence, turn: Turn | None = None,
    problems: Mapping[Question, Sentence] = MappingProxyType({}),
) -> bytes:  # fmt: skip
    """A form that came late: why, and everything that was typed in it. In a `turn` what is not said yet is kept."""
    sent = [
        (_asked(checking_in, field), shown, problems.get(field) or _said_already(checking_in, field, turn))
        for field, text in typed.items()
        if (shown := _shown(field, text))
    ]
    title = _("Your turn has begun") if turn else _("Too late to check in")
    visitor = Visitor(checking_in.person.name, checking_in.team.name)
    return page("late", title, visitor, "", why=why, turn=turn, sent=sent)


def _asked(checking_in: CheckingIn, field: Question) -> str:
    """The label of a field; a number that is not theirs (any more) has no name."""
    if field == STUCK:
        return _("Where are you stuck?")
    name = next((row.kpi.name for row in checking_in.rows if row.kpi.id == field.kpi), "–")
    return f"{name} · {_(LABELS[field.asking])}" if field.asking in LABELS else name


def _shown(field: Question, text: str) -> str:
    """What was typed; a reason in its words."""
    if field.asking is Asking.REASON:
        return _(REASONS[reason].words) if (reason := of_digit(text)) else ""
    return text.strip()


def _said_already(checking_in: CheckingIn, field: Question, turn: Turn | None) -> Sentence | None:
    """That another number was said aloud before this one came."""
    reading = turn.reading(field.kpi) if turn and field.asking is Asking.NUMBER else None
    if reading is None or checking_in.draft.entry(field.kpi).actual == reading.actual:
        return None
    said = plain(reading, reading.actual, locale())
    return Sentence(N_("{said} was said in your turn already, and stands: put it right there."), {"said": said})
