"""Whom a sign-in means: an employee by issuer and subject, a citizen by the CPR number, which is forgotten at once."""

from pipeline.cases.record.case import Case
from pipeline.danish import COPENHAGEN
from pipeline.errors import TilsynError
from pipeline.store.case_lists import Found
from pipeline.store.refusals import CaseNotFound
from pipeline.vault.blind_index import BlindIndex
from webforms.identity.oidc import Proven
from webforms.identity.roles import ROLE_OF
from webforms.identity.services import Services
from webforms.identity.signed_in import Remembered
from webforms.identity.visitor import Method


class NotKnown(TilsynError):
    """The sign-in is good, but means nobody here; what the person is told is the same whatever we know."""

    def __init__(self) -> None:
        super().__init__(
            "Du har ikke en plads i en sag her i dag. Ring til kommunen, hvis du mener, at du skal have det."
        )


class WhoIsWho:
    """Looks people up.

    Args:
        services: the cases and employees to look among.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._blind = BlindIndex(services.keyring)

    def citizen(self, proven: Proven) -> Remembered:
        """The person of our cases with this CPR number.

        Raises:
            NotKnown: nobody who has a place today has it.
        """
        try:
            found = self._services.lists.search_by_cpr(proven.cpr)
            owner = owner_by_number(self._blind, proven.cpr)
        except TilsynError:  # it is no number
            raise NotKnown from None
        return self._remembered(owner, Method.MITID, proven.level, found)

    def employee(self, proven: Proven) -> Remembered:
        """The employee who signs in so.

        Raises:
            NotKnown: there is none, or the employee has left.
        """
        provider = self._services.settings.employees
        known = provider and self._services.employees.who_signs_in_as(provider.issuer, proven.subject)
        if not provider or not known or not known.employee.active:
            raise NotKnown
        groups = None
        if proven.groups is not None:
            groups = tuple(
                sorted(provider.role_of_group[group] for group in proven.groups & set(provider.role_of_group))
            )
        return Remembered(
            owner=f"employee:{known.id}",
            method=Method.EMPLOYEE,
            level=proven.level,
            at=self._services.clock(),
            employee=known.id,
            groups=groups,
        )

    def invited(self, case_id: str, person_id: str) -> Remembered:
        """A person of a case who came by invitation.

        Raises:
            NotKnown: the person has no place in the case today.
        """
        return self._remembered(
            owner_by_invitation(case_id, person_id), Method.INVITATION, "", (Found(case_id, person_id),)
        )

    def _remembered(self, owner: str, method: Method, level: str, found: tuple[Found, ...]) -> Remembered:
        own_cases = tuple((one.case_id, one.person_id) for one in found if self._has_a_place(one))
        if not own_cases:
            raise NotKnown
        return Remembered(owner, method, level, self._services.clock(), own_cases=own_cases)

    def _has_a_place(self, found: Found) -> bool:
        """Whether the person is let in as anything at all; a sibling is written about and uses nothing here."""
        try:
            case: Case = self._services.store.case(found.case_id)
        except CaseNotFound:
            return False
        day = self._services.clock().astimezone(COPENHAGEN).date()
        return any(
            (role := ROLE_OF.get(standing.place)) and not role.is_employed
            for standing in case.standings_of(found.person_id, day)
        )


def owner_by_number(blind: BlindIndex, cpr: str) -> str:
    """Whose sessions a citizen's are; the same at every sign-in, and no number can be read out of it."""
    return f"cpr:{blind.of(cpr).hex()}"


def owner_by_invitation(case_id: str, person_id: str) -> str:
    """Whose sessions those of an invited person are; all end when the invitation is withdrawn."""
    return f"invited:{case_id}:{person_id}"
