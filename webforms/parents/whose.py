"""In whose name a visitor adds something of their own to a case: the household, the person, or whom they speak for."""

from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.people import Standing
from pipeline.cases.record.voices import household_of


def own_voice(case: Case, person_id: str, day: date) -> str:
    """The voice of what somebody adds."""
    return household_of(case, speaks_for(case, person_id, day), day)


def speaks_for(case: Case, person_id: str, day: date) -> str:
    """The person whom somebody speaks for on a day, or the very same person."""
    standings: tuple[Standing, ...] = case.standings_of(person_id, day)
    others = (standing.speaks_for for standing in standings if standing.place.speaks_for_somebody)
    return next((other for other in others if other), person_id)
