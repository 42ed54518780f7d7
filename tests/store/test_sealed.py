"""What a file holds, as bytes and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huddle_tui.store.errors import Newer
from huddle_tui.store.schema import versions as migrations
from huddle_tui.store.schema.sealed import Unreadable, pack, unpack
from huddle_tui.store.schema.versions import Tables

ANY_TEXT = st.text(st.characters(codec="utf-8"))
"""Also NUL and what else a terminal may send."""
EXACT = st.decimals(-(10**12), 10**12, places=3, allow_nan=False)
"""Numbers that are no whole ones, as a file has them."""


def values(*others: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What may stand in a document."""
    return st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), ANY_TEXT, *others),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
        max_leaves=8,
    )


def tables_of(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Tables]:
    """Tables of documents that hold such values."""
    return st.dictionaries(
        ANY_TEXT.filter(lambda name: name != "_meta"),
        st.dictionaries(ANY_TEXT, st.dictionaries(ANY_TEXT, value, max_size=3), max_size=3),
        max_size=3,
    )


TABLES = tables_of(values(EXACT))


def body(tables: Tables) -> Tables:
    return {name: rows for name, rows in tables.items() if name != "_meta"}


@settings(max_examples=50)
@given(TABLES, ANY_TEXT)
def test_what_was_packed_comes_back(tables: Tables, name: str) -> None:
    contents = unpack(pack(tables, name), name, "file")
    assert body(contents.tables()) == tables
    assert contents.sealed


@settings(max_examples=50)
@given(TABLES)
def test_packing_again_changes_no_byte(tables: Tables) -> None:
    once = pack(tables, "team")
    assert pack(unpack(once, "team", "file").tables(), "team") == once


@given(TABLES, st.data())
def test_any_changed_byte_breaks_the_seal_or_the_file(tables: Tables, data: st.DataObject) -> None:
    raw = pack(tables, "team")
    at = data.draw(st.integers(0, len(raw) - 1))
    to = data.draw(st.integers(0, 255).filter(lambda value: value != raw[at]))
    changed = raw[:at] + bytes([to]) + raw[at + 1 :]
    try:
        contents = unpack(changed, "team", "file")
    except Unreadable:
        return
    assert not contents.sealed


@given(st.binary(max_size=200))
def test_rubbish_is_refused_with_a_reason(raw: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        unpack(raw, "team", "file")
    assert str(caught.value.reason)


@settings(max_examples=50)
@given(tables_of(values()))
def test_a_file_is_laid_out_as_python_lays_out_json(tables: Tables) -> None:
    raw = pack(tables, "team")
    text = json.dumps(json.loads(raw), indent=1, ensure_ascii=False) + "\n"
    assert raw == text.encode()


def test_a_file_is_text_that_a_person_can_read_and_diff() -> None:
    text = pack({"people": {"anna": {"name": "Zoë 日本"}}}, "team").decode()
    assert text.startswith('{\n "people": {\n  "anna": {\n   "name": "Zoë 日本"\n  }\n },\n "_meta": {\n  "1": {\n')
    assert text.endswith('"\n  }\n }\n}\n')


def test_fields_about_the_file_that_we_do_not_know_survive() -> None:
    tables: Tables = {"_meta": {"1": {"origin": "home", "seal": "old"}, "book": {"id": 7}}, "people": {}}
    meta = unpack(pack(tables, "team"), "team", "file").tables()["_meta"]
    assert meta["1"]["origin"] == "home"
    assert meta["book"] == {"id": 7}


def test_line_ends_that_git_turned_into_those_of_windows_are_no_change() -> None:
    raw = pack({"people": {"anna": {"name": "Anna"}}}, "team")
    contents = unpack(raw.replace(b"\n", b"\r\n"), "team", "file")
    assert contents.sealed
    assert contents.tables()["people"] == {"anna": {"name": "Anna"}}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("\0" * 512, "it is empty"),
        ("null", "it does not have the shape of a file of this program"),
        ("[]", "it does not have the shape of a file of this program"),
        ('{"people": []}', "it does not have the shape of a file of this program"),
        ('{"people": {"anna": 3}}', "it does not have the shape of a file of this program"),
        ('{"people": {}}', "it does not have the shape of a file of this program"),
        (
            '{"_meta": {"1": {"schema": true, "name": "team"}}}',
            "it does not have the shape of a file of this program",
        ),
        ('{"_meta": {"1": {"schema": 0, "name": "team"}}}', "it does not have the shape of a file of this program"),
        ('{"_meta": {"1": {"schema": 99, "name": "team"}}}', "it claims a newer version, but its seal is broken"),
        ('{"_meta": {"1": {"schema": 1, "name": "2026"}}}', "it is the file of “2026”"),
        ('{"a": {"b": {"c": NaN}}, "_meta": {"1": {"schema": 2, "name": "team"}}}', "it holds something that could"),
        ('{"a": {},\n"b": {', "it is not JSON in line 2"),
        ("[" * 100_000, "it is not JSON"),
        ('{\n<<<<<<< HEAD\n "a": 1\n=======\n "a": 2\n>>>>>>> theirs\n}', "it holds the marks of an unfinished merge"),
    ],
)
def test_the_reason_says_what_is_wrong(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        unpack(text.encode(), "team", "file")
    assert str(caught.value.reason).startswith(reason)


def test_a_newer_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)
    raw = pack({}, "team")
    monkeypatch.undo()
    with pytest.raises(Newer, match=r"^BOOK/team.json was written by a newer version"):
        unpack(raw, "team", "BOOK/team.json")


def test_an_older_file_is_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(tables: Tables) -> Tables:
        return tables | {"numbers": {key: {"n": row["n"] * 2} for key, row in tables["numbers"].items()}}

    def rename(tables: Tables) -> Tables:
        return {("doubles" if name == "numbers" else name): rows for name, rows in tables.items()}

    raw = pack({"numbers": {"a": {"n": 4}}, "unknown": {"x": {"y": 1}}}, "team")
    first = migrations.SCHEMA
    monkeypatch.setattr(migrations, "SCHEMA", first + 2)
    monkeypatch.setattr(migrations, "MIGRATIONS", {first: twice, first + 1: rename})
    contents = unpack(raw, "team", "file")
    assert body(contents.tables()) == {"doubles": {"a": {"n": 8}}, "unknown": {"x": {"y": 1}}}
    assert contents.sealed
    assert json.loads(pack(contents.tables(), "team"))["_meta"]["1"]["schema"] == first + 2


def test_there_is_a_migration_for_every_older_version() -> None:
    assert list(migrations.MIGRATIONS) == list(range(1, migrations.SCHEMA))
