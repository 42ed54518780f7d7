"""Where a book is: a folder, or a place in a PostgreSQL database. Loads no driver."""

from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

import msgspec

from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.text import NAME, checked

_SCHEMES: Final = ("postgresql", "postgres")
DEFAULT_BOOK: Final = "huddle"
"""The book's name where the address gives none."""


class Address(msgspec.Struct, frozen=True):
    """A book in a database."""

    conninfo: str
    """What libpq understands: `postgresql://…`, without the name of the book."""
    book: str
    """The name of the book among those in the database."""

    @property
    def shown(self) -> str:
        """The address as it may be shown: without a password."""
        parts = urlsplit(self.conninfo)
        user, at, host = parts.netloc.rpartition("@")
        names = [(key, value) for key, value in parse_qsl(parts.query) if key != "password"]
        query = urlencode([*names, ("book", self.book)])
        return _written(parts, f"{user.partition(':')[0]}{at}{host}", query)


def in_database(place: str) -> bool:
    """Whether that place is one in a database, and no folder."""
    return place.partition("://")[0] in _SCHEMES and "://" in place


def parse(place: str) -> Address:
    """`postgresql://host/database?book=leadership`, everything else in it for libpq. Raises HuddleError."""
    try:
        parts = urlsplit(place)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError as error:
        text = N_("{place} is no address of a database; write it as postgresql://host/database?book=NAME.")
        raise HuddleError(text, place=place) from error
    names = [value for key, value in pairs if key == "book"] or [DEFAULT_BOOK]
    book = checked(names[-1], NAME, N_("the name of a book"))
    if not book:
        raise HuddleError(N_("The name of a book is missing behind `book=` in {place}."), place=place)
    rest = urlencode([(key, value) for key, value in pairs if key != "book"])
    return Address(_written(parts, parts.netloc, rest), book)


def _written(parts: SplitResult, netloc: str, query: str) -> str:
    """The address with this in it; `urlunsplit` leaves "//" out of one that names no host, and libpq needs it."""
    return f"{parts.scheme}://{netloc}{parts.path}" + (f"?{query}" if query else "")
