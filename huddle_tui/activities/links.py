"""Personal links: made, renewed, revoked, and whose one is (the interface, "In the browser").

A link holds 128 random bits. The book keeps nothing of them but a fingerprint, so who reads the book cannot check in
for somebody else, and a link can be shown once, when it is made.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from msgspec.structs import replace

from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Person, Team
from huddle_tui.domain.team_edits import found

_BYTES: Final = 16


def new_token() -> str:
    """128 random bits, as an address can hold them."""
    return secrets.token_urlsafe(_BYTES)


def fingerprint(token: str) -> str:
    """What the book keeps of a token: it can be recognised, and not be made from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def owner(team: Team, token: str) -> Person | None:
    """The member whose link it is; None for one that is unknown, renewed, revoked, or of somebody who left."""
    wanted = fingerprint(token)
    return next((person for person in team.members if person.link == wanted), None)


def linked(team: Team, person: str, token: str | None) -> Team:
    """The team in which that person's one link is `token`; None revokes it. An older one stops working.

    Raises HuddleError where that person is not in the team any more.
    """
    found(next((member for member in team.members if member.id == person), None))
    link = fingerprint(token) if token else ""
    return replace(team, people=tuple(replace(p, link=link) if p.id == person else p for p in team.people))


def all_linked(team: Team, tokens: Mapping[str, str | None]) -> Team:
    """The team in which each of those people, by id, has that link."""
    for person, token in tokens.items():
        team = linked(team, person, token)
    return team


def address(base: str, token: str) -> str:
    """The link itself."""
    return f"{base}i/{token}/"


class Pages(Protocol):
    """The browser pages, served beside a program that runs."""

    @property
    def address(self) -> str:
        """Where they are listened for."""

    @property
    def url(self) -> str:
        """What links begin with."""

    def stop(self) -> None:
        """Ends it; a second time does nothing."""


# Drawn for a phone

QUIET: Final = 3
"""Light modules around the code: without them no camera finds it."""


def qr_code(text: str) -> Sequence[Sequence[bool]]:
    """The QR code of `text`, True is dark, with its quiet zone. Raises HuddleError where segno is not installed."""
    try:
        import segno
    except ImportError as missing:
        raise not_installed() from missing
    code = segno.make(text, error="l", micro=False, boost_error=False)
    return [[bool(module) for module in row] for row in code.matrix_iter(border=QUIET)]


def half_blocks(code: Sequence[Sequence[bool]]) -> list[tuple[tuple[bool, bool], ...]]:
    """The code two rows to a line of text: per cell whether its upper and its lower half are dark."""
    rows = [*code, [False] * len(code[0])] if len(code) % 2 else list(code)
    return [tuple(zip(rows[n], rows[n + 1], strict=True)) for n in range(0, len(rows), 2)]


def not_installed() -> HuddleError:
    """What to do where the extra is not there."""
    return HuddleError(N_("The browser pages are not installed: `pip install 'huddle-tui[serve]'` adds them."))
