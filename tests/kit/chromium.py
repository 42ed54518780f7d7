"""A real browser, where there is one, and axe-core in it.

The Chromium of the system is used; nothing is downloaded. Where there is none its tests are skipped and say so; with
`HUDDLE_NEED_CHROMIUM=1` (as `.ci/run` has it) they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

import pytest
from playwright.async_api import BrowserContext, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZES = {"phone": (360, 740), "laptop": (1280, 800)}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
"""What axe-core calls WCAG 2.2 at the levels A and AA."""


def chromium() -> str:
    """Where it is; skips the test where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        why = "NO CHROMIUM HERE: the pages are not tested in a real browser (apt-get install chromium)"
        if os.environ.get("HUDDLE_NEED_CHROMIUM"):
            pytest.fail(why)
        pytest.skip(why)
    return found


@asynccontextmanager
async def browser(
    size: str = "phone", scheme: str = "light", scripts: bool = True, language: str = "nl"
) -> AsyncIterator[BrowserContext]:
    """A browser with that window, of somebody who reads `language`.

    `scripts` are for axe-core; the pages have none, and are used without them too.
    """
    path, (width, height) = chromium(), SIZES[size]
    async with async_playwright() as play:
        started = await play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield await started.new_context(
                viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light",
                java_script_enabled=scripts, bypass_csp=scripts, reduced_motion="reduce", has_touch=size == "phone",
                locale=language,
            )  # fmt: skip
        finally:
            await started.close()


async def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, a line each."""
    await page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = await page.evaluate("rules => axe.run({runOnly: rules})", list(RULES))
    return [f"{each['id']}: {node['html']} ({node['failureSummary']})" for each in found["violations"]
            for node in each["nodes"]]  # fmt: skip


async def misfits(page: Page) -> list[str]:
    """What does not fit: a page wider than its window, and what is too small to be touched."""
    return list(await page.evaluate(
        """() => {
            const found = [], wide = document.documentElement.scrollWidth;
            if (wide > window.innerWidth) found.push(`the page is ${wide} wide`);
            for (const each of document.querySelectorAll("a, button, input:not([type=hidden]), textarea, summary")) {
                const box = each.getBoundingClientRect();
                const inText = each.matches("p a, li a:not(.list a, nav a), .skip");
                if (box.height < 44 && !inText) found.push(`${each.tagName} ${each.textContent} is ${box.height} high`);
            }
            return found;
        }"""
    ))  # fmt: skip
