"""A KPI's form: everything of METHOD 3."""

from collections.abc import Iterable

from huddle_tui.domain.sentence import N_
from huddle_tui.i18n import _
from huddle_tui.ui.kit.form import Field
from huddle_tui.ui.team.number_form import NumberForm, kpi_fields


class KpiForm(NumberForm):
    """One number with all its fields."""

    AREA = "kpi_form"
    ABOUT = N_(
        "One number: what its owner promises for one period, and from where on it is green, yellow or red. "
        "Enter goes to the next field, {form.save} saves."
    )

    def heading(self) -> tuple[str, str]:
        """Which number it is."""
        if self._opened is not None:
            return _("A number"), self._opened.name
        owner = self.team.person(self._shape.owner)
        return _("A new number"), owner.name if owner else ""

    def make_fields(self) -> Iterable[Field]:
        """Everything of METHOD 3, what matters most first."""
        return kpi_fields(self._shape, self.team, is_new=self._opened is None)
