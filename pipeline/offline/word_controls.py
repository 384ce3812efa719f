"""Turns the boxes of the merged Word file into content controls that Word and LibreOffice both keep.

Found by trial with LibreOffice 7.4, which is what Debian 12 has: it drops `w:tag` and `w:alias` of every control it
understands, and out of a plain text control (`w:text`) it drops all line breaks. So every text is a rich text control
(ISO/IEC 29500-1, 17.5.2), in which a line break is a `w:br` and stays, and each control stands inside a bookmark, which
every program keeps. A control is known again by its tag, by the number before its title, or by its bookmark.
"""

import re
from collections.abc import Mapping, Sequence

from pipeline.errors import TemplateError
from pipeline.offline.slots import Slot
from pipeline.offline.word_xml import Element, make, make_text, value_of, w
from pipeline.tool.definition import Kind

BOX = "Svarfelt"
EMPTY_BOX = "PlaceholderText"
"""The styles of an answer and of the words that stand where there is none yet."""

PLACEHOLDERS: Mapping[Kind, str] = {
    Kind.TEXT: "Skriv her",
    Kind.LONG_TEXT: "Skriv her",
    Kind.DATE: "Skriv datoen, fx 31.03.2026",
    Kind.CHOICE: "Vælg et svar",
}

_MERGED_BOXES = {"Feltlinje", "Feltmellem", "Feltlang"}
_LONGEST_NAME = 64
"""Word takes a file whose control has a longer title or tag for damaged."""

_NUMBER_IN_TITLE = re.compile(r"(\d{1,5})\. ")
_NUMBER_IN_BOOKMARK = re.compile(r"Felt_(\d{1,5})")
_FIRST_ID = 1000


def add_controls(document: Element, slots: Sequence[Slot]) -> None:
    """Make each box of a merged form a content control: the first box for the first slot, and so on.

    Raises:
        TemplateError: the form has not as many boxes as there are slots.
    """
    boxes = [p for p in document.iter(w("p")) if value_of(p.find(f"{w('pPr')}/{w('pStyle')}")) in _MERGED_BOXES]
    if len(boxes) != len(slots):
        raise TemplateError(
            f"Skabelonen “formular” har {len(boxes)} felter, men der skal være {len(slots)}. "
            f"Hvert felt skal være ét afsnit med typografien “Felt linje”, “Felt mellem” eller “Felt lang”."
        )
    for number, (box, slot) in enumerate(zip(boxes, slots, strict=True), start=1):
        _fill(box, slot, number)


def numbers_in(control: Element) -> list[int]:
    """The numbers a control is known by besides its tag: that in its title, then those of its bookmarks."""
    titles = [value_of(control.find(f"{w('sdtPr')}/{w('alias')}"))]
    bookmarks = [mark.get(w("name"), "") for mark in (*_starts_before(control), *control.iter(w("bookmarkStart")))]
    found = [_NUMBER_IN_TITLE.match(title) for title in titles]
    found += [_NUMBER_IN_BOOKMARK.fullmatch(name) for name in bookmarks]
    return [int(match[1]) for match in found if match]


def _starts_before(control: Element) -> list[Element]:
    """The bookmarks that begin right before the control."""
    starts: list[Element] = []
    before = control.getprevious()
    while before is not None and before.tag == w("bookmarkStart"):
        starts.append(before)
        before = before.getprevious()
    return starts


def _fill(box: Element, slot: Slot, number: int) -> None:
    style = box.find(f"{w('pPr')}/{w('pStyle')}")
    runs = box.findall(w("r"))
    if style is not None:
        style.set(w("val"), BOX)
    for run in runs:
        box.remove(run)
    content = make("sdtContent", *(runs if slot.value else [_placeholder(slot)]))
    mark = str(_FIRST_ID + number)
    box.extend(
        (
            make("bookmarkStart", id=mark, name=f"Felt_{number}"),
            make("sdt", _facts(slot, number), content),
            make("bookmarkEnd", id=mark),
        )
    )


def _facts(slot: Slot, number: int) -> Element:
    """What Word knows of the control, in the order of CT_SdtPr (ISO/IEC 29500-1, 17.5.2.38)."""
    facts = make(
        "sdtPr",
        make("alias", val=f"{number}. {slot.label}"[:_LONGEST_NAME]),
        make("tag", val=slot.name),
        make("id", val=str(_FIRST_ID + number)),
        make("lock", val="sdtLocked"),
    )
    if not slot.value:
        facts.append(make("showingPlcHdr"))
    if slot.kind is Kind.CHOICE:
        facts.append(_choices(slot))
    return facts


def _choices(slot: Slot) -> Element:
    """The list; its first line takes a choice back, as Word does with a line that has no value."""
    none = make("listItem", displayText=PLACEHOLDERS[Kind.CHOICE], value="")
    lines = (make("listItem", displayText=choice.label, value=choice.code) for choice in slot.choices)
    return make("dropDownList", none, *lines)


def _placeholder(slot: Slot) -> Element:
    return make("r", make("rPr", make("rStyle", val=EMPTY_BOX)), make_text(PLACEHOLDERS[slot.kind]))
