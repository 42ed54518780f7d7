"""Text files that people made: read whole, or refused with every mistake in them, each a sentence with its place."""

import codecs
import difflib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Final

import msgspec

from huddle_tui.domain.sentence import N_, HuddleError, Sentence, reason
from huddle_tui.domain.team import fold
from huddle_tui.domain.text import clean_line

LARGEST: Final = 8 * 1024 * 1024
"""The most bytes that a file of people's own making is taken to have."""


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark. Raises HuddleError."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise HuddleError(N_("There is no file {path}: check its name and folder."), path=path) from None
    except OSError as error:
        raise HuddleError(N_("{path} cannot be read: {why}."), path=path, why=reason(error)) from error
    if kind := _kind(raw):
        raise HuddleError(kind, path=path)
    if len(raw) > LARGEST:
        raise HuddleError(N_("{path} is far too large for a file about a team."), path=path)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # "Unicode text" of a spreadsheet program
        with suppress(UnicodeDecodeError):
            return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        text = N_("{path}, line {line}: this is not UTF-8 text. Save the file again with the encoding UTF-8.")
        raise HuddleError(text, path=path, line=line) from None


_KINDS: Final = {
    b"PK\x03\x04": N_("{path} is a spreadsheet or an archive, not text: save the sheet as CSV, and import that."),
    b"\xd0\xcf\x11\xe0": N_(
        "{path} is an old spreadsheet or document, not text: save the sheet as CSV, and import that."
    ),
    b"%PDF": N_("{path} is a PDF, not text: import the CSV or team file that it was made from."),
}
"""What other programs' files begin with."""


def _kind(raw: bytes) -> str | None:
    """What to say of a file that is no text at all; None where it may be."""
    for start, sentence in _KINDS.items():
        if raw.startswith(start):
            return sentence
    if b"\0" in raw and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return N_("{path} is no text file: import a team file (TOML), or a CSV as a spreadsheet program saves it.")
    return None


_SHORT = 60


class Position(msgspec.Struct, frozen=True):
    """Where something stands in a file."""

    line: int
    """Counted from 1."""
    key: str = ""
    """The key of a TOML file, or the header of a CSV column."""
    column: int | None = None
    """The column of a CSV file, counted from 1; None in a TOML file."""

    def says(self, what: Sentence) -> Sentence:
        """`what` as a sentence that begins with this place."""
        values = {"line": self.line, "key": short(self.key), "column": self.column, "what": what}
        if self.column is not None:
            return Sentence(N_("Line {line}, column {column} ({key}): {what}"), values)
        if self.key:
            return Sentence(N_("Line {line}, {key}: {what}"), values)
        return Sentence(N_("Line {line}: {what}"), values)


class FileRefused(HuddleError):
    """A file with mistakes in it: its sentence tells all of them, a line each; nothing of it is used."""

    def __init__(self, problems: Iterable[Sentence]) -> None:
        self.problems = tuple(problems)
        """The mistakes, in the order of the file."""
        count = len(self.problems)
        text = N_("Nothing is imported, because of a mistake in the file:")
        head = Sentence(text, {"n": count}, N_("Nothing is imported, because of {n} mistakes in the file:"), count)
        told = [head, *self.problems]
        names = [f"line{place}" for place in range(len(told))]
        super().__init__("\n".join(f"{{{name}}}" for name in names), **dict(zip(names, told, strict=True)))


class Problems(msgspec.Struct):
    """Collects mistakes while a file is read, so that a person can mend all of them in one go."""

    found: list[tuple[Position, Sentence]] = msgspec.field(default_factory=list)
    """Where, and what is wrong there."""

    def add(self, place: Position, template: str, **values: object) -> None:
        """Notes a mistake at `place`; `template` is a sentence marked with `N_`."""
        self.found.append((place, Sentence(template, values)))

    @contextmanager
    def noted(self, place: Position) -> Iterator[None]:
        """Notes a HuddleError that is raised inside as a mistake at `place`."""
        try:
            yield
        except HuddleError as error:
            self.found.append((place, error.sentence))

    def stop_here(self) -> None:
        """Raises FileRefused when anything was noted."""
        if self.found:
            found = sorted(self.found, key=lambda problem: (problem[0].line, problem[0].column or 0))
            raise FileRefused(place.says(what) for place, what in found)


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """The one of `known` that was most likely meant by `typed`."""
    folded = {fold(name): name for name in known}
    close = difflib.get_close_matches(fold(typed), folded, 1, 0.6)
    return folded[close[0]] if close else None


def short(text: str) -> str:
    """A text from a file as it is repeated in a sentence: one line, not longer than a sentence can bear."""
    text = clean_line(text)
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def quoted(value: object) -> str:
    """A value from a file as it is repeated in a sentence."""
    if isinstance(value, str):
        return f'"{short(value)}"'
    if isinstance(value, Decimal | date | time):  # JSON would put quotes around them, and the file has none
        return short(str(value))
    return short(json.dumps(value, ensure_ascii=False, default=str))
