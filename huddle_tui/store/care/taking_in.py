"""Taking in a conflict copy: what it says becomes part of its file, and what the file does not say now is told."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import Team
from huddle_tui.domain.two_versions import merged
from huddle_tui.store.care.strays import ConflictCopy
from huddle_tui.store.disk.reading import BookFile, read_file
from huddle_tui.store.disk.saving import changing, put_away
from huddle_tui.store.errors import explained, shown
from huddle_tui.store.schema.checking import Wrong
from huddle_tui.store.schema.documents import reader, write_in
from huddle_tui.store.schema.sealed import Unreadable, unpack

_NO_NEWS: Final = {
    *("status", "corrections", "earlier", "checked_in", "by_proxy"),  # these follow from the number, or its trail tells
    *("host", "saved_at", "started_at", "ended_at", "watch", "state", "at", "asking", "agenda", "hidden", "draft"),
    "schedule_edition",
}  # fmt: skip
"""Fields of which the later or the further one holds, or of which both stay."""
_NOTHING: Final[tuple[object, ...]] = (None, "", [], (), {})
"""What stands where somebody typed or chose nothing."""


def take_in(root: Path, conflict: ConflictCopy, at: datetime, by: str) -> list[Sentence]:
    """Takes what a conflict copy says into its file, and the copy to quarantine. Needs the book's lock.

    Readings meet by owner and number; where both said another thing the file's holds, and the other stands in its
    trail of corrections, from `by` at `at`. People, processes and KPIs meet by id. What the copy said and the file does
    not say now is among the sentences that this gives back.
    """
    place = BookFile(root, conflict.name)
    read = reader(conflict.name)
    try:
        theirs = read(unpack(read_file(conflict.copy)[0], conflict.name, conflict.copy))
    except (OSError, Unreadable, Wrong) as error:
        text = N_("{copy} cannot be taken in: it cannot be read. It stays where it is.")
        raise HuddleError(text, copy=conflict.copy) from error
    with changing(place, read) as change:
        stored = None if change.found is None else change.found.value
        ours = theirs if stored is None else stored
        kept = merged(None, ours, theirs, at, by)
        write_in(kept, change.db, stored)
        change.save(twice=True)
    with explained(conflict.copy):
        away = put_away(conflict.copy, place, True)
        conflict.copy.unlink()
    if isinstance(kept, list):  # what is typed before a huddle is hidden, from whoever takes it in too
        return change.notices
    sides = (msgspec.to_builtins(side, order="deterministic") for side in (kept, theirs))
    cleared = isinstance(kept, Team)  # in a huddle what a copy does not say it only did not hear
    template = N_("{path}: {place} stays {kept}; the copy said {other}. The copy is kept as {away}.")
    return change.notices + [
        Sentence(template, {"path": place.path, "place": where, "kept": one, "other": other, "away": away})
        for where, one, other in _otherwise(*sides, cleared=cleared)
    ]


def _otherwise(kept: Any, theirs: Any, *trail: str, cleared: bool) -> Iterator[tuple[str, object, object]]:
    """Where a copy said another thing than what holds now, of all that people typed or chose.

    `cleared`: that it says nothing where something holds is another thing too.
    """
    if isinstance(kept, dict) and isinstance(theirs, dict):
        for name in [name for name in {**theirs, **kept} if name not in _NO_NEWS]:
            yield from _otherwise(kept.get(name), theirs.get(name), *trail, str(name), cleared=cleared)
    elif isinstance(kept, list | tuple) and all(isinstance(each, dict) for each in (*kept, *theirs)):
        known = {next(iter(each.values())): each for each in kept}
        there = [_nameless(each) for each in kept]
        for each in [each for each in theirs if _nameless(each) not in there]:
            name = next(iter(each.values()))
            holds = known.get(name, None if cleared else each)
            yield from _otherwise(holds, each, *trail, str(name), cleared=cleared)
    elif kept != theirs and (cleared or theirs not in _NOTHING):
        yield " → ".join(trail), _told(kept), _told(theirs)


def _nameless(item: dict[str, object]) -> dict[str, object]:
    """An item without its id: where two things had one id, the copy's has another one now."""
    return {name: value for name, value in item.items() if name != "id"}


def _told(value: object) -> object:
    """A value as it goes into a sentence."""
    return Sentence(N_("nothing")) if value in _NOTHING else shown(value)
