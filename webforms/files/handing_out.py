"""A kept file on its way to a browser, under a name that says what it is and nothing that it is not."""

from flask import Response

from pipeline.cases.record.journal_events import DocumentKept
from pipeline.cases.record.parts import Kept
from pipeline.intake.kinds import ACCEPT, Kind
from pipeline.intake.names import content_disposition, download_name
from webforms.services import Services

_CHUNK = 64 * 1024
_EXTENSIONS = {kind.media_type: f".{kind.value}" for kind in Kind} | {"text/plain": ".txt", "application/json": ".json"}
"""What comes in, and what comes with the samples."""
_CLAIMED = {extension[1:] for extension in (*ACCEPT.split(","), *_EXTENSIONS.values())}


def handed_out(services: Services, case_id: str, kept: Kept) -> Response:
    """The file as a download; a page of ours may still show it as a picture or a clip.

    Raises:
        FileLost: it is missing or damaged on the disk, which is known before the first byte leaves.
    """
    opened = services.store.files.open(case_id, kept.document.file)
    response = Response(iter(lambda: opened.read(_CHUNK), b""), mimetype=kept.document.media_type)
    response.call_on_close(opened.close)
    response.headers["Content-Length"] = str(kept.document.size)
    response.headers["Content-Disposition"] = content_disposition(_saved_as(kept.document))
    return response


def _saved_as(document: DocumentKept) -> str:
    """The title as the name of a file; of its dots only that of an extension is one."""
    extension = _EXTENSIONS.get(document.media_type, "")
    claimed = document.title.rpartition(".")[2].lower()
    stem = document.title.rpartition(".")[0] if claimed in _CLAIMED else document.title
    return download_name(f"{stem}{extension or '.'}", extension)
