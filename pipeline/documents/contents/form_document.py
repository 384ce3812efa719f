"""What the Word file behind the offline forms says: labels, and a paragraph for each box."""

from dataclasses import dataclass

from pipeline.documents.contents.words import Paper


@dataclass(frozen=True)
class FormSlot:
    """One box: the words above it, how tall it is (“line”, “medium” or “long”), and what stands in it."""

    short: str
    help: str
    size: str
    value: str


@dataclass(frozen=True)
class FormGroup:
    """Boxes under one heading."""

    heading: str
    questions: tuple[str, ...]
    slots: tuple[FormSlot, ...]


@dataclass(frozen=True)
class FormPart:
    """One section of the form."""

    title: str
    instruction: str
    own_note: str
    groups: tuple[FormGroup, ...]


@dataclass(frozen=True)
class FormDocument:
    """The slots of `formular`."""

    paper: Paper
    form_id: str
    sections: tuple[FormPart, ...]
