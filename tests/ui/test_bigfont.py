"""Block letters: every form is a clean rectangle, accents are kept, what cannot be drawn says so."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huddle_tui.ui.look.bigfont import big, drawable, fit, width

ACCENTED = "éèêëáàâäãåúùûüóòôöõíìîïçñøæœß"


def test_a_word_as_drawn() -> None:
    assert big("Zoë") == [
        "▄▄▄▄▄  ▄▄▄   ▄ ▄ ",
        "   ▄▀ █   █ ▄▄▄▄▄",
        " ▄▀   █   █ █▄▄▄ ",
        "█▄▄▄▄ ▀▄▄▄▀ █▄▄▄▄",
    ]


@pytest.mark.parametrize("c", ACCENTED + ACCENTED.upper() + "čşłžőğıțąÅ")
def test_accents_are_kept(c: str) -> None:
    bases = "AEIOUYCNSGLTZ"
    assert drawable(c)
    assert all(big(c) != big(base) for base in bases if c.upper() != base and c != "ı")
    assert len(big(c)) == 4


def test_every_accented_letter_looks_different() -> None:
    assert len({tuple(big(c)) for c in ACCENTED}) == len(ACCENTED)


def test_lower_case_is_shown_as_capitals() -> None:
    assert big("sanne é ĳ ø") == big("SANNE É IJ Ø")


def test_composed_and_decomposed_are_alike() -> None:
    assert big("André") == big("Andre\u0301")


@pytest.mark.parametrize("text", [string.ascii_letters, string.digits, ".,:;-−+%€$£/?!&()'\"#@*", "⚑★✦✔▒"])
def test_what_the_font_knows(text: str) -> None:
    assert all(drawable(c) for c in text)
    assert len({tuple(big(c)) for c in text.lower()} - {()}) >= len(set(text.lower())) - 2  # O and 0, two minus signs


@pytest.mark.parametrize(
    "text", ["", "佐藤", "محمد", "Иван", "Σωκράτης", "👩\u200d👩\u200d👧", "10²", "a\nb", "ộ", "ḉ", "%\u0301", "\u0301"]
)
def test_what_it_does_not_know(text: str) -> None:
    assert not drawable(text)
    assert fit(text, 500, 50) is None
    with pytest.raises(ValueError, match="not drawable"):
        big(text)


def test_small_figures() -> None:
    assert big("-1,5%", small=True) == ["   ▄█     █▀▀ ▀ █", "▀▀  █   ▄ ▀▀█ ▄▀ ", "   ▀▀▀ ▀  ▀▀▀ ▀ ▀"]
    assert drawable("Maximiliaan 8k", small=True)
    assert big("Jan", small=True) == big("JAN", small=True)
    assert not drawable("é", small=True)
    assert fit("12", 20, 3) == big("12", small=True)
    assert fit("12", 20, 3, small=False) is None


@given(st.text(string.ascii_letters + string.digits + ACCENTED + " .,:%€-+", min_size=1), st.integers(1, 3))
def test_all_rows_are_as_wide(text: str, scale: int) -> None:
    rows = big(text, scale=scale)
    assert len(rows) == 4 * scale
    assert {len(row) for row in rows} == {width(text, scale=scale)} == {width(text) * scale}
    assert set("".join(rows)) <= set(" ▀▄█")


@pytest.mark.parametrize(
    ("columns", "rows", "form"),
    [
        (200, 60, big("1:12", scale=3)),
        (200, 11, big("1:12", scale=2)),
        (width("1:12") * 2, 8, big("1:12", scale=2)),
        (width("1:12") * 2 - 1, 8, big("1:12")),
        (200, 7, big("1:12")),
        (width("1:12"), 4, big("1:12")),
        (width("1:12") - 1, 4, big("1:12", small=True)),
        (200, 3, big("1:12", small=True)),
        (width("1:12", small=True) - 1, 60, None),
        (200, 2, None),
        (0, 0, None),
    ],
)
def test_the_largest_form_that_fits(columns: int, rows: int, form: list[str] | None) -> None:
    assert fit("1:12", columns, rows) == form


def test_what_is_drawn_can_be_changed_without_harm() -> None:
    big("8").clear()
    assert len(big("8")) == 4
