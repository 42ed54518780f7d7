"""What can be taken over and made one's own: good numbers per process (METHOD 3), and whole PACe charts (METHOD 2)."""

from collections.abc import Callable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from huddle_tui.domain import team_edits
from huddle_tui.domain.coach import KEY_NUMBERS
from huddle_tui.domain.library import DELIVERIES, TEMPLATES, Delivery, Template, delivery
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Kpi, Team, fold, same_name
from huddle_tui.domain.telltales import department
from huddle_tui.i18n import _
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.base import ListScreen
from huddle_tui.ui.kit.rows import Item, Menu
from huddle_tui.words import word


class KpiLibrary(ListScreen):
    """The examples, those of the process at hand under the cursor."""

    AREA = "library"
    ABOUT = N_("Numbers that others steer by, per process. {library.take} takes one; then make the promise your own.")
    DEFAULT_CSS = "KpiLibrary #bar { margin-bottom: 1; }"

    def __init__(self, take: Callable[[Kpi], None], process: str = "") -> None:
        super().__init__()
        self._take = take
        self._process = process
        self._examples = {f"{d.id}/{n}": e for d in DELIVERIES for n, e in enumerate(d.examples)}

    def body(self) -> ComposeResult:
        """One list with the processes as headings."""
        yield Menu(id="examples")

    def on_mount(self) -> None:
        """Everything at once: it is a small library."""
        self.show_bar(_("Good numbers"), keyed(_("{library.take} takes one")))
        items = []
        for each in DELIVERIES:
            items.append(Item(None))
            items.append(Item(None, _(each.name)))
            for n, example in enumerate(each.examples):
                kinds = [word(example.timing), word(example.measures), word(example.period)]
                items.append(Item(f"{each.id}/{n}", _(example.name), " · ".join(kinds)))
        near = nearest(self._process)
        self.listed.show_items(items[1:], f"{near.id}/0" if near else None)

    def action_take(self) -> None:
        """The example under the cursor, back in the form."""
        example = self._examples[self.listed.key]
        self.dismiss()
        self._take(example)


def nearest(process: str) -> Delivery | None:
    """The delivery that a process comes closest to: by its name, its department, or the words they share."""
    if not process:
        return None
    words = {w for w in fold(process).split() if len(w) > 3}
    shared = {d.id: len(words & set(fold(_(d.name)).split())) for d in DELIVERIES}
    best = max(DELIVERIES, key=lambda d: shared[d.id])
    return department(process) or (best if shared[best.id] else None)


class TemplatesScreen(ListScreen):
    """The kinds of companies, and the chart of the one at hand."""

    AREA = "library"
    ABOUT = N_(
        "Charts to start from. {library.take} adds the processes that your chart does not have yet; "
        "then make them yours."
    )
    DEFAULT_CSS = """
    TemplatesScreen #bar { margin-bottom: 1; }
    TemplatesScreen Menu { width: 1fr; }
    TemplatesScreen #chart { width: 2fr; padding-left: 2; height: 1fr; }
    """

    def body(self) -> ComposeResult:
        """Kinds at the left, the chart at the right."""
        with Horizontal():
            yield Menu(id="kinds")
            yield Static(id="chart")

    def on_mount(self) -> None:
        """The kinds of companies."""
        self.show_bar(_("Start from a chart"), keyed(_("{library.take} takes it over")))
        self.listed.show_items([Item(template.id, _(template.name)) for template in TEMPLATES])
        self.on_listed_moved()

    def on_listed_moved(self) -> None:
        """The chart of the kind at hand."""
        lines = []
        for n, id in enumerate(self._template().deliveries, 1):
            made = delivery(id)
            numbers = " · ".join(_(example.name) for example in made.examples[:KEY_NUMBERS])
            name, role = f"{n} {_(made.name)}", _(made.role)
            fits = cell_len(name) + 2 + cell_len(role) <= self.query_one("#chart").content_size.width
            lines.append(Content.assemble((name, "bold"), "  " if fits else "\n  ", (role, "$accent")))
            if self.size.height >= 44:
                lines += [Content.styled(f"  {numbers}", "$quiet"), Content("")]
        self.query_one("#chart", Static).update(Content("\n").join(lines))

    def on_resize(self) -> None:
        """Key numbers too where there is room for them."""
        self.call_after_refresh(self.on_listed_moved)

    def _template(self) -> Template:
        return next((t for t in TEMPLATES if t.id == self.listed.key), TEMPLATES[0])

    def action_take(self) -> None:
        """Adds the processes that the chart does not have yet."""
        made = [delivery(id) for id in self._template().deliveries]
        wanted = [(_(d.name), tuple(_(e.name) for e in d.examples[:KEY_NUMBERS])) for d in made]

        def add(team: Team) -> Team:
            for name, numbers in wanted:
                if not any(same_name(p.name, name) for p in team.processes):
                    team = team_edits.add_process(team, name, key_numbers=numbers)
            return team

        self.work(lambda: self.huddle_app.setting_up.do(add), self._taken)

    def _taken(self, _team: Team) -> None:
        """Back, unless somebody went back meanwhile or took it twice."""
        if self.in_front:
            self.dismiss()
