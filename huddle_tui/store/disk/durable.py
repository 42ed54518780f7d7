"""Bytes on disk that survive a kill, a power cut and a second program: atomic replacement and kernel locks."""

import errno
import os
import re
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

from huddle_tui.store.port import Held

if sys.platform == "win32":
    import msvcrt

    _FULL_SYNC = None
else:
    import fcntl

    _FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)  # macOS: a plain fsync stops at the drive's cache

_WINDOWS = os.name == "nt"
_WAITS = (0.01, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Seconds between tries to replace a file that something on Windows (a virus scanner, a reader) holds for a moment."""
_POLL = 0.005
"""Seconds until the second look at a lock that another program holds."""
_EAGER = 0.0005
"""Seconds between looks of one that has waited long: it looks more often than newcomers, so that nobody starves."""
_swept: set[Path] = set()
"""Folders in which this program looked for what killed writers left."""
TEMPORARY = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")
_BINARY = getattr(os, "O_BINARY", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_UNSUPPORTED = {errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOTTY, errno.EBADF}


def is_there(path: str | Path) -> bool:
    """Whether anything lies at `path`. Raises OSError where that cannot be known, unlike `Path.exists`."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def make_dir(path: Path, *, durable: bool = True) -> None:
    """Makes the folder and those above it, as open to colleagues as `modes` says, so that they survive a power cut."""
    if path.is_dir() or path == path.parent:
        return
    make_dir(path.parent, durable=durable)
    mode, _ = modes(path.parent)
    if mode != 0o700:
        _make_shared_dir(path, mode)
    else:
        with suppress(FileExistsError):  # another program made it meanwhile; were it a file, the next step says so
            path.mkdir(0o700)
    if durable:
        sync_folder(path.parent)


def _make_shared_dir(path: Path, mode: int) -> None:
    """Makes a folder that is open to colleagues from the moment it is there: one may be about to write in it."""
    made = Path(_beside(path))
    try:
        made.mkdir(0o700)
        _share(made, mode, path.parent)
        made.rename(path)  # or takes the place of an empty one that another program made meanwhile
    except OSError:
        with suppress(OSError):
            made.rmdir()
        if not path.is_dir():  # else another program made it meanwhile, and something is in it
            raise


def modes(folder: Path) -> tuple[int, int]:
    """The modes of a new folder and a new file inside `folder`.

    For their owner alone, unless the folder is shared on purpose: others may write in it, and not only each their own
    things, as in a place for temporary files (the sticky bit). Then both are as open as the folder.
    """
    mode = folder.stat().st_mode
    if mode & 0o022 and not mode & stat.S_ISVTX:
        return mode & 0o2777, mode & 0o666
    return 0o700, 0o600


def replace(data: bytes, path: Path, copy: Path | None = None, *, durable: bool = True, twice: bool = False) -> None:
    """Puts `data` in `path`, and in its `copy`. The caller holds the book's lock.

    When this returns, `path` survives a power cut. The copy is written once it does, and waited for only with `twice`:
    waiting would double the time of a save. It has the time of change of `path`: a file that was written to since has
    another. When this raises an OSError, `path` is whole, old or new; a copy that is not does not pass for whole.
    """
    path = _behind(path)
    if copy is None:
        _swap_in(_staged(data, path, durable=durable), path, durable=durable)
        return
    opened, beside = _to_write_over(copy), ""
    try:
        if opened < 0:
            copy = _behind(copy)
            beside = _staged(data, copy, durable=False)
        written = _swap_in(_staged(data, path, durable=durable), path, durable=durable)
        if opened >= 0:
            _write(opened, data)
            os.ftruncate(opened, len(data))
        else:
            _swap(beside, copy)
        with suppress(OSError):  # a drive that keeps no times of ours cannot tell rot from an edit, no more
            os.utime(copy, ns=(written, written))
        if durable and twice:
            sync_file(copy)
    except BaseException:
        if beside:
            _forget(beside, copy)
        raise
    finally:
        if opened >= 0:
            os.close(opened)


def _to_write_over(copy: Path) -> int:
    """The file of a copy, to be written in place, as a new one each time takes twice as long; -1 where it should not.

    That is one that is not there or may not be written, or that has another name as well (a backup of links).
    """
    try:
        opened = os.open(copy, os.O_WRONLY | _BINARY | _NONBLOCK)
    except OSError:
        return -1
    with suppress(OSError):
        status = os.fstat(opened)
        if stat.S_ISREG(status.st_mode) and status.st_nlink == 1:
            return opened
    os.close(opened)
    return -1


def _staged(data: bytes, path: Path, *, durable: bool) -> str:
    """A file beside `path` with what it is to hold."""
    folder = path.parent
    if not os.path.isdir(folder):  # noqa: PTH112 (each save asks this, and Path takes three times as long)
        make_dir(folder, durable=durable)
    if folder not in _swept:
        _sweep(folder)
    temporary = _beside(path)
    opened = -1
    try:
        opened = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        _write(opened, data)
        mode = _mode_of(path)
        if mode != 0o600:
            _share(Path(temporary), mode, folder)
        if durable:
            _sync(opened)
        closing, opened = opened, -1
        os.close(closing)
    except BaseException:
        if opened >= 0:
            with suppress(OSError):
                os.close(opened)
        _forget(temporary, path)
        raise
    return temporary


def _beside(path: Path) -> str:
    """A name of its own for what is to come in the place of `path`."""
    return f"{path.parent}{os.sep}.{path.name}.{os.urandom(4).hex()}.tmp"


def _swap_in(temporary: str, path: Path, *, durable: bool) -> int:
    """Puts what was staged in the place of `path`; gives the time of its change."""
    try:
        written = os.stat(temporary).st_mtime_ns  # noqa: PTH116 (it is a string)
        _swap(temporary, path)
    except BaseException:
        _forget(temporary, path)
        raise
    if durable:
        sync_folder(path.parent)
    return written


def _forget(temporary: str, path: Path) -> None:
    """Removes what was staged for `path`; the next save there looks whether more was left."""
    _swept.discard(path.parent)
    with suppress(OSError):
        os.unlink(temporary)  # noqa: PTH108 (it is a string, and Path takes three times as long)


def _behind(path: Path) -> Path:
    """Where a link leads: the link stays and what it leads to is written, as long as it leads to somewhere."""
    if not os.path.islink(path):  # noqa: PTH114 (a save asks this twice, and Path takes three times as long)
        return path
    target = Path(os.path.realpath(path))
    return target if target.parent.is_dir() and not target.is_symlink() else path


def _write(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def _mode_of(path: Path) -> int:
    """The mode that the file at `path` has, or that a new one there should have."""
    with suppress(FileNotFoundError):
        if stat.S_ISREG(before := os.lstat(path).st_mode):
            return stat.S_IMODE(before)
    return modes(path.parent)[1]


def _share(path: Path, mode: int, folder: Path) -> None:
    """Opens `path` to those who use `folder`; a drive that knows no groups or modes decides for itself."""
    with suppress(OSError):
        if not _WINDOWS:
            os.chown(path, -1, folder.stat().st_gid)
    with suppress(OSError):
        path.chmod(mode)


def _swap(temporary: str, path: Path) -> None:
    for wait in _WAITS if _WINDOWS else ():
        try:
            os.replace(temporary, path)  # noqa: PTH105 (it is a string, and Path takes three times as long)
            return
        except PermissionError:
            time.sleep(wait)  # whoever reads the file there keeps it open for a moment
    os.replace(temporary, path)  # noqa: PTH105 (it is a string, and Path takes three times as long)


def _sweep(folder: Path) -> None:
    """Removes what killed writers left half-written: we hold the lock, so nobody alive is writing there.

    Once per program and folder, and again after a save that failed there: a folder of a year holds 250 files.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for orphan in [entry for entry in entries if entry.name.endswith(".tmp")]:
            if TEMPORARY.fullmatch(orphan.name):
                Path(orphan).rmdir() if orphan.is_dir(follow_symlinks=False) else Path(orphan).unlink()
        _swept.add(folder)


def _sync(fd: int) -> None:
    if sys.platform != "win32" and _FULL_SYNC is not None:
        try:
            fcntl.fcntl(fd, _FULL_SYNC)
            return
        except OSError as error:  # a network drive may know only the plain one
            if error.errno not in _UNSUPPORTED:
                raise
    os.fsync(fd)


def sync_file(path: Path) -> None:
    """Waits until the file survives a power cut, with its name."""
    path = _behind(path)
    fd = os.open(path, os.O_RDWR if _WINDOWS else os.O_RDONLY)  # Windows flushes only what may be written
    try:
        _sync(fd)
    finally:
        os.close(fd)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Waits until what was made, renamed or removed in that folder survives a power cut."""
    if _WINDOWS:  # has no such thing
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        _sync(fd)
    except OSError as error:  # some network drives sync folders on their own and refuse to be asked
        if error.errno not in _UNSUPPORTED:
            raise
    finally:
        os.close(fd)


class KernelLock(Held):
    """A kernel lock: it goes with the program that holds it, however that ends, or when it is released."""

    def __init__(self, fd: int) -> None:
        self._fd: int | None = fd

    def release(self) -> None:
        fd, self._fd = self._fd, None
        if fd is not None:
            with suppress(OSError):  # whatever closing reports, the lock is gone
                os.close(fd)


def take(path: Path, timeout: float = 0.0) -> KernelLock | None:
    """Locks the file `path`, in a folder that exists; None when somebody else holds it for `timeout` seconds on end.

    It is the kernel's lock and nothing else: a file whose mere presence means "locked" would outlive a killed program.
    Raises OSError where the drive knows no locks or the file may not be written.
    """
    deadline, pause = time.monotonic() + timeout, _POLL
    while True:
        _, mode = modes(path.parent)
        if mode != 0o600 and not is_there(path):
            _make_shared_lock(path, mode)
        fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if stat.S_IMODE(os.fstat(fd).st_mode) != mode and not _WINDOWS:
                _share(path, mode, path.parent)
            if _locked(fd) and os.fstat(fd).st_nlink:  # else somebody removed it while we waited: lock its successor
                return KernelLock(fd)
        except BaseException:
            os.close(fd)
            raise
        os.close(fd)
        if time.monotonic() >= deadline:
            return None
        time.sleep(pause)  # the kernel tells nobody that a lock is free, and waiting in it knows no deadline
        pause = max(_EAGER, pause * 0.8)


def _make_shared_lock(path: Path, mode: int) -> None:
    """Makes a file that is open to colleagues from the moment it is there: one may be about to lock it.

    Where that goes wrong (another made it first, or the drive knows no second names) it is merely opened after this.
    """
    made = _beside(path)
    with suppress(OSError):
        os.close(os.open(made, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            _share(Path(made), mode, path.parent)
            os.link(made, path)
        finally:
            Path(made).unlink()


def _locked(fd: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK, errno.EDEADLK):
            return False
        raise
    return True
