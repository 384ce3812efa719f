"""The words that must not be found: of the demo's people, what the families have told, and what a test has typed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pipeline.cases.record.case import Case
from pipeline.cases.record.journal_events import JournalNoted
from pipeline.cases.record.visit_events import Written
from pipeline.store.opening import Store

DIAGNOSES = ("cerebral parese", "infantil autisme", "Downs syndrom", "spastisk")
_LONG_ENOUGH = 5
"""Letters of a name; shorter ones come by chance in what is sealed."""
_OF_A_TEXT = slice(3, 43)


def fictional_words(store: Store) -> frozenset[str]:
    """Everything of the demo's people that would be recognised, as it is read from the store itself."""
    words = {one.employee.name for one in store.employees.all()} | set(DIAGNOSES)
    texts: list[str] = []
    for listed in store.lists.listing().cases:
        case = store.cases.case(listed.id)
        words |= set(_of_people(case))
        words |= {kept.document.title for kept in case.documents.values()}
        texts += _texts(store, listed.id)
    assert all(any(diagnosis in text for text in texts) for diagnosis in DIAGNOSES)
    return frozenset(words | {text[_OF_A_TEXT] for text in texts[::10]})


def _of_people(case: Case) -> Iterator[str]:
    for person in case.people.values():
        yield person.name
        yield from (part for part in person.name.split() if len(part) >= _LONG_ENOUGH)
        yield from (words for words in (person.contact.address, person.contact.phone, person.contact.email) if words)
        if person.cpr:
            yield from (person.cpr, f"{person.cpr[:6]}-{person.cpr[6:]}")


def _texts(store: Store, case_id: str) -> list[str]:
    """What was written, where it is long enough to be known again."""
    written = (one.event for one in store.cases.happened(case_id) if isinstance(one.event, (Written, JournalNoted)))
    found = (text for event in written for text in _strings(msgspec.to_builtins(event)))
    return [text for text in found if len(text) > _OF_A_TEXT.stop]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _strings(inner)


def found_in(content: bytes, words: Sequence[str]) -> set[str]:
    """The words in any encoding that they might have been written in, large or small letters alike."""
    low = content.lower()
    return {
        word
        for word in words
        for code in ("utf-8", "utf-16-le", *(() if word.isascii() else ("latin-1",)))
        if word.lower().encode(code, "replace") in low
    }


def found_below(folder: Path, words: Sequence[str], *, but: Sequence[Path] = ()) -> dict[str, set[str]]:
    """By path the words in the files of a folder, and in their names."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*"):
        if any(path.is_relative_to(left_out) for left_out in but):
            continue
        name = str(path.relative_to(folder))
        here = found_in(name.encode(), words) | (found_in(path.read_bytes(), words) if path.is_file() else set())
        if here:
            found[name] = here
    return found
