"""Whole sentences with named places, and the errors that carry them."""

from __future__ import annotations

import errno
from decimal import Decimal

from huddle_tui import i18n
from huddle_tui.domain.sentence import HuddleError, Sentence, reason


def test_what_varies_goes_in_the_named_places() -> None:
    assert str(Sentence("{who} owns {what}.", {"who": "Sanne", "what": "{who}"})) == "Sanne owns {who}."


def test_the_count_chooses_the_form() -> None:
    one, two = (Sentence("{n} day", {"n": n}, "{n} days", n) for n in (1, 2))
    assert (str(one), str(two)) == ("1 day", "2 days")
    assert (i18n.say(one), i18n.say(two)) == ("1 day", "2 days")


def test_a_sentence_may_stand_in_a_sentence() -> None:
    inner = Sentence("for example {n}", {"n": 8})
    assert str(Sentence("Type a number, {example}.", {"example": inner})) == "Type a number, for example 8."


def test_an_error_carries_its_sentence() -> None:
    error = HuddleError("{name} is not here.", name="[red]{x}")
    assert str(error) == "[red]{x} is not here."
    assert error.sentence.values == {"name": "[red]{x}"}


def test_numbers_in_a_sentence_are_written_in_the_locale() -> None:
    try:
        i18n.use("en", "nl")
        assert i18n.say(Sentence("{n}", {"n": Decimal("1234.5")})) == "1.234,5"
    finally:
        i18n.use("en")


def test_why_the_system_refused_is_said_in_the_language_spoken() -> None:
    i18n.use("nl")
    assert i18n.say(reason(OSError(errno.ENOSPC, "No space left on device"))) == "de schijf is vol"
    assert i18n.say(reason(FileNotFoundError(errno.ENOENT, "No such file"))) == "zo'n bestand of map is er niet"


def test_what_the_system_alone_has_words_for_is_said_as_it_says_it() -> None:
    assert i18n.say(reason(OSError(errno.ELOOP, "Too many {links}"))) == "Too many {links}"
    assert i18n.say(reason(OSError())) == "OSError"
