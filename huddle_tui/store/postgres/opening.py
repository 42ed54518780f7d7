"""Opens a book in a database, with the outbox of this machine in front of it."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from huddle_tui.domain.two_versions import merged
from huddle_tui.store.address import parse
from huddle_tui.store.postgres.database_texts import DatabaseTexts
from huddle_tui.store.postgres.outbox import Outbox, Unsent
from huddle_tui.store.texts import TextBook, text_of, value_of


def open_book(place: str, outboxes: Path, now: Callable[[], datetime], by: str) -> TextBook:
    """The book at `place`, an address such as `postgresql://host/database?book=NAME`. Raises HuddleError.

    What cannot be sent is kept in a folder of its own under `outboxes`; `by` names this machine to people, beside a
    number that another machine knows differently.
    """
    address = parse(place)
    mark = hashlib.sha256(address.shown.encode()).hexdigest()[:16]
    return TextBook(Outbox(DatabaseTexts(address), outboxes / mark, partial(merge, now, by)))


def merge(now: Callable[[], datetime], by: str, name: str, unsent: Unsent, stored: str | None) -> str:
    """The text that holds what `unsent` came to and what is stored by now, each made of what it began from.

    `by` names this machine to people, in the trail of a number that two machines know differently, and `now` is when.
    Raises HuddleError where two edits of the team contradict each other.
    """
    if stored is None or stored == unsent.base:
        return unsent.ours
    base = None if unsent.base is None else value_of(name, unsent.base)
    ours, theirs = (value_of(name, text) for text in (unsent.ours, stored))
    return text_of(merged(base, ours, theirs, now(), by), stored, theirs)
