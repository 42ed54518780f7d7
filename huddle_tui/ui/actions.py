"""The one registry of actions: bindings, footer, palette, help and `huddle keys` all come from here.

An action belongs to an area (the screens that share it) and is the method `action_<id>` of their screen, or of the
app for those that work everywhere. A user's own keys (`[keys]` in the settings) are laid over it, checked.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from huddle_tui.domain.sentence import N_, HuddleError

EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do."""

    area: str
    """The screens it belongs to; `everywhere` is the app's."""
    id: str
    """The method: `action_<id>`."""
    keys: str
    """Textual's key names, separated by commas; the first is the one that is shown."""
    label: str
    """Two words for the footer, marked with `N_`."""
    help: str
    """A sentence for help and palette, marked with `N_`."""
    footer: bool = False
    """Whether the footer shows it while its screen is up."""
    palette: bool = True
    """Whether the palette offers it."""
    in_field: bool = True
    """Whether it works while a field has the focus (letters do not)."""

    @property
    def ref(self) -> str:
        """Its name in the settings file."""
        return f"{self.area}.{self.id}"


ACTIONS: tuple[Action, ...] = (
    Action(EVERYWHERE, "enter", "enter", N_("Go on"), N_("The obvious next thing."), palette=False),
    Action(EVERYWHERE, "back", "escape", N_("Back"), N_("One level back; a draft is never lost."), palette=False),
    Action(EVERYWHERE, "undo", "ctrl+z", N_("Undo"), N_("Undo the last step.")),
    Action(EVERYWHERE, "help", "f1,question_mark", N_("Help"), N_("Help for this screen."), footer=True),
    Action(EVERYWHERE, "command_palette", "ctrl+p", N_("All"), N_("Everything the program can do."), palette=False),
    Action(EVERYWHERE, "leave", "ctrl+q,q", N_("Quit"), N_("Leave the program; asks only while a round runs.")),
    # Home
    Action("home", "run", "r", N_("Run huddle"), N_("Hold today's huddle on the shared screen."), footer=True),
    Action("home", "checkin", "c", N_("Check in"), N_("Enter your own numbers before the huddle."), footer=True),
    Action("home", "scorecard", "s", N_("Scorecard"), N_("Every number over the last huddles."), footer=True),
    Action("home", "review", "p", N_("Past"), N_("Look back at past huddles.")),
    Action("home", "team", "t", N_("Team"), N_("People, PACe chart and KPIs."), footer=True),
    Action("home", "open_ends", "o", N_("Open ends"), N_("Open stucks and actions.")),
    Action("home", "over_time", "w", N_("Over time"), N_("The team over the weeks.")),
    # The round on the shared screen: keys that work while a number is typed
    Action(
        "round", "forward", "ctrl+n", N_("Next person"), N_("This turn is done; the next person begins."), footer=True
    ),
    Action("round", "previous", "ctrl+b", N_("Back"), N_("Back to the person before.")),
    Action("round", "skip", "ctrl+l", N_("Skip"), N_("Skip this person now and come back later."), footer=True),
    Action(
        "round", "offline", "ctrl+o", N_("Offline"), N_("Take it offline: a subject for after the huddle."), footer=True
    ),
    Action("round", "agree", "ctrl+t", N_("Action"), N_("Agree an action: who, what, by when."), footer=True),
    Action("round", "note_stuck", "ctrl+g", N_("Stuck"), N_("Note where the speaker is stuck.")),
    Action("round", "slow", "ctrl+f", N_("Slow number"), N_("Give a monthly or quarterly number before it is due.")),
    Action(
        "round", "roll", "ctrl+r", N_("People"), N_("Who is here: absent, latecomers, somebody else's turn, by proxy.")
    ),
    Action("round", "pause", "f5,ctrl+s", N_("Pause"), N_("Pause the clocks, or go on.")),
    Action("round", "up", "up", N_("Number before"), N_("To the number before, to correct it."), palette=False),
    Action("round", "down", "down", N_("Number after"), N_("To the number after."), palette=False),
    # After the round
    Action("recap", "copy", "c", N_("Copy"), N_("Copy the recap as Markdown."), footer=True, in_field=False),
    Action("recap", "save", "s", N_("Save"), N_("Save the recap as a Markdown file."), footer=True, in_field=False),
    Action(
        "recap",
        "reopen",
        "o",
        N_("Reopen"),
        N_("Go on with this huddle: something was forgotten."),
        footer=True,
        in_field=False,
    ),
    # Another program runs today's huddle
    Action("taken", "watch", "w", N_("Watch"), N_("Follow it live, without a hand in it."), footer=True),
    Action(
        "taken", "take_over", "t", N_("Take over"), N_("Go on with it here; the other program is told."), footer=True
    ),
    # Lists of any kind
    Action("list", "down", "j,down", N_("Down"), N_("One down."), palette=False),
    Action("list", "up", "k,up", N_("Up"), N_("One up."), palette=False),
    Action("list", "first", "g,home", N_("First"), N_("To the first."), palette=False),
    Action("list", "last", "G,end", N_("Last"), N_("To the last."), palette=False),
    Action("list", "find", "slash", N_("Find"), N_("Find as you type.")),
)
"""All of them, area by area, in the order in which help shows them."""


def of(area: str) -> tuple[Action, ...]:
    """The actions of one area."""
    return tuple(action for action in ACTIONS if action.area == area)


def bindings(*areas: str) -> list[BindingType]:
    """The key bindings of those areas, for a screen's `BINDINGS`."""
    return [
        Binding(
            key,
            f"{'app.' if action.area == EVERYWHERE and action.id in _APP_WIDE else ''}{action.id}",
            action.label,
            show=action.footer,
            id=f"{action.ref}.{place}",
        )
        for area in areas
        for action in of(area)
        for place, key in enumerate(action.keys.split(","))
        if action.id != "enter"
    ]


_APP_WIDE = frozenset({"help", "command_palette", "leave"})


def keymap(chosen: Mapping[str, str]) -> dict[str, str]:
    """A user's keys as Textual's keymap; raises HuddleError for an action that does not exist or a key used twice."""
    refs = {action.ref: action for action in ACTIONS}
    mapped: dict[str, str] = {}
    for ref, keys in chosen.items():
        action = refs.get(ref)
        if action is None:
            near = difflib.get_close_matches(ref, refs, 1) or [ACTIONS[0].ref]
            raise HuddleError(
                N_("Settings, [keys]: there is no action {ref}; did you mean {near}? `huddle keys` lists them all."),
                ref=ref,
                near=near[0],
            )
        rivals = {
            key: other.ref
            for other in ACTIONS
            if other.area in {action.area, EVERYWHERE} and other.ref != ref
            for key in chosen.get(other.ref, other.keys).split(",")
        }
        for key in (key.strip() for key in keys.split(",")):
            if not key or key in rivals:
                raise HuddleError(
                    N_("Settings, [keys]: {ref} cannot have the key {key!r}; it belongs to {other}."),
                    ref=ref,
                    key=key,
                    other=rivals.get(key, "-"),
                )
        for place, _key in enumerate(action.keys.split(",")):
            mapped[f"{ref}.{place}"] = keys if place == 0 else ""
    return {id: keys for id, keys in mapped.items() if keys}


KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "escape": "Esc",
    "enter": "Enter",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "space": "Space",
    "delete": "Del",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "tab": "Tab",
    "plus": "+",
    "minus": "-",
}
"""How keys are written for people."""


def shown(key: str) -> str:
    """A key as people read it: `Ctrl+N`, `F5`, `?`."""
    *mods, last = key.strip().split("+")
    last = KEY_NAMES.get(last, last.upper() if mods or (last[0] == "f" and last[1:].isdigit()) else last)
    return "+".join([*(mod.capitalize() for mod in mods), last])


def table() -> list[tuple[str, str, str, str]]:
    """The key table: area, keys, label and sentence (English, to be translated by who shows it)."""
    return [
        (action.area, " · ".join(shown(key) for key in action.keys.split(",")), action.label, action.help)
        for action in ACTIONS
    ]
