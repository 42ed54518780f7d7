"""What became of the promises: per week, per KPI, and why those that were missed were missed (METHOD 9 and 11)."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from huddle_tui.domain import dates
from huddle_tui.domain.history import Past
from huddle_tui.domain.promises import Account, Tally, account
from huddle_tui.domain.reasons import REASONS, Pile
from huddle_tui.domain.scorecard import By, order
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.text import clean
from huddle_tui.exchange.writing import markdown, scorecard_text, spreadsheet
from huddle_tui.exchange.writing.asked import Asked
from huddle_tui.exchange.writing.jsons import day
from huddle_tui.exchange.writing.jsons import document as whole
from huddle_tui.i18n import _
from huddle_tui.words import hands, kept

COLUMNS: Final = (
    *(N_("week"), N_("person"), N_("kpi")),
    *(N_("kept"), N_("renegotiated"), N_("missed"), N_("not_reported"), N_("due")),
    *(N_("reason"), N_("hands"), N_("count")),
)
"""The columns of the CSV."""


def _account(asked: Asked) -> tuple[Past, Account]:
    past = asked.past()
    return past, account(past, order(past, retired=True), asked.first, asked.last)


def as_json(asked: Asked) -> Iterator[str]:
    """One document, as the interface has it."""
    past, told = _account(asked)
    return whole(
        {
            "from": day(told.first),
            "to": day(told.last),
            "team": _counts(told.team),
            "weeks": [{"week": _week(first), **_counts(tally)} for first, tally in told.weeks],
            "kpis": [
                {"kpi": clean(past.kpi_name(kpi)), "owner": clean(past.owner_name(kpi)), **_counts(tally)}
                for kpi, tally in told.kpis
            ],
            "reasons": [
                {"reason": reason, "hands": REASONS[reason].hands.value, "count": count}
                for reason, count in told.pile.counts
            ],
        }
    )


def _counts(tally: Tally) -> dict[str, Any]:
    return {
        "kept": tally.kept,
        "renegotiated": tally.renegotiated,
        "missed": tally.missed,
        "not reported": tally.not_reported,
        "due": tally.due,
    }


def _week(first: date) -> str:
    return scorecard_text.exact_heading(By.WEEK, first)


def as_csv(asked: Asked) -> Iterator[str]:
    """A row per KPI and week; behind them one per reason, for the whole team."""
    return spreadsheet.table(COLUMNS, _rows(*_account(asked)), asked.team.locale)


def _rows(past: Past, told: Account) -> Iterator[list[spreadsheet.Cell]]:
    for kpi, _tally in told.kpis:
        who, what = past.owner_name(kpi), past.kpi_name(kpi)
        for week, _all in told.weeks:
            if (tally := told.cells.get((kpi, week))) is not None:
                yield [_week(week), who, what, *_counts(tally).values(), *[None] * 3]
    for number, count in told.pile.counts:
        reason = REASONS[number]
        yield [*[None] * 8, _(reason.words), _(reason.hands.value), count]


def as_markdown(asked: Asked) -> Iterator[str]:
    """What was kept of what fell due, why the rest was not, and a table per number and per week."""
    team, (past, told) = asked.team, _account(asked)
    yield f"# {_('Promises of {team}').format(team=markdown.inline(team.name))}\n\n"
    if told.first is None or told.last is None or not told.team.due:
        yield _("No promise fell due in this time.") + "\n"
        return
    first, last = (dates.show_day(one, team.locale, "D MMMM YYYY") for one in (told.first, told.last))
    yield _("From {first} to {last}: {kept}.").format(first=first, last=last, kept=kept(told.team)) + "\n"
    yield from _pile(told.pile)
    heads = [_("Kept"), _("Renegotiated"), _("Missed"), _("Not reported")]
    yield f"\n## {_('Per number')}\n\n"
    yield from markdown.table(
        [_("Who"), _("Number"), *heads],
        (
            [markdown.inline(past.owner_name(kpi)), markdown.inline(past.kpi_name(kpi)), *_cells(t)]
            for kpi, t in told.kpis
        ),
    )
    yield f"\n## {_('Per week')}\n\n"
    yield from markdown.table([_("Week"), *heads], ([_week(first), *_cells(tally)] for first, tally in told.weeks))


def _cells(tally: Tally) -> list[str]:
    rest = (tally.renegotiated, tally.missed, tally.not_reported)
    return [scorecard_text.kept_of(tally), *(str(count) if count else "–" for count in rest)]


def _pile(pile: Pile) -> Iterator[str]:
    """The sentence and the pile, largest first."""
    if not pile.total:
        return
    yield f"\n## {_('Why promises were missed')}\n\n"
    if told := hands(pile):
        yield f"**{told}**\n\n"
    for reason, count in pile.counts:
        yield f"- {count} × {_(REASONS[reason].words)}\n"
