"""A value on its way into Word XML: exactly its characters, nothing of it ever markup.

Every slot's value passes here and nowhere else (Jinja's `finalize`). Jinja's own escaping is not used: it makes a
`Markup` object of every value, which takes three times the time of all the rest, and it trusts what says `__html__`.
"""

_LINE = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


def into_property(value: object) -> str:
    """The value inside an element: markup escaped (XML 1.0, 2.4), line breaks as they are."""
    text = value if type(value) is str else str(value)
    # Looking first is cheaper than replacing: hardly any text holds one of these.
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def into_run(value: object) -> str:
    """The value inside a `w:t`: markup escaped, line breaks and tabs as Word's own elements."""
    text = into_property(value)
    if "\n" in text:
        text = text.replace("\n", _LINE)
    if "\t" in text:
        text = text.replace("\t", _TAB)
    return text
