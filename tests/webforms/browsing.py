"""A page in Chromium, with everything that the browser complained of."""

import shutil

from axe import TAGS
from playwright.sync_api import Browser, ConsoleMessage, Page

FLAGS = [
    "--no-sandbox",  # the tests run as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (320, 1280)


def chromium_path() -> str:
    found = shutil.which("chromium")
    assert found, "Chromium is missing; make setup-test installs it"
    return found


class Look:
    """A window on the style guide.

    Args:
        browser: a running Chromium.
        address: of the guide.
        scripts: whether JavaScript runs.
    """

    def __init__(self, browser: Browser, address: str, width: int = 1280, *, scripts: bool = True) -> None:
        self._address = address
        self._context = browser.new_context(
            viewport={"width": width, "height": 800},
            locale="da-DK",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        self.page: Page = self._context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def at(self, path: str) -> Page:
        """Open a page of the guide."""
        self.page.goto(self._address + path)
        return self.page

    def close(self) -> list[str]:
        """End the look, and give what the browser complained of."""
        self._context.close()
        return self.complaints

    def _heard(self, message: ConsoleMessage) -> None:
        self.complaints.append(f"{message.text} {message.location.get('url', '')}")


def sideways(page: Page) -> int:
    """How far the page can be scrolled to the side, in px."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def violations(page: Page, axe: str) -> list[str]:
    """What axe-core finds, with the place."""
    page.evaluate(axe)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", TAGS
    )
    return [f"{v['id']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]
