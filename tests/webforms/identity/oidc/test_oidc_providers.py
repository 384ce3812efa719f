"""How a provider may be set up, and what is never told of who signs in at it."""

from dataclasses import replace
from typing import Any

import pytest
from movable_clock import MovableClock
from own_provider import (
    OwnProvider,
)

from pipeline.errors import TilsynError
from webforms.identity.oidc import OidcClient
from webforms.identity.oidc_provider import OidcProvider, is_protected


def test_a_refused_sign_in_says_nothing_of_the_person(
    provider: OwnProvider, citizens: OidcProvider, clock: MovableClock
) -> None:
    client = OidcClient(citizens, clock)
    address, start = client.set_out("https://localhost/tilbage")
    proven = client.come_back(start, "https://localhost/tilbage", provider.authorize(address))
    assert "0102856002" not in repr(proven)
    assert "hemmelighed" not in repr(citizens)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"issuer": "http://login.example"}, "https://"),
        ({"algorithms": ("none",)}, "algoritmer"),
        ({"algorithms": ("RS256", "HS256")}, "algoritmer"),
        ({"algorithms": ()}, "algoritmer"),
        ({"scopes": ("profile",)}, "openid"),
        ({"accepted_levels": ()}, "hvor sikkert"),
    ],
)
def test_a_provider_that_is_set_up_unsafely_is_refused(
    citizens: OidcProvider, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(TilsynError, match=words):
        replace(citizens, **change)


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://login.example", True),
        ("http://localhost:9400", True),
        ("http://[::1]:9400", True),
        ("http://login.example", False),
        ("http://localhost.evil.example", False),
        ("ftp://localhost", False),
        ("https://", False),
        ("", False),
    ],
)
def test_only_what_nobody_can_read_on_the_way_is_protected(address: str, good: bool) -> None:
    assert is_protected(address) is good
