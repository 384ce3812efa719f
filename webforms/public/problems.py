"""When something cannot be done: one plain page with what happened and what to do next, and nothing of our inside."""

from dataclasses import dataclass

from flask import Flask, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    SecurityError,
)

from pipeline.errors import (
    AnswersError,
    DefinitionError,
    KeyringError,
    StepFailed,
    StoreUnavailable,
    Tampered,
    TemplateError,
    TilsynError,
)
from pipeline.store.refusals import CaseMovedOn, CaseNotFound, EventRefused, FileLost, HeardNow

_RETRY_SECONDS = "10"


@dataclass(frozen=True)
class Problem:
    """What the page says: words of the catalogue, `public.problem.<key>` and `…_text`.

    Attributes:
        message: what the pipeline said, in place of the catalogue's text.
        home_helps: where its link to the first page leads on.
    """

    key: str
    message: str = ""
    home_helps: bool = True


_OF_OURS: tuple[tuple[tuple[type[TilsynError], ...], str, int], ...] = (
    ((StoreUnavailable,), "store", 503),
    ((KeyringError, Tampered), "kept_otherwise", 500),
    ((CaseMovedOn, EventRefused), "moved_on", 409),
    ((HeardNow,), "heard", 409),
    ((CaseNotFound, FileLost), "gone", 404),
    ((StepFailed,), "not_made", 503),
    ((DefinitionError, TemplateError, AnswersError), "not_made", 422),
    ((TilsynError,), "impossible", 422),
)
_BY_KIND: tuple[tuple[type[HTTPException], Problem], ...] = (
    (SecurityError, Problem("other_address", home_helps=False)),
    (NotFound, Problem("not_found")),
    (MethodNotAllowed, Problem("not_here")),
    (RequestEntityTooLarge, Problem("too_much")),
    (InternalServerError, Problem("fault")),
    (HTTPException, Problem("impossible")),
)


def show_problems(app: Flask) -> None:
    """Answer every error with such a page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(TilsynError, _ours)


def _http(error: HTTPException) -> Response:
    problem = next(problem for kind, problem in _BY_KIND if isinstance(error, kind))
    response = _page(problem, error.code or InternalServerError.code)
    # Such as Allow, which a 405 must have (RFC 9110, 15.5.6).
    response.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
    return response


def _ours(error: TilsynError) -> Response:
    # Our messages name no person; what the database said stays behind the type of the error.
    current_app.logger.warning("%s: %s: %s", request.endpoint, type(error).__name__, error)
    can_help_to_wait = isinstance(error, StoreUnavailable) or (isinstance(error, StepFailed) and not error.permanent)
    key, status = next((key, status) for kinds, key, status in _OF_OURS if isinstance(error, kinds))
    response = _page(Problem(key, str(error)), status)
    if can_help_to_wait:
        response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def _page(problem: Problem, status: int) -> Response:
    return make_response(render_template("public/problem.html", problem=problem), status)
