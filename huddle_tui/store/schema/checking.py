"""Whether what stands in a file is what it should be: data and types are walked together, so that a refusal can name
the place, what stands there and what should.

What this program sealed is read by msgspec alone. Everything else, edited by hand or of an older version, comes
through here first, because msgspec is lenient where a person's promise must be exact: `"1e5"`, `" 8 "`, `"NaN"`.
"""

import math
import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from msgspec import inspect

from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.domain.text import clean

_NUMBER: Final = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,80})?")
_DIGITS: Final = 28
"""The precision that decimals are computed with; a number with more digits could not be written back exactly."""
_KEY: Final = re.compile(r"0|[1-9][0-9]{0,17}")


class _Missing:
    """What stands where nothing stands."""

    def __str__(self) -> str:
        return "∅"


MISSING: Final = _Missing()
"""Found where a field or a document should be and is not."""


class Wrong(Exception):
    """Something in a document is not what it should be."""

    def __init__(self, found: object, expected: Sentence, *trail: str) -> None:
        self.found = found
        """What stands there."""
        self.expected = expected
        """What should."""
        self.trail = list(trail)
        """The way to it, outermost first."""
        super().__init__(str(expected))

    def inside(self, name: str) -> "Wrong":
        """The same, seen from one level further out."""
        self.trail.insert(0, name)
        return self


def checked(found: object, of: Any) -> Any:
    """`found` as `msgspec.convert` takes it for the type `of`, texts cleaned, fields that `of` does not know left out.

    Raises Wrong for the first thing that is not what it should be.
    """
    return _checked(found, _shape(of))


@lru_cache(maxsize=100)
def _shape(of: Any) -> inspect.Type:
    return inspect.type_info(of)


def _checked(found: Any, of: inspect.Type) -> Any:
    match of:
        case inspect.StructType(fields=fields):
            return _object(found, fields)
        case inspect.DictType(key_type=key, value_type=value):
            return _mapping(found, key, value)
        case inspect.VarTupleType(item_type=item) | inspect.FrozenSetType(item_type=item):
            return _list(found, item, of.min_length or 0)
        case inspect.UnionType(types=types):
            return _maybe(found, types)
        case inspect.EnumType(cls=members):
            return _one_of(found, [member.value for member in members])
        case inspect.LiteralType(values=values):
            return _one_of(found, list(values))
        case inspect.IntType(ge=least, le=most):
            return _whole(found, least or 0, most)
    read, expected = _SIMPLE[type(of)]
    try:
        return read(found)
    except (ValueError, TypeError, ArithmeticError):
        raise Wrong(found, expected) from None


def _object(found: Any, fields: tuple[inspect.Field, ...]) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise Wrong(found, Sentence(N_("an object in braces")))
    known = {}
    for field in fields:
        name = field.encode_name
        if name in found:
            try:
                known[name] = _checked(found[name], field.type)
            except Wrong as wrong:
                raise wrong.inside(name) from None
        elif field.required:
            raise Wrong(MISSING, _expected(field.type), name)
    return known


def _expected(of: inspect.Type) -> Sentence:
    """What should stand where nothing does."""
    try:
        _checked(MISSING, of)
    except Wrong as wrong:
        return wrong.expected
    raise TypeError(of)


def _mapping(found: Any, key: inspect.Type, value: inspect.Type) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise Wrong(found, Sentence(N_("an object in braces")))
    known = {}
    for name, item in found.items():
        if isinstance(key, inspect.IntType) and not _KEY.fullmatch(name):
            raise Wrong(name, Sentence(N_("a whole number in quotes, as every document has before it")))
        try:
            at = name if isinstance(key, inspect.IntType) else _checked(name, key)
            known[at] = _checked(item, value)
        except Wrong as wrong:
            raise wrong.inside(name) from None
    return known


def _list(found: Any, item: inspect.Type, least: int) -> list[Any]:
    if not isinstance(found, list) or len(found) < least:
        raise Wrong(found, Sentence(N_("a list in brackets")))
    known = []
    for place, each in enumerate(found, start=1):
        try:
            known.append(_checked(each, item))
        except Wrong as wrong:
            label = next(iter(each.values()), None) if isinstance(each, dict) else None
            raise wrong.inside(label if isinstance(label, str) else str(place)) from None
    return known


def _maybe(found: Any, types: tuple[inspect.Type, ...]) -> Any:
    if found is None:
        return None
    (of,) = [each for each in types if not isinstance(each, inspect.NoneType)]
    try:
        return _checked(found, of)
    except Wrong as wrong:
        if wrong.trail:
            raise
        raise Wrong(wrong.found, Sentence(N_("{expected}, or null"), {"expected": wrong.expected})) from None


def _one_of(found: Any, choices: list[Any]) -> Any:
    if not isinstance(found, str) or found not in choices:
        named = ", ".join(f'"{choice}"' for choice in choices)
        raise Wrong(found, Sentence(N_("one of {choices}"), {"choices": named}))
    return found


def _whole(found: Any, least: float, most: float | None) -> int:
    if type(found) is int and least <= found and (most is None or found <= most):  # True is an int too
        return found
    if most is None:
        raise Wrong(found, Sentence(N_("a whole number, {least} or more"), {"least": least}))
    raise Wrong(found, Sentence(N_("a whole number from {least} to {most}"), {"least": least, "most": most}))


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError(found)
    return clean(found)


def _number(found: Any) -> str:
    """An exact number, in quotes or without: `8.10` is read as it stands, never through a binary float."""
    text = found if isinstance(found, str) else str(found)
    if isinstance(found, bool) or not _NUMBER.fullmatch(text):
        raise ValueError(found)
    if len(Decimal(text).as_tuple().digits) > _DIGITS:
        raise ValueError(found)
    return text


def _day(found: Any) -> date:
    day = date.fromisoformat(found)
    if day.isoformat() != found:  # fromisoformat also knows weeks and days without dashes
        raise ValueError(found)
    return day


def _moment(found: Any) -> datetime:
    moment = datetime.fromisoformat(found)
    if moment.tzinfo is None:
        raise ValueError(found)
    moment.utcoffset()
    return moment


def _time(found: Any) -> time:
    if len(found) != 5:
        raise ValueError(found)
    return time.fromisoformat(found)


def _truth(found: Any) -> bool:
    if found is True or found is False:
        return bool(found)
    raise TypeError(found)


def _seconds(found: Any) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float | Decimal) or not 0 <= float(found) < math.inf:
        raise TypeError(found)
    return float(found)


_EXACT: Final = Sentence(N_('an exact number, such as "12.5"'))
_SIMPLE: Final[dict[type[inspect.Type], tuple[Any, Sentence]]] = {
    inspect.StrType: (_text, Sentence(N_("text in quotes"))),
    inspect.DecimalType: (_number, _EXACT),
    inspect.CustomType: (_number, _EXACT),
    inspect.DateType: (_day, Sentence(N_('a day, such as "2026-11-23"'))),
    inspect.DateTimeType: (
        _moment,
        Sentence(N_('a moment with its offset, such as "2026-11-23T09:07:00+01:00"')),
    ),
    inspect.TimeType: (_time, Sentence(N_('a time, such as "09:07"'))),
    inspect.BoolType: (_truth, Sentence(N_("true or false"))),
    inspect.FloatType: (_seconds, Sentence(N_("a number of seconds, 0 or more"))),
}
"""How the simple types are written in JSON, and how a person would say it."""
