"""Characters that no installed font can draw: shown as their code in the PDF, so that nothing turns into an empty box.

The Word and Excel files keep every character as it was typed; only the PDF's picture of it differs.
A glyph that is missing (.notdef) is also against PDF/A-3 6.2.11.8. Private characters mean something only in the font
that they were typed in, and PDF/A-3a 6.2.11.7.3 asks for words in their place.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from pipeline.documents.fonts.installed import body_font_draws, some_font_draws

T = TypeVar("T")

# Format characters draw nothing, so no font needs them: joiners, direction marks, variation selectors.
_PRIVATE = "Co"
_DRAWS_NOTHING = {"Cf", "Zl", "Zp", "Zs", "Cc"}
# These turn the reading order of what follows around: a text could be made to look like another one.
_OVERRIDES = frozenset("\u202d\u202e")
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def undrawable(document: Any) -> frozenset[str]:
    """The characters in a document's words that no installed font has."""
    characters = set("".join(_texts(document)))
    strange = {c for c in characters if not body_font_draws(c) and not _draws_nothing(c)}
    missing = {c for c in strange if unicodedata.category(c) == _PRIVATE or not some_font_draws(c)}
    return frozenset(missing | (characters & _OVERRIDES))


def with_codes(document: T, characters: frozenset[str]) -> T:
    """The document with each of the characters as its code, e.g. “[U+E000]”."""
    table = str.maketrans({c: f"[U+{ord(c):04X}]" for c in characters})
    translated: T = _translate(document, table)
    return translated


def _texts(document: Any) -> list[str]:
    """Every text in a document; without recursion, which would take as long as all the rest of the search."""
    texts: list[str] = []
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, tuple):
            waiting.extend(value)
        elif isinstance(value, Mapping):
            waiting.extend(value.values())
        elif is_dataclass(value):
            waiting.extend(vars(value).values())
    return texts


def _translate(value: Any, table: dict[int, Any]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, Mapping):
        return {key: _translate(item, table) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_translate(item, table) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _translate(getattr(value, f.name), table) for f in fields(value)})
    return value


def _draws_nothing(character: str) -> bool:
    is_selector = any(ord(character) in selectors for selectors in _VARIATION_SELECTORS)
    return is_selector or unicodedata.category(character) in _DRAWS_NOTHING
