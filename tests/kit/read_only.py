"""Media that refuse every write, to root too."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def read_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lets the system refuse every write, to root too."""

    def refuse(*args: object, **options: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    real = os.open

    def open_to_read(path: str, flags: int, mode: int = 0o777) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            refuse()
        return real(path, flags, mode)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", open_to_read)
        for name in ("mkdir", "replace", "unlink", "rename", "chmod"):
            patch.setattr(os, name, refuse)
        yield
