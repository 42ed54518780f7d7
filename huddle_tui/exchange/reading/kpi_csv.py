"""KPIs as CSV: the list that a company already has in a spreadsheet (METHOD 3).

Headers and words are understood in both languages, cells may be separated by `,`, `;` or tab, and numbers are read in
the team's locale. An empty cell says nothing; `-` takes a red edge or stretch away. A mistake is named with its line
and column, and then nothing of the file is used.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Team, fold
from huddle_tui.exchange.reading import values
from huddle_tui.exchange.reading.given import Draft, Drafts, TeamFile
from huddle_tui.exchange.reading.problems import Position, Problems, quoted
from huddle_tui.exchange.spelling import HEADERS, WORDS, header_of, unharmed, word_of

SEPARATORS: Final = ",;\t"
"""What may stand between cells."""

_YES: Final = {"yes", "y", "ja", "j", "true", "waar", "x", "1", "★"}
_NO: Final = {"no", "n", "nee", "false", "onwaar", "0"}
_REQUIRED: Final = ("name", "owner", "promise")


def read(source: str, team: Team | None) -> TeamFile:
    """The KPIs of a CSV text, checked against `team`; raises FileRefused, which tells every mistake with its place.

    Where the team has no people yet the owners become its people, in the order of the file, and so for processes.
    """
    problems = Problems()
    locale = team.locale if team else "en"
    header, *lines = _lines(source, problems) or [(1, [])]
    columns = _columns(header, locale, problems)
    kpis = [draft for line, cells in lines if (draft := _row(line, cells, columns, locale, problems))]
    drafts = Drafts(kpis=kpis)
    if team is None or not team.members:
        drafts.people = list(_newcomers(kpis, "owner"))
    if team is None or not team.processes:
        drafts.processes = list(_newcomers(kpis, "process"))
    return drafts.given(team, problems)


def _lines(source: str, problems: Problems) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line it begins on; raises FileRefused where quotes do not match."""
    source = source.removeprefix("\ufeff")
    told = re.match(r'"?sep=(.)"?\r?\n', source)  # a line that some spreadsheets begin with
    source = "\n" + source[told.end() :] if told else source
    separator = told[1] if told else max(SEPARATORS, key=lambda each: _headers(source, each))
    found, line = [], 1
    reader = csv.reader(io.StringIO(source, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        text = N_("the double quotes do not match: text that begins with one ends with one, and one inside is doubled.")
        problems.add(Position(line), text)
        problems.stop_here()
    return found


def _headers(source: str, separator: str) -> tuple[int, int]:
    """How many headers are known, and how many there are, when cells are separated by `separator`."""
    rows = csv.reader(io.StringIO(source, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        cells = next((cells for cells in rows if any(cell.strip() for cell in cells)), [])
    except csv.Error:
        return (0, 0)
    return sum(_key(cell) is not None for cell in cells), len(cells)


def _key(header: str) -> str | None:
    """The key that a column's header means."""
    written = fold(header).replace("_", " ")
    return next((key for key, also in HEADERS.items() if written in {key.replace("_", " "), *also}), None)


def _columns(header: tuple[int, list[str]], locale: str, problems: Problems) -> list[Position]:
    """The columns with their keys. Without a usable header no row can be read, so mistakes here are told at once,
    with the headers as the team writes them.
    """
    line, cells = header
    known = [header_of(key, locale) for key in HEADERS]
    columns: list[Position] = []
    for column, cell in enumerate(cells, 1):
        place, key = Position(line, cell, column), _key(cell)
        if key is None and cell.strip():
            also = (other for others in HEADERS.values() for other in others)
            problems.found.append((place, values.unknown(cell, known, [*HEADERS, *also])))
        elif key and key in {_key(other.key) for other in columns}:
            problems.add(place, N_("there is a column for this already."))
        columns.append(place)
    for key in _REQUIRED:
        if key not in {_key(place.key) for place in columns}:
            text = N_("there is no column {key}: the first line names the columns.")
            problems.add(Position(line), text, key=header_of(key, locale))
    problems.stop_here()
    return columns


def _row(line: int, cells: Sequence[str], columns: Sequence[Position], locale: str, problems: Problems) -> Draft | None:
    """One KPI."""
    draft = Draft(Position(line))
    if any(cell.strip() for cell in cells[len(columns) :]):
        text = N_(
            "there are {cells} cells where the first line has {columns}; "
            "text with a separator in it stands between double quotes."
        )
        problems.add(Position(line), text, cells=len(cells), columns=len(columns))
        return None
    found = {
        key: (Position(line, column.key, column.column), cell.strip())
        for column, cell in zip(columns, cells, strict=False)
        if (key := _key(column.key)) and cell.strip()
    }
    unit = found["unit"][1] if "unit" in found else ""
    for key, (place, cell) in found.items():
        draft.places[key] = place
        with problems.noted(place):
            draft.values[key] = _value(key, cell, values.Notation(locale, unharmed(unit)))
    for column in columns:
        if (needed := _key(column.key)) in _REQUIRED and needed not in found:
            problems.add(Position(line, column.key, column.column), N_("this cell is empty, and it is needed."))
    return draft


def _value(key: str, cell: str, notation: values.Notation) -> object:
    """The value of a cell that is not empty; raises HuddleError."""
    word = fold(cell)
    if key in WORDS:
        meant = WORDS[key].get(word, word)
        if notation.locale == "nl" and meant not in WORDS[key].values():
            values.one_of(cell, dict.fromkeys(word_of(key, each, "nl") for each in WORDS[key].values()))
        return values.KPI[key](meant, notation)
    if key == "most_important":
        if word in _YES | _NO:
            return word in _YES
        raise HuddleError(N_("{value} is neither yes nor no."), value=quoted(cell))
    if key in {"promise", "red_edge", "stretch"}:
        return values.KPI[key](cell, notation)
    return values.KPI[key](unharmed(cell), notation)


def _newcomers(kpis: Sequence[Draft], key: str) -> Iterator[Draft]:
    """Those that the KPIs name under `key`, once each, in the order of the file."""
    seen: set[str] = set()
    for draft in kpis:
        name = draft.values.get(key)
        if name and fold(name) not in seen:
            seen.add(fold(name))
            yield Draft(draft.place(key), {"name": name}, {"name": draft.place(key)})
