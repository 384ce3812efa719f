"""Text from people, checked once at the door: kept exactly, or refused with a message; never quietly changed."""

import re
import unicodedata

from pipeline.errors import AnswersError

MAX_CHARACTERS = 100_000
"""The longest single answer in characters; ten times the longest that anybody has a reason to write."""
LONGEST_NAME = 60
"""So many characters of an unknown name are shown."""

# XML 1.0 (2.2 Char) holds tab, line feed and everything from space on, save surrogates and two noncharacters.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def accept_text(raw: str, place: str) -> str:
    """The text with line ends as LF and nothing else changed.

    Args:
        raw: what was typed or read.
        place: the field in plain Danish, for the message.

    Raises:
        AnswersError: the text holds a character that no Word or Excel file can hold, or is too long.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    bad = _NOT_IN_XML.search(text)
    if bad:
        raise AnswersError(
            f"{place}: tegn nr. {bad.start() + 1} ({_name(bad.group())}) er et usynligt styretegn, som ikke kan stå i "
            f"et dokument. Slet tegnet, og prøv igen. Resten af teksten er i orden."
        )
    if len(text) > MAX_CHARACTERS:
        raise AnswersError(
            f"{place}: teksten er på {len(text)} tegn. Der er plads til {MAX_CHARACTERS}. "
            f"Læg den lange tekst i et bilag, og henvis til det."
        )
    return text


def shown(name: str) -> str:
    """The name of a key from outside as it may stand in a message: short, on one line, nothing invisible."""
    plain = "".join(character if character.isprintable() else "?" for character in name)
    return plain if len(plain) <= LONGEST_NAME else f"{plain[:LONGEST_NAME]}…"


def _name(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{' ' + name if name else ''}"
