"""The check-in in words and rows: what each number shows, what stands in a field, what a person should know."""

from decimal import Decimal

from textual.content import Content

from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.domain import dates, numbers
from huddle_tui.domain.checkin import FormRow, Question
from huddle_tui.domain.huddle import Asking, CheckIn
from huddle_tui.domain.judging import Status
from huddle_tui.domain.reasons import NOT_KNOWN, REASONS
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.i18n import _, locale, ngettext, say
from huddle_tui.ui.kit.strip import titled
from huddle_tui.ui.shared import board, phrases
from huddle_tui.words import outlook_words, over

_UNREAD = 2
"""So many earlier check-ins that were not read out are spelled out."""


def row_of(rows: tuple[FormRow, ...], kpi: str) -> FormRow | None:
    """The row of that KPI; None for the stuck, or where the number is not asked for any more."""
    return next((row for row in rows if row.kpi.id == kpi), None)


def standing(checking_in: CheckingIn, rows: tuple[FormRow, ...], field: Question) -> str:
    """What the draft has in that field, or what is proposed there."""
    if field.asking is Asking.STUCK:
        return checking_in.proposed_stuck
    entry, row = checking_in.draft.entry(field.kpi), row_of(rows, field.kpi)
    if field.asking is Asking.NOTE:
        return entry.note
    if field.asking is Asking.NUMBER:
        return entry.typed
    return entry.next_typed or (phrases.number(row.proposed, row.kpi.decimals) if row else "")


def board_row(checking_in: CheckingIn, row: FormRow, *, hand: bool) -> board.BoardRow:
    """A number with its value and the status it will get: it is the owner's own screen."""
    kpi, entry = row.kpi, row.entry
    by_proxy = bool(entry.typed or entry.answered) and checking_in.draft.typed_by_proxy(kpi.id)
    past = checking_in.trends.get(kpi.id, ()) if entry.answered else ()
    value = "–" if entry.answered and row.understood is None else ""
    if row.understood is not None:
        value = phrases.number(row.understood, kpi.decimals)
    return board.BoardRow(
        name=kpi.name,
        promise=_promised(row),
        extra=_about(checking_in, row, hand=hand),
        brief=_ahead(checking_in, row, brief=True),
        state=board.RowState.SAID if entry.answered else board.RowState.AHEAD,
        at_hand=hand,
        most_important=kpi.most_important,
        value=value,
        unit=kpi.unit,
        status=row.status,
        delta=phrases.gap(row.understood, row.stick, kpi.decimals),
        marks=_("by proxy") if by_proxy else "",
        trend=(*(r.actual for r in past), row.understood) if past else (),
    )


def _promised(row: FormRow) -> str:
    promised = phrases.promised(row.stick, row.kpi.decimals, row.kpi.unit)
    following = row.entry.next_promise
    if following is None or following == row.kpi.promise:
        return promised
    return f"{promised} → {phrases.number(following, row.kpi.decimals)}"


def _about(checking_in: CheckingIn, row: FormRow, *, hand: bool) -> str:
    """What to know of a number beside its promise: why it is no number, what a total still needs, plan or day."""
    if row.problem is not None and not hand:
        return _("{typed}: no number yet").format(typed=row.entry.typed)
    if ahead := _ahead(checking_in, row):
        return ahead
    if Asking.NOTE in row.asks and row.entry.note and not hand:
        return row.entry.note
    day = over(row.kpi.period, row.day, checking_in.team.calendar, locale())
    return (_("for {day}") if row.asked else _("not due yet, for {day}")).format(day=day)


def _ahead(checking_in: CheckingIn, row: FormRow, *, brief: bool = False) -> str:
    """Whether a running total that was given will be kept; empty of anything else."""
    found = checking_in.outlook(row)
    return outlook_words(found, row.kpi.direction, row.kpi.decimals, brief=brief) if found else ""


def label(rows: tuple[FormRow, ...], field: Question) -> str:
    """What the field asks."""
    if field.asking is Asking.STUCK:
        return _("Where are you stuck?")
    if field.asking is Asking.NOTE:
        return _("What is the plan?")
    row = row_of(rows, field.kpi)
    return _("Count on me:") if field.asking is Asking.PROMISE else row.kpi.name if row else ""


def echo(rows: tuple[FormRow, ...], field: Question, typed: str) -> str:
    """What is understood of what is typed, or what Enter alone does."""
    row = row_of(rows, field.kpi)
    if row is None or field.asking is Asking.STUCK:
        return _("Enter closes the check-in")
    if field.asking is Asking.NOTE:
        why = _("why: ◂ {reason} ▸").format(reason=_(REASONS[row.entry.reason or NOT_KNOWN].words))
        if row.status is not Status.RED or (typed.strip() and not numbers.is_bare(typed)):
            return why
        if not typed.strip():
            return f"{why} · {_('a number: the next promise')}"
        understood = _understood(typed, row)
        return _("→ count on me: {promise}").format(promise=understood) if understood else ""
    if field.asking is Asking.NUMBER and not typed.strip():
        return _("Enter alone: not measured") if row.asked else _("Enter alone: not now")
    understood = _understood(typed, row)
    return f"→ {understood}" if understood else ""


def _understood(typed: str, row: FormRow) -> str:
    try:
        value: Decimal | None = numbers.parse(typed, locale(), row.kpi.unit)
    except HuddleError:
        return ""
    return _("not measured") if value is None else phrases.number(value, row.kpi.decimals)


def progress(rows: tuple[FormRow, ...]) -> tuple[int, int]:
    """How many of the numbers that are due were answered, and how many are due."""
    asked = [row for row in rows if row.asked]
    return sum(row.entry.answered for row in asked), len(asked)


def bar(checking_in: CheckingIn) -> tuple[Content, Content]:
    """For which huddle, and who is typing: marked where that is not the owner."""
    day = dates.show_day(checking_in.day, locale(), "dddd D MMMM")
    what = _("huddle of {day}").format(day=day)
    left = titled(checking_in.team.name, what)
    typist = checking_in.team.person(checking_in.by)
    name = typist.name if typist else checking_in.by
    if checking_in.by_proxy:
        return left, Content.styled(_("by proxy: typed by {name}").format(name=name), "bold $warning")
    return left, Content.assemble(_("you are {name}").format(name=name))


def strip(checking_in: CheckingIn, rows: tuple[FormRow, ...]) -> tuple[Content, Content]:
    """How far the form is, and whether it is on disk."""
    draft = checking_in.draft
    answered, due = progress(rows)
    left = _("{answered} of {all} answered").format(answered=answered, all=due)
    if draft.stuck:
        left = _("Stuck: {stuck}").format(stuck=draft.stuck)
    if checking_in.trouble is not None:
        right = Content.styled(_("NOT SAVED, trying again"), "bold $error")
    elif not checking_in.saved:
        right = Content.styled(_("saving …"), "$quiet")
    elif draft == CheckIn(draft.person, draft.huddle_day):
        right = Content(_("saved as you type"))
    else:
        done = _("✔ checked in, saved") if draft.closed else _("✔ saved")
        right = Content.styled(done, "$success")
    return Content(left), right


def told(checking_in: CheckingIn) -> list[str]:
    """What the person should know: what changed meanwhile, and what was never read out."""
    said = [say(notice) for notice in (*checking_in.elsewhere, *checking_in.notices())]
    unread = checking_in.not_read_out
    said += [say(checking_in.unread(old)) for old in unread[-_UNREAD:]]
    if (more := len(unread) - _UNREAD) > 0:
        text = ngettext(
            "And {n} check-in before that was not read out.", "And {n} check-ins before that were not read out.", more
        )
        said.append(text.format(n=more))
    return said
