"""A value on its way into Word XML: exactly its characters, nothing of it ever markup."""

from markupsafe import Markup, escape

_LINE = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


def into_run(value: object) -> Markup:
    """The value inside a `w:t`: markup escaped, line breaks and tabs as Word's own elements."""
    text = str(escape(value))
    if "\n" in text:
        text = text.replace("\n", _LINE)
    if "\t" in text:
        text = text.replace("\t", _TAB)
    return Markup(text)  # noqa: S704 - escaped two lines above


def into_property(value: object) -> Markup:
    """The value inside an element of the file's properties: markup escaped, line breaks as they are."""
    return escape(value)
