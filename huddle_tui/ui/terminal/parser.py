"""What a terminal sends, read: keys, mouse, focus and pastes are told; every other sequence is complete and dropped.

Textual's parser takes for keys what it does not know, gives up on a sequence that is longer than 32 characters or comes
in two parts, types what is pasted after an escape, and fails on numbers that no keyboard sends. This one knows the
grammar (ECMA-48, and keys of https://sw.kovidgoyal.net/kitty/keyboard-protocol/), so that a reply that comes late or
that nobody asked for is never a key.
"""

import re
from collections.abc import Iterator
from typing import Final

from textual import constants, events, messages
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._time import get_time
from textual._xterm_parser import IS_ITERM, XTermParser
from textual.keys import Keys
from textual.message import Message

ESC = "\x1b"
PASTE, PASTED = f"{ESC}[200~", f"{ESC}[201~"

_SEQUENCE: Final = r"""(?xs)\x1b(?:
    \[ (?: \[. | M.{3} | \d+\$(?![@-~])                        # the Linux console's own, the oldest mouse, rxvt's own
        | <[-\d;]*[Mm] | [0-?]*[ -/]*[@-~] )                    # the mouse, also outside of the window; CSI
    | O [ -~]                                                   # SS3: a function key or the keypad
    | [\]PX^_] [^\x00-\x1f\x9c]* (?: \x1b\\ | \x07 | \x9c )     # OSC, DCS, SOS, PM, APC up to their end
    | [^\[O\]PX^_\x1b]                                          # a key with Alt
    )"""
"""One that is whole. `re` compiles it when something comes, and keeps it: nothing on the screen waits for that."""
_BEGUN: Final = r"(?s)\x1b(?:\[(?:\[|M.{0,2}|<[-\d;]*|[0-?]*[ -/]*)|O|[\]PX^_][^\x00-\x1f\x9c]*)?"
"""As much of one as has come."""
_STRINGS = "]PX^_"
"""What begins a sequence that has an end of its own: OSC, DCS, SOS, PM, APC."""
_ALONE = 2
"""Up to this many characters may be keys that were pressed: Escape, or Alt with what begins a sequence."""
_GOES_ON: Final = (
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\[[<-?]|\]\d+;|P[01]?[>!$+]|_G|[\]PX^_][^\x00-\x1f\x9c]*(?:\x1b\\|\x07|\x9c))"
)
"""What nobody types in one go: it goes on with a sequence whose beginning was taken for a key."""

_KEY: Final = r"\x1b\[(\d{0,7})(?::[\d:]*)?(?:;(\d{0,5})(?::(\d?))?)?(?:;(\d{1,7}(?::\d{1,7}){0,9})?)?([u~ABCDEFHPQRS])"
"""A key of the kitty protocol: its number; its modifiers and event; its text; its final."""
_POSITION: Final = r"\x1b\[(\d{1,5});(\d{1,5})R"
_MOUSE: Final = r"\x1b\[<\d{1,9};-?\d{1,9};-?\d{1,9}[Mm]"
_MODE: Final = r"\x1b\[\?(2026|2048);(\d)\$y"
_SIZE: Final = r"\x1b\[48;(\d{1,5})[:\d]*;(\d{1,5})[:\d]*;(\d{1,6})[:\d]*;(\d{1,6})[:\d]*t"

_KEYPAD = dict(zip(range(57399, 57417), [*b"0123456789./*-+\r=,"], strict=True))
"""The keys of the keypad that write something, and Enter: each is that key. Those that move have names already."""
_SHIFT, _CAPS_LOCK, _NUM_LOCK = 1, 64, 128
_RELEASED = "3"
_KEYPAD_OF_OLD = {f"{ESC}Ol": ",", f"{ESC}OX": "=", f"{ESC}OI": "\t", f"{ESC}O ": " "}
"""What Textual's table leaves out of the keypad in application mode."""


class TerminalParser(XTermParser):
    """Takes what came and gives what it was. In place of Textual's, from which it has the names of keys."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._rest = ""
        self._taken = ""
        """What was taken for a key because nothing followed in time."""
        self._due: float | None = None
        self._pasting = False

    def feed(self, data: str) -> Iterator[Message]:
        """What came, which may end anywhere; nothing at all is the end."""
        if self._taken and re.match(_GOES_ON, self._taken + data):
            data = self._taken + data
        self._taken = ""
        self._rest += data
        while self._rest:
            length, found = self._first()
            if not length:
                break
            self._rest = self._rest[length:]
            yield from found
        waits = 0 < len(self._rest) <= _ALONE and not self._pasting
        self._due = get_time() + constants.ESCAPE_DELAY if waits else None

    def tick(self) -> Iterator[Message]:
        """What nothing followed in time was a key. What is longer is no key, and waits for its end however long."""
        if self._due is not None and get_time() >= self._due:
            self._due, self._taken, self._rest = None, self._rest, ""
            yield from self._alone(self._taken)

    def _first(self) -> tuple[int, list[Message]]:
        """How long the first thing is that came, and what it was; 0 while it is not whole."""
        rest = self._rest
        if self._pasting:
            return self._paste()
        if not rest.startswith(ESC):
            text = rest.partition(ESC)[0]
            return len(text), [key for character in text for key in self._typed(character)]
        if whole := re.match(_SEQUENCE, rest):
            return whole.end(), self._told(whole.group())
        begun = re.match(_BEGUN, rest)
        assert begun is not None
        end, after = begun.end(), rest[begun.end() :]
        if not after or (after == ESC and rest[1] in _STRINGS):
            return 0, []
        if end == 1:
            return 1, self._alone(ESC)  # another escape follows
        # Broken off. A control character that broke it goes with it: an Enter would answer what was never said.
        return end + 1 if after[0] < " " and after[0] != ESC else end, []

    def _paste(self) -> tuple[int, list[Message]]:
        """Everything up to the end of the paste is its text, escapes too."""
        text, end, _ = self._rest.partition(PASTED)
        if not end:
            return 0, []
        self._pasting = False
        return len(text) + len(end), [events.Paste(text.replace("\x00", ""))]

    def _alone(self, keys: str) -> list[Message]:
        """Escape; the keys that begin a sequence are nothing with Alt."""
        return [events.Key("escape", ESC)] if keys == ESC else []

    def _typed(self, character: str, alt: bool = False) -> list[Message]:
        return [key for key in self._sequence_to_key_events(character, alt) if key.key != Keys.Ignore]

    def _told(self, sequence: str) -> list[Message]:
        """What a whole sequence says; nothing if it is none of ours."""
        if sequence == PASTE:
            self._pasting = True
            return []
        if match := re.fullmatch(_POSITION, sequence):
            return [events.CursorPosition(int(match[2]) - 1, int(match[1]) - 1)]
        if (key := re.fullmatch(_KEY, sequence)) and (found := self._key(key)) is not None:
            return found
        if character := _KEYPAD_OF_OLD.get(sequence):
            return self._typed(character)
        if sequence in ANSI_SEQUENCES_KEYS:
            known = ANSI_SEQUENCES_KEYS[sequence]
            if isinstance(known, tuple):
                return [events.Key(name.value, None) for name in known]
            return self._typed(known) if isinstance(known, str) else []
        if re.fullmatch(_MOUSE, sequence):
            mouse = self.parse_mouse_code(sequence)
            return [] if mouse is None else [mouse]
        if sequence[1] not in "[O" + _STRINGS:
            return self._typed(sequence[1], alt=True)
        return self._report(sequence)

    def _key(self, key: re.Match[str]) -> list[Message] | None:
        """A key of the kitty protocol; None if it is none.

        It types the text that comes with it, and where none does, as from many a keypad, what stands on it.
        """
        number, modifiers, event, text, final = key.groups(default="")
        code, held = int(number or 1), max(int(modifiers or 1) - 1, 0)
        if event == _RELEASED:
            return []
        if not number and final in "u~":
            return None
        if final == "u":
            code = _KEYPAD.get(code, code)
            if not _is_character(code) and f"{code}u" not in FUNCTIONAL_KEYS:
                return None
        elif f"{code}{final}" not in FUNCTIONAL_KEYS:
            return None
        texts = [int(part) for part in text.split(":") if part]
        if not all(map(_is_character, texts)):
            return []
        if final == "u" and not texts and _is_character(code) and not held & ~(_SHIFT | _CAPS_LOCK | _NUM_LOCK):
            raised = bool(held & _SHIFT) != bool(held & _CAPS_LOCK)
            character = chr(code).upper() if raised else chr(code)
            known = character.isalpha() or character == " " or not held & _SHIFT
            texts = [ord(character)] if known and len(character) == 1 else []
        held &= ~(_CAPS_LOCK | _NUM_LOCK)
        plain = f"{ESC}[{code};{held + 1 if held else ''};{':'.join(map(str, texts))}{final}"
        return [found.copy() for found in self._parse_extended_key(plain) or ()]

    def _report(self, sequence: str) -> list[Message]:
        """Focus, a size, and what Textual asked for; every other reply is none of ours."""
        if sequence == f"{ESC}[I":
            return [events.AppFocus()]
        if sequence == f"{ESC}[O":
            return [events.AppBlur()]
        if match := re.fullmatch(_SIZE, sequence):
            height, width, pixel_height, pixel_width = map(int, match.groups())
            if not (height and width):
                return []
            pixels = (pixel_width, pixel_height) if pixel_width and pixel_height else None
            resize = events.Resize.from_dimensions((width, height), pixels)
            self.terminal_size, self.terminal_pixel_size, self.mouse_pixels = resize.size, resize.pixel_size, True
            return [resize]
        if match := re.fullmatch(_MODE, sequence):
            mode, setting = match[1], int(match[2])
            if mode == "2026" and setting:
                return [messages.TerminalSupportsSynchronizedOutput()]
            if mode == "2048" and constants.SMOOTH_SCROLL and not IS_ITERM:
                return [messages.InBandWindowResize.from_setting_parameter(setting)]
        return []


def _is_character(code: int) -> bool:
    """Whether it is one that can be written: no control character, no surrogate, none of a terminal's private ones."""
    return 32 <= code <= 0x10FFFF and not 127 <= code < 160 and not 0xD800 <= code <= 0xF8FF
