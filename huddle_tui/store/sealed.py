"""What one file holds, as bytes and back: tables of documents as JSON that a person can read, diff and keep in git.

The last thing in a file says what the file is: `_meta.file` with its schema version, its own name (files that were
swapped are noticed) and a seal over all the rest, because a fifth of all single flipped bits still parse.
"""

from __future__ import annotations

import hashlib
import json
import re
from json.encoder import encode_basestring

import msgspec

from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.store import migrations
from huddle_tui.store.errors import Newer
from huddle_tui.store.migrations import Tables

_SEAL = b'"seal": "'
_LENGTH = 16
_MERGING = re.compile(rb"^(<<<<<<<|>>>>>>>)( |$)", re.MULTILINE)
_CONSTANTS = {None: "null", False: "false", True: "true"}
_scalar = json.JSONEncoder(allow_nan=False).encode
META = "_meta"
"""The table that speaks about the file itself."""


class Unreadable(Exception):
    """These bytes are not the file they should be; `reason` says why."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(str(reason))


class Contents(msgspec.Struct, frozen=True):
    """What `unpack` found."""

    tables: Tables
    """The tables, in the newest schema version."""
    sealed: bool
    """Whether the seal fits: if not, the file was changed outside the program."""


def pack(tables: Tables, name: str) -> bytes:
    """`tables` as the bytes of the file `name`: indented UTF-8 JSON, sealed, with one newline at the end.

    Raises TypeError or ValueError for what JSON cannot hold exactly (objects, NaN).
    """
    meta = dict(tables.get(META, {}))
    file = {key: value for key, value in meta.pop("file", {}).items() if key not in ("schema", "name", "seal")}
    file |= {"schema": migrations.SCHEMA, "name": name, "seal": ""}
    whole = {key: rows for key, rows in tables.items() if key != META} | {META: meta | {"file": file}}
    text = _lines(whole, "\n") + "\n"
    # Half of a surrogate pair has no UTF-8, but \udc80, as Python escapes it, is how JSON writes it too.
    head, mark, tail = text.encode("utf-8", "backslashreplace").rpartition(_SEAL)
    return head + mark + _seal(head, tail) + tail


def unpack(raw: bytes, name: str, path: object) -> Contents:
    """What the bytes of the file `name` hold. Raises `Unreadable`, or `Newer` where a newer program sealed them."""
    raw = raw.replace(b"\r\n", b"\n")  # what git may do to a file on Windows is no change of it
    head, _, rest = raw.rpartition(_SEAL)
    sealed = rest[:_LENGTH] == _seal(head, rest[_LENGTH:])
    tables, schema, owner = _parsed(raw)
    if owner != name:
        raise Unreadable(Sentence(N_("it is the file of “{name}”"), {"name": owner}))
    if schema > migrations.SCHEMA:
        if not sealed:
            raise Unreadable(Sentence(N_("it claims a newer version, but its seal is broken")))
        raise Newer(
            N_("{path} was written by a newer version of this program: update the program to open it."), path=path
        )
    if not sealed:
        _writable(tables)
    for version in range(schema, migrations.SCHEMA):
        tables = migrations.MIGRATIONS[version](tables)
    return Contents(tables, sealed)


def _lines(value: object, end: str) -> str:
    """What `json.dumps` gives with `indent=1, ensure_ascii=False`, in a third of the time: it is much of a save.

    `end` is the line end with the indentation that the value's last line has.
    """
    inner = end + " "
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict) and value:
        items = [
            f"{encode_basestring(key)}: {encode_basestring(item) if type(item) is str else _lines(item, inner)}"
            for key, item in value.items()
        ]
        return "{" + inner + ("," + inner).join(items) + end + "}"
    if isinstance(value, list | tuple) and value:
        return "[" + inner + ("," + inner).join([_lines(item, inner) for item in value]) + end + "]"
    if value is None or isinstance(value, bool):
        return _CONSTANTS[value]
    if type(value) is int:
        return str(value)
    return _scalar(value)


def _seal(head: bytes, tail: bytes) -> bytes:
    digest = hashlib.sha256(head)
    digest.update(tail)
    return digest.hexdigest()[:_LENGTH].encode()


def _parsed(raw: bytes) -> tuple[Tables, int, str]:
    """The tables, their schema version and whose file it is."""
    try:
        tables = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_why_not(raw, error)) from None
    shaped = isinstance(tables, dict) and all(
        isinstance(rows, dict) and all(isinstance(row, dict) for row in rows.values()) for rows in tables.values()
    )
    file = tables.get(META, {}).get("file", {}) if shaped else {}
    match file:
        case {"schema": int(schema), "name": str(owner)} if schema >= 1 and schema is not True:
            return tables, schema, owner
    raise Unreadable(Sentence(N_("it does not have the shape of a file of this program")))


def _why_not(raw: bytes, error: Exception) -> Sentence:
    if not raw.strip(b"\0 \t\n"):  # zeros are what a power cut may leave of a file that was written in place
        return Sentence(N_("it is empty"))
    if _MERGING.search(raw):
        return Sentence(N_("it holds the marks of an unfinished merge"))
    if isinstance(error, json.JSONDecodeError):
        return Sentence(N_("it is not JSON in line {line}"), {"line": error.lineno})
    return Sentence(N_("it is not JSON"))


def _writable(tables: Tables) -> None:
    """By hand one can write what the program could read and never save again (NaN, 1e999)."""
    try:
        json.dumps(tables, indent=1, allow_nan=False)
    except (ValueError, RecursionError):
        raise Unreadable(Sentence(N_("it holds something that could not be saved again"))) from None
