"""People's text is data: what is dropped, what is kept, what is refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huddle_tui.domain.sentence import HuddleError, Sentence
from huddle_tui.domain.text import FREE, PERSON_NAME, checked, clean, clean_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\x1b[2Jgone", "[2Jgone"),
        ("a\x9b31mb", "a31mb"),
        ("\u202eevil\u2066", "evil"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half \ud800 pair", "half  pair"),
        ("nul\x00l\x07", "null"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("tab\there", "tab here"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("[/] [bold]x[/bold]", "[/] [bold]x[/bold]"),
        ("佐藤 محمد", "佐藤 محمد"),
    ],
)
def test_clean(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_clean_line_has_no_line_ends_and_no_spare_spaces() -> None:
    assert clean_line("  call\n\nthe \t supplier\r\n") == "call the supplier"


@given(st.text(st.characters(codec=None)))
def test_nothing_unwanted_is_left_and_cleaning_twice_changes_nothing(typed: str) -> None:
    once = clean(typed)
    assert clean(once) == once
    assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"} for c in once)
    assert all(c == "\u200d" or unicodedata.category(c) != "Cf" for c in once)
    once.encode()
    assert "\n" not in clean_line(typed)


def test_checked_refuses_what_is_too_long_and_never_cuts() -> None:
    assert checked(" " + "x" * PERSON_NAME + " ", PERSON_NAME, "The name") == "x" * PERSON_NAME
    with pytest.raises(HuddleError, match="The name has 81 characters and 80 is the most") as refused:
        checked("x" * 81, PERSON_NAME, Sentence("The name"))
    assert refused.value.sentence.values["what"] == Sentence("The name")


def test_checked_keeps_lines_only_where_they_are_wanted() -> None:
    assert checked("a\nb\n", FREE, "The note", lines=True) == "a\nb"
    assert checked("a\nb\n", FREE, "The note") == "a b"
