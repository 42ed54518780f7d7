"""The one registry of actions: bindings, footer, palette, help and `huddle keys` all come from here.

An action belongs to an area (the screens that share it) and is the method `action_<id>` of their screen, or of the
app for those that work everywhere. A user's own keys (`[keys]` in the settings) are laid over it, checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace

import msgspec
from textual.binding import Binding, BindingType

from huddle_tui.domain.sentence import N_
from huddle_tui.i18n import _

EVERYWHERE = "everywhere"


class UserAction(msgspec.Struct, frozen=True):
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

    @property
    def ref(self) -> str:
        """Its name in the settings file."""
        return f"{self.area}.{self.id}"


ACTIONS: tuple[UserAction, ...] = (
    UserAction(EVERYWHERE, "enter", "enter", N_("Go on"), N_("The obvious next thing."), palette=False),
    UserAction(EVERYWHERE, "back", "escape", N_("Back"), N_("One level back; a draft is never lost."), palette=False),
    UserAction(EVERYWHERE, "undo", "ctrl+z", N_("Undo"), N_("Undo the last step.")),
    UserAction(EVERYWHERE, "help", "f1,question_mark", N_("Help"), N_("Help for this screen."), footer=True),
    UserAction(EVERYWHERE, "command_palette", "ctrl+p", N_("All"), N_("Everything the program can do."), palette=False),
    UserAction(EVERYWHERE, "leave", "ctrl+q,q", N_("Quit"), N_("Leave the program; asks only while a round runs.")),
    # Home
    UserAction("home", "make", "m", N_("Go on making the team"), N_("People, numbers, and then the first huddle.")),
    UserAction("home", "run", "r", N_("Run huddle"), N_("Hold today's huddle on the shared screen."), footer=True),
    UserAction("home", "complete", "f", N_("Complete it"), N_("Go on with that huddle.")),
    UserAction("home", "shut", "z", N_("Close it"), N_("Close it with the time of its last save.")),
    UserAction("home", "checkin", "c", N_("Check in"), N_("Enter your own numbers before the huddle."), footer=True),
    UserAction("home", "scorecard", "s", N_("Scorecard"), N_("Every number over the last huddles."), footer=True),
    UserAction("home", "review", "p", N_("Past"), N_("Look back at past huddles.")),
    UserAction("home", "team", "t", N_("Team"), N_("People, PACe chart and KPIs."), footer=True),
    UserAction("home", "take_in", "v", N_("Take in copies"), N_("Other versions of files, which a sync tool left.")),
    UserAction("home", "open_ends", "o", N_("Open ends"), N_("Open stucks and actions.")),
    UserAction("home", "over_time", "w", N_("Over time"), N_("The team over the weeks.")),
    UserAction("home", "browser", "b", N_("Browser"), N_("Check in from phones, with a link for each.")),
    # The personal links to the browser pages
    UserAction("links", "following", "right,l,n", N_("Next"), N_("The next person's link."), footer=True),
    UserAction("links", "previous", "left,h", N_("Before"), N_("The link of the person before."), footer=True),
    UserAction("links", "make", "m", N_("New link"), N_("Another link; the one before stops working."), footer=True),
    UserAction("links", "revoke", "x", N_("Revoke"), N_("Take the link away."), footer=True),
    # The opening of a round and its roll call
    UserAction("opening", "here", "space,x", N_("Here/away"), N_("Here or away; of an open end: solved or done.")),
    UserAction("opening", "proxy", "p", N_("By proxy"), N_("Somebody else says the numbers of the person at hand.")),
    UserAction("opening", "browser", "b", N_("Browser"), N_("Check in from phones, with a link for each.")),
    # The round on the shared screen: keys that work while a number is typed
    UserAction(
        "round", "forward", "ctrl+n", N_("Next person"), N_("This turn is done; the next person begins."), footer=True
    ),
    UserAction("round", "previous", "ctrl+b", N_("Back"), N_("Back to the person before.")),
    UserAction("round", "skip", "ctrl+l", N_("Skip"), N_("Skip this person now and come back later."), footer=True),
    UserAction(
        "round", "offline", "ctrl+o", N_("Offline"), N_("Take it offline: a subject for after the huddle."), footer=True
    ),
    UserAction("round", "agree", "ctrl+t", N_("Action"), N_("Agree an action: who, what, by when."), footer=True),
    UserAction(
        "round",
        "note_stuck",
        "ctrl+g",
        N_("Stuck"),
        N_("Note where the speaker is stuck; where that is asked: it is solved."),
    ),
    UserAction(
        "round", "slow", "ctrl+f", N_("Slow number"), N_("Give a monthly or quarterly number before it is due.")
    ),
    UserAction(
        "round", "roll", "ctrl+r", N_("People"), N_("Who is here: absent, latecomers, somebody else's turn, by proxy.")
    ),
    UserAction("round", "pause", "f5,ctrl+s", N_("Pause"), N_("Pause the clocks, or go on.")),
    UserAction("round", "up", "up", N_("Number before"), N_("To the number before, to correct it."), palette=False),
    UserAction("round", "down", "down", N_("Number after"), N_("To the number after."), palette=False),
    # The check-in: keys that work while a number is typed
    UserAction("checkin", "who", "ctrl+r", N_("Who am I"), N_("Somebody else: choose who you are."), footer=True),
    UserAction("checkin", "up", "up", N_("Before"), N_("To the field before."), footer=True, palette=False),
    UserAction("checkin", "down", "down", N_("After"), N_("To the field after."), footer=True, palette=False),
    UserAction("who", "choose", "enter", N_("That's me"), N_("Remember this choice and check in."), footer=True),
    UserAction(
        "who", "proxy", "p", N_("By proxy"), N_("Type the numbers of this person for them; marked so."), footer=True
    ),
    # After the round
    UserAction("recap", "copy", "c", N_("Copy"), N_("Copy the recap as short text."), footer=True),
    UserAction("recap", "save", "s", N_("Save"), N_("Save the recap as text, Markdown or a page."), footer=True),
    UserAction("recap", "correct", "e", N_("Correct"), N_("Put something of this huddle right."), footer=True),
    UserAction(
        "recap", "reopen", "o", N_("Reopen"), N_("Go on with this huddle: something was forgotten."), footer=True
    ),
    # Another program runs today's huddle
    UserAction("taken", "watch", "w", N_("Watch"), N_("Follow it live, without a hand in it."), footer=True),
    UserAction(
        "taken", "take_over", "t", N_("Take over"), N_("Go on with it here; the other program is told."), footer=True
    ),
    # The team: people and their numbers
    UserAction("team", "open", "enter", N_("Edit"), N_("Open what the cursor is on."), footer=True),
    UserAction("team", "add_person", "a", N_("Person"), N_("Add somebody to the team."), footer=True),
    UserAction("team", "add_number", "n", N_("Number"), N_("Add a number to the person at hand."), footer=True),
    UserAction("team", "chart", "p", N_("PACe chart"), N_("The core processes and who is accountable."), footer=True),
    UserAction("team", "coach", "c", N_("Coach"), N_("To the next person or number that the coach speaks of.")),
    UserAction("team", "star", "asterisk", N_("★"), N_("Make this the owner's most important number.")),
    UserAction("team", "earlier", "K,shift+up", N_("Earlier"), N_("Move it one place up.")),
    UserAction("team", "later", "J,shift+down", N_("Later"), N_("Move it one place down.")),
    UserAction("team", "remove", "x,delete", N_("Remove"), N_("Take it away; what has a history is kept.")),
    UserAction("team", "settings", "s", N_("Settings"), N_("Time box, working days, order and the rest.")),
    UserAction(
        "team",
        "import_file",
        "i",
        N_("Import"),
        N_("People, processes and numbers from a file, seen before it is done."),
    ),
    UserAction("team", "gone", "o", N_("Old ones"), N_("Show who left and what was retired, or hide them.")),
    # The PACe chart
    UserAction("chart", "open", "enter", N_("Edit"), N_("Rename, assign, and write its key numbers."), footer=True),
    UserAction("chart", "add", "a", N_("Process"), N_("Add a core process."), footer=True),
    UserAction(
        "chart",
        "earlier",
        "K,shift+left,shift+up",
        N_("Earlier"),
        N_("Nearer to the customer's first step."),
        footer=True,
    ),
    UserAction("chart", "later", "J,shift+right,shift+down", N_("Later"), N_("One step later for the customer.")),
    UserAction(
        "chart", "template", "t", N_("Template"), N_("Start from the chart of a company like yours."), footer=True
    ),
    UserAction("chart", "remove", "x,delete", N_("Remove"), N_("Take the process off the chart; its numbers stay.")),
    UserAction("chart", "left", "left,h", N_("Before"), N_("To the process before."), palette=False),
    UserAction("chart", "right", "right,l", N_("After"), N_("To the process after."), palette=False),
    # Forms
    UserAction("form", "save", "ctrl+s", N_("Save"), N_("Save the form, from any field."), footer=True),
    UserAction("person_form", "link", "ctrl+l", N_("Link"), N_("The personal link to the browser pages."), footer=True),
    UserAction("form", "next_field", "down,tab", N_("Next field"), N_("One field down."), palette=False),
    UserAction("form", "previous_field", "up,shift+tab", N_("Field before"), N_("One field up."), palette=False),
    UserAction(
        "kpi_form", "library", "ctrl+l", N_("Examples"), N_("Take a good number and make it your own."), footer=True
    ),
    UserAction(
        "process_form", "suggestion", "ctrl+g", N_("Take it"), N_("Take over what the coach proposes."), footer=True
    ),
    UserAction("library", "take", "enter", N_("Take it"), N_("Take this one and make it your own."), footer=True),
    # Welcome and the guided path
    UserAction(
        "welcome",
        "example",
        "e",
        N_("Look at the example"),
        N_("A software company with a year of huddles; nothing you do can spoil it."),
    ),
    UserAction("welcome", "make", "m", N_("Make a team"), N_("Name, people, numbers, and then the first huddle.")),
    UserAction("welcome", "import_file", "i", N_("Import a file"), N_("Bring a team file or a list of KPIs.")),
    UserAction("welcome", "language", "l", N_("Nederlands"), N_("Speak the other language."), footer=True),
    UserAction(
        "guide", "library", "ctrl+l", N_("Examples"), N_("Take a good number and make it your own."), footer=True
    ),
    UserAction(
        "guide", "enough", "ctrl+n", N_("Next"), N_("This is enough: on to the next person or step."), footer=True
    ),
    UserAction("guide", "previous", "ctrl+b", N_("Back"), N_("Back to the person before, or to the names.")),
    UserAction("ready", "begin", "enter", N_("First huddle"), N_("Hold the first huddle now."), footer=True),
    UserAction("ready", "team", "t", N_("Team"), N_("Look over the people and their numbers."), footer=True),
    UserAction("ready", "chart", "p", N_("PACe chart"), N_("Lay out the core processes first."), footer=True),
    UserAction("import", "page_down", "down,pagedown", N_("Down"), N_("Further down in the preview."), palette=False),
    UserAction("import", "page_up", "up,pageup", N_("Up"), N_("Back up in the preview."), palette=False),
    UserAction("import", "carry_out", "ctrl+s", N_("Import"), N_("Do what the preview shows, all of it."), footer=True),
    # Looking back
    UserAction("past", "open", "enter", N_("Open"), N_("Everything that was said in this huddle."), footer=True),
    UserAction(
        "past",
        "find",
        "slash",
        N_("Find"),
        N_("Find as you type: names, numbers, notes, stucks, actions."),
        footer=True,
    ),
    UserAction("past", "red", "f", N_("Red only"), N_("Only huddles with red flags, or all of them."), footer=True),
    UserAction("past", "person", "p", N_("Person"), N_("Only huddles of one person after another."), footer=True),
    UserAction("past", "period", "d", N_("Period"), N_("Of this or last month, quarter or year, or of any time.")),
    UserAction("past", "restore", "u", N_("Bring back"), N_("A huddle that was deleted, from the bin.")),
    UserAction("past", "scorecard", "s", N_("Scorecard"), N_("Every number over the last huddles.")),
    UserAction("scorecard", "open", "enter", N_("Huddle"), N_("The huddle in which this was said."), footer=True),
    UserAction("scorecard", "number", "n", N_("Number"), N_("The history of this number."), footer=True),
    UserAction(
        "scorecard", "columns", "w", N_("Columns"), N_("A column per huddle, per week or per month."), footer=True
    ),
    UserAction(
        "scorecard",
        "span",
        "t",
        N_("Kept over"),
        N_("Count kept promises over 13, 26, 52 or all columns."),
        footer=True,
    ),
    UserAction("scorecard", "person", "p", N_("Person"), N_("The person whose number this is.")),
    UserAction(
        "scorecard", "retired", "r", N_("Retired"), N_("Show numbers that nobody reads out any more, or hide them.")
    ),
    UserAction("scorecard", "export", "x", N_("Print"), N_("Save it as a page to print or mail.")),
    UserAction("scorecard", "left", "h,left", N_("Left"), N_("One column back in time."), palette=False),
    UserAction("scorecard", "right", "l,right", N_("Right"), N_("One column on in time."), palette=False),
    UserAction("scorecard", "far_left", "H,shift+left", N_("Far left"), N_("A screenful back in time."), palette=False),
    UserAction(
        "scorecard", "far_right", "L,shift+right", N_("Far right"), N_("A screenful on in time."), palette=False
    ),
    UserAction("number", "open", "enter", N_("Huddle"), N_("The huddle in which this was said."), footer=True),
    UserAction("number", "span", "t", N_("How far"), N_("Show the last 13, 26, 52 or all."), footer=True),
    UserAction(
        "number", "following", "l,right", N_("Next number"), N_("The next number of the scorecard."), footer=True
    ),
    UserAction("number", "previous", "h,left", N_("Number before"), N_("The number before on the scorecard.")),
    UserAction(
        "number",
        "baseline",
        "b",
        N_("New limits"),
        N_("The natural limits begin anew from this reading, for a reason."),
    ),
    UserAction("number", "person", "p", N_("Person"), N_("The person whose number this is."), footer=True),
    UserAction("quarter", "keep", "enter,k", N_("Keep"), N_("It stays as it is; on to the next number."), footer=True),
    UserAction("quarter", "raise", "r", N_("Raise"), N_("Another promise: opens the number's form."), footer=True),
    UserAction(
        "quarter", "mend", "m", N_("Mend"), N_("Another way of counting it: opens the number's form."), footer=True
    ),
    UserAction("quarter", "drop", "d", N_("Drop"), N_("Nobody reads it out any more; its history stays."), footer=True),
    UserAction("quarter", "later", "l", N_("Later"), N_("Leave it for now: it comes back at the end.")),
    UserAction("quarter", "following", "n,right", N_("Next number"), N_("The next number, decided or not.")),
    UserAction("quarter", "previous", "p,left", N_("Number before"), N_("The number before.")),
    UserAction("quarter", "number", "h", N_("History"), N_("The whole history of this number.")),
    UserAction("quarter", "save", "s", N_("Save"), N_("Save the review as a Markdown file.")),
    UserAction("huddle", "open", "enter", N_("Open"), N_("The number or the person under the cursor."), footer=True),
    UserAction(
        "huddle",
        "done",
        "d",
        N_("Done"),
        N_("Mark the stuck solved or the action done, or open it again."),
        footer=True,
    ),
    UserAction(
        "huddle", "correct", "e", N_("Correct"), N_("Put this number, stuck or action right, by name."), footer=True
    ),
    UserAction("huddle", "copy", "c", N_("Copy"), N_("Copy the huddle as short text."), footer=True),
    UserAction("huddle", "save", "s", N_("Save"), N_("Save the huddle as text, Markdown or a page."), footer=True),
    UserAction("huddle", "discard", "delete,x", N_("Delete"), N_("A huddle that was only a test, into the bin.")),
    UserAction("huddle", "previous", "h,left", N_("Huddle before"), N_("The huddle before this one.")),
    UserAction("huddle", "following", "l,right", N_("Next huddle"), N_("The huddle after this one.")),
    UserAction("person", "open", "enter", N_("Open"), N_("The number or the huddle under the cursor."), footer=True),
    UserAction("person", "done", "d", N_("Done"), N_("Mark the stuck solved or the action done."), footer=True),
    UserAction("person", "span", "t", N_("How far"), N_("Over the last 13, 26, 52 or all huddles."), footer=True),
    UserAction("person", "following", "l,right", N_("Next person"), N_("The next person in the list."), footer=True),
    UserAction("person", "previous", "h,left", N_("Person before"), N_("The person before in the list.")),
    UserAction("over_time", "span", "t", N_("How far"), N_("Show the last 13, 26, 52 or all weeks."), footer=True),
    UserAction("over_time", "open_ends", "o", N_("Open ends"), N_("Open stucks and actions."), footer=True),
    UserAction("over_time", "quarter", "k", N_("Quarter"), N_("The quarter's review: every number once."), footer=True),
    UserAction("open_ends", "open", "enter", N_("Huddle"), N_("The huddle in which this was said."), footer=True),
    UserAction(
        "open_ends", "done", "d,space", N_("Done"), N_("Mark the stuck solved or the action done."), footer=True
    ),
    # Lists of any kind
    UserAction("list", "down", "j,down", N_("Down"), N_("One down."), palette=False),
    UserAction("list", "up", "k,up", N_("Up"), N_("One up."), palette=False),
    UserAction("list", "first", "g,home", N_("First"), N_("To the first."), palette=False),
    UserAction("list", "last", "G,end", N_("Last"), N_("To the last."), palette=False),
    UserAction("list", "find", "slash", N_("Find"), N_("Find as you type."), palette=False),
    UserAction("list", "page_down", "pagedown", N_("Page down"), N_("A screenful down."), palette=False),
    UserAction("list", "page_up", "pageup", N_("Page up"), N_("A screenful up."), palette=False),
)
"""All of them, area by area, in the order in which help shows them."""


class Command(msgspec.Struct, frozen=True):
    """Something that can be done now, for the palette."""

    title: str
    """What it is called."""
    help: str
    """A sentence about it, or a place."""
    run: Callable[[], object]
    """Does it; what it gives back is awaited if that can be."""
    keys: str = ""
    """Its keys, as people read them."""
    here: bool = False
    """Whether it belongs to the screen at hand."""


def of(area: str) -> tuple[UserAction, ...]:
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


KEY_NAMES = {
    "question_mark": "?",
    "asterisk": "*",
    "slash": "/",
    "escape": "Esc",
    "enter": "Enter",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "space": N_("Space"),
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
    last = _(KEY_NAMES.get(last, last.upper() if mods or (last[0] == "f" and last[1:].isdigit()) else last))
    return "+".join([*(mod.capitalize() for mod in mods), last])


_chosen: Mapping[str, str] = {}


def use(chosen: Mapping[str, str]) -> None:
    """From now on a user has these keys; they were checked."""
    global _chosen
    _chosen = chosen


def keys_of(action: UserAction) -> list[str]:
    """The keys of an action for people, as the user has them: `Ctrl+N`, or `F5` and `Ctrl+S`."""
    return [shown(key) for key in _chosen.get(action.ref, action.keys).split(",")]


def keyed(text: str, **values: object) -> str:
    """A sentence with its places filled in; a place such as `{round.skip}` is the key that the user has for it."""
    areas = {area: SimpleNamespace(**{a.id: keys_of(a)[0] for a in of(area)}) for area in {a.area for a in ACTIONS}}
    return text.format(**areas, **values)


def table() -> list[tuple[str, str, str, str, str]]:
    """The key table: area, keys, label, sentence (English, to be translated by who shows it) and settings name."""
    return [(a.area, " · ".join(keys_of(a)), a.label, a.help, a.ref) for a in ACTIONS]
