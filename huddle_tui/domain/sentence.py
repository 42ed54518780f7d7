"""Sentences that are translated where they are shown, and the errors that carry them."""

import errno
from collections.abc import Mapping
from typing import Final

import msgspec


def N_(text: str) -> str:
    """Marks a text for the catalogues; it is translated where it is shown."""
    return text


class Sentence(msgspec.Struct, frozen=True):
    """A whole sentence with named places, in English until somebody renders it (`i18n.say`).

    Whole, so that no translation is glued from words: what varies goes in as a value.
    """

    template: str
    """The English sentence, marked with `N_`, with places such as `{name}`."""
    values: Mapping[str, object] = msgspec.field(default_factory=dict)
    """What goes in the places: text, whole numbers, exact decimals, or other sentences."""
    plural: str = ""
    """The form for several, where the sentence counts something; then `n` chooses."""
    n: int = 1
    """The count that chooses between the two forms."""

    def __str__(self) -> str:
        return (self.plural if self.plural and self.n != 1 else self.template).format(**self.values)


class HuddleError(Exception):
    """Something a person can mend: one sentence that says what was wrong, where, and what to do."""

    def __init__(self, template: str, /, **values: object) -> None:
        self.sentence = Sentence(template, values)
        super().__init__(str(self.sentence))


_REFUSALS: Final = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("this account may not do that"),
    errno.EPERM: N_("this account may not do that"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("what should be a folder on the way to it is a file"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EBADF: N_("it is closed"),
    errno.EADDRINUSE: N_("another program listens there"),
    errno.EADDRNOTAVAIL: N_("this machine has no such address"),
    errno.EIO: N_("the disk reports an error"),
}


def reason(error: OSError) -> Sentence:
    """Why the system refused, in the language that is spoken; in its own words where ours have none for it."""
    known = _REFUSALS.get(error.errno or 0)
    return Sentence(known) if known else Sentence("{why}", {"why": error.strerror or type(error).__name__})
