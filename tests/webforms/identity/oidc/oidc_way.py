"""Somebody at a browser on the way to a provider and back."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from own_provider import (
    OwnProvider,
)
from werkzeug.test import TestResponse

from pipeline.store.employees import Employee
from pipeline.store.opening import Store

MITID, EMPLOYEES = "/log-ind/mitid", "/log-ind/medarbejder"


@dataclass
class Way:
    """An application, a browser at it, and the provider that it signs in at."""

    app: Flask
    browser: FlaskClient
    provider: OwnProvider
    store: Store

    def leave(self, door: str = MITID) -> str:
        response = self.browser.get(door)
        assert response.status_code == 303
        return response.headers["Location"]

    def come_back(self, answer: dict[str, str], door: str = MITID) -> TestResponse:
        return self.browser.get(f"{door}/tilbage", query_string=answer)

    def go(self, door: str = MITID) -> TestResponse:
        return self.come_back(self.provider.authorize(self.leave(door)), door)

    def is_signed_in(self) -> bool:
        return self.browser.get("/sager").status_code == 200

    def told(self) -> str:
        return [entry.outcome for entry in self.store.audit.entries() if entry.action == "session.begin"][-1]


class OverHttps(FlaskClient):
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("base_url", "https://localhost")
        return super().open(*args, **kwargs)


def employed(way: Way, *, active: bool = True) -> str:
    """Employ a new caseworker, whose subject the provider will name."""
    subject = secrets.token_hex(4)
    known = Employee((way.provider.issuer, subject), "Opdigtet Ansat", "", "", "", ("nord",), ("caseworker",), active)
    way.store.employees.add(known, "system")
    way.provider.lies.claims = {"sub": subject}
    return subject
