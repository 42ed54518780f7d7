"""Asking once about a number that may not be meant (`domain.doubt`): the same answer again is meant."""

from huddle_tui.domain.sentence import HuddleError, Sentence


class Doubted(HuddleError):
    """Asked about before it counts: what was typed stays in the field, and the same again is taken."""


class Doubts:
    """What was asked about last."""

    def __init__(self) -> None:
        self._asked: tuple[object, ...] = ()

    def ask(self, doubt: Sentence | None, *about: object) -> None:
        """Raises Doubted where there is a doubt about this answer that was not asked about just before."""
        before, self._asked = self._asked, about
        if doubt is not None and before != about:
            raise Doubted(doubt.template, **doubt.values)
        self._asked = ()
