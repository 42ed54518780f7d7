"""Numbers as people type and read them: METHOD 4, row by row, and what must never be misread."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huddle_tui.domain.numbers import LOCALES, NotANumber, canonical, computed, parse, plain, rounded, show

LOCALE = st.sampled_from(sorted(LOCALES))
VALUE = st.decimals(
    min_value=Decimal("-999999999999999"), max_value=Decimal("999999999999999"), places=None, allow_nan=False
).map(lambda d: plain(d.quantize(Decimal("1e-9"))))


@pytest.mark.parametrize(
    ("locale", "typed", "is_"),
    [
        ("nl", "12.500", "12500"),
        ("nl", "12,5", "12.5"),
        ("nl", "1.234,50", "1234.5"),
        ("en", "12,500", "12500"),
        ("en", "12.5", "12.5"),
        *[
            (locale, typed, is_)
            for locale in LOCALES
            for typed, is_ in [
                ("€ 12500", "12500"),
                ("85%", "85"),
                (" 8 ", "8"),
                ("+3", "3"),
                ("-4", "-4"),
                ("−4", "-4"),
                ("12k", "12000"),
                ("0", "0"),
                ("-0", "0"),
                ("007", "7"),
                ("12 500", "12500"),
                ("1 234 567", "1234567"),
                ("12\u00a0500", "12500"),
                ("12\u202f500", "12500"),
                ("-€4", "-4"),
                ("€-4", "-4"),
                ("12 k", "12000"),
                ("999999999999999", "999999999999999"),
            ]
        ],
        ("nl", "1,2M", "1200000"),
        ("en", "1.2M", "1200000"),
        ("nl", "12,5k", "12500"),
        ("nl", ",5", "0.5"),
        ("en", ".5", "0.5"),
        ("nl", "-1.234.567,890", "-1234567.89"),
        ("nl", "0,000000001", "0.000000001"),
    ],
)
def test_what_is_typed_is_the_exact_number(locale: str, typed: str, is_: str) -> None:
    assert parse(typed, locale) == Decimal(is_)
    assert canonical(parse(typed, locale) or Decimal(0)) == is_


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("typed", ["", "  ", "-", "n/a", "N/A", "?", " - ", "−"])
def test_an_honest_not_measured(locale: str, typed: str) -> None:
    assert parse(typed, locale) is None


@pytest.mark.parametrize(
    ("locale", "typed", "meant"),
    [
        ("nl", "12.50", "12,50"),
        ("nl", "0.500", "0,500"),
        ("nl", "€ 12.50", "€ 12,50"),
        ("nl", "12.5k", "12,5k"),
        ("nl", ".5", "0,5"),
        ("nl", "€ -.5k", "€ -0,5k"),
        ("en", ",5", "0.5"),
        ("nl", "12. 50", "12, 50"),
        ("nl", "1,234.50", "1.234,50"),
        ("nl", "1,234,567", "1.234.567"),
        ("en", "12,5", "12.5"),
        ("en", "0,500", "0.500"),
        ("en", "1.234,50", "1,234.50"),
        ("en", "1.234.567", "1,234,567"),
    ],
)
def test_another_notation_is_refused_with_the_one_that_reads(locale: str, typed: str, meant: str) -> None:
    language = {"nl": "a Dutch", "en": "an English"}[locale]
    with pytest.raises(NotANumber) as refused:
        parse(typed, locale)
    assert str(refused.value) == f"{typed} is not {language} number: did you mean {meant}?"
    assert parse(meant, locale) is not None


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "1e400",
        "1e5",
        "NaN",
        "nan",
        "sNaN",
        "inf",
        "-Infinity",
        "1,2,3",
        "1.2.3",
        "1..2",
        "1 2",
        "12 50",
        "1234 567",
        "--4",
        "+-3",
        "-€-4",
        "0x10",
        "1_000",
        "8m",
        "8!",
        ".",
        ",",
        "€",
        "%",
        "k",
        "٣",
        "１２",
        "१२",
        "²",
        "½",
        "8;5",
        "1.234.56",
        "1,234,56",
        "0.123.456",
        "[red]8",
    ],
)
def test_what_is_no_number_is_refused_with_an_example(locale: str, typed: str) -> None:
    with pytest.raises(NotANumber) as refused:
        parse(typed, locale)
    assert typed in str(refused.value)
    assert LOCALES[locale].example in str(refused.value)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("typed", ["9" * 200, "1" * 16, "1000000000000k", "€ -" + "9" * 300])
def test_too_many_digits_are_refused_as_such(locale: str, typed: str) -> None:
    with pytest.raises(NotANumber, match="too many digits") as refused:
        parse(typed, locale)
    assert LOCALES[locale].example in str(refused.value)


def test_too_many_decimals_are_refused_and_not_rounded() -> None:
    with pytest.raises(NotANumber, match="too many digits"):
        parse("0." + "0" * 9 + "1", "en")


def test_a_long_paste_is_refused_at_once_and_named_in_short() -> None:
    for paste in ["1" * 10_000 + "x", "1 " * 5_000, "1.," * 4_000, "." * 10_000]:
        began = time.perf_counter()
        with pytest.raises(NotANumber) as refused:
            parse(paste, "nl")
        assert time.perf_counter() - began < 1
        assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("typed", "unit", "is_"),
    [
        ("8/10", "/10", "8"),
        ("8 /10", "/10", "8"),
        ("12 calls", "calls", "12"),
        ("12 CALLS", "calls", "12"),
        ("EUR 12", "EUR", "12"),
        ("12", "EUR", "12"),
        ("810", "10", "810"),
        ("12,5", ",5", "12.5"),
        ("-4", "-", "-4"),
    ],
)
def test_the_unit_may_be_typed_along_and_never_eats_digits(typed: str, unit: str, is_: str) -> None:
    assert parse(typed, "nl", unit) == Decimal(is_)


@given(st.text(max_size=60) | st.text("0123456789.,-+ €k%M", max_size=30), LOCALE, st.text(max_size=4))
def test_any_text_is_a_number_not_measured_or_refused(typed: str, locale: str, unit: str) -> None:
    try:
        value = parse(typed, locale, unit)
    except NotANumber:
        return
    assert value is None or value.is_finite()


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_two_digits_behind_the_other_sign_are_never_thousands(whole: int, cents: int) -> None:
    for locale, sign in [("nl", "."), ("en", ",")]:
        with pytest.raises(NotANumber):
            parse(f"{whole}{sign}{cents:02}", locale)


@given(VALUE, LOCALE, st.integers(0, 6))
def test_what_is_shown_reads_as_the_same_number(value: Decimal, locale: str, decimals: int) -> None:
    assert parse(show(value, locale, decimals), locale) == value


@given(VALUE)
def test_what_files_hold_is_the_same_number_in_plain_digits(value: Decimal) -> None:
    assert Decimal(canonical(value)) == value
    assert not set(canonical(value)) - set("-0123456789.")


@pytest.mark.parametrize(
    ("value", "locale", "decimals", "shown"),
    [
        ("12500", "nl", 0, "12.500"),
        ("12500", "en", 0, "12,500"),
        ("1234.5", "nl", 2, "1.234,50"),
        ("7.99", "en", 0, "7.99"),
        ("-4", "nl", 0, "-4"),
        ("1E+3", "en", 0, "1,000"),
        ("-0.0", "en", 1, "0.0"),
    ],
)
def test_shown_as_the_locale_writes_it_and_never_rounded(value: str, locale: str, decimals: int, shown: str) -> None:
    assert show(Decimal(value), locale, decimals) == shown


@pytest.mark.parametrize(("value", "decimals", "is_"), [("0.5", 0, "1"), ("2.345", 2, "2.35"), ("-0.5", 0, "-1")])
def test_computed_values_are_rounded_half_up(value: str, decimals: int, is_: str) -> None:
    assert rounded(Decimal(value), decimals) == Decimal(is_)


@pytest.mark.parametrize(
    ("value", "decimals", "is_"),
    [("8.3333", 0, "8.3"), ("0.01", 0, "0.01"), ("0.0333", 0, "0.03"), ("0.004", 1, "0.004"), ("0.000", 0, "0")],
)
def test_what_was_computed_is_one_finer_than_its_number_and_never_rounded_to_nothing(
    value: str, decimals: int, is_: str
) -> None:
    assert computed(Decimal(value), decimals) == Decimal(is_)


def test_a_tenth_and_two_tenths_are_three_tenths() -> None:
    one, two, three = (parse(text, "en") for text in ("0.1", "0.2", "0.3"))
    assert one is not None
    assert two is not None
    assert one + two == three
