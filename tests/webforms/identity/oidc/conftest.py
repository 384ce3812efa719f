"""A provider that listens, the application that signs in at it, and the way between them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from access_cast import AT, Cast, make_cast
from case_rooms import DEMO, create_rooms
from fixtures.quick_folder import quick_folder
from movable_clock import MovableClock
from oidc_way import OverHttps, Way
from own_provider import (
    Lies,
    OwnProvider,
    served,
)

from pipeline.store.opening import Places, Store, open_store
from webforms.identity.oidc_provider import ClaimNames, OidcProvider
from webforms.identity.services import Services
from webforms.identity.settings import IdentitySettings

CITIZEN_CLAIMS = ClaimNames(cpr="cprNumberIdentifier")


@pytest.fixture(scope="module")
def clock() -> MovableClock:
    return MovableClock(AT)


@pytest.fixture(scope="module")
def store(clock: MovableClock) -> Iterator[Store]:
    """One for all tests here: each brings a browser of its own, and employees of its own."""
    with quick_folder("tilsyn-oidc-") as folder:
        store = open_store(Places.in_home(folder / "home"), clock)
        yield store
        store.close()


@pytest.fixture(scope="module")
def cast(store: Store, clock: MovableClock) -> Cast:
    return make_cast(store, Services.of(store, DEMO, clock))


@pytest.fixture(scope="module")
def listening(clock: MovableClock) -> Iterator[OwnProvider]:
    with served(OwnProvider(clock)) as provider:
        yield provider


@pytest.fixture
def provider(listening: OwnProvider, clock: MovableClock) -> OwnProvider:
    # So many sign-ins would else be too many from one address.
    clock.move(timedelta(minutes=10))
    listening.lies, listening.times_keys_were_asked_for = Lies(), 0
    return listening


@pytest.fixture
def citizens(provider: OwnProvider) -> OidcProvider:
    return OidcProvider(
        provider.issuer,
        "hjemmetilsyn",
        "en hemmelighed",
        scopes=("openid", "ssn"),
        claims=CITIZEN_CLAIMS,
        accepted_levels=("substantial", "high"),
        algorithms=("RS256",),
        request={"acr_values": "substantial"},
    )


@pytest.fixture
def settings(citizens: OidcProvider) -> IdentitySettings:
    employees = replace(citizens, claims=ClaimNames(), accepted_levels=(), client_id="medarbejdere")
    return IdentitySettings(
        "https://localhost", "Eksempel Kommune", "12 34 56 78", employees=employees, citizens=citizens
    )


@pytest.fixture
def way(store: Store, settings: IdentitySettings, clock: MovableClock, provider: OwnProvider, cast: Cast) -> Way:
    app, _ = create_rooms(Services.of(store, settings, clock))
    app.test_client_class = OverHttps
    return Way(app, app.test_client(), provider, store)
