"""What the case knows of one person: insight by the General Data Protection Regulation, article 15.

Read in a source: article 15(1)(a)-(h) and (4) (gdprinfo.eu, da-article-15). Who of the municipality's employees looked
is told by role, not by name; that practice was not read in a source and is for the municipality to confirm.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from pipeline.cases.hearing.state import Answer, Hearing
from pipeline.cases.record.birthdays import born_on
from pipeline.cases.record.case import Case
from pipeline.cases.record.extracts import Chapter, Entry, Extract, Omission, Seen
from pipeline.cases.record.family_notes import family_notes
from pipeline.cases.record.hidden_from import Reader, hidden_answer, hidden_in, reader_of
from pipeline.cases.record.history import headline_of, name_of, words_of
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.people import CasePerson, Place
from pipeline.cases.record.place_words import consent_in_words, label_of_slot, place_in_words, weighed_in_words
from pipeline.cases.signing.own_signatures import TITLE as OWN_SIGNATURES
from pipeline.cases.signing.own_signatures import own_signatures
from pipeline.danish import danish_date, danish_day, danish_list
from pipeline.deadlines.deadline import Deadline
from pipeline.law.dated_law import Law
from pipeline.tool.definition import Tool

NOT_STATED = "Ikke oplyst. Kommunen skal skrive, hvor længe oplysningerne gemmes, før udtrækket gives videre."

Editions = Callable[[str], Tool]


def insight(
    case: Case,
    person_id: str,
    day: date,
    law: Law,
    editions: Editions,
    seen: Sequence[Seen] = (),
    kept_for: str = NOT_STATED,
) -> Extract:
    """All that the case holds about a person, where it came from, who has seen it, and the person's rights.

    Args:
        case: the case.
        person_id: whom it is about and who gets it.
        day: the day of the extract.
        law: what holds on that day.
        editions: gives the tool of an edition (pipeline.tool.load.load_tool).
        seen: entries of the audit log on this case, put into words by the caller.
        kept_for: in Danish, how long or by what criteria the data are kept.
    """
    person = case.people[person_id]
    about = _About(case, person, reader_of(case, person_id, day), day, editions)
    chapters = (
        *_about_the_person(case, person, about),
        Chapter("Hvem har set eller ændret noget i sagen", tuple(_seen(seen)), "Loggen er ikke lagt ved."),
        Chapter("Hvorfor og hvordan oplysningerne bruges", tuple(_use(case, law, day, kept_for))),
        Chapter("Dine rettigheder", tuple(_rights())),
    )
    return Extract(
        title="Indsigt i oplysninger om dig",
        basis="databeskyttelsesforordningens artikel 15",
        case_number=case.number,
        given_to=person.name,
        made_on=day,
        chapters=chapters,
        omissions=tuple(about.omissions),
        to_check=(
            "Se teksterne igennem for steder, hvor personen er omtalt uden navn.",
            "Se filerne i sagen igennem. Udtrækket fortæller om dem, men viser ikke, hvad der står i dem.",
        ),
    )


def _about_the_person(case: Case, person: CasePerson, about: "_About") -> Iterator[Chapter]:
    """What is known, written and kept of the person, and what they were asked."""
    yield Chapter("Oplysninger om dig", tuple(_facts(case, person)))
    yield Chapter("Din adgang til sagen", tuple(_access(case, person.id)))
    yield Chapter("Det, du har skrevet, eller som er skrevet for dig", about.written())
    yield Chapter("Det, andre har skrevet, hvor du er nævnt", about.mentioned())
    documents = "Dokumenter, som kommer fra dig, er sendt til dig, eller som du kan se"
    yield Chapter(documents, tuple(_documents(case, person)))
    yield Chapter("Samtykker, du er spurgt om", tuple(_consents(case, person.id)))
    yield Chapter("Høringer, hvor du er hørt", tuple(_hearings(case, person.id)))
    yield Chapter(OWN_SIGNATURES, tuple(own_signatures(case, person.id)))


class _About:
    """Finds what is written about one person, and collects what has to be left out on the way."""

    def __init__(self, case: Case, person: CasePerson, reader: Reader, day: date, editions: Editions) -> None:
        self._case, self._person, self._reader = case, person, reader
        self._day, self._editions = day, editions
        self._names = _names(person)
        self._is_child = case.child is not None and case.child.id == person.id
        self.omissions: list[Omission] = []

    def written(self) -> tuple[Entry, ...]:
        """Every version of every answer by or for the person, oldest first; then points and diary of the household."""
        answers = (
            self._entry(visit, slot, version)
            for visit, slot, version in _versions(self._case)
            if self._is_own(slot, version) and version.value is not None
        )
        noted = (note.entry for note in family_notes(self._case, self._day) if note.voice in self._reader.voices)
        return (*answers, *noted)

    def mentioned(self) -> tuple[Entry, ...]:
        """What others wrote where the person is named; of the child it is everything, the whole case being about it."""
        return (
            *self._mentioned_in_answers(),
            *self._mentioned_in_skipped(),
            *self._mentioned_in_journal(),
            *self._mentioned_in_agreements(),
            *self._mentioned_in_family_notes(),
        )

    def _is_own(self, slot: Slot, version: Version) -> bool:
        return slot.voice in self._reader.voices or self._person.id in (version.by, version.on_behalf_of)

    def _mentioned_in_answers(self) -> Iterator[Entry]:
        for visit, slot, version in _versions(self._case):
            if self._is_own(slot, version) or version.value is None:
                continue
            entry = self._entry(visit, slot, version)
            hidden = hidden_answer(visit, slot, self._reader, self._editions(visit.edition))
            if hidden:
                self.omissions.append(hidden)
            elif self._names_person(entry.text):
                yield from self._shown(entry, f"Et svar ved besøg {visit.number}")

    def _mentioned_in_skipped(self) -> Iterator[Entry]:
        """Why themes were skipped at a visit."""
        for visit in self._case.visits.values():
            for key, reason in visit.skipped.items():
                if reason and self._names_person(reason):
                    heading = label_of_slot(visit, key, self._editions(visit.edition))
                    yield from self._shown(
                        Entry(heading, f"Sprunget over ved besøget. {reason}"), f"Et svar ved besøg {visit.number}"
                    )

    def _mentioned_in_journal(self) -> Iterator[Entry]:
        for note in self._case.journal:
            text = "\n".join(part for part in (note.noted.with_whom, note.noted.text) if part)
            entry = Entry(f"Notat, {danish_date(note.noted.on)}", text, name_of(self._case, note.by))
            if self._names_person(text):
                yield from self._shown(entry, f"Et notat fra {danish_date(note.noted.on)}")

    def _mentioned_in_agreements(self) -> Iterator[Entry]:
        for agreement in self._case.agreements.values():
            text = f"{agreement.agreed.what}\nHvem: {agreement.agreed.who}"
            if self._names_person(text):
                yield from self._shown(Entry("Aftale", text), "En aftale")

    def _mentioned_in_family_notes(self) -> Iterator[Entry]:
        for note in family_notes(self._case, self._day):
            is_others = note.voice not in self._reader.voices
            if is_others and note.is_for_others and self._names_person(note.entry.text):
                yield from self._shown(note.entry, "Et punkt eller en note fra en anden")

    def _names_person(self, text: str) -> bool:
        return self._is_child or bool(self._names.search(text))

    def _shown(self, entry: Entry, what: str) -> Iterator[Entry]:
        reason = hidden_in(entry.text, self._reader)
        if reason:
            self.omissions.append(Omission(what, reason))
        else:
            yield entry

    def _entry(self, visit: Visit, slot: Slot, version: Version) -> Entry:
        tool = self._editions(visit.edition)
        words = words_of(slot.key, version.value, tool) if version.value is not None else ""
        is_last = version.seq == visit.revision_of(slot)
        told = (words, weighed_in_words(self._case, visit, slot) if is_last else "")
        return Entry(
            label_of_slot(visit, slot.key, tool), "\n".join(filter(None, told)), headline_of(self._case, version)
        )


def _versions(case: Case) -> Iterator[tuple[Visit, Slot, Version]]:
    found = [(v, slot, version) for v in case.visits.values() for slot in v.answers for version in v.answers[slot]]
    yield from sorted(found, key=lambda one: one[2].seq)


def _names(person: CasePerson) -> re.Pattern[str]:
    """The whole name or the first name, with Danish genitive or not."""
    names = {name for name in (person.name, *person.name.split()[:1]) if name}
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?:s|'s|’s)?(?!\w)", re.IGNORECASE) if names else re.compile(r"(?!)")


def _facts(case: Case, person: CasePerson) -> Iterator[Entry]:
    born = born_on(person)
    told = (
        ("Navn", person.name),
        ("CPR-nummer", person.cpr),
        ("Født", danish_date(born) if born else ""),
        ("Titel eller relation", person.title),
        ("Sted", person.organisation),
        ("Adresse", person.contact.address),
        ("Telefon", person.contact.phone),
        ("E-mail", person.contact.email),
        ("Beskyttelse", "Din adresse og kontakt er beskyttet i sagen." if person.contact.protected else ""),
    )
    yield from (Entry(heading, text) for heading, text in told if text)
    for standing in case.standings.values():
        if standing.person_id == person.id:
            until = f" til {danish_date(standing.until)}" if standing.until else ""
            scope = f" ({standing.scope})" if standing.scope else ""
            yield Entry(
                "Med i sagen som", f"{place_in_words(standing.place)}{scope} fra {danish_date(standing.since)}{until}"
            )


def _access(case: Case, person_id: str) -> Iterator[Entry]:
    decided = case.access.get(person_id)
    if decided:
        what = "Din adgang er åbnet." if decided.granted else "Din adgang er lukket."
        yield Entry(danish_day(decided.at), f"{what} {decided.reason}".strip(), name_of(case, decided.by))
    for visit in case.visits.values():
        for one in visit.helped:
            if one.person_id == person_id:
                what = "Du bad om hjælp til at skrive. Det, der var gemt i skemaet, blev vist for den, der hjalp."
                yield Entry(danish_day(one.at), what, name_of(case, one.by))


def _documents(case: Case, person: CasePerson) -> Iterator[Entry]:
    for kept in case.documents.values():
        document = kept.document
        sent = [at for at, sending in kept.sent if sending.to == person.id]
        how = [f"sendt til dig {danish_day(at)}" for at in sent]
        how += ["kommer fra dig"] if kept.by == person.id or document.received_from in (person.id, person.name) else []
        how += ["du kan se det"] if person.id in document.seen_by else []
        if how:
            yield Entry(document.title, danish_list(how).capitalize() + ".", name_of(case, kept.by))


def _consents(case: Case, person_id: str) -> Iterator[Entry]:
    for consent in case.consents.values():
        if consent.asked.person_id == person_id:
            yield Entry(consent.asked.source, consent_in_words(consent))
    if person_id in case.notices.by_mail:
        yield Entry("Mail, når der er nyt til dig", "Du har sagt ja.")
    if person_id in case.notices.by_sms:
        yield Entry("SMS, når der er nyt til dig", "Du har sagt ja.")


def _hearings(case: Case, person_id: str) -> Iterator[Entry]:
    """What the person answered and asked for in hearings, and what the municipality answered."""
    for hearing in case.hearings.by_id.values():
        if hearing.opened.person_id != person_id:
            continue
        until = f"Frist: til og med {danish_date(Deadline.at(hearing.deadline).day)}."
        yield Entry(f"Sendt i høring {danish_day(hearing.opened_at)}", until, name_of(case, hearing.opened_by))
        for answer in hearing.answers:
            told = "\n\n".join(_remarks(hearing, answer)) or "Ingen bemærkninger."
            yield Entry(f"Svar {danish_day(answer.received)}", told, name_of(case, answer.speaker or answer.by))
        yield from (Entry("Bedt om mere tid", f"{one.reason}\n{one.why}".strip()) for one in hearing.more_time)
        yield from (Entry("Bedt om en samtale", one.text) for one in hearing.talks if one.text)
        yield from (Entry(f"Samtale {danish_date(t.held.on)}", t.held.text) for t in hearing.talks if t.held)


def _remarks(hearing: Hearing, answer: Answer) -> Iterator[str]:
    for remark in answer.remarks:
        weighed = hearing.weighed.get(remark.remark)
        yield f"{remark.text}\nKommunens svar: {weighed.reason}" if weighed else remark.text


def _seen(seen: Sequence[Seen]) -> Iterator[Entry]:
    yield from (Entry(danish_date(one.on), f"{one.by_whom} {one.what}") for one in seen)


def _use(case: Case, law: Law, day: date, kept_for: str) -> Iterator[Entry]:
    yield Entry(
        "Formål", f"{case.municipality} fører tilsyn med hjemmetræning efter {law.hjemmel} og skriver en rapport."
    )
    yield Entry(
        "Slags oplysninger",
        "Navn, CPR-nummer og kontakt. Oplysninger om barnets helbred, udvikling og skolegang. Oplysninger om familiens "
        "trivsel. Det, der er skrevet, aftalt og sendt i sagen.",
    )
    places = dict.fromkeys(place_in_words(s.place) for s in case.standings_on(day) if _gets_data(s.place))
    yield Entry("Modtagere", f"Kommunens medarbejdere i sagen og: {danish_list(list(places)) or 'ingen andre'}.")
    yield Entry("Hvor længe", kept_for)
    yield Entry("Automatiske afgørelser", "Der træffes ingen. Et menneske afgør alt i sagen.")


def _gets_data(place: Place) -> bool:
    return not place.is_municipal and place is not Place.SIBLING


def _rights() -> Iterator[Entry]:
    yield Entry("Ret eller slet", "Du kan bede kommunen om at rette eller slette noget, der er forkert.")
    yield Entry(
        "Begræns eller sig fra", "Du kan bede kommunen om at bruge oplysningerne mindre, og du kan gøre indsigelse."
    )
    yield Entry("Klag", "Du kan klage til Datatilsynet over den måde, kommunen bruger dine oplysninger på.")
