"""LIX, the readability index used for Danish (Björnsson 1968): words a sentence plus the share of long words."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_END = re.compile(r"[.!?:](?=\s|$)|\n")
LONG = 7
"""From so many letters a word is long."""


def lix(text: str) -> float:
    """The index of a text; below 25 is easy, 35 is ordinary, above 45 is heavy."""
    words = _WORD.findall(text)
    sentences = [part for part in _END.split(text) if _WORD.search(part)]
    return len(words) / len(sentences) + 100 * sum(len(word) >= LONG for word in words) / len(words)
