"""Where the pages are: the address that links begin with, and which names a request may use for it."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from huddle_tui.domain.sentence import N_, HuddleError

PORT: Final = 8907
"""Where `huddle serve` listens unless told otherwise."""
LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
"""This machine, seen from itself."""
ANYWHERE: Final = frozenset({"0.0.0.0", "::"})
"""Every address of this machine."""
HOME: Final = f"http://127.0.0.1:{PORT}/"
"""The address that links begin with unless another is named."""


def base(url: str) -> str:
    """The address before every link, as somebody names it: `https://huddle.example.org/team/`. Raises HuddleError."""
    try:
        parts = urlsplit(url.strip())
        known = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
    except ValueError:
        known = False
    if not known or parts.query or parts.fragment or "@" in parts.netloc or len(url.split()) > 1:
        text = N_("{typed} is not an address: write it as https://huddle.example.org/ or http://192.168.1.20:8907/.")
        raise HuddleError(text, typed=url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def listening(host: str, port: int, *, secure: bool) -> str:
    """The address of a server that listens there."""
    try:
        named = f"[{host}]" if ip_address(host).version == 6 else host
    except ValueError:
        named = host
    return f"{'https' if secure else 'http'}://{named}:{port}/"


def is_own_name(host: str, named: str, local: str) -> bool:
    """Whether a request's `Host` is a name we were told, or the address it came to; anything else may be a rebinding.

    `named` is the address that links begin with, `local` that of the socket. The port is not looked at: what stands
    before the machine, a tunnel say, may have another.
    """
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    if not name or "/" in host or "@" in host:
        return False
    local = local.partition("%")[0].removeprefix("::ffff:")
    return name in {urlsplit(named).hostname, local} or (name == "localhost" and local in LOOPBACK)


def origin_of(url: str) -> str:
    """Where a browser says that a form of that address comes from."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
