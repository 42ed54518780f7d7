"""The command line's grammar in the language spoken: `argparse`, whose own words go through our catalogues.

It knows how usage, help and wrong usage are said, and no command.
"""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

from huddle_tui import i18n
from huddle_tui.cli.output import tell
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.i18n import _, say

if TYPE_CHECKING:
    from huddle_tui.cli.session import Session

_Value = TypeVar("_Value")

WORDS: Final = (
    *(N_("usage: "), N_("positional arguments"), N_("options"), N_("%(heading)s:")),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("unrecognized arguments: %s"),
    N_("the following arguments are required: %s"),
    *(N_("expected one argument"), N_("expected at most one argument"), N_("expected at least one argument")),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
    N_("not allowed with argument %s"),
)
"""What `argparse` says of its own accord, for every Python that this program runs on."""

# It asks these two names of its own module for a translation each time it speaks, so a switch of language holds.
vars(argparse).update(_=i18n._, ngettext=i18n.ngettext)


class Parser(argparse.ArgumentParser):
    """A parser that speaks the program's language."""

    def __init__(self, **how: Any) -> None:
        """`how` as `argparse` has it, less its own way to ask for help."""
        super().__init__(add_help=False, **how)

    def error(self, message: str) -> NoReturn:
        """Wrong usage: what, and where help is; exit status 2."""
        text = _("{program}: {message}. `{program} --help` shows what can be asked.")
        tell(text.format(program=self.prog, message=message.rstrip(".")))
        sys.exit(2)

    def _print_message(self, message: str, file: Any = None) -> None:
        """Help and the version, to standard output: `argparse` would keep silent where that takes nothing."""
        sys.stdout.write(message)


def reader(read: Callable[[str], _Value]) -> Callable[[str], _Value]:
    """`read` as the `type` of an argument: what it refuses is wrong usage, said in its own sentence."""

    def reads(text: str) -> _Value:
        try:
            return read(text)
        except HuddleError as error:
            raise argparse.ArgumentTypeError(say(error.sentence)) from None

    return reads


@reader
def a_day(text: str) -> str:
    """A day, as an argument; which one `today` and `-7` are is known once the team's clock is."""
    from huddle_tui.domain.dates import parse_past_day

    parse_past_day(text, date.max)
    return text


@reader
def a_quarter(text: str) -> str:
    """A quarter, as an argument."""
    from huddle_tui.domain.quarter import parse

    parse(text)
    return text


@reader
def a_word(text: str) -> str:
    """A place or a name, as an argument: an empty one, as of a variable that is not set, means none."""
    if not text.strip():
        raise HuddleError(N_("what stands here is empty."))
    return text


@reader
def a_zone(text: str) -> str:
    """A time zone, as an argument."""
    from huddle_tui.domain.dates import is_zone

    if not is_zone(text):
        raise HuddleError(N_("{typed} is not a time zone: write it as Europe/Amsterdam."), typed=text)
    return text


class Commands:
    """The commands of a parser; each is known by its name, and what it takes when it is asked for."""

    def __init__(self, top: Parser, share: Callable[[Parser], None]) -> None:
        """`share` adds what holds for every command."""
        self._made = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), parser_class=_Asked)
        self._share = share
        self._parsers: dict[str, Parser] = {}

    def expect(self, name: str, group: str, help: str) -> None:
        """A command; the module `group` adds what it takes, and is loaded for that."""

        def learn() -> None:
            import_module(f"huddle_tui.cli.{group}").add(self)

        self._parsers[name] = self._made.add_parser(name, help=help, description=help, learn=learn)

    def add(self, name: str, run: "Callable[[Session], int]") -> Parser:
        """A command is carried out by `run`; gives back its parser, for its own arguments."""
        made = self._parsers[name]
        self._share(made)
        made.set_defaults(run=run, parser=made)
        return made


class _Asked(Parser):
    """The parser of a command, which learns what it takes when it is asked for."""

    def __init__(self, learn: Callable[[], None], **how: Any) -> None:
        super().__init__(**how)
        self._learn = learn

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Learns first; a program asks once. What is left over is said by the command that it was given to."""
        self._learn()
        found, left = super().parse_known_args(args, namespace)
        if left:
            self.error(_("unrecognized arguments: %s") % " ".join(left))
        return found, left
