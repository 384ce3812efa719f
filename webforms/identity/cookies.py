"""The three cookies: the session, the way to a provider and back, and the mark of the browser that forms are bound to.

All are `__Host-` cookies: no other host of the municipality can set them. SameSite is Lax, not Strict: the way back
from MitID, and links in mails, are followed from another site, and a Strict cookie would make them end at the sign-in.
What Lax lets through is GET alone, and a GET changes nothing; forms are guarded by genuine_post.py besides.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import Request, Response

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_SECRET_BYTES = 32


@dataclass(frozen=True)
class Cookie:
    """One cookie.

    Attributes:
        name: without prefix.
        lasts: None: until the browser is closed.
    """

    name: str
    lasts: timedelta | None = None


SESSION = Cookie("hjemmetilsyn")
UNDER_WAY = Cookie("hjemmetilsyn-login", timedelta(minutes=10))
MARK = Cookie("hjemmetilsyn-maerke")


class Cookies:
    """Reads and sets them.

    Args:
        is_encrypted: False on the developer's own machine alone, where `__Host-` and Secure would lock everybody out.
    """

    def __init__(self, *, is_encrypted: bool) -> None:
        self._is_encrypted = is_encrypted

    def name(self, cookie: Cookie) -> str:
        """The name that the browser knows it by."""
        return f"__Host-{cookie.name}" if self._is_encrypted else f"{cookie.name}-demo"

    def read(self, request: Request, cookie: Cookie) -> str:
        """The secret in a cookie; empty where there is none that could be ours."""
        found = request.cookies.get(self.name(cookie), "")
        return found if _SECRET.fullmatch(found) else ""

    def give(self, response: Response, cookie: Cookie, secret: str) -> None:
        """Give the browser a secret."""
        response.set_cookie(
            self.name(cookie),
            secret,
            max_age=cookie.lasts,
            path="/",
            secure=self._is_encrypted,
            httponly=True,
            samesite="Lax",
        )

    def take_back(self, response: Response, cookie: Cookie) -> None:
        """Make the browser forget it."""
        response.delete_cookie(self.name(cookie), path="/", secure=self._is_encrypted, httponly=True, samesite="Lax")


def fresh_mark() -> str:
    """A new mark for a browser."""
    return secrets.token_urlsafe(_SECRET_BYTES)
