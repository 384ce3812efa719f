"""A signature on paper comes into the case: the scan, the day it bears, and who registered it."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.hearing.who import may_read
from pipeline.cases.record.events import Event
from pipeline.cases.record.history import name_of
from pipeline.cases.signing.events import SignedOnPaper
from pipeline.cases.signing.state import Signing
from pipeline.cases.signing.who import may_sign
from pipeline.danish import danish_date
from pipeline.deadlines.deadline import Deadline, start_of
from pipeline.documents.contents.signature_words import signed_on_paper
from pipeline.errors import TilsynError
from pipeline.intake.kinds import ACCEPT, MOST_BYTES
from pipeline.store.files import NewDocument
from webforms.caseworkers.at_case import AtCase, at_case
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Problem
from webforms.files.taking_in import on_the_disk
from webforms.identity.marked import needs
from webforms.identity.pace import Pace
from webforms.inputs.danish_day import written_day
from webforms.services import Services
from webforms.signing.follow_pages import follow_url
from webforms.signing.opening import OPEN
from webforms.signing.sealed_signatures import SealedSignatures, Wanted, slot_of

_SEE_OTHER, _REFUSED = 303, 422
_PATH = "/sager/<case_id>/underskrifter/<signing>/<person>/paa-papir"
_FIELD, _KIND = "fil", "underskrift_paa_papir"
_FORM_AROUND = 64 * 1024


class PaperPages:
    """The page.

    Args:
        services: what it works with.
        signatures: write the signature into the file and the case.
    """

    def __init__(self, services: Services, signatures: SealedSignatures) -> None:
        self._services, self._signatures = services, signatures

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(_PATH, "paper", self._show, methods=["GET"])
        pages.add_url_rule(_PATH, "paper_do", self._do, methods=["POST"])

    @needs(OPEN)
    def _show(self, case_id: str, signing: str, person: str) -> str:
        at = at_case(self._services, {"signing": signing, "person": person})
        _awaited(at)
        return _page(at, _form(at), "")

    @needs(OPEN, pace=Pace.UPLOADING, largest=MOST_BYTES + _FORM_AROUND)
    def _do(self, case_id: str, signing: str, person: str) -> AnyResponse | tuple[str, int]:
        at = at_case(self._services, {"signing": signing, "person": person})
        found, form, scan = _awaited(at), _form(at).with_typed(request.form), request.files.get(_FIELD)
        on = _day(at, found, form)
        if on is None or scan is None or not scan.filename:
            return _page(at, form, "" if scan and scan.filename else at.say("signing.paper.scan_missing")), _REFUSED
        try:
            self._signatures.write(_wanted(at, found, on, _kept(at, found, scan)))
        except TilsynError as refusal:
            return _page(at, form, str(refusal)), _REFUSED
        return redirect(follow_url(at), _SEE_OTHER)


def _awaited(at: AtCase) -> Signing:
    found = at.case.signings.get(at.address["signing"])
    return found if found and may_sign(found, at.address["person"], at.services.clock()) else abort(404)


def _form(at: AtCase) -> SmallForm:
    ask = Ask("day", Look.DAY, required=True, hint=True, begins=(written_day(at.today),))
    return SmallForm("signing.paper", (ask,), at.say)


def _day(at: AtCase, signing: Signing, form: SmallForm) -> date | None:
    """The day that the paper bears: not before the document was made, not after today."""
    form.validate()
    day = form.day("day")
    first = Deadline.at(signing.opened_at).day
    if day is not None and not first <= day <= at.today:
        form.refuse("day", "signing.paper.day_wrong", day=danish_date(first))
    return None if form.problems else day


def _kept(at: AtCase, signing: Signing, scan: FileStorage) -> str:
    person = at.address["person"]
    with on_the_disk(at.services, scan) as accepted, accepted.path.open("rb") as plain:
        document = NewDocument(
            kind=_KIND,
            title=at.say("signing.paper.scan_title"),
            original_name=accepted.original_name,
            media_type=accepted.media_type,
            visit=signing.opened.visit,
            slot=slot_of(signing.id),
            received_from=name_of(at.case, person),
            dated=at.today,
            seen_by=may_read(at.case, person, at.today),
        )
        return at.services.store.files.keep(at.view.id, plain, document, at.view.actor, OPEN)


def _wanted(at: AtCase, signing: Signing, on: date, scan: str) -> Wanted:
    person = at.address["person"]
    scan_sha256 = at.afresh().case.documents[scan].document.sha256

    def event(file: str, file_sha256: str) -> Event:
        return SignedOnPaper(signing.id, person, on, scan, file, file_sha256)

    return Wanted(
        case_id=at.view.id,
        signing=signing.id,
        person_id=person,
        by=at.view.actor,
        action=OPEN,
        # What counts is the day that the paper was signed.
        received=max(start_of(on), signing.opened_at),
        reason=signed_on_paper(name_of(at.case, person), on, scan_sha256, name_of(at.case, at.view.actor)),
        event=event,
    )


def _page(at: AtCase, form: SmallForm, problem: str) -> str:
    problems = (*form.problems, *([Problem(_FIELD, problem)] if problem else []))
    return render_template(
        "signing/paper.html",
        at=at,
        who=name_of(at.case, at.address["person"]),
        form=form,
        field=_FIELD,
        problem=problem,
        accept=ACCEPT,
        problems=problems,
        back=follow_url(at),
    )
