"""What the Word file behind the offline forms says: labels, and a paragraph for each box."""

from dataclasses import dataclass

from pipeline.documents.contents.words import Paper


@dataclass(frozen=True)
class FormSlot:
    """One box.

    Attributes:
        short: the words above it.
        size: how tall it is (“line”, “medium” or “long”).
        value: what stands in it.
        new_page: the words above it begin a page, because LibreOffice would leave them alone on the page before.
    """

    short: str
    help: str
    size: str
    value: str
    new_page: bool = False


@dataclass(frozen=True)
class FormGroup:
    """Boxes under one heading."""

    heading: str
    questions: tuple[str, ...]
    slots: tuple[FormSlot, ...]
    new_page: bool = False


@dataclass(frozen=True)
class FormPart:
    """One section of the form."""

    title: str
    instruction: str
    own_note: str
    groups: tuple[FormGroup, ...]
    new_page: bool = False


@dataclass(frozen=True)
class Continued:
    """The whole text of a box that cannot show it, on the pages behind the boxes."""

    number: str
    label: str
    text: str


@dataclass(frozen=True)
class FormDocument:
    """The slots of `formular` and `formular_flad`."""

    paper: Paper
    form_id: str
    sections: tuple[FormPart, ...]
    continued: tuple[Continued, ...] = ()
