"""Words that somebody wrote beside the boxes of a Word form: they belong to no slot and must not get lost unseen."""

import hashlib
from collections.abc import Collection, Iterator

from pipeline.offline.word_text import NotWords, words_of
from pipeline.offline.word_xml import Element, w

OUTSIDE = "Tekst uden for felterne"
"""The name under which they are handed on; no slot is called so."""

_NO_WORDS = "[Her står noget, der ikke er tekst, fx et billede.]"
_DIGEST_LENGTH = 8


def digests_outside(document: Element, controls: Collection[Element]) -> str:
    """What a form says outside its controls, such as labels: a short digest of each paragraph."""
    return ",".join(sorted({_digest(words) for words in _paragraphs_outside(document, controls)}))


def added_outside(document: Element, controls: Collection[Element], digests: str) -> list[str]:
    """The paragraphs that the form did not have when it was handed out.

    Args:
        document: the root of the document part.
        controls: whose words are answers.
        digests: as `digests_outside` made them.
    """
    known = set(digests.split(","))
    added = (words for words in _paragraphs_outside(document, controls) if _digest(words) not in known)
    return list(dict.fromkeys(added))


def _paragraphs_outside(document: Element, controls: Collection[Element]) -> Iterator[str]:
    for paragraph in document.iter(w("p")):
        if any(around in controls for around in paragraph.iterancestors()):
            continue
        try:
            words = " ".join(words_of(paragraph, controls).split())
        except NotWords:
            words = _NO_WORDS
        if words:
            yield words


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]
