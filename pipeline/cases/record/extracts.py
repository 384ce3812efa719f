"""An extract of a case for a person, printable as text and readable as JSON.

Two rights, two extracts that must not be mixed: insight.py (data protection: what is known of a person) and
party_access.py (administrative law: a party reads the case).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from pipeline.danish import danish_date

_WIDTH = 72


@dataclass(frozen=True)
class Entry:
    """One piece of the extract.

    Attributes:
        source: who it came from, when and through what; empty where the heading says it.
    """

    heading: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class Omission:
    """Something left out: what it is without telling it, and why."""

    what: str
    reason: str


@dataclass(frozen=True)
class Chapter:
    """Entries that belong together; `empty` is said where there are none."""

    title: str
    entries: tuple[Entry, ...]
    empty: str = "Der er ikke noget."


@dataclass(frozen=True)
class Extract:
    """An extract.

    Attributes:
        basis: the rule it is given by.
        to_check: what a caseworker has to look at before it is handed out; never part of what is handed out.
    """

    title: str
    basis: str
    case_number: str
    given_to: str
    made_on: date
    chapters: tuple[Chapter, ...]
    omissions: tuple[Omission, ...]
    to_check: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """One entry of the audit log, as the extract tells it.

    Attributes:
        on: the day.
        by_whom: the role in words (“en sagsbehandler”), not the employee's name.
        what: in words, what was done (“åbnede sagen”).
    """

    on: date
    by_whom: str
    what: str


def as_json(extract: Extract) -> dict[str, Any]:
    """The extract as JSON, as it is handed out."""
    read: dict[str, Any] = msgspec.to_builtins(extract)
    return {key: value for key, value in read.items() if key != "to_check"}


def as_text(extract: Extract) -> str:
    """The extract as text to print and hand out: headings underlined, one entry after the other."""
    lines = [extract.title, "=" * min(len(extract.title), _WIDTH)]
    lines += [f"Sag: {extract.case_number}", f"Til: {extract.given_to}"]
    lines += [f"Dato: {danish_date(extract.made_on)}", f"Efter: {extract.basis}"]
    for chapter in extract.chapters:
        lines += _heading(chapter.title)
        lines += [line for entry in chapter.entries for line in _entry(entry)] or [chapter.empty]
    lines += _heading("Det er udeladt")
    lines += [f"- {omitted.what}: {omitted.reason}" for omitted in _without_repeats(extract.omissions)]
    lines += [] if extract.omissions else ["Der er ikke udeladt noget."]
    return "\n".join(lines) + "\n"


def _without_repeats(omissions: Sequence[Omission]) -> list[Omission]:
    return list(dict.fromkeys(omissions))


def _heading(title: str) -> list[str]:
    return ["", title, "-" * min(len(title), _WIDTH)]


def _entry(entry: Entry) -> list[str]:
    lines = [f"{entry.heading}:"] if entry.heading else []
    lines += [f"  {line}" for line in entry.text.splitlines()]
    return [*lines, f"  ({entry.source})", ""] if entry.source else [*lines, ""]
