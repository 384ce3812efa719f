"""The key under which a browser may keep words that could not be sent yet: it lives and dies with the session.

Nobody can make it again from what is kept: the database has only a digest of the session's secret, the browser's disk
only what is sealed. After signing out, or when the session has run out, no page is given it any more.
"""

from base64 import urlsafe_b64encode

from flask import current_app, request

from webforms.identity.cookies import SESSION
from webforms.identity.guard import guard_of
from webforms.services import Services

_PURPOSE = "noter, der venter i browseren"


def key_of_this_session(services: Services) -> str:
    """256 bits for AES-GCM, as a page hands them to its script.

    Derived as in HKDF (RFC 5869): extracted from the secret in the session's cookie with a key of the installation as
    salt, so that neither alone gives it away.
    """
    secret = guard_of(current_app).cookies.read(request, SESSION)
    return urlsafe_b64encode(services.identity.keyring.mac_key(_PURPOSE).of(secret.encode())).decode()
