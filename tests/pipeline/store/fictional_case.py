"""A fictional case for the store's tests: the people, numbers and addresses are made up."""

from datetime import date

from pipeline.cases.record.events import CaseOpened, Event, PersonRecorded, StandingBegun
from pipeline.cases.record.people import CasePerson, Contact, Place, Standing
from pipeline.cases.record.visit_events import VisitOpened
from pipeline.store.opening import Store

CHILD, MOTHER, FATHER, CASEWORKER = "barn", "mor", "far", "sagsbehandler"
HOUSEHOLD, VISIT, SECTION = "hjem", "besoeg-1", "a"

CHILD_CPR, MOTHER_CPR = "0101150001", "0202850002"
CHILD_NAME, MOTHER_NAME = "Ida Opdigtet Eksempelsen", "Mette Påfund Eksempelsen"
ADDRESS, DIAGNOSIS = "Opdigtet Allé 17, 9999 Ingensteds", "cerebral parese af opdigtet art"

PEOPLE: tuple[Event, ...] = (
    PersonRecorded(CasePerson(CHILD, CHILD_NAME, CHILD_CPR)),
    PersonRecorded(CasePerson(MOTHER, MOTHER_NAME, MOTHER_CPR, title="mor", contact=Contact(address=ADDRESS))),
    PersonRecorded(CasePerson(FATHER, "Søren Påfund Eksempelsen", title="far")),
    StandingBegun(Standing("s1", CHILD, Place.CHILD, date(2026, 1, 1))),
    StandingBegun(Standing("s2", MOTHER, Place.PARENTAL_AUTHORITY, date(2026, 1, 1), household=HOUSEHOLD)),
    StandingBegun(Standing("s3", FATHER, Place.PARENTAL_AUTHORITY, date(2026, 1, 1), household=HOUSEHOLD)),
    VisitOpened(VISIT, 1, "first", "2018", date(2026, 12, 1)),
)


def opening(number: str = "2026-001", team: str = "nord") -> CaseOpened:
    return CaseOpened(number, team, "Eksempel Kommune", "Børn og Unge", fictional=True)


def open_fictional_case(store: Store, number: str = "2026-001", team: str = "nord") -> str:
    return store.cases.open_case(opening(number, team), CASEWORKER, PEOPLE)


def text(words: str) -> dict[str, str]:
    """An answer as in the documents' JSON."""
    return {"kind": "text", "text": words}
