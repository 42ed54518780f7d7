"""People's text on the screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from huddle_tui.ui.look.text import cut, graphemes, pad, plain, wrap

FAMILY = "👩\u200d👩\u200d👧"


@pytest.mark.parametrize("hostile", ["[/]", "[bold red]x[/]", "[@click=app.quit]x[/]", "[Ops] $error"])
def test_markup_is_text(hostile: str) -> None:
    assert plain(hostile).plain == hostile
    assert not plain(hostile).spans


def test_no_control_code_gets_out() -> None:
    assert plain("\x1b[31mred\u202e").plain == "[31mred"


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("Sanne", 5, "Sanne"),
        ("Sanne", 4, "San…"),
        ("Sanne", 1, "…"),
        ("Sanne", 0, ""),
        ("佐藤さん", 8, "佐藤さん"),
        ("佐藤さん", 6, "佐藤…"),
        ("佐藤さん", 4, "佐…"),
        ("ab cd", 4, "ab…"),
        (FAMILY + "xyz", cell_len(FAMILY) + 1, FAMILY + "…"),
        ("x" + FAMILY, 2, "x…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("🇳🇱🇧🇪", 3, "🇳🇱…"),
    ],
)
def test_cut(text: str, cells: int, shown: str) -> None:
    assert cut(text, cells) == shown


@pytest.mark.parametrize(("align", "shown"), [("left", "佐  "), ("right", "  佐"), ("center", " 佐 ")])
def test_pad(align: str, shown: str) -> None:
    assert pad("佐", 4, align) == shown  # type: ignore[arg-type]


@given(st.text(), st.integers(0, 12))
def test_nothing_is_ever_wider_than_its_place_or_split(text: str, cells: int) -> None:
    shown = cut(text, cells)
    assert cell_len(shown) <= cells
    assert "".join(graphemes(text)) == text
    if shown != text and shown:
        whole = list(graphemes(text))
        starts = {"".join(whole[:i]).rstrip() for i in range(len(whole) + 1)}
        assert shown.removesuffix("…") in starts


@given(st.text(max_size=200), st.integers(2, 40))
def test_wrapped_text_fits_and_loses_no_word(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert lines
    assert all(cell_len(line) <= cells for line in lines)
    assert "".join("".join(lines).split()) == "".join(plain(text).plain.split())
