"""The one registry of actions: bindings, footer, palette, help and `huddle keys` all come from here.

An action belongs to an area (the screens that share it) and is the method `action_<id>` of their screen, or of the
app for those that work everywhere. A user's own keys (`[keys]` in the settings) are laid over it, checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from textual.binding import Binding, BindingType

from huddle_tui.domain.sentence import N_

EVERYWHERE = "everywhere"


class Action(msgspec.Struct, frozen=True):
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
    Action("home", "make", "m", N_("Go on making the team"), N_("People, numbers, and then the first huddle.")),
    Action("home", "run", "r", N_("Run huddle"), N_("Hold today's huddle on the shared screen."), footer=True),
    Action("home", "checkin", "c", N_("Check in"), N_("Enter your own numbers before the huddle."), footer=True),
    Action("home", "scorecard", "s", N_("Scorecard"), N_("Every number over the last huddles."), footer=True),
    Action("home", "review", "p", N_("Past"), N_("Look back at past huddles.")),
    Action("home", "team", "t", N_("Team"), N_("People, PACe chart and KPIs."), footer=True),
    Action("home", "take_in", "v", N_("Take in copies"), N_("Other versions of files, which a sync tool left.")),
    Action("home", "complete", "f", N_("Complete it"), N_("Go on with the huddle that was not closed.")),
    Action("home", "shut", "z", N_("Close it"), N_("Close it with the time of its last save.")),
    Action("home", "open_ends", "o", N_("Open ends"), N_("Open stucks and actions.")),
    Action("home", "over_time", "w", N_("Over time"), N_("The team over the weeks.")),
    Action("home", "browser", "b", N_("Browser"), N_("Check in from phones, with a link for each.")),
    # The personal links to the browser pages
    Action("links", "following", "right,l,n", N_("Next"), N_("The next person's link."), footer=True),
    Action("links", "previous", "left,h", N_("Before"), N_("The link of the person before."), footer=True),
    Action("links", "make", "m", N_("New link"), N_("Another link; the one before stops working."), footer=True),
    Action("links", "revoke", "x", N_("Revoke"), N_("Take the link away."), footer=True),
    # The opening of a round
    Action(
        "opening",
        "browser",
        "b",
        N_("Browser"),
        N_("Check in from phones, with a link for each."),
    ),
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
    Action(
        "round",
        "note_stuck",
        "ctrl+g",
        N_("Stuck"),
        N_("Note where the speaker is stuck; where that is asked: it is solved."),
    ),
    Action("round", "slow", "ctrl+f", N_("Slow number"), N_("Give a monthly or quarterly number before it is due.")),
    Action(
        "round", "roll", "ctrl+r", N_("People"), N_("Who is here: absent, latecomers, somebody else's turn, by proxy.")
    ),
    Action("round", "pause", "f5,ctrl+s", N_("Pause"), N_("Pause the clocks, or go on.")),
    Action("round", "up", "up", N_("Number before"), N_("To the number before, to correct it."), palette=False),
    Action("round", "down", "down", N_("Number after"), N_("To the number after."), palette=False),
    # The check-in: keys that work while a number is typed
    Action("checkin", "who", "ctrl+r", N_("Who am I"), N_("Somebody else: choose who you are."), footer=True),
    Action("checkin", "up", "up", N_("Before"), N_("To the field before."), footer=True, palette=False),
    Action("checkin", "down", "down", N_("After"), N_("To the field after."), footer=True, palette=False),
    Action("who", "choose", "enter", N_("That's me"), N_("Remember this choice and check in."), footer=True),
    Action(
        "who", "proxy", "p", N_("By proxy"), N_("Type the numbers of this person for them; marked so."), footer=True
    ),
    # After the round
    Action("recap", "copy", "c", N_("Copy"), N_("Copy the recap as Markdown."), footer=True, in_field=False),
    Action("recap", "save", "s", N_("Save"), N_("Save the recap as a Markdown file."), footer=True, in_field=False),
    Action(
        "recap", "correct", "e", N_("Correct"), N_("Put something of this huddle right."), footer=True, in_field=False
    ),
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
    # The team: people and their numbers
    Action("team", "open", "enter", N_("Edit"), N_("Open what the cursor is on."), footer=True),
    Action("team", "add_person", "a", N_("Person"), N_("Add somebody to the team."), footer=True),
    Action("team", "add_number", "n", N_("Number"), N_("Add a number to the person at hand."), footer=True),
    Action("team", "chart", "p", N_("PACe chart"), N_("The core processes and who is accountable."), footer=True),
    Action("team", "coach", "c", N_("Coach"), N_("To the next person or number that the coach speaks of.")),
    Action("team", "star", "asterisk", N_("★"), N_("Make this the owner's most important number.")),
    Action("team", "earlier", "K,shift+up", N_("Earlier"), N_("Move it one place up.")),
    Action("team", "later", "J,shift+down", N_("Later"), N_("Move it one place down.")),
    Action("team", "remove", "x,delete", N_("Remove"), N_("Take it away; what has a history is kept.")),
    Action("team", "settings", "s", N_("Settings"), N_("Time box, working days, order and the rest.")),
    Action(
        "team",
        "import_file",
        "i",
        N_("Import"),
        N_("People, processes and numbers from a file, seen before it is done."),
    ),
    Action("team", "gone", "o", N_("Old ones"), N_("Show who left and what was retired, or hide them.")),
    # The PACe chart
    Action("chart", "open", "enter", N_("Edit"), N_("Rename, assign, and write its key numbers."), footer=True),
    Action("chart", "add", "a", N_("Process"), N_("Add a core process."), footer=True),
    Action(
        "chart",
        "earlier",
        "K,shift+left,shift+up",
        N_("Earlier"),
        N_("Nearer to the customer's first step."),
        footer=True,
    ),
    Action("chart", "later", "J,shift+right,shift+down", N_("Later"), N_("One step later for the customer.")),
    Action("chart", "template", "t", N_("Template"), N_("Start from the chart of a company like yours."), footer=True),
    Action("chart", "remove", "x,delete", N_("Remove"), N_("Take the process off the chart; its numbers stay.")),
    Action("chart", "left", "left,h", N_("Before"), N_("To the process before."), palette=False),
    Action("chart", "right", "right,l", N_("After"), N_("To the process after."), palette=False),
    # Forms
    Action("form", "save", "ctrl+s", N_("Save"), N_("Save the form, from any field."), footer=True),
    Action("person_form", "link", "ctrl+l", N_("Link"), N_("The personal link to the browser pages."), footer=True),
    Action("form", "next_field", "down,tab", N_("Next field"), N_("One field down."), palette=False),
    Action("form", "previous_field", "up,shift+tab", N_("Field before"), N_("One field up."), palette=False),
    Action(
        "kpi_form", "library", "ctrl+l", N_("Examples"), N_("Take a good number and make it your own."), footer=True
    ),
    Action(
        "process_form", "suggestion", "ctrl+g", N_("Take it"), N_("Take over what the coach proposes."), footer=True
    ),
    Action("library", "take", "enter", N_("Take it"), N_("Take this one and make it your own."), footer=True),
    # Welcome and the guided path
    Action(
        "welcome",
        "example",
        "e",
        N_("Look at the example"),
        N_("A software company with a year of huddles; nothing you do can spoil it."),
    ),
    Action("welcome", "make", "m", N_("Make a team"), N_("Name, people, numbers, and then the first huddle.")),
    Action("welcome", "import_file", "i", N_("Import a file"), N_("Bring a team file or a list of KPIs.")),
    Action("welcome", "language", "l", N_("Nederlands"), N_("Speak the other language."), footer=True),
    Action("guide", "library", "ctrl+l", N_("Examples"), N_("Take a good number and make it your own."), footer=True),
    Action("guide", "enough", "ctrl+n", N_("Next"), N_("This is enough: on to the next person or step."), footer=True),
    Action("guide", "previous", "ctrl+b", N_("Back"), N_("Back to the person before, or to the names.")),
    Action("ready", "begin", "enter", N_("First huddle"), N_("Hold the first huddle now."), footer=True),
    Action("ready", "team", "t", N_("Team"), N_("Look over the people and their numbers."), footer=True),
    Action("ready", "chart", "p", N_("PACe chart"), N_("Lay out the core processes first."), footer=True),
    Action("import", "page_down", "down,pagedown", N_("Down"), N_("Further down in the preview."), palette=False),
    Action("import", "page_up", "up,pageup", N_("Up"), N_("Back up in the preview."), palette=False),
    Action("import", "carry_out", "ctrl+s", N_("Import"), N_("Do what the preview shows, all of it."), footer=True),
    # Looking back
    Action("past", "open", "enter", N_("Open"), N_("Everything that was said in this huddle."), footer=True),
    Action(
        "past",
        "find",
        "slash",
        N_("Find"),
        N_("Find as you type: names, numbers, notes, stucks, actions."),
        footer=True,
    ),
    Action(
        "past",
        "red",
        "f",
        N_("Red only"),
        N_("Only huddles with red flags, or all of them."),
        footer=True,
        in_field=False,
    ),
    Action(
        "past",
        "person",
        "p",
        N_("Person"),
        N_("Only huddles of one person after another."),
        footer=True,
        in_field=False,
    ),
    Action(
        "past",
        "period",
        "d",
        N_("Period"),
        N_("Of this or last month, quarter or year, or of any time."),
        in_field=False,
    ),
    Action("past", "restore", "u", N_("Bring back"), N_("A huddle that was deleted, from the bin."), in_field=False),
    Action("past", "scorecard", "s", N_("Scorecard"), N_("Every number over the last huddles."), in_field=False),
    Action("scorecard", "open", "enter", N_("Huddle"), N_("The huddle in which this was said."), footer=True),
    Action("scorecard", "number", "n", N_("Number"), N_("The history of this number."), footer=True),
    Action("scorecard", "columns", "w", N_("Columns"), N_("A column per huddle, per week or per month."), footer=True),
    Action(
        "scorecard",
        "span",
        "t",
        N_("Kept over"),
        N_("Count kept promises over 13, 26, 52 or all columns."),
        footer=True,
    ),
    Action("scorecard", "person", "p", N_("Person"), N_("The person whose number this is.")),
    Action(
        "scorecard", "retired", "r", N_("Retired"), N_("Show numbers that nobody reads out any more, or hide them.")
    ),
    Action("scorecard", "export", "x", N_("Print"), N_("Save it as a page to print or mail.")),
    Action("scorecard", "left", "h,left", N_("Left"), N_("One column back in time."), palette=False),
    Action("scorecard", "right", "l,right", N_("Right"), N_("One column on in time."), palette=False),
    Action("scorecard", "far_left", "H,shift+left", N_("Far left"), N_("A screenful back in time."), palette=False),
    Action("scorecard", "far_right", "L,shift+right", N_("Far right"), N_("A screenful on in time."), palette=False),
    Action("number", "open", "enter", N_("Huddle"), N_("The huddle in which this was said."), footer=True),
    Action("number", "span", "t", N_("How far"), N_("Show the last 13, 26, 52 or all."), footer=True),
    Action("number", "following", "l,right", N_("Next number"), N_("The next number of the scorecard."), footer=True),
    Action("number", "previous", "h,left", N_("Number before"), N_("The number before on the scorecard.")),
    Action(
        "number",
        "baseline",
        "b",
        N_("New limits"),
        N_("The natural limits begin anew from this reading, for a reason."),
    ),
    Action("number", "person", "p", N_("Person"), N_("The person whose number this is."), footer=True),
    Action("quarter", "keep", "enter,k", N_("Keep"), N_("It stays as it is; on to the next number."), footer=True),
    Action("quarter", "raise", "r", N_("Raise"), N_("Another promise: opens the number's form."), footer=True),
    Action("quarter", "mend", "m", N_("Mend"), N_("Another way of counting it: opens the number's form."), footer=True),
    Action("quarter", "drop", "d", N_("Drop"), N_("Nobody reads it out any more; its history stays."), footer=True),
    Action("quarter", "later", "l", N_("Later"), N_("Leave it for now: it comes back at the end.")),
    Action("quarter", "following", "n,right", N_("Next number"), N_("The next number, decided or not.")),
    Action("quarter", "previous", "p,left", N_("Number before"), N_("The number before.")),
    Action("quarter", "number", "h", N_("History"), N_("The whole history of this number.")),
    Action("quarter", "save", "s", N_("Save"), N_("Save the review as a Markdown file.")),
    Action("huddle", "open", "enter", N_("Open"), N_("The number or the person under the cursor."), footer=True),
    Action(
        "huddle",
        "done",
        "d",
        N_("Done"),
        N_("Mark the stuck solved or the action done, or open it again."),
        footer=True,
    ),
    Action(
        "huddle", "correct", "e", N_("Correct"), N_("Put this number, stuck or action right, by name."), footer=True
    ),
    Action("huddle", "copy", "c", N_("Copy"), N_("Copy the huddle as Markdown."), footer=True),
    Action("huddle", "save", "s", N_("Save"), N_("Save the huddle as a Markdown file."), footer=True),
    Action("huddle", "discard", "delete,x", N_("Delete"), N_("A huddle that was only a test, into the bin.")),
    Action("huddle", "previous", "h,left", N_("Huddle before"), N_("The huddle before this one.")),
    Action("huddle", "following", "l,right", N_("Next huddle"), N_("The huddle after this one.")),
    Action("person", "open", "enter", N_("Open"), N_("The number or the huddle under the cursor."), footer=True),
    Action("person", "done", "d", N_("Done"), N_("Mark the stuck solved or the action done."), footer=True),
    Action("person", "span", "t", N_("How far"), N_("Over the last 13, 26, 52 or all huddles."), footer=True),
    Action("person", "following", "l,right", N_("Next person"), N_("The next person in the list."), footer=True),
    Action("person", "previous", "h,left", N_("Person before"), N_("The person before in the list.")),
    Action("over_time", "span", "t", N_("How far"), N_("Show the last 13, 26, 52 or all weeks."), footer=True),
    Action("over_time", "open_ends", "o", N_("Open ends"), N_("Open stucks and actions."), footer=True),
    Action("over_time", "quarter", "k", N_("Quarter"), N_("The quarter's review: every number once."), footer=True),
    Action("open_ends", "open", "enter", N_("Huddle"), N_("The huddle in which this was said."), footer=True),
    Action("open_ends", "done", "d,space", N_("Done"), N_("Mark the stuck solved or the action done."), footer=True),
    # Lists of any kind
    Action("list", "down", "j,down", N_("Down"), N_("One down."), palette=False),
    Action("list", "up", "k,up", N_("Up"), N_("One up."), palette=False),
    Action("list", "first", "g,home", N_("First"), N_("To the first."), palette=False),
    Action("list", "last", "G,end", N_("Last"), N_("To the last."), palette=False),
    Action("list", "find", "slash", N_("Find"), N_("Find as you type."), palette=False),
    Action("list", "page_down", "pagedown", N_("Page down"), N_("A screenful down."), palette=False),
    Action("list", "page_up", "pageup", N_("Page up"), N_("A screenful up."), palette=False),
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


def keys_of(action: Action, chosen: Mapping[str, str]) -> str:
    """The keys of an action for people, as the user has them: `Ctrl+N`, `F5 · Ctrl+S`."""
    return " · ".join(shown(key) for key in chosen.get(action.ref, action.keys).split(","))


def table(chosen: Mapping[str, str]) -> list[tuple[str, str, str, str, str]]:
    """The key table: area, keys, label, sentence (English, to be translated by who shows it) and settings name."""
    return [(action.area, keys_of(action, chosen), action.label, action.help, action.ref) for action in ACTIONS]
