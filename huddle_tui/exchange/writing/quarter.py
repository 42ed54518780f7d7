"""The quarter's review: every number with its thirteen weeks, why it was missed, and what was decided of it."""

from collections.abc import Iterator
from datetime import date

from huddle_tui.domain.history import Past
from huddle_tui.domain.quarter import Quarter, Subject, subjects
from huddle_tui.domain.reasons import REASONS, Pile
from huddle_tui.domain.scorecard import By
from huddle_tui.exchange.writing import scorecard_text as text
from huddle_tui.exchange.writing.markdown import inline, table
from huddle_tui.exchange.writing.pages import page
from huddle_tui.exchange.writing.svg_chart import svg_chart
from huddle_tui.i18n import _, say
from huddle_tui.words import decision_done, hands, kept, promise_sentence, quarter_name


def as_markdown(past: Past, quarter: Quarter, today: date) -> Iterator[str]:
    """A heading per number; people in the order of the team."""
    found = subjects(past, quarter, today)
    yield f"# {inline(_title(past, quarter))}\n\n"
    yield f"{inline(_about(found, quarter))}\n\n"
    if told := hands(_pile(found)):
        yield f"{inline(told)}: {inline(_reasons(_pile(found)))}\n\n"
    for subject in found:
        yield f"## {inline(f'{subject.row.owner}: {subject.kpi.name}')}\n\n"
        yield "".join(f"- {inline(line)}\n" for line in _lines(past, subject, quarter)) + "\n"
        weeks = [(text.heading(By.WEEK, week, past.team.locale), tally) for week, tally in subject.weeks]
        if weeks:
            cells = [f"{tally.kept}/{tally.due}" for _week, tally in weeks]
            yield "".join(table([inline(week) for week, _tally in weeks], [cells])) + "\n"


def as_html(past: Past, quarter: Quarter, today: date) -> Iterator[str]:
    """One page that needs nothing else, with a chart per number."""
    found = subjects(past, quarter, today)

    def number(subject: Subject) -> tuple[str, list[str], str]:
        name = f"{'★ ' if subject.kpi.most_important else ''}{subject.row.owner}: {subject.kpi.name}"
        return name, _lines(past, subject, quarter), svg_chart(past, subject.kpi.id, past.team.locale)

    return page(
        "quarter", _title(past, quarter), about=_about(found, quarter), numbers=map(number, found),
        hands=hands(_pile(found)), reasons=_reasons(_pile(found)),
    )  # fmt: skip


def _title(past: Past, quarter: Quarter) -> str:
    return _("Review of {quarter} · {team}").format(quarter=quarter_name(quarter), team=past.team.name)


def _about(found: tuple[Subject, ...], quarter: Quarter) -> str:
    done = sum(subject.decided(quarter) is not None for subject in found)
    return _("{done} of {n} looked at").format(done=done, n=len(found))


def _lines(past: Past, subject: Subject, quarter: Quarter) -> list[str]:
    """The promise, what became of it, what the coach says, why it was missed, what was decided."""
    decided = subject.decided(quarter)
    return [
        promise_sentence(subject.kpi, past.team.locale),
        *([kept(subject.kept)] if subject.kept.due else [_("Nothing fell due in these weeks.")]),
        *(say(advice.sentence) for advice in subject.advice),
        *([_reasons(subject.pile)] if subject.pile.total else []),
        *([_("Decided: {decision}").format(decision=decision_done(decided.decision))] if decided else []),
    ]


def _pile(found: tuple[Subject, ...]) -> Pile:
    """The team's reasons: those of all numbers together."""
    return Pile.of(reason for one in found for reason, count in one.pile.counts for _each in range(count))


def _reasons(pile: Pile) -> str:
    return " · ".join(f"{count}× {_(REASONS[reason].words)}" for reason, count in pile.counts)
