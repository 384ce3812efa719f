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
    """What the page says; `home_helps` where its link to the first page leads on."""

    heading: str
    text: str
    home_helps: bool = True


_OF_OURS: tuple[tuple[tuple[type[TilsynError], ...], str, int], ...] = (
    ((StoreUnavailable,), "Der kan ikke gemmes eller hentes lige nu", 503),
    ((KeyringError, Tampered), "Noget af det gemte er ikke, som det skal være", 500),
    ((CaseMovedOn, EventRefused), "Sagen er ændret imens", 409),
    ((HeardNow,), "Rapporten er i høring", 409),
    ((CaseNotFound, FileLost), "Det findes ikke længere", 404),
    ((StepFailed,), "Dokumenterne blev ikke lavet", 503),
    ((DefinitionError, TemplateError, AnswersError), "Dokumenterne blev ikke lavet", 422),
    ((TilsynError,), "Det kunne ikke lade sig gøre", 422),
)
_BY_KIND: tuple[tuple[type[HTTPException], Problem], ...] = (
    (
        SecurityError,
        Problem(
            "Adressen kan ikke bruges",
            "Systemet svarer ikke på den adresse, der står i browseren. "
            "Brug den adresse, der blev vist, da systemet blev startet.",
            home_helps=False,
        ),
    ),
    (NotFound, Problem("Siden findes ikke", "Måske er dokumentet ikke lavet endnu. Gå til forsiden, og find det dér.")),
    (
        MethodNotAllowed,
        Problem("Det kan denne adresse ikke", "Gå til forsiden, og brug knapperne og linkene dér."),
    ),
    (
        RequestEntityTooLarge,
        Problem("Der blev sendt for meget", "Intet er gemt. Gå til forsiden, og prøv igen derfra."),
    ),
    (
        InternalServerError,
        Problem(
            "Der er sket en fejl i systemet",
            "Prøv igen om lidt. Sker det igen, så giv besked til den, der driver systemet, og fortæl, hvad du gjorde.",
        ),
    ),
    (HTTPException, Problem("Det kunne ikke lade sig gøre", "Intet er lavet. Gå til forsiden, og prøv igen derfra.")),
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
    heading, status = next((heading, status) for kinds, heading, status in _OF_OURS if isinstance(error, kinds))
    response = _page(Problem(heading, str(error)), status)
    if can_help_to_wait:
        response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def _page(problem: Problem, status: int) -> Response:
    return make_response(render_template("public/problem.html", problem=problem), status)
