"""How the diary and the consents of a family stand, folded from their events; nothing here is stored."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.cases.record import family_events as ev
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.parts import Consent, DiaryEntry, Kept

Consents = Mapping[str, Consent]
Diary = Mapping[str, DiaryEntry]


def consents_after(consents: Consents, at: Stamped, e: ev.ConsentEvent) -> Consents:
    """The consents of a case, by id, after an event."""
    if isinstance(e, ev.ConsentAsked):
        return {**consents, e.consent: Consent(e, at.at)}
    before = consents[e.consent]
    answers, said = (*before.answers, (at.at, at.by, e.answer)), (*before.said, e)
    return {**consents, e.consent: replace(before, answers=answers, said=said)}


def diary_after(diary: Diary, at: Stamped, e: ev.DiaryEvent) -> Diary:
    """The entries of the diary, by id, after an event."""
    match e:
        case ev.DiaryWritten():
            return {**diary, e.entry: _written(diary.get(e.entry), at, e)}
        case ev.DiaryFileKept():
            kept = Kept(at.seq, at.at, at.by, e.document)
            return {**diary, e.entry: replace(diary[e.entry], files=(*diary[e.entry].files, kept))}
        case ev.DiaryShared():
            return {**diary, e.entry: replace(diary[e.entry], shared_at=at.at)}
        case ev.DiaryRemoved():
            return {entry: kept for entry, kept in diary.items() if entry != e.entry or kept.shared_at}


def files_shown(diary: Diary, at: Stamped, e: ev.DiaryEvent) -> Mapping[str, Kept]:
    """The files of the diary that an event makes documents of the case, by id.

    Nobody finds a file among the documents before its entry is shared; then it is one from that moment, whenever it was
    laid into the diary.

    Args:
        diary: as it is after the event.
        at: the event with its place in the case.
        e: the same event.
    """
    match e:
        case ev.DiaryShared():
            return {kept.document.file: replace(kept, seq=at.seq) for kept in diary[e.entry].files}
        case ev.DiaryFileKept() if diary[e.entry].shared_at:
            return {e.document.file: diary[e.entry].files[-1]}
        case _:
            return {}


def _written(before: DiaryEntry | None, at: Stamped, e: ev.DiaryWritten) -> DiaryEntry:
    shared_at, files = (before.shared_at, before.files) if before else (None, ())
    return DiaryEntry(e.entry, at.at, at.by, e.voice, e.on, e.text, e.goal, shared_at, files)
