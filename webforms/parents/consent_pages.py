"""Consents: each source that the municipality wants to ask, given, refused or withdrawn one by one, with its record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.journey.events import DocumentOrdered
from pipeline.cases.record.events import Event
from pipeline.cases.record.family_events import ConsentAnswered
from pipeline.cases.record.history import name_of
from pipeline.cases.record.parts import Consent
from pipeline.cases.record.people import Place
from pipeline.documents.consent_document import CONSENT, about_answer, document_of_answer
from pipeline.store.clock import new_id
from webforms.design.words import Speaker
from webforms.identity.current import CaseInView, case_in_view, visitor
from webforms.identity.marked import needs
from webforms.parents.whose import speaks_for
from webforms.services import Services
from webforms.whereabouts import where_for

_ANSWER = "consent.answer"
_SEE_OTHER = 303
GIVEN, REFUSED, WITHDRAWN = "given", "refused", "withdrawn"
_FROM = {"": (GIVEN, REFUSED), GIVEN: (WITHDRAWN,), REFUSED: (GIVEN,), WITHDRAWN: (GIVEN,)}
"""What can be answered next; whoever has said no is not asked to say it again."""


@dataclass(frozen=True)
class AskedConsent:
    """A consent as its page shows it.

    Attributes:
        state: the last answer, or empty.
        answers: those that can be given now.
        record: who answered what when, oldest first.
        document: id of the newest answer's sealed document, or empty while it is being made.
    """

    id: str
    source: str
    purpose: str
    asked: str
    state: str
    answers: tuple[str, ...]
    record: tuple[tuple[str, str, str], ...]
    document: str


def unanswered(view: CaseInView, day: date) -> tuple[Consent, ...]:
    """Consents that the visitor was asked for and has not answered."""
    return tuple(consent for consent in _own(view, day) if not consent.answers)


class ConsentPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule("/sager/<case_id>/samtykke", "consents", self._show, methods=["GET"])
        pages.add_url_rule("/sager/<case_id>/samtykke/<consent>", "consent_answer", self._answer, methods=["POST"])

    @needs("case.read")
    def _show(self, case_id: str) -> str:
        view, today = case_in_view(), self._services.today()
        say = self._services.say()
        asked = sorted((_shown(view, one, say) for one in _own(view, today)), key=lambda one: bool(one.state))
        return render_template(
            "parents/consents.html",
            case_id=case_id,
            consents=asked,
            may_answer=view.case.is_open and _is_party(view, today),
            where=where_for(view, today, self._services.say()),
        )

    @needs(_ANSWER)
    def _answer(self, case_id: str, consent: str) -> AnyResponse:
        view, today = case_in_view(), self._services.today()
        found = next((one for one in _own(view, today) if one.asked.consent == consent), None) or abort(404)
        answer = request.form.get("svar", "")
        # The same once more is a double click; what cannot follow is a page from before another answer.
        if answer in _FROM[_state(found)]:
            self._services.store.cases.append(case_id, _answered(view, found, answer), view.actor, _ANSWER)
        elif answer != _state(found):
            abort(400)
        return redirect(url_for("parents.consents", case_id=case_id, _anchor=f"samtykke-{consent}"), _SEE_OTHER)


def _answered(view: CaseInView, consent: Consent, answer: str) -> Sequence[Event]:
    """The answer with how it is known who gave it, and the order to make it a sealed document."""
    proof = visitor().proof
    said = ConsentAnswered(consent.asked.consent, answer, proof.method.value, proof.level, proof.at)
    visit = max(view.case.visits.values(), key=lambda one: one.number, default=None)
    if visit is None:  # there is no edition to make a document with yet; the answer stands in the case all the same
        return (said,)
    about = about_answer(consent.asked.consent, len(consent.answers))
    return (said, DocumentOrdered(new_id(), CONSENT, visit.id, about))


def _own(view: CaseInView, day: date) -> tuple[Consent, ...]:
    """Those that the visitor was asked for, or whom the visitor speaks for; the others' are nobody else's business."""
    whose = {view.actor, speaks_for(view.case, view.actor, day)}
    return tuple(consent for consent in view.case.consents.values() if consent.asked.person_id in whose)


def _is_party(view: CaseInView, day: date) -> bool:
    whose = speaks_for(view.case, view.actor, day)
    return any(s.person_id == whose for s in view.case.standings_on(day, Place.PARENTAL_AUTHORITY))


def _state(consent: Consent) -> str:
    return consent.answers[-1][2] if consent.answers else ""


def _shown(view: CaseInView, consent: Consent, say: Speaker) -> AskedConsent:
    asked = consent.asked
    record = tuple((answer, say.moment(at), name_of(view.case, by)) for at, by, answer in consent.answers)
    state = _state(consent)
    kept = document_of_answer(view.case, asked.consent, len(consent.answers) - 1)
    day, document = say.day_of(consent.at), kept.file if kept else ""
    return AskedConsent(asked.consent, asked.source, asked.purpose, day, state, _FROM[state], record, document)
