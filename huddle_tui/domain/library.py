"""Good examples to take and make one's own: processes named after what they deliver, and numbers that suit them.

Everything in here is marked for translation, so that a team takes it over in its own language (METHOD 3 and 10).
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Final

import msgspec

from huddle_tui.domain.judging import Direction
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Counting, Measures, Nature, Timing
from huddle_tui.domain.workdays import Period

_D = Decimal
_MOST = Direction.AT_MOST
_WEEK = Period.WEEK
_MONTH = Period.MONTH
_SUM = Counting.RUNNING_TOTAL
_SOFT = Nature.SOFT


class Example(msgspec.Struct, frozen=True):
    """A number that a process could be steered by."""

    name: str
    """As it would be read out; marked for translation."""
    promise: Decimal
    """A believable promise, to be changed into one's own."""
    unit: str = ""
    """Marked for translation where it is a word."""
    direction: Direction = Direction.AT_LEAST
    """Which way is better."""
    period: Period = Period.DAY
    """What the promise is for."""
    counting: Counting = Counting.SNAPSHOT
    """Whether it adds up."""
    timing: Timing = Timing.LAGGING
    """Leading or lagging."""
    measures: Measures = Measures.OUTPUT
    """Output or input."""
    nature: Nature = Nature.HARD
    """Hard or soft."""


class Delivery(msgspec.Struct, frozen=True):
    """A core process under the name of what it delivers to the customer."""

    id: str
    """What the templates call it."""
    name: str
    """The name it deserves; marked for translation."""
    role: str
    """A role title that means something for whoever is accountable; marked for translation."""
    examples: tuple[Example, ...]
    """Numbers to choose from; the first three are its key numbers."""


_ahead: Final = partial(Example, timing=Timing.LEADING)
"""A leading number of output."""
_effort: Final = partial(Example, timing=Timing.LEADING, measures=Measures.INPUT)
"""A leading number of input, for where output cannot be known yet."""


def _delivered(id: str, name: str, role: str, *examples: Example) -> Delivery:
    return Delivery(id, name, role, examples)


DELIVERIES: Final[tuple[Delivery, ...]] = (
    _delivered(
        "enquiries",
        N_("relevant enquiries"),
        N_("Source of Relevant Enquiries"),
        _ahead(N_("Relevant enquiries received"), _D("25"), period=_WEEK, counting=_SUM),
        Example(N_("Enquiries that became an appointment"), _D("40"), "%", period=_WEEK),
        Example(N_("Cost per relevant enquiry"), _D("90"), "€", direction=_MOST, period=_MONTH),
        _effort(N_("Customer stories published"), _D("2"), period=_WEEK, counting=_SUM),
    ),
    _delivered(
        "deals",
        N_("from lead to deal"),
        N_("Director Enthusiastic Customers"),
        Example(N_("Deals signed"), _D("3"), period=_WEEK, counting=_SUM),
        _ahead(N_("Value of offers waiting for an answer"), _D("250000"), "€"),
        Example(N_("Offers that became a deal"), _D("35"), "%", period=_MONTH),
        _effort(N_("First conversations with new customers"), _D("4")),
        _ahead(N_("Customers who referred somebody to us"), _D("1"), period=_WEEK, counting=_SUM),
    ),
    _delivered(
        "solutions",
        N_("from deal to working solution"),
        N_("Builder of Working Solutions"),
        Example(N_("Solutions accepted by the customer"), _D("2"), period=_WEEK, counting=_SUM),
        Example(N_("Milestones reached on the promised day"), _D("90"), "%", period=_WEEK),
        _ahead(N_("Projects that will finish on time"), _D("95"), "%"),
        Example(N_("Open points at handover"), _D("3"), direction=_MOST, period=_WEEK),
    ),
    _delivered(
        "enthusiastic",
        N_("enthusiastic customers"),
        N_("Keeper of Enthusiastic Customers"),
        Example(N_("Complaints solved to the customer's satisfaction"), _D("8")),
        _ahead(N_("Questions still open after one working day"), _D("2"), direction=_MOST),
        Example(N_("Mark that customers gave us"), _D("8.5"), "/10", period=_WEEK, nature=_SOFT),
        Example(N_("Solved at the first contact"), _D("75"), "%"),
        _effort(N_("Customers called before they called us"), _D("5")),
    ),
    _delivered(
        "products",
        N_("applicable products"),
        N_("Maker of Applicable Products"),
        Example(N_("Improvements in use by customers"), _D("5"), period=_WEEK, counting=_SUM),
        Example(N_("Faults reported by customers"), _D("2"), direction=_MOST),
        Example(N_("Days from idea to first use"), _D("20"), direction=_MOST, period=_WEEK),
        _ahead(N_("Confidence in this week's release"), _D("8"), "/10", nature=_SOFT),
    ),
    _delivered(
        "successes",
        N_("successful products"),
        N_("Owner of Successful Products"),
        Example(N_("Customers who use the newest version"), _D("80"), "%", period=_WEEK),
        _ahead(N_("Customers who promised to buy what we make next"), _D("3"), period=_WEEK),
        Example(N_("Margin per product"), _D("45"), "%", period=_MONTH),
        _effort(N_("Customer interviews held"), _D("2"), period=_WEEK, counting=_SUM),
    ),
    _delivered(
        "range",
        N_("a range that customers ask for"),
        N_("Curator of a Wanted Range"),
        Example(N_("Order lines from stock"), _D("96"), "%"),
        Example(N_("Articles without a sale this quarter"), _D("400"), direction=_MOST, period=_MONTH),
        _ahead(N_("New articles that customers asked for"), _D("5"), period=_WEEK, counting=_SUM),
        Example(N_("Margin on the range"), _D("28"), "%", period=_WEEK),
    ),
    _delivered(
        "stock",
        N_("the right stock at the right time"),
        N_("Master of the Right Stock"),
        Example(N_("Deliveries by suppliers on the promised day"), _D("95"), "%"),
        _ahead(N_("Articles that will run out this week"), _D("5"), direction=_MOST),
        Example(N_("Value of the stock"), _D("1200000"), "€", direction=_MOST, period=_WEEK),
        _effort(N_("Suppliers spoken to about their delivery times"), _D("3")),
    ),
    _delivered(
        "delivery",
        N_("from order to delivery as promised"),
        N_("Conductor of Promised Deliveries"),
        Example(N_("Orders delivered complete and on time"), _D("98"), "%"),
        _ahead(N_("Orders that will leave late today"), _D("2"), direction=_MOST),
        Example(N_("Mistakes found by the customer"), _D("1"), direction=_MOST),
        Example(N_("Order lines per picking round"), _D("24")),
    ),
    _delivered(
        "running",
        N_("from fault to running again"),
        N_("Hero of Running Machines"),
        Example(N_("Faults solved at the first visit"), _D("85"), "%"),
        _ahead(N_("Machines standing still now"), _D("3"), direction=_MOST),
        Example(N_("Service contracts renewed"), _D("4"), period=_WEEK, counting=_SUM),
        _effort(N_("Preventive visits made"), _D("6")),
    ),
    _delivered(
        "paid",
        N_("from delivery to paid invoice"),
        N_("Guardian of Healthy Cash"),
        Example(N_("Invoices paid within the agreed term"), _D("92"), "%", period=_WEEK),
        _ahead(N_("Money in the bank in four weeks"), _D("300000"), "€", period=_WEEK),
        Example(N_("Invoices sent on the day of delivery"), _D("98"), "%"),
        Example(N_("Value of overdue invoices"), _D("40000"), "€", direction=_MOST),
    ),
    _delivered(
        "colleagues",
        N_("from vacancy to settled colleague"),
        N_("Finder of Colleagues who Stay"),
        Example(N_("New colleagues past their first hundred days"), _D("2"), period=_MONTH, counting=_SUM),
        _ahead(N_("Candidates in the second round"), _D("6"), period=_WEEK),
        Example(N_("Days a vacancy stays open"), _D("40"), direction=_MOST, period=_MONTH),
        _effort(N_("Conversations with candidates"), _D("5"), period=_WEEK, counting=_SUM),
    ),
    _delivered(
        "talent",
        N_("talent that grows"),
        N_("Gardener of Growing Talent"),
        _ahead(N_("How happy are we today?"), _D("8"), "/10", nature=_SOFT),
        Example(N_("Colleagues who learned something they use"), _D("5"), period=_WEEK),
        _ahead(N_("Roles with a successor ready"), _D("70"), "%", period=_MONTH),
        _effort(N_("Development talks held"), _D("3"), period=_WEEK, counting=_SUM),
    ),
    _delivered(
        "dependable",
        N_("systems that are always there"),
        N_("Keeper of Systems that Run"),
        Example(N_("Faults that stopped a colleague or a customer"), _D("1"), direction=_MOST),
        Example(N_("Questions solved the same day"), _D("90"), "%"),
        _ahead(N_("Weak spots that are known and still open"), _D("5"), direction=_MOST, period=_WEEK),
        _effort(N_("Restores of a backup tried"), _D("1"), period=_WEEK, counting=_SUM),
    ),
    _delivered(
        "kept",
        N_("from promise to kept promise"),
        N_("Guardian of Kept Promises"),
        Example(N_("Promises to customers kept"), _D("95"), "%"),
        _ahead(N_("Promises to customers that we are about to break"), _D("1"), direction=_MOST),
        Example(N_("Mistakes made twice"), _D("0"), direction=_MOST, period=_WEEK),
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
