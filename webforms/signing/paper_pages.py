"""A signature on paper comes into the case: the scan, the day it bears, who signed, and who registered it.

Scan and signature are written together or not at all. A paper that came after the last day is kept and shown; taking
it in is a decision of its own (late_pages.py).
"""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.hearing.who import may_read
from pipeline.cases.record.events import Event
from pipeline.cases.record.history import name_of
from pipeline.cases.record.people import Act, Place
from pipeline.cases.record.speaking_for import acts_as
from pipeline.cases.signing.events import PaperCameLate, SignedOnPaper
from pipeline.cases.signing.state import Signing
from pipeline.cases.signing.who import may_come_late, may_sign
from pipeline.danish import danish_date
from pipeline.deadlines.deadline import Deadline, start_of
from pipeline.documents.contents.signature_words import signed_on_paper
from pipeline.errors import TilsynError
from pipeline.intake.accepted import Accepted
from pipeline.intake.kinds import ACCEPT, MOST_BYTES
from pipeline.store.files import NewDocument
from webforms.caseworkers.at_case import AtCase, at_case
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.caseworkers.speaker_question import speaker_asks, speaker_in
from webforms.design.page import Problem
from webforms.files.taking_in import on_the_disk
from webforms.identity.marked import needs
from webforms.identity.pace import Pace
from webforms.inputs.danish_day import written_day
from webforms.services import Services
from webforms.signing.follow_pages import follow_url, signing_in_view
from webforms.signing.opening import OPEN
from webforms.signing.paper_words import words_of_paper
from webforms.signing.sealed_signatures import NotAnyMore, Scan, SealedSignatures, Wanted, Written, slot_of

_SEE_OTHER, _REFUSED = 303, 422
_PATH = "/sager/<case_id>/underskrifter/<signing>/<person>/paa-papir"
_FIELD, _KIND = "fil", "underskrift_paa_papir"
_FORM_AROUND = 64 * 1024


@dataclass(frozen=True)
class _Paper:
    """What the paper says.

    Attributes:
        on: the day that the signature bears.
        came: the day on which it came; asked for after the last day alone.
        speaker, acted_as: as in `SignedOnPaper`.
    """

    on: date
    came: date
    speaker: str
    acted_as: Place | None


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
        if not _is_awaited(at, signing_in_view(at)):
            abort(404)
        return _page(at, _form(at, signing_in_view(at)), "")

    @needs(OPEN, pace=Pace.UPLOADING, largest=MOST_BYTES + _FORM_AROUND)
    def _do(self, case_id: str, signing: str, person: str) -> AnyResponse | tuple[str, int]:
        at = at_case(self._services, {"signing": signing, "person": person})
        found, scan = signing_in_view(at), request.files.get(_FIELD)
        if person in found.signatures:  # a double click
            return redirect(follow_url(at), _SEE_OTHER)
        if not _is_awaited(at, found):
            abort(404)
        form = _form(at, found).with_typed(request.form)
        paper = _read(at, found, form)
        if paper is None or scan is None or not scan.filename:
            return _page(at, form, "" if scan and scan.filename else at.say("signing.paper.scan_missing")), _REFUSED
        try:
            self._take_in(at, found, paper, scan)
        except TilsynError as refusal:
            return _page(at, form, str(refusal)), _REFUSED
        return redirect(follow_url(at), _SEE_OTHER)

    def _take_in(self, at: AtCase, signing: Signing, paper: _Paper, scan: FileStorage) -> None:
        with on_the_disk(at.services, scan) as accepted:
            document = _document(at, signing, accepted)
            if _is_late(at, signing):
                _keep_late(at, signing, paper, Scan(accepted.path, document))
            else:
                self._signatures.write(_wanted(at, signing, paper, Scan(accepted.path, document)))


def _is_awaited(at: AtCase, signing: Signing) -> bool:
    return may_sign(signing, at.address["person"], at.services.clock()) or _is_late(at, signing)


def _is_late(at: AtCase, signing: Signing) -> bool:
    return may_come_late(signing, at.address["person"], at.services.clock())


def _form(at: AtCase, signing: Signing) -> SmallForm:
    today = (written_day(at.today),)
    asks = [
        *speaker_asks(at, at.address["person"], Act.SIGN),
        Ask("day", Look.DAY, required=True, hint=True, begins=today),
    ]
    if _is_late(at, signing):
        asks.append(Ask("came", Look.DAY, required=True, hint=True, begins=today))
    return SmallForm("signing.paper", asks, at.say)


def _read(at: AtCase, signing: Signing, form: SmallForm) -> _Paper | None:
    """What was typed: the paper's day is not before the document was made, and nothing is after today."""
    form.validate()
    day, came = form.day("day"), form.day("came") if form.asks("came") else at.today
    first = Deadline.at(signing.opened_at).day
    if day is not None and not first <= day <= at.today:
        form.refuse("day", "signing.paper.day_wrong", day=danish_date(first))
    if day is not None and came is not None and not day <= came <= at.today:
        form.refuse("came", "signing.paper.came_wrong")
    if form.problems or day is None or came is None:
        return None
    person = at.address["person"]
    speaker = speaker_in(form, person)
    return _Paper(day, came, speaker, acts_as(at.case, speaker, person, Act.SIGN, at.today) if speaker else None)


def _document(at: AtCase, signing: Signing, accepted: Accepted) -> NewDocument:
    person = at.address["person"]
    return NewDocument(
        kind=_KIND,
        title=at.say("signing.paper.scan_title"),
        original_name=accepted.original_name,
        media_type=accepted.media_type,
        visit=signing.opened.visit,
        slot=slot_of(signing.id),
        received_from=name_of(at.case, person),
        dated=at.today,
        seen_by=may_read(at.case, person, at.today, Act.SIGN),
    )


def _keep_late(at: AtCase, signing: Signing, paper: _Paper, scan: Scan) -> None:
    """Keep a paper that came after the last day; the same page once more is not kept again."""
    store, person = at.services.store, at.address["person"]
    with (
        scan.path.open("rb") as plain,
        store.files.making(at.view.id, plain, scan.document) as made,
        store.cases.change(at.view.id, at.view.actor, OPEN) as change,
    ):
        now = change.case.signings[signing.id]
        if not may_come_late(now, person, at.services.clock()):  # it was signed, or taken back, while this was sent
            raise NotAnyMore
        known = now.late.get(person)
        if known and change.case.documents[known.paper.scan].document.sha256 == made.facts.sha256:
            raise AlreadyThere
        made.tell(change, at.view.actor)
        late = PaperCameLate(signing.id, person, paper.on, paper.came, made.id, paper.speaker, paper.acted_as)
        change.add([late], at.view.actor)


class AlreadyThere(TilsynError):
    """The very page is in the case already; nothing of the second was kept."""

    def __init__(self) -> None:
        super().__init__("Den side ligger allerede i sagen. Du behøver ikke gøre mere.")


def _wanted(at: AtCase, signing: Signing, paper: _Paper, scan: Scan) -> Wanted:
    person = at.address["person"]

    def event(written: Written) -> Event:
        return SignedOnPaper(
            signing.id, person, paper.on, written.scan, written.file, written.sha256, paper.speaker, paper.acted_as
        )

    return Wanted(
        case_id=at.view.id,
        signing=signing.id,
        person_id=person,
        by=at.view.actor,
        action=OPEN,
        # What counts is the day that the paper was signed.
        received=max(start_of(paper.on), signing.opened_at),
        reason=lambda sha256: signed_on_paper(words_of_paper(at, (paper.speaker, paper.acted_as), paper.on, sha256)),
        event=event,
        scan=scan,
    )


def _page(at: AtCase, form: SmallForm, problem: str) -> str:
    problems = (*form.problems, *([Problem(_FIELD, problem)] if problem else []))
    return render_template(
        "signing/paper.html",
        at=at,
        who=name_of(at.case, at.address["person"]),
        is_late=_is_late(at, signing_in_view(at)),
        form=form,
        field=_FIELD,
        problem=problem,
        accept=ACCEPT,
        problems=problems,
        back=follow_url(at),
    )
