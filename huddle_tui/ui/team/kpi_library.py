"""Good numbers per process, to take one and make it one's own (METHOD 3)."""

from collections.abc import Callable

from textual.app import ComposeResult

from huddle_tui.domain.library import DELIVERIES, Delivery
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Kpi, fold
from huddle_tui.domain.telltales import department
from huddle_tui.i18n import _
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.base import ListScreen
from huddle_tui.ui.kit.menu import Item, Menu
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
        for delivery in DELIVERIES:
            items.append(Item(None))
            items.append(Item(None, _(delivery.name)))
            for n, example in enumerate(delivery.examples):
                kinds = [word(example.timing), word(example.measures), word(example.period)]
                items.append(Item(f"{delivery.id}/{n}", _(example.name), " · ".join(kinds)))
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
