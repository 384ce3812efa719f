"""A key for each case, kept beside the case, wrapped by a master key that is kept elsewhere.

Destroying the wrapped key erases the case, in every copy of it. Rotating the master key wraps the small key anew and
leaves all that it sealed as it is, so a rotation may stop anywhere and go on later.
"""

from dataclasses import dataclass, field

from pipeline.vault.data_key import DataKey
from pipeline.vault.keyring import Keyring
from pipeline.vault.secret import Secret

_PURPOSE = "sagsnøgler"


@dataclass(frozen=True)
class WrappedKey:
    """A case's key as the database keeps it.

    Attributes:
        generation: of the master key that unwraps it.
        sealed: the key, for its own case only.
    """

    generation: int
    sealed: bytes = field(repr=False)


def new_case_key(keyring: Keyring, case_id: str) -> tuple[DataKey, WrappedKey]:
    """A key for a new case, to use and to keep."""
    secret = Secret.fresh()
    return DataKey(secret), _wrap(keyring, secret, case_id)


def unwrap(keyring: Keyring, wrapped: WrappedKey, case_id: str) -> DataKey:
    """The key of a case.

    Raises:
        Tampered: it is not this case's, or was changed.
        KeyringError: its master key is not here.
    """
    return DataKey(_unwrapped(keyring, wrapped, case_id))


def rewrap(keyring: Keyring, wrapped: WrappedKey, case_id: str) -> WrappedKey:
    """The same key, wrapped by the active master key; one that is so already comes back as it is.

    Raises:
        Tampered: it is not this case's, or was changed.
        KeyringError: its master key is not here.
    """
    if wrapped.generation == keyring.active_generation:
        return wrapped
    return _wrap(keyring, _unwrapped(keyring, wrapped, case_id), case_id)


def _wrap(keyring: Keyring, secret: Secret, case_id: str) -> WrappedKey:
    generation = keyring.active_generation
    return WrappedKey(generation, keyring.derived(generation, _PURPOSE).seal(secret.reveal(), _place(case_id)))


def _unwrapped(keyring: Keyring, wrapped: WrappedKey, case_id: str) -> Secret:
    return Secret(keyring.derived(wrapped.generation, _PURPOSE).open(wrapped.sealed, _place(case_id)))


def _place(case_id: str) -> str:
    return f"cases/{case_id}/key"
