"""A party reads the case: aktindsigt, with what belongs to others left out and each omission named.

Read in a source (pav.medst.dk, Partsaktindsigt) of forvaltningsloven: § 9, stk. 1 and 2 (all documents of the case),
stk. 4 (what was sent to others, from the day after), §§ 12 and 14 with 14 a (internal documents, but for the facts in
them), §§ 15-15 b (decisive private interests), 15 c (the rest of a document is given). Whether an interest is decisive
only a person can weigh: this extract leaves out what always must be, and says what a caseworker has to look at.
"""

from collections.abc import Callable, Iterator
from datetime import date

from pipeline.cases.record.birthdays import of_age_on
from pipeline.cases.record.case import Case
from pipeline.cases.record.extracts import Chapter, Entry, Extract, Omission
from pipeline.cases.record.family_notes import family_notes
from pipeline.cases.record.hidden_from import PROTECTED, Reader, hidden_answer, hidden_in, reader_of
from pipeline.cases.record.history import headline_of, name_of, words_of
from pipeline.cases.record.parts import Kept, Slot, Visit
from pipeline.cases.record.people import Place
from pipeline.cases.record.place_words import consent_in_words, label_of_slot, place_in_words, weighed_in_words
from pipeline.danish import COPENHAGEN, danish_date, danish_day
from pipeline.errors import TilsynError
from pipeline.tool.definition import FilledBy, Tool

INTERNAL_KINDS = ("intern", "kladde")
"""Kinds of kept documents that were made for the municipality's own use."""
REPORT = "tilsynsrapport"
INTERNAL = (
    "Internt dokument, forvaltningsloven § 12. Oplysninger om sagens faktiske grundlag skal stadig gives, § 14 a."
)
DAY_AFTER = "Dokumentet er sendt til andre i dag. Det kan gives fra i morgen, forvaltningsloven § 9, stk. 4."

Editions = Callable[[str], Tool]


def party_access(case: Case, person_id: str, day: date, editions: Editions) -> Extract:
    """The case as a party may read it on a day.

    Args:
        case: the case.
        person_id: the party; one who acts for a party asks for the party's extract.
        day: the day of the extract.
        editions: gives the tool of an edition (pipeline.tool.load.load_tool).

    Raises:
        TilsynError: the person is no party of the case on that day.
    """
    if not is_party(case, person_id, day):
        raise TilsynError(
            "Kun en part kan få aktindsigt efter forvaltningsloven. Se efter, om personen har forældremyndigheden, "
            "eller brug udtrækket “Indsigt i oplysninger om dig”."
        )
    reader = reader_of(case, person_id, day)
    reading = _Reading(case, reader, day, editions)
    chapters = tuple(_chapters(case, day, reading))  # what is left out is collected on the way
    return Extract(
        title="Aktindsigt i sagen",
        basis="forvaltningsloven § 9",
        case_number=case.number,
        given_to=case.people[person_id].name,
        made_on=day,
        chapters=chapters,
        omissions=tuple(reading.omissions),
        to_check=tuple(_to_check(reader)),
    )


def _chapters(case: Case, day: date, reading: "_Reading") -> Iterator[Chapter]:
    yield Chapter("Sagen", tuple(_facts(case)))
    yield Chapter("Personer i sagen", tuple(_people(case, day)))
    yield Chapter("Godkendelser", tuple(_approvals(case)))
    yield Chapter("Svar", tuple(reading.answers()))
    yield Chapter("Notater", tuple(reading.notes()))
    yield Chapter("Aftaler", tuple(reading.agreements()))
    yield Chapter("Punkter til besøg og delt dagbog", tuple(reading.family_notes()))
    yield Chapter("Samtykker", tuple(reading.consents()))
    yield Chapter("Dokumenter", tuple(reading.documents()))


def is_party(case: Case, person_id: str, day: date) -> bool:
    """Whether a person is a party on a day: who holds parental authority; once the child is of age, the child alone.

    That § 85 is not among the cases in which a child of ten is a party: barnets lov § 3 (domain.md 2.3).
    """
    of_age = of_age_on(case.child) if case.child else None
    grown = of_age is not None and of_age <= day
    party = Place.CHILD if grown else Place.PARENTAL_AUTHORITY
    return any(standing.place is party for standing in case.standings_of(person_id, day))


class _Reading:
    """Goes through the case for one reader and collects what has to be left out on the way."""

    def __init__(self, case: Case, reader: Reader, day: date, editions: Editions) -> None:
        self._case, self._reader, self._day, self._editions = case, reader, day, editions
        self.omissions: list[Omission] = []

    def answers(self) -> Iterator[Entry]:
        """What stands in each field now; how often it was changed is said."""
        for visit in self._case.visits.values():
            tool = self._editions(visit.edition)
            for slot in visit.answers:
                yield from self._answer(visit, slot, tool)
            for key, reason in visit.skipped.items():
                yield from self._skipped(visit, key, reason, tool)

    def _answer(self, visit: Visit, slot: Slot, tool: Tool) -> Iterator[Entry]:
        version = visit.current(slot)
        if version is None or version.value is None:
            return
        hidden = hidden_answer(visit, slot, self._reader, tool) or self._in_the_making(visit, slot, tool)
        if hidden:
            self.omissions.append(hidden)
            return
        changed = len(visit.answers[slot]) - 1
        times = f" (ændret {changed} gange; de tidligere udgaver gives, hvis parten beder om det)" if changed else ""
        label = label_of_slot(visit, slot.key, tool)
        told = (words_of(slot.key, version.value, tool), weighed_in_words(self._case, visit, slot))
        entry = Entry(label, "\n".join(filter(None, told)), headline_of(self._case, version) + times)
        yield from self._shown(entry, f"Et svar ved besøg {visit.number}")

    def _skipped(self, visit: Visit, key: str, reason: str, tool: Tool) -> Iterator[Entry]:
        """A theme that was skipped at a visit, with the reason that was given."""
        hidden = self._in_the_making(visit, Slot(key, ""), tool)
        if hidden:
            self.omissions.append(hidden)
        elif key in visit.left_out:
            entry = Entry(label_of_slot(visit, key, tool), f"Sprunget over ved besøget. {reason}".rstrip())
            yield from self._shown(entry, f"Et svar ved besøg {visit.number}")

    def _in_the_making(self, visit: Visit, slot: Slot, tool: Tool) -> Omission | None:
        """The municipality's own fields are its working paper until a report is kept."""
        reported = any(
            k.document.kind == REPORT and k.document.visit == visit.id for k in self._case.documents.values()
        )
        own = any(
            s.filled_by is FilledBy.MUNICIPALITY for s in tool.sections if any(f.key == slot.key for f in s.fields)
        )
        return Omission(f"Kommunens arbejdspapir til besøg {visit.number}", INTERNAL) if own and not reported else None

    def notes(self) -> Iterator[Entry]:
        """The journal."""
        for note in self._case.journal:
            text = "\n".join(part for part in (note.noted.with_whom, note.noted.text) if part)
            heading = f"Notat, {danish_date(note.noted.on)}"
            yield from self._shown(Entry(heading, text, name_of(self._case, note.by)), heading)

    def agreements(self) -> Iterator[Entry]:
        """Agreements with how they ended."""
        for agreement in self._case.agreements.values():
            agreed = agreement.agreed
            by_day = f", senest {danish_date(agreed.by_day)}" if agreed.by_day else ""
            ended = agreement.ended
            end = "" if ended is None else f"\n{'Holdt' if ended.fulfilled else 'Opgivet'}. {ended.remark}".rstrip()
            yield from self._shown(Entry(agreed.what, f"{agreed.who}{by_day}{end}"), "En aftale")

    def family_notes(self) -> Iterator[Entry]:
        """Points for the visits and what was shared of a diary; what was not shared is no part of the case."""
        for note in family_notes(self._case, self._day):
            is_own = note.voice in self._reader.voices
            if note.is_for_others or (is_own and note.is_in_the_case):
                yield from self._shown(note.entry, "Et punkt eller en note fra en familie")

    def consents(self) -> Iterator[Entry]:
        """The reader's own; that another was asked is that person's business."""
        for consent in self._case.consents.values():
            if consent.asked.person_id == self._reader.person_id:
                yield Entry(consent.asked.source, consent_in_words(consent))
            else:
                self.omissions.append(Omission("Et samtykke, som en anden er spurgt om", PROTECTED))

    def documents(self) -> Iterator[Entry]:
        """The kept documents, each with what identifies it byte for byte."""
        for kept in self._case.documents.values():
            title = kept.document.title
            if kept.document.kind in INTERNAL_KINDS:
                self.omissions.append(Omission(f"Et dokument fra {danish_day(kept.at)}", INTERNAL))
            elif _sent_to_others_today(kept, self._reader.person_id, self._day):
                self.omissions.append(Omission(f"Et dokument fra {danish_day(kept.at)}", DAY_AFTER))
            else:
                yield from self._shown(Entry(title, _document(kept), name_of(self._case, kept.by)), "Et dokument")

    def _shown(self, entry: Entry, what: str) -> Iterator[Entry]:
        reason = hidden_in(f"{entry.heading}\n{entry.text}\n{entry.source}", self._reader)
        if reason:
            self.omissions.append(Omission(what, reason))
        else:
            yield entry


def _sent_to_others_today(kept: Kept, person_id: str, day: date) -> bool:
    to_party = any(sending.to == person_id for _, sending in kept.sent)
    today = any(at.astimezone(COPENHAGEN).date() >= day for at, _ in kept.sent)
    return today and not to_party


def _document(kept: Kept) -> str:
    document = kept.document
    dated = f"Dateret {danish_date(document.dated)}. " if document.dated else ""
    origin = f"Fra {document.received_from}. " if document.received_from else ""
    return f"{dated}{origin}I sagen fra {danish_day(kept.at)}.\nSHA-256: {document.sha256}"


def _facts(case: Case) -> Iterator[Entry]:
    yield Entry("Kommune", f"{case.municipality}, {case.unit}")
    if case.opened_at:
        yield Entry("Åbnet", danish_day(case.opened_at))
    if case.closed_at:
        yield Entry("Lukket", danish_day(case.closed_at))
    for visit in sorted(case.visits.values(), key=lambda v: v.number):
        yield Entry(f"Besøg {visit.number}", danish_date(visit.day) if visit.day else "Dagen er ikke aftalt.")


def _people(case: Case, day: date) -> Iterator[Entry]:
    """Who is in the case and as what: no numbers, no addresses, whoever reads."""
    for person in case.people.values():
        places = dict.fromkeys(place_in_words(s.place) for s in case.standings_of(person.id, day))
        if places:
            yield Entry(person.name, ", ".join(places))


def _approvals(case: Case) -> Iterator[Entry]:
    for approval in case.approvals:
        text = "\n".join([approval.extent, *approval.methods, *approval.goals, approval.supervision_frame])
        yield Entry(danish_date(approval.decided_on), text)


def _to_check(reader: Reader) -> Iterator[str]:
    if reader.hidden:
        yield "Parten må ikke se andres adresse og kontakt i sagen. Åbn hver fil, og se efter, før du giver den."
    yield "Vurdér, om noget skal undtages af afgørende hensyn til barnet eller andre, forvaltningsloven §§ 15-15 b."
