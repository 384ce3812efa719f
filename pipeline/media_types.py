"""What a kind of file is called by IANA, and how its name usually ends; the only table of it."""

from collections.abc import Mapping

_OFFICE = "application/vnd.openxmlformats-officedocument"

ENDINGS: Mapping[str, str] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
    f"{_OFFICE}.wordprocessingml.document": "docx",
    f"{_OFFICE}.spreadsheetml.sheet": "xlsx",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "application/json": "json",
    "text/plain": "txt",
}
"""Whatever may come in, and what we make ourselves: with its usual ending it is opened by its usual program."""


def ending_of(media_type: str) -> str:
    """How the name of such a file ends, without the dot; `bin` for what is none of ours."""
    return ENDINGS.get(media_type, "bin")
