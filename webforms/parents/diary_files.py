"""Photos and short clips in the diary: laid to an entry, shown beside it, and for the same eyes as its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import FileStorage

from pipeline.cases.record.parts import DiaryEntry, Kept
from pipeline.cases.record.voices import members_of
from pipeline.danish import danish_date
from pipeline.errors import StoreUnavailable
from pipeline.intake.accepted import Accepted
from pipeline.intake.kinds import Kind
from pipeline.intake.names import shown
from pipeline.intake.refusals import FileRefused
from pipeline.store.files import NewDocument
from webforms.files.taking_in import on_the_disk
from webforms.identity.current import CaseInView
from webforms.services import Services

ACCEPT = ",".join(
    f".{kind.value}" for kind in (Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.HEIC, Kind.MP4, Kind.MOV, Kind.WEBM)
)
MOST_AT_ONCE = 10
_PICTURE, _CLIP = "image/", "video/"


@dataclass(frozen=True)
class DiaryFile:
    """A file beside an entry; what is neither picture nor clip is shown as a link."""

    id: str
    title: str
    is_picture: bool
    is_clip: bool

    @classmethod
    def of(cls, kept: Kept) -> "DiaryFile":
        """As the page shows it."""
        document = kept.document
        is_picture, is_clip = document.media_type.startswith(_PICTURE), document.media_type.startswith(_CLIP)
        return cls(document.file, document.title, is_picture, is_clip)


def lay_to(
    services: Services, view: CaseInView, entry: str, on: date, files: Sequence[FileStorage], action: str
) -> Iterator[str]:
    """Lay files to an entry of the visitor's diary; one that is refused does not hold back the others.

    Args:
        services: hold the gateway and the case.
        view: with the entry in it.
        entry: its id.
        on: the day that it tells of, by which its files are called.
        files: as they came.
        action: what the audit log calls it.

    Yields:
        What is told of each that is refused, with its name.
    """
    for file in files[:MOST_AT_ONCE]:
        try:
            with on_the_disk(services, file) as accepted:
                if not accepted.media_type.startswith((_PICTURE, _CLIP)):
                    yield services.say()("parents.diary_no_picture", name=shown(file.filename or ""))
                    continue
                document = _told(services, view, entry, on, accepted)
                with accepted.path.open("rb") as plain:
                    services.store.files.keep(view.id, plain, document, view.actor, action)
        except (FileRefused, StoreUnavailable) as refusal:
            yield services.say().told(refusal, shown(file.filename or ""))


def file_of(entry: DiaryEntry, file_id: str) -> Kept | None:
    """A file of an entry."""
    return next((kept for kept in entry.files if kept.document.file == file_id), None)


def _told(services: Services, view: CaseInView, entry: str, on: date, accepted: Accepted) -> NewDocument:
    own = view.case.diary.get(entry)
    members = {person.id for person in members_of(view.case, own.voice)} if own else set()
    sender = view.case.people.get(view.actor)
    return NewDocument(
        kind="dagbog",
        title=services.say()("parents.diary_file", day=danish_date(on)),
        original_name=accepted.original_name,
        media_type=accepted.media_type,
        received_from=sender.name if sender else "",
        dated=on,
        seen_by=tuple(sorted(members - {view.actor})),
        diary_entry=entry,
    )
