"""Values as rows of TinyDB's tables: how they are read and written, and how a table is made to hold those it should.

They are read by msgspec alone where this program sealed the file, else closely.

A field at its default is left out, so that a huddle of forty readings stays a page that one can read. What a newer
version of the program put in a row stays in it.
"""

import math
from collections.abc import Callable, Container, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache, partial
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import msgspec

from huddle_tui.domain.numbers import canonical
from huddle_tui.store.schema.checking import Wrong, checked
from huddle_tui.store.schema.sealed import Contents
from huddle_tui.store.schema.versions import Row

if TYPE_CHECKING:
    from tinydb import TinyDB

T = TypeVar("T")

Key = tuple[Any, ...]
"""What tells a row from the others of its table: the values of some of its fields, and which of those it is."""
Rows = list[tuple[Key, Row | None]]
"""The rows that a table should hold, in order; one that is None stands as it is stored."""

_MAKING: Final = Lock()  # two threads that look into a type for the first time at once crash msgspec 0.22


def decoded(contents: Contents, make: Callable[..., T], *of: type[msgspec.Struct]) -> T:
    """What `make` makes of the tables. What this program sealed is believed; all else is looked at closely."""
    with _MAKING:
        decoders = [_decoder(each) for each in of]
    if contents.parsed is None:
        try:
            return make(*[decoder.decode(contents.raw) for decoder in decoders])
        except (msgspec.ValidationError, ArithmeticError, Wrong):  # sealed, and yet wrong: what follows says where
            pass
    tables = contents.tables()
    return make(*[msgspec.convert(checked(tables, each), each, str_keys=True, dec_hook=exact) for each in of])


@cache
def _decoder(of: type[msgspec.Struct]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(of, dec_hook=exact)


def _number(_of: type, found: object) -> Decimal:
    """The number in that text. What is no text the parser made a binary float of: it is read again, closely."""
    if isinstance(found, str):
        return Decimal(found)
    raise ValueError(found)


exact: Final = cast(Callable[[type, Any], Decimal], lru_cache(16384)(_number))
"""Makes the numbers in readings. Equal ones are one: ten years hold 400,000, of which a few thousand differ."""


def row_of(value: msgspec.Struct) -> Row:
    """The row of a value: each field under its name in the files, as JSON has it."""
    row: Row = {}
    for name, written, default in _fields(type(value)):
        found = getattr(value, name)
        if found is not default and found != default:
            row[written] = _plain(found)
    return row


@lru_cache(maxsize=100)
def _fields(of: type[msgspec.Struct]) -> list[tuple[str, str, object]]:
    """Of each field its name, its name in the files, and what it is where it is left out."""
    return [
        (f.name, f.encode_name, f.default_factory() if f.default_factory is not msgspec.NODEFAULT else f.default)
        for f in msgspec.structs.fields(of)
    ]


def _plain(value: Any) -> Any:
    if type(value) in (str, int, bool):  # most are, and a save asks of a hundred
        return value
    match value:
        case Decimal():
            return canonical(value)
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case Enum():
            return value.value
        case float():
            if not math.isfinite(value):
                raise ValueError(f"{value} is no number of JSON")
            return round(value, 3)
        case msgspec.Struct():
            return row_of(value)
        case tuple():
            return [_plain(each) for each in value]
        case Mapping():
            return {name: _plain(each) for name, each in value.items()}
    return value


def put(
    db: "TinyDB",
    name: str,
    of: type[msgspec.Struct],
    rows: Rows,
    by: tuple[str, ...],
    *,
    within: int = 0,
    unique: bool = True,
) -> None:
    """Makes the table `name` hold these rows, each under its key, in this order, and no others. Needs the book's lock.

    `of` is what a row holds, for the fields we know; `by` names the fields that make the key, of which the first
    `within` tell rows apart whose order does not matter to each other. An id stays with its row for as long as the
    order allows; new ones go up.
    """
    from tinydb.table import Document  # TinyDB is loaded when something is first written

    if unique and len({bare for bare, _ in rows}) != len(rows):
        raise ValueError(f"two of the same {', '.join(by)} in {name}: {[bare for bare, _ in rows]}")
    held = (db.storage.read() or {}).get(name, {})  # as they are: a table makes a document of each row to read it
    at = sorted([(int(n), tuple([row.get(field) for field in by]), row) for n, row in held.items()], key=itemgetter(0))
    left = 0  # what comes first and stands as it is stored, which is nearly all in a round, is left alone
    while left < min(len(rows), len(at)) and rows[left] == (at[left][1], None):
        left += 1
    stored: dict[Key, tuple[int, Row]] = {}
    for n, bare, row in at[left:]:
        stored[_numbered(bare, stored)] = n, row
    table = db.table(name)
    last: dict[Key, int] = {}
    highest = at[-1][0] if at else 0
    fresh: list[Document] = []
    known: set[Key] = set()
    for bare, row in rows[left:]:
        known.add(key := _numbered(bare, known))
        n, before = stored.get(key, (0, None))
        group = key[:within]
        after = before if row is None else row if before is None else grafted(row, before, of)
        assert after is not None, "a row that stands as it is stored is stored"
        if n > last.get(group, 0):
            last[group] = n
            if row is not None and after != before:
                table.update(partial(_become, after), doc_ids=[n])
            del stored[key]
        else:
            highest = last[group] = highest + 1
            fresh.append(Document(after, highest))
    if stored:  # what is gone, and what moves behind others
        table.remove(doc_ids=[n for n, _ in stored.values()])
    if fresh:
        table.insert_multiple(fresh)


def _numbered(key: Key, known: Container[Key]) -> Key:
    """The key, with how many of the same were known before it."""
    n = 0
    while (numbered := (*key, n)) in known:
        n += 1
    return numbered


def _become(after: Row, document: Any) -> None:
    """What TinyDB's own `update` merges, this replaces: a field that is back at its default must not stay behind."""
    document.clear()
    document.update(after)


def grafted(row: Row, before: Mapping[str, Any], of: type[msgspec.Struct]) -> Row:
    """`row`, with what the row `before` it held of a newer version; lists by the first field of what they list."""
    known = _inner(of)
    for name, found in before.items():
        if name not in known:
            row.setdefault(name, found)
        elif name in row and (inner := known[name]) is not None:
            row[name] = _grafted_inside(row[name], found, inner)
    return row


def _grafted_inside(new: Any, before: Any, of: type[msgspec.Struct]) -> Any:
    if isinstance(new, dict) and isinstance(before, dict):
        return grafted(new, before, of)
    if isinstance(new, list) and isinstance(before, list):
        name = next(iter(_inner(of)))
        earlier: dict[Key, Row] = {}
        for row in before:
            if isinstance(row, dict):
                earlier[_numbered((row.get(name),), earlier)] = row
        seen: set[Key] = set()
        grown = []
        for row in new:
            seen.add(key := _numbered((row[name],), seen))
            grown.append(grafted(row, earlier.get(key, {}), of))
        return grown
    return new


@lru_cache(maxsize=100)
def _inner(of: type[msgspec.Struct]) -> Mapping[str, type[msgspec.Struct] | None]:
    """Each field's name in the files, with the class whose documents stand in it."""
    return {f.encode_name: _listed(f.type) for f in msgspec.structs.fields(of)}


def _listed(of: Any) -> type[msgspec.Struct] | None:
    """The class whose documents stand in a field of that type, one or a list of them; None where they do not."""
    inner = [of, *getattr(of, "__args__", ())]
    return next((each for each in inner if isinstance(each, type) and issubclass(each, msgspec.Struct)), None)
