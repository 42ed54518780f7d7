"""CSV that opens in a spreadsheet as it should: the locale's separator and decimal sign, and no cell that computes."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Final

from huddle_tui.domain.numbers import LOCALES, canonical
from huddle_tui.exchange.spelling import harmless
from huddle_tui.i18n import _

SEPARATORS: Final = {"en": ",", "nl": ";"}
"""Between cells; where the comma is the decimal sign a spreadsheet expects a semicolon."""

Cell = str | int | Decimal | date | None
"""Text, a true number, a day, or nothing."""


def rows(cells: Iterable[Iterable[Cell]], locale: str) -> Iterator[str]:
    """CSV text, a piece per row. Text is made harmless; numbers stay numbers, as the locale writes them."""
    page = io.StringIO()
    writer = csv.writer(page, delimiter=SEPARATORS[locale], lineterminator="\n")
    for row in cells:
        writer.writerow([_cell(cell, locale) for cell in row])
        yield page.getvalue()
        page.seek(0)
        page.truncate()


def table(heads: Iterable[str], cells: Iterable[Iterable[Cell]], locale: str) -> Iterator[str]:
    """The same under a first row that names the columns, in the language spoken."""
    return rows(chain([map(_, heads)], cells), locale)


def _cell(cell: Cell, locale: str) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return canonical(cell).replace(".", LOCALES[locale].point)
        case int() | date():
            return str(cell)
    return harmless(cell)


def yes_no(value: bool) -> str:
    """A cell for what is so or not."""
    return _("yes") if value else _("no")
