"""A case with so much in it that every address of the rooms leads to something."""

import re
from dataclasses import replace
from datetime import date, timedelta

from offices import Office, with_protected_father
from werkzeug.routing import Rule

from pipeline.cases.journey.events import DocumentToSend, OutcomeDecided, VisitCalledOff
from pipeline.cases.record.events import ApprovalDecided, StandingChanged
from pipeline.cases.record.journal_events import Agreed, AgreementEnded, DocumentKept, JournalNoted, NoteKind
from pipeline.cases.record.visit_events import SectionHandedIn, SectionsLocked, VisitOpened, Written
from webforms.identity.roles import Role

ROOMS = ("caseworkers", "operator")
_NAMED = {
    "visit": "b1",
    "person": "mor",
    "place": "school",
    "standing": "s-mor",
    "agreement": "a1",
    "form": "json",
    "document": "tilsynsrapport",
    "journey": "0" * 32,
    "delivery": "d1",
}
_VISIT_OF = {"caseworkers.what_follows": "refused", "caseworkers.reassessed": "b0"}
"""A visit at which there is something to decide."""


FINAL_GOALS = {"rows": [{"goal": "Gå selv til bussen", "measure": "Tre dage om ugen", "by_date": "2027-05-01"}]}


def rules_of_the_rooms(office: Office) -> list[Rule]:
    """Every address of the two rooms."""
    return [rule for rule in office.app.url_map.iter_rules() if rule.endpoint.partition(".")[0] in ROOMS]


def address_at(office: Office, rule: Rule, case_id: str) -> str:
    """An address that leads to something in a furnished case."""
    named = {
        **_NAMED,
        "case_id": case_id,
        "employee_id": office.cast.employees[Role.MANAGER],
        "seq": str(office.case.journal[0].seq) if office.case.journal else "0",
        "answer": _seq_of_an_answer(office),
    }
    named["visit"] = _VISIT_OF.get(rule.endpoint.removesuffix("_do"), named["visit"])
    if rule.endpoint.startswith("caseworkers.assign"):
        named["place"] = "substitute"
    return re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda found: named[found.group(1)], rule.rule)


def furnish(office: Office) -> None:
    """Put into the case what its pages show: also a parent who waits, and deadlines that have passed."""
    with_protected_father(office)
    today = office.services.today()
    father = office.case.standings["s-far"]
    office.happens(
        StandingChanged(replace(father, until=date(2030, 1, 1))),
        ApprovalDecided(date(2026, 1, 1), "Fuld tid", ("ABA",), ("Gå selv",), "To om året", health_elements=False),
        VisitOpened("b0", 1, "ordinary", "2018", today - timedelta(days=90)),
        VisitOpened("b1", 2, "extra", "2018", today + timedelta(days=9)),
        SectionHandedIn("b1", "a", "hjem"),
        SectionsLocked("b1", ("e",), locked=True),
        Agreed("a0", "b0", "Send bogen", "far"),
        AgreementEnded("a0", fulfilled=False, remark="Ikke længere nødvendigt"),
        Agreed("a1", "b1", "Ring til skolen", "mor", today - timedelta(days=1)),
        Written("b1", "conclusion", office.cast.employees[Role.HEALTH_PROFESSIONAL], {"text": "Det går godt."}),
        Written("b1", "final_goals", office.cast.employees[Role.HEALTH_PROFESSIONAL], FINAL_GOALS),
        JournalNoted(NoteKind.PHONE, today, "mor", "Talte med mor.\nHun er glad."),
        DocumentKept("f1", "bilag", "Udtalelse", "u.pdf", "application/pdf", 2_500_000, "0" * 64, visit="b1"),
    )
    office.happens(
        VisitOpened("refused", 0, "ordinary", "2018", today - timedelta(days=200)),
        VisitCalledOff("refused", "refused", "Familien ville ikke"),
        OutcomeDecided("b0", "reassessment", "Målene blev ikke nået", today + timedelta(days=30)),
        DocumentToSend("d1", "b1", "f1", "mor", "pigeon"),  # a way that no installation has
    )
    office.services.engine.run_now(office.case_id, "delivery", "d1")
    first = office.case.journal[0].seq
    office.happens(JournalNoted(NoteKind.CORRECTION, today, "", "Det var far.", corrects=first))


def _seq_of_an_answer(office: Office) -> str:
    """By its first event the address names an answer that may be left out of a report."""
    visit = office.case.visits.get("b1")
    return next((str(v[0].seq) for slot, v in visit.answers.items() if slot.key == "conclusion"), "0") if visit else "0"
