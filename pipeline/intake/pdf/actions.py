"""What a PDF may do by itself, and how that is taken out of it (ISO 32000-1, 12.6)."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

_ACTIVE = {
    *("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition"),
    *("/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"),
}
_HARMLESS_AT_OPENING = {"/GoTo", "/Named"}
_SCHEMES = {"", "http", "https", "mailto", "tel"}
_PLAYERS = {"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
_PROGRAM_KEYS = ("/JS", "/JavaScript", "/AA", "/XFA")
"""Scripts, the tree of named scripts, actions on events, and the forms that are programs (XFA)."""

NAMES = {*_ACTIVE, *_PLAYERS, *_PROGRAM_KEYS, "/OpenAction", "/URI", "/Sig"}
"""A dictionary in which none of these stands is of no interest here."""


def deactivate(holders: Iterable[Object]) -> bool:
    """Take every action out that runs, fetches, sends or plays something; whether there was any."""
    found = False
    for holder in holders:
        # A list, so that every one is taken out and not only the first.
        found |= any([_without_program_keys(holder), _without_action(holder), _without_opening(holder)])
    return found


def plays_something(holder: Object) -> bool:
    """Whether it is an annotation that shows film, sound or a model, of which nothing would be left."""
    return _name(holder, "/Subtype") in _PLAYERS and ("/Rect" in holder or "/P" in holder)


def is_drawn_by_program(pdf: Pdf) -> bool:
    """Whether the pages are empty until a program (XFA) has drawn them."""
    return bool(pdf.Root.get("/NeedsRendering", False))


def is_signed(holders: Iterable[Object]) -> bool:
    """Whether anybody has signed it; a changed byte would spoil that."""
    return any(_name(one, "/FT") == "/Sig" and "/V" in one for one in holders)


def reads_elsewhere(stream: Stream) -> bool:
    """Whether its bytes stand in another file (ISO 32000-1, table 5)."""
    return "/F" in stream.stream_dict


def _without_program_keys(holder: Object) -> bool:
    found = [key for key in _PROGRAM_KEYS if key in holder]
    for key in found:
        del holder[key]
    return bool(found)


def _without_action(holder: Object) -> bool:
    kind = _name(holder, "/S")
    leads_astray = kind == "/URI" and not _is_ordinary_address(holder.get("/URI"))
    if kind not in _ACTIVE and not leads_astray:
        return False
    for key in list(holder.keys()):
        del holder[key]
    return True


def _without_opening(holder: Object) -> bool:
    opening = holder.get("/OpenAction")
    if opening is None or isinstance(opening, Array) or _name(opening, "/S") in _HARMLESS_AT_OPENING:
        return False
    del holder["/OpenAction"]
    return True


def _is_ordinary_address(address: Object | None) -> bool:
    if not isinstance(address, String):
        return False
    try:
        text = str(address).strip()
        return urlsplit(text).scheme.lower() in _SCHEMES and not text.startswith(("\\", "//"))
    except ValueError:
        return False


def _name(holder: Object, key: str) -> str:
    value = holder.get(key) if isinstance(holder, Dictionary | Stream) else None
    return str(value) if isinstance(value, Name) else ""
