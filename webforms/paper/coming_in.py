"""A filled-in form comes in: kept as it is, and told whether it can be read field by field."""

from dataclasses import dataclass, replace

from werkzeug.datastructures import FileStorage

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Kept
from pipeline.cases.record.voices import members_of
from pipeline.errors import UnreadableFile
from pipeline.intake.accepted import Accepted
from pipeline.offline.come_home import ElsewhereForm, ImportKind, ImportReport, import_bytes
from pipeline.store.files import NewDocument
from webforms.design.words import Speaker
from webforms.files.taking_in import on_the_disk
from webforms.paper.form_of_a_voice import VoiceForm
from webforms.paper.taking_over import ACTION
from webforms.services import Services

FORM, ATTACHMENT = "formular", "bilag"
"""Kinds of kept documents; only an attachment is enclosed with the report."""


@dataclass(frozen=True)
class CameIn:
    """What came of a file.

    Attributes:
        file_id: of the kept file.
        why_not: why it cannot be read, and what to do; empty for a form.
    """

    file_id: str
    why_not: str


def take_in(services: Services, form: VoiceForm, file: FileStorage, say: Speaker) -> CameIn:
    """Keep a file that was sent, whatever it is; a form that belongs elsewhere is not kept.

    Raises:
        FileRefused: it does not come in.
        ElsewhereForm: it belongs to another case or visit.
        AnswersError: the case lacks what a form is held against.
        StoreUnavailable: nothing was kept.
    """
    with on_the_disk(services, file) as accepted:
        why_not = _why_not(services, form, accepted)
        kind, title = (ATTACHMENT, say("paper.kept_scan")) if why_not else (FORM, say("paper.kept_form"))
        told = replace(_told(services, form, accepted), kind=kind, title=title)
        with accepted.path.open("rb") as plain:
            return CameIn(services.store.files.keep(form.view.id, plain, told, form.view.actor, ACTION), why_not)


def read_again(services: Services, form: VoiceForm, kept: Kept) -> ImportReport:
    """A kept form, held against the case as it is now.

    Raises:
        UnreadableFile: it cannot be read, or not any more.
        AnswersError: the case lacks what a form is held against.
        FileLost: it is damaged on the disk.
    """
    content = b"".join(services.store.files.read(form.view.id, kept.document.file))
    return _report(services, form, kept.document.file, content)


def forms_of(case: Case, form: VoiceForm) -> tuple[Kept, ...]:
    """The forms that came in for the visit, newest first."""
    kept = (one for one in case.documents.values() if (one.document.visit, one.document.kind) == (form.visit.id, FORM))
    return tuple(sorted(kept, key=lambda one: one.seq, reverse=True))


def _why_not(services: Services, form: VoiceForm, accepted: Accepted) -> str:
    try:
        report = _report(services, form, "", accepted.path.read_bytes())
    except ElsewhereForm:
        raise
    except UnreadableFile as refusal:
        return str(refusal)
    return (report.why_not or report.message) if report.kind is ImportKind.ATTACHMENT else ""


def _report(services: Services, form: VoiceForm, name: str, content: bytes) -> ImportReport:
    return import_bytes(name, content, form.answers(services.today(), services.editions), services.editions)


def _told(services: Services, form: VoiceForm, accepted: Accepted) -> NewDocument:
    """A form is seen by those whose voice it is."""
    case = form.view.case
    members = {person.id for person in members_of(case, form.offer.voice.id)}
    sender = case.people.get(form.view.actor)
    return NewDocument(
        kind=FORM,
        title="",
        original_name=accepted.original_name,
        media_type=accepted.media_type,
        visit=form.visit.id,
        received_from=sender.name if sender else "",
        dated=services.today(),
        seen_by=tuple(sorted(members - {form.view.actor})),
    )
