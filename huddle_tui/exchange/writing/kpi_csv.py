"""The team's KPIs as CSV; `reading.kpi_csv` reads them back as the same KPIs."""

from __future__ import annotations

from collections.abc import Iterator

from huddle_tui.domain.team import Team
from huddle_tui.exchange.spelling import HEADERS, WORDS, header_of, word_of
from huddle_tui.exchange.writing import spreadsheet
from huddle_tui.exchange.writing.team_document import document


def to_csv(team: Team) -> Iterator[str]:
    """The team's KPIs as CSV in its own locale, a piece per row; reads back as the same KPIs."""
    dutch = team.locale == "nl"
    yield from spreadsheet.rows([[header_of(key, team.locale) for key in HEADERS]], team.locale)
    for kpi in document(team)["kpi"]:
        yield from spreadsheet.rows([[_written(key, kpi[key], dutch) for key in HEADERS]], team.locale)


def _written(key: str, value: spreadsheet.Cell, dutch: bool) -> spreadsheet.Cell:
    if key == "most_important":
        return ("ja" if dutch else "yes") if value else None
    if key in WORDS:
        return word_of(key, str(value), "nl" if dutch else "en")
    return value or None if isinstance(value, str) else value
