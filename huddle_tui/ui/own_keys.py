"""A user's own keys (`[keys]` in the settings): laid over those of the registry, checked."""

import difflib
import string
from collections.abc import Mapping
from typing import Final

from textual.keys import _character_to_key

from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.ui.actions import ACTIONS, AREAS, EVERYWHERE, SHARED, UserAction, on_screen

TYPING: Final = frozenset({"round", "checkin", "import", "form", *SHARED["form"]})
"""The areas in which a field has the focus: what types a letter into it is no key there."""
_SIGNS: Final = frozenset(_character_to_key(sign) for sign in string.punctuation) | {"space"}
_MOVING: Final = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown")
_OTHERS: Final = ("insert", "delete", "backspace", "tab", "enter", "escape")
_NAMED: Final = _SIGNS.union(_MOVING, _OTHERS, (f"f{n}" for n in range(1, 25)))
"""What keys that are no letter or digit are called."""


def can_be_sent(key: str) -> bool:
    """Whether a terminal can send that key: `x`, `X`, `f5`, `slash`, `ctrl+k`; never `banana` or `shift+x`."""
    *held, last = key.split("+")
    if not set(held) <= {"ctrl", "alt", "shift"} or len(set(held)) < len(held):
        return False
    if last in _NAMED:
        return True
    return len(last) == 1 and last.isalnum() and "shift" not in held and not ("ctrl" in held and last.isupper())


def _rivals(action: UserAction, chosen: Mapping[str, str]) -> dict[str, str]:
    """The keys of all other actions on the screens that this one is on, except those that it shares by design."""
    screens = [(*on_screen(area), EVERYWHERE) for area in AREAS]
    beside = {area for areas in screens if action.area in areas for area in areas}
    shared = set(action.keys.split(","))
    return {
        key: other.ref
        for other in ACTIONS
        if other.area in beside and other.ref != action.ref
        for key in chosen.get(other.ref, other.keys).split(",")
        if not (key in shared and key in other.keys.split(","))
    }


def typed(key: str) -> bool:
    """Whether that key types something into a field."""
    return len(key) == 1 or key in _SIGNS


_SENT_FOR = {"ctrl+h": "Backspace", "ctrl+i": "Tab", "ctrl+j": "Enter", "ctrl+m": "Enter", "ctrl+enter": "Enter"}
"""Keys that a terminal cannot tell from another one."""


def usable(chosen: Mapping[str, str]) -> tuple[dict[str, str], list[Sentence]]:
    """A user's keys as far as they can be, and what is wrong with each of the others, which keep their default keys."""
    kept, wrong = dict(chosen), list[Sentence]()
    while True:
        for ref, keys in kept.items():
            try:
                _check(ref, keys, kept)
            except HuddleError as error:
                wrong.append(error.sentence)
                del kept[ref]
                break
        else:
            return kept, wrong


def keymap(chosen: Mapping[str, str]) -> dict[str, str]:
    """A user's usable keys as Textual's keymap."""
    return {
        f"{action.ref}.{place}": chosen[action.ref]
        for action in ACTIONS
        if action.ref in chosen
        for place, _key in enumerate(action.keys.split(","))
    }


def _check(ref: str, keys: str, chosen: Mapping[str, str]) -> None:
    """Raises HuddleError for an action that does not exist, a key that cannot be and one that is used twice."""
    refs = {action.ref: action for action in ACTIONS}
    action = refs.get(ref)
    if action is None:
        near = difflib.get_close_matches(ref, refs, 1) or [ACTIONS[0].ref]
        text = N_("Settings, [keys]: there is no action {ref}; did you mean {near}? `huddle keys` lists them all.")
        raise HuddleError(text, ref=ref, near=near[0])
    if ref == "everywhere.enter":
        raise HuddleError(N_("Settings, [keys]: {ref} keeps its key; Enter goes on everywhere."), ref=ref)
    rivals = _rivals(action, chosen)
    each = [key.strip() for key in keys.split(",")]
    if any(map(typed, each)) and (action.area in TYPING or (action.area == EVERYWHERE and all(map(typed, each)))):
        text = N_("Settings, [keys]: {ref} cannot have the key {key!r}; it types into the field that is in focus.")
        raise HuddleError(text, ref=ref, key=next(filter(typed, each)))
    for key in each:
        if taken := _SENT_FOR.get(key):
            text = N_("Settings, [keys]: {ref} cannot have the key {key!r}; a terminal sends it for {other}.")
            raise HuddleError(text, ref=ref, key=key, other=taken)
        if not can_be_sent(key):
            text = N_("Settings, [keys]: {ref} cannot have the key {key!r}; write it as x, X, f5, ctrl+k or slash.")
            raise HuddleError(text, ref=ref, key=key)
        if key in rivals:
            text = N_("Settings, [keys]: {ref} cannot have the key {key!r}; it belongs to {other}.")
            raise HuddleError(text, ref=ref, key=key, other=rivals[key])
