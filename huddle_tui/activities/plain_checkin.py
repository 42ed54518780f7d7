"""The check-in in a plain shell: one question a line, for screen readers, slow lines and small screens.

It says what was understood and the status it gets, and saves the same check-in as the screen does.
"""

from collections.abc import Callable

from huddle_tui import words
from huddle_tui.activities.checking_in import CheckingIn, TurnBegun
from huddle_tui.activities.identity import Identity, named
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain import dates
from huddle_tui.domain.checkin import FormRow, Question
from huddle_tui.domain.huddle import Asking
from huddle_tui.domain.judging import Status
from huddle_tui.domain.reasons import NOT_KNOWN, REASONS, of_digit
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Person, Team
from huddle_tui.i18n import _, locale, ngettext, say
from huddle_tui.store.port import Book
from huddle_tui.words import amount, outlook_words, over, status_word

Ask = Callable[[str], str]
Tell = Callable[[str], None]


def start(
    book: Book,
    team: Team,
    time: Timepiece,
    name: str | None,
    ask: Ask,
    tell: Tell,
    identity: Identity | None = None,
    for_name: str | None = None,
) -> int:
    """A whole check-in of `name`, of who is remembered, or of who is asked for; gives back the exit status.

    Who names themselves is remembered. With `for_name` the numbers are that person's, by proxy. Raises HuddleError
    where nobody in the team is called so.
    """
    identity = identity or Identity.of(book)
    checking_in = None
    try:
        whose = named(team, for_name) if for_name is not None else None
        me = _who(team, name, identity, ask, tell)
        checking_in = CheckingIn(book, time, (whose or me).id, me.id)
        return 0 if run(checking_in, ask, tell) else 1
    except (EOFError, KeyboardInterrupt) as stopped:
        if checking_in is None or checking_in.saved:
            tell(_("Stopped. What was answered is kept; check in again to go on."))
        else:
            tell(_("Stopped, and the last answer is not saved: check in again to give it."))
        if isinstance(stopped, KeyboardInterrupt):
            raise
        return 1


def _who(team: Team, name: str | None, identity: Identity, ask: Ask, tell: Tell) -> Person:
    known = identity.remembered(team)
    if name is None and known is not None:
        return known
    # Where the team has nobody, that is said at once instead of asking who of them it is.
    me = named(team, name or "") if name is not None or not team.members else None
    while me is None:
        try:
            me = named(team, ask(_("Who are you? ({names}) ").format(names=", ".join(p.name for p in team.members))))
        except HuddleError as error:
            tell(say(error.sentence))
    if me != known:
        try:
            identity.remember(me)
        except HuddleError as error:
            tell(say(error.sentence))
    return me


def run(checking_in: CheckingIn, ask: Ask, tell: Tell) -> bool:
    """The dialogue; True where the check-in was closed and is on disk.

    EOFError of `ask` goes through: what was answered is on disk by then.
    """
    _open(checking_in, tell)
    at = 0
    try:
        while at < len(checking_in.fields):
            field = checking_in.fields[at]
            at = _answer(checking_in, field, ask, tell)
        checking_in.close()
    except TurnBegun as begun:
        tell(say(begun.sentence))
        return False
    _save(checking_in, tell)
    while not checking_in.saved:
        ask(_("Not saved yet. Press Enter to try again: "))
        _save(checking_in, tell)
    for notice in checking_in.notices():
        tell(say(notice))
    count = sum(row.entry.answered for row in checking_in.rows)
    text = ngettext(
        "Saved: {n} number, to be said aloud on {day}.", "Saved: {n} numbers, to be said aloud on {day}.", count
    )
    tell(text.format(n=count, day=dates.show_day(checking_in.day, locale(), "dddd D MMMM")))
    return True


def _open(checking_in: CheckingIn, tell: Tell) -> None:
    day = dates.show_day(checking_in.day, locale())
    tell(_("Check-in of {name} for the huddle of {day}.").format(name=checking_in.person.name, day=day))
    if checking_in.by_proxy:
        typist = checking_in.team.person(checking_in.by)
        tell(_("Typed by {by}: marked by proxy, for ever.").format(by=typist.name if typist else checking_in.by))
    for old in checking_in.not_read_out:
        tell(say(checking_in.unread(old)))
    for notice in checking_in.notices():
        tell(say(notice))
    tell(_("Enter goes on; type {undo} to take back the last answer.").format(undo=_("undo")))


def _answer(checking_in: CheckingIn, field: Question, ask: Ask, tell: Tell, explained: bool = False) -> int:
    """Asks one field, saves; gives back the place to go on at. Of what was missed the plan follows its reason."""
    here = checking_in.fields.index(field)
    row = checking_in.row(field.kpi) if field.kpi else None
    missed = row is not None and row.status is not None and row.status.missed
    why = missed and field.asking is Asking.NOTE and not explained
    asking = Asking.REASON if why else field.asking
    typed = ask(_question(checking_in, row, asking)).strip()
    if typed.casefold() in {"undo", _("undo").casefold()}:
        return _undo(checking_in, here, tell)
    try:
        if row is None:
            checking_in.commit("", "" if typed == "-" else typed or checking_in.proposed_stuck, Asking.STUCK)
        elif asking is Asking.REASON and (reason := of_digit(typed)):
            tell(f"  {_(REASONS[reason].words)}")
            row = checking_in.explain(row.kpi.id, reason)
            if row.status is not Status.RED:
                _save(checking_in, tell)
                return _answer(checking_in, field, ask, tell, explained=True)
        elif field.asking is Asking.NOTE:
            typed = typed or row.entry.note
            field = checking_in.meant(field, typed)
            said = checking_in.answer(row.kpi.id, typed, Asking.NOTE)
            if field.asking is Asking.NUMBER:
                _said(said, tell)
        elif field.asking is Asking.PROMISE:
            checking_in.answer(row.kpi.id, typed or row.entry.next_typed, Asking.PROMISE)
        else:
            _number(checking_in, row, typed, tell)
            _ahead(checking_in, field, tell)
    except TurnBegun:
        raise
    except HuddleError as error:
        tell(say(error.sentence))
        _save(checking_in, tell)
        return here
    day = checking_in.day
    _save(checking_in, tell)
    if checking_in.day != day:  # midnight: on with the next huddle's
        _open(checking_in, tell)
        return 0
    return checking_in.fields.index(field) + 1 if field in checking_in.fields else here


def _number(checking_in: CheckingIn, row: FormRow, typed: str, tell: Tell) -> None:
    """Enter commits what stands there: what was typed now, else before; nothing is not measured, or not given early."""
    if not typed and row.entry.answered:
        return
    standing = typed or ("" if row.problem else row.entry.typed)
    if standing or row.asked:
        _said(checking_in.answer(row.kpi.id, standing), tell)
    else:
        checking_in.type(row.kpi.id, "")


def _ahead(checking_in: CheckingIn, field: Question, tell: Tell) -> None:
    """Whether a running total will be kept, before its owner promises anew (METHOD 13)."""
    row = checking_in.row(field.kpi)
    if checking_in.outlook(row) is not None:
        checking_in.remember()
    if found := checking_in.outlook(row):
        tell(f"  {outlook_words(found, row.kpi.direction, row.kpi.decimals)}")


def _undo(checking_in: CheckingIn, here: int, tell: Tell) -> int:
    before = checking_in.draft
    try:
        checking_in.undo()
    except HuddleError as error:
        tell(say(error.sentence))
        return here
    _save(checking_in, tell)
    tell(_("Taken back."))
    after = checking_in.draft
    changed = {e.kpi for e in (*before.entries, *after.entries) if before.entry(e.kpi) != after.entry(e.kpi)}
    return next((n for n, field in enumerate(checking_in.fields) if field.kpi in changed), here)


def _question(checking_in: CheckingIn, row: FormRow | None, asking: Asking) -> str:
    if row is None:
        now = checking_in.proposed_stuck
        if now and not checking_in.draft.stuck:
            return _("Still stuck? ({stuck}; Enter keeps it, - is nowhere) ").format(stuck=now)
        return _("Where are you stuck? ({stuck}) ").format(stuck=now) if now else _("Where are you stuck? ")
    if asking is Asking.REASON:
        listed = " · ".join(f"{number} {_(reason.words)}" for number, reason in REASONS.items())
        now = _(REASONS[row.entry.reason or NOT_KNOWN].words)
        text = _("Why, 1 to 9, or the plan at once? {reasons} ({reason}) ")
        if row.status is Status.RED:
            text = _("Why, 1 to 9, or the plan at once? Another number is the next promise. {reasons} ({reason}) ")
        return text.format(reasons=listed, reason=now)
    if asking is Asking.NOTE:
        now = row.entry.note
        return _("What is the plan? ({note}) ").format(note=now) if now else _("What is the plan? ")
    if asking is Asking.PROMISE:
        proposed = row.entry.next_typed or amount(row.proposed, row.kpi.unit, checking_in.team.locale, row.kpi.decimals)
        return _("Count on me, from now on ({proposed}): ").format(proposed=proposed)
    name = f"★ {row.kpi.name}" if row.kpi.most_important else row.kpi.name
    day = over(row.kpi.period, row.day, checking_in.team.calendar, locale())
    promised = words.promised(row.stick, row.kpi.unit, checking_in.team.locale, row.kpi.decimals)
    text = _("{kpi}, for {day}, {promised}") if row.asked else _("{kpi}, not due yet, for {day}, {promised}")
    question = text.format(kpi=name, day=day, promised=promised)
    if row.entry.answered or (row.entry.typed and not row.problem):
        return _("{question} ({typed}): ").format(question=question, typed=row.entry.typed or "–")
    return f"{question}: "


def _said(row: FormRow | None, tell: Tell) -> None:
    if row is None or row.status is None:
        return
    if row.understood is None:
        tell(f"  {row.status.glyph} {status_word(row.status)}")
        return
    shown = amount(row.understood, row.kpi.unit, locale(), row.kpi.decimals)
    tell(f"  {row.status.glyph} {shown}: {status_word(row.status)}")


def _save(checking_in: CheckingIn, tell: Tell) -> None:
    """Saves and looks what others did; a save that fails is told, and tried again with the next answer."""
    try:
        if not checking_in.saved:
            checking_in.save()
        checking_in.look()
        for overtaken in checking_in.elsewhere:
            tell(say(overtaken))
    except HuddleError as error:
        tell(say(error.sentence))
