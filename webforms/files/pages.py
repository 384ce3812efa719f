"""The addresses for files: a page to send them from, and each kept file as a download."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from flask import Blueprint, Flask, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.intake.accepted import Change
from pipeline.intake.kinds import ACCEPT, MOST_BYTES
from pipeline.intake.names import shown
from webforms.design.page import Problem
from webforms.files.beforehand import told_beforehand
from webforms.files.handing_out import handed_out
from webforms.files.on_their_way import keep_in
from webforms.files.taking_in import About, TakenIn, take_in
from webforms.files.who_sees_files import may_open, open_to
from webforms.identity.current import case_in_view, visitor
from webforms.identity.decision import allowed
from webforms.identity.marked import needs
from webforms.identity.pace import Pace
from webforms.services import Services
from webforms.whereabouts import where_for

_SEE_OTHER, _REFUSED, _UNAVAILABLE = 303, 422, 503
_FORM_AROUND = 64 * 1024
_FIELD = "filer"
_MOST_AT_ONCE = 10


class FilePages:
    """The pages.

    Args:
        services: hold the files and the gateway that they come in through.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def blueprint(self) -> Blueprint:
        """Every address."""
        pages = Blueprint("files", __name__, template_folder="templates")
        pages.record_once(lambda state: keep_in(cast(Flask, state.app), self._services.private))
        pages.add_url_rule("/sager/<case_id>/filer", "files", self._list, methods=["GET"])
        pages.add_url_rule("/sager/<case_id>/filer", "upload", self._upload, methods=["POST"])
        pages.add_url_rule("/sager/<case_id>/fil/<file_id>", "file", self._file, methods=["GET"])
        return pages

    @needs("document.read")
    def _list(self, case_id: str) -> str:
        received = request.args.get("modtaget", "")
        names = request.args.getlist("aendret")
        changes = tuple(change for change in Change if change.name in names)
        kept = int(received) if received.isascii() and received.isdecimal() and len(received) < len("100") else 0
        return self._page(TakenIn(kept, changes), About(), ())

    @needs("document.add", pace=Pace.UPLOADING, largest=MOST_BYTES + _FORM_AROUND)
    def _upload(self, case_id: str) -> AnyResponse | tuple[str, int]:
        view, say = case_in_view(), self._services.say()
        about = About.posted(request.form, view.case, self._services.today())
        sent = [file for file in request.files.getlist(_FIELD) if file.filename]
        done = take_in(self._services, view, sent[:_MOST_AT_ONCE], about)
        problems = [Problem(_FIELD, words) for words in done.refused]
        if not sent:
            problems.append(Problem(_FIELD, say("files.none")))
        if len(sent) > _MOST_AT_ONCE:
            problems.append(Problem(_FIELD, say("files.too_many", most=_MOST_AT_ONCE, rest=len(sent) - _MOST_AT_ONCE)))
        if problems:
            return self._page(done, about, problems), _UNAVAILABLE if done.is_full else _REFUSED
        changes = [change.name for change in done.changes]
        told = url_for("files.files", case_id=case_id, modtaget=done.kept, aendret=changes)
        return redirect(about.back or told, _SEE_OTHER)

    @needs("document.read")
    def _file(self, case_id: str, file_id: str) -> Response:
        view = case_in_view()
        kept = view.case.documents.get(file_id)
        if kept is None or not may_open(view, kept, self._services.today()):
            abort(404)
        return handed_out(self._services, case_id, kept)

    def _page(self, done: TakenIn, about: About, problems: Sequence[Problem]) -> str:
        """The page as it is after a post, too: with the case as it stands now, and what was typed."""
        view, today = case_in_view(), self._services.today()
        case = self._services.store.cases.case(view.id) if done.kept else view.case
        listed = open_to(replace(view, case=case), today)
        return render_template(
            "files/files.html",
            case_id=view.id,
            files=[(kept, shown(kept.document.title), self._services.say().day_of(kept.at)) for kept in listed],
            done=done,
            about=about,
            may_send=allowed(visitor(), "document.add", case, today, view.id).granted,
            beforehand=tuple(told_beforehand(self._services.say())),
            accept=ACCEPT,
            field=_FIELD,
            problems=problems,
            where=where_for(replace(view, case=case), today, self._services.say()),
        )
