"""Checking in: a person's own numbers before the huddle, saved as they are typed (METHOD 8).

The draft is changed in memory at once and put on disk by `save`, off the event loop. Nothing typed is ever lost: text
that is no number is kept as it was typed, and what no huddle read out stays in the book and is listed.
"""

import threading
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.activities.recalling import recall, totals_before
from huddle_tui.activities.settling import settle_last
from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain import checkin, dates, doubt, numbers, text
from huddle_tui.domain.checkin import FormRow, Question
from huddle_tui.domain.doubt import Doubted, Doubts
from huddle_tui.domain.history import Said
from huddle_tui.domain.huddle import Asking, CheckIn, Entry, Turn, TurnState
from huddle_tui.domain.open_ends import open_ends
from huddle_tui.domain.outlook import Outlook
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.stucks import JOINT
from huddle_tui.domain.team import Person, Team
from huddle_tui.store.port import Book


class TurnBegun(HuddleError):
    """The turn this check-in was for has begun: from now on numbers are said and corrected there."""


class CheckingIn:
    """One person's check-in for one huddle in the hands of this program, with the way back."""

    def __init__(
        self, book: Book, time: Timepiece, person: str, by: str | None = None, day: date | None = None,
        *, late: bool = False,
    ) -> None:  # fmt: skip
        """For `person`, typed by `by` (the person themselves unless given), for the huddle on `day` (the next one).

        What was typed before the turn began may arrive `late`: it goes over what the turn took over, which uncovers
        what was not said yet. Raises HuddleError where that person is not in the team or the book cannot be read.
        """
        self.book = book
        self.time = time
        settle_last(book, time.today())
        self.team = book.team()
        self.person = _member(self.team, person)
        self.by = by or person
        self._doubts = Doubts()
        self.trouble: Sentence | None = None
        """Why the last save failed; None when it did not."""
        self._guard = threading.RLock()
        self._left_over: date | None = None
        self._said: Mapping[str, Sequence[Said]] = {}
        self._follows = day is None
        self._late = late
        self._open(day or self._coming())

    def _coming(self) -> date:
        today = self.time.today()
        return checkin.huddle_for(self.team, today, self.book.huddle(today), self.person.id)

    def _open(self, day: date) -> None:
        """The check-in for the huddle on `day`, as far as it is."""
        self.day = day
        memory = recall(self.book, self.team, day)
        self.reported, self.trends = memory.reported, memory.trends
        turn = _turn(self.book, day, self.person.id)
        self.begun = not self._late and checkin.has_begun(turn)
        """Whether the turn has begun, so that nothing can be changed here any more."""
        drafts = self.book.check_ins(self.person.id)
        self.not_read_out: tuple[CheckIn, ...] = tuple(c for c in drafts if c.huddle_day < day)
        """Earlier check-ins that no huddle took over, oldest first."""
        earlier = [summary for summary in self.book.summaries() if summary.day < day]
        self.carried = open_ends(earlier, day).of(self.person.id)
        """What this person was already stuck on, each with its age at that huddle."""
        taken = turn.hidden if turn and self._late and turn.state is not TurnState.DONE else None
        self._stored = next((c for c in drafts if c.huddle_day == day), taken or CheckIn(self.person.id, day))
        self.draft = self._settled = self._stored
        self._steps: list[CheckIn] = []
        self._elsewhere: dict[Question, tuple[str, str]] = {}
        self._opened_with = self.team

    # What the form shows

    @property
    def rows(self) -> tuple[FormRow, ...]:
        """The numbers, ★ first, with what was understood and the status each will get."""
        said = {kpi: [one.actual for one in trend if one.actual is not None] for kpi, trend in self.trends.items()}
        return checkin.form(self.team, self.draft, self.reported, {kpi: last[-1] for kpi, last in said.items() if last})

    @property
    def fields(self) -> tuple[Question, ...]:
        """The way that Enter goes through the form."""
        return checkin.fields(self.rows)

    def row(self, kpi: str) -> FormRow:
        """The row of that KPI; raises HuddleError where the form has none."""
        found = next((row for row in self.rows if row.kpi.id == kpi), None)
        if found is None:
            raise HuddleError(N_("That number is not asked for any more."))
        return found

    @property
    def proposed_stuck(self) -> str:
        """What stands in the field of the stuck: what was typed, else what this person was already stuck on."""
        if self.draft.stuck or self.draft.closed:
            return self.draft.stuck
        return JOINT.join(stuck.text for stuck in self.carried)

    @property
    def over(self) -> bool:
        """Whether the day of that huddle has passed, and no day was named: `look` then goes on with the next one's."""
        return self._follows and self.time.today() > self.day

    @property
    def by_proxy(self) -> bool:
        """Whether somebody else than the owner is typing."""
        return self.by != self.person.id

    @property
    def saved(self) -> bool:
        """Whether everything typed is on disk."""
        return self.draft == self._stored or (checkin.is_blank(self.draft) and checkin.is_blank(self._stored))

    def notices(self) -> tuple[Sentence, ...]:
        """What the person should know: what changed since the form was opened, and what this check-in is not for."""
        said: list[Sentence] = []
        day = dates.show_day(self.day, i18n.locale(), "dddd D MMMM")
        if self.begun:
            said.append(_turn_begun(self.person))
        if self._left_over is not None:
            before_midnight = dates.show_day(self._left_over, i18n.locale(), "dddd D MMMM")
            text = N_(
                "The day has changed: this is the check-in for the huddle of {day} now. What you typed for {before} "
                "is kept."
            )
            said.append(Sentence(text, {"day": day, "before": before_midnight}))
        member = self.team.person(self.person.id)
        if member is None or member.left_on is not None:
            text = N_(
                "{name} is no longer in the team: what was typed is kept, but nobody will be asked to read it out."
            )
            said.append(Sentence(text, {"name": self.person.name}))
        shown = {row.kpi.id: row for row in self.rows}
        for entry in self.draft.entries:
            kpi = self.team.kpi(entry.kpi)
            if entry.kpi not in shown and (entry.typed or entry.answered):
                name = kpi.name if kpi else entry.kpi
                template = N_("{kpi} is not read out any more: the {typed} that was typed is kept, but not asked for.")
                said.append(Sentence(template, {"kpi": name, "typed": entry.typed or "–"}))
        for row in shown.values():
            before = self._opened_with.kpi(row.kpi.id)
            if before and before.promise != row.kpi.promise:
                template = N_("The promise of {kpi} was changed meanwhile, from {old} to {new}.")
                said.append(Sentence(template, {"kpi": row.kpi.name, "old": before.promise, "new": row.kpi.promise}))
        return tuple(said)

    @property
    def elsewhere(self) -> list[Sentence]:
        """What another program typed where something else was typed here, until the next step."""
        text = N_("{what}: {theirs} was typed elsewhere meanwhile, and {mine} here. What is entered last counts.")
        named = {row.kpi.id: row.kpi.name for row in self.rows} | {"": _NAMES[Asking.STUCK]}
        found = [(named.get(field.kpi), *texts) for field, texts in list(self._elsewhere.items())]
        return [Sentence(text, {"what": w, "theirs": theirs or "–", "mine": mine}) for w, mine, theirs in found if w]

    def unread(self, old: CheckIn) -> Sentence:
        """What an earlier check-in said that no huddle took over."""
        known = {entry.kpi: self.team.kpi(entry.kpi) for entry in old.entries if entry.typed or entry.answered}
        said = [f"{kpi.name if kpi else id} {old.entry(id).typed or '–'}" for id, kpi in known.items()]
        day = dates.show_day(old.huddle_day, i18n.locale(), "dddd D MMMM")
        text = N_("Never read out, for the huddle of {day}: {said}.")
        return Sentence(text, {"day": day, "said": ", ".join(said) or old.stuck or "–"})

    def remember(self) -> None:
        """Reads what was said of the running totals in the last weeks, for `outlook`; blocks. Raises HuddleError."""
        self._said = totals_before(self.book, self.team, self.person.id, self.day)

    def outlook(self, row: FormRow) -> Outlook | None:
        """Whether a running total will be kept, once it was given (METHOD 13); how likely that is after `remember`."""
        return checkin.ahead(row, self._said.get(row.kpi.id, ()), self.team.calendar)

    # Steps

    def type(self, kpi: str, typed: str, asking: Asking = Asking.NUMBER) -> FormRow | None:
        """What stands in a field now, not committed: kept as it is, also where it is no number. No step of undo.

        A number that was committed and is being changed counts again when it is committed. Gives back the row (None
        for the stuck). Raises HuddleError where it is too long or the turn has begun.
        """
        with self._guard:
            self._change(kpi, asking, text.checked(typed, text.FREE, _NAMES[asking]))
            return self.row(kpi) if asking is not Asking.STUCK else None

    def commit(self, kpi: str, typed: str, asking: Asking = Asking.NUMBER, *, sure: bool = False) -> FormRow | None:
        """Enter in a field: a number is understood and judged, nothing typed is *not measured* (METHOD 4).

        As the next promise nothing typed is the promise as it stood. Raises NotANumber, and Doubted where a number is
        far off and the same was not entered just before (or is `sure`): what was typed is kept.
        """
        with self._guard:
            if (meant := self.meant(Question(kpi, asking), typed)).asking is not asking:
                noted = replace(self.draft.entry(kpi), note=self._settled.entry(kpi).plan)
                self.draft = checkin.put(self.draft, noted)  # what was typed in the field of the plan is none
                return self.commit(meant.kpi, typed, meant.asking, sure=sure)
            self.type(kpi, typed, asking)
            try:
                if asking in {Asking.NUMBER, Asking.PROMISE}:
                    self._understand(self.row(kpi), asking, sure)
            finally:
                self._settle()
            return self.row(kpi) if asking is not Asking.STUCK else None

    def meant(self, field: Question, typed: str) -> Question:
        """The field that `typed` is entered for: a bare number is never a plan, of somebody who types on (METHOD 7).

        After red it is the next promise, after yellow the next number; raises HuddleError where none is left to say.
        """
        kpi = field.kpi
        if field.asking is not Asking.NOTE or not numbers.is_bare(typed):
            return field
        promise = Question(kpi, Asking.PROMISE)
        if promise in self.fields:
            return promise
        places = [row.kpi.id for row in self.rows]
        behind = self.rows[places.index(kpi) + 1 :] if kpi in places else ()
        following = next((row.kpi.id for row in behind if row.asked and not row.entry.answered), None)
        if following is None:
            raise HuddleError(N_("{typed} is a number, and no number is left to say: the plan is words."), typed=typed)
        return Question(following, Asking.NUMBER)

    def answer(self, kpi: str, typed: str, asking: Asking = Asking.NUMBER) -> FormRow | None:
        """As `commit`, line by line: an answer that is refused leaves the one that stood before as it was."""
        with self._guard:
            before, stood = (self.draft, self._settled, list(self._steps)), self.draft.entry(kpi)
            try:
                return self.commit(kpi, typed, asking)
            except Doubted:
                raise
            except HuddleError:
                if stood.answered if asking is Asking.NUMBER else stood.next_promise is not None:
                    self.draft, self._settled, self._steps = before
                raise

    def leave(self, kpi: str, asking: Asking = Asking.NUMBER) -> None:
        """Leaving a field other than by Enter: a number without a doubt is committed, the rest is kept as typed.

        A bare number in the field of the plan goes where Enter puts it. Raises HuddleError as `commit` does.
        """
        with self._guard:
            entry = self.draft.entry(kpi)
            if asking is Asking.NOTE and entry.note != entry.plan:
                try:
                    self.commit(kpi, entry.note, asking)
                finally:
                    self._settle()
                return
            typed = entry.typed if asking is Asking.NUMBER else entry.next_typed
            pending = not entry.answered if asking is Asking.NUMBER else entry.next_promise is None
            if asking in {Asking.NUMBER, Asking.PROMISE} and typed and pending and self._reads(kpi, typed, asking):
                self.commit(kpi, typed, asking)
            elif self.draft != self._settled:
                self._settle()

    def explain(self, kpi: str, reason: int) -> FormRow:
        """Why a number was missed, chosen beside its plan. A step of undo."""
        with self._guard:
            self._check_open()
            entry = replace(self.draft.entry(kpi), reason=reason)
            self.draft = replace(checkin.put(self.draft, entry), by=self.draft.by or self.by)
            self._settle()
            return self.row(kpi)

    def close(self) -> None:
        """Closes the check-in: its last field was answered."""
        with self._guard:
            self._check_open()
            self.draft = replace(self.draft, closed=True, by=self.draft.by or self.by)
            self._settle()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps) or self.draft != self._settled

    def undo(self) -> None:
        """Takes back what is being typed, else the last step; raises HuddleError where there is none."""
        with self._guard:
            self._check_open()
            if self.draft != self._settled:
                self.draft = self._settled
            elif self._steps:
                self.draft = self._settled = self._steps.pop()
            else:
                raise HuddleError(N_("There is nothing to undo."))

    def _change(self, kpi: str, asking: Asking, typed: str) -> None:
        self._check_open()
        before = self.draft
        if asking is Asking.STUCK:
            changed = replace(before, stuck=typed)
        else:
            changed = checkin.put(before, self._marked(checkin.typed_in(before.entry(kpi), asking, typed)))
        if changed != before:
            self.draft = replace(changed, by=before.by or self.by)

    def _understand(self, row: FormRow, asking: Asking, sure: bool) -> None:
        entry, kpi = row.entry, row.kpi
        if asking is Asking.PROMISE:
            promised = numbers.parse(entry.next_typed, self.team.locale, kpi.unit)
            doubted = None if promised is None else doubt.about_promise(promised, kpi.promise)
            self._doubts.ask(None if sure else doubted, kpi.id, asking, entry.next_typed)
            entry = replace(entry, next_promise=kpi.promise if promised is None else promised)
        else:
            actual = numbers.parse(entry.typed, self.team.locale, kpi.unit)
            self._doubts.ask(None if sure else row.doubt, kpi.id, asking, entry.typed)
            entry = self._marked(replace(entry, answered=True, actual=actual))
        self.draft = replace(checkin.put(self.draft, entry), by=self.draft.by or self.by)

    def _marked(self, entry: Entry) -> Entry:
        """With who typed it: once by proxy is by proxy for ever."""
        if not (entry.typed or entry.answered):
            return replace(entry, by="")
        before = self.draft.entry(entry.kpi)
        was = (before.by or self.draft.by) if before.typed or before.answered else ""
        return replace(entry, by=was if was not in {"", self.person.id} else self.by)

    def _reads(self, kpi: str, typed: str, asking: Asking) -> bool:
        row = self.row(kpi)
        try:
            value = numbers.parse(typed, self.team.locale, row.kpi.unit)
        except numbers.NotANumber:
            return False
        if asking is Asking.PROMISE:
            return value is None or doubt.about_promise(value, row.kpi.promise) is None
        return row.doubt is None

    def _settle(self) -> None:
        self._elsewhere.clear()
        if self.draft != self._settled:
            self._steps.append(self._settled)
            self._settled = self.draft

    def _check_open(self) -> None:
        if self.begun:
            sentence = _turn_begun(self.person)
            raise TurnBegun(sentence.template, **sentence.values)

    # The book

    def save(self) -> None:
        """Puts the draft on disk as it is now; blocks, so it is called off the event loop. Raises HuddleError.

        What another program put in this person's check-in meanwhile is kept, number by number, also where something is
        half typed here. A draft that a turn took over is not made again, unless something was typed since.
        """
        with self._guard:
            ours, base, half = self.draft, self._stored, checkin.half_typed(self.draft, self._settled)
        written = ours

        def change(stored: CheckIn | None) -> CheckIn | None:
            nonlocal written
            if stored is None and ours == base:
                return None
            if stored is not None:
                self._compare(base, ours, stored)
                written = checkin.taken_in(base, ours, half, stored)
            return None if checkin.is_blank(written) else written

        try:
            self.book.change_check_in(self.person.id, self.day, change)
        except HuddleError as error:
            self.trouble = error.sentence
            raise
        self.trouble = None
        self._adopt(ours, written)

    def look(self) -> bool:
        """Takes in what other programs changed: the team, this check-in, whether the turn has begun.

        Blocks, so it is called off the event loop. True where something is new. Raises HuddleError where the book
        cannot be read; what was typed stays.

        Where the day of its huddle has passed it goes on with the next one's; what was typed up to then is kept.
        """
        if self.over:
            left = self.day
            if not self.saved:
                self.save()
            self.team = self.book.team()
            self._open(self._coming())
            self._left_over = left
            return True
        team, begun = self.book.team(), not self._late and checkin.has_begun(_turn(self.book, self.day, self.person.id))
        stored = next((c for c in self.book.check_ins(self.person.id) if c.huddle_day == self.day), None)
        before = (self.team, self.begun, self.draft)
        with self._guard:
            self.team, self.begun = team, begun
            if stored is not None and stored != self._stored:
                self._compare(self._stored, self.draft, stored)
                self._adopt(self._stored, stored)
        return before != (self.team, self.begun, self.draft)

    def _compare(self, base: CheckIn, ours: CheckIn, stored: CheckIn) -> None:
        for field, (mine, theirs) in checkin.overtaken(base, ours, stored).items():
            self._elsewhere[field] = (self._elsewhere.get(field, (mine, ""))[0], theirs)

    def _adopt(self, base: CheckIn, stored: CheckIn) -> None:
        """What is on disk now, with what was typed here since `base`; the steps back take it in too."""
        with self._guard:
            changed = stored != base
            self._stored = stored
            if changed:
                half = checkin.half_typed(self.draft, self._settled)
                self.draft = checkin.taken_in(base, self.draft, half, stored)
                self._settled = checkin.taken_in(base, self._settled, half, stored)
                self._steps = [checkin.merged(base, step, stored) for step in self._steps]


_NAMES = {
    Asking.NUMBER: Sentence(N_("The number")),
    Asking.NOTE: Sentence(N_("The note")),
    Asking.PROMISE: Sentence(N_("The next promise")),
    Asking.STUCK: Sentence(N_("The stuck")),
}


def _member(team: Team, person: str) -> Person:
    found = next((p for p in team.members if p.id == person), None)
    if found is None:
        known = team.person(person)
        template = N_("{name} is not in the team (any more): choose who you are again.")
        raise HuddleError(template, name=known.name if known else person)
    return found


def _turn(book: Book, day: date, person: str) -> Turn | None:
    huddle = book.huddle(day)
    return huddle.turn(person) if huddle else None


def _turn_begun(person: Person) -> Sentence:
    template = N_("The turn of {name} has begun: say and correct the numbers there. What was typed here is kept.")
    return Sentence(template, {"name": person.name})
