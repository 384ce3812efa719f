"""What stands in the content controls of a Word form that came home, however Word or LibreOffice left them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.offline.passport import digest
from pipeline.offline.word_controls import PLACEHOLDERS, numbers_in
from pipeline.offline.word_text import NotWords, words_of
from pipeline.offline.word_xml import Element, value_of, w

_OUR_PROMPTS = frozenset(PLACEHOLDERS.values())
# What Word itself shows in a control that somebody emptied.
_WORDS_PROMPTS = frozenset(
    (
        *("Klik eller tryk her for at skrive tekst.", "Klik her for at angive tekst.", "Vælg et element."),
        *("Click or tap here to enter text.", "Click here to enter text.", "Choose an item."),
    )
)
_DELETED = (w("del"), w("moveFrom"))
_ESCAPED_UNDERSCORE = re.compile("_x005F_(?=[xX][0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, eq=False)
class Control:
    """One content control of the form.

    Attributes:
        name: of its slot.
        block: the control itself where it holds paragraphs, else the paragraph it stands in.
        words: None where it holds something else than words.
    """

    name: str
    element: Element
    block: Element
    words: str | None


def controls_in(document: Element, base: Mapping[str, str]) -> list[Control]:
    """Every control of the form in reading order; one inside another of the same name belongs to that.

    Args:
        document: the root of the document part.
        base: digest of what each slot held when the form was handed out, in the form's order.
    """
    names = tuple(base)
    by_element: dict[Element, str] = {}
    for element in document.iter(w("sdt")):
        name = _name(element, names, base)
        around = list(element.iterancestors())
        is_deleted = any(each.tag in _DELETED for each in around)
        if name is not None and not is_deleted and name not in {by_element.get(each) for each in around}:
            by_element[element] = name
    return [Control(name, element, _block(element), _said(element, base[name])) for element, name in by_element.items()]


def answers_in(controls: Iterable[Control], base: Mapping[str, str], *, by_libreoffice: bool) -> dict[str, str]:
    """The words of each slot; a slot that cannot be read, or says two things, is left out.

    Args:
        controls: as `controls_in` found them.
        base: digest of what each slot held when the form was handed out.
        by_libreoffice: whether LibreOffice saved the file; it writes “_x000D_” as “_x005F_x000D_”.
    """
    answers: dict[str, str] = {}
    unclear: set[str] = set()
    for name, words in _joined(controls):
        if words is None or answers.get(name, words) != words:
            unclear.add(name)
        else:
            answers[name] = words
    return {
        name: _as_typed(words, base[name], by_libreoffice=by_libreoffice)
        for name, words in answers.items()
        if name not in unclear
    }


def _name(control: Element, names: tuple[str, ...], base: Mapping[str, str]) -> str | None:
    tag = value_of(control.find(f"{w('sdtPr')}/{w('tag')}"))
    if tag in base:
        return tag
    return next((names[number - 1] for number in numbers_in(control) if 0 < number <= len(names)), None)


def _block(control: Element) -> Element:
    return next((each for each in control.iterancestors() if each.tag == w("p")), control)


def _said(control: Element, base: str) -> str | None:
    content = control.find(w("sdtContent"))
    try:
        words = "" if content is None else words_of(content)
    except NotWords:
        return None
    return "" if _is_prompt(control, words, base) else words


def _is_prompt(control: Element, words: str, base: str) -> bool:
    """Whether the words only ask for some; the mark for that (`w:showingPlcHdr`) LibreOffice keeps where one types."""
    if words in _OUR_PROMPTS:
        return digest(words) != base
    return words in _WORDS_PROMPTS and control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None


def _joined(controls: Iterable[Control]) -> Iterator[tuple[str, str | None]]:
    """Each control's words, those of a control that a program split in parts put together again."""
    before: Control | None = None
    for control in controls:
        between = None if before is None else _between(before, control)
        if before is not None and between is not None:
            parts = (before.words, control.words)
            words = None if None in parts else between.join(part for part in parts if part is not None)
            before = Control(control.name, control.element, control.block, words)
            continue
        if before is not None:
            yield before.name, before.words
        before = control
    if before is not None:
        yield before.name, before.words


def _between(first: Control, second: Control) -> str | None:
    """What parts two parts of one control; None where they are two controls."""
    if first.name != second.name:
        return None
    if first.block is second.block:
        return ""
    return "\n" if first.block.getnext() is second.block else None


def _as_typed(words: str, base: str, *, by_libreoffice: bool) -> str:
    """The words without the escapes LibreOffice put in, once for each time it saved the file."""
    readings = [words]
    while (plainer := _ESCAPED_UNDERSCORE.sub("_", readings[-1])) != readings[-1]:
        readings.append(plainer)
    handed_out = next((reading for reading in readings if digest(reading) == base), None)
    if handed_out is not None:
        return handed_out
    return readings[-1] if by_libreoffice else words
