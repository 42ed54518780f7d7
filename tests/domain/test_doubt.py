"""Which numbers are asked about before they count."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huddle_tui.domain import doubt, numbers


@pytest.mark.parametrize(
    ("typed", "locale", "promise", "last", "asked"),
    [
        ("12.500", "en", "12500", "11800", True),  # understood as 12.5
        ("12.500", "en", "12500", None, True),
        ("12,500", "nl", "12500", "11800", True),
        ("12.500", "nl", "12500", "11800", False),  # Dutch for 12500
        ("12.500", "nl", "12,5", "12,4", True),  # an English habit in a Dutch book
        ("12.500", "en", "500", None, True),  # a point where a comma may be meant, and neither is near
        ("12.500", "en", "12.5", None, False),  # near what was promised: written with its zeros
        ("12.500", "en", "900", "13", False),  # near last time
        ("12.5", "en", "12500", "12000", True),
        ("1250", "en", "12.5", "12.4", True),  # a factor of 100
        ("850", "en", "10", "9", True),  # 8.50
        ("125", "en", "12500", "12300", True),
        ("8", "en", "8", "7", False),
        ("40", "en", "8", "7", False),  # a good day
        ("400", "en", "8", "350", False),  # as last time, whatever was promised
        ("0", "en", "12500", "12000", False),  # nothing is nothing
        ("1", "en", "30", "28", False),
        ("3000", "en", "0", None, False),  # nothing to compare it with
        ("-12500", "en", "12.5", "12", True),
        ("-", "en", "12500", "12000", False),  # not measured
        ("€ 12.500", "en", "500", None, True),
        ("0.125", "en", "5", None, False),  # no comma could be meant
    ],
)
def test_numbers_that_are_off_are_asked_about(
    typed: str, locale: str, promise: str, last: str | None, asked: bool
) -> None:
    value = numbers.parse(typed, locale)
    said = None if last is None else numbers.parse(last, locale)
    promised = numbers.parse(promise, locale)
    assert promised is not None
    found = doubt.about_number(typed, value, locale, promised, said)
    assert (found is not None) is asked
    if found is not None:
        assert found.values["value"] == value, "what was understood is shown"


@pytest.mark.parametrize(
    ("new", "old", "asked"),
    [
        *(("80", "8", False), ("81", "8", True), ("6055", "60", True), ("6", "60", False), ("5", "60", True)),
        *(("0", "8", False), ("1000", "0", False), ("-90", "-8", True)),
    ],
)
def test_a_promise_of_more_than_ten_times_the_old_one_is_asked_about(new: str, old: str, asked: bool) -> None:
    assert (doubt.about_promise(Decimal(new), Decimal(old)) is not None) is asked


@given(st.decimals("0.001", "1e9", places=3), st.decimals("0.2", "5", places=2))
def test_what_is_near_the_promise_never_costs_an_enter(promise: Decimal, share: Decimal) -> None:
    value = promise * share
    for locale in numbers.LOCALES:
        typed = numbers.show(value, locale, 3)
        assert doubt.about_number(typed, value, locale, promise, None) is None
        assert doubt.about_promise(value, promise) is None
