"""What can go wrong with a book's files, each told in one sentence that says what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huddle_tui.domain.sentence import N_, HuddleError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_LOCKLESS = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK}


class NotEditing(HuddleError):
    """A write outside `edit()`: a fault in the program, caught before it could overwrite anybody's work."""


class Busy(HuddleError):
    """Another program held the book's lock for longer than we were willing to wait."""


class Newer(HuddleError):
    """The file was written by a newer version of the program; it was not touched."""


class Damaged(HuddleError):
    """Neither the file nor any of its copies can be read."""


class SaveFailed(HuddleError):
    """The system refused a save. What was acknowledged before is still there; the same change may be tried again."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns an error of the system during a save of `path` into `SaveFailed` with what to do about it."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        if error.errno in _FULL:
            template = N_("{path} could not be saved, the disk is full ({reason}): make room, then try again.")
        elif error.errno in _FORBIDDEN:
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
        raise SaveFailed(template, path=path, reason=reason) from error
