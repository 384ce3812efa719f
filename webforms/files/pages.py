"""The addresses for files: a page to send them from, and each kept file as a download."""

from pathlib import Path
from secrets import token_hex

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from pipeline.danish import danish_day
from pipeline.intake.accepted import Accepted
from pipeline.intake.kinds import ACCEPT, MOST_BYTES, told_beforehand
from pipeline.intake.names import content_disposition, download_name, shown
from pipeline.intake.refusals import FileRefused
from pipeline.store.files import NewDocument
from webforms.design.page import Problem
from webforms.files.who_sees_files import may_open, open_to
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs
from webforms.identity.own_address import own_address
from webforms.identity.pace import Pace
from webforms.services import Services
from webforms.whereabouts import where_is

_SEE_OTHER, _REFUSED = 303, 422
_FORM_AROUND = 64 * 1024
_FIELD = "filer"
_MOST_AT_ONCE = 10
_KIND = "bilag"


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
        pages.add_url_rule("/sager/<case_id>/filer", "files", self._list, methods=["GET"])
        pages.add_url_rule("/sager/<case_id>/filer", "upload", self._upload, methods=["POST"])
        pages.add_url_rule("/sager/<case_id>/fil/<file_id>", "file", self._file, methods=["GET"])
        return pages

    @needs("document.read")
    def _list(self, case_id: str) -> str:
        return self._page(())

    @needs("document.add", pace=Pace.UPLOADING, largest=MOST_BYTES + _FORM_AROUND)
    def _upload(self, case_id: str) -> AnyResponse | tuple[str, int]:
        """Each file by itself: one that is refused does not hold back the others."""
        view, problems, kept = case_in_view(), [], 0
        sent = [file for file in request.files.getlist(_FIELD) if file.filename]
        if not sent:
            problems.append(Problem(_FIELD, self._services.say()("files.none")))
        if len(sent) > _MOST_AT_ONCE:
            problems.append(Problem(_FIELD, self._services.say()("files.too_many", most=_MOST_AT_ONCE)))
        for file in sent[:_MOST_AT_ONCE]:
            try:
                self._take_in(view, file)
                kept += 1
            except FileRefused as refusal:
                problems.append(Problem(_FIELD, f"{shown(file.filename or '')}: {refusal}"))
        if problems:
            return self._page(tuple(problems)), _REFUSED
        back = own_address(request.form.get("til", "")) if request.form.get("til") else ""
        return redirect(back or url_for("files.files", case_id=case_id, modtaget=kept), _SEE_OTHER)

    def _take_in(self, view: CaseInView, file: FileStorage) -> None:
        path = self._services.private / token_hex(16)
        try:
            file.save(path)
            accepted = self._services.gateway.accept(path, file.filename or "")
            self._keep(view, accepted)
        finally:
            path.unlink(missing_ok=True)

    def _keep(self, view: CaseInView, accepted: Accepted) -> None:
        told = NewDocument(
            kind=_KIND,
            title=request.form.get("titel", "").strip() or shown(accepted.original_name),
            original_name=accepted.original_name,
            media_type=accepted.media_type,
            visit=_known(request.form.get("besoeg", ""), view.case.visits),
            slot=request.form.get("plads", "")[:_LONGEST_SLOT],
            received_from=_name(view),
            dated=self._services.today(),
        )
        with Path(accepted.path).open("rb") as plain:
            self._services.store.files.keep(view.id, plain, told, view.actor, "document.add")

    @needs("document.read")
    def _file(self, case_id: str, file_id: str) -> Response:
        view = case_in_view()
        kept = view.case.documents.get(file_id)
        if kept is None or not may_open(view, kept):
            abort(404)
        # It is known to be whole before the first byte leaves, so a damaged file is a page that says so.
        opened = self._services.store.files.open(case_id, file_id)
        response = Response(iter(lambda: opened.read(_CHUNK), b""), mimetype=kept.document.media_type)
        response.call_on_close(opened.close)
        response.headers["Content-Length"] = str(kept.document.size)
        name = download_name(kept.document.title, _BY_TYPE.get(kept.document.media_type, ""))
        response.headers["Content-Disposition"] = content_disposition(name)
        return response

    def _page(self, problems: tuple[Problem, ...]) -> str:
        view = case_in_view()
        return render_template(
            "files/files.html",
            case_id=view.id,
            files=[(kept, danish_day(kept.at)) for kept in open_to(view)],
            received=request.args.get("modtaget", "") if request.method == "GET" else "",
            beforehand=tuple(told_beforehand()),
            accept=ACCEPT,
            field=_FIELD,
            problems=problems,
            where=where_is(view.case, self._services.today(), self._services.say()),
        )


_CHUNK = 64 * 1024
_LONGEST_SLOT = 120


def _known(visit: str, visits: object) -> str:
    return visit if isinstance(visits, dict) and visit in visits else ""


def _name(view: CaseInView) -> str:
    person = view.case.people.get(view.actor)
    return person.name if person else ""


_BY_TYPE = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "text/plain": ".txt",
    "application/json": ".json",
}
