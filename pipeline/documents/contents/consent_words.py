"""What the document of an answer about consent says."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.cases.proof_words import proof_in_words
from pipeline.cases.record.case import Case
from pipeline.cases.record.history import name_of
from pipeline.cases.record.parts import Consent
from pipeline.danish import COPENHAGEN, danish_moment
from pipeline.documents.contents.words import Line, Paper

_ANSWER = {"given": "Ja, jeg giver samtykke", "refused": "Nej", "withdrawn": "Jeg trækker mit samtykke tilbage"}
_MEANING = {
    "given": "Kommunen må hente det, der står ovenfor, fra den kilde, der er nævnt. Den må ikke hente andet.",
    "refused": "Kommunen må ikke hente oplysninger fra den kilde, der er nævnt, på grundlag af et samtykke.",
    "withdrawn": "Fra nu af må kommunen ikke hente mere fra den kilde, der er nævnt, på grundlag af samtykket.",
}


@dataclass(frozen=True)
class ConsentDocument:
    """The slots of `samtykke`.

    Attributes:
        facts: what was asked, what was answered, by whom, when, and how it is known who it was.
        meaning: what the answer lets the municipality do.
    """

    paper: Paper
    facts: tuple[Line, ...]
    meaning: str


def consent_document(case: Case, consent: Consent, number: int, paper: Paper) -> ConsentDocument:
    """One answer, counted from 0, as its own document."""
    return ConsentDocument(paper, tuple(_facts(case, consent, number)), _MEANING[consent.answers[number][2]])


def _facts(case: Case, consent: Consent, number: int) -> Iterator[Line]:
    at, by, answer = consent.answers[number]
    said, asked = consent.said[number], consent.asked
    whose = name_of(case, asked.person_id)
    yield Line("Kilde", asked.source)
    yield Line("Formål", asked.purpose)
    yield Line("Svar", _ANSWER[answer])
    yield Line("Hvem svarer", whose if by == asked.person_id else f"{whose}, svaret af {name_of(case, by)}")
    if said.proved:
        yield Line("Hvordan vi ved, hvem det er", proof_in_words(said.proof, said.level, said.proved))
    yield Line("Svaret er givet", f"{danish_moment(at)} og {at.astimezone(COPENHAGEN):%S} sekunder")
