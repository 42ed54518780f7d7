"""From what a file holds to the documents in it: by msgspec alone where this program sealed it, else closely."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from threading import Lock
from typing import Any, Final, TypeVar, cast

import msgspec
from msgspec import Struct

from huddle_tui.store.schema.checking import Wrong, checked
from huddle_tui.store.schema.sealed import Contents

T = TypeVar("T")

_MAKING: Final = Lock()  # two threads that look into a type for the first time at once crash msgspec 0.22


def decoded(contents: Contents, make: Callable[..., T], *of: type[Struct]) -> T:
    """What `make` makes of the tables. What this program sealed is believed; all else is looked at closely."""
    with _MAKING:
        decoders = [_decoder(each) for each in of]
    if contents.parsed is None:
        try:
            return make(*[decoder.decode(contents.raw) for decoder in decoders])
        except (msgspec.ValidationError, ArithmeticError, Wrong):  # sealed, and yet wrong: what follows says where
            pass
    tables = contents.tables()
    return make(*[msgspec.convert(checked(tables, each), each, str_keys=True, dec_hook=exact) for each in of])


@cache
def _decoder(of: type[Struct]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(of, dec_hook=exact)


def _number(_of: type, found: object) -> Decimal:
    """The number in that text. What is no text the parser made a binary float of: it is read again, closely."""
    if isinstance(found, str):
        return Decimal(found)
    raise ValueError(found)


exact: Final = cast(Callable[[type, Any], Decimal], lru_cache(16384)(_number))
"""Makes the numbers in readings. Equal ones are one: ten years hold 400,000, of which a few thousand differ."""
