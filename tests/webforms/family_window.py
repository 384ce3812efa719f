"""A browser window of somebody in a family; every page that is seen in it is judged."""

from browsing import WIDTHS, sideways, violations
from family_home import SESSION_NAME, Home
from playwright.sync_api import Browser, Locator, Page


class Window:
    """A window, signed in.

    Args:
        browser: a running Chromium.
        axe: the judge's script; empty where scripts are off, and then only the width is judged.
    """

    def __init__(
        self, browser: Browser, address: str, home: Home, person: str, axe: str = "", width: int = 320
    ) -> None:
        self._axe, self._address = axe, address
        self._context = browser.new_context(
            viewport={"width": WIDTHS[0], "height": 800},
            locale="da-DK",
            reduced_motion="reduce",
            java_script_enabled=bool(axe),
        )
        self._context.add_cookies([{"name": SESSION_NAME, "value": home.secret(person), "url": address}])
        self.page: Page = self._context.new_page()
        self.faults: list[str] = []
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def at(self, path: str) -> Page:
        """Open a page, and judge it."""
        self.page.goto(self._address + path)
        self.judge()
        return self.page

    def sign_out(self) -> None:
        """Be nobody."""
        self._context.clear_cookies()

    def press(self, name: str, *, exact: bool = True) -> Page:
        """Press the first button of that name, and judge what comes."""
        return self._go(self.page.locator("main").get_by_role("button", name=name, exact=exact))

    def follow(self, name: str) -> Page:
        """Follow the first link of that name, and judge what comes."""
        return self._go(self.page.locator("main").get_by_role("link", name=name))

    def judge(self) -> None:
        """Look for what axe finds, and for a page that can be moved sideways, on a phone and on a desk."""
        if not self._axe:
            return
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            found = [*violations(self.page, self._axe), *([f"{width}: sideways"] if sideways(self.page) else [])]
            self.faults += [f"{self.page.url.rpartition('/')[2]}: {one}" for one in found]

    def close(self) -> list[str]:
        """End it without a farewell, as a browser that dies, and give everything that was wrong."""
        self._context.close()
        return self.faults

    def _go(self, place: Locator) -> Page:
        """A press may wait for an autosave that is under way, so it is the new page that is waited for."""
        with self.page.expect_navigation():
            place.first.click()
        self.judge()
        return self.page
