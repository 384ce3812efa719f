"""A signed paper that came after the last day is taken in: the municipality says why, and the signature is set."""

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.events import Event
from pipeline.cases.record.history import name_of
from pipeline.cases.signing.events import SignedOnPaper
from pipeline.cases.signing.state import Late, Signing
from pipeline.cases.signing.who import may_come_late
from pipeline.danish import danish_date
from pipeline.documents.contents.signature_words import signed_on_paper
from pipeline.errors import TilsynError
from webforms.caseworkers.at_case import AtCase, at_case
from webforms.caseworkers.deeds import Remark
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.identity.marked import needs
from webforms.services import Services
from webforms.signing.follow_pages import follow_url, signing_in_view
from webforms.signing.opening import OPEN
from webforms.signing.paper_words import words_of_paper
from webforms.signing.sealed_signatures import SealedSignatures, Wanted, Written

_SEE_OTHER, _REFUSED = 303, 422
_PATH = "/sager/<case_id>/underskrifter/<signing>/<person>/tag-med"
_WORDS = "signing.take_in"


class LatePages:
    """The page.

    Args:
        services: what it works with.
        signatures: write the signature into the file and the case.
    """

    def __init__(self, services: Services, signatures: SealedSignatures) -> None:
        self._services, self._signatures = services, signatures

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(_PATH, "take_in", self._show, methods=["GET"])
        pages.add_url_rule(_PATH, "take_in_do", self._do, methods=["POST"])

    @needs(OPEN)
    def _show(self, case_id: str, signing: str, person: str) -> str:
        at = at_case(self._services, {"signing": signing, "person": person})
        return _page(at, _late(at, signing_in_view(at)), _form(at))

    @needs(OPEN)
    def _do(self, case_id: str, signing: str, person: str) -> AnyResponse | tuple[str, int]:
        at = at_case(self._services, {"signing": signing, "person": person})
        found = signing_in_view(at)
        if person in found.signatures:  # a double click
            return redirect(follow_url(at), _SEE_OTHER)
        late, form = _late(at, found), _form(at).with_typed(request.form)
        if not form.validate():
            return _page(at, late, form), _REFUSED
        try:
            self._signatures.write(_wanted(at, late, form.text("reason")))
        except TilsynError as problem:
            return _page(at, late, form, str(problem)), _REFUSED
        return redirect(follow_url(at), _SEE_OTHER)


def _late(at: AtCase, signing: Signing) -> Late:
    person = at.address["person"]
    found = signing.late.get(person) if may_come_late(signing, person, at.services.clock()) else None
    return found or abort(404)


def _form(at: AtCase) -> SmallForm:
    return SmallForm(_WORDS, (Ask("reason", Look.AREA, required=True, hint=True, rows=2),), at.say)


def _wanted(at: AtCase, late: Late, why: str) -> Wanted:
    paper = late.paper
    scan = at.case.documents[paper.scan].document

    def event(written: Written) -> Event:
        return SignedOnPaper(
            signing=paper.signing,
            person_id=paper.person_id,
            on=paper.on,
            scan=paper.scan,
            file=written.file,
            file_sha256=written.sha256,
            speaker=paper.speaker,
            acted_as=paper.acted_as,
            came=paper.came,
            taken_in=why,
        )

    words = words_of_paper(at, (paper.speaker, paper.acted_as), paper.on, scan.sha256, paper.came)
    return Wanted(
        case_id=at.view.id,
        signing=paper.signing,
        person_id=paper.person_id,
        by=at.view.actor,
        action=OPEN,
        received=at.services.clock(),
        reason=lambda _: signed_on_paper(words),
        event=event,
        is_late=True,
    )


def _page(at: AtCase, late: Late, form: SmallForm, fault: str = "") -> str:
    came = at.say(f"{_WORDS}.came", day=danish_date(late.paper.came))
    signed = at.say(f"{_WORDS}.signed", day=danish_date(late.paper.on))
    return render_template(
        "caseworkers/deed.html",
        at=at,
        heading=at.say(f"{_WORDS}.heading"),
        lead=at.say(f"{_WORDS}.lead"),
        press=at.say(f"{_WORDS}.press"),
        fault=fault,
        remarks=(Remark("info", f"{name_of(at.case, at.address['person'])}: {came}", signed),),
        form=form,
        problems=form.problems,
        back=follow_url(at),
    )
