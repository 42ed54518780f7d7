"""Personal links, one after another: each as a code for the camera of a phone, shown once, when it is made.

For everybody the pages are served from this program for as long as it runs, so that a team needs no server.
"""

import asyncio
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from huddle_tui.activities import links
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Person
from huddle_tui.i18n import _
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.base import HuddleScreen, calls
from huddle_tui.ui.kit.big import BigText


class LinksScreen(HuddleScreen):
    """One person's link at a time, large enough for a phone across the table."""

    AREA = "links"
    ABOUT = N_(
        "Personal links to check in and read along in a browser. Each is for the one whose name stands beside it: who "
        "scans it types that person's numbers. Enter goes on to the next person."
    )
    BINDINGS = [Binding("enter", "following", show=False)]  # noqa: RUF012 (Textual's own type)
    DEFAULT_CSS = """
    LinksScreen #bar { margin-bottom: 1; }
    LinksScreen.-short #bar { margin-bottom: 0; }
    LinksScreen #code { width: auto; text-wrap: nowrap; }
    LinksScreen #told { padding-left: 3; width: 1fr; }
    LinksScreen #told Static { margin-bottom: 1; }
    LinksScreen #name { height: 5; color: $accent; margin-bottom: 1; }
    LinksScreen #where { color: $quiet; }
    """

    def __init__(self, person: str = "") -> None:
        """Of that person alone, or of everybody."""
        super().__init__()
        self._only = person
        self._people: list[Person] = []
        self._at = 0
        self._busy = asyncio.Lock()

    def body(self) -> ComposeResult:
        """The code, and beside it whose it is and where it leads."""
        with Horizontal():
            yield Static(id="code")
            with Vertical(id="told"):
                yield BigText(id="name")
                yield Static(Content(_("One moment …")), id="what")
                yield Static(id="link")
                yield Static(id="where")

    def on_mount(self) -> None:
        """Shows the first; for everybody once the pages are served."""
        team = self.huddle_app.setting_up.team
        self._people = [p for p in team.members if self._only in {"", p.id}]
        self.call_after_refresh(self.run_worker, self._begin)

    async def _begin(self) -> None:
        app = self.huddle_app
        try:
            if not self._people:
                raise HuddleError(N_("There is nobody in the team yet: add people first, with `huddle team`."))
            if not self._only and app.pages is None and app.serve is not None:
                app.pages = await asyncio.to_thread(app.serve)
        except HuddleError as error:
            self.tell(error)
            self.dismiss()
            return
        await self._show()

    # One after another

    @property
    def _person(self) -> Person:
        return self._people[self._at]

    async def _show(self) -> None:
        """The person at hand; in the room a link is made for who has none yet."""
        if not self._only and not self._person.link:
            await self._change(links.new_token())
        else:
            self._draw()

    action_following, action_previous = calls("_go", 1), calls("_go", -1)

    async def _go(self, steps: int) -> None:
        if self._at + steps >= len(self._people):
            self.action_back()
        elif self._people and self._at + steps >= 0:
            self._at += steps
            await self._show()

    async def action_make(self) -> None:
        """Another link; the one before stops working."""
        if self._people:
            await self._change(links.new_token())

    async def action_revoke(self) -> None:
        """No link any more."""
        if self._people and self._person.link:
            await self._change(None)

    async def _change(self, token: str | None) -> None:
        """Puts the person's link in the book, then shows it: for what is not on disk no phone may ask."""
        async with self._busy:
            person = self._person
            try:
                team = await asyncio.to_thread(self.huddle_app.setting_up.link, person.id, token)
            except HuddleError as error:
                self.tell(error)
                return
            self._people = [team.person(each.id) or each for each in self._people]
            if token is not None:
                self.huddle_app.shown_links[links.fingerprint(token)] = token
        self._draw()

    # What it shows

    def on_resize(self) -> None:
        """A code that does not fit is not drawn: half of one is none."""
        if self._people:
            self._draw()

    def _draw(self) -> None:
        if not self.lives:
            return
        person, pages = self._person, self.huddle_app.pages
        token = self.huddle_app.shown_links.get(person.link, "")
        link = links.address(pages.url if pages else self.huddle_app.links_begin, token) if token else ""
        cells = links.half_blocks(links.qr_code(link)) if link else []
        fits = bool(cells) and len(cells) <= self.size.height - 3 and len(cells[0]) <= self.size.width - 30
        self.query_one("#code", Static).update(_in_black(cells) if fits else "")
        count = _("{n} of {all}").format(n=self._at + 1, all=len(self._people)) if len(self._people) > 1 else ""
        self.show_bar(_("Check in from a phone"), right=count)
        self.query_one("#name", BigText).text = person.name
        self.query_one("#what", Static).update(Content(self._told(person, drawn=fits, shown=bool(link))))
        self.query_one("#link", Static).update(Content(link))
        where = _("Served by this program at {address}, for as long as it runs.")
        self.query_one("#where", Static).update(Content(where.format(address=pages.address) if pages else ""))

    def _told(self, person: Person, *, drawn: bool, shown: bool) -> str:
        if drawn:
            return _("For {name} alone: whoever scans it types the numbers of {name}.").format(name=person.name)
        if shown:
            return _("For {name} alone. A larger window shows it as a code for a phone.").format(name=person.name)
        if person.link:
            text = _(
                "{name} has a link; it was shown when it was made. {links.make} makes another, and that one stops "
                "working."
            )
        else:
            text = _("{name} has no link. {links.make} makes one.")
        return keyed(text, name=person.name)


def _in_black(cells: Sequence[Sequence[tuple[bool, bool]]]) -> Content:
    """A code in black on white whatever the theme, two rows to a line: per cell whether its two halves are dark."""
    ink = {True: "#000000", False: "#ffffff"}
    lines = (Content.assemble(*(("▀", f"{ink[up]} on {ink[low]}") for up, low in line)) for line in cells)
    return Content("\n").join(lines)
