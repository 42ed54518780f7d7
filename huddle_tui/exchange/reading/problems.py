"""What is wrong in a file that somebody wrote: every mistake a sentence with its place, all of them told at once."""

import difflib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal

import msgspec

from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import fold
from huddle_tui.domain.text import clean_line

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
