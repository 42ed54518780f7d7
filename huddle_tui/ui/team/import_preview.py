"""Import: what a file would add and change, seen before it is done; all of it or nothing (METHOD 1)."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from huddle_tui import i18n
from huddle_tui.activities import importing
from huddle_tui.activities.importing import ImportPlan
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.exchange.reading.given import TeamFile
from huddle_tui.i18n import _, ngettext, say
from huddle_tui.ui.base import calls
from huddle_tui.ui.kit.form import Field
from huddle_tui.ui.team.form import FormScreen

_KINDS = {".toml", ".csv", ".tsv"}


class ImportScreen(FormScreen):
    """A file's name, what it comes to, and Enter once more to do it."""

    AREA = "import"
    ABOUT = N_(
        "People, processes, numbers and promises from a team file (TOML) or a list of KPIs (CSV); never actuals. "
        "Enter shows what would be added and changed, Enter once more does it."
    )
    DEFAULT_CSS = """
    ImportScreen #preview { height: 1fr; margin-top: 1; }
    ImportScreen #told { text-style: none; }
    ImportScreen #fields { height: auto; width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__("import")
        self._read: tuple[str, TeamFile, ImportPlan] | None = None

    def body(self) -> ComposeResult:
        """The file, then what it comes to."""
        with VerticalScroll(id="fields", can_focus=False):
            yield Field("file", _("Which file?"), hint="team.toml")
        with VerticalScroll(id="preview", can_focus=False):
            yield Static(id="told")

    def heading(self) -> tuple[str, str]:
        """What is done here."""
        return _("Import"), _("first look, then take it over")

    def shown(self) -> None:
        """Another name: what was seen of the file before no longer counts."""
        if self._read is not None and self._read[0] == self.field("file").value.strip():
            return
        self._read = None
        found = sorted(p.name for p in Path.cwd().iterdir() if p.suffix.casefold() in _KINDS)
        text = _("Files here: {names}").format(names=", ".join(found)) if found else _("Type where the file is.")
        self.query_one("#told", Static).update(Content.styled(text, "$quiet"))

    async def action_enter(self) -> None:
        """First what it comes to, then doing it."""
        await self.settled()
        await self.save()

    action_carry_out = action_enter

    async def save(self) -> None:
        """The preview of the file that is named, or carrying out what was seen."""
        field = self.field("file")
        typed = field.value.strip()
        try:
            if not typed:
                raise HuddleError(N_("Type the name of a file, such as team.toml or numbers.csv."))
            if self._read is None or self._read[0] != typed:
                file, plan = await asyncio.to_thread(self._look, typed)
                self._read = (typed, file, plan)
                self._show(plan)
            else:
                await asyncio.to_thread(self._carry_out(self._read[1]))
                await self._done(self._read[2])
        except HuddleError as error:
            field.fail(say(error.sentence))

    def _look(self, typed: str) -> tuple[TeamFile, ImportPlan]:
        """Reads the file and lays it over the team; nothing is stored."""
        team = self.book.team() if self.book.exists() else None
        file = importing.read(Path(typed).expanduser(), team)
        return file, importing.plan(team, file, self.time.today())

    def _carry_out(self, file: TeamFile) -> Callable[[], object]:
        today = self.time.today()
        if not self.book.exists():
            return lambda: importing.carry_out(self.book, file, today)
        return lambda: self.setting_up.do(lambda team: importing.plan(team, file, today).team)

    def _show(self, plan: ImportPlan) -> None:
        """Every addition and change, a line each."""
        if plan.empty:
            head = _("Everything in this file is so already: there is nothing to do.")
        else:
            text = _("{added} to add, {changed} to change. Enter does it, all of it; nothing was changed yet.")
            head = text.format(added=len(plan.added), changed=len(plan.changed))
        lines = [Content.styled(head, "bold")]
        added, changed = (_("Will be added"), plan.added, "$success"), (_("Will be changed"), plan.changed, "$warning")
        for title, told, style in (added, changed):
            if told:
                lines += [Content(""), Content.styled(title, "bold $accent")]
                lines += [Content.assemble(("• ", style), say(sentence)) for sentence in told]
        self.query_one("#told", Static).update(Content("\n").join(lines))
        self.query_one("#preview", VerticalScroll).scroll_home(animate=False)

    action_page_down, action_page_up = calls("_page", 1), calls("_page", -1)

    def _page(self, by: int) -> None:
        """Further down in the preview, or back up."""
        preview = self.query_one("#preview", VerticalScroll)
        preview.scroll_relative(y=by * preview.size.height, animate=False)

    async def _done(self, plan: ImportPlan) -> None:
        """Back, with what was done; from the welcome screen on to home."""
        self.setting_up.drafts.pop(self.key, None)
        count = len(plan.added) + len(plan.changed)
        text = ngettext("Imported: {n} addition or change.", "Imported: {n} additions and changes.", count)
        self.app.notify(text.format(n=count), markup=False)
        i18n.use(i18n.language(), self.book.team().locale)
        await self.huddle_app.arrive()
