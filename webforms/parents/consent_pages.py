"""Consents: each source that the municipality wants to ask, given, refused or withdrawn one by one, with its record."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.events import ConsentAnswered
from pipeline.cases.record.history import name_of
from pipeline.cases.record.parts import Consent
from pipeline.cases.record.people import Place
from webforms.design.words import Speaker
from webforms.identity.current import CaseInView, case_in_view
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
    """

    id: str
    source: str
    purpose: str
    asked: str
    state: str
    answers: tuple[str, ...]
    record: tuple[tuple[str, str, str], ...]


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
            self._services.store.cases.append(case_id, [ConsentAnswered(consent, answer)], view.actor, _ANSWER)
        elif answer != _state(found):
            abort(400)
        return redirect(url_for("parents.consents", case_id=case_id, _anchor=f"samtykke-{consent}"), _SEE_OTHER)


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
    return AskedConsent(asked.consent, asked.source, asked.purpose, say.day_of(consent.at), state, _FROM[state], record)
