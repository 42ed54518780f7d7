"""Block letters to be read from four metres: 5×7 pixels drawn with half blocks, in four rows, accents kept.

Exact in every terminal, where line-drawn digits fade on a projector. A letter stands on rows 1–7 of an eight pixel
cell; one with a mark is drawn five pixels high to make room for it, so that any word takes the same four rows.
Knows Latin letters; for other scripts `drawable` is False and the caller shows bold text.
"""

import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

Pixels = tuple[str, ...]
"""Rows of `0` and `1`, all as long."""


def _font(text: str) -> dict[str, Pixels]:
    """The glyphs of a drawing: per line the character and its pixel rows, top first."""
    glyphs = (line.split() for line in text.strip().splitlines())
    return {parts[0]: tuple(parts[1:]) for parts in glyphs}


_LETTERS: Final = {" ": ("00",) * 7} | _font("""
A 01110 10001 10001 11111 10001 10001 10001
B 11110 10001 10001 11110 10001 10001 11110
C 01110 10001 10000 10000 10000 10001 01110
D 11110 10001 10001 10001 10001 10001 11110
E 11111 10000 10000 11110 10000 10000 11111
F 11111 10000 10000 11110 10000 10000 10000
G 01110 10001 10000 10111 10001 10001 01110
H 10001 10001 10001 11111 10001 10001 10001
I 111 010 010 010 010 010 111
J 00111 00001 00001 00001 00001 10001 01110
K 10001 10010 10100 11000 10100 10010 10001
L 10000 10000 10000 10000 10000 10000 11111
M 10001 11011 10101 10101 10001 10001 10001
N 10001 11001 10101 10101 10011 10001 10001
O 01110 10001 10001 10001 10001 10001 01110
P 11110 10001 10001 11110 10000 10000 10000
Q 01110 10001 10001 10001 10101 10010 01101
R 11110 10001 10001 11110 10100 10010 10001
S 01111 10000 10000 01110 00001 00001 11110
T 11111 00100 00100 00100 00100 00100 00100
U 10001 10001 10001 10001 10001 10001 01110
V 10001 10001 10001 10001 01010 01010 00100
W 10001 10001 10001 10101 10101 11011 10001
X 10001 01010 00100 00100 00100 01010 10001
Y 10001 10001 01010 00100 00100 00100 00100
Z 11111 00001 00010 00100 01000 10000 11111
Æ 0111111 1001000 1001000 1111110 1001000 1001000 1001111
Œ 0111111 1001000 1001000 1001110 1001000 1001000 0111111
Ø 01110 10011 10101 10101 10101 11001 01110
ß 01110 10001 10001 10110 10001 10001 10110
Ð 01110 01001 01001 11101 01001 01001 01110
Đ 01110 01001 01001 11101 01001 01001 01110
Þ 10000 11110 10001 10001 11110 10000 10000
Ł 01000 01000 01010 01100 11000 01000 01111
0 01110 10001 10001 10001 10001 10001 01110
1 010 110 010 010 010 010 111
2 01110 10001 00001 00110 01000 10000 11111
3 01110 10001 00001 00110 00001 10001 01110
4 00010 00110 01010 10010 11111 00010 00010
5 11111 10000 11110 00001 00001 10001 01110
6 01110 10000 10000 11110 10001 10001 01110
7 11111 00001 00010 00100 00100 01000 01000
8 01110 10001 10001 01110 10001 10001 01110
9 01110 10001 10001 01111 00001 00001 01110
. 0 0 0 0 0 0 1
, 00 00 00 00 00 01 10
: 0 0 1 0 1 0 0
; 00 00 01 00 00 01 10
- 000 000 000 111 000 000 000
− 000 000 000 111 000 000 000
– 000 000 000 111 000 000 000
— 00000 00000 00000 11111 00000 00000 00000
+ 000 000 010 111 010 000 000
= 000 000 111 000 111 000 000
% 11001 11001 00010 00100 01000 10011 10011
€ 00111 01000 11110 01000 11110 01000 00111
$ 00100 01111 10100 01110 00101 11110 00100
£ 00110 01001 01000 11110 01000 01000 11111
/ 00001 00001 00010 00100 01000 10000 10000
? 01110 10001 00001 00110 00100 00000 00100
! 1 1 1 1 1 0 1
& 01100 10010 10010 01100 10101 10010 01101
( 01 10 10 10 10 10 01
) 10 01 01 01 01 01 10
' 1 1 0 0 0 0 0
" 101 101 000 000 000 000 000
# 01010 01010 11111 01010 11111 01010 01010
@ 01110 10001 10111 10101 10111 10000 01110
* 000 101 010 111 010 101 000
_ 0000 0000 0000 0000 0000 0000 1111
° 010 101 010 000 000 000 000
· 0 0 0 1 0 0 0
⚑ 11000 11110 11111 11111 11110 11000 11000
★ 0001000 0001000 1111111 0111110 0011100 0110110 1100011
✦ 0001000 0001000 0011100 1111111 0011100 0001000 0001000
✔ 0000001 0000011 0000110 1001100 1111000 0110000 0000000
▒ 101010 010101 101010 010101 101010 010101 101010
""")

_SMALL: Final = {" ": ("0",) * 5} | _font("""
0 111 101 101 101 111
1 010 110 010 010 111
2 111 001 111 100 111
3 111 001 111 001 111
4 101 101 111 001 001
5 111 100 111 001 111
6 111 100 111 101 111
7 111 001 001 010 010
8 111 101 111 101 111
9 111 101 111 001 111
. 0 0 0 0 1
, 00 00 00 01 10
: 0 1 0 1 0
- 00 00 11 00 00
− 00 00 11 00 00
+ 000 010 111 010 000
% 101 001 010 100 101
€ 011 110 100 110 011
/ 001 001 010 100 100
' 1 1 0 0 0
A 010 101 111 101 101
B 110 101 110 101 110
C 011 100 100 100 011
D 110 101 101 101 110
E 111 100 110 100 111
F 111 100 110 100 100
G 011 100 101 101 011
H 101 101 111 101 101
I 111 010 010 010 111
J 001 001 001 101 010
K 101 101 110 101 101
L 100 100 100 100 111
M 10001 11011 10101 10001 10001
N 1001 1101 1011 1001 1001
O 111 101 101 101 111
P 110 101 110 100 100
Q 010 101 101 110 011
R 110 101 110 101 101
S 011 100 010 001 110
T 111 010 010 010 010
U 101 101 101 101 111
V 101 101 101 101 010
W 10001 10001 10101 11011 10001
X 101 101 010 101 101
Y 101 101 010 010 010
Z 111 001 010 100 111
""")

_ABOVE: Final = {
    "\u0300": ("100", "010", "000"),  # grave
    "\u0301": ("001", "010", "000"),  # acute
    "\u0302": ("010", "101", "000"),  # circumflex
    "\u0303": ("01101", "10110", "000"),  # tilde
    "\u0304": ("000", "111", "000"),  # macron
    "\u0306": ("10001", "01110", "000"),  # breve
    "\u0307": ("000", "010", "000"),  # dot
    "\u0308": ("000", "101", "000"),  # diaeresis
    "\u030a": ("010", "101", "010"),  # ring; it stands on the letter
    "\u030b": ("0101", "1010", "000"),  # double acute
    "\u030c": ("101", "010", "000"),  # caron
}
_BELOW: Final = {
    "\u0326": ("010", "100"),  # comma
    "\u0327": ("010", "110"),  # cedilla
    "\u0328": ("010", "011"),  # ogonek
}
_LOW: Final = {"C": (2, 4), "N": (3, 5)}  # the rows that go to make a letter five high; else 1 and 5
_SAME: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "ĳ": "ij", "Ĳ": "IJ", "ẞ": "ß"}
)
_HALVES: Final = {"00": " ", "10": "▀", "01": "▄", "11": "█"}


def drawable(text: str, *, small: bool = False) -> bool:
    """Whether all of `text` can be drawn; never for an empty text. The `small` font has no accents."""
    return bool(_drawn(text, 1, small))


def big(text: str, *, scale: int = 1, small: bool = False) -> list[str]:
    """`text` in block letters: 4 rows times `scale`, or 3 rows of `small` letters; all rows as wide.

    Raises ValueError for what is not `drawable`.
    """
    rows = _drawn(text, scale, small)
    if not rows:
        raise ValueError(f"not drawable in block letters: {text!r}")
    return list(rows)


def width(text: str, *, scale: int = 1, small: bool = False) -> int:
    """How many cells wide `text` is drawn. Raises ValueError for what is not `drawable`."""
    return len(big(text, scale=scale, small=small)[0])


def fit(text: str, columns: int, rows: int, *, small: bool = True) -> list[str] | None:
    """The largest form of `text` in so many columns and rows, or None: enlarged, as it is, else `small`."""
    for scale, low in ((3, False), (2, False), (1, False), (1, True))[: 4 if small else 3]:
        drawn = _drawn(text, scale, low)
        if drawn and len(drawn) <= rows and len(drawn[0]) <= columns:
            return list(drawn)
    return None


@lru_cache(512)
def _drawn(text: str, scale: int, small: bool) -> tuple[str, ...]:
    """The rows of `text`; none where something in it cannot be drawn."""
    drawn = [_cells(letter, scale, small) for letter in _letters(text)]
    return tuple(map((" " * scale).join, zip(*drawn, strict=True))) if all(drawn) else ()


class _Letter(NamedTuple):
    """A character and the marks above and below it."""

    base: str
    marks: str


@lru_cache(1024)
def _cells(letter: _Letter, scale: int, small: bool) -> tuple[str, ...]:
    """The rows of one letter, two pixels above each other in each cell; none where it cannot be drawn."""
    pixels = _small(letter) if small else _glyph(letter)
    large = ["".join(bit * scale for bit in row) for row in pixels for _ in range(scale)]
    return tuple(
        "".join(_HALVES[a + b] for a, b in zip(above, below, strict=True))
        for above, below in zip(large[::2], large[1::2], strict=True)
    )


def _letters(text: str) -> list[_Letter]:
    letters: list[_Letter] = []
    for c in unicodedata.normalize("NFD", text.translate(_SAME)):
        if unicodedata.combining(c) and letters:
            letters[-1] = _Letter(letters[-1].base, letters[-1].marks + c)
        else:
            letters.append(_Letter(c, ""))
    return letters


def _glyph(letter: _Letter) -> Pixels:
    """Eight pixel rows; none where the letter or its mark is not known, or it has two."""
    drawn = _LETTERS.get(letter.base) or _LETTERS.get(letter.base.upper(), ())
    if not letter.marks or not drawn:
        return ("0" * len(drawn[0]), *drawn) if drawn else ()
    if not letter.base.isalpha() or letter.marks not in _ABOVE | _BELOW:
        return ()
    gone = _LOW.get(letter.base.upper(), (1, 5))
    low = tuple(row for y, row in enumerate(drawn) if y not in gone)
    above, below = _ABOVE.get(letter.marks), _BELOW.get(letter.marks, ())
    rows = (*above, *low) if above else ("0", *low, *below)
    wide = max(map(len, rows))
    return tuple(_centred(row, wide) for row in rows)


def _small(letter: _Letter) -> Pixels:
    """Six pixel rows; none for what is not in the small font, which has no room for marks."""
    drawn = _SMALL.get(letter.base) or _SMALL.get(letter.base.upper(), ())
    return (*drawn, "0" * len(drawn[0])) if drawn and not letter.marks else ()


def _centred(row: str, wide: int) -> str:
    left = (wide - len(row)) // 2
    return "0" * left + row + "0" * (wide - left - len(row))
