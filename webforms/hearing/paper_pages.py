"""An answer on paper comes into the case: the scan, the day it came, and its words typed in beside it."""

from datetime import datetime, time

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.hearing.events import AnswerOnPaperRegistered, Capacity, Told
from pipeline.cases.hearing.state import Hearing
from pipeline.cases.hearing.who import may_read
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import Event
from pipeline.cases.record.history import name_of
from pipeline.cases.record.people import Act
from pipeline.cases.record.speaking_for import acts_as
from pipeline.danish import COPENHAGEN, danish_date
from pipeline.errors import StoreUnavailable
from pipeline.intake.accepted import Accepted
from pipeline.intake.kinds import ACCEPT, MOST_BYTES
from pipeline.intake.refusals import FileRefused
from pipeline.store.clock import new_id
from pipeline.store.files import NewDocument
from webforms.caseworkers.at_case import AtCase, at_case
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.caseworkers.speaker_question import speaker_asks, speaker_in
from webforms.design.page import Option, Problem
from webforms.files.taking_in import on_the_disk
from webforms.hearing.at_visit import hearing_in_address, hearing_url
from webforms.hearing.attachments import slot_of
from webforms.hearing.opening import OPEN
from webforms.hearing.questions import FACES, Question, questions_of_child, questions_of_party
from webforms.hearing.typed import PREFIX, remarks_of, typed_in_form
from webforms.identity.marked import needs
from webforms.identity.pace import Pace
from webforms.inputs.danish_day import written_day
from webforms.services import Services

_SEE_OTHER, _REFUSED = 303, 422
_PATH = "/sager/<case_id>/besoeg/<visit>/hoering/<hearing>/paa-papir"
_FIELD, _KIND = "fil", "hoeringssvar_paa_papir"
_FORM_AROUND = 64 * 1024


class PaperPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(_PATH, "paper", self._show, methods=["GET"])
        pages.add_url_rule(_PATH, "paper_do", self._do, methods=["POST"])

    @needs(OPEN)
    def _show(self, case_id: str, visit: str, hearing: str) -> str:
        at = at_case(self._services, {"visit": visit, "hearing": hearing})
        return _page(at, _form(at, _open_hearing(at)), "")

    @needs(OPEN, pace=Pace.UPLOADING, largest=MOST_BYTES + _FORM_AROUND)
    def _do(self, case_id: str, visit: str, hearing: str) -> AnyResponse | tuple[str, int]:
        at = at_case(self._services, {"visit": visit, "hearing": hearing})
        found = _open_hearing(at)
        form = _form(at, found).with_typed(request.form)
        received, scan = _received(at, found, form), request.files.get(_FIELD)
        problem = "" if scan and scan.filename else at.say("hearing.paper.scan_missing")
        if received is None or problem or scan is None:
            return _page(at, form, problem), _REFUSED
        try:
            answer = _register(at, found, form, received, scan)
        except _AlreadyThere:
            return redirect(hearing_url(at, "follow"), _SEE_OTHER)
        except (FileRefused, StoreUnavailable) as refusal:
            return _page(at, form, str(refusal)), _REFUSED
        self._services.engine.run_now(case_id, "document", answer)
        return redirect(hearing_url(at, "follow"), _SEE_OTHER)


def _open_hearing(at: AtCase) -> Hearing:
    hearing = hearing_in_address(at)
    return abort(404) if hearing.withdrawn else hearing


def _questions(at: AtCase, hearing: Hearing) -> tuple[Question, ...]:
    is_child = hearing.opened.capacity is Capacity.CHILD
    return questions_of_child(at.say) if is_child else questions_of_party(at.say)


def _form(at: AtCase, hearing: Hearing) -> SmallForm:
    asks = [
        *speaker_asks(at, hearing.opened.person_id, Act.HEARING),
        Ask("day", Look.DAY, required=True, hint=True, begins=(written_day(at.today),)),
    ]
    faces = tuple(Option(face, at.say(f"hearing.face_{face}")) for face in FACES)
    for question in _questions(at, hearing):
        look = Look.RADIOS if question.is_faces else Look.AREA
        options = faces if question.is_faces else ()
        asks.append(Ask(PREFIX + question.key, look, options=options, rows=2, label=question.title))
    return SmallForm("hearing.paper", asks, at.say)


def _received(at: AtCase, hearing: Hearing, form: SmallForm) -> datetime | None:
    """When it came: the day counts, so an answer that came on the last day is in time; none came before the hearing."""
    form.validate()
    day, first = form.day("day"), hearing.opened_at.astimezone(COPENHAGEN).date()
    if day is not None and day > at.today:
        form.refuse("day", "hearing.paper.day_later")
    if day is not None and day < first:
        form.refuse("day", "hearing.paper.day_before", day=danish_date(first))
    if form.problems or day is None:
        return None
    return max(datetime.combine(day, time(12), COPENHAGEN), hearing.opened_at)


def _register(at: AtCase, hearing: Hearing, form: SmallForm, received: datetime, scan: FileStorage) -> str:
    """Keep scan and answer together or not at all; the same page once more is the same answer.

    Returns:
        the answer's id.
    """
    store = at.services.store
    with (
        on_the_disk(at.services, scan) as accepted,
        accepted.path.open("rb") as plain,
        store.files.making(at.view.id, plain, _document(at, hearing, accepted)) as made,
        store.cases.change(at.view.id, at.view.actor, OPEN) as change,
    ):
        if _is_known(change.case, hearing.id, made.facts.sha256):
            raise _AlreadyThere
        answer = new_id()
        made.tell(change, at.view.actor)
        change.add(_answer(at, hearing, form, received, (answer, made.id)), at.view.actor)
    return answer


def _answer(
    at: AtCase, hearing: Hearing, form: SmallForm, received: datetime, ids: tuple[str, str]
) -> tuple[Event, ...]:
    answer, file = ids
    person, questions = hearing.opened.person_id, _questions(at, hearing)
    remarks = remarks_of(typed_in_form(request.form, questions), questions, hearing.id, answer, Told.ON_PAPER)
    speaker = speaker_in(form, person)
    place = acts_as(at.case, speaker, person, Act.HEARING, at.today) if speaker else None
    return (*remarks, AnswerOnPaperRegistered(hearing.id, answer, received, file, speaker, place))


def _is_known(case: Case, hearing: str, sha256: str) -> bool:
    """Whether the scan of an answer is this very file."""
    scans = (one.scan for one in case.hearings.by_id[hearing].answers if one.scan)
    return any(case.documents[scan].document.sha256 == sha256 for scan in scans)


class _AlreadyThere(Exception):
    """The same page was sent twice; nothing of the second is kept."""


def _document(at: AtCase, hearing: Hearing, accepted: Accepted) -> NewDocument:
    return NewDocument(
        kind=_KIND,
        title=at.say("hearing.paper.scan_title"),
        original_name=accepted.original_name,
        media_type=accepted.media_type,
        visit=hearing.opened.visit,
        slot=slot_of(hearing.id),
        received_from=name_of(at.case, hearing.opened.person_id),
        dated=at.today,
        seen_by=may_read(at.case, hearing.opened.person_id, at.today, Act.HEARING),
    )


def _page(at: AtCase, form: SmallForm, problem: str) -> str:
    problems = (*form.problems, *([Problem(_FIELD, problem)] if problem else []))
    return render_template(
        "hearing/paper.html",
        at=at,
        who=name_of(at.case, hearing_in_address(at).opened.person_id),
        form=form,
        field=_FIELD,
        problem=problem,
        accept=ACCEPT,
        problems=problems,
        back=hearing_url(at, "follow"),
    )
