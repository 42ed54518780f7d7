"""Conflict copies: what sync tools leave beside a file when two computers saved it at once, noticed.

They are known by what they hold and not by their names, which every tool makes in its own way.
"""

from pathlib import Path

import msgspec

from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.store.care.strays import is_ours, owner, says_the_same
from huddle_tui.store.disk.listing import Folders
from huddle_tui.store.disk.reading import BookFile


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
    """The files in a book's folders that are not named as one of its own is."""
    top = [name for name in folders.entries(f"{root}") if name.startswith("team") and name != "team.json"]
    huddles = folders.entries(f"{root}/huddles")
    found = [root / name for name in top]
    found += [root / "checkins" / name for name in folders.entries(f"{root}/checkins")]
    found = [path for path in found if not is_ours(path, root)]  # any name may be a person's
    found += [root / "huddles" / name for name in huddles]
    found += [root / "huddles" / year / name for year in huddles for name in folders.odd(year)]
    return sorted(path for path in found if ".json" in path.name)
