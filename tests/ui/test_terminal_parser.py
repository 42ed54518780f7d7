"""What a terminal sends, byte for byte: what is a key is that key, and nothing else is one, however it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import constants, events, messages
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from huddle_tui.ui.terminal import parser
from huddle_tui.ui.terminal.parser import TerminalParser

ST = "\x1b\\"
REPLIES = [
    "\x1b[?62;4;22c",  # DA1
    "\x1b[>41;388;0c",  # DA2
    f"\x1bP!|00000000{ST}",  # DA3
    f"\x1bP>|XTerm(388){ST}",  # XTVERSION
    f"\x1bP>|{'a long name of a terminal, ' * 20}{ST}",
    f"\x1bP1$r0m{ST}",  # DECRQSS
    f"\x1bP1+r544e=787465726d{ST}",  # XTGETTCAP
    f"\x1b]11;rgb:1e1e/2020/2b2b{ST}",  # the colour behind, and the one in front
    "\x1b]10;rgb:ffff/ffff/ffff\x07",
    f"\x1b]4;1;rgb:cdcd/0000/0000{ST}",
    f"\x1b]52;c;aHVkZGxl{ST}",
    f"\x1b]lq1 Ω é{ST}",  # a title
    f"\x1b_Gi=31;OK{ST}",  # kitty's pictures
    f"\x1b^quiet 1 q{ST}",
    f"\x1bXq y 8{ST}",
    "\x1b[?1u",  # kitty's keys
    "\x1b[0n",
    "\x1b[?997;1n",  # dark or light
    "\x1b[8;34;110t",
    "\x1b[4;1080;1920t",
    "\x1b[?1;0;256S",
    "\x1b[?2004;2$y",
    "\x1b[4;2$y",
    "\x1b[99~",
    '\x1b[1;2;3"q',
    "\x1b[1;1'{",
]
"""What answers a question, of this program or of one that ended. Each is full of letters that do something."""


class Time:
    """The clock of the parser."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    clock = Time()
    monkeypatch.setattr(parser, "get_time", clock)
    return clock


def told(message: Message) -> tuple[object, ...]:
    """What matters of a message."""
    if isinstance(message, events.Key):
        return ("key", message.key, message.character)
    if isinstance(message, events.MouseEvent):
        return (type(message).__name__, message.x, message.y, message.button)
    return (type(message).__name__, *(str(getattr(message, name, "")) for name in ("text", "size", "supported")))


def read(*parts: str, time: Time | None = None, wait: float = 1.0) -> list[tuple[object, ...]]:
    """What is made of parts that come one by one, `wait` seconds between them."""
    reader = TerminalParser()

    def messages() -> Iterator[Message]:
        for part in parts:
            yield from reader.feed(part)
            if time is not None:
                time.now += wait
                yield from reader.tick()

    return [told(message) for message in messages()]


def typed(*parts: str, time: Time | None = None) -> str:
    """The text that is typed by them, Enter as ⏎ and other keys by name."""
    keys = [(str(key), str(c or "")) for kind, key, c, *_ in read(*parts, time=time) if kind == "key"]
    return "".join("⏎" if key == "enter" else c if c and c.isprintable() else f"<{key}>" for key, c in keys)


# Replies


@pytest.mark.parametrize("reply", REPLIES, ids=ascii)
def test_a_reply_is_no_key(reply: str) -> None:
    assert typed(f"8{reply}\r") == "8⏎"
    assert [part for part in read(reply) if part[0] != "CursorPosition"] == []


@pytest.mark.parametrize("reply", REPLIES, ids=ascii)
def test_a_reply_in_two_parts_is_no_key_however_long_between(reply: str, time: Time) -> None:
    for cut in range(3, len(reply)):
        assert typed("8", reply[:cut], reply[cut:], "\r", time=time) == "8⏎", cut


@pytest.mark.parametrize("reply", REPLIES, ids=ascii)
def test_a_reply_that_was_begun_by_what_could_be_a_key_types_nothing_either(reply: str, time: Time) -> None:
    """Escape alone is the Escape key, if long enough nothing follows."""
    assert typed("8", reply[:1], reply[1:], "\r", time=time) == "8<escape>⏎"
    assert typed("8", reply[:2], reply[2:], "\r", time=time) == "8⏎"


@pytest.mark.parametrize("reply", REPLIES, ids=ascii)
def test_a_reply_may_come_one_by_one(reply: str) -> None:
    assert typed("8", *reply, "\r") == "8⏎"


@pytest.mark.parametrize("reply", [reply for reply in REPLIES if reply[1] == "]"], ids=ascii)
def test_textuals_own_takes_replies_for_keys(reply: str) -> None:
    """Why there is one of our own; when this fails, Textual knows better by now."""
    assert any(isinstance(key, events.Key) for key in XTermParser().feed(reply + "\x1b"))


@pytest.mark.parametrize(
    "broken", ["\x1b]11;rgb:1e1e", "\x1bP>|XTerm", "\x1b[?62;4", "\x1b[", "\x1bO", "\x1b_G"], ids=ascii
)
def test_a_reply_that_breaks_off_answers_nothing(broken: str, time: Time) -> None:
    """The Enter that ends it goes with it; a key that is a sequence of its own is one."""
    assert typed(broken + "\r", "8\r", time=time) == "8⏎"
    assert typed(broken + "\x1b[D", "8", time=time) == "<left>8"
    assert typed(broken, "\x1b[D", time=time) == "<left>"


# Keys


KEYPAD = {57399 + number: str(number) for number in range(10)} | {
    57409: ".", 57410: "/", 57411: "*", 57412: "-", 57413: "+", 57414: "⏎", 57415: "=", 57416: ",",
    57417: "<left>", 57418: "<right>", 57419: "<up>", 57420: "<down>", 57421: "<pageup>", 57422: "<pagedown>",
    57423: "<home>", 57424: "<end>", 57425: "<insert>", 57426: "<delete>",
}  # fmt: skip


@pytest.mark.parametrize(("code", "key"), KEYPAD.items())
@pytest.mark.parametrize("modifiers", ["", ";1", ";129", ";1:1", ";129:2"])
def test_the_keypad_is_what_stands_on_it(code: int, key: str, modifiers: str) -> None:
    """With NumLock and without, with the terminal saying the text or not."""
    assert typed(f"\x1b[{code}{modifiers}u") == key
    if key.isprintable() and len(key) == 1 and key != "⏎":
        assert typed(f"\x1b[{code}{modifiers or ';'};{ord(key)}u") == key


def test_numbers_on_the_keypad() -> None:
    def keypad(text: str) -> str:
        codes = {key: code for code, key in KEYPAD.items()}
        return "".join(f"\x1b[{codes[key]};129u" for key in text)

    for number in ("12.5⏎", "-4⏎", "1,2⏎", "+3⏎", "8/10⏎"):
        assert typed(keypad(number)) == number


def test_the_keypad_of_a_terminal_of_old() -> None:
    assert typed("\x1bOq\x1bOr\x1bOn\x1bOu\x1bOM\x1bOm\x1bOt\x1bOl\x1bOX") == "12.5⏎-4,="


def test_text_that_a_terminal_does_not_say_is_what_stands_on_the_key() -> None:
    assert typed("\x1b[49u\x1b[46u\x1b[53u\x1b[32u\x1b[107u") == "1.5 k"
    assert typed("\x1b[97;2u\x1b[97;65u\x1b[97;66u\x1b[233;2u") == "AAaÉ"
    assert typed("\x1b[49;2;33u") == "!"
    assert typed("\x1b[49;2u") == "<shift+1>", "nobody knows what stands above it"
    assert typed("\x1b[32;2u") == " "
    assert typed("\x1b[97;5u\x1b[13;5u") == "<ctrl+a><ctrl+enter>"


def test_a_key_let_go_is_no_key() -> None:
    assert typed("\x1b[97;1:1u\x1b[97;1:3u\x1b[1;1:3A\x1b[3;1:3~") == "a"
    assert typed("\x1b[97:65:97;2;65u") == "A"


@pytest.mark.parametrize("code", [1114112, 9999999, 0xD800, 0xE000, 57500, 1, 0], ids=hex)
def test_what_is_no_character_types_nothing(code: int) -> None:
    assert typed(f"8\x1b[{code}u\x1b[97;;{code}u\r") == "8⏎"


@pytest.mark.parametrize(
    "many", ["\x1b[" + "9" * 5000 + "u", "\x1b[97;" + "1" * 5000 + "u", "\x1b[" + "1;" * 3000 + "M"]
)
def test_numbers_without_end_do_no_harm(many: str) -> None:
    assert typed(f"8{many}\r") == "8⏎"


PLAIN = [s for s, keys in ANSI_SEQUENCES_KEYS.items() if re.match("\x1b[^\x1b;]+$", s) and isinstance(keys, tuple)]


@pytest.mark.parametrize("sequence", PLAIN, ids=ascii)
def test_keys_of_every_terminal_are_known(sequence: str) -> None:
    """As in Textual's table, which its own parser does not always reach: there `ESC [ 3 3 ~` is an exclamation mark."""
    named = ANSI_SEQUENCES_KEYS[sequence]
    assert isinstance(named, tuple)
    expected = [key.value for key in named]
    assert [key for _, key, *_ in read(sequence)] == expected
    assert [key for _, key, *_ in read(sequence[:2], sequence[2:])] == expected


@pytest.mark.parametrize("key", [k for k in FUNCTIONAL_KEYS if k != "1R" and int(k[:-1]) not in KEYPAD])
@pytest.mark.parametrize("modifiers", ["", ";2", ";5", ";7"])
def test_functional_keys_are_what_textual_calls_them(key: str, modifiers: str) -> None:
    sequence = f"\x1b[{key[:-1]}{modifiers}{key[-1]}"
    assert read(sequence) == [told(one) for one in XTermParser().feed(sequence)]


def test_escape_and_alt(time: Time) -> None:
    assert typed("\x1b", "8", time=time) == "<escape>8"
    assert typed("\x1b\x1b", time=time) == "<escape><escape>"
    assert typed("\x1b\x1b[A") == "<escape><up>"
    assert read("\x1bx") == [("key", "alt+x", "x")]
    assert typed("\x1b[", "8\r", time=time) == "8⏎", "Alt and [ is nothing, and takes nothing with it"
    assert typed("\x1bP", "Piet\r", time=time) == "Piet⏎"


def test_escape_waits_no_longer_than_it_should(time: Time) -> None:
    reader = TerminalParser()
    assert list(reader.feed("\x1b")) == []
    time.now += constants.ESCAPE_DELAY / 2
    assert list(reader.tick()) == []
    time.now += constants.ESCAPE_DELAY
    assert [told(key) for key in reader.tick()] == [("key", "escape", "\x1b")]
    assert list(reader.tick()) == []


# Pastes


@pytest.mark.parametrize(
    "text",
    ["8", "a\x1b[31mred\x1b[0m", "\x1b", "a\x1bb\x1b\x1b", f"\x1b]11;{'x' * 100}{ST}", "\x1b[I\x1b[O", "�\n\r\t", ""],
    ids=ascii,
)
def test_a_paste_is_its_text(text: str, time: Time) -> None:
    whole = f"8\x1b[200~{text}\x1b[201~\r"
    expected = [("key", "8", "8"), ("Paste", text, "", ""), ("key", "enter", "\r")]
    assert read(whole) == expected
    for cut in range(4, len(whole) - 1):
        assert read(whole[:cut], whole[cut:], time=time) == expected
    assert read("\x1b[201~8") == [("key", "8", "8")], "an end without a beginning"


# The rest of what it tells


def test_mouse_focus_size_and_modes() -> None:
    assert read("\x1b[<0;3;4M") == [("MouseDown", 2.0, 3.0, 1)]
    assert read("\x1b[<64;3;4M") == [("MouseScrollUp", 2.0, 3.0, 0)]
    assert read("\x1b[<0;-3;4M", "\x1b[M !!", "\x1b[32;1;1M") == []
    assert read("\x1b[I\x1b[O") == [("AppFocus", "", "", ""), ("AppBlur", "", "", "")]
    assert read("\x1b[24;80R") == [("CursorPosition", "", "", "")]
    assert read("\x1b[?2026;2$y") == [told(messages.TerminalSupportsSynchronizedOutput())]
    assert read("\x1b[?2048;2$y") == [told(messages.InBandWindowResize(True, False))]


def test_a_size_without_pixels_is_a_size() -> None:
    reader = TerminalParser()
    (resize,) = reader.feed("\x1b[48;34;110;680;880t")
    assert isinstance(resize, events.Resize)
    assert resize.size == (110, 34)
    assert [told(mouse) for mouse in reader.feed("\x1b[<0;81;21M")] == [("MouseDown", 10.0, 1.0, 1)]
    (resize,) = reader.feed("\x1b[48;24;80;0;0t")
    assert isinstance(resize, events.Resize)
    assert resize.size == (80, 24)
    assert list(reader.feed("\x1b[48;0;0;0;0t")) == []
    assert [told(mouse) for mouse in reader.feed("\x1b[<0;3;4M")] == [("MouseDown", 2.0, 3.0, 1)]


pieces = st.sampled_from(
    [
        *REPLIES,
        "8",
        "12,5",
        "\r",
        "\x1b[A",
        "\x1bOP",
        "\x1b[97;5u",
        "\x1b[<0;3;4M",
        "\x1b[200~x\x1b[31m\x1b[201~",
        "é",
        "\x7f",
    ]
)


@given(st.lists(pieces, max_size=12), st.data())
def test_it_does_not_matter_where_reads_end(parts: list[str], data: st.DataObject) -> None:
    whole = "".join(parts)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=20)))
    cut = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    assert read(*cut) == read(whole) == [event for part in parts for event in read(part)]


@given(st.lists(st.text(st.one_of(st.sampled_from("\x1b[]PO_^X;:?0189uc~\\\x07M<"), st.characters()), max_size=40)))
@example(["\x1b[M\x1b", "\x1b\x1b[", "\x1bP\x1b"])
def test_nothing_there_is_ends_it(parts: list[str]) -> None:
    reader = TerminalParser()
    for part in parts:
        for message in reader.feed(part):
            assert isinstance(message, Message)
    assert len(reader._rest) <= sum(map(len, parts))
