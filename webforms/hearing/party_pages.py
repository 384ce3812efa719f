"""The hearing as a person who is heard reads it: the report part by part, and room for a remark at each."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from webforms.design.page import Option, Problem
from webforms.hearing.at_hearing import AtHearing, at_hearing
from webforms.hearing.own_hearings import own_hearings
from webforms.hearing.questions import FACES, Question, questions_of_child, questions_of_party
from webforms.hearing.typed import Typed, problems_of, typed_in_draft, typed_in_form
from webforms.identity.current import case_in_view
from webforms.identity.marked import needs
from webforms.services import Services
from webforms.whereabouts import where_for

READ, ANSWER = "hearing.read", "hearing.answer"
PATH = "/sager/<case_id>/hoering/<hearing>"
_COUNT, _COUNTED = "_draft", "X-Autosave"
_SEE_OTHER, _CONFLICT, _REFUSED = 303, 409, 422


class PartyPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule("/sager/<case_id>/hoering", "own", self._own, methods=["GET"])
        pages.add_url_rule(PATH, "read", self._read, methods=["GET"])
        pages.add_url_rule(PATH, "write", self._write, methods=["POST"])
        pages.add_url_rule(f"{PATH}/kladde", "keep", self._keep, methods=["POST"])

    @needs(READ)
    def _own(self, case_id: str) -> str:
        view, today = case_in_view(), self._services.today()
        return render_template(
            "hearing/own.html",
            case_id=case_id,
            hearings=own_hearings(view, today, self._services.clock(), self._services.say()),
            where=where_for(view, today, self._services.say()),
        )

    @needs(READ)
    def _read(self, case_id: str, hearing: str) -> str:
        at = at_hearing(self._services, hearing)
        return read_page(at, typed_in_draft(at.draft()))

    @needs(ANSWER)
    def _write(self, case_id: str, hearing: str) -> AnyResponse | tuple[str, int]:
        at = answering(self._services, hearing)
        typed = typed_in_form(request.form, questions_of(at))
        drafts = self._services.store.drafts
        drafts.keep(at.draft_of, drafts.count(at.draft_of) + 1, typed.as_words(), ANSWER)
        problems = problems_of(typed, questions_of(at), self._services.say())
        if problems:
            return read_page(at, typed, problems), _REFUSED
        return redirect(at.url("check"), _SEE_OTHER)

    @needs(ANSWER)
    def _keep(self, case_id: str, hearing: str) -> AnyResponse:
        at = answering(self._services, hearing)
        typed = typed_in_form(request.form, questions_of(at))
        count = _number(request.form.get(_COUNT, "")) + _number(request.headers.get(_COUNTED, ""))
        if not self._services.store.drafts.keep(at.draft_of, count, typed.as_words(), ANSWER):
            return _told("older", _CONFLICT)  # another window of the same person is ahead
        return jsonify(based_on={})


def answering(services: Services, hearing: str) -> AtHearing:
    """The hearing that the address names, for somebody who sends; 404 where nothing can be sent any more."""
    at = at_hearing(services, hearing)
    return at if at.may_answer else abort(404)


def questions_of(at: AtHearing) -> tuple[Question, ...]:
    """What the hearing asks."""
    say = at.services.say()
    return questions_of_child(say) if at.is_child else questions_of_party(say)


def read_page(at: AtHearing, typed: Typed, problems: Sequence[Problem] = ()) -> str:
    """The report with what was typed so far; a child's hearing has a page of its own."""
    say = at.services.say()
    questions = questions_of(at)
    return render_template(
        f"hearing/{'child' if at.is_child else 'read'}.html",
        at=at,
        parts=() if at.is_child else at.parts(),
        typed=typed,
        questions=questions,
        question={question.key: question for question in questions},
        faces=tuple(Option(face, say(f"hearing.face_{face}")) for face in FACES),
        count=at.services.store.drafts.count(at.draft_of),
        problems=problems,
        errors={problem.place: problem.words for problem in problems},
        moment=say.moment,
        where=at.where,
    )


def _told(problem: str, status: int) -> Response:
    response = jsonify(problem=problem)
    response.status_code = status
    return response


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000000000000") else 0
