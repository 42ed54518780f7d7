"""The check-in as a form, and what was understood of it."""

from __future__ import annotations

from contextlib import suppress

from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.domain import dates
from huddle_tui.domain.checkin import FormRow, Question
from huddle_tui.domain.huddle import Asking
from huddle_tui.domain.judging import Status
from huddle_tui.domain.reasons import NOT_KNOWN, REASONS, RING
from huddle_tui.domain.sentence import HuddleError, Sentence
from huddle_tui.i18n import N_, _, locale, ngettext, say
from huddle_tui.web.frame import Visitor, page
from huddle_tui.web.markup import NOTHING, Html, fill, join, when
from huddle_tui.web.sent import STUCK, Told, complete, due, name_of, standing
from huddle_tui.words import amount, outlook_words, over, promised, status_word

CLASSES = {
    Status.SUPER_GREEN: "super",
    Status.GREEN: "green",
    Status.YELLOW: "yellow",
    Status.RED: "red",
    Status.TOO_EARLY: "none",
    Status.NOT_MEASURED: "none",
}
"""The class of each status in the style sheet."""
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
    name, day = checking_in.person.name, day_of(checking_in)
    title = _("Check-in of {name}").format(name=name)
    wrong = bool(told.problems) or told.trouble is not None
    body = join([
        fill('<h1>{title}</h1>\n<p class="lead">{day}</p>', title=title,
             day=_("For the huddle of {day}.").format(day=day)),
        _summary(checking_in, told),
        *(fill('<p class="notice">{text}</p>', text=say(notice)) for notice in (*told.notices, *_known(checking_in))),
        when(not wrong and checking_in.draft.answered, _understood(checking_in, told)),
        _form(checking_in, told),
    ])  # fmt: skip
    if wrong:
        title = _("Not saved yet: {title}").format(title=title)
    return page(title, body, Visitor(name, checking_in.team.name), "")


def day_of(checking_in: CheckingIn) -> str:
    """The day of the huddle, in words."""
    return dates.show_day(checking_in.day, locale(), "dddd D MMMM")


def _known(checking_in: CheckingIn) -> list[Sentence]:
    """What anybody who opens this check-in should know."""
    notices = list(checking_in.notices())
    if checking_in.draft.by_proxy:
        notices.append(Sentence(N_("Some of it was typed by somebody else, and is marked so.")))
    return notices + [checking_in.unread(old) for old in checking_in.not_read_out[-2:]]


def _summary(checking_in: CheckingIn, told: Told) -> Html:
    """At the top: what went wrong, with the way to each field."""
    if told.trouble is not None:
        told_so = '<div class="wrong" role="alert"><h2>{title}</h2><p>{why}</p><p>{kept}</p></div>'
        kept = _("What you typed still stands below: send it again in a moment.")
        return fill(told_so, title=_("Not saved"), why=say(told.trouble), kept=kept)
    if not told.problems:
        return NOTHING
    names = {row.kpi.id: row.kpi.name for row in checking_in.rows}
    line, stuck = '<li><a href="#{id}">{name}</a>: {why}</li>', _("Where are you stuck?")
    lines = join(
        fill(line, id=_id(checking_in, field), name=names.get(field.kpi) or stuck, why=say(why))
        for field, why in told.problems.items()
    )
    count = len(told.problems)
    head = ngettext("One answer needs another look", "{n} answers need another look", count).format(n=count)
    kept = _("The rest is saved. What you typed still stands in its field.")
    summary = '<div class="wrong" role="alert"><h2>{head}</h2><p>{kept}</p><ul>{lines}</ul></div>'
    return fill(summary, head=head, kept=kept, lines=lines)


def _understood(checking_in: CheckingIn, told: Told) -> Html:
    """What was understood, and that it stays hidden until it is said."""
    rows = join(_row(row, checking_in) for row in checking_in.rows if row.asked or row.entry.answered)
    if not complete(checking_in):
        next_step = _("What is still empty is asked in the huddle.")
    elif not checking_in.draft.closed:
        next_step = _("Something lags: what is the plan? Fill it in below, or tell it in the huddle.")
    else:
        next_step = _("That is all. You can change it until your turn begins.")
    return fill(
        '<section class="done"{focus}><h2>{title}</h2>\n<dl>{rows}</dl>\n'
        '<p><span class="veil" aria-hidden="true">▒▒</span> {hidden}</p>\n<p>{next_step}</p></section>',
        title="✔ " + (_("Saved. This was understood:") if told.saved else _("You checked in:")), rows=rows,
        focus=Html(' role="status"') if told.saved else NOTHING, next_step=next_step,
        hidden=_("Nobody sees it until you say it aloud."),
    )  # fmt: skip


def _row(row: FormRow, checking_in: CheckingIn) -> Html:
    line = '<div class="{status}"><dt>{star}{name}</dt><dd>{value}</dd></div>'
    status = CLASSES[row.status] if row.status and row.entry.answered else "none"
    value = _value(row, checking_in)
    return fill(line, status=status, star=star(row.kpi.most_important), name=row.kpi.name, value=value)


def _value(row: FormRow, checking_in: CheckingIn) -> Html:
    if not row.entry.answered or row.status is None:
        return fill('<span class="quiet">{text}</span>', text=_("not filled in"))
    if row.understood is None:
        return flag(row.status)
    value = amount(row.understood, row.kpi.unit, checking_in.team.locale, row.kpi.decimals)
    return fill("<b>{value}</b> {flag}", value=value, flag=flag(row.status))


def flag(status: Status) -> Html:
    """A status: glyph and word, never colour alone."""
    shown = '<span class="flag {css}"><span aria-hidden="true">{glyph}</span> {word}</span>'
    return fill(shown, css=CLASSES[status], glyph=status.glyph, word=status_word(status))


def star(most_important: bool) -> Html:
    """The ★, with its meaning for who cannot see it."""
    text = fill(
        '<span class="star" aria-hidden="true">★</span><span class="unseen">{text}</span> ', text=_("most important:")
    )
    return when(most_important, text)


# The form itself


def _form(checking_in: CheckingIn, told: Told) -> Html:
    asked = join(_number(checking_in, row, told) for row in checking_in.rows)
    if not checking_in.rows:
        asked = fill("<p>{text}</p>", text=_("There is no number to report: the team has given you none yet."))
    return fill(
        """<form method="post" action="" autocomplete="off" accept-charset="utf-8">
<input type="hidden" name="day" value="{day}">
{asked}
{stuck}
<p class="hint">{hint}</p>
<button type="submit">{send}</button>
</form>""",
        day=checking_in.day.isoformat(), asked=asked, stuck=_stuck(checking_in, told),
        hint=_("Empty: it is asked in the huddle. A dash (–) says: not measured."), send=_("Check in"),
    )  # fmt: skip


def _number(checking_in: CheckingIn, row: FormRow, told: Told) -> Html:
    """One number with what belongs to it: the plan where it lags, the next promise after red."""
    field, wanted = Question(row.kpi.id, Asking.NUMBER), due(checking_in)
    when_due = _("for {day}") if row.asked else _("not due yet, for {day}")
    day = when_due.format(day=over(row.kpi.period, row.day, checking_in.team.calendar, locale()))
    about = f"{promised(row.stick, row.kpi.unit, locale(), row.kpi.decimals)} · {day}"
    if found := checking_in.outlook(row):
        about = f"{about} · {outlook_words(found, row.kpi.direction, row.kpi.decimals)}"
    extra = [
        _field(checking_in, each, told, label=fill("{text}", text=_(label)), about="")
        for each, label in ((Question(row.kpi.id, asking), label) for asking, label in LABELS.items())
        if each in wanted or told.typed.get(each) or (each.asking is Asking.NOTE and row.entry.note)
    ]
    css = CLASSES[row.status or Status.NOT_MEASURED]
    what = fill("<p>{flag}</p>", flag=flag(row.status)) if row.status else NOTHING
    lagging = fill('<div class="lags {css}">{what}{extra}</div>', css=css, what=what, extra=join(extra))
    label = fill("{star}{name}", star=star(row.kpi.most_important), name=row.kpi.name)
    asked = _field(checking_in, field, told, label=label, about=about)
    return fill('<div class="number">\n{field}\n{lagging}\n</div>', field=asked, lagging=when(extra, lagging))


def _stuck(checking_in: CheckingIn, told: Told) -> Html:
    about = _("May stay empty. It is read out in your turn.")
    if checking_in.carried:
        stucks = " · ".join(stuck.text for stuck in checking_in.carried)
        text = _("Still open: {stucks}. That is asked in your turn; what you type here is read out instead.")
        about = text.format(stucks=stucks)
    field = _field(checking_in, STUCK, told, label=fill("{text}", text=_("Where are you stuck?")), about=about)
    return fill('<div class="number">{field}</div>', field=field)


def _field(checking_in: CheckingIn, field: Question, told: Told, *, label: Html, about: str) -> Html:
    """A label, what belongs to it, the input, and what is wrong with what stands in it."""
    id, problem, doubted = _id(checking_in, field), told.problems.get(field), field in told.doubts
    stands = standing(checking_in, field)
    described = [f"{id}-about"] * bool(about) + [f"{id}-wrong"] * bool(problem)
    number = field.asking in {Asking.NUMBER, Asking.PROMISE}
    attributes = join([
        fill('id="{id}" name="{name}" autocomplete="off"', id=id, name=name_of(field)),
        when(described, fill('aria-describedby="{ids}"', ids=" ".join(described))),
        when(problem and not doubted, Html('aria-invalid="true"')),
        when(field == _focus(checking_in, told), Html("autofocus")),
        when(number, Html('type="text" inputmode="decimal" autocapitalize="off" spellcheck="false"')),
    ], " ")  # fmt: skip
    value = told.typed.get(field, stands)
    box = fill('<input {attributes} value="{value}">', attributes=attributes, value=value)
    if field.asking is Asking.REASON:
        box = fill("<select {attributes}>{options}</select>", attributes=attributes, options=_reasons(value))
    elif not number:
        lines = '<textarea {attributes} rows="2">{first}{value}</textarea>'
        box = fill(lines, attributes=attributes, value=value, first=Html("\n"))
    return join([
        fill('<label for="{id}">{label}</label>', id=id, label=label),
        when(about, fill('<p class="about" id="{id}-about">{about}</p>', id=id, about=about)),
        box,
        fill('<input type="hidden" name="was.{name}" value="{stands}">', name=name_of(field), stands=stands),
        when(doubted, fill('<input type="hidden" name="sure.{name}" value="{value}">', name=name_of(field),
                           value=value)),
        when(problem, fill('<p class="{css}" id="{id}-wrong"><span aria-hidden="true">{sign}</span> {why}</p>', id=id,
                           css="doubt" if doubted else "problem", sign="?" if doubted else "⚑",
                           why=say(problem) if problem else "")),
    ])  # fmt: skip


def _reasons(chosen: str) -> Html:
    """The nine reasons, from the one that stands there while none was given."""
    return join(_reason(n, chosen == str(n)) for n in RING)


def _reason(n: int, chosen: bool) -> Html:
    option, value = '<option value="{n}"{chosen}>{words}</option>', n if chosen or n != NOT_KNOWN else ""
    return fill(option, n=value, words=_(REASONS[n].words), chosen=Html(" selected" if chosen else ""))


def _focus(checking_in: CheckingIn, told: Told) -> Question | None:
    """Where the cursor stands: on the first problem, else on the first plan that is asked for."""
    if told.problems:
        return next(iter(told.problems))
    if told.saved and not checking_in.draft.closed:
        return next((each for each in due(checking_in) if each.asking is Asking.REASON), None)
    return None


def _id(checking_in: CheckingIn, field: Question) -> str:
    """The id of a field in the page."""
    if field == STUCK:
        return "stuck"
    places = {row.kpi.id: n for n, row in enumerate(checking_in.rows, start=1)}
    return f"{field.asking.value}-{places.get(field.kpi, 0)}"
