"""The journal: notes of calls, meetings and what else must be noted; a note is put right by a further one only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort

from pipeline.cases.record.case import Case
from pipeline.cases.record.events import Event
from pipeline.cases.record.history import name_of
from pipeline.cases.record.journal_events import JournalNoted, NoteKind
from pipeline.cases.record.parts import Note
from pipeline.danish import danish_date, danish_moment
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option
from webforms.inputs.danish_day import written_day

_NEW, _CORRECT = "caseworkers.new_note", "caseworkers.correct_note"
_KINDS = (NoteKind.PHONE, NoteKind.MEETING, NoteKind.NOTE)


@dataclass(frozen=True)
class NoteCard:
    """A note with the notes that correct it, oldest first."""

    seq: int
    kind: NoteKind
    on: str
    with_whom: str
    text: str
    written: str
    corrections: tuple["NoteCard", ...] = ()


def notes(case: Case) -> tuple[NoteCard, ...]:
    """The journal, the newest first; corrections stand under what they correct."""
    corrections: dict[int, list[NoteCard]] = {}
    for note in case.journal:
        if note.noted.corrects:
            corrections.setdefault(note.noted.corrects, []).append(_card(case, note, {}))
    first = (note for note in case.journal if not note.noted.corrects)
    newest_first = sorted(first, key=lambda note: (note.noted.on, note.seq), reverse=True)
    return tuple(_card(case, note, corrections) for note in newest_first)


def _card(case: Case, note: Note, corrections: Mapping[int, list[NoteCard]]) -> NoteCard:
    said = note.noted
    return NoteCard(
        seq=note.seq,
        kind=NoteKind(said.kind),
        on=danish_date(said.on),
        with_whom=said.with_whom,
        text=said.text,
        written=f"{name_of(case, note.by)}, {danish_moment(note.at)}",
        corrections=tuple(corrections.get(note.seq, ())),
    )


def _new_form(at: AtCase) -> SmallForm:
    options = tuple(Option(kind, at.say(f"caseworkers.note_kind.{kind}")) for kind in _KINDS)
    asks = (
        Ask("kind", Look.RADIOS, required=True, options=options),
        Ask("on", Look.DAY, required=True, hint=True, begins=(written_day(at.today),)),
        Ask("with_whom", hint=True),
        Ask("text", Look.AREA, required=True, hint=True, rows=6),
    )
    return SmallForm(_NEW, asks, at.say)


def _new_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    on = form.day("on") or at.today
    if on > at.today:
        form.refuse("on", f"{_NEW}.in_the_future")
    kind = NoteKind(form.text("kind")) if form.text("kind") else NoteKind.NOTE
    return (JournalNoted(kind, on, form.text("with_whom"), form.text("text")),)


def _corrected(at: AtCase) -> Note:
    """The note that the address names; 404 where there is none, or it is itself a correction."""
    found = next((n for n in at.case.journal if str(n.seq) == at.address["seq"] and not n.noted.corrects), None)
    return found or abort(404)


def _correct_form(at: AtCase) -> SmallForm:
    note = _corrected(at)
    return SmallForm(
        _CORRECT, (Ask("text", Look.AREA, required=True, hint=True, rows=6, begins=(note.noted.text,)),), at.say
    )


def _correct_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    note = _corrected(at)
    return (JournalNoted(NoteKind.CORRECTION, at.today, note.noted.with_whom, form.text("text"), corrects=note.seq),)


NEW_NOTE = Deed(
    name="new_note",
    path="/journal/ny",
    action="journal.write",
    form=_new_form,
    events=_new_events,
    onwards=lambda at: at.url("journal"),
)
CORRECT_NOTE = Deed(
    name="correct_note",
    path="/journal/<seq>/ret",
    action="journal.write",
    form=_correct_form,
    events=_correct_events,
    onwards=lambda at: at.url("journal"),
    reads="journal.read",
)
