"""A filled-in form comes home: sent in, held against the case, and taken over field by field as a person chooses."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.parts import Kept
from pipeline.errors import AnswersError, StoreUnavailable, TilsynError
from pipeline.intake.refusals import FileRefused
from pipeline.offline.come_home import ElsewhereForm
from pipeline.offline.differences import Status
from pipeline.offline.outside import MOST_BYTES
from pipeline.offline.recognise import FileFormat
from webforms.design.page import Problem
from webforms.files.who_sees_files import may_open
from webforms.forms.help_page import help_address
from webforms.identity.current import case_in_view
from webforms.identity.marked import needs
from webforms.identity.pace import Pace
from webforms.inputs.controls import Posted
from webforms.paper.coming_in import FORM, read_again, take_in
from webforms.paper.compared import USE, Compared, compared
from webforms.paper.fetch_pages import FETCH, PATH
from webforms.paper.form_of_a_voice import VoiceForm, voice_form
from webforms.paper.front_page import FIELD, Told, back_from, form_in_address, front_page, named
from webforms.paper.taking_over import ACTION, TakenOver, chosen_of, name_of_choice, revisions_of, take_over
from webforms.services import Services
from webforms.whereabouts import where_for

_OK, _SEE_OTHER, _REFUSED, _UNAVAILABLE = 200, 303, 422, 503
_FORM_AROUND = 64 * 1024
_BASED_ON, _ALL, _CHOICES = "bygger.", "alt", "valg"
_THROUGH = {FileFormat.PDF.media_type: "pdf", FileFormat.DOCX.media_type: "word", FileFormat.XLSX.media_type: "excel"}


class HomePages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(PATH, "send", self._send, methods=["POST"])
        pages.add_url_rule(f"{PATH}/<file_id>", "compare", self._compare, methods=["GET"])
        pages.add_url_rule(f"{PATH}/<file_id>", "choose", self._choose, methods=["POST"])

    @needs(ACTION, pace=Pace.UPLOADING, largest=MOST_BYTES + _FORM_AROUND)
    def _send(self, case_id: str, visit: str) -> AnyResponse | tuple[str, int]:
        form, say = form_in_address(self._services, visit), self._services.say()
        sent = next((file for file in request.files.getlist(FIELD) if file.filename), None)
        if sent is None:
            return self._refused(form, say("paper.no_file"), _REFUSED)
        try:
            came = take_in(self._services, form, sent, say)
        except (FileRefused, ElsewhereForm, AnswersError) as refusal:
            return self._refused(form, say.told(refusal), _REFUSED)
        except StoreUnavailable as refusal:
            return self._refused(form, say.told(refusal), _UNAVAILABLE)
        if came.why_not:
            return front_page(self._services, form, Told(not_read=say.told(came.why_not))), _OK
        return redirect(url_for("paper.compare", file_id=came.file_id, **named(form)), _SEE_OTHER)

    @needs(FETCH)
    def _compare(self, case_id: str, visit: str, file_id: str) -> AnyResponse | str | tuple[str, int]:
        form, kept = self._form_and_file(visit, file_id)
        if form.asks_first:
            return redirect(help_address(form.asks_first, file_id), _SEE_OTHER)
        try:
            return self._page(form, kept, TakenOver(_number(request.args.get("gemt", ""))))
        except TilsynError as refusal:
            return front_page(self._services, form, Told(not_read=self._services.say().told(refusal))), _REFUSED

    @needs(ACTION)
    def _choose(self, case_id: str, visit: str, file_id: str) -> AnyResponse | tuple[str, int]:
        form, kept = self._form_and_file(visit, file_id)
        if form.asks_first:
            return redirect(help_address(form.asks_first, file_id), _SEE_OTHER)
        try:
            seen = self._seen(form, kept)
            chosen = chosen_of(seen.to_choose, _all_that_is_new(seen) if _ALL in request.form else request.form)
            if not chosen:
                return self._page(form, kept, refused=self._services.say()("paper.none_chosen")), _REFUSED
            revisions = {key: request.form.get(f"{_BASED_ON}{key}", "") for key in form.keys}
            done = take_over(self._services, form, chosen, revisions)
            if done.conflicts or done.unfinished:
                return self._page(self._afresh(form), kept, done), _OK
        except TilsynError as refusal:
            return self._page(self._afresh(form), kept, refused=self._services.say().told(refusal)), _REFUSED
        return redirect(url_for("paper.compare", file_id=file_id, gemt=done.saved, **named(form)), _SEE_OTHER)

    def _form_and_file(self, visit: str, file_id: str) -> tuple[VoiceForm, Kept]:
        """The form and what came in for it; 404 for what is no form of this visit, or not for these eyes."""
        view = case_in_view()
        kept = view.case.documents.get(file_id)
        if kept is None or (kept.document.visit, kept.document.kind) != (visit, FORM):
            abort(404)
        if not may_open(view, kept, self._services.today()):
            abort(404)
        return form_in_address(self._services, visit, _THROUGH.get(kept.document.media_type, "")), kept

    def _afresh(self, form: VoiceForm) -> VoiceForm:
        """The form after something was saved."""
        view = replace(form.view, case=self._services.store.cases.case(form.view.id))
        return voice_form(self._services, view, form.visit.id, form.offer.key) or form

    def _seen(self, form: VoiceForm, kept: Kept) -> Compared:
        report = read_again(self._services, form, kept)
        return compared(report, form.sections, form.tool)

    def _refused(self, form: VoiceForm, words: str, status: int) -> tuple[str, int]:
        return front_page(self._services, form, Told((Problem(FIELD, words),))), status

    def _page(self, form: VoiceForm, kept: Kept, done: TakenOver | None = None, refused: str = "") -> str:
        seen = self._seen(form, kept)
        return render_template(
            "paper/compare.html",
            form=form,
            kept=kept,
            came=self._services.say().moment(kept.at),
            seen=seen,
            done=done or TakenOver(),
            problems=(Problem(_CHOICES, refused),) if refused else (),
            addresses={one.section.key: url_for(f"forms.{one.door}", **one.address()) for one in form.sections},
            name_of_choice=name_of_choice,
            titles={one.section.key: one.law.in_words(one.section.title) for one in form.sections},
            explained={one.section.key: one.english.of_section(one.section.key).label for one in form.sections},
            by_section=_by_section(seen),
            revisions=[(f"{_BASED_ON}{key}", revision) for key, revision in revisions_of(form).items()],
            all_new=_ALL if any(one.status is not Status.CONFLICT for one in seen.to_choose) else "",
            address=url_for("paper.choose", file_id=kept.document.file, **named(form)),
            front=url_for("paper.front", **named(form)),
            onwards=_onwards(form),
            where=where_for(form.view, self._services.today(), self._services.say()),
        )


def _onwards(form: VoiceForm) -> str:
    """A family goes on to reading everything through."""
    return back_from(form) if form.is_municipal else url_for("parents.check", case_id=form.view.id, visit=form.visit.id)


def _by_section(seen: Compared) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for one in seen.to_choose:
        found.setdefault(one.section, []).append(one)
    return found


def _all_that_is_new(seen: Compared) -> Posted:
    """As if everything had been chosen that nobody else has written about."""
    return MultiDict({name_of_choice(one): USE for one in seen.to_choose if one.status is not Status.CONFLICT})


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < len("1000") else 0
