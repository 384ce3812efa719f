"""What an installation decides about signing in; webforms/settings.py fills it from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.errors import TilsynError
from pipeline.store.rate_limits import Limit
from pipeline.store.sessions import SessionLimits
from webforms.identity.oidc_provider import OidcProvider, is_protected
from webforms.identity.pace import USUAL_LIMITS, Pace


@dataclass(frozen=True)
class IdentitySettings:
    """How people get in.

    Attributes:
        address: where browsers reach us, e.g. `https://hjemmetilsyn.kommune.dk`; links in letters begin with it.
        municipality: its name.
        phone: whom a stranger may call, as people write it.
        demo: people are chosen from a list; only for an installation that holds nothing but fictional cases.
        employees: where the municipality's people sign in.
        citizens: where parents sign in with MitID.
        sessions: how long one may stay signed in.
        limits: how often something may be done.
    """

    address: str
    municipality: str
    phone: str
    demo: bool = False
    employees: OidcProvider | None = None
    citizens: OidcProvider | None = None
    sessions: SessionLimits = field(default_factory=SessionLimits)
    limits: Mapping[Pace, Limit] = field(default_factory=lambda: USUAL_LIMITS)

    def __post_init__(self) -> None:
        if not is_protected(self.address):
            raise TilsynError("Systemets adresse skal begynde med https://. Ret indstillingen.")
        if self.demo and (self.employees or self.citizens):
            raise TilsynError(
                "En demo må ikke have rigtigt login: Fjern indstillingerne for login, eller slå demo fra."
            )
        if not (self.demo or self.address.startswith("https://")):
            raise TilsynError("Uden for en demo skal adressen begynde med https://. Ret indstillingen.")
        if not (self.demo or self.employees):
            raise TilsynError("Medarbejderne kan ikke logge ind. Sæt login for medarbejdere op, eller slå demo til.")
        if self.citizens and not self.citizens.claims.cpr:
            raise TilsynError("Borgernes login skal fortælle CPR-nummeret. Skriv, hvad udbyderen kalder det.")

    @property
    def is_encrypted(self) -> bool:
        """Whether cookies may demand an encrypted way; not so on the developer's own machine."""
        return self.address.startswith("https://")
