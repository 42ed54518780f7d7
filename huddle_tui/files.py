"""Files outside every book: written whole or not at all, and what one account keeps for itself alone.

A leaf like `i18n`: settings, who somebody is and every export are written here and nowhere else. What is in a book is
the store's, which also keeps copies and holds a lock.
"""

import os
from collections.abc import Iterable
from itertools import chain, count
from pathlib import Path

from huddle_tui.domain.sentence import N_, HuddleError, reason


def place(typed: str) -> Path:
    """The path that somebody typed: `~` is the home folder. Raises HuddleError where there is none."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        raise HuddleError(N_("{typed} cannot be found: there is no such home folder."), typed=typed) from None


def make_folder(path: Path) -> None:
    """Makes the folder and those above it, for this account alone; one that is there stays as open as it is."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)


def private(path: str, flags: int) -> int:
    """An `opener` for `open`: a file that is made is this account's alone."""
    return os.open(path, flags, 0o600)


def replace(path: Path, parts: Iterable[str], *, mark: bool = False, alone: bool = False) -> None:
    """Writes the parts to `path` as they come; what stood there stays until everything is on disk. Raises OSError.

    A link stays one, and its target is written; a file that was there keeps its rights, a new one is for this account
    `alone` where asked. `mark` puts a byte order mark in front. A pipe or a terminal is written to as it is.
    """
    path = Path(os.path.realpath(path))
    encoding = "utf-8-sig" if mark else "utf-8"
    if path.exists() and not path.is_file():  # nothing to keep, nothing to replace
        with path.open("w", encoding=encoding, errors="replace", newline="") as file:
            file.writelines(parts)
        return
    staged = path.with_name(f".huddle-{os.urandom(8).hex()}")
    try:
        with open(
            staged, "x", encoding=encoding, errors="replace", newline="", opener=private if alone else None
        ) as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            staged.chmod(path.stat().st_mode & 0o777)
        staged.replace(path)
    finally:
        staged.unlink(missing_ok=True)


def write_text(path: Path, parts: Iterable[str], *, mark: bool = False) -> None:
    """Writes an export to the file that somebody named, as `replace` does; without a mark spreadsheets take a CSV for
    another encoding than UTF-8. Raises HuddleError; also for a file of a book, which is the store's.
    """
    try:
        if _of_a_book(path):
            raise HuddleError(N_("{path} belongs to a book, which would lose it: choose another file."), path=path)
        replace(path, parts, mark=mark)
    except OSError as error:
        raise HuddleError(N_("{path} cannot be written: {why}."), path=path, why=reason(error)) from error


def write_new(name: str, parts: Iterable[str]) -> Path:
    """Writes an export to the folder that the program was started in, and gives back where: nothing there is replaced,
    recap-2.md stands beside recap.md. Raises HuddleError.
    """
    try:
        path = Path(name).absolute()
        others = (path.with_stem(f"{path.stem}-{n}") for n in count(2))
        path = next(one for one in chain([path], others) if not os.path.lexists(one))
    except OSError as error:
        raise HuddleError(N_("{path} cannot be written: {why}."), path=name, why=reason(error)) from error
    write_text(path, parts)
    return path


def _of_a_book(path: Path) -> bool:
    own = {"team.json", "checkins", "huddles", ".huddle"}
    path = Path(os.path.realpath(path))
    return any(path.relative_to(root).parts[0] in own for root in path.parents if (root / ".huddle").is_dir())
