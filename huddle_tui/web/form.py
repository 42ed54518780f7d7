"""The check-in as a form, what was understood of it, and what became of one that was sent too late to be one."""

from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType

from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.domain import dates
from huddle_tui.domain.checkin import FormRow, Question
from huddle_tui.domain.huddle import Asking, Turn
from huddle_tui.domain.reasons import NOT_KNOWN, REASONS, RING, of_digit
from huddle_tui.domain.sentence import HuddleError, Sentence
from huddle_tui.exchange.writing.readings import plain
from huddle_tui.i18n import N_, _, locale
from huddle_tui.web.frame import Visitor, page
from huddle_tui.web.sent import STUCK, Told, complete, due, name_of, standing
from huddle_tui.words import outlook_words, over, promised

LABELS = {
    Asking.REASON: N_("Why?"),
    Asking.NOTE: N_("What is the plan?"),
    Asking.PROMISE: N_("From now on, count on me for:"),
}
"""What is asked beside a number that lags."""


def form_page(checking_in: CheckingIn, told: Told) -> bytes:
    """The page of a check-in."""
    with suppress(HuddleError):  # how likely a total is to be kept goes unsaid where the weeks before cannot be read
        if any(map(checking_in.outlook, checking_in.rows)):
            checking_in.remember()
    name, rows, wanted = checking_in.person.name, checking_in.rows, due(checking_in)
    places = {row.kpi.id: place for place, row in enumerate(rows, start=1)}
    title = _("Check-in of {name}").format(name=name)
    wrong = told.problems or told.trouble

    def id_of(field: Question) -> str:
        return "stuck" if field == STUCK else f"{field.asking.value}-{places.get(field.kpi, 0)}"

    def beside(row: FormRow) -> list[Question]:
        """The plan where it lags, the next promise after red."""
        asked = [Question(row.kpi.id, asking) for asking in LABELS]
        noted = Question(row.kpi.id, Asking.NOTE) if row.entry.note else None
        return [each for each in asked if each in wanted or told.typed.get(each) or each == noted]

    return page(
        "form", title, Visitor(name, checking_in.team.name), "",
        title=_("Not saved yet: {title}").format(title=title) if wrong else "",
        checking_in=checking_in, told=told, rows=rows, names={row.kpi.id: row.kpi.name for row in rows},
        day=dates.show_day(checking_in.day, locale(), "dddd D MMMM"), complete=complete(checking_in),
        notices=[*told.notices, *_known(checking_in)], focus=_focus(checking_in, told), about_stuck=_stuck(checking_in),
        about=lambda row: _about(checking_in, row), beside=beside, id_of=id_of, name_of=name_of, standing=standing,
        Question=Question, Asking=Asking, STUCK=STUCK, LABELS=LABELS, RING=RING, REASONS=REASONS, NOT_KNOWN=NOT_KNOWN,
    )  # fmt: skip


def _known(checking_in: CheckingIn) -> list[Sentence]:
    """What anybody who opens this check-in should know."""
    notices = list(checking_in.notices())
    if checking_in.draft.by_proxy:
        notices.append(Sentence(N_("Some of it was typed by somebody else, and is marked so.")))
    return notices + [checking_in.unread(old) for old in checking_in.not_read_out[-2:]]


def _about(checking_in: CheckingIn, row: FormRow) -> str:
    """What is promised of a number, for when, and whether it will be kept."""
    day = _("for {day}") if row.asked else _("not due yet, for {day}")
    parts = [
        promised(row.stick, row.kpi.unit, locale(), row.kpi.decimals),
        day.format(day=over(row.kpi.period, row.day, checking_in.team.calendar, locale())),
    ]
    if found := checking_in.outlook(row):
        parts.append(outlook_words(found, row.kpi.direction, row.kpi.decimals))
    return " · ".join(parts)


def _stuck(checking_in: CheckingIn) -> str:
    if not checking_in.carried:
        return _("May stay empty. It is read out in your turn.")
    stucks = " · ".join(stuck.text for stuck in checking_in.carried)
    text = _("Still open: {stucks}. That is asked in your turn; what you type here is read out instead.")
    return text.format(stucks=stucks)


def _focus(checking_in: CheckingIn, told: Told) -> Question | None:
    """Where the cursor stands: on the first problem, else on the first plan that is asked for."""
    if told.problems:
        return next(iter(told.problems))
    if told.saved and not checking_in.draft.closed:
        return next((each for each in due(checking_in) if each.asking is Asking.REASON), None)
    return None


# A form that came late


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
