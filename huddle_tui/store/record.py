"""How a value becomes a document and a document a value again: a `Kind` is a table of fields, used in both directions.

Fast, because ten years hold 100,000 readings: what can be known beforehand is known when the module is imported, what
comes back often (a number, a day, a name) is made once. Exact, because a document may have been edited by hand: what
is not as it should be is refused, with its place.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, Generic, TypeVar, cast

from huddle_tui.domain.numbers import canonical
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.domain.text import clean
from huddle_tui.store.migrations import Row

T = TypeVar("T")

_WRONG: Final = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError)
"""What a reader raises for something that is not what it reads."""


class _Missing:
    """What stands where nothing stands."""

    def __str__(self) -> str:
        return "∅"


MISSING: Final = _Missing()
"""Found where a field or a document should be and is not."""
_NUMBER: Final = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,80})?")
_DIGITS: Final = 28
"""The precision that decimals are computed with; a number with more digits could not be written back exactly."""


class Wrong(Exception):
    """Something in a document is not what it should be."""

    def __init__(self, found: object, expected: Sentence) -> None:
        self.trail: list[str] = []
        """The way to it, outermost first."""
        self.found = found
        """What stands there."""
        self.expected = expected
        """What should."""
        super().__init__(str(expected))

    def inside(self, name: str) -> Wrong:
        """The same, seen from one level further out."""
        self.trail.insert(0, name)
        return self


@dataclass(frozen=True, slots=True)
class Form:
    """How one field is written in JSON."""

    read: Callable[[Any], Any]
    """From JSON; raises one of `_WRONG`, or Wrong, for what it should not be."""
    write: Callable[[Any], Any]
    """To JSON."""
    expected: Sentence
    """What should stand there, for the sentence that says it does not."""
    graft: Callable[[Any, Any], None] | None = None
    """Puts into what was written anew what the JSON before it held and nobody knows; None where nothing can."""


class Kind(Generic[T]):
    """Documents of one kind: which fields they have, and how a value is made of them.

    A field is `name: form`, or `name: (form, default)` for one that is left out while it has its default. Fields that
    are not in this table belong to a newer version of the program: `keep` carries them over.
    """

    def __init__(
        self,
        make: Callable[..., T],
        required: Mapping[str, Form],
        optional: Mapping[str, tuple[Form, object]] | None = None,
        get: Mapping[str, str | Callable[[Any], Any]] | None = None,
    ) -> None:
        """`make` takes the fields in this order; `get` says where a field is found in the value if not by its name."""
        self._make = make
        self._forms = {**required, **{name: form for name, (form, _) in (optional or {}).items()}}
        self._required = tuple((name, form.read) for name, form in required.items())
        self._optional = tuple((name, form.read, default) for name, (form, default) in (optional or {}).items())
        defaults = {name: default for name, (_, default) in (optional or {}).items()}
        places = {name: (get or {}).get(name, name) for name in self._forms}
        self._writers = tuple(
            (name, attrgetter(place) if isinstance(place, str) else place, form.write, defaults.get(name, MISSING))
            for (name, form), place in zip(self._forms.items(), places.values(), strict=True)
        )
        self._grafts = {name: form.graft for name, form in self._forms.items() if form.graft is not None}

    def read(self, row: Row) -> T:
        """The value of a document; raises Wrong."""
        try:
            get = row.get
            return self._make(
                *[read(row[name]) for name, read in self._required],
                *[
                    default if (found := get(name, MISSING)) is MISSING else read(found)
                    for name, read, default in self._optional
                ],
            )
        except (Wrong, *_WRONG):
            self._explain(row)
            raise

    def _explain(self, row: Any) -> None:
        """Raises Wrong for the first field of `row` that cannot be read."""
        if not isinstance(row, dict):
            raise Wrong(row, Sentence(N_("an object in braces")))
        required = {name for name, _ in self._required}
        for name, form in self._forms.items():
            if name in row:
                _tried(form, row[name], name)
            elif name in required:
                raise Wrong(MISSING, form.expected).inside(name)

    def write(self, value: T) -> Row:
        """The document of a value."""
        row: Row = {}
        for name, get, write, default in self._writers:
            if (found := get(value)) != default:
                row[name] = write(found)
        return row

    def keep(self, row: Row, before: Row) -> Row:
        """`row`, with every field of the document `before` it that this version does not know."""
        for name, found in before.items():
            if name not in self._forms:
                row[name] = found
        for name, graft in self._grafts.items():
            if name in row and name in before:
                graft(row[name], before[name])
        return row


def _tried(form: Form, found: object, name: str) -> None:
    try:
        form.read(found)
    except Wrong as wrong:
        raise wrong.inside(name) from None
    except _WRONG:
        raise Wrong(found, form.expected).inside(name) from None


# The forms


def _text(found: str) -> str:
    return sys.intern(found) if found.isascii() and found.isprintable() else _cleaned(found)


_cleaned = lru_cache(maxsize=20_000)(clean)


@lru_cache(maxsize=50_000)
def _number(found: str) -> Decimal:
    if not _NUMBER.fullmatch(found):
        raise ValueError(found)
    value = Decimal(found)
    if len(value.as_tuple().digits) > _DIGITS:
        raise ValueError(found)
    return value


@lru_cache(maxsize=20_000)
def _day(found: str) -> date:
    day = date.fromisoformat(found)
    if day.isoformat() != found:  # fromisoformat also knows weeks and days without dashes
        raise ValueError(found)
    return day


def _moment(found: str) -> datetime:
    moment = datetime.fromisoformat(found)
    if moment.tzinfo is None:
        raise ValueError(found)
    return moment


def _truth(found: object) -> bool:
    if found is True or found is False:
        return found
    raise TypeError(found)


def _whole(found: object) -> int:
    if type(found) is int and found >= 0:  # True is an int too
        return found
    raise TypeError(found)


def _seconds(found: object) -> float:
    if type(found) not in (int, float) or not 0 <= (seconds := cast(float, found)) < math.inf:
        raise TypeError(found)
    return float(seconds)


def _same(value: Any) -> Any:
    return value


TEXT: Final = Form(_text, _same, Sentence(N_("text in quotes")))
NUMBER: Final = Form(_number, canonical, Sentence(N_('an exact number in quotes, such as "12.5"')))
DAY: Final = Form(_day, date.isoformat, Sentence(N_('a day, such as "2026-11-23"')))
MOMENT: Final = Form(
    _moment,
    lambda moment: moment.isoformat(timespec="seconds"),
    Sentence(N_('a moment with its offset, such as "2026-11-23T09:07:00+01:00"')),
)
TRUTH: Final = Form(_truth, _same, Sentence(N_("true or false")))
WHOLE: Final = Form(_whole, _same, Sentence(N_("a whole number, 0 or more")))
SECONDS: Final = Form(_seconds, lambda seconds: round(seconds, 3), Sentence(N_("a number of seconds, 0 or more")))


def choice(of: type[Enum]) -> Form:
    """One of the values of an enumeration."""
    members = {member.value: member for member in of}
    choices = ", ".join(f'"{value}"' for value in members)
    return Form(members.__getitem__, attrgetter("value"), Sentence(N_("one of {choices}"), {"choices": choices}))


def maybe(form: Form) -> Form:
    """That form, or null."""

    def read(found: Any) -> Any:
        return None if found is None else form.read(found)

    def write(value: Any) -> Any:
        return None if value is None else form.write(value)

    return Form(read, write, Sentence(N_("{expected}, or null"), {"expected": form.expected}))


def one(kind: Kind[Any]) -> Form:
    """A document in a document."""
    return Form(kind.read, kind.write, Sentence(N_("an object in braces")), kind.keep)  # type: ignore[arg-type]


def many(form: Form) -> Form:
    """A list of simple values."""

    def read(found: Any) -> tuple[Any, ...]:
        if not isinstance(found, list):
            raise TypeError(found)
        try:
            return tuple([form.read(each) for each in found])
        except _WRONG:
            for place, each in enumerate(found):
                _tried(form, each, str(place + 1))
            raise

    def write(values: Sequence[Any]) -> list[Any]:
        return [form.write(value) for value in values]

    return Form(read, write, Sentence(N_("a list in brackets")))


def listed(kind: Kind[Any], name: str) -> Form:
    """A list of documents, each recognised by its field `name`."""

    def read(found: Any) -> tuple[Any, ...]:
        if not isinstance(found, list):
            raise TypeError(found)
        try:
            return tuple([kind.read(row) for row in found])
        except Wrong:
            for place, row in enumerate(found):
                label = row.get(name) if isinstance(row, dict) else None
                _tried(one(kind), row, label if isinstance(label, str) else str(place + 1))
            raise

    def write(values: Sequence[Any]) -> list[Row]:
        return [kind.write(value) for value in values]

    def graft(rows: list[Row], before: list[Row]) -> None:
        known = {row[name]: row for row in before}
        for row in rows:
            if row[name] in known:
                kind.keep(row, known[row[name]])

    return Form(read, write, Sentence(N_("a list in brackets")), graft)
