"""A server in a thread of its own: for `huddle serve`, and for as long as the program in the room runs."""

import asyncio
import ssl
import threading
from collections.abc import Callable
from concurrent.futures import Future

import msgspec

from huddle_tui.activities.timepiece import Timepiece
from huddle_tui.domain.sentence import N_, HuddleError, Sentence, reason
from huddle_tui.store.port import Book
from huddle_tui.web.addresses import ANYWHERE, LOOPBACK, PORT, listening
from huddle_tui.web.server import Server
from huddle_tui.web.site import Site


class Wish(msgspec.Struct, frozen=True):
    """Where and how to serve."""

    host: str = "127.0.0.1"
    """The address or name to listen on; empty is this machine's address in its network."""
    port: int = PORT
    """The port; 0 is any free one."""
    url: str = ""
    """What links begin with, where that is another address: behind a proxy, say."""
    cert: str = ""
    """A file with the certificate, and those that vouch for it."""
    key: str = ""
    """A file with its key."""


class Serving:
    """Pages of a book, served until they are stopped. The book must be nobody else's: one thread uses it."""

    def __init__(
        self, book: Book, time: Timepiece, wish: Wish, tell: Callable[[Sentence | BaseException], None]
    ) -> None:
        """Begins to serve. Raises HuddleError where that cannot be.

        `tell` takes what whoever runs it should know, from the server's thread: a sentence without names, or an error
        of the program.
        """
        self.address = ""
        """Where it listens."""
        self.url = ""
        """What links begin with."""
        self.open_to_all = False
        """Whether it can be reached, and overheard, from other machines."""
        self._tell = tell
        self._loop = asyncio.new_event_loop()
        self._server = Server(Site(book, time), self._told)
        self._wish = wish
        self._begun: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="huddle-serve", daemon=True)
        self._thread.start()
        self._begun.result()

    def stop(self) -> None:
        """Stops: what is being saved is saved first. A second time does nothing."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()

    # Its own thread

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._start())
        except BaseException as error:  # belongs to whoever wants to serve
            self._begun.set_exception(error)
        else:
            self._begun.set_result(None)
            self._loop.run_forever()
        self._loop.run_until_complete(self._server.stop())
        self._loop.close()

    async def _start(self) -> None:
        wish, secure = self._wish, secured(self._wish)
        own = await own_address(six=wish.host == "::")
        host = wish.host or own
        try:
            port = await self._server.start(host, wish.port, secure)
        except OSError as error:
            text = N_("Nobody can listen on {address} ({why}): name another --host or --port.")
            raise HuddleError(
                text, address=listening(host, wish.port, secure=secure is not None), why=reason(error)
            ) from error
        self.address = listening(own if host in ANYWHERE else host, port, secure=secure is not None)
        self.url = self._server.named = wish.url or self.address
        self.open_to_all = secure is None and host not in LOOPBACK | {"localhost"}

    def _told(self, what: Sentence | BaseException) -> None:
        """What the book says may hold names, so it is only said that it does."""
        if isinstance(what, Sentence):
            what = Sentence(N_("The book has something to say: `huddle doctor` tells."))
        self._tell(what)


def secured(wish: Wish) -> ssl.SSLContext | None:
    """The certificate to serve with, if there is one. Raises HuddleError where it cannot be used."""
    if not wish.cert:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(wish.cert, wish.key, password="")
    except OSError as error:  # not there, not readable, no certificate, another's key
        text = N_("The certificate {cert} with the key {key} cannot be used: {why}.")
        raise HuddleError(text, cert=wish.cert, key=wish.key, why=reason(error)) from error
    return context


async def own_address(*, six: bool = False) -> str:
    """This machine's address in its network; itself where it is in none. Nothing is sent to find it."""
    try:
        transport, _protocol = await asyncio.get_running_loop().create_datagram_endpoint(
            asyncio.DatagramProtocol, remote_addr=("2001:db8::1" if six else "192.0.2.1", 9)
        )
    except OSError:
        return "::1" if six else "127.0.0.1"
    try:
        return str(transport.get_extra_info("sockname")[0])
    finally:
        transport.close()
