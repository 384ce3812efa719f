"""The addresses of the first page; `blueprint` is the whole table of them."""

from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.documents.kinds import PDF
from pipeline.errors import TilsynError
from webforms.identity.current import visitor_or_none
from webforms.identity.marked import open_to_all
from webforms.identity.pace import Pace
from webforms.identity.visitor import Visitor
from webforms.public.check_page import CheckPage
from webforms.public.demo_room import DemoRoom
from webforms.public.shelf import Known

_SEE_OTHER, _UNAVAILABLE = 303, 503
_FICTIONAL = "the cases are fictional and come with the program"
_RUNS = "whoever watches the server asks whether it runs; the answer says no more than that"


class PublicPages:
    """The pages and what they ask of the demo room.

    Args:
        demo: the fictional cases.
        home_of: where somebody who has signed in begins.
        check: the page on which anybody checks a document.
        is_demo: only a demo shows the fictional cases.
    """

    def __init__(self, demo: DemoRoom, home_of: Callable[[Visitor], str], check: CheckPage, *, is_demo: bool) -> None:
        self._demo, self._home_of, self._check, self._is_demo = demo, home_of, check, is_demo

    def blueprint(self) -> Blueprint:
        """Every address, with the methods it takes."""
        pages = Blueprint(
            "public", __name__, template_folder="templates", static_folder="static", static_url_path="/static/public"
        )
        pages.add_url_rule("/", "front", self._front, methods=["GET"])
        self._check.add_to(pages)
        if self._is_demo:
            pages.add_url_rule("/demo/<case>/dokumenter", "make", self._make, methods=["POST"])
            pages.add_url_rule("/demo/<case>/<file_name>", "file", self._file, methods=["GET"])
        # Browsers ask for this address by themselves when they show a PDF.
        pages.add_url_rule("/favicon.ico", "icon", lambda: pages.send_static_file("icon.svg"), methods=["GET"])
        pages.add_url_rule("/healthz/livez", "alive", self._alive, methods=["GET"])
        pages.add_url_rule("/healthz/readyz", "ready", self._ready, methods=["GET"])
        return pages

    @open_to_all("it leads on; in a demo it shows fictional cases that come with the program")
    def _front(self) -> AnyResponse | str:
        visitor = visitor_or_none()
        if visitor:
            return redirect(self._home_of(visitor), _SEE_OTHER)
        if not self._is_demo:
            return redirect(url_for("identity.sign_in"), _SEE_OTHER)
        return render_template("public/front.html", catalogue=self._demo.catalogue(), made=self._demo.made())

    @open_to_all(_FICTIONAL)
    def _make(self, case: str) -> AnyResponse:
        if case not in self._demo.names():
            abort(404)
        self._demo.make(case)
        return redirect(url_for("public.front", _anchor=case), _SEE_OTHER)

    @open_to_all(_FICTIONAL)
    def _file(self, case: str, file_name: str) -> AnyResponse:
        found = self._demo.file(case, file_name)
        if found is None:
            abort(404)
        try:
            return _handed_out(case, *found)
        except FileNotFoundError:  # new documents are taking its place at this very moment
            abort(404)

    @open_to_all(_RUNS, pace=Pace.UNLIMITED)
    def _alive(self) -> Response:
        return _plain("kører", 200)

    @open_to_all(_RUNS, pace=Pace.UNLIMITED)
    def _ready(self) -> Response:
        try:
            ready = self._demo.is_ready()
        except (TilsynError, OSError):
            ready = False
        return _plain("klar", 200) if ready else _plain("ikke klar", _UNAVAILABLE)


def _handed_out(case: str, path: Path, known: Known) -> Response:
    return send_file(
        path,
        mimetype=known.media_type,
        as_attachment=known.media_type != PDF,
        download_name=f"{case}-{known.file_name}",
        conditional=False,
        etag=False,
    )


def _plain(words: str, status: int) -> Response:
    response = make_response(f"{words}\n", status)
    response.mimetype = "text/plain"
    return response
