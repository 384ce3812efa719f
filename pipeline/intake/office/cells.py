"""Cells of an Excel sheet that reach outside it, or so far out that a program which reads them runs out of memory."""

import re

_LINKS = re.compile(rb"<(?:\w+:)?(?:ddeLink|oleLink|webPr|dbPr)\b")
# DDE is written as program|subject!item; WEBSERVICE and the others ask a server.
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*)</")
_REACHING = re.compile(rb"\|[^<]*!|\b(?:DDE|WEBSERVICE|FILTERXML|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE)\s*\(", re.I)
_FAR_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*\br=["'][A-Z]{3}[0-9]{6,7}["']""")


def reaches_outside(content: bytes) -> bool:
    """Whether a part links to a program or a server, or has a cell beyond column ZZ and row 99,999."""
    if _LINKS.search(content) or _FAR_CELL.search(content):
        return True
    return any(_REACHING.search(formula[1]) for formula in _FORMULA.finditer(content))
