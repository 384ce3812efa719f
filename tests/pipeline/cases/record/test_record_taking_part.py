"""Who must take part in a visit: always the authority, and health expertise where the approval says so."""

from datetime import date

import pytest
from small_case import begun, family_case

from pipeline.cases.record.case import Case
from pipeline.cases.record.events import ApprovalDecided, PersonRecorded
from pipeline.cases.record.people import CasePerson, Place
from pipeline.cases.record.taking_part import Demand, Expertise, Seat, may_take_part, seats
from pipeline.cases.record.visit_events import TeamChosen, VisitDayChanged

TODAY = date(2026, 2, 1)
PHYSIO = (PersonRecorded(CasePerson("m-3", "Mia Fysiosen")), begun("m-3", Place.HEALTH_PROFESSIONAL))
PHYSICAL = ApprovalDecided(
    date(2026, 1, 1), "Deltid", ("Metode",), (), "To om året", health_elements=True, health_reason="Stræk af ben"
)


def taken(case: Case) -> dict[Expertise, Seat]:
    return {seat.expertise: seat for seat in seats(case, case.visits["v1"], TODAY)}


def test_the_authority_is_always_needed_and_a_psychologist_is_not_it() -> None:
    case = family_case(TeamChosen("v1", ("m-2",)))
    assert taken(case)[Expertise.AUTHORITY].is_missing
    assert not taken(family_case(TeamChosen("v1", ("m-1", "m-2"))))[Expertise.AUTHORITY].is_missing


def test_nobody_chosen_is_nobody_there() -> None:
    assert taken(family_case())[Expertise.AUTHORITY].is_missing


def test_health_expertise_is_needed_when_the_approval_names_physical_elements() -> None:
    seat = taken(family_case(PHYSICAL, *PHYSIO, TeamChosen("v1", ("m-1",))))[Expertise.HEALTH]
    assert (seat.demand, seat.why, seat.is_missing) == (Demand.NEEDED, "Stræk af ben", True)
    both = taken(family_case(PHYSICAL, *PHYSIO, TeamChosen("v1", ("m-1", "m-3"))))[Expertise.HEALTH]
    assert [person.id for person in both.taken_by] == ["m-3"]


def test_health_expertise_is_not_needed_when_the_approval_says_so() -> None:
    seat = taken(family_case(TeamChosen("v1", ("m-1",))))[Expertise.HEALTH]
    assert (seat.demand, seat.is_missing) == (Demand.NOT_NEEDED, False)


def test_without_an_approval_it_is_not_known() -> None:
    later = family_case(VisitDayChanged("v1", date(2025, 1, 1)))
    assert taken(later)[Expertise.HEALTH].demand is Demand.UNKNOWN


def test_who_has_left_the_case_before_the_visit_does_not_count() -> None:
    until = begun("m-3", Place.HEALTH_PROFESSIONAL, until=date(2026, 2, 28))
    case = family_case(PHYSICAL, PHYSIO[0], until, TeamChosen("v1", ("m-1", "m-3")))
    assert taken(case)[Expertise.HEALTH].is_missing
    assert "m-3" not in [person.id for person in may_take_part(case, date(2026, 3, 10))]


@pytest.mark.parametrize("chosen", [("mother",), ("nobody",)])
def test_who_is_not_of_the_municipality_brings_nothing(chosen: tuple[str, ...]) -> None:
    assert all(not seat.taken_by for seat in taken(family_case(TeamChosen("v1", chosen))).values())
