"""The last steps of an answer: look it over, lay files with it, confirm it, and keep the receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.hearing.answer_document import document_of
from pipeline.cases.hearing.state import Answer
from pipeline.intake.kinds import ACCEPT, MOST_BYTES
from pipeline.store.clock import new_id
from webforms.design.page import Line, Problem
from webforms.files.beforehand import told_beforehand
from webforms.hearing.at_hearing import AtHearing, at_hearing
from webforms.hearing.attachments import FIELD, attachments_waiting, keep_attachments
from webforms.hearing.confirming import confirm, is_answer_id
from webforms.hearing.party_pages import ANSWER, PATH, READ, answering, questions_of, read_page
from webforms.hearing.questions import FACES, Question, title_of
from webforms.hearing.typed import problems_of, typed_in_draft
from webforms.identity.marked import needs
from webforms.identity.pace import Pace
from webforms.services import Services

_SEE_OTHER, _CONFLICT, _REFUSED = 303, 409, 422
_LOOKED_OVER, _ID, _TITLE = "set", "svar", "titel"
_FORM_AROUND = 64 * 1024


@dataclass(frozen=True)
class Hitch:
    """What keeps a look at the answer from being the last one.

    Attributes:
        is_changed: the words have changed since they were looked over.
    """

    is_changed: bool = False
    problems: Sequence[Problem] = ()


class ConfirmPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(f"{PATH}/filer", "attach", self._attach, methods=["POST"])
        pages.add_url_rule(f"{PATH}/tjek", "check", self._check, methods=["GET"])
        pages.add_url_rule(f"{PATH}/svar", "confirm", self._confirm, methods=["POST"])
        pages.add_url_rule(f"{PATH}/kvittering/<answer>", "receipt", self._receipt, methods=["GET"])

    @needs(ANSWER, pace=Pace.UPLOADING, largest=MOST_BYTES + _FORM_AROUND)
    def _attach(self, case_id: str, hearing: str) -> AnyResponse | tuple[str, int]:
        at = answering(self._services, hearing)
        sent = [file for file in request.files.getlist(FIELD) if file.filename]
        refused = keep_attachments(at, sent, request.form.get(_TITLE, ""))
        if refused:
            hitch = Hitch(problems=[Problem(FIELD, words) for words in refused])
            return _checked(_afresh(at), hitch), _REFUSED
        return redirect(at.url("check"), _SEE_OTHER)

    @needs(READ)
    def _check(self, case_id: str, hearing: str) -> str:
        return _checked(at_hearing(self._services, hearing), Hitch())

    @needs(ANSWER)
    def _confirm(self, case_id: str, hearing: str) -> AnyResponse | tuple[str, int]:
        at = answering(self._services, hearing)
        answer = request.form.get(_ID, "")
        if not is_answer_id(answer):
            abort(400)
        if any(known.id == answer for known in at.hearing.answers):  # a double click, or back and again
            return redirect(at.url("receipt", answer=answer), _SEE_OTHER)
        typed = typed_in_draft(at.draft())
        if typed.digest != request.form.get(_LOOKED_OVER, ""):
            return _checked(at, Hitch(is_changed=True)), _CONFLICT
        problems = problems_of(typed, questions_of(at), self._services.say())
        if problems:
            return read_page(at, typed, problems), _REFUSED
        confirm(at, typed, questions_of(at), answer)
        # The answer has come in, whatever becomes of its document; the receipt shows it where it could be made at once.
        self._services.engine.run_now(case_id, "document", answer)
        return redirect(at.url("receipt", answer=answer), _SEE_OTHER)

    @needs(READ)
    def _receipt(self, case_id: str, hearing: str, answer: str) -> str:
        return _received(at_hearing(self._services, hearing), answer)


def _checked(at: AtHearing, hitch: Hitch) -> str:
    typed = typed_in_draft(at.draft())
    return render_template(
        "hearing/check.html",
        at=at,
        said=[_line(at, question, typed.answers) for question in questions_of(at) if question.key in typed.answers],
        typed=typed,
        attachments=attachments_waiting(at),
        is_changed=hitch.is_changed,
        answer=new_id(),
        accept=ACCEPT,
        beforehand=tuple(told_beforehand(at.services.say())),
        field=FIELD,
        problems=hitch.problems,
        where=at.where,
    )


def _line(at: AtHearing, question: Question, answers: Mapping[str, str]) -> Line:
    said = answers[question.key]
    words = at.services.say()(f"hearing.face_{said}") if question.is_faces and said in FACES else said
    address = f"{at.url('read')}#{question.control}" if at.may_answer else ""
    return Line(question.title, words, address)


def _received(at: AtHearing, answer: str) -> str:
    found, say = _own_answer(at, answer), at.services.say()
    return render_template(
        "hearing/receipt.html",
        at=at,
        answer=found,
        in_time=at.hearing.is_in_time(found),
        remarks=[Line(title_of(remark.section, say), remark.text) for remark in found.remarks],
        attachments=[at.case.documents[file].document for file in found.attachments if file in at.case.documents],
        received=say.moment(found.received),
        document=document_of(at.case, answer),
        where=at.where,
    )


def _own_answer(at: AtHearing, answer: str) -> Answer:
    return next((one for one in at.own_answers if one.id == answer), None) or abort(404)


def _afresh(at: AtHearing) -> AtHearing:
    return replace(at, view=replace(at.view, case=at.services.store.cases.case(at.view.id)))
