"""Text files that people made: read whole, or refused with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Final

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
