"""Measures everything, or the subjects that are named: `python -m benchmarks [SUBJECT …] [--quick] [--readme]`."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

from benchmarks.figures import FULL, QUICK, Row, goals, machine, table

SUBJECTS: Final = (
    "house", "startup", "idle", "key_to_screen", "saving", "twelve_check_ins", "reading", "looking_back", "database",
    "serving",
)  # fmt: skip
README: Final = Path(__file__).with_name("README.md")
_LAST: Final = "## Last figures\n"


def main() -> None:
    """One table per subject, as each is done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What the program takes.")
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=f"some of: {', '.join(SUBJECTS)}")
    parser.add_argument("--quick", action="store_true", help="only see that all of it works")
    parser.add_argument("--markdown", action="store_true", help="print the tables of README.md")
    parser.add_argument("--readme", action="store_true", help="put them in README.md, in the place of the last ones")
    options = parser.parse_args()
    if unknown := set(options.subjects) - set(SUBJECTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(SUBJECTS)}")
    plan, markdown = QUICK if options.quick else FULL, options.markdown or options.readme
    pieces = [f"{machine()}.\n"]
    print(pieces[0], flush=True)
    measured: dict[str, list[Row]] = {}
    for subject in options.subjects or SUBJECTS:
        module = import_module(f"benchmarks.{subject}")
        print(f"measuring {subject} …", file=sys.stderr, flush=True)
        measured[module.TITLE] = module.measure(plan)
        pieces.append(table(plan, module.TITLE, measured[module.TITLE], markdown=markdown))
        print(pieces[-1], flush=True)
    overview = goals(measured, markdown=markdown)
    print(overview, flush=True)
    if options.readme:
        kept = README.read_text("utf-8").partition(_LAST)[0]
        README.write_text("\n".join([kept + _LAST, pieces[0], overview, *pieces[1:]]), "utf-8")


if __name__ == "__main__":
    main()
