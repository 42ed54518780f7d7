"""What lies in a book's folders and is none of its files: half-written ones, conflict copies, lost ones.

Conflict copies, what sync tools leave beside a file when two computers saved it at once, are known by what they hold
and not by their names, which every tool makes in its own way.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.store.disk.durable import TEMPORARY, is_there
from huddle_tui.store.disk.listing import Folders, unlisted_for
from huddle_tui.store.disk.reading import BookFile, find, read_file
from huddle_tui.store.schema.checking import Wrong
from huddle_tui.store.schema.documents import reader
from huddle_tui.store.schema.sealed import Unreadable, name_in, unpack

_PROPER: Final = re.compile(r"team|checkins/[\w-]{1,80}|huddles/(\d{4})/(\1-\d\d-\d\d)")


def huddle_name(day: date) -> str:
    """The name of a day's huddle in its book: of its file, without `.json`, or of its document in a database."""
    return f"huddles/{day.year:04}/{day}"


def check_ins_name(person: str) -> str:
    """The same of a person's check-ins. Raises HuddleError for an id that can be no name."""
    name = f"checkins/{person}"
    if not is_proper(name):
        text = N_("“{id}” cannot be the id of a person: it may have letters, digits, - and _ only.")
        raise HuddleError(text, id=person)
    return name


def is_proper(name: str) -> bool:
    """Whether a book has a file of that name; nobody reads anything else in its folders."""
    match = _PROPER.fullmatch(name)
    if match is None or match[2] is None:
        return match is not None
    with suppress(ValueError):
        return bool(date.fromisoformat(match[2]))
    return False


def may_be_there(path: Path) -> bool:
    """Whether anything lies at `path`, as far as this account may know: what it may not look at may well be there."""
    try:
        return is_there(path)
    except OSError:
        return True


def strays(root: Path, unlisted: list[Sentence]) -> list[Path]:
    """The files in the book's folders that are none of its own. Which of its copies cannot be listed is `unlisted`."""

    def note(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError) and os.access(root, os.X_OK):  # else reading the team says so
            unlisted.append(unlisted_for(error.filename or root, error))

    found = [path for path in files(root / ".huddle", told=note) if TEMPORARY.fullmatch(path.name)]
    for folder in (root, *(root / name for name in Folders(root).entries(f"{root}") if _holds_files(name))):
        for path in files(folder, deep=folder != root):
            if TEMPORARY.fullmatch(path.name):
                found.append(path)
            elif _is_odd(path, root) and (folder != root or path.name.startswith("team") or owner(path)):
                found.append(path)  # other things of other people may well lie beside a book
    return found


def owner(path: Path) -> str | None:
    """Which file of a book the file at `path` says it is; None where it says nothing of the kind."""
    try:
        name = name_in(read_file(path)[0])
    except (OSError, Unreadable):
        return None
    return name if isinstance(name, str) and is_proper(name) else None


def says_the_same(copy: Path, place: BookFile) -> bool:
    """Whether a copy holds just what the file itself does."""
    try:
        read = reader(place.name)
        theirs, ours = read(unpack(read_file(copy)[0], place.name, copy)), find(place, read)
    except (OSError, Unreadable, Wrong, HuddleError):
        return False
    return ours is not None and bool(theirs == ours.value)


def files(folder: Path, *, deep: bool = True, told: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    """The files in a folder, in order; `told` is called with why a folder in it cannot be listed."""
    for base, folders, inside in os.walk(folder, onerror=told):
        folders.sort()
        yield from (Path(base) / file for file in sorted(inside))
        if not deep:
            return


def is_ours(path: Path, root: Path) -> bool:
    """Whether it is named like a file of the book, and is not a copy of another that a sync tool named so."""
    name = path.relative_to(root).with_suffix("").as_posix()
    if path.suffix != ".json" or not is_proper(name):
        return False
    return may_be_there(BookFile(root, name).twin) or owner(path) in (None, name)


class ConflictCopy(msgspec.Struct, frozen=True):
    """Another version of one of the book's files, lying beside it; nobody reads it."""

    copy: Path
    """Where it is."""
    path: Path
    """The file that it is a version of."""
    name: str
    """That file's name in the book, with `/` and without `.json`."""

    @property
    def notice(self) -> Sentence:
        """What a person should know about it."""
        template = N_(
            "{copy} is another version of {path}, as sync tools leave behind: it is not read. "
            "`huddle doctor --repair` takes in what it says, and tells where the two differ."
        )
        return Sentence(template, {"copy": self.copy, "path": self.path})


def conflicts(root: Path, folders: Folders) -> list[ConflictCopy]:
    """The conflict copies in a book that say something else than their files. Opens only what is named oddly."""
    found = []
    for copy in _odd(root, folders):
        name = owner(copy)
        if name is not None and not says_the_same(copy, place := BookFile(root, name)):
            found.append(ConflictCopy(copy, place.path, name))
    return found


def _odd(root: Path, folders: Folders) -> list[Path]:
    """The files in a book's folders, and in versions of these, that are not named as one of its own is."""
    found = []
    for name in folders.entries(f"{root}"):
        found.append(root / name)
        for inside in folders.entries(f"{root}/{name}") if _holds_files(name) else ():
            found.append(root / name / inside)
            if name == "huddles":
                found += [root / name / inside / entry for entry in folders.odd(inside)]
            elif "huddles" in name:
                found += [root / name / inside / entry for entry in folders.entries(f"{root}/{name}/{inside}")]
    return sorted(path for path in found if _is_odd(path, root))


def _holds_files(folder: str) -> bool:
    """Whether a folder at the top of a book is one of its own, or a version of it, as `huddles 2`."""
    return "checkins" in folder or "huddles" in folder


def _is_odd(path: Path, root: Path) -> bool:
    """Whether it is named as a version of a file, and not as a file of the book."""
    return ".json" in path.name.lower() and not is_ours(path, root)
