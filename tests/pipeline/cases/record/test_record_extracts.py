"""Two extracts: what is known of a person, and a party's reading of the case; neither tells on somebody else."""

import json
from datetime import UTC, date, datetime

import pytest
from small_case import CHILD_CPR, begun, demo_people, family, family_case, sample, stamped

from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.events import Event, PersonRecorded
from pipeline.cases.record.extracts import Extract, Seen, as_json, as_text
from pipeline.cases.record.family_events import ConsentAnswered, ConsentAsked, DiaryShared, DiaryWritten
from pipeline.cases.record.from_answers import from_answers
from pipeline.cases.record.insight import NOT_STATED, insight
from pipeline.cases.record.journal_events import (
    Agreed,
    AgreementEnded,
    DocumentKept,
    DocumentSent,
    JournalNoted,
    NoteKind,
)
from pipeline.cases.record.party_access import is_party, party_access
from pipeline.cases.record.people import CasePerson, Place
from pipeline.cases.record.visit_events import (
    AgendaPointAdded,
    ContributionWeighed,
    HelpAsked,
    SectionHandedIn,
    Written,
)
from pipeline.errors import TilsynError
from pipeline.law.dated_law import law_for
from pipeline.tool.definition import Tool
from pipeline.tool.load import load_tool

DAY = date(2026, 4, 1)
SECRETS = ("Lyngvej", "20 00 00 62", "20000062", "bo@example.dk")


def kept(file: str, kind: str = "bilag", **more: object) -> DocumentKept:
    return DocumentKept(file, kind, f"Titel {file}", "a.pdf", "application/pdf", 1, "c0ffee", "v1", **more)  # type: ignore[arg-type]  # the rest are its own attributes


FULL: list[Event] = [
    Written("v1", "siblings", "home-1", {"text": "Ida skrev om Ronja"}),
    Written("v1", "phone", "home-1", {"text": "20 00 00 61"}),
    Written("v1", "siblings", "home-2", {"text": "Fars kladde om Ida"}),
    Written("v1", "phone", "home-2", {"text": "20 00 00 62"}),
    Written("v1", "cooperation_parents", "teacher", {"text": "Ida og Bo henter på skift"}),
    SectionHandedIn("v1", "a", "home-1"),
    SectionHandedIn("v1", "f", "teacher"),
    Written("v1", "conclusion", "m-1", {"text": "Idas træning virker"}),
    JournalNoted(NoteKind.PHONE, date(2026, 2, 1), "Ida", "Ringede om besøget."),
    JournalNoted(NoteKind.NOTE, date(2026, 2, 2), "Bo", "Bo og Ida: han bor nu på Lyngvej 14."),
    JournalNoted(NoteKind.NOTE, date(2026, 2, 3), "", "Intet om nogen."),
    Agreed("a1", "v1", "Ny tavle", "Ida", date(2026, 5, 1)),
    Agreed("a2", "v1", "Nye sko", "Bo"),
    AgreementEnded("a2", False, "For dyrt."),
    kept("f1", received_from="Ida Prøvesen", dated=date(2026, 2, 1)),
    kept("f2", "intern"),
    kept("f3", seen_by=("mother",)),
    kept("f4", received_from="Lyngvej 14"),
    DocumentSent("f1", "father", "Digital Post"),
    ConsentAsked("c1", "mother", "Skolen", "En udtalelse."),
    ConsentAnswered("c1", "given"),
    ConsentAsked("c2", "father", "Lægen", "En journal."),
]


def chapter(extract: Extract, title: str) -> str:
    (found,) = [c for c in extract.chapters if c.title.startswith(title)]
    return "\n".join(f"{e.heading}: {e.text} ({e.source})" for e in found.entries)


def about(person: str, *more: Event, day: date = DAY) -> Extract:
    return insight(family_case(*FULL, *more), person, day, law_for(day), load_tool)


def read_by(person: str, *more: Event, day: date = DAY) -> Extract:
    return party_access(family_case(*FULL, *more), person, day, load_tool)


def test_insight_tells_what_is_known_and_where_it_came_from() -> None:
    extract = about("mother")
    facts = chapter(extract, "Oplysninger om dig")
    assert "Enghaven 3" in facts
    assert "forælder, der træner fra 1. januar 2020" in facts
    assert "Din adgang er åbnet" in chapter(extract, "Din adgang")
    assert "Ida skrev om Ronja (Eva Rådgiver" in chapter(extract, "Det, du har skrevet")
    mentioned = chapter(extract, "Det, andre har skrevet")
    assert all(words in mentioned for words in ("henter på skift", "Ringede om besøget", "Idas træning", "Ny tavle"))
    assert "Intet om nogen" not in mentioned
    documents = chapter(extract, "Dokumenter")
    assert "Titel f1: Kommer fra dig." in documents
    assert "Titel f3: Du kan se det." in documents
    assert "Titel f2" not in documents
    assert "Givet 5. januar 2026" in chapter(extract, "Samtykker")
    assert "barnets lov § 85" in chapter(extract, "Hvorfor")
    assert NOT_STATED in chapter(extract, "Hvorfor")
    assert "Datatilsynet" in chapter(extract, "Dine rettigheder")


def test_insight_tells_every_version() -> None:
    text = as_text(about("mother", Written("v1", "siblings", "home-1", {"text": "Ny udgave"})))
    assert "Ida skrev om Ronja" in text
    assert "Ny udgave" in text


def test_insight_tells_who_has_seen_it() -> None:
    seen = [Seen(date(2026, 3, 2), "En sagsbehandler", "åbnede sagen")]
    extract = insight(family_case(), "mother", DAY, law_for(DAY), load_tool, seen, "Fem år efter, at sagen er lukket.")
    assert "2. marts 2026: En sagsbehandler åbnede sagen" in chapter(extract, "Hvem har set")
    assert "Fem år" in chapter(extract, "Hvorfor")


def test_insight_of_the_child_is_the_whole_case() -> None:
    mentioned = chapter(about("child"), "Det, andre har skrevet")
    assert all(words in mentioned for words in ("Ida skrev om Ronja", "Intet om nogen", "Nye sko"))


@pytest.mark.parametrize("person", ["mother", "child", "teacher", "m-2"])
def test_no_insight_of_another_tells_the_protected_contact_or_his_draft(person: str) -> None:
    extract = about(person)
    given = as_text(extract) + json.dumps(as_json(extract), ensure_ascii=False)
    assert not [secret for secret in (*SECRETS, "Fars kladde") if secret in given]


def test_insight_names_what_is_left_out_without_telling_it() -> None:
    what = {omitted.what for omitted in about("mother").omissions}
    assert what == {
        "En andens svar i afsnit (a)",
        "En andens kontaktoplysninger i skemaet",
        "Et notat fra 2. februar 2026",
    }


def test_the_protected_person_sees_what_is_theirs() -> None:
    text = as_text(about("father"))
    assert all(secret in text for secret in ("Lyngvej 14", "20 00 00 62", "Fars kladde"))
    assert "20 00 00 61" not in text


def test_a_name_is_found_as_a_word_only() -> None:
    note = JournalNoted(NoteKind.NOTE, date(2026, 2, 4), "", "Skolen i Idaby og Bodil ringede. Bo's taske.")
    assert "Idaby" not in chapter(about("mother", note), "Det, andre har skrevet")
    assert "Idaby" in chapter(about("father", note), "Det, andre har skrevet")


def test_a_party_reads_documents_answers_and_notes() -> None:
    extract = read_by("mother", kept("report", "tilsynsrapport"))
    answers = chapter(extract, "Svar")
    assert all(words in answers for words in ("Ida skrev om Ronja", "henter på skift", "Idas træning"))
    assert "Ringede om besøget" in chapter(extract, "Notater")
    assert "Opgivet. For dyrt." in chapter(extract, "Aftaler")
    assert "SHA-256: c0ffee" in chapter(extract, "Dokumenter")
    assert "Dateret 1. februar 2026. Fra Ida Prøvesen." in chapter(extract, "Dokumenter")
    assert "Titel f3" in chapter(extract, "Dokumenter")
    assert "Deltid" in chapter(extract, "Godkendelser")
    assert "10. marts 2026" in chapter(extract, "Sagen")
    people = chapter(extract, "Personer")
    assert "Bo Prøvesen: indehaver af forældremyndigheden" in people
    assert "Kim Fagperson: fagperson ved tilsynet" in people


def test_a_party_living_apart_sees_neither_address_contact_draft_nor_consent_of_the_other() -> None:
    extract = read_by("mother")
    given = as_text(extract) + json.dumps(as_json(extract), ensure_ascii=False)
    assert not [secret for secret in (*SECRETS, "Fars kladde", "En journal", "Titel f2", "Titel f4") if secret in given]
    assert {omitted.what for omitted in extract.omissions} == {
        "En andens svar i afsnit (a)",
        "En andens kontaktoplysninger i skemaet",
        "Kommunens arbejdspapir til besøg 1",
        "Notat, 2. februar 2026",
        "Et samtykke, som en anden er spurgt om",
        "Et dokument fra 5. januar 2026",
        "Et dokument",
    }


def test_an_unprotected_parents_contact_is_not_the_other_homes_business_either() -> None:
    given = as_text(read_by("father", JournalNoted(NoteKind.NOTE, DAY, "", "Ida bor på Enghaven 3.")))
    assert "Enghaven" not in given
    assert "20 00 00 61" not in given


def test_what_the_caseworker_must_check_is_not_handed_out() -> None:
    extract = read_by("mother")
    assert extract.to_check
    given = as_text(extract) + json.dumps(as_json(extract), ensure_ascii=False)
    assert not [check for check in extract.to_check if check in given]


def test_anothers_cpr_number_is_left_out_and_the_childs_is_not() -> None:
    aunt = CasePerson("aunt", "Else Prøvesen", cpr="1705840738")
    notes = [JournalNoted(NoteKind.NOTE, DAY, "", words) for words in ("Se 170584-0738", f"Se {CHILD_CPR}")]
    read = chapter(read_by("mother", PersonRecorded(aunt), *notes), "Notater")
    assert "0738" not in read
    assert CHILD_CPR in read


def _sent(at: datetime, to: str) -> Case:
    before = stamped([*family(), kept("f9")])
    return fold_all([*before, Stamped(len(before) + 1, at, "m-1", DocumentSent("f9", to, "Digital Post"))])


@pytest.mark.parametrize(
    ("to", "day", "given"),
    [
        ("father", date(2026, 3, 2), False),
        ("father", date(2026, 3, 3), True),
        ("mother", date(2026, 3, 2), True),
    ],
    ids=["sent to another today", "the day after", "sent to the party"],
)
def test_what_was_sent_to_others_is_given_from_the_day_after(to: str, day: date, given: bool) -> None:
    extract = party_access(_sent(datetime(2026, 3, 1, 23, 30, tzinfo=UTC), to), "mother", day, load_tool)
    assert ("Titel f9" in chapter(extract, "Dokumenter")) is given


@pytest.mark.parametrize(
    ("person", "day", "party"),
    [
        ("mother", DAY, True),
        ("father", DAY, True),
        ("child", DAY, False),
        ("teacher", DAY, False),
        ("aunt", DAY, False),
        ("m-1", DAY, False),
        ("mother", date(2034, 6, 13), True),
        ("mother", date(2034, 6, 14), False),
        ("child", date(2034, 6, 14), True),
    ],
)
def test_a_party_is_who_holds_authority_and_then_the_grown_child(person: str, day: date, party: bool) -> None:
    case = family_case(PersonRecorded(CasePerson("aunt", "Else Prøvesen")), begun("aunt", Place.TRAINING_PARENT))
    assert is_party(case, person, day) is party
    if not party:
        with pytest.raises(TilsynError, match="Kun en part"):
            party_access(case, person, day, load_tool)


NOTED: list[Event] = [
    AgendaPointAdded("v1", "p1", "home-1", "Idas punkt om pauser"),
    AgendaPointAdded("v1", "p2", "home-2", "Punkt om, at Ida kommer for sent"),
    DiaryWritten("d1", "home-1", date(2026, 2, 5), "Gik tre skridt"),
    DiaryWritten("d2", "home-1", date(2026, 2, 6), "Sagde mor"),
    DiaryShared("d2"),
    DiaryWritten("d3", "home-2", date(2026, 2, 7), "Ida ringede"),
]


def test_points_and_diary_are_told_to_their_own_household_and_what_was_shared_to_a_party() -> None:
    own = chapter(about("mother", *NOTED), "Det, du har skrevet")
    assert all(words in own for words in ("Punkt til besøg 1: Idas punkt", "5. februar 2026: Gik tre", "Sagde mor"))
    assert "kommer for sent" in chapter(about("mother", *NOTED), "Det, andre har skrevet")
    read = chapter(read_by("mother", *NOTED), "Punkter")
    assert "Idas punkt" in read
    assert "kommer for sent" in read
    assert "Sagde mor" in read
    assert "Gik tre" not in as_text(read_by("mother", *NOTED))
    assert "Gik tre" not in as_text(about("father", *NOTED))


def test_another_homes_point_is_not_told_before_the_visit_is_held_nor_its_diary_ever() -> None:
    for extract in (about("mother", *NOTED, day=date(2026, 3, 9)), read_by("mother", *NOTED, day=date(2026, 3, 9))):
        assert "Idas punkt" in as_text(extract)
        assert "kommer for sent" not in as_text(extract)
        assert "Ida ringede" not in as_text(extract)


def test_an_extract_without_omissions_says_so() -> None:
    assert "Der er ikke udeladt noget." in as_text(insight(family_case(), "teacher", DAY, law_for(DAY), load_tool))


def test_in_the_demo_neither_parent_learns_the_others_contact(tool: Tool) -> None:
    visits = [sample("autisme_skole", 1), sample("autisme_skole", 2)]
    case = fold_all(from_answers(visits, tool, demo_people().cases["DEMO-0201"]).happened)
    for reader, other in (("p-0201-1", "p-0201-2"), ("p-0201-2", "p-0201-1")):
        contact = case.people[other].contact
        texts = [as_text(party_access(case, reader, DAY, load_tool))]
        texts += [as_text(insight(case, reader, DAY, law_for(DAY), load_tool))]
        for text in texts:
            assert not [part for part in (contact.address, contact.email, contact.phone) if part in text]


def test_what_was_left_out_of_the_report_is_told_with_who_decided_and_why() -> None:
    out = ContributionWeighed("v1", "conclusion", "m-1", included=False, reason="Rettes sammen med Ida")
    told = "Ikke med i rapporten. Besluttet 5. januar 2026 af Eva Rådgiver, myndighedsrådgiver. Rettes sammen med Ida"
    case = family_case(*FULL, kept("f5", "tilsynsrapport"), out)
    assert told in chapter(party_access(case, "mother", DAY, load_tool), "Svar")
    assert told in chapter(insight(case, "mother", DAY, law_for(DAY), load_tool), "Det, andre har skrevet")
    again = ContributionWeighed("v1", "conclusion", "m-1", included=True)
    back = chapter(
        party_access(family_case(*FULL, kept("f5", "tilsynsrapport"), out, again), "mother", DAY, load_tool), "Svar"
    )
    assert "Med i rapporten. Besluttet" in back
    assert told not in back


def test_a_decision_on_a_working_paper_is_told_no_sooner_than_the_paper() -> None:
    out = ContributionWeighed("v1", "conclusion", "m-1", included=False, reason="Rettes")
    assert "Besluttet" not in chapter(party_access(family_case(*FULL, out), "mother", DAY, load_tool), "Svar")


def test_that_somebody_asked_for_help_with_writing_is_told_to_them_alone() -> None:
    case = family_case(*FULL, HelpAsked("v1", "mother", "home-1"))
    assert "Du bad om hjælp til at skrive" in as_text(insight(case, "mother", DAY, law_for(DAY), load_tool))
    assert "Du bad om hjælp" not in as_text(insight(case, "father", DAY, law_for(DAY), load_tool))
