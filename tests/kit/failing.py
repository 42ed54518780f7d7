"""A disk on which one call of the system fails once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CALLS = ["open", "stat", "lstat", "fstat", "listdir", "scandir", "mkdir", "replace", "fsync", "read", "write", "unlink"]


class Failing:
    """Lets the n-th of some calls in a book fail; `reached` tells whether there were so many."""

    def __init__(self, root: Path, at: int, number: int) -> None:
        self.left, self.root, self.number, self.reached = at, str(root), number, False

    def instead_of(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            if self.root in str(args[0]) or isinstance(args[0], int):
                self.left -= 1
                if self.left == 0:
                    self.reached = True
                    raise OSError(self.number, os.strerror(self.number))
            return real(*args, **options)

        return call

    @contextmanager
    def once(self) -> Iterator[None]:
        """Lets it fail in here; what is flushed is not waited for, as that is tried elsewhere."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", lambda fd: None)
            for name in CALLS:
                patch.setattr(os, name, self.instead_of(getattr(os, name)))
            yield
