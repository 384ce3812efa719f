"""Somebody with a browser without scripts in front of the real server."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from lxml import html

_SECONDS = 60


@dataclass
class Visit:
    """A browser's way through the pages.

    Attributes:
        address: of the server.
        requested: every address that was asked for or that the server sent the browser to.
        page: what the browser shows.
    """

    address: str
    requested: list[str] = field(default_factory=list)
    page: str = ""
    status: int = 0
    _session: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str) -> "Visit":
        """Open a page; where it leads on, go there."""
        return self._took(self._session.get(self.address + path, timeout=_SECONDS))

    def post(
        self, path: str, fields: Mapping[str, str], files: Any = None, headers: Mapping[str, str] | None = None
    ) -> "Visit":
        """Send a form with the token of the page."""
        data = {"csrf_token": self.typed("csrf_token"), **fields}
        sent = self._session.post(
            self.address + path, data=data, files=files, headers=headers, allow_redirects=False, timeout=_SECONDS
        )
        return self._took(sent)

    def press(self, path: str, **typed: str) -> "Visit":
        """Fill in the form that leads to a path or to the page itself, send it, and go where it leads."""
        form = self._form(path)
        values = {c.get("name"): _value(c) for c in form.xpath(".//*[@name][not(self::button)]") if _is_sent(c)}
        self.post(form.get("action", path), {**values, **typed})
        return self.get(self.leads_to) if self.leads_to else self

    def sign_in(self, name: str) -> "Visit":
        """Choose somebody from the demo's list by name."""
        self.get("/log-ind")
        chosen = self.tree().xpath("//button[@name='hvem'][contains(., $name)]/@value", name=name)
        self.post("/log-ind/demo", {"hvem": str(chosen[0]), "til": "/"})
        assert self.status == requests.codes.see_other
        return self.get("/")

    def typed(self, name: str) -> str:
        """What stands in a control, also a hidden one."""
        return _value(self.tree().xpath("//main//*[@name=$name] | //form//*[@name=$name]", name=name)[0])

    def link(self, words: str) -> str:
        """Where a link leads that says these words."""
        found = self.tree().xpath("//a[contains(normalize-space(.), $words)]/@href", words=words)
        assert found, f"no link “{words}”"
        return str(found[0])

    @property
    def words(self) -> str:
        """What the main part of the page says."""
        return " ".join(self.tree().xpath("string(//main)").split())

    @property
    def cookies(self) -> dict[str, str]:
        """What the browser sends along, by name."""
        return {str(cookie.name): str(cookie.value) for cookie in self._session.cookies}

    def tree(self) -> Any:
        """The page."""
        return html.fromstring(self.page)

    def close(self) -> None:
        """Close the browser."""
        self._session.close()

    def _form(self, path: str) -> Any:
        found = self.tree().xpath("//form[contains(@action, $path) or not(@action)]", path=path)
        assert found, f"no form that leads to {path}"
        return found[0]

    def _took(self, answer: requests.Response) -> "Visit":
        self.requested += [one.url for one in (*answer.history, answer)]
        self.leads_to = answer.headers.get("Location", "")
        self.requested.append(self.leads_to)
        self.status = answer.status_code
        if not self.leads_to:
            self.page = answer.text
        return self


def _is_sent(control: Any) -> bool:
    return control.get("type") not in ("radio", "checkbox", "file") or control.get("checked") is not None


def _value(control: Any) -> str:
    if control.tag == "textarea":
        return str(control.text or "").removeprefix("\n")
    if control.tag == "select":
        return str(control.xpath("string((option[@selected] | option[1])[last()]/@value)"))
    return str(control.get("value") or "")
