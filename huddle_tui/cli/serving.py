"""The commands for the browser: a server of check-ins and reading along, and the personal links to it."""

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from huddle_tui.cli.output import is_terminal, tell
from huddle_tui.cli.session import Session, in_environment
from huddle_tui.cli.usage import Commands, Parser, reader
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.i18n import _

if TYPE_CHECKING:
    from huddle_tui.activities.links import Pages
    from huddle_tui.ui.app import HuddleApp
    from huddle_tui.web.serving import Serving, Wish


def add(commands: Commands) -> None:
    """What these commands take."""
    serve = commands.add("serve", run_serve)
    serve.add_argument("--host", default="127.0.0.1", metavar=_("HOST"), help=_("the address to listen on"))
    serve.add_argument("--port", type=a_port, metavar=_("PORT"), help=_("the port; 0 is any free one"))
    serve.add_argument("--cert", metavar=_("FILE"), help=_("the certificate, to serve over https"))
    serve.add_argument("--key", metavar=_("FILE"), help=_("the key of the certificate"))
    _add_url(serve)
    made = commands.add("links", run_links)
    made.add_argument("name", nargs="?", metavar=_("NAME"), help=_("whose; everybody's unless you say"))
    what = made.add_mutually_exclusive_group()
    what.add_argument("--new", action="store_true", help=_("make another; the one before stops working"))
    what.add_argument("--revoke", action="store_true", help=_("take it away"))
    made.add_argument("--qr", action="store_true", help=_("draw it too, for the camera of a phone"))
    _add_url(made)


def _add_url(command: Parser) -> None:
    command.add_argument(
        "--url", type=an_address, metavar=_("URL"), help=_("what links begin with, where that is another address")
    )


@reader
def a_port(text: str) -> int:
    """A port, as an argument."""
    if not (text.isascii() and text.isdecimal() and int(text) <= 65535):
        raise HuddleError(N_("{typed} is not a port: it is a number from 0 to 65535."), typed=text)
    return int(text)


@reader
def an_address(text: str) -> str:
    """What links begin with, as an argument."""
    from huddle_tui.web.addresses import base

    return base(text)


def _url(session: Session) -> str:
    """What links begin with: `--url`, `HUDDLE_URL`; nothing where neither says."""
    from huddle_tui.web.addresses import base

    asked: str | None = getattr(session.options, "url", None)  # only the commands for links have it
    return asked or in_environment("HUDDLE_URL", base) or ""


# A server


def run_serve(session: Session) -> int:
    """`huddle serve`: until somebody stops it."""
    options = session.options
    if bool(options.cert) != bool(options.key):
        options.parser.error(_("--cert and --key go together"))
    import gc

    from huddle_tui.web.addresses import PORT

    book, _team, time = session.opened()
    Serving, Wish = _server()
    gc.enable()  # a command ends soon, this one does not
    port = PORT if options.port is None else options.port
    wish = Wish(options.host, port, _url(session), options.cert or "", options.key or "")
    serving = Serving(book, time, wish, _told)
    try:
        print(serving.address, flush=True)
        listening = _("Listening on {address}: `huddle links` makes the personal links, Ctrl+C stops.")
        tell(listening.format(address=serving.address))
        if serving.open_to_all:
            tell(
                _(
                    "Whoever shares this network can read what goes over it: serve with --cert and --key, or behind a "
                    "proxy that does."
                )
            )
        _until_stopped()
    finally:
        serving.stop()
    return 0


def _server() -> "tuple[type[Serving], type[Wish]]":
    """The server, which an extra brings; raises HuddleError that says how to get it."""
    from huddle_tui.activities.links import not_installed

    try:
        from huddle_tui.web.serving import Serving, Wish
    except ImportError as missing:
        if (missing.name or "").partition(".")[0] == "huddle_tui":
            raise
        raise not_installed() from missing
    return Serving, Wish


def _until_stopped() -> None:
    import signal
    import threading

    stopped = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stopped.set())
    while not stopped.wait(1):  # without an end, Windows would not hear Ctrl+C
        pass


def _told(what: Sentence | BaseException) -> None:
    """From the server's thread: an error goes to the log, without values."""
    if isinstance(what, Sentence):
        tell(what)
        return
    from huddle_tui.cli.crash import log_crash, log_path

    log_crash(what)
    text = N_("A page failed ({error}); the details are in {path}.")
    tell(Sentence(text, {"error": type(what).__name__, "path": log_path()}))


def beside(app: "HuddleApp", session: Session) -> "Pages":
    """Serves the browser pages beside a program with a screen: at this machine's address in its network."""
    from huddle_tui.activities.books import open_book, place_of

    def told(what: Sentence | BaseException) -> None:
        if isinstance(what, Sentence):
            app.call_from_thread(app.tell, what)
        else:
            from huddle_tui.cli.crash import log_crash

            log_crash(what)

    Serving, Wish = _server()
    book = open_book(place_of(app.book))  # its own: what changed is asked for by each in turn
    try:
        return Serving(book, app.time, Wish("", url=_url(session)), told)
    except HuddleError:  # the usual port is taken
        return Serving(book, app.time, Wish("", 0, _url(session)), told)


def links_begin(session: Session) -> str:
    """What links begin with while nothing is served from here."""
    from huddle_tui.web.addresses import HOME

    return _url(session) or HOME


# Links


def run_links(session: Session) -> int:
    """`huddle links`: made where there is none; shown once, because the book keeps only a fingerprint."""
    from huddle_tui.activities import links
    from huddle_tui.activities.identity import named
    from huddle_tui.activities.setting_up import SettingUp
    from huddle_tui.web.addresses import HOME

    options = session.options
    book, team, time = session.opened()
    people = [named(team, options.name)] if options.name is not None else list(team.members)
    if not people:
        raise HuddleError(N_("There is nobody in the team yet: add people first, with `huddle team`."))
    wanted = [person for person in people if options.new or options.revoke or not person.link]
    tokens = {person.id: None if options.revoke else links.new_token() for person in wanted}
    url = _url(session) or HOME
    if options.qr:
        links.qr_code(url)  # what cannot be drawn is not made: it could not be shown again
    if tokens:
        SettingUp(book, time).do(lambda team: links.all_linked(team, tokens))
    for person in wanted:
        if (token := tokens[person.id]) is None:
            text = _("The link of {name} does not work any more.") if person.link else _("{name} has no link.")
            tell(text.format(name=person.name))
            continue
        link = links.address(url, token)
        print(f"{person.name}\t{link}")
        if options.qr:
            print("\n".join(drawn(link)))
    for person in people:
        if person not in wanted:
            text = _(
                "{name} has a link already; it was shown when it was made. `huddle links --new {name}` makes another."
            )
            tell(text.format(name=person.name))
    if wanted and url == HOME and not options.revoke:
        tell(_("They work on this machine alone; with --url they begin with the address that others reach it by."))
    return 0 if wanted or options.name is None else 1


BLACK_ON_WHITE: Final = "\x1b[38;5;{upper};48;5;{lower}m▀"
"""Half a cell each: what stands in front is the upper half. Of the fixed colours, so that no theme changes them."""
_BLACK, _WHITE = 16, 231


def drawn(link: str) -> Iterator[str]:
    """The QR code of a link: black on white whatever the terminal's colours; as characters where it has none."""
    from huddle_tui.activities import links

    coloured = is_terminal(sys.stdout) and not os.environ.get("NO_COLOR")
    for line in links.half_blocks(links.qr_code(link)):
        if coloured:
            ink = {True: _BLACK, False: _WHITE}
            cells = [BLACK_ON_WHITE.format(upper=ink[upper], lower=ink[lower]) for upper, lower in line]
            yield "".join(cells) + "\x1b[0m"
        else:
            yield "".join({(True, True): "█", (True, False): "▀", (False, True): "▄"}.get(cell, " ") for cell in line)
