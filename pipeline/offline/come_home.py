"""A form that comes home: whose it is, and field by field how it stands to the case. Nothing is taken over here."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline.cases.answers import Answers
from pipeline.documents.plan_sheet import visit_date
from pipeline.errors import UnreadableFile
from pipeline.law.dated_law import law_for
from pipeline.offline.differences import Difference, Status, differences
from pipeline.offline.outside import Reading, bytes_of, read_from_outside
from pipeline.offline.passport import Passport, goal_marks, is_whole, read_passport
from pipeline.offline.recognise import FileFormat
from pipeline.offline.rows import line_up
from pipeline.offline.slots import all_slots, form_sections
from pipeline.tool.load import EDITIONS, load_tool

KEEP_AND_TYPE = "Filen kan ikke læses; gem den som bilag, og skriv svarene ind."

_OTHER_CASE = "Formularen hører ikke til denne sag. Find den sag, den er hentet fra, eller send den tilbage."
_OTHER_VISIT = (
    "Formularen er hentet til et andet besøg i sagen. Læs den ind under det besøg, eller hent en ny formular til dette."
)
_OTHER_EDITION = (
    "Formularen er lavet efter en anden udgave af tilsynsredskabet. "
    "Hent en ny formular, og flyt svarene over, eller gem filen som bilag, og skriv svarene ind."
)
_DAMAGED_PASSPORT = "Mærket i formularen er ødelagt. Gem filen som bilag, og skriv svarene ind."


class ElsewhereForm(UnreadableFile):
    """A form of another case or another visit: it must not be kept here."""


class ImportKind(StrEnum):
    """Whether the file was read, or is only to be kept."""

    FORM = "form"
    ATTACHMENT = "attachment"


@dataclass(frozen=True)
class IncomingFile:
    """The file as such; `size` in bytes."""

    name: str
    format: FileFormat
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class ImportReport:
    """What came home.

    Attributes:
        message: for an attachment what to do with it, in Danish.
        why_not: for a PDF that is an attachment, what hindered the reading, in Danish.
        passport: of the form; None for an attachment.
        differences: one for each slot of the form, in its order.
    """

    kind: ImportKind
    file: IncomingFile
    message: str
    passport: Passport | None
    differences: tuple[Difference, ...]
    why_not: str = ""

    @property
    def counts(self) -> Mapping[Status, int]:
        """How many slots there are of each status, all statuses named."""
        return {status: sum(one.status is status for one in self.differences) for status in Status}

    @property
    def is_clean(self) -> bool:
        """Whether every field could be read and none is in conflict."""
        return not any(one.status in (Status.CONFLICT, Status.UNREADABLE) for one in self.differences)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        passport = self.passport
        return {
            "kind": self.kind.value,
            "file": {
                "name": self.file.name,
                "format": self.file.format.value,
                "media_type": self.file.media_type,
                "size": self.file.size,
                "sha256": self.file.sha256,
            },
            "message": self.message,
            "why_not": self.why_not,
            "form_id": passport.form_id if passport else None,
            "edition": passport.edition if passport else None,
            "case_number": passport.case_number if passport else None,
            "visit_number": passport.visit_number if passport else None,
            "counts": {status.value: count for status, count in self.counts.items()},
            "fields": [one.as_dict() for one in self.differences],
        }


def import_form(path: Path, current: Answers, editions: Path = EDITIONS) -> ImportReport:
    """Read a file and hold it against the case.

    Args:
        path: a filled-in form, or whatever somebody sent instead.
        current: the case as it is now.
        editions: where the editions are.

    Raises:
        ElsewhereForm: it belongs to another case or visit.
        UnreadableFile: it cannot be read, or belongs to another edition; the message says what to do.
    """
    return import_bytes(path.name, bytes_of(path), current, editions)


def import_bytes(name: str, data: bytes, current: Answers, editions: Path = EDITIONS) -> ImportReport:
    """The same for a file that was sent; `name` is only passed on."""
    reading = read_from_outside(data)
    file = IncomingFile(name, reading.format, reading.format.media_type, len(data), hashlib.sha256(data).hexdigest())
    if reading.passport is None:
        return ImportReport(ImportKind.ATTACHMENT, file, KEEP_AND_TYPE, None, (), reading.why_not)
    passport = read_passport(reading.passport)
    _refuse_foreign(passport, current)
    return ImportReport(ImportKind.FORM, file, "", passport, _compared(passport, reading, current, editions))


def _refuse_foreign(passport: Passport, current: Answers) -> None:
    if passport.case_number != current.case_number:
        raise ElsewhereForm(_OTHER_CASE)
    if passport.visit_number != current.visit_number:
        raise ElsewhereForm(_OTHER_VISIT)
    if passport.edition != current.edition:
        raise UnreadableFile(_OTHER_EDITION)
    if not is_whole(passport):
        raise UnreadableFile(_DAMAGED_PASSPORT)


def _compared(passport: Passport, reading: Reading, current: Answers, editions: Path) -> tuple[Difference, ...]:
    tool = load_tool(current.edition, editions)
    law = law_for(current.document_date, visit_date(current))
    slots = all_slots(form_sections(tool, law, current))
    lined = line_up(passport, reading.values, slots, tool.goals_field.key, goal_marks(current))
    slots = all_slots(form_sections(tool, law, current, rows=lined.rows))
    found = differences(slots, lined.passport, lined.incoming, lined.astray)
    return tuple(replace(one, name_in_form=lined.name_in_form.get(one.name, one.name)) for one in found)
