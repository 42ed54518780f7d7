"""What the program keeps for one account alone, outside every book: settings, who somebody is, the log."""

from __future__ import annotations

import os
from pathlib import Path


def make_folder(path: Path) -> None:
    """Makes the folder and those above it, for this account alone; one that is there stays as open as it is."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)


def private(path: str, flags: int) -> int:
    """An `opener` for `open`: a file that is made is this account's alone."""
    return os.open(path, flags, 0o600)
