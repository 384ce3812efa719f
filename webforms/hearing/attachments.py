"""Files that go with an answer: kept when they are sent, seen by nobody but the sender and the municipality."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

from pipeline.errors import StoreUnavailable
from pipeline.intake.names import shown
from pipeline.intake.refusals import FileRefused
from pipeline.store.files import NewDocument
from webforms.files.taking_in import on_the_disk
from webforms.hearing.at_hearing import AtHearing

FIELD = "filer"
MOST_AT_ONCE = 10
KIND = "hoeringsbilag"
_ACTION = "hearing.answer"


@dataclass(frozen=True)
class Attachment:
    """A file that waits to be sent with the answer."""

    file: str
    title: str


def slot_of(hearing: str) -> str:
    """Where in the case the files of a hearing lie."""
    return f"hoering/{hearing}"


def attachments_waiting(at: AtHearing) -> tuple[Attachment, ...]:
    """The visitor's own files that no answer has taken along yet."""
    taken = {file for answer in at.hearing.answers for file in answer.attachments}
    kept = (one for one in at.case.documents.values() if one.document.slot == slot_of(at.hearing.id))
    mine = (one.document for one in kept if one.by == at.view.actor and one.document.file not in taken)
    return tuple(Attachment(document.file, document.title) for document in mine)


def keep_attachments(at: AtHearing, files: Sequence[FileStorage], title: str) -> tuple[str, ...]:
    """Take files in, each by itself.

    Returns:
        what is told of those that were refused.
    """
    say = at.services.say()
    refused = [say("files.none")] if not files else []
    for file in files[:MOST_AT_ONCE]:
        name = file.filename or ""
        try:
            _keep(at, file, shown(title.strip() or name))
        except (FileRefused, StoreUnavailable) as refusal:
            refused.append(say.told(refusal, shown(name)))
    if len(files) > MOST_AT_ONCE:
        refused.append(say("files.too_many", most=MOST_AT_ONCE, rest=len(files) - MOST_AT_ONCE))
    return tuple(refused)


def _keep(at: AtHearing, file: FileStorage, title: str) -> None:
    sender = at.case.people.get(at.view.actor)
    with on_the_disk(at.services, file) as accepted, accepted.path.open("rb") as plain:
        document = NewDocument(
            kind=KIND,
            title=title,
            original_name=accepted.original_name,
            media_type=accepted.media_type,
            visit=at.hearing.opened.visit,
            slot=slot_of(at.hearing.id),
            received_from=sender.name if sender else "",
            dated=at.today,
        )
        at.services.store.files.keep(at.view.id, plain, document, at.view.actor, _ACTION)
