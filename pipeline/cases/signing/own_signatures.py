"""What a person was asked to sign and what came of it, as part of all that the case holds about them."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.cases.proof_words import proof_in_words
from pipeline.cases.record.case import Case
from pipeline.cases.record.extracts import Entry
from pipeline.cases.record.history import name_of
from pipeline.cases.record.place_words import named_as
from pipeline.cases.signing.events import SignedBySignIn, SignedOnPaper
from pipeline.cases.signing.state import Signature, Signing
from pipeline.danish import danish_date, danish_day, danish_moment
from pipeline.deadlines.deadline import Deadline

TITLE = "Aftaler, du er bedt om at skrive under på"


def own_signatures(case: Case, person_id: str) -> Iterator[Entry]:
    """One entry for each time the person was asked, and one for each answer."""
    for signing in case.signings.values():
        if signing.signer(person_id):
            yield _asked(case, signing)
            if person_id in signing.signatures:
                yield _signed(case, signing.signatures[person_id])
            if person_id in signing.late and person_id not in signing.signatures:
                paper = signing.late[person_id].paper
                yield Entry(f"Papir med underskrift kom {danish_date(paper.came)}, efter fristen", "")
            if person_id in signing.declined:
                declined = signing.declined[person_id]
                yield Entry(f"Ville ikke skrive under {danish_day(declined.at)}", declined.reason)


def _asked(case: Case, signing: Signing) -> Entry:
    agreed = (case.agreements[one].agreed.what for one in signing.opened.agreements if one in case.agreements)
    until = f"Frist: til og med {danish_date(Deadline.at(signing.opened.deadline).day)}."
    told = "\n".join([*agreed, until])
    return Entry(f"Sendt til underskrift {danish_day(signing.opened_at)}", told, name_of(case, signing.opened_by))


def _signed(case: Case, signature: Signature) -> Entry:
    entry = _given(case, signature)
    acted_as = signature.how.acted_as
    if acted_as is None:
        return entry
    by = f"Givet af {named_as(name_of(case, signature.speaker), acted_as)}."
    return replace(entry, text="\n".join(part for part in (by, entry.text) if part))


def _given(case: Case, signature: Signature) -> Entry:
    match signature.how:
        case SignedBySignIn(received=received, proof=proof, level=level, proved=proved):
            return Entry(f"Skrev under ved log-ind {danish_moment(received)}", proof_in_words(proof, level, proved))
        case SignedOnPaper(on=on):
            return Entry(f"Skrev under på papir {danish_date(on)}", "", name_of(case, signature.by))
