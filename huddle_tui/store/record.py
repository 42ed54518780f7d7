"""How a value becomes a document and a document a value again: a `Kind` is a table of fields, used in both directions.

Fast, because ten years hold 100,000 readings: what can be known beforehand is known when the module is imported, what
comes back often (a number, a day, a name) is made once. Exact, because a document may have been edited by hand: what
is not as it should be is refused, with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, Final, Generic, TypeVar

import msgspec

from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.store.migrations import Row

T = TypeVar("T")

WRONG: Final = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError)
"""What a reader raises for something that is not what it reads."""


class _Missing:
    """What stands where nothing stands."""

    def __str__(self) -> str:
        return "∅"


MISSING: Final = _Missing()
"""Found where a field or a document should be and is not."""


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


class Form(msgspec.Struct, frozen=True):
    """How one field is written in JSON."""

    read: Callable[[Any], Any]
    """From JSON; raises one of `WRONG`, or Wrong, for what it should not be."""
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
        self._required = required.keys()
        self._usual = [*required.values(), *(default for _, default in (optional or {}).values())]
        self._readers = {name: (place, form.read) for place, (name, form) in enumerate(self._forms.items())}
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
            if not self._required <= row.keys():
                raise KeyError
            fields, readers = self._usual.copy(), self._readers
            for name, found in row.items():
                if name in readers:
                    place, read = readers[name]
                    fields[place] = read(found)
            return self._make(*fields)
        except (Wrong, *WRONG):
            self._explain(row)
            raise

    def _explain(self, row: Any) -> None:
        """Raises Wrong for the first field of `row` that cannot be read."""
        if not isinstance(row, dict):
            raise Wrong(row, Sentence(N_("an object in braces")))
        for name, form in self._forms.items():
            if name in row:
                tried(form, row[name], name)
            elif name in self._required:
                raise Wrong(MISSING, form.expected).inside(name)

    def write(self, value: T) -> Row:
        """The document of a value."""
        row: Row = {}
        for name, get, write, default in self._writers:
            if (found := get(value)) is not default and found != default:
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


def tried(form: Form, found: object, name: str) -> None:
    """Raises Wrong, with the name of where it stands, if `found` cannot be read."""
    try:
        form.read(found)
    except Wrong as wrong:
        raise wrong.inside(name) from None
    except WRONG:
        raise Wrong(found, form.expected).inside(name) from None
