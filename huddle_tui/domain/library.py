"""Good examples to take and make one's own: processes named after what they deliver, and numbers that suit them.

Everything in here is marked for translation, so that a team takes it over in its own language (METHOD 3 and 10).
"""

from decimal import Decimal
from functools import partial
from typing import Any, Final

import msgspec

from huddle_tui.domain.judging import Direction
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Counting, Kpi, Measures, Nature, Timing
from huddle_tui.domain.workdays import Period

_MOST = Direction.AT_MOST
_WEEK = Period.WEEK
_MONTH = Period.MONTH
_SUM = Counting.RUNNING_TOTAL
_SOFT = Nature.SOFT


class Delivery(msgspec.Struct, frozen=True):
    """A core process under the name of what it delivers to the customer."""

    id: str
    """What the templates call it."""
    name: str
    """The name it deserves; marked for translation."""
    role: str
    """A role title that means something for whoever is accountable; marked for translation."""
    examples: tuple[Kpi, ...]
    """Numbers to choose from, their names and units marked for translation; the first three are its key numbers."""


def _example(name: str, promise: str, unit: str = "", **others: Any) -> Kpi:
    """A number that a process could be steered by, of nobody yet, with a believable promise to be changed."""
    return Kpi("", name, "", Decimal(promise), unit=unit, **others)


_ahead: Final = partial(_example, timing=Timing.LEADING)
"""A leading number of output."""
_effort: Final = partial(_example, timing=Timing.LEADING, measures=Measures.INPUT)
"""A leading number of input, for where output cannot be known yet."""


def _delivered(id: str, name: str, role: str, *examples: Kpi) -> Delivery:
    return Delivery(id, name, role, examples)


DELIVERIES: Final[tuple[Delivery, ...]] = (
    _delivered(
        "enquiries",
        N_("relevant enquiries"),
        N_("Source of Relevant Enquiries"),
        _ahead(N_("Relevant enquiries received"), "25", period=_WEEK, counting=_SUM),
        _example(N_("Enquiries that became an appointment"), "40", "%", period=_WEEK),
        _example(N_("Cost per relevant enquiry"), "90", "€", direction=_MOST, period=_MONTH),
        _effort(N_("Customer stories published"), "2", period=_WEEK, counting=_SUM),
    ),
    _delivered(
        "deals",
        N_("from lead to deal"),
        N_("Director Enthusiastic Customers"),
        _example(N_("Deals signed"), "3", period=_WEEK, counting=_SUM),
        _ahead(N_("Value of offers waiting for an answer"), "250000", "€"),
        _example(N_("Offers that became a deal"), "35", "%", period=_MONTH),
        _effort(N_("First conversations with new customers"), "4"),
        _ahead(N_("Customers who referred somebody to us"), "1", period=_WEEK, counting=_SUM),
    ),
    _delivered(
        "solutions",
        N_("from deal to working solution"),
        N_("Builder of Working Solutions"),
        _example(N_("Solutions accepted by the customer"), "2", period=_WEEK, counting=_SUM),
        _example(N_("Milestones reached on the promised day"), "90", "%", period=_WEEK),
        _ahead(N_("Projects that will finish on time"), "95", "%"),
        _example(N_("Open points at handover"), "3", direction=_MOST, period=_WEEK),
    ),
    _delivered(
        "enthusiastic",
        N_("enthusiastic customers"),
        N_("Keeper of Enthusiastic Customers"),
        _example(N_("Complaints solved to the customer's satisfaction"), "8"),
        _ahead(N_("Questions still open after one working day"), "2", direction=_MOST),
        _example(N_("Mark that customers gave us"), "8.5", "/10", period=_WEEK, nature=_SOFT),
        _example(N_("Solved at the first contact"), "75", "%"),
        _effort(N_("Customers called before they called us"), "5"),
    ),
    _delivered(
        "products",
        N_("applicable products"),
        N_("Maker of Applicable Products"),
        _example(N_("Improvements in use by customers"), "5", period=_WEEK, counting=_SUM),
        _example(N_("Faults reported by customers"), "2", direction=_MOST),
        _example(N_("Days from idea to first use"), "20", direction=_MOST, period=_WEEK),
        _ahead(N_("Confidence in this week's release"), "8", "/10", nature=_SOFT),
    ),
    _delivered(
        "successes",
        N_("successful products"),
        N_("Owner of Successful Products"),
        _example(N_("Customers who use the newest version"), "80", "%", period=_WEEK),
        _ahead(N_("Customers who promised to buy what we make next"), "3", period=_WEEK),
        _example(N_("Margin per product"), "45", "%", period=_MONTH),
        _effort(N_("Customer interviews held"), "2", period=_WEEK, counting=_SUM),
    ),
    _delivered(
        "range",
        N_("a range that customers ask for"),
        N_("Curator of a Wanted Range"),
        _example(N_("Order lines from stock"), "96", "%"),
        _example(N_("Articles without a sale this quarter"), "400", direction=_MOST, period=_MONTH),
        _ahead(N_("New articles that customers asked for"), "5", period=_WEEK, counting=_SUM),
        _example(N_("Margin on the range"), "28", "%", period=_WEEK),
    ),
    _delivered(
        "stock",
        N_("the right stock at the right time"),
        N_("Master of the Right Stock"),
        _example(N_("Deliveries by suppliers on the promised day"), "95", "%"),
        _ahead(N_("Articles that will run out this week"), "5", direction=_MOST),
        _example(N_("Value of the stock"), "1200000", "€", direction=_MOST, period=_WEEK),
        _effort(N_("Suppliers spoken to about their delivery times"), "3"),
    ),
    _delivered(
        "delivery",
        N_("from order to delivery as promised"),
        N_("Conductor of Promised Deliveries"),
        _example(N_("Orders delivered complete and on time"), "98", "%"),
        _ahead(N_("Orders that will leave late today"), "2", direction=_MOST),
        _example(N_("Mistakes found by the customer"), "1", direction=_MOST),
        _example(N_("Order lines per picking round"), "24"),
    ),
    _delivered(
        "running",
        N_("from fault to running again"),
        N_("Hero of Running Machines"),
        _example(N_("Faults solved at the first visit"), "85", "%"),
        _ahead(N_("Machines standing still now"), "3", direction=_MOST),
        _example(N_("Service contracts renewed"), "4", period=_WEEK, counting=_SUM),
        _effort(N_("Preventive visits made"), "6"),
    ),
    _delivered(
        "paid",
        N_("from delivery to paid invoice"),
        N_("Guardian of Healthy Cash"),
        _example(N_("Invoices paid within the agreed term"), "92", "%", period=_WEEK),
        _ahead(N_("Money in the bank in four weeks"), "300000", "€", period=_WEEK),
        _example(N_("Invoices sent on the day of delivery"), "98", "%"),
        _example(N_("Value of overdue invoices"), "40000", "€", direction=_MOST),
    ),
    _delivered(
        "colleagues",
        N_("from vacancy to settled colleague"),
        N_("Finder of Colleagues who Stay"),
        _example(N_("New colleagues past their first hundred days"), "2", period=_MONTH, counting=_SUM),
        _ahead(N_("Candidates in the second round"), "6", period=_WEEK),
        _example(N_("Days a vacancy stays open"), "40", direction=_MOST, period=_MONTH),
        _effort(N_("Conversations with candidates"), "5", period=_WEEK, counting=_SUM),
    ),
    _delivered(
        "talent",
        N_("talent that grows"),
        N_("Gardener of Growing Talent"),
        _ahead(N_("How happy are we today?"), "8", "/10", nature=_SOFT),
        _example(N_("Colleagues who learned something they use"), "5", period=_WEEK),
        _ahead(N_("Roles with a successor ready"), "70", "%", period=_MONTH),
        _effort(N_("Development talks held"), "3", period=_WEEK, counting=_SUM),
    ),
    _delivered(
        "dependable",
        N_("systems that are always there"),
        N_("Keeper of Systems that Run"),
        _example(N_("Faults that stopped a colleague or a customer"), "1", direction=_MOST),
        _example(N_("Questions solved the same day"), "90", "%"),
        _ahead(N_("Weak spots that are known and still open"), "5", direction=_MOST, period=_WEEK),
        _effort(N_("Restores of a backup tried"), "1", period=_WEEK, counting=_SUM),
    ),
    _delivered(
        "kept",
        N_("from promise to kept promise"),
        N_("Guardian of Kept Promises"),
        _example(N_("Promises to customers kept"), "95", "%"),
        _ahead(N_("Promises to customers that we are about to break"), "1", direction=_MOST),
        _example(N_("Mistakes made twice"), "0", direction=_MOST, period=_WEEK),
    ),
)
"""What departments deliver, in the customer's order."""


class Template(msgspec.Struct, frozen=True):
    """A whole PACe chart to start from."""

    id: str
    """Its name in a program."""
    name: str
    """Marked for translation."""
    deliveries: tuple[str, ...]
    """Ids of its processes, in the customer's order."""


TEMPLATES: Final = (
    Template(
        "software",
        N_("A software supplier"),
        ("enquiries", "deals", "solutions", "enthusiastic", "products", "successes", "colleagues", "talent"),
    ),
    Template(
        "wholesale",
        N_("A service wholesaler"),
        ("enquiries", "deals", "range", "stock", "delivery", "running", "paid", "colleagues"),
    ),
)
"""The article's two kinds of companies."""


_BY_ID: Final = {d.id: d for d in DELIVERIES}


def delivery(id: str) -> Delivery:
    """The delivery with that id; raises KeyError where there is none."""
    return _BY_ID[id]
