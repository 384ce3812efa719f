"""Words that somebody wrote beside the boxes of a Word form: they belong to no slot and must not get lost unseen."""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator

from pipeline.offline.word_text import NotWords, words_of
from pipeline.offline.word_xml import Element, w

_MARGINS = re.compile(r"word/(?:header|footer|footnotes|endnotes)[0-9]*\.xml")
_NUMBERS = re.compile("[0-9]+")
_NO_WORDS = "[Her står noget, der ikke er tekst, fx et billede.]"
_DIGEST_LENGTH = 8


def is_margin(part: str) -> bool:
    """Whether a part of a Word file holds headers, footers or notes."""
    return _MARGINS.fullmatch(part) is not None


def digests_outside(roots: Iterable[Element], controls: Collection[Element]) -> str:
    """What a form says outside its controls, such as labels: a short digest of each paragraph.

    Args:
        roots: of the document part, and of headers and footers.
        controls: whose words are answers.
    """
    return ",".join(sorted({mark for mark, _ in _paragraphs_outside(roots, controls)}))


def added_outside(roots: Iterable[Element], controls: Collection[Element], digests: str) -> list[str]:
    """The paragraphs that the form did not have when it was handed out.

    Args:
        roots: of the document part, and of headers, footers and notes.
        controls: whose words are answers.
        digests: as `digests_outside` made them.
    """
    known = set(digests.split(","))
    added = (words for mark, words in _paragraphs_outside(roots, controls) if mark not in known)
    return list(dict.fromkeys(added))


def _paragraphs_outside(roots: Iterable[Element], controls: Collection[Element]) -> Iterator[tuple[str, str]]:
    """The digest of each paragraph and its words; in a margin numbers do not count, since pages have them."""
    for root in roots:
        for paragraph in root.iter(w("p")):
            words = _words_outside(paragraph, controls)
            if words:
                yield _digest(words if root.tag == w("document") else _NUMBERS.sub("0", words)), words


def _words_outside(paragraph: Element, controls: Collection[Element]) -> str:
    if any(around in controls for around in paragraph.iterancestors()):
        return ""
    try:
        return " ".join(words_of(paragraph, controls).split())
    except NotWords:
        return _NO_WORDS


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]
