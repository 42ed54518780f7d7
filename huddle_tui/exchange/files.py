"""Text files in and out: read whole, written whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

from huddle_tui.domain.sentence import N_, HuddleError, reason

LARGEST: Final = 8 * 1024 * 1024
"""The most bytes that a file of people's own making is taken to have."""


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark. Raises HuddleError."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise HuddleError(N_("There is no file {path}: check its name and folder."), path=path) from None
    except OSError as error:
        raise HuddleError(N_("{path} cannot be read: {why}."), path=path, why=reason(error)) from error
    if len(raw) > LARGEST:
        raise HuddleError(N_("{path} is far too large for a file about a team."), path=path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise HuddleError(
            N_("{path}, line {line}: this is not UTF-8 text. Save the file again with the encoding UTF-8."),
            path=path, line=line,
        ) from None  # fmt: skip


def write_text(path: Path, parts: Iterable[str], *, mark: bool = False) -> None:
    """Writes the parts to `path` as they come; what stood there stays until everything is on disk. Raises HuddleError.

    `mark` puts a byte order mark in front: without it spreadsheets take the file for another encoding than UTF-8.
    """
    try:
        path = path.resolve()
        if path.exists() and not path.is_file():  # a pipe or a terminal: nothing to keep, nothing to replace
            _write(path, "w", parts, mark)
            return
        staged = path.with_name(f".huddle-{secrets.token_hex(8)}")
        try:
            _write(staged, "x", parts, mark)
            if path.exists():
                staged.chmod(path.stat().st_mode & 0o777)
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)
    except OSError as error:
        raise HuddleError(N_("{path} cannot be written: {why}."), path=path, why=reason(error)) from error


def _write(path: Path, mode: Literal["w", "x"], parts: Iterable[str], mark: bool) -> None:
    with path.open(mode, encoding="utf-8-sig" if mark else "utf-8", errors="replace", newline="") as file:
        file.writelines(parts)
        file.flush()
        if mode == "x":
            os.fsync(file.fileno())
