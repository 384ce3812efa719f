"""Only our own page may set something going: a token bound to browser and person, and what the browser says.

The token follows the person, not the session: whoever was signed out in the middle of writing signs in again in
another window and presses “Gem” in the first. Somebody else who signs in there cannot send the first one's words.
"""

from flask import Request, Response, g, request
from werkzeug.exceptions import BadRequest

from pipeline.vault.keyring import Keyring
from webforms.identity.cookies import MARK, Cookies, fresh_mark

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD, HEADER = "csrf_token", "X-CSRF-Token"


class NotGenuine(BadRequest):
    """Something was sent that did not come from our own page, or from one that was another person's."""


class GenuinePosts:
    """Makes and checks the tokens of forms.

    Args:
        keyring: keys them; they outlast a restart.
        cookies: hold the browser's mark.
    """

    def __init__(self, keyring: Keyring, cookies: Cookies) -> None:
        self._mac, self._cookies = keyring.mac_key("sidernes formularer"), cookies

    def token(self, owner: str) -> str:
        """The token for the forms of this page; the answer will give the browser its mark if it has none."""
        mark = self._cookies.read(request, MARK) or g.get("fresh_mark")
        if not mark:
            mark = g.fresh_mark = fresh_mark()
        return self.token_of(mark, owner)

    def give_mark(self, response: Response) -> None:
        """Give the browser the mark that this page's tokens are bound to."""
        if mark := g.get("fresh_mark"):
            self._cookies.give(response, MARK, mark)

    def require(self, sent: Request, owner: str) -> None:
        """Refuse what another site has sent.

        Raises:
            NotGenuine: with nothing done.
            RequestEntityTooLarge: the form is larger than it may be.
        """
        own = f"{sent.scheme}://{sent.host}"
        # Our own Referrer-Policy makes browsers send “null” as origin, which alone proves nothing either way: then the
        # token decides, whose other half no other site can make a browser send.
        is_ours = sent.headers.get("Origin", "null") in ("null", own)
        is_same_origin = sent.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        if not (is_ours and is_same_origin and self._fits(sent, owner)):
            raise NotGenuine

    def _fits(self, sent: Request, owner: str) -> bool:
        mark = self._cookies.read(sent, MARK)
        token = sent.headers.get(HEADER) or sent.form.get(FIELD, "")
        try:
            mac = bytes.fromhex(token)
        except ValueError:
            return False
        return bool(mark) and self._mac.fits(_message(mark, owner), mac)

    def token_of(self, mark: str, owner: str) -> str:
        """The token that goes with a browser and a person."""
        return self._mac.of(_message(mark, owner)).hex()


def _message(mark: str, owner: str) -> bytes:
    return f"{mark}\n{owner}".encode()
