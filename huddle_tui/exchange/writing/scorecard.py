"""The scorecard as Markdown, CSV, JSON and a page to hang on the wall (METHOD 9).

Without a period chosen it has the last thirteen huddles, with figures over all that was ever said; with one it has all
of that period, per huddle, week or month so that it stays readable, and knows nothing from outside it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from msgspec.structs import replace

from huddle_tui.domain import dates
from huddle_tui.domain.history import TRAILING, Past, Said
from huddle_tui.domain.huddle import Reading
from huddle_tui.domain.numbers import rounded
from huddle_tui.domain.scorecard import By, Scorecard, ScorecardRow, scorecard
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.text import clean
from huddle_tui.domain.voice import voice
from huddle_tui.exchange.writing import markdown, spreadsheet
from huddle_tui.exchange.writing import scorecard_text as text
from huddle_tui.exchange.writing.asked import Asked
from huddle_tui.exchange.writing.jsons import array, day, decimal
from huddle_tui.exchange.writing.pages import page
from huddle_tui.exchange.writing.svg_chart import svg_chart
from huddle_tui.i18n import _
from huddle_tui.words import assurance_words, limits_words, status_word, word

COLUMNS: Final = (
    *(N_("person"), N_("kpi"), N_("most_important"), N_("direction"), N_("promise"), N_("unit")),
    *(N_("kept"), N_("judged"), N_("percent"), N_("streak"), N_("misses"), N_("talking_point")),
    *(N_("signal"), N_("mean")),
)
"""The columns of the CSV before the values; the names are those of the JSON export."""

_MOST_HUDDLES: Final = 26
_MOST_WEEKS: Final = 53


def _card_of(asked: Asked) -> tuple[Past, Scorecard]:
    """The scorecard of those huddles: all of them where a period was chosen, else the last thirteen."""
    past = asked.past()
    if not asked.chosen:
        made = scorecard(past, By.HUDDLE, TRAILING)
        return past, replace(made, columns=made.columns[-TRAILING:])
    by = By.HUDDLE if len(past.days) <= _MOST_HUDDLES else By.WEEK
    made = scorecard(past, by, None, retired=True)
    if by is By.WEEK and len(made.columns) > _MOST_WEEKS:
        made = scorecard(past, By.MONTH, None, retired=True)
    return past, replace(made, rows=tuple(row for row in made.rows if row.said))


def as_json(asked: Asked) -> Iterator[str]:
    """One array, a row per KPI in the order of the team, with its figures and the cells that hold something."""
    _past, card = _card_of(asked)
    return array(_document(row, card) for row in card.rows)


def _document(row: ScorecardRow, card: Scorecard) -> dict[str, Any]:
    return {
        "person": clean(row.owner),
        "kpi": clean(row.kpi.name),
        "most_important": row.kpi.most_important,
        "direction": row.kpi.direction.value,
        "promise": decimal(row.kpi.promise),
        "unit": clean(row.kpi.unit),
        "kept": row.kept.kept,
        "renegotiated": row.kept.renegotiated,
        "missed": row.kept.missed,
        "not reported": row.kept.not_reported,
        "judged": row.kept.due,
        "percent": row.kept.percent,
        "streak": row.streak,
        "misses": row.misses,
        "talking_point": row.talking_point,
        "signal": None
        if row.signal is None
        else {
            "name": row.signal.name,
            "side": "above" if row.signal.above else "below",
            "better": row.signal.better,
            "mean": decimal(rounded(row.signal.mean, row.kpi.decimals + 2)),
        },
        "cells": [
            {
                card.by.value: day(column),
                "date": day(last.huddle),
                "day": day(last.reading.day),
                "actual": decimal(last.reading.actual),
                "status": last.reading.status.value,
            }
            for column in card.columns
            if (last := _last(row, column)) is not None
        ],
    }


def as_csv(asked: Asked) -> Iterator[str]:
    """A row per KPI: its figures, a value per column, and behind those the status per column."""
    _past, card = _card_of(asked)
    heads = [text.exact_heading(card.by, column) for column in card.columns]
    states = [_("{column} status").format(column=head) for head in heads]
    return spreadsheet.table((*COLUMNS, *heads, *states), (_row(row, card) for row in card.rows), asked.team.locale)


def _row(row: ScorecardRow, card: Scorecard) -> list[spreadsheet.Cell]:
    lasts = [_last(row, column) for column in card.columns]
    signal = row.signal
    side = "" if signal is None else _("above") if signal.above else _("below")
    return [
        *(
            row.owner,
            row.kpi.name,
            spreadsheet.yes_no(row.kpi.most_important),
            word(row.kpi.direction),
            row.kpi.promise,
            row.kpi.unit,
        ),
        *(row.kept.kept, row.kept.due, row.kept.percent, row.streak, row.misses),
        *(spreadsheet.yes_no(row.talking_point), side),
        None if signal is None else rounded(signal.mean, row.kpi.decimals + 2),
        *(last.reading.actual if last else None for last in lasts),
        *(word(last.reading.status) if last else None for last in lasts),
    ]


def as_markdown(asked: Asked) -> Iterator[str]:
    """One table, and below it what there is to talk about."""
    team, (_past, card) = asked.team, _card_of(asked)
    yield f"# {_('Scorecard of {team}').format(team=markdown.inline(team.name))}\n\n"
    if card.columns:
        yield f"{text.period(card, team.locale)}\n\n"
    if not card.rows:
        yield f"{text.nobody()}\n"
    heads = [text.heading(card.by, column, team.locale) for column in card.columns]
    header = [_("Who"), _("Number"), _("Promise"), _("Kept"), _("Streak"), *heads]
    yield from markdown.table(header, (_cells(row, card, team.locale) for row in card.rows))
    points = [row for row in card.rows if row.talking_point]
    if points:
        yield f"\n## {_('Talking points')}\n\n"
    for row in points:
        who, number = f"**{markdown.inline(row.owner)}**", markdown.inline(row.kpi.name)
        yield "- " + _("{who}: {number}, {n} missed in a row").format(who=who, number=number, n=row.misses) + "\n"
    signals = [row for row in card.rows if row.signal]
    if signals:
        yield f"\n## {_('Signals')}\n\n"
    for row in signals:
        yield f"- **{markdown.inline(row.owner)}**: {markdown.inline(row.kpi.name)}, {text.signal(row, team.locale)}\n"


def _cells(row: ScorecardRow, card: Scorecard, locale: str) -> list[str]:
    star = "★ " if row.kpi.most_important else ""
    return [
        markdown.inline(row.owner),
        star + markdown.inline(row.kpi.name),
        markdown.inline(text.promise(row, locale)),
        text.kept_fully(row.kept),
        str(row.streak) if row.streak else "–",
        *(_value(last.reading, locale) if (last := _last(row, column)) else "" for column in card.columns),
    ]


def _value(reading: Reading, locale: str) -> str:
    return f"{text.value(reading, locale)} {reading.status.glyph}".strip()


def _last(row: ScorecardRow, column: date) -> Said | None:
    said: Sequence[Said] = row.cells.get(column, ())
    return said[-1] if said else None


# A page to hang on the wall or to mail


def as_html(asked: Asked) -> Iterator[str]:
    """One page that needs nothing else, to print (A4 or A3, landscape) or to mail."""
    return html_page(*_card_of(asked))


def html_page(past: Past, card: Scorecard) -> Iterator[str]:
    """The page, piece by piece: the scorecard, what there is to talk about, and a chart per number."""
    team, locale = past.team, past.team.locale
    return page(
        "scorecard", _("Scorecard of {team}").format(team=team.name), card=card, locale=locale,
        roles={row.kpi.owner: known.role if (known := team.person(row.kpi.owner)) else "" for row in card.rows},
        value=_value, hint=lambda reading: _hint(reading, locale), to_talk_about=_to_talk_about(card, locale),
        charts=[(r, svg_chart(past, r.kpi.id, locale), _limits(past, r, locale)) for r in card.rows if r.said],
    )  # fmt: skip


def _hint(reading: Reading, locale: str) -> str:
    """What a cell stands for: which day, the status in words, the plan."""
    day = dates.show_day(reading.day, locale, "D MMMM YYYY")
    told = _("{day}: {status}").format(day=day, status=status_word(reading.status))
    return f"{told} · {reading.note}" if reading.note else told


def _to_talk_about(card: Scorecard, locale: str) -> list[str]:
    told = [
        _("{who}: {number}, {n} missed in a row").format(who=row.owner, number=row.kpi.name, n=row.misses)
        for row in card.rows
        if row.talking_point
    ]
    return told + [f"{row.owner}: {row.kpi.name}, {text.signal(row, locale)}" for row in card.rows if row.signal]


def _limits(past: Past, row: ScorecardRow, locale: str) -> str:
    """What the natural limits of a number say."""
    found = voice(past, row.kpi.id).behaviour
    told = (limits_words(found, locale, row.kpi.decimals), found.assurance and assurance_words(found.assurance))
    return " · ".join(filter(None, told))
