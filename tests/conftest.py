"""What all tests share: an environment that does not colour what is tested, and the long form of the fault tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

for name in ("NO_COLOR", "TEXTUAL_THEME"):  # Textual reads them when it is imported
    os.environ.pop(name, None)
for name in ("HUDDLE_DATA", "HUDDLE_TODAY"):
    os.environ.pop(name, None)

pytest.register_assert_rewrite("tests.kit")  # what a helper asserts is explained as well

from textual import _wait  # noqa: E402 (after the environment was cleaned)

from huddle_tui import i18n  # noqa: E402 (after the environment was cleaned)

# A key press in a pilot test waits in steps of this many seconds for the screen to come to rest.
_wait.SLEEP_GRANULARITY = 0.002

# A busy machine is no reason for a property to fail.
settings.register_profile("huddle", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("huddle")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the fault tests in their long form")


@pytest.fixture(autouse=True)
def _speaks_english() -> None:
    """Every test starts in English, whatever the one before it spoke."""
    i18n.use("en")


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """Whether the long form was asked for."""
    return bool(request.config.getoption("--full"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--full"):
        for item in items:
            if item.get_closest_marker("full"):
                item.add_marker(pytest.mark.skip(reason="long: run with --full"))
