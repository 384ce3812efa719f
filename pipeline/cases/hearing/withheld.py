"""What somebody said in a hearing as the others may read it: a remark that tells a protected address stays out.

A remark is never reworded, and the final report goes to every party. So a remark in which a protected person's address,
phone number or e-mail stands is left out of it as a whole, and it is said that it was.
"""

from pipeline.cases.hearing.state import Answer
from pipeline.cases.record.case import Case
from pipeline.cases.record.protected import WITHHELD, found_in

WITHHELD_REMARK = "Bemærkningen nævner en beskyttet oplysning. Den står i høringssvaret, som kommunen har."


def readable_by_all(case: Case, text: str) -> str:
    """The text, or the words that stand in its place."""
    return WITHHELD_REMARK if _tells(case, text) else text


def reason_for_all(case: Case, text: str) -> str:
    """The municipality's reason for something, or the words that stand in its place."""
    return WITHHELD if _tells(case, text) else text


def is_for_all(case: Case, answer: Answer) -> bool:
    """Whether an answer's own document may be laid into the final report."""
    return not any(_tells(case, remark.text) for remark in answer.remarks)


def _tells(case: Case, text: str) -> bool:
    """A street's name alone may be a coincidence; for somebody who is protected that is no reason to take the risk."""
    return any(found_in(text, person) for person in case.people.values() if person.contact.protected)
