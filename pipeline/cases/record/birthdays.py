"""How old a person of the case is: from the CPR number, or from what was recorded where it does not tell."""

from datetime import date

from pipeline.cases.record.cpr import read_cpr
from pipeline.cases.record.people import CasePerson

OF_AGE = 18
"""Years; a child of full age has nobody who holds parental authority."""


def born_on(person: CasePerson) -> date | None:
    """The day of birth; None where it is not known."""
    from_number = read_cpr(person.cpr).born if person.cpr else None
    return from_number or person.born


def of_age_on(person: CasePerson) -> date | None:
    """The day from which a person is of full age; None where the birthday is not known."""
    born = born_on(person)
    return None if born is None else _birthday(born, OF_AGE)


def _birthday(born: date, years: int) -> date:
    """The birthday a number of years on.

    Who is born on 29 February has none in other years. Whether the law then means 28 February or 1 March was not
    found in a source, so the earlier day counts: better that a parent waits a day than that the parent of an
    adult reads on.
    """
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 2, 28)
