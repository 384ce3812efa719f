"""A browser of the cast's, in the demo's small application."""

import re

from access_cast import Actor
from flask import Flask
from flask.testing import FlaskClient

SESSION_NAME, MARK_NAME = "hjemmetilsyn-demo", "hjemmetilsyn-maerke-demo"


def browser_of(app: Flask, actor: Actor | None = None) -> FlaskClient:
    browser = app.test_client()
    if actor:
        browser.set_cookie(SESSION_NAME, actor.secret)
    return browser


def token_on(browser: FlaskClient, address: str = "/log-ind") -> str:
    """The token of a page; the browser keeps its mark."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(address).text)
    assert found
    return found.group(1)


def words_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
