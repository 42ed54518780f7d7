"""The bin of a book in a folder: huddles that were deleted, until they are brought back (METHOD 8).

Each step leaves the bytes in at least one place: what is moved is on disk there before it goes here, and a program that
is killed in between leaves them in both.
"""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

from huddle_tui.domain.sentence import N_, HuddleError, Sentence, reason
from huddle_tui.store.disk.durable import is_there, replace, sync_folder
from huddle_tui.store.disk.reading import BookFile, bringing_back, find, lost, read_file
from huddle_tui.store.disk.saving import hold, keep, lock
from huddle_tui.store.errors import Newer, explained
from huddle_tui.store.schema.checking import Wrong
from huddle_tui.store.schema.documents import reader
from huddle_tui.store.schema.sealed import Unreadable, pack, unpack


def discard(root: Path, name: str, day: date, *, durable: bool = True) -> list[Sentence]:
    """Moves the huddle of `day` to the bin as it is read; what else lies there goes to quarantine.

    Gives back what a person should know. Raises HuddleError where there is none, or it is held.
    """
    place, running = BookFile(root, name), hold(root, f"host-{day}")
    if running is None:
        raise HuddleError(N_("The huddle of {day} is being held by a program now: end it there first."), day=day)
    with running, lock(place, 10.0, durable=durable), explained(place.path):
        found = find(place, reader(name))
        if found is None:
            raise HuddleError(N_("There is no huddle of {day} in this book."), day=day)
        found.may_be_saved_on()
        raw = found.raw if found.contents.sealed else pack(found.contents.tables(), name)
        replaced = keep(place, found, place.path, place.twin)
        replace(raw, _free(root, day), durable=durable)
        for path in (place.twin, place.path):  # the copy first: alone it would bring the huddle back
            path.unlink(missing_ok=True)
            if durable and path.parent.is_dir():
                sync_folder(path.parent)
    if replaced is None:
        return []
    text = N_("{path} came from outside and was deleted; what it had replaced is kept. `{command}` brings it back.")
    return [Sentence(text, {"path": place.path, "command": bringing_back(replaced, place.path)})]


def discarded(root: Path) -> list[date]:
    """The days whose huddles lie in the bin, the newest first. Raises HuddleError where that cannot be known."""
    try:
        return sorted(_contents(root), reverse=True)
    except OSError as error:
        text = N_("{path} cannot be listed ({reason}): check the disk.")
        raise HuddleError(text, path=_folder(root), reason=reason(error)) from error


def restore(root: Path, name: str, day: date, *, durable: bool = True) -> None:
    """Brings the huddle of `day` back, the one that was deleted last. Raises HuddleError where there is one again."""
    place = BookFile(root, name)
    with lock(place, 10.0, durable=durable), explained(place.path):
        kept = _contents(root).get(day)
        if kept is None:
            raise HuddleError(N_("There is no huddle of {day} in the bin."), day=day)
        raw = _bytes(kept, place)
        for path in (place.path, place.twin):
            if is_there(path) and _bytes(path, place) != raw:  # the same bytes are of a step that failed halfway
                raise HuddleError(N_("There is a huddle of {day} again, so the deleted one stays in the bin."), day=day)
        # what was changed in the bin has no second copy, else it would pass for rot
        replace(raw, place.path, place.twin if _is_sealed(raw, place) else None, durable=durable)
        kept.unlink()


def _bytes(path: Path, place: BookFile) -> bytes:
    """What lies there. Raises HuddleError where it is nothing that can be moved as a file."""
    try:
        return read_file(path)[0]
    except Unreadable as error:
        raise lost(place, error.reason) from None


def _is_sealed(raw: bytes, place: BookFile) -> bool:
    try:
        return unpack(raw, place.name, place.path).sealed
    except (Unreadable, Wrong, Newer):
        return False


def _folder(root: Path) -> Path:
    return root / ".huddle" / "bin"


def _contents(root: Path) -> dict[date, Path]:
    """Per day the file that was deleted last."""
    try:
        names = sorted(os.listdir(_folder(root)))  # noqa: PTH208 (names, sorted: `day.json`, then `day.2.json`)
    except FileNotFoundError:
        return {}
    found: dict[date, Path] = {}
    for name in sorted(names, key=lambda name: (name[:10], len(name), name)):
        with suppress(ValueError):
            found[date.fromisoformat(name[:10])] = _folder(root) / name
    return found


def _free(root: Path, day: date) -> Path:
    """A name in the bin that nothing has yet."""
    count, path = 1, _folder(root) / f"{day}.json"
    while is_there(path):
        count += 1
        path = path.with_name(f"{day}.{count}.json")
    return path
