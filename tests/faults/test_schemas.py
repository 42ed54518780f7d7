"""Books of every version of the file format there ever was: they read as they did then, and go on from there."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import inspect
from msgspec.structs import replace

from huddle_tui.store.schema import documents
from huddle_tui.store.schema import versions as migrations
from huddle_tui.store.tiny import TinyBook
from tests.faults.schemas import make
from tests.kit.promises import all_names, readable, rows_of, sound

VERSIONS = sorted(int(folder.name) for folder in make.SCHEMAS.iterdir() if folder.name.isdecimal())
INSIDE_OTHERS = ("readings", "stucks", "offline")
"""Tables of what stood in other documents in version 1."""
HISTORY = re.compile(r' *"(was|seal)": ')
"""The lines that say which version of a file it is."""
FUTURE = {"from the future": {"x": [1, None, "ë"]}}


def holds(found: Any, expected: Any, place: str = "") -> None:
    """Everything expected is found; a newer program may know of more."""
    if isinstance(expected, dict):
        assert isinstance(found, dict), place
        for key, value in expected.items():
            assert key in found, f"{place}/{key}"
            holds(found[key], value, f"{place}/{key}")
    elif isinstance(expected, list):
        assert isinstance(found, list), place
        assert len(found) == len(expected), place
        for n, (one, other) in enumerate(zip(found, expected, strict=True)):
            holds(one, other, f"{place}/{n}")
    else:
        assert found == expected, place


@pytest.fixture(params=VERSIONS, ids=lambda version: f"version {version}")
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def book(version: int, tmp_path: Path) -> Path:
    return Path(shutil.copytree(make.SCHEMAS / str(version) / "book", tmp_path / "book"))


@pytest.fixture
def expected(version: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((make.SCHEMAS / str(version) / "expected.json").read_text("utf-8"))
    return found


def save_all(book: Path) -> None:
    """Changes every file, and changes it back: what is on disk then was written by this program."""
    store = TinyBook(book)
    team = store.team()
    for there in (replace(team, name="Other"), team):
        store.change_team(lambda _, there=there: there)  # type: ignore[misc]  # mypy cannot infer lambdas with defaults
    for huddle in list(store.huddles(store.days())):
        for again in (replace(huddle, team="Other"), huddle):
            store.change_huddle(huddle.day, lambda _, again=again: again)  # type: ignore[misc]  # as above
    for person in team.people:
        for check_in in store.check_ins(person.id):
            for typed in (replace(check_in, stuck="Other"), check_in):
                store.change_check_in(person.id, typed.huddle_day, lambda _, typed=typed: typed)  # type: ignore[misc]  # as above


def test_there_is_a_book_of_every_version() -> None:
    assert list(range(1, migrations.SCHEMA + 1)) == VERSIONS, "run: python -m tests.faults.schemas.make"
    assert sorted(migrations.MIGRATIONS) == VERSIONS[:-1]


def test_a_book_of_any_version_reads_as_it_did(book: Path, version: int, expected: dict[str, Any]) -> None:
    names = all_names(book)
    assert {name.partition("/")[0] for name in names} == {"team", "huddles", "checkins"}
    for name in names:
        meta = json.loads((book / f"{name}.json").read_bytes())["_meta"]
        assert meta["file" if version == 1 else "1"]["schema"] == version
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    readable(book, {})
    store = TinyBook(book)
    holds(make.contents(store), expected)
    assert store.take_notices() == []
    assert {path: path.read_bytes() for path in book.rglob("*") if path.is_file()} == before


def test_it_is_saved_in_the_newest_version_and_nothing_gets_lost(book: Path, expected: dict[str, Any]) -> None:
    save_all(book)
    for name in all_names(book):
        raw = (book / f"{name}.json").read_bytes()
        assert json.loads(raw)["_meta"]["1"]["schema"] == migrations.SCHEMA
        assert raw == (book / f".huddle/twins/{name}.json").read_bytes()
    readable(book, {})
    holds(make.contents(TinyBook(book)), expected)
    sound(book)


def test_what_nobody_knows_survives(book: Path, version: int, expected: dict[str, Any]) -> None:
    for name in all_names(book):
        path = book / f"{name}.json"
        tables = json.loads(path.read_bytes())
        for table, rows in tables.items():
            for row in rows.values():
                if table != "_meta":
                    row.update(FUTURE)
        path.write_text(json.dumps(tables | {"later": {"row": FUTURE}}), encoding="utf-8")
    readable(book, {}, told=len(all_names(book)))
    save_all(book)
    holds(make.contents(TinyBook(book)), expected)
    for name in all_names(book):
        assert rows_of(book, name, "later") == {"row": FUTURE}
        tables = json.loads((book / f"{name}.json").read_bytes())
        for table, rows in tables.items():
            for key, row in rows.items():
                if table != "_meta" and not (version == 1 and table in INSIDE_OTHERS):
                    assert row.items() >= FUTURE.items(), f"{name}: {table}/{key}"


def test_the_newest_version_is_written_as_it_always_was(tmp_path: Path) -> None:
    """Another spelling of the same needs a version of its own: an older program may not read it."""
    fixture = make.SCHEMAS / str(migrations.SCHEMA) / "book"
    book = Path(shutil.copytree(fixture, tmp_path / "book"))
    save_all(book)
    for name in all_names(book):
        saved, kept = [
            [line for line in (place / f"{name}.json").read_text("utf-8").splitlines() if not HISTORY.match(line)]
            for place in (book, fixture)
        ]
        assert saved == kept, name


def test_the_newest_book_has_every_field_there_is() -> None:
    folder = make.SCHEMAS / str(migrations.SCHEMA) / "book"
    used = {key for path in folder.rglob("*.json") for key in every_key(json.loads(path.read_bytes()))}
    of = [documents.TeamTables, documents.HuddleFile, documents.CheckInFile]
    known = {field for each in of for field in every_field(inspect.type_info(each))}
    assert len(known) > 60
    again = (
        f"until {make.SCHEMAS / str(migrations.SCHEMA)} is released: remove it, run python -m tests.faults.schemas.make"
    )
    assert known - used == set(), again


def every_field(of: inspect.Type) -> Iterator[str]:
    """The name of every field that stands anywhere in a type."""
    if isinstance(of, inspect.StructType):
        for field in of.fields:
            yield field.encode_name
            yield from every_field(field.type)
    for name in ("item_type", "value_type"):
        if hasattr(of, name):
            yield from every_field(getattr(of, name))
    for each in getattr(of, "types", ()):
        yield from every_field(each)


def every_key(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from every_key(item)
    elif isinstance(value, list):
        for item in value:
            yield from every_key(item)
