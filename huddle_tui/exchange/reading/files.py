"""Text files that people made: read whole, or refused with what to do."""

import codecs
from contextlib import suppress
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
    if kind := _kind(raw):
        raise HuddleError(kind, path=path)
    if len(raw) > LARGEST:
        raise HuddleError(N_("{path} is far too large for a file about a team."), path=path)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # "Unicode text" of a spreadsheet program
        with suppress(UnicodeDecodeError):
            return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        text = N_("{path}, line {line}: this is not UTF-8 text. Save the file again with the encoding UTF-8.")
        raise HuddleError(text, path=path, line=line) from None


_KINDS: Final = {
    b"PK\x03\x04": N_("{path} is a spreadsheet or an archive, not text: save the sheet as CSV, and import that."),
    b"\xd0\xcf\x11\xe0": N_(
        "{path} is an old spreadsheet or document, not text: save the sheet as CSV, and import that."
    ),
    b"%PDF": N_("{path} is a PDF, not text: import the CSV or team file that it was made from."),
}
"""What other programs' files begin with."""


def _kind(raw: bytes) -> str | None:
    """What to say of a file that is no text at all; None where it may be."""
    for start, sentence in _KINDS.items():
        if raw.startswith(start):
            return sentence
    if b"\0" in raw and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return N_("{path} is no text file: import a team file (TOML), or a CSV as a spreadsheet program saves it.")
    return None
