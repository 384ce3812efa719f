"""The page that a form on paper begins and ends at: fetch it, send it in, see what has come in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, render_template, request, url_for

from pipeline.cases.record.parts import Kept
from pipeline.intake.kinds import Kind
from webforms.design.page import Option, Problem
from webforms.design.words import Speaker
from webforms.files.who_sees_files import may_open
from webforms.forms.choose_voice import OfferedVoice, names_of
from webforms.forms.section_at_hand import SectionAtHand
from webforms.identity.current import case_in_view
from webforms.paper.coming_in import forms_of
from webforms.paper.form_of_a_voice import VoiceForm, voice_form
from webforms.services import Services
from webforms.whereabouts import where_for

FIELD, SECTIONS, VOICE = "skema", "afsnit", "som"
_ACCEPT = ",".join(f".{kind.value}" for kind in (Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.JPEG, Kind.PNG, Kind.HEIC))
_OFFERED = ("pdf", "word", "excel")


@dataclass(frozen=True)
class Told:
    """What the page tells of the last press.

    Attributes:
        problems: what must be mended.
        not_made: why the form could not be made.
        not_read: why a file that was kept cannot be read, and what to do.
        chosen: the sections that were chosen; None: all.
    """

    problems: tuple[Problem, ...] = ()
    not_made: str = ""
    not_read: str = ""
    chosen: Collection[str] | None = None


def form_in_address(services: Services, visit: str, through: str = "") -> VoiceForm:
    """The form that the address names; 404 where the visitor has none there."""
    view, voice = case_in_view(), request.args.get(VOICE, "")
    return voice_form(services, view, visit, voice, through) or abort(404)


def named(form: VoiceForm) -> dict[str, Any]:
    """What names the form in an address."""
    is_usual = form.offer == form.offers[0]
    return {"case_id": form.view.id, "visit": form.visit.id, **({} if is_usual else {VOICE: form.offer.key})}


def back_from(form: VoiceForm) -> str:
    """Where the visitor came from."""
    if form.is_municipal:
        return url_for("forms.visit", case_id=form.view.id, visit=form.visit.id)
    return url_for("parents.start", case_id=form.view.id)


def front_page(services: Services, form: VoiceForm, told: Told | None = None) -> str:
    """The page, with what there is to tell."""
    today, told = services.today(), told or Told()
    return render_template(
        "paper/front.html",
        form=form,
        told=told,
        problems=told.problems,
        chosen=form.keys if told.chosen is None else told.chosen,
        options=[Option(one.section.key, _title(one), explained=_explained(one)) for one in form.sections],
        files=[kind for kind in _OFFERED if kind != "excel" or form.is_plan_among],
        others=tuple(_others(form, services.say())),
        came_in=tuple(_came_in(services, form)),
        fetch=url_for("paper.fetch", case_id=form.view.id, visit=form.visit.id),
        voice=VOICE,
        send=url_for("paper.send", **named(form)),
        accept=_ACCEPT,
        back=back_from(form),
        where=where_for(form.view, today, services.say()),
    )


def _title(at_hand: SectionAtHand) -> str:
    return f"{at_hand.section.key}) {at_hand.law.in_words(at_hand.section.title)}"


def _explained(at_hand: SectionAtHand) -> str:
    return at_hand.english.of_section(at_hand.section.key).label


def _others(form: VoiceForm, say: Speaker) -> Iterator[tuple[str, str]]:
    """The other voices, each with its words and its address."""
    for offer in form.offers:
        if offer != form.offer:
            yield _called(form, offer, say), url_for("paper.front", **named(replace(form, offer=offer)))


def _called(form: VoiceForm, offer: OfferedVoice, say: Speaker) -> str:
    """A household is named by its members; where an employee holds the pen, also by who of them told."""
    if not form.is_municipal:
        return say("paper.own_view" if offer.voice.own_view else "paper.other", names=offer.names)
    teller = names_of(form.view.case, offer.voice.on_behalf_of, say)
    if offer.voice.own_view:
        return say("paper.their_view", names=teller)
    return (
        say("paper.other", names=offer.names)
        if teller == offer.names
        else say("paper.told_by", names=offer.names, teller=teller)
    )


def _came_in(services: Services, form: VoiceForm) -> Iterator[tuple[str, str]]:
    """When, and where the page of the form is."""
    kept: Kept
    for kept in forms_of(form.view.case, form):
        if may_open(form.view, kept, services.today()):
            yield services.say().moment(kept.at), url_for("paper.compare", file_id=kept.document.file, **named(form))
