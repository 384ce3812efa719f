"""What the guard and the pages of signing in work with; wiring.py puts it together."""

from dataclasses import dataclass, field

from pipeline.store.audit_log import AuditLog
from pipeline.store.case_lists import CaseLists
from pipeline.store.case_store import CaseStore
from pipeline.store.clock import Clock, now
from pipeline.store.employees import Employees
from pipeline.store.invitations import Invitations
from pipeline.store.opening import Store
from pipeline.store.rate_limits import RateLimits
from pipeline.store.sessions import Sessions
from pipeline.vault.keyring import Keyring
from webforms.identity.settings import IdentitySettings


@dataclass(frozen=True)
class Services:
    """The parts of one installation.

    Attributes:
        clock: the same that the stores were given.
    """

    settings: IdentitySettings
    keyring: Keyring
    store: CaseStore
    lists: CaseLists
    audit: AuditLog
    employees: Employees
    sessions: Sessions
    invitations: Invitations
    limits: RateLimits
    clock: Clock = field(default=now)

    @classmethod
    def of(cls, store: Store, settings: IdentitySettings, clock: Clock = now) -> "Services":
        """The services over an opened store."""
        return cls(
            settings=settings,
            keyring=store.keyring,
            store=store.cases,
            lists=store.lists,
            audit=store.audit,
            employees=store.employees,
            sessions=Sessions(store.database, store.keyring, clock, settings.sessions),
            invitations=Invitations(store.database, store.keyring, store.audit, clock),
            limits=RateLimits(store.database, store.keyring, clock),
            clock=clock,
        )
