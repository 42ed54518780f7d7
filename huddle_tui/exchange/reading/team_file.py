"""The team file: people, processes, KPIs and promises as TOML that a person can read and write (METHOD 3).

`read` refuses a file with any mistake in it and tells all of them.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import msgspec

from huddle_tui.domain import numbers
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Team
from huddle_tui.exchange.reading import values
from huddle_tui.exchange.reading.given import Draft, Drafts, TeamFile
from huddle_tui.exchange.reading.problems import Position, Problems, nearest, short
from huddle_tui.exchange.reading.toml_lines import Lines

_TABLES: Final = {"person": values.PERSON, "process": values.PROCESS, "kpi": values.KPI}
_REQUIRED: Final = {"person": ("name",), "process": ("name",), "kpi": ("name", "owner", "promise")}


def read(source: str, team: Team | None = None) -> TeamFile:
    """What a TOML team file says, checked against itself and `team` (None where there is no book yet).

    Raises FileRefused, which tells every mistake with its line and key.
    """
    problems = Problems()
    found, lines = _parse(source, problems)
    for key in found:
        if key != "team" and key not in _TABLES:
            near = nearest(key, ["team", *_TABLES])
            known = "[team], [[person]], [[process]], [[kpi]]"
            template = (
                N_("there is no such table; did you mean {near}?")
                if near
                else N_("there is no such table; what can stand here is {known}.")
            )
            problems.add(Position(lines.of(key), key), template, near=near, known=known)
    if not found:
        text = N_("this file is empty; a team file holds [team], [[person]], [[process]] and [[kpi]].")
        problems.add(Position(1), text)
    settings = found.get("team", {})
    locale = settings.get("locale") if isinstance(settings, dict) else None
    if not isinstance(locale, str) or locale not in numbers.LOCALES:
        locale = team.locale if team else "en"
    tables = _Tables(lines, locale, problems)
    drafts = Drafts(
        tables.settings(settings, team),
        list(tables.of("person", found)),
        list(tables.of("process", found)),
        list(tables.of("kpi", found)),
    )
    return drafts.given(team, problems)


class _Tables(msgspec.Struct, frozen=True):
    """The tables of one file, read into drafts."""

    lines: Lines
    locale: str
    problems: Problems

    def settings(self, raw: object, team: Team | None) -> Draft:
        """That of the team itself."""
        draft = Draft(Position(self.lines.of("team"), "team"))
        if not isinstance(raw, dict):
            self.problems.add(draft.at, N_("there is one team: write [team] between single brackets, once."))
            return draft
        self._fill(draft, raw, ("team",), values.TEAM, values.Notation(self.locale))
        if team is None and "name" not in draft.places:
            self.problems.add(draft.at, N_("name is missing: a new book needs the name of the team."))
        return draft

    def of(self, kind: str, found: Mapping[str, Any]) -> Iterator[Draft]:
        """Those of one kind, in the order of the file."""
        raw = found.get(kind, [])
        if not isinstance(raw, list):
            text = N_("there can be several: write [[{kind}]] between double brackets.")
            self.problems.add(Position(self.lines.of(kind), kind), text, kind=kind)
            return
        for place, table in enumerate(raw):
            draft = Draft(Position(self.lines.of(kind, place), kind))
            if not isinstance(table, dict):
                self.problems.add(draft.at, N_("a table was expected, that begins with [[{kind}]]."), kind=kind)
                continue
            unit = table.get("unit")
            notation = values.Notation(self.locale, unit.strip() if isinstance(unit, str) else "")
            self._fill(draft, table, (kind, place), _TABLES[kind], notation)
            for key in _REQUIRED[kind]:
                if key not in draft.places:
                    self.problems.add(draft.at, N_("{key} is missing here."), key=key)
            yield draft

    def _fill(
        self,
        draft: Draft,
        raw: Mapping[str, Any],
        path: tuple[str | int, ...],
        readers: Mapping[str, values.Reader],
        notation: values.Notation,
    ) -> None:
        """Reads every key of one table into `draft`."""
        for key, value in raw.items():
            place = Position(self.lines.of(*path, key), key)
            if key not in readers:
                self.problems.found.append((place, values.unknown(key, readers)))
                continue
            draft.places[key] = place
            with self.problems.noted(place):
                draft.values[key] = readers[key](value, notation)


def _parse(source: str, problems: Problems) -> tuple[dict[str, Any], Lines]:
    """The values of a TOML text and its lines; raises FileRefused where it is no TOML."""
    source = source.replace("\r\n", "\n")
    try:
        found = tomllib.loads(source, parse_float=_exact)
        return found, Lines(source)
    except tomllib.TOMLDecodeError as error:
        why = str(error)
        at = re.search(r"\(at line ([0-9]+), column [0-9]+\)", why)
        line = int(at[1]) if at else source.rstrip().count("\n") + 1
        written = short(source.splitlines()[line - 1]) if source.splitlines()[line - 1 : line] else ""
        hint = next((hint for words, hint in _SYNTAX.items() if words in why), _NO_TOML)
        problems.add(Position(line), hint, written=written)
    except RecursionError:
        problems.add(Position(1), N_("brackets are nested too deep in this file for it to be a team file."))
    except ValueError:  # the reader of whole numbers gives up on thousands of digits
        digits = re.search(r"[0-9_]{4000,}", source)
        line = source.count("\n", 0, digits.start()) + 1 if digits else 1
        problems.add(Position(line), N_("this number has too many digits."))
    problems.stop_here()
    raise AssertionError("unreachable")  # pragma: no cover


_NO_TOML: Final = N_("this cannot be read as TOML: {written}")
_SYNTAX: Final = {
    "Invalid value": N_('the value cannot be read: {written} (text stands between quotes, as in name = "Sanne")'),
    "Expected newline or end of document": N_(
        "something stands behind the value that does not belong there: {written} "
        '(a decimal comma stands between quotes, as in promise = "12,5")'
    ),
    "Expected '='": N_("a key and a value with = between them were expected: {written}"),
    "Cannot overwrite": N_("this key stands here for the second time: {written}"),
    "Cannot declare": N_("this table stands here for the second time: {written} (several go between double brackets)"),
    "Unterminated string": N_("a quote is missing at the end of the text: {written}"),
    "Illegal character": N_("a quote is missing, or there is a character that cannot stand here: {written}"),
    "Unescaped '\\'": N_("a backslash in text is written twice, or the text stands between single quotes: {written}"),
    "Unclosed": N_("a closing bracket is missing: {written}"),
}
"""What the reader says of a syntax error, and what a person can do about it."""


def _exact(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:  # an exponent beyond all bounds
        return Decimal("Infinity")
