"""Which OpenID Connect provider proves who somebody is, and by which names it tells: all of it configuration.

Brokers name the CPR number differently (Idura `cprNumberIdentifier`, Signicat `nin`, Signaturgruppen `dk.cpr`), and so
do they the level of assurance.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlsplit

from pipeline.errors import TilsynError

_SIGNED_BY_KEY_PAIR = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class ClaimNames:
    """What the provider calls what we need; an empty name is not asked for.

    A dot goes into an object (`nemlogin.cpr`), where no claim has the whole name.

    Attributes:
        assurance: how surely the person is who they say.
        groups: a list; where named, an employee has a role only if both the provider and we say so.
    """

    subject: str = "sub"
    cpr: str = ""
    assurance: str = "acr"
    groups: str = ""


@dataclass(frozen=True)
class OidcProvider:
    """One provider.

    Attributes:
        issuer: exactly as its tokens name it.
        accepted_levels: the values of the assurance claim that are enough; empty where none is asked for.
        algorithms: what tokens may be signed with; only key pairs, so that a public key is never taken for a secret.
        request: further parameters of the request, e.g. `acr_values`.
        client_authentication: how we prove who we are at the token address, `client_secret_basic` or `_post`.
        from_userinfo: whether the claims stand at the userinfo address rather than in the token.
        role_of_group: which of the provider's groups is which of our roles.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...] = ("openid",)
    claims: ClaimNames = ClaimNames()
    accepted_levels: tuple[str, ...] = ()
    algorithms: tuple[str, ...] = ("RS256", "PS256", "ES256")
    request: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    client_authentication: str = "client_secret_basic"
    from_userinfo: bool = False
    role_of_group: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if not is_protected(self.issuer):
            raise TilsynError("Udbyderens adresse (issuer) skal begynde med https://. Ret indstillingen.")
        if not self.algorithms or not _SIGNED_BY_KEY_PAIR.issuperset(self.algorithms):
            raise TilsynError(
                f"Udbyderens algoritmer skal være blandt {', '.join(sorted(_SIGNED_BY_KEY_PAIR))}. Ret indstillingen."
            )
        if "openid" not in self.scopes:
            raise TilsynError("Udbyderens scopes skal indeholde “openid”. Ret indstillingen.")
        if self.claims.cpr and not self.accepted_levels:
            raise TilsynError(
                "Det mangler, hvor sikkert borgere skal have vist, hvem de er (accepterede niveauer). "
                "Skriv de værdier, som udbyderen bruger for niveauet “betydelig” eller højere."
            )


def is_protected(address: str) -> bool:
    """Whether an address is encrypted on the way, or never leaves this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    )
