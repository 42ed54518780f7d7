"""What can go wrong with a book's files, each told in one sentence that says what to do."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath

from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.store.schema.checking import MISSING, Wrong

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_PLACE = {errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY}
_IN_THE_WAY = {*_NO_PLACE, errno.ELOOP, errno.ENOENT}
_LOCKLESS = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK}


class Busy(HuddleError):
    """Another program held the book's lock for longer than we were willing to wait."""


class Newer(HuddleError):
    """The file was written by a newer version of the program; it was not touched."""


class Damaged(HuddleError):
    """Neither the file nor any of its copies can be read."""


class Misread(HuddleError):
    """A file could be read, but something in it is not what it should be: it was changed by hand, and went wrong."""


class SaveFailed(HuddleError):
    """The system refused a save. What was acknowledged before is still there; the same change may be tried again."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns an error of the system during a save of `path` into `SaveFailed` with what to do about it."""
    try:
        yield
    except OSError as error:
        values = {"path": path, "reason": error.strerror or type(error).__name__}
        if error.errno in _FULL:
            template = N_("{path} could not be saved, the disk is full ({reason}): make room, then try again.")
        elif (sentence := not_ours(path, error)) is not None:
            raise SaveFailed(sentence.template, **sentence.values) from error
        elif (place := _in_the_way(error)) is not None:
            template = N_(
                "{path} could not be saved, {place} is in the way ({reason}): move it elsewhere, then try again."
            )
            values["place"] = place
        elif error.errno in FORBIDDEN:
            template = N_(
                "{path} could not be saved, writing there is not allowed ({reason}): "
                "ask for access to the folder or choose another one."
            )
        elif error.errno in _LOCKLESS:
            template = N_(
                "{path} could not be saved, the drive does not offer what keeps two programs apart ({reason}): "
                "move the book to a disk of this computer."
            )
        else:
            template = N_("{path} could not be saved ({reason}): check the disk or the connection to it and try again.")
        raise SaveFailed(template, **values) from error


def _in_the_way(error: OSError) -> Path | None:
    """What lies where a folder or a file of a book should be; None where something else is wrong."""
    named = error.filename2 if error.errno in _NO_PLACE and error.filename2 else error.filename
    if error.errno not in _IN_THE_WAY or named is None:
        return None
    path = Path(named)
    with suppress(OSError):  # what cannot be looked at is no matter of moving something elsewhere
        for place in (path, *path.parents):
            if os.path.lexists(place):
                return None if place.is_dir() and place != path else place
    return None


def not_ours(path: Path, error: OSError) -> Sentence | None:
    """What to do where something of a book belongs to root, after the program was run with `sudo` once; else None."""
    if error.errno != errno.EACCES or not hasattr(os, "geteuid") or (place := _of_root(path)) is None:
        return None
    import shlex

    text = N_("{path} may not be opened by this account, {place} belongs to root. `{command}` gives it back.")
    return Sentence(text, {"path": path, "place": place, "command": f'sudo chown -R "$USER" {shlex.quote(str(place))}'})


def _of_root(path: Path) -> Path | None:
    """What on the way to `path` belongs to root in a folder of this account, as one run with `sudo` leaves it."""
    found = None
    for place in (path, *path.parents):
        try:
            owner = place.lstat().st_uid
        except OSError:  # it may not be looked at: what it lies in tells
            continue
        if owner != 0:
            return found if owner == os.geteuid() else None
        found = place
    return None


def misread(file: PurePath, wrong: Wrong) -> Misread:
    """The error to raise where something in `file` is not what it should be."""
    text = N_("{file}: {fault}. Put it right there, or put a backup of the file in its place.")
    return Misread(text, file=file, fault=fault(wrong))


def fault(wrong: Wrong) -> Sentence:
    """What is wrong in a file, and where in it."""
    place = " → ".join(wrong.trail)
    if wrong.found is MISSING:
        return Sentence(N_("{place} is missing ({expected})"), {"place": place, "expected": wrong.expected})
    template = N_("{place} is {found}, but should be {expected}")
    return Sentence(template, {"place": place, "found": shown(wrong.found), "expected": wrong.expected})


def shown(found: object) -> str:
    """What stands in a document, for a sentence."""
    import json

    text = json.dumps(found, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:59] + "…"
