"""What one file holds, as bytes and back: tables of documents as JSON that a person can read, diff and keep in git.

The last thing in a file says what the file is: its schema version, its own name (files that were swapped are noticed)
and a seal over all the rest, because a fifth of all single flipped bits still parse. It stands in a table of its own,
as TinyDB has them; when plain TinyDB writes the file it keeps that table, and the seal does not fit any more.

Python's own `json` reads what somebody else wrote, and is loaded for that: what we sealed msgspec reads.
"""

import hashlib
import re
from collections import Counter
from decimal import Decimal
from typing import Any, Final, NoReturn, cast

import msgspec

from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.store.errors import Newer
from huddle_tui.store.schema import versions
from huddle_tui.store.schema.versions import META, Row, Tables

_SEAL: Final = b'"seal": "'
_LENGTH: Final = 16
_META: Final = b'"_meta": {'
_OF_A_FILE: Final = ("1", "file")
"""The id of the document about the file: now, and in schema 1."""
_MERGING: Final = re.compile(rb"^(<<<<<<<|>>>>>>>)( |$)", re.MULTILINE)
_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = msgspec.json.Decoder(float_hook=Decimal)  # a number that we do not know is written again as it stood


class Unreadable(Exception):
    """These bytes are not the file they should be; `reason` says why."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(str(reason))


class Contents(msgspec.Struct, frozen=True):
    """What `unpack` found."""

    raw: bytes
    """The bytes, with the line ends that the program writes."""
    sealed: bool
    """Whether the seal fits: if not, the file was changed outside the program."""
    parsed: Tables | None
    """The tables in the newest schema version; None where `raw` holds just what this version writes."""
    seal: str = ""
    """The seal that stands in it, which tells this version of the file from all others."""
    was: str = ""
    """The seal of the version that this one was made from."""

    def tables(self) -> Tables:
        """The tables, parsed afresh and yours to keep."""
        return cast(Tables, _decoder.decode(self.raw)) if self.parsed is None else self.parsed


def pack(tables: Tables, name: str, was: str = "") -> bytes:
    """`tables` as the bytes of the file `name`: indented UTF-8 JSON, sealed, with one newline at the end.

    `was` is the seal of the version that they were made from: a copy of that one is merely a save behind. Raises
    TypeError or ValueError for what JSON cannot hold.
    """
    meta = dict(tables.get(META, {}))
    about = {key: value for key, value in meta.pop("1", {}).items() if key not in ("schema", "name", "was", "seal")}
    about |= {"schema": versions.SCHEMA, "name": name} | ({"was": was} if was else {}) | {"seal": ""}
    whole = {key: rows for key, rows in tables.items() if key != META} | {META: meta | {"1": about}}
    text = msgspec.json.format(_encoder.encode(whole), indent=1) + b"\n"
    head, mark, tail = text.rpartition(_SEAL)
    return head + mark + _seal(head, tail) + tail


def unpack(raw: bytes, name: str, path: object) -> Contents:
    """What the bytes of the file `name` hold.

    Raises `Unreadable`, `Newer` where a newer program sealed them, or Wrong for what an older version may not hold.
    """
    if b"\r" in raw:  # what git may do to a file on Windows is no change of it
        raw = raw.replace(b"\r\n", b"\n")
    head, _, rest = raw.rpartition(_SEAL)
    sealed = rest[:_LENGTH] == _seal(head, rest[_LENGTH:])
    tables = None if sealed else _parsed(raw)
    about = _about(_last(raw) if sealed else tables)
    if about["name"] != name:
        raise Unreadable(Sentence(N_("it is the file of “{name}”"), {"name": about["name"]}))
    schema = about["schema"]
    if schema > versions.SCHEMA:
        if not sealed:
            raise Unreadable(Sentence(N_("it claims a newer version, but its seal is broken")))
        text = N_("{path} was written by a newer version of this program: update the program to open it.")
        raise Newer(text, path=path)
    if schema < versions.SCHEMA:
        tables = _parsed(raw) if tables is None else tables
        for version in range(schema, versions.SCHEMA):
            tables = versions.MIGRATIONS[version](tables)
    return Contents(raw, sealed, tables, *[str(about.get(key, "")) for key in ("seal", "was")])


def name_in(raw: bytes) -> str | None:
    """Which file of a book these bytes say they are, whatever else is wrong with them; None where they do not."""
    import json

    if META.encode() not in raw:  # as in all that merely lies beside a book
        return None
    try:
        return cast(str, _about(json.loads(raw))["name"])
    except (ValueError, RecursionError, Unreadable):
        return None


def _seal(head: bytes, tail: bytes) -> bytes:
    digest = hashlib.sha256(head)
    digest.update(tail)
    return digest.hexdigest()[:_LENGTH].encode()


def _last(raw: bytes) -> object:
    """The table that speaks about the file, which a sealed one ends with."""
    try:
        return msgspec.json.decode(b"{" + raw[raw.rindex(_META) :])
    except ValueError:  # no place of its own, or something else than JSON: it was never ours
        return None


def _about(tables: Any) -> Row:
    """What a file says about itself."""
    if isinstance(tables, dict) and isinstance(meta := tables.get(META), dict):
        for key in _OF_A_FILE:
            match meta.get(key):
                case {"schema": int(schema), "name": str()} as about if schema >= 1 and schema is not True:
                    return cast(Row, about)
    raise Unreadable(Sentence(N_("it does not have the shape of a file of this program")))


def _parsed(raw: bytes) -> Tables:
    """The tables of a file that somebody else wrote: its numbers exact, and such that all can be saved again."""
    import json

    try:
        tables = json.loads(raw, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_each_once)
        try:
            _encoder.encode(tables)
        except UnicodeEncodeError:
            tables = _without_halves(tables)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_why_not(raw, error)) from None
    if not (
        isinstance(tables, dict)
        and all(
            isinstance(rows, dict) and all(isinstance(row, dict) for row in rows.values()) for rows in tables.values()
        )
    ):
        raise Unreadable(Sentence(N_("it does not have the shape of a file of this program")))
    return tables


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which nothing stands twice, as a merge can leave behind: JSON readers drop all but the last."""
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise Unreadable(Sentence(N_("it names {key} twice: keep one of the two"), {"key": twice}))
    return found


def _without_halves(found: Any) -> Any:
    """What JSON can write as `\\ud800` and no file can hold: half of a surrogate pair, which stands for nothing."""
    if isinstance(found, str):
        return found.encode("utf-8", "ignore").decode()
    if isinstance(found, dict):
        return {_without_halves(key): _without_halves(item) for key, item in found.items()}
    return [_without_halves(item) for item in found] if isinstance(found, list) else found


class _NoNumber(ValueError):
    """NaN and Infinity, which are no JSON though Python reads them."""


def _no_number(found: str) -> NoReturn:
    raise _NoNumber(found)


def _why_not(raw: bytes, error: Exception) -> Sentence:
    if not raw.strip(b"\0 \t\n"):  # zeros are what a power cut may leave of a file that was written in place
        return Sentence(N_("it is empty"))
    if _MERGING.search(raw):
        return Sentence(N_("it holds the marks of an unfinished merge"))
    if isinstance(error, _NoNumber):
        return Sentence(N_("it holds something that could not be saved again"))
    line = getattr(error, "lineno", None)  # a JSONDecodeError has one
    return Sentence(N_("it is not JSON in line {line}"), {"line": line}) if line else Sentence(N_("it is not JSON"))
