"""What one cell of a workbook from outside says: as Excel shows it where that is certain, else as far as can be told.

Element and attribute names are those of SpreadsheetML (ISO/IEC 29500-1, 18).
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import isfinite

from lxml import etree

from exports.workbook.own_words import number_mark

Element = etree._Element
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_INTEGER = re.compile("-?[0-9]{1,10}")
_SHORT_DECIMAL = re.compile(r"-?[0-9]{1,5}\.[0-9]{1,4}")
_BUILT_IN = {"0": "General", "1": "0", "49": "@"} | {str(number): "d" for number in range(14, 23)}
"""Number formats that files only number (18.8.30); 14 to 22 are dates and times."""
_SHOWN_AS_TYPED = {"General", "0", "@"}
_BESIDE_THE_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General')
_LETTERS_OF_A_DATE = frozenset("dmyhs")
_DAY_ZERO = datetime(1899, 12, 30)
_DAYS_TO_1904 = 1462
_SECONDS_OF_A_DAY = 86_400
_TRUTH = {"1": "SAND", "0": "FALSK"}


@dataclass(frozen=True)
class Words:
    """What a cell says.

    Attributes:
        shown: as Excel shows it; None where that cannot be told, as for an error or a date.
        literal: without undoing escapes: openpyxl writes “_x000D_” as it is, Excel takes that for a line break.
        found: where `shown` is None, what stands there for a person to look at.
        number: by which a number is known again, “” for anything else.
    """

    shown: str | None = ""
    literal: str = ""
    found: str = ""
    number: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there."""
        return self.shown == ""

    @property
    def told(self) -> str:
        """What stands there, for a person to look at."""
        return self.found if self.shown is None else self.shown

    @property
    def readings(self) -> tuple[str, str]:
        """What the cell said when we wrote it, if it is ours: with escapes undone, and without."""
        return self.number or self.told, self.number or self.literal or self.told


@dataclass(frozen=True)
class Vocabulary:
    """What the cells of all sheets refer to: shared texts, the number format of each style, and where days begin."""

    strings: tuple[Words, ...] = ()
    formats: tuple[str, ...] = ()
    counts_from_1904: bool = False

    def words(self, cell: Element) -> Words:
        """What a cell says (18.3.1.4)."""
        words = self._said(cell)
        formula = cell.find(f"{MAIN}f")
        if formula is None or words.shown:
            return words
        arrow = f" → {words.told}" if words.told else ""
        return replace(words, shown=None, found=f"={formula.text or ''}{arrow}")  # nobody has worked it out

    def _said(self, cell: Element) -> Words:
        value = cell.findtext(f"{MAIN}v") or ""
        match cell.get("t", "n"):
            case "inlineStr":
                return words_of(cell.find(f"{MAIN}is"))
            case "s":
                known = value.isdecimal() and int(value) < len(self.strings)
                return self.strings[int(value)] if known else Words(None, found=value)
            case "str":
                return Words(_unescaped(value), value)
            case "n":
                return self._number(value, cell.get("s", ""))
            case "b":
                return Words(None, found=_TRUTH.get(value, value))
            case _:
                return Words(None, found=value) if value else Words()

    def _number(self, value: str, style: str) -> Words:
        if not value:
            return Words()
        code = self.formats[int(style)] if style.isdecimal() and int(style) < len(self.formats) else "General"
        number = _parsed(value)
        mark = "" if number is None else number_mark(number)
        danish = value.replace(".", ",")
        is_short = code in _SHOWN_AS_TYPED and (_INTEGER.fullmatch(value) or _SHORT_DECIMAL.fullmatch(value))
        if is_short and not (code == "0" and "." in value):
            return Words(danish, danish, number=mark)
        # A date, an amount, or a figure that Excel rounds.
        day = self._day(number) if number is not None and _is_date(code) else ""
        return Words(None, found=f"{day} (tallet {danish})" if day else danish, number=mark)

    def _day(self, number: float) -> str:
        try:
            seconds = round((number + _DAYS_TO_1904 * self.counts_from_1904) * _SECONDS_OF_A_DAY)
            moment = _DAY_ZERO + timedelta(seconds=seconds)
        except OverflowError:
            return ""
        return f"{moment:%d.%m.%Y}" if number.is_integer() else f"{moment:%d.%m.%Y kl. %H.%M.%S}"


def formats_of(styles: Element | None) -> tuple[str, ...]:
    """The number format of each style of a cell."""
    if styles is None:
        return ()
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in styles.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")}
    codes = _BUILT_IN | own
    return tuple(codes.get(xf.get("numFmtId", "0"), "") for xf in styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf"))


def words_of(item: Element | None) -> Words:
    """A text, plain or in runs; each run is escaped for itself (22.9.2.19), how it is pronounced is left out."""
    if item is None:
        return Words()
    texts = [*item.iterfind(f"{MAIN}t"), *item.iterfind(f"{MAIN}r/{MAIN}t")]
    pieces = [text.text or "" for text in texts]
    return Words("".join(_unescaped(piece) for piece in pieces), "".join(pieces))


def _parsed(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _is_date(code: str) -> bool:
    return not _LETTERS_OF_A_DATE.isdisjoint(_BESIDE_THE_FORMAT.sub("", code).casefold())


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
