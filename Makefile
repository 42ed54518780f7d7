# One word for what is done often; `make` alone lists them. Each line is also a command that works without make.
PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup check quick test full snapshots catalogues keys pictures live bench release

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*##/  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

setup:  ## an environment of this checkout, and its hooks where pre-commit is installed
	python3 -m venv .venv && .venv/bin/pip install -q -c requirements.lock -e '.[dev]'
	if command -v pre-commit > /dev/null; then pre-commit install; fi

check:  ## lint, format, types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

quick:  ## the tests of the inner loop: under a minute on two cores
	.venv/bin/pytest --quick -n auto

test:  ## the whole suite
	.venv/bin/pytest -n auto

full:  ## the fault tests in their long form
	.venv/bin/pytest --full -n auto tests/faults tests/terminal

snapshots:  ## draw the screens of the snapshot tests anew; look at the pictures before they are committed
	.venv/bin/pytest tests/ui/test_snapshots.py --snapshot-update -n auto

catalogues:  ## renew the translations and say what is missing
	$(PYTHON) data/make_catalogues.py

keys:  ## renew the table of keys, docs/keys.md
	$(PYTHON) data/make_keys.py

pictures:  ## draw the pictures of README and docs anew
	$(PYTHON) data/make_pictures.py

live:  ## the example, with style sheets that are read again whenever they are saved
	.venv/bin/textual run --dev -c .venv/bin/huddle demo

bench:  ## every figure beside its yardstick, ten to fifteen minutes on a quiet machine
	$(PYTHON) -m benchmarks

release:  ## everything that a release needs, on a clean tree
	.ci/release
