"""A file that is not as a save left it, and every call of the system fails once: none of its versions is lost."""

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.store.care.doctor import examine
from huddle_tui.store.tiny import TinyBook
from tests.kit.failing import Failing
from tests.kit.fakes import MONDAY, small_team

NAME = f"huddles/2026/{MONDAY}"


def put_back(root: Path) -> list[bytes]:
    (backup,) = (root / ".huddle/backups").glob(f"*/{NAME}.json")
    shutil.copy(backup, root / f"{NAME}.json")
    return [b"newest", b"first"]


def rotten(root: Path) -> list[bytes]:
    path = root / f"{NAME}.json"
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"newest", b"newesu"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return [b"newest"]


OPERATIONS: dict[str, Callable[[Path], object]] = {
    "save": lambda root: TinyBook(root).change_huddle(MONDAY, lambda _: Huddle(MONDAY, "after")),
    "delete": lambda root: TinyBook(root).discard_huddle(MONDAY),
    "repair": lambda root: examine(root, repair=True),
}


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("state", [put_back, rotten])
def test_whichever_call_fails_no_version_is_lost(
    tmp_path: Path, state: Callable[[Path], list[bytes]], operation: str
) -> None:
    model = tmp_path / "model"
    book = TinyBook(model)
    book.change_team(lambda _: small_team())
    for text in ("first", "newest"):
        book.change_huddle(MONDAY, lambda _, text=text: Huddle(MONDAY, text))  # type: ignore[misc]
    versions = state(model)
    for at in range(1, 300):
        root = Path(shutil.copytree(model, tmp_path / f"{at}"))
        failing = Failing(root, at, errno.EIO)
        with failing.once(), suppress(HuddleError):  # a sentence, and never an error of the system
            OPERATIONS[operation](root)
        there = b"".join(path.read_bytes() for path in root.rglob(f"*{MONDAY}*") if path.is_file())
        assert all(version in there for version in versions), at
        shutil.rmtree(root)
        if not failing.reached:
            break
    else:
        pytest.fail("more calls than were tried")
