"""The one registry of actions: bindings, footer, palette, help and `huddle keys` all come from here.

An action belongs to an area (the screens that share it) and is the method `action_<id>` of their screen, or of the
app for those that work everywhere. A user's own keys (`[keys]` in the settings) are laid over it, checked.
"""

from collections.abc import Callable, Mapping
from typing import Final

import msgspec
from msgspec.structs import replace
from textual.binding import Binding

from huddle_tui.domain.sentence import N_
from huddle_tui.i18n import _

EVERYWHERE = "everywhere"


class UserAction(msgspec.Struct, frozen=True):
    """Something a person can do."""

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
    area: str = ""
    """The screens it belongs to; `everywhere` is the app's."""

    @property
    def ref(self) -> str:
        """Its name in the settings file."""
        return f"{self.area}.{self.id}"


class Area(msgspec.Struct, frozen=True):
    """What can be done on the screens that share it."""

    title: str
    """How help calls it, marked with `N_`."""
    actions: tuple[UserAction, ...]
    """In the order in which help shows them."""


def _area(title: str, *actions: UserAction) -> Area:
    return Area(title, actions)


def _in_bar(id: str, keys: str, label: str, help: str, palette: bool = True) -> UserAction:
    """One that the key bar shows while its screen is up."""
    return UserAction(id, keys, label, help, footer=True, palette=palette)


AREAS: dict[str, Area] = {
    EVERYWHERE: _area(
        N_("Everywhere"),
        UserAction("enter", "enter", N_("Go on"), N_("The obvious next thing."), palette=False),
        UserAction("back", "escape", N_("Back"), N_("One level back; a draft is never lost."), palette=False),
        UserAction("undo", "ctrl+z", N_("Undo"), N_("Undo the last step.")),
        _in_bar("help", "f1,question_mark", N_("Help"), N_("Help for this screen.")),
        UserAction("command_palette", "ctrl+p", N_("All"), N_("Everything the program can do."), palette=False),
        UserAction("leave", "ctrl+q,q", N_("Quit"), N_("Leave the program; asks only while a round runs.")),
    ),
    "home": _area(
        N_("Home"),
        UserAction("make", "m", N_("Go on making the team"), N_("People, numbers, and then the first huddle.")),
        _in_bar("run", "r", N_("Run huddle"), N_("Hold today's huddle on the shared screen.")),
        UserAction("complete", "f", N_("Complete it"), N_("Go on with the open huddle.")),
        UserAction("shut", "z", N_("Close it"), N_("Close the open huddle.")),
        _in_bar("checkin", "c", N_("Check in"), N_("Enter your own numbers before the huddle.")),
        _in_bar("scorecard", "s", N_("Scorecard"), N_("Every number over the last huddles.")),
        UserAction("review", "p", N_("Past"), N_("Look back at past huddles.")),
        _in_bar("team", "t", N_("Team"), N_("People, PACe chart and KPIs.")),
        UserAction("take_in", "v", N_("Take in copies"), N_("Other versions of files, which a sync tool left.")),
        UserAction("open_ends", "o", N_("Open ends"), N_("Open stucks and actions.")),
        UserAction("over_time", "w", N_("Over time"), N_("The team over the weeks.")),
        UserAction("browser", "b", N_("Browser"), N_("Check in from phones, with a link for each.")),
    ),
    "links": _area(
        N_("Personal links"),
        _in_bar("following", "right,l,n", N_("Next"), N_("The next person's link.")),
        _in_bar("previous", "left,h", N_("Before"), N_("The link of the person before.")),
        _in_bar("make", "m", N_("New link"), N_("Another link; the one before stops working.")),
        _in_bar("revoke", "x", N_("Revoke"), N_("Take the link away.")),
    ),
    "opening": _area(
        N_("The opening and the roll call"),
        UserAction("here", "space,x", N_("Here/away"), N_("Here or away; of an open end: solved or done.")),
        UserAction("proxy", "p", N_("By proxy"), N_("Somebody else says the numbers of the person at hand.")),
        UserAction("browser", "b", N_("Browser"), N_("Check in from phones, with a link for each.")),
    ),
    "round": _area(
        N_("The round"),
        _in_bar("forward", "ctrl+n", N_("Next person"), N_("This turn is done; the next person begins.")),
        UserAction("previous", "ctrl+b", N_("Back"), N_("Back to the person before.")),
        _in_bar("skip", "ctrl+l", N_("Skip"), N_("Skip this person now and come back later.")),
        _in_bar("offline", "ctrl+o", N_("Offline"), N_("Take it offline: a subject for after the huddle.")),
        _in_bar("agree", "ctrl+t", N_("Action"), N_("Agree an action: who, what, by when.")),
        UserAction(
            "note_stuck",
            "ctrl+g",
            N_("Stuck"),
            N_("Note where the speaker is stuck; where that is asked: it is solved."),
        ),
        UserAction("slow", "ctrl+f", N_("Slow number"), N_("Give a monthly or quarterly number before it is due.")),
        UserAction(
            "roll", "ctrl+r", N_("People"), N_("Who is here: absent, latecomers, somebody else's turn, by proxy.")
        ),
        UserAction("pause", "f5,ctrl+s", N_("Pause"), N_("Pause the clocks, or go on.")),
        UserAction("up", "up", N_("Number before"), N_("To the number before, to correct it."), palette=False),
        UserAction("down", "down", N_("Number after"), N_("To the number after."), palette=False),
    ),
    "checkin": _area(
        N_("Check-in"),
        _in_bar("who", "ctrl+r", N_("Who am I"), N_("Somebody else: choose who you are.")),
        _in_bar("up", "up", N_("Before"), N_("To the field before."), palette=False),
        _in_bar("down", "down", N_("After"), N_("To the field after."), palette=False),
    ),
    "who": _area(
        N_("Who am I"),
        _in_bar("choose", "enter", N_("That's me"), N_("Remember this choice and check in.")),
        _in_bar("proxy", "p", N_("By proxy"), N_("Type the numbers of this person for them; marked so.")),
    ),
    "recap": _area(
        N_("After the round"),
        _in_bar("copy", "c", N_("Copy"), N_("Copy the recap as short text.")),
        _in_bar("save", "s", N_("Save"), N_("Save the recap as text, Markdown or a page.")),
        _in_bar("correct", "e", N_("Correct"), N_("Put something of this huddle right.")),
        _in_bar("reopen", "o", N_("Reopen"), N_("Go on with this huddle: something was forgotten.")),
    ),
    "taken": _area(
        N_("Another program runs the huddle"),
        _in_bar("watch", "w", N_("Watch"), N_("Follow it live, without a hand in it.")),
        _in_bar("take_over", "t", N_("Take over"), N_("Go on with it here; the other program is told.")),
    ),
    "team": _area(
        N_("The team"),
        _in_bar("open", "enter", N_("Edit"), N_("Open what the cursor is on.")),
        _in_bar("add_person", "a", N_("Person"), N_("Add somebody to the team.")),
        _in_bar("add_number", "n", N_("Number"), N_("Add a number to the person at hand.")),
        _in_bar("chart", "p", N_("PACe chart"), N_("The core processes and who is accountable.")),
        UserAction("coach", "c", N_("Coach"), N_("To the next person or number that the coach speaks of.")),
        UserAction("star", "asterisk", N_("★"), N_("Make this the owner's most important number.")),
        UserAction("earlier", "K,shift+up", N_("Earlier"), N_("Move it one place up.")),
        UserAction("later", "J,shift+down", N_("Later"), N_("Move it one place down.")),
        UserAction("remove", "x,delete", N_("Remove"), N_("Take it away; what has a history is kept.")),
        UserAction("settings", "s", N_("Settings"), N_("Time box, working days, order and the rest.")),
        UserAction(
            "import_file", "i", N_("Import"), N_("People, processes and numbers from a file, seen before it is done.")
        ),
        UserAction("gone", "o", N_("Old ones"), N_("Show who left and what was retired, or hide them.")),
    ),
    "chart": _area(
        N_("PACe chart"),
        _in_bar("open", "enter", N_("Edit"), N_("Rename, assign, and write its key numbers.")),
        _in_bar("add", "a", N_("Process"), N_("Add a core process.")),
        _in_bar("earlier", "K,shift+left,shift+up", N_("Earlier"), N_("Nearer to the customer's first step.")),
        UserAction("later", "J,shift+right,shift+down", N_("Later"), N_("One step later for the customer.")),
        _in_bar("template", "t", N_("Template"), N_("Start from the chart of a company like yours.")),
        UserAction("remove", "x,delete", N_("Remove"), N_("Take the process off the chart; its numbers stay.")),
        UserAction("left", "left,h", N_("Before"), N_("To the process before."), palette=False),
        UserAction("right", "right,l", N_("After"), N_("To the process after."), palette=False),
    ),
    "form": _area(
        N_("Forms"),
        _in_bar("save", "ctrl+s", N_("Save"), N_("Save the form, from any field.")),
        UserAction("next_field", "down,tab", N_("Next field"), N_("One field down."), palette=False),
        UserAction("previous_field", "up,shift+tab", N_("Field before"), N_("One field up."), palette=False),
    ),
    "person_form": _area(
        N_("A person's form"),
        _in_bar("link", "ctrl+l", N_("Link"), N_("The personal link to the browser pages.")),
    ),
    "kpi_form": _area(
        N_("A number"),
        _in_bar("library", "ctrl+l", N_("Examples"), N_("Take a good number and make it your own.")),
    ),
    "process_form": _area(
        N_("A process"),
        _in_bar("suggestion", "ctrl+g", N_("Take it"), N_("Take over what the coach proposes.")),
    ),
    "library": _area(
        N_("Good numbers"),
        _in_bar("take", "enter", N_("Take it"), N_("Take this one and make it your own.")),
    ),
    "welcome": _area(
        N_("Welcome"),
        UserAction(
            "example",
            "e",
            N_("Look at the example"),
            N_("A software company with a year of huddles; nothing you do can spoil it."),
        ),
        UserAction("make", "m", N_("Make a team"), N_("Name, people, numbers, and then the first huddle.")),
        UserAction("import_file", "i", N_("Import a file"), N_("Bring a team file or a list of KPIs.")),
        _in_bar("language", "l", N_("Nederlands"), N_("Speak the other language.")),
    ),
    "guide": _area(
        N_("Making a team"),
        _in_bar("library", "ctrl+l", N_("Examples"), N_("Take a good number and make it your own.")),
        _in_bar("enough", "ctrl+n", N_("Next"), N_("This is enough: on to the next person or step.")),
        UserAction("previous", "ctrl+b", N_("Back"), N_("Back to the person before, or to the names.")),
    ),
    "ready": _area(
        N_("Ready"),
        _in_bar("begin", "enter", N_("First huddle"), N_("Hold the first huddle now.")),
        _in_bar("team", "t", N_("Team"), N_("Look over the people and their numbers.")),
        _in_bar("chart", "p", N_("PACe chart"), N_("Lay out the core processes first.")),
    ),
    "import": _area(
        N_("Import"),
        UserAction("page_down", "down,pagedown", N_("Down"), N_("Further down in the preview."), palette=False),
        UserAction("page_up", "up,pageup", N_("Up"), N_("Back up in the preview."), palette=False),
        _in_bar("carry_out", "ctrl+s", N_("Import"), N_("Do what the preview shows, all of it.")),
    ),
    "past": _area(
        N_("Past huddles"),
        _in_bar("open", "enter", N_("Open"), N_("Everything that was said in this huddle.")),
        _in_bar("find", "slash", N_("Find"), N_("Find as you type: names, numbers, notes, stucks, actions.")),
        _in_bar("red", "f", N_("Red only"), N_("Only huddles with red flags, or all of them.")),
        _in_bar("person", "p", N_("Person"), N_("Only huddles of one person after another.")),
        UserAction("period", "d", N_("Period"), N_("Of this or last month, quarter or year, or of any time.")),
        UserAction("restore", "u", N_("Bring back"), N_("A huddle that was deleted, from the bin.")),
        UserAction("scorecard", "s", N_("Scorecard"), N_("Every number over the last huddles.")),
    ),
    "scorecard": _area(
        N_("Scorecard"),
        _in_bar("open", "enter", N_("Huddle"), N_("The huddle in which this was said.")),
        _in_bar("number", "n", N_("Number"), N_("The history of this number.")),
        _in_bar("columns", "w", N_("Columns"), N_("A column per huddle, per week or per month.")),
        _in_bar("span", "t", N_("Kept over"), N_("Count kept promises over 13, 26, 52 or all columns.")),
        UserAction("person", "p", N_("Person"), N_("The person whose number this is.")),
        UserAction("retired", "r", N_("Retired"), N_("Show numbers that nobody reads out any more, or hide them.")),
        UserAction("export", "x", N_("Print"), N_("Save it as a page to print or mail.")),
        UserAction("left", "h,left", N_("Left"), N_("One column back in time."), palette=False),
        UserAction("right", "l,right", N_("Right"), N_("One column on in time."), palette=False),
        UserAction("far_left", "H,shift+left", N_("Far left"), N_("A screenful back in time."), palette=False),
        UserAction("far_right", "L,shift+right", N_("Far right"), N_("A screenful on in time."), palette=False),
    ),
    "number": _area(
        N_("A number's history"),
        _in_bar("open", "enter", N_("Huddle"), N_("The huddle in which this was said.")),
        _in_bar("span", "t", N_("How far"), N_("Show the last 13, 26, 52 or all.")),
        _in_bar("following", "l,right", N_("Next number"), N_("The next number of the scorecard.")),
        UserAction("previous", "h,left", N_("Number before"), N_("The number before on the scorecard.")),
        UserAction(
            "baseline", "b", N_("New limits"), N_("The natural limits begin anew from this reading, for a reason.")
        ),
        _in_bar("person", "p", N_("Person"), N_("The person whose number this is.")),
    ),
    "quarter": _area(
        N_("Quarter review"),
        _in_bar("keep", "enter,k", N_("Keep"), N_("It stays as it is; on to the next number.")),
        _in_bar("raise", "r", N_("Raise"), N_("Another promise: opens the number's form.")),
        _in_bar("mend", "m", N_("Mend"), N_("Another way of counting it: opens the number's form.")),
        _in_bar("drop", "d", N_("Drop"), N_("Nobody reads it out any more; its history stays.")),
        UserAction("later", "l", N_("Later"), N_("Leave it for now: it comes back at the end.")),
        UserAction("following", "n,right", N_("Next number"), N_("The next number, decided or not.")),
        UserAction("previous", "p,left", N_("Number before"), N_("The number before.")),
        UserAction("number", "h", N_("History"), N_("The whole history of this number.")),
        UserAction("save", "s", N_("Save"), N_("Save the review as a Markdown file.")),
    ),
    "huddle": _area(
        N_("A huddle"),
        _in_bar("open", "enter", N_("Open"), N_("The number or the person under the cursor.")),
        _in_bar("done", "d", N_("Done"), N_("Mark the stuck solved or the action done, or open it again.")),
        _in_bar("correct", "e", N_("Correct"), N_("Put this number, stuck or action right, by name.")),
        _in_bar("copy", "c", N_("Copy"), N_("Copy the huddle as short text.")),
        _in_bar("save", "s", N_("Save"), N_("Save the huddle as text, Markdown or a page.")),
        UserAction("discard", "delete,x", N_("Delete"), N_("A huddle that was only a test, into the bin.")),
        UserAction("previous", "h,left", N_("Huddle before"), N_("The huddle before this one.")),
        UserAction("following", "l,right", N_("Next huddle"), N_("The huddle after this one.")),
    ),
    "person": _area(
        N_("A person"),
        _in_bar("open", "enter", N_("Open"), N_("The number or the huddle under the cursor.")),
        _in_bar("done", "d", N_("Done"), N_("Mark the stuck solved or the action done.")),
        _in_bar("span", "t", N_("How far"), N_("Over the last 13, 26, 52 or all huddles.")),
        _in_bar("following", "l,right", N_("Next person"), N_("The next person in the list.")),
        UserAction("previous", "h,left", N_("Person before"), N_("The person before in the list.")),
    ),
    "over_time": _area(
        N_("The team over time"),
        _in_bar("span", "t", N_("How far"), N_("Show the last 13, 26, 52 or all weeks.")),
        _in_bar("open_ends", "o", N_("Open ends"), N_("Open stucks and actions.")),
        _in_bar("quarter", "k", N_("Quarter"), N_("The quarter's review: every number once.")),
    ),
    "open_ends": _area(
        N_("Open ends"),
        _in_bar("open", "enter", N_("Huddle"), N_("The huddle in which this was said.")),
        _in_bar("done", "d,space", N_("Done"), N_("Mark the stuck solved or the action done.")),
    ),
    "list": _area(
        N_("Lists"),
        UserAction("down", "j,down", N_("Down"), N_("One down."), palette=False),
        UserAction("up", "k,up", N_("Up"), N_("One up."), palette=False),
        UserAction("first", "g,home", N_("First"), N_("To the first."), palette=False),
        UserAction("last", "G,end", N_("Last"), N_("To the last."), palette=False),
        UserAction("find", "slash", N_("Find"), N_("Find as you type."), palette=False),
        UserAction("page_down", "pagedown", N_("Page down"), N_("A screenful down."), palette=False),
        UserAction("page_up", "pageup", N_("Page up"), N_("A screenful up."), palette=False),
    ),
}
"""All of them, area by area, in the order in which help shows them."""

ACTIONS = tuple(replace(action, area=name) for name, area in AREAS.items() for action in area.actions)
"""All actions, each with its area."""


SHARED: Final = {
    "opening": ("round",),
    "list": (
        *("home", "taken", "who", "past", "open_ends", "number", "person", "huddle"),
        *("scorecard", "library", "team", "chart", "welcome", "round"),
    ),
    "form": ("process_form", "person_form", "kpi_form", "guide"),
}
"""The areas that several screens share, each with the areas beside which it stands on a screen."""


def on_screen(area: str) -> tuple[str, ...]:
    """The areas of the screen whose own is that one: on it, and with those everywhere, a key means one thing."""
    return (area, *(shared for shared, own in SHARED.items() if area in own))


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


def bindings(*areas: str) -> list[Binding]:
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
    return text.format(**{area: _KeysOf(area) for area in {a.area for a in ACTIONS}}, **values)


class _KeysOf:
    """The keys of an area, as the places of a sentence name them."""

    def __init__(self, area: str) -> None:
        self._area = area

    def __getattr__(self, id: str) -> str:
        for action in of(self._area):
            if action.id == id:
                return keys_of(action)[0]
        raise AttributeError(f"{self._area} has no action {id}")


def table() -> list[tuple[str, str, str, str, str]]:
    """The key table: area, keys, label, sentence (English, to be translated by who shows it) and settings name."""
    return [(a.area, " · ".join(keys_of(a)), a.label, a.help, a.ref) for a in ACTIONS]
