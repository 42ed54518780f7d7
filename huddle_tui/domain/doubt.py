"""Numbers that are asked about before they count, because a sign or a zero too many is easily typed (METHOD 4). Pure.

A number that was meant costs one more Enter, as the same answer again is meant; one that was not is still in the field.
"""

import re
from decimal import Decimal
from typing import Final

from huddle_tui.domain.numbers import LOCALES
from huddle_tui.domain.sentence import N_, HuddleError, Sentence

_FAR: Final = 50
"""So many times more or less is a sign or two zeros too many: what goes wrong is off by 100 or 1,000, more or less."""
_NEAR: Final = 10
"""Within so many times it is what one would expect."""


def about_number(
    typed: str, value: Decimal | None, locale: str, promise: Decimal, last: Decimal | None
) -> Sentence | None:
    """What to ask about a number before it counts; None where it speaks for itself.

    `value` is what was understood of `typed`, `last` what was said of this number last time, None if nothing was.
    """
    known = [abs(one) for one in (promise, last) if one]
    if not value or not known:
        return None
    far = all(_times(abs(value), one) >= _FAR for one in known)
    ambiguous = re.fullmatch(rf"[^0-9]*[1-9][0-9]{{0,2}}{re.escape(LOCALES[locale].point)}[0-9]{{3}}[^0-9]*", typed)
    near = any(_times(abs(value), one) <= _NEAR for one in known)
    if not far and not (ambiguous and not near):
        return None
    if last is None:
        text = N_("That is {value}, and the promise is {promise}. Enter again if it is right, or type it anew.")
        return Sentence(text, {"value": value, "promise": promise})
    text = N_("That is {value}, the promise is {promise} and last time it was {last}. Enter again if it is right.")
    return Sentence(text, {"value": value, "promise": promise, "last": last})


def about_promise(value: Decimal, before: Decimal) -> Sentence | None:
    """What to ask about a promise before it counts: one of more than ten times the old one, or of less than a tenth."""
    if not before or not value or _times(abs(value), abs(before)) <= _NEAR:
        return None
    text = N_("From {old} to {new} is a large step. Enter again if you can be counted on for it, or type it anew.")
    return Sentence(text, {"old": before, "new": value})


def _times(one: Decimal, other: Decimal) -> Decimal:
    """How many times the smaller of two the larger one is."""
    return max(one, other) / min(one, other)


class Doubted(HuddleError):
    """Asked about before it counts: what was typed stays in the field, and the same again is taken."""


class Doubts:
    """What was asked about last."""

    def __init__(self) -> None:
        self._asked: tuple[object, ...] = ()

    def ask(self, doubt: Sentence | None, *about: object) -> None:
        """Raises Doubted where there is a doubt about this answer that was not asked about just before."""
        before, self._asked = self._asked, about
        if doubt is not None and before != about:
            raise Doubted(doubt.template, **doubt.values)
        self._asked = ()
