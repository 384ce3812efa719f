"""Puts the design into an application: its files and the language switch as addresses, its words into templates."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from webforms.design.icons import icons
from webforms.design.page import Frame
from webforms.design.static_files import StaticFiles
from webforms.design.words import DANISH, LANGUAGES, Speaker, Words

LANGUAGE_COOKIE = "sprog"
_A_YEAR = 365 * 24 * 60 * 60
_SEE_OTHER = 303


class Design:
    """The design of one application.

    Args:
        frame: gives what stands around the page of the current request.
        words: the words of the design and of the rooms; the design's alone by default.
    """

    def __init__(self, frame: Callable[[], Frame], words: Words | None = None) -> None:
        self._frame, self._files = frame, StaticFiles()
        words = words or Words()
        self._addresses: dict[tuple[str, str], str] = {}
        self._speakers = {language: words.speaker(language) for language in LANGUAGES}

    def install(self, app: Flask) -> None:
        """Give the application its addresses and its templates their vocabulary."""
        app.register_blueprint(self._blueprint())
        app.jinja_env.globals.update(
            word=self._word,
            told=lambda message: self.speaker().told(message),
            language=lambda: self.speaker().language,
            date_words=lambda day: self.speaker().day(day),
            moment_words=lambda moment: self.speaker().moment(moment),
            static_url=self.static_url,
            icon=icons(self._files),
        )
        app.context_processor(self._context)

    def speaker(self) -> Speaker:
        """Our own words in the language that this visitor has chosen."""
        speaker: Speaker | None = g.get("speaker")  # a page says thirty things, and looks at the cookie once
        if speaker is None:
            chosen = request.cookies.get(LANGUAGE_COOKIE, DANISH)
            speaker = g.speaker = self._speakers.get(chosen, self._speakers[DANISH])
        return speaker

    def static_url(self, name: str) -> str:
        """The address of a file, which changes when any file does.

        Raises:
            KeyError: no such file; a fault in a template.
        """
        known = request.script_root, name
        if known not in self._addresses:
            self._files[name]
            self._addresses[known] = url_for("design.static", digest=self._files.digest, name=name)
        return self._addresses[known]

    def _word(self, key: str, **values: object) -> str:
        return self.speaker()(key, **values)

    def _context(self) -> dict[str, Any]:
        # A page that shows no frame asks for none, and so gets no cookie for the frame's own forms.
        # The speaker itself: a page says thirty things, and need not ask each time in which language.
        return {"frame": _WhenAsked(self._frame_of_this_request), "here": _here(), "word": self.speaker()}

    def _frame_of_this_request(self) -> Frame:
        if "frame" not in g:
            g.frame = self._frame()
        frame: Frame = g.frame
        return frame

    def _blueprint(self) -> Blueprint:
        design = Blueprint("design", __name__, template_folder="templates")
        design.add_url_rule("/static/design/<digest>/<path:name>", "static", self._static, methods=["GET"])
        design.add_url_rule("/sprog", "language", self._choose_language, methods=["POST"])
        return design

    def _static(self, digest: str, name: str) -> Response:
        file = self._files.find(name)
        if file is None:
            abort(404)
        pack = bool(file.gzipped) and request.accept_encodings.best_match(["gzip"]) is not None
        response = Response(file.gzipped if pack else file.content, content_type=file.media_type)
        if pack:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        # A page from before an update may ask for what the folder held then; what it gets now it must not keep.
        is_current = digest == self._files.digest
        response.headers["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable" if is_current else "no-store"
        return response

    def _choose_language(self) -> AnyResponse:
        chosen = request.form.get("language", "")
        if chosen not in LANGUAGES:
            abort(400)
        response = redirect(_own_address(request.form.get("back", "")), _SEE_OTHER)
        response.set_cookie(
            LANGUAGE_COOKIE, chosen, max_age=_A_YEAR, secure=request.is_secure, httponly=True, samesite="Lax"
        )
        return response


class _WhenAsked:
    """A frame that is made when a page first shows something of it, and from then on is as quick as itself."""

    def __init__(self, make: Callable[[], Frame]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> Any:  # Python asks here only for what is not known yet
        frame = self._make()
        self.__dict__.update(vars(frame))
        return getattr(frame, name)


def _here() -> str:
    """The address of this page for coming back to it; one that takes no GET leads to the first page."""
    can_be_opened = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    return request.full_path.rstrip("?") if can_be_opened else "/"


def _own_address(back: str) -> str:
    """Where the visitor came from, but never another site: browsers read “//” and “/\\” as the start of a host."""
    is_ours = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if is_ours else "/"
