"""Text to exact decimal and back, per locale (METHOD 4). Never a binary float, never a guess.

What a person types is read strictly: a number that the locale would write differently is refused with the sentence
that says how, because reading `12.50` as 1250 would put a wrong number in somebody's mouth.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

import msgspec

from huddle_tui.domain.sentence import N_, HuddleError, Sentence

WHOLE_DIGITS: Final = 15
"""The most digits before the decimal sign."""
FRACTION_DIGITS: Final = 9
"""The most digits behind it."""
MOST_DECIMALS: Final = 6
"""The most decimals that a KPI can be set to be shown with."""
_LONGEST: Final = 500  # a paste longer than this is no number, and is not worth looking at digit by digit


class Locale(msgspec.Struct, frozen=True):
    """How a locale writes numbers."""

    group: str
    """Between groups of three digits."""
    point: str
    """Before the decimals."""
    wrong: str
    """The sentence for a number in another locale's notation; `{typed}` and `{meant}`."""
    example: str
    """Numbers to show as an example."""


LOCALES: Final = {
    "en": Locale(",", ".", N_("{typed} is not an English number: did you mean {meant}?"), N_("8, 12.5 or 12,500")),
    "nl": Locale(".", ",", N_("{typed} is not a Dutch number: did you mean {meant}?"), N_("8, 12,5 or 12.500")),
}
"""The locales a team can choose (CLDR separators)."""

_NOT_MEASURED = frozenset({"", "-", "−", "–", "—", "n/a", "?"})
_SCALES: Final = {"k": 3, "K": 3, "M": 6, "mln": 6}
# `re` compiles each when it is first asked for, and keeps it.
_SPACES: Final = r"[\s\u00a0\u202f]+"
_SHAPE: Final = r"(?P<sign>[+\-−–]?)[€$£]?(?P<sign2>[+\-−–]?)(?P<digits>[0-9.,]+)(?P<scale>k|K|M|mln)?[€$£%]?"
_BARE: Final = r"[+\-−–]?[€$£]?[+\-−–]?[0-9.,]*[0-9][0-9.,]*(k|K|M|mln)?([€$£%]|/[0-9]+)?"


class NotANumber(HuddleError):
    """What was typed is not a number in this locale; the sentence says what is wrong and shows an example."""


def parse(text: str, locale: str, unit: str = "") -> Decimal | None:
    """The exact number that `text` means in `locale`, or None for an honest *not measured* (METHOD 4).

    `unit` is the KPI's own unit, which may be typed along with the number. Raises NotANumber otherwise.
    """
    here = LOCALES[locale]
    spoken = _short(text.strip())
    if spoken.casefold() in _NOT_MEASURED:
        return None
    template = N_("{typed} is not a number: type for example {example}.")
    refused = NotANumber(template, typed=spoken, example=Sentence(here.example))
    if len(text) > _LONGEST:
        raise refused
    typed = _without_unit(text.strip(), unit)
    found = re.fullmatch(_SHAPE, re.sub(_SPACES, "", typed))
    if not found or (found["sign"] and found["sign2"]) or not _spaces_group(typed):
        raise refused
    parts, scale = _split(found["digits"], here), _SCALES.get(found["scale"] or "", 0)
    if parts is None:
        swap = {ord(here.group): here.point, ord(here.point): here.group}
        if _split(found["digits"].translate(swap), here):
            meant = re.sub(rf"(?<![0-9]){re.escape(here.point)}", f"0{here.point}", typed.translate(swap))
            raise NotANumber(here.wrong, typed=spoken, meant=_short(meant))
        raise refused
    whole, fraction = parts
    if len(whole) + scale > WHOLE_DIGITS or len(fraction) > FRACTION_DIGITS:
        template = N_(
            "{typed} has too many digits: at most {whole} before the decimal sign and {fraction} behind it. Type for "
            "example {example}."
        )
        values = {"whole": WHOLE_DIGITS, "fraction": FRACTION_DIGITS, "example": Sentence(here.example)}
        raise NotANumber(template, typed=spoken, **values)
    value = Decimal(f"{whole}.{fraction or '0'}").scaleb(scale)
    negative = (found["sign"] or found["sign2"]) in {"-", "−", "–"}
    return plain(-value if negative else value)


def is_bare(text: str) -> bool:
    """Whether that is a number and no words, in whatever notation: `8`, `€ 12,50`, `-4k`, `85%`, `8/10`."""
    return re.fullmatch(_BARE, re.sub(_SPACES, "", text)) is not None


def _without_unit(typed: str, unit: str) -> str:
    """`typed` without the KPI's own unit before or behind it; a unit that could be part of the number stays."""
    if not unit or unit[0] in "0123456789.,+-" or unit[-1] in ".,":
        return typed
    if typed.casefold().endswith(unit.casefold()):
        return typed[: -len(unit)].strip()
    if unit[-1] not in "0123456789" and typed.casefold().startswith(unit.casefold()):
        return typed[len(unit) :].strip()
    return typed


def _split(digits: str, here: Locale) -> tuple[str, str] | None:
    """The digits before and behind the decimal sign; None where the locale does not write a number so."""
    group, point = re.escape(here.group), re.escape(here.point)
    if found := re.fullmatch(rf"([0-9]+)(?:{point}([0-9]+))?", digits):
        return found[1].lstrip("0") or "0", found[2] or ""
    if found := re.fullmatch(rf"([1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+)(?:{point}([0-9]+))?", digits):
        return found[1].replace(here.group, ""), found[2] or ""
    if found := re.fullmatch(rf"{point}([0-9]+)", digits):
        return "0", found[1]
    return None


def _spaces_group(typed: str) -> bool:
    """Whether the spaces between digits, if any, stand between groups of three."""
    runs = re.findall(r"[0-9]+(?: [0-9]+)+", re.sub(_SPACES, " ", typed))
    return all(re.fullmatch(r"[0-9]{1,3}(?: [0-9]{3})+", run) for run in runs)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def whole(text: str, least: int, most: int) -> int | None:
    """The whole number from `least` to `most` that `text` is in plain digits; None for anything else, however long."""
    typed = text.strip()
    if len(typed) > _LONGEST or not (typed.isascii() and typed.isdecimal()):
        return None
    return value if least <= (value := int(typed)) <= most else None


def show(value: Decimal, locale: str, decimals: int = 0) -> str:
    """`value` as the locale writes it, with at least `decimals` decimals.

    Never rounded: 7.99 against a promise of 8 must not look kept. Round first (`computed`) what was computed.
    """
    here = LOCALES[locale]
    value = plain(value)
    exponent = value.as_tuple().exponent
    places = max(decimals, -exponent if isinstance(exponent, int) else 0, 0)
    return f"{value:,.{places}f}".translate({ord(","): here.group, ord("."): here.point})


def computed(value: Decimal, decimals: int) -> Decimal:
    """A computed value (a pace, a distance) of a number with so many decimals, rounded one finer, for showing only.

    As fine as it takes where that would make it nothing: 7.99 lies 0.01 below a promise of 8, not 0.
    """
    return rounded(value, max(decimals + 1, -value.adjusted() if value else 0))


def rounded(value: Decimal, decimals: int) -> Decimal:
    """A value rounded half up to `decimals`, for showing only."""
    return plain(value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@lru_cache(maxsize=8192)  # an export of ten years asks for half a million, nearly all of them promises said before
def canonical(value: Decimal) -> str:
    """The exact value as files hold it: plain digits, a point, no grouping, no exponent, no trailing zeros."""
    text = str(value)
    if text.isdigit() or (text[-1] in "123456789" and "E" not in text):  # most are so already
        return text
    return format(plain(value), "f")


def plain(value: Decimal) -> Decimal:
    """The same value without trailing zeros, exponent or negative zero."""
    value = value.normalize()
    if not value:
        return Decimal(0)
    exponent = value.as_tuple().exponent
    return value.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else value
