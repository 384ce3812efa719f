"""A protected address, number or e-mail never gets into a document unseen. All of them are made up."""

from datetime import date

import pytest
from small_case import demo_people, family_case, sample

from pipeline.cases.record.case import fold_all
from pipeline.cases.record.events import ApprovalDecided
from pipeline.cases.record.from_answers import from_answers
from pipeline.cases.record.journal_events import DocumentKept
from pipeline.cases.record.people import CasePerson, Contact
from pipeline.cases.record.protected import WITHHELD, Found, found_in, protected_text_found
from pipeline.cases.record.to_answers import to_answers
from pipeline.cases.record.visit_events import GoalPlaced, Written
from pipeline.cases.record.voices import SHARED, goal_slot
from pipeline.tool.definition import Tool

DAY = date(2026, 4, 1)
HIDDEN = CasePerson(
    "p", "Bo Prøvesen", contact=Contact("Ålborggade 14, 2. tv.\n9999 Testby", "+45 20 00 00 62", "bo@example.dk", True)
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Han bor på Ålborggade 14 nu.", ("adresse",)),
        ("han bor på AALBORGGADE  14, 2. tv", ("adresse",)),
        ("Aalborg-gade nr 14", ("vej",)),
        ("Ålborggade14", ("adresse",)),
        ("Ålborggade 142", ("vej",)),
        ("Vi mødes på A\u030alborggade 14", ("adresse",)),
        ("Ring 20000062", ("telefonnummer",)),
        ("Ring +45 20 00 00 62.", ("telefonnummer",)),
        ("Ring 2000-0062, tak", ("telefonnummer",)),
        ("Ring (20) 00.00.62", ("telefonnummer",)),
        ("Skriv til BO@example.dk", ("e-mail",)),
        ("Skriv til bo @ example.dk", ("e-mail",)),
        ("Ålborggade 14, tlf. 20000062, bo@example.dk", ("adresse", "telefonnummer", "e-mail")),
        ("Ring 20 00 00 63", ()),
        ("Vi gik 20 meter, 00 gange og 62 skridt", ()),
        ("Han bor et andet sted.", ()),
        ("9999 Testby", ()),
        ("", ()),
    ],
)
def test_contact_is_found_however_it_is_written(text: str, found: tuple[str, ...]) -> None:
    assert found_in(text, HIDDEN) == found


@pytest.mark.parametrize(
    ("address", "text", "found"),
    [
        ("Åvej 2", "bor på åvej 2", ("adresse",)),
        ("Åvej 2", "åvej", ()),
        ("10. Februars Vej 3, 2. tv.", "på 10. februars vej 3", ("adresse",)),
        ("10. Februars Vej 3", "på 10. februars vej 31", ("vej",)),
        ("Lyngvej 14 2. tv.", "Lyngvej 14 2", ("adresse",)),
        ("Lyngvej 14B", "lyngvej 14 b", ("adresse",)),
        ("Lyngholm, 9999 Testby", "på Lyngholm", ("vej",)),
        ("14, 9999 Testby", "14", ()),
        ("", "Lyngholm", ()),
    ],
)
def test_short_and_odd_addresses(address: str, text: str, found: tuple[str, ...]) -> None:
    assert found_in(text, CasePerson("p", "Bo", contact=Contact(address, protected=True))) == found


def test_every_place_of_the_answers_is_searched() -> None:
    told = {"text": "Lyngvej 14"}
    case = family_case(
        Written("v1", "siblings", "home-1", told),
        Written("v1", "recommendation", "m-1", {"choice": "continue", **told}),
        Written("v1", "agreements", "m-1", {"rows": [{"what": "Mødes på Lyngvej 14"}]}),
        GoalPlaced("v1", "g1", "motor", "adjusted", 0, "Gå på Lyngvej"),
        Written("v1", goal_slot("g1", "wording"), SHARED, {"text": "Gå"}),
        Written("v1", goal_slot("g1", "focus"), "home-1", told),
        Written("v1", goal_slot("g1", "attainment"), "home-1", {"choice": "some", **told}),
        Written("v1", goal_slot("g1", "next"), "home-1", told),
        ApprovalDecided(date(2026, 1, 1), "Træning på Lyngvej 14", (), (), "", False),
        DocumentKept("f", "bilag", "Brev", "b.pdf", "application/pdf", 1, "aa", "v1", received_from="Lyngvej 14"),
    )
    said = {"type": "remarks_received", "at": "2026-03-20T10:00:00+01:00", "text": "Ring 20000062", "by": "father"}
    found = protected_text_found(case, to_answers(case, "v1", DAY, [said]))
    assert {(one.place, one.what) for one in found} == {
        ("siblings", "adresse"),
        ("recommendation", "adresse"),
        ("agreements", "adresse"),
        ("goal/g1/wording", "vej"),
        ("goal/g1/focus", "adresse"),
        ("goal/g1/attainment", "adresse"),
        ("goal/g1/next", "adresse"),
        ("approval/extent", "adresse"),
        ("enclosures/received_from", "adresse"),
        ("events", "telefonnummer"),
    }
    assert {one.person_id for one in found} == {"father"}


def test_the_number_of_a_contribution_is_told() -> None:
    case = family_case(
        Written("v1", "siblings", "home-1", {"text": "Ingen"}),
        Written("v1", "siblings", "home-2", {"text": "Han bor på Lyngvej 14"}),
    )
    assert protected_text_found(case, to_answers(case, "v1", DAY)) == (Found("siblings", 2, "adresse", "father"),)


def test_an_unprotected_address_is_nobodys_secret() -> None:
    case = family_case(Written("v1", "siblings", "home-2", {"text": "Enghaven 3, 20 00 00 61"}))
    assert protected_text_found(case, to_answers(case, "v1", DAY)) == ()


def test_what_a_protected_parent_writes_in_the_contact_fields_stays_out_of_documents() -> None:
    case = family_case(
        Written("v1", "phone", "home-1", {"text": "20 00 00 61"}),
        Written("v1", "phone", "home-2", {"text": "20 00 00 62"}),
        Written("v1", "email", "father", {"text": "bo@example.dk"}),
    )
    answers = to_answers(case, "v1", DAY)
    assert [c.value.as_text() for c in answers.of("phone")] == ["20 00 00 61", WITHHELD]
    assert [c.value.as_text() for c in answers.of("email")] == [WITHHELD]
    assert protected_text_found(case, answers) == ()


def test_in_the_demo_the_protected_father_is_nowhere(tool: Tool) -> None:
    visits = [sample("autisme_skole", 1), sample("autisme_skole", 2)]
    case = fold_all(from_answers(visits, tool, demo_people().cases["DEMO-0201"]).happened)
    father = next(person for person in case.people.values() if person.contact.protected)
    for visit in visits:
        answers = to_answers(case, f"besoeg-{visit.visit_number}", visit.document_date)
        assert protected_text_found(case, answers) == ()
        assert father.contact.address not in repr(answers)
        assert WITHHELD in [c.value.as_text() for c in answers.of("phone")]
