"""Words that give a wrong number or a wrong name away, in Dutch and English (METHOD 10).

Whole words and the compounds that Dutch makes of them: "factureerbare uren" and "werkuren" speak of attendance,
"Uruguay", "facturen" and "literatuur" do not.
"""

import re
from itertools import chain
from typing import Final

from huddle_tui.domain.library import Delivery, delivery
from huddle_tui.domain.team import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HOURS = (
    # What Dutch puts before "uren"; a bare suffix would also catch facturen, procedures, vacatures and structuur.
    r"(?:werk|over|man|mens|arbeids?|contract|kantoor|aanwezigheids|declarabele|factureer|factuur|declaratie|project|"
    r"dienst|service|support|advies|consult|consultancy|contact|klant|reis|rij|machine|productie|vrijwilligers|"
    r"onderhouds|nacht|dag|week|avond|weekend|vakantie|verlof|ziekte|verzuim|les|studie|training|inzet|plan|meer|min|"
    r"plus|extra|flex|leer|team|ontwikkel|bel|vergader|\w+(?:ings|eurs|ers|ies|drijfs|ments))?(?:uren|uur|uurtjes?)"
    r"|uren\w+"  # urenregistratie, urenstaat, urennorm
    r"|(?:man|work)?hours?|hrs"
)
_PRESENCE = (
    r"\w*aanwezigheid\w*|aanwezig|aanwezige (?:dagen|collega|mensen|medewerkers)|presentie\w*|attendances?|presence|"
    r"(?:days|people|staff|colleagues) present|ftes?|fte['’]s|full[- ]?time equivalents?|man[- ]?(?:days?|dagen)"
)
_LIMIT = re.compile(
    # Within four hours, per hour, /hour: the hour is a limit or a rate here, not what is counted.
    r"(?:\b(?:within|under|per|an|elk|ieder|every|each|binnen|onder)|[<≤/])\s*"
    r"(?:(?:a|an|one|een|één|[0-9]+)\s+)?(?:hours?|hrs|uur|uren)\b"
)
_SPEAKS = re.compile(rf"(?<!\w)(?:{_HOURS}|{_PRESENCE})(?!\w)")
_UNIT = re.compile(r"h|hr\.?|u\.?")
_HOUR = re.compile(r"(?<![\w-])(?:uren|uur|hours?|hrs?|[hu]\.?)(?![\w-])")
_WORKED = re.compile(r"gewerkt|worked|billable|declarabel|factureer|geschreven|besteed|spent|logged")


def speaks_of_attendance(name: str, unit: str = "", at_most: bool = False) -> bool:
    """Whether a KPI's name or unit speaks of hours, attendance, presence or FTE.

    The hour of what is promised `at_most` is a unit of speed, "reply time in hours", unless it is said to be worked.
    """
    if at_most and not _WORKED.search(fold(name)):
        name, unit = (_HOUR.sub(" ", fold(text)) for text in (name, unit))
    return bool(_UNIT.fullmatch(fold(unit))) or any(
        _SPEAKS.search(_LIMIT.sub(" ", fold(text))) for text in (name, unit)
    )


_AROUND: Final = _words(
    "department departments dept afdeling afdelingen team teams division divisie unit group groep process processes "
    "proces processen the de het our onze ons and en & + / , . - – · : of van for voor algemene general internal "
    "interne external externe"
)
"""What may stand around a department's name without making it say what is delivered."""
_SUFFIXES: Final = ("afdeling", "team", "proces")
_TOKEN = re.compile(r"r&d|p&o|[\w']+|[^\w\s]")
_HIDES: Final = """
enquiries: marketing, communicatie, communication, communications, reclame, advertising
deals: sales, verkoop, inside sales, field sales, binnendienst, buitendienst, verkoop binnendienst
deals: verkoop buitendienst, business development, account management, accountmanagement, commercie, commercial
solutions: projects, projecten, project management, projectmanagement, implementation, implementatie, consultancy
solutions: professional services, delivery, operations, operatie
enthusiastic: support, customer support, klantondersteuning, helpdesk, help desk, servicedesk, service desk, service
enthusiastic: customer service, customer success, customer care, klantenservice, klantcontact, klachten, aftersales
enthusiastic: after sales
products: development, product development, ontwikkeling, productontwikkeling, softwareontwikkeling
products: software development, engineering, r&d, research, research & development, research development, design
products: innovatie, innovation, techniek
successes: product management, productmanagement, product, producten, products
range: assortiment, range, categorie management, category management, productgroepen
stock: purchasing, purchase, procurement, buying, inkoop, supply chain
delivery: logistics, logistiek, warehouse, warehousing, magazijn, expeditie, shipping, transport, distribution
delivery: distributie, production, productie, planning, manufacturing
running: maintenance, onderhoud, technical service, technische dienst, field service, serviceafdeling, monteurs
running: werkplaats, workshop
paid: finance, financial, financiën, financien, finances, financiële zaken, accounting, accounts, accounts receivable
paid: controlling, control, administration, administratie, boekhouding, debiteuren, debiteurenbeheer, treasury
paid: billing, facturatie, credit control
colleagues: hr, hrm, human resources, human resource, human resource management, p&o, personeel, personeelszaken
colleagues: personnel, people & culture, recruitment, recruiting, werving, werving & selectie, talent acquisition
colleagues: people
talent: training, trainingen, opleiding, opleidingen, learning & development, academy, talent management
dependable: it, ict, automatisering, systeembeheer, information technology, tech, technology, infrastructure
dependable: infrastructuur, security
kept: management, management team, mt, directie, board, staf, staff, legal, juridische zaken, juridisch
kept: legal affairs, compliance, quality, kwaliteit, kwaliteitszorg, qa, quality assurance, facilities, facilitair
kept: facilitaire dienst, facility management, backoffice, back office, front office, secretariaat, receptie
kept: reception
"""
"""Deliveries by id, with the names of departments, in both languages, that hide them; folded."""
_DEPARTMENTS: Final[dict[tuple[str, ...], Delivery]] = {
    tuple(_TOKEN.findall(name)): delivery(id)
    for id, _colon, names in (line.partition(": ") for line in _HIDES.strip().splitlines())
    for name in names.split(", ")
}
_LONGEST: Final = max(map(len, _DEPARTMENTS))


def department(name: str) -> Delivery | None:
    """What hides behind a process that is named after a department; None where the name says more than that."""
    tokens = list(chain.from_iterable(_parts(token) for token in _TOKEN.findall(fold(name))))
    found: Delivery | None = None
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            if hides := _DEPARTMENTS.get(tuple(tokens[at : at + length])):
                found, at = found or hides, at + length
                break
        else:
            if tokens[at] not in _AROUND:
                return None
            at += 1
    return found


def _parts(token: str) -> tuple[str, ...]:
    """The words of a Dutch compound such as verkoopafdeling; anything else as it is."""
    for suffix in _SUFFIXES:
        stem = token.removesuffix(suffix).removesuffix("s")
        for whole in (token.removesuffix(suffix), stem):
            if token.endswith(suffix) and (whole,) in _DEPARTMENTS:
                return whole, suffix
    return (token,)
