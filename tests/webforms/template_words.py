"""Finds words for people that stand in a template itself instead of in the catalogue."""

import re
from html.parser import HTMLParser

from jinja2 import Environment

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SPOKEN = {"alt", "aria-label", "aria-description", "content", "placeholder", "title"}
_NOT_SPOKEN = re.compile(r"width=device-width, initial-scale=1")
_SENTENCE = re.compile(r"[A-ZÆØÅ][a-zæøå]+|[^\W\d_]+ [^\W\d_]+|[æøåÆØÅ]")
_UNSPOKEN_STATE = re.compile(r'aria-(?:invalid|describedby)="[^"]*"')
"""A macro may write these into a tag that stands elsewhere."""
_HOLE = "\ufffc"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        if _LETTERS.search(_UNSPOKEN_STATE.sub("", data)):
            self.found.append(data.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in _SPOKEN and value and _LETTERS.search(_NOT_SPOKEN.sub("", value)):
                self.found.append(value)


def bare_words(source: str) -> list[str]:
    """Text and spoken attributes that are written out, and constants in expressions that look like words."""
    reader = _Reader()
    constants = []
    html = ""
    for _, token, value in Environment(autoescape=True).lex(source):
        if token == "data":  # noqa: S105 - a kind of token of Jinja
            html += value
        elif token in ("variable_begin", "block_begin"):
            html += _HOLE if token == "variable_begin" else ""  # noqa: S105 - the same
        elif token == "string" and _SENTENCE.search(value[1:-1]):  # noqa: S105 - the same
            constants.append(value)
    reader.feed(html)
    reader.close()
    return reader.found + constants
