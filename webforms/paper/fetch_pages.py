"""Fetch the form: the sections that the visitor may fill, as PDF, Word or Excel."""

from collections.abc import Collection
from pathlib import Path
from secrets import token_hex
from types import MappingProxyType

from flask import Blueprint, Response, abort, request

from pipeline.errors import AnswersError, TilsynError
from pipeline.intake.names import content_disposition
from pipeline.offline.hand_out import FormFile, hand_out_one
from pipeline.offline.recognise import FileFormat
from webforms.design.page import Problem
from webforms.identity.marked import needs
from webforms.paper.form_of_a_voice import VoiceForm
from webforms.paper.front_page import SECTIONS, Told, form_in_address, front_page
from webforms.services import Services

PATH = "/sager/<case_id>/besoeg/<visit>/paa-papir"
FETCH = "offline.hand_out"
_REFUSED, _UNAVAILABLE = 422, 503
_FILES = MappingProxyType({"pdf": FormFile.PDF, "word": FormFile.WORD, "excel": FormFile.EXCEL})
_FORMATS = {FormFile.PDF: FileFormat.PDF, FormFile.WORD: FileFormat.DOCX, FormFile.EXCEL: FileFormat.XLSX}


class FetchPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(PATH, "front", self._front, methods=["GET"])
        pages.add_url_rule(f"{PATH}/hent", "fetch", self._fetch, methods=["GET"])

    @needs(FETCH)
    def _front(self, case_id: str, visit: str) -> str:
        return front_page(self._services, form_in_address(self._services, visit))

    @needs(FETCH)
    def _fetch(self, case_id: str, visit: str) -> Response | tuple[str, int]:
        form, file = form_in_address(self._services, visit), _FILES.get(request.args.get("fil", "")) or abort(404)
        chosen = [key for key in form.keys if key in request.args.getlist(SECTIONS)]
        if not chosen:
            problem = Problem(SECTIONS, self._services.say()("paper.no_section"))
            return front_page(self._services, form, Told((problem,), chosen=chosen)), _REFUSED
        try:
            return _download(file, self._made(form, file, chosen))
        except TilsynError as refusal:
            status = _REFUSED if isinstance(refusal, AnswersError) else _UNAVAILABLE
            told = Told(not_made=self._services.say().told(refusal), chosen=chosen)
            return front_page(self._services, form, told), status

    def _made(self, form: VoiceForm, file: FormFile, chosen: Collection[str]) -> bytes:
        """The file, made on the disk in the folder that nobody else may enter.

        Raises:
            AnswersError: the case lacks something, or there is no such file of these sections.
            StepFailed: a machine failed, or too many are at work.
        """
        answers = form.handed_out(self._services.today(), self._services.editions)
        path: Path = self._services.private / f"{token_hex(16)}{Path(file.value).suffix}"
        try:
            with self._services.machines.at_work() as workshop:
                hand_out_one(answers, workshop, file, path, chosen)
            return path.read_bytes()
        finally:
            path.unlink(missing_ok=True)


def _download(file: FormFile, content: bytes) -> Response:
    response = Response(content, mimetype=_FORMATS[file].media_type)
    response.headers["Content-Disposition"] = content_disposition(file.value)
    return response
