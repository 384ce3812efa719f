"""A PDF from outside: kept byte for byte where nothing in it is active or hidden, else written anew without that."""

import io
import re
from pathlib import Path

from pikepdf import Name, Object, ObjectStreamMode, PasswordError, Pdf, PdfError, Stream, StreamDecodeLevel
from pikepdf.settings import set_qpdf_limits

from pipeline.intake.accepted import Change
from pipeline.intake.finding import Finding
from pipeline.intake.jpeg_position import has_position, without_position
from pipeline.intake.kinds import Kind
from pipeline.intake.pdf import actions, attached
from pipeline.intake.pdf.actions import deactivate, is_drawn_by_program, is_signed, plays_something, reads_elsewhere
from pipeline.intake.pdf.attached import is_harmful_attachment
from pipeline.intake.pdf.unfolding import Unfolding
from pipeline.intake.pdf.walk import TooManyObjects, notable
from pipeline.intake.refusals import FileRefused, Reason, refusal, too_long

_BEGINNING, _END = b"%PDF-", b"%%EOF"
_WHERE_THE_END_STANDS = 1024  # bytes; ISO 32000-1, annex H.3.4.4
_HIDDEN = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b")
_MOST_OF_ONE = 64 * 1024**2
"""Bytes that one packed stream may unfold to where we read it ourselves."""
_SIGNED = (
    "PDF-filen er underskrevet digitalt og rummer noget, vi ikke kan tage imod: programkode, beskyttelse eller skjulte "
    "data. Vi kan ikke fjerne det uden at ødelægge underskriften. Åbn filen, vælg Udskriv og derefter “Gem som PDF”, "
    "og send den nye fil."
)


def check_pdf(path: Path) -> Finding:
    """The PDF as it may be kept.

    Raises:
        FileRefused: it is locked, damaged, a bomb, or has something in it that can be neither kept nor taken out.
    """
    # For this process, which looks into one file only: also the file's own tables come packed.
    set_qpdf_limits(flate_max_memory=_MOST_OF_ONE, run_length_max_memory=_MOST_OF_ONE, png_max_memory=_MOST_OF_ONE)
    raw = path.read_bytes()
    if _END not in raw[-_WHERE_THE_END_STANDS:] and _END not in raw.rstrip()[-_WHERE_THE_END_STANDS:]:
        raise refusal(Reason.DAMAGED)
    try:
        with Pdf.open(path, suppress_warnings=True) as pdf:
            return _checked(pdf, raw)
    except PasswordError as error:
        raise refusal(Reason.PASSWORD) from error
    except TooManyObjects as error:
        raise refusal(Reason.TOO_HEAVY) from error
    except PdfError as error:
        raise refusal(Reason.DAMAGED) from error


def _checked(pdf: Pdf, raw: bytes) -> Finding:
    holders = _what_may_stay(pdf)
    signed = is_signed(holders)
    changes = _changes(pdf, holders, raw, positions_too=not signed)
    if not changes:
        return Finding(Kind.PDF)
    if signed:
        raise FileRefused(_SIGNED, Reason.ACTIVE)
    body = _written(pdf)
    with Pdf.open(io.BytesIO(body), suppress_warnings=True) as again:
        if deactivate(_what_may_stay(again)):
            raise refusal(Reason.ACTIVE)
    return Finding(Kind.PDF, changes, body=body)


def _what_may_stay(pdf: Pdf) -> list[Object]:
    """The dictionaries and streams in which there may be something to take out; what cannot stay at all is refused."""
    most = Kind.PDF.limits
    if len(pdf.pages) > most.pages:
        raise too_long(Kind.PDF)
    if not len(pdf.pages):
        raise refusal(Reason.DAMAGED)
    holders = notable(pdf, actions.NAMES | attached.NAMES)
    if is_drawn_by_program(pdf) or any(plays_something(one) or is_harmful_attachment(one) for one in holders):
        raise refusal(Reason.ACTIVE)
    streams = [one for one in holders if isinstance(one, Stream)]
    if any(reads_elsewhere(stream) for stream in streams):
        raise refusal(Reason.ACTIVE)
    unfolding = Unfolding(most.pixels)
    if any(unfolding.is_too_much(stream) for stream in streams):
        raise refusal(Reason.TOO_HEAVY)
    return holders


def _changes(pdf: Pdf, holders: list[Object], raw: bytes, *, positions_too: bool) -> tuple[Change, ...]:
    """What is taken out, which is done in passing; nothing where the file may stay as it is."""
    changes = []
    if positions_too and _blank_positions(holders):
        changes.append(Change.POSITION_BLANKED)
    if deactivate(holders):
        changes.append(Change.DEACTIVATED)
    if pdf.is_encrypted:
        changes.append(Change.UNLOCKED)
    if not changes and _has_more_than_a_pdf(raw):
        changes.append(Change.WRITTEN_ANEW)
    return tuple(changes)


def _blank_positions(holders: list[Object]) -> bool:
    """Some programs put a telephone's photograph into a PDF as it is."""
    found = False
    for stream in holders:
        if isinstance(stream, Stream) and stream.get("/Filter") == Name.DCTDecode:
            raw = stream.read_raw_bytes()
            if has_position(raw):
                stream.write(without_position(raw), filter=Name.DCTDecode)
                found = True
    return found


def _has_more_than_a_pdf(raw: bytes) -> bool:
    """Whether something stands before or behind it, or in an earlier state of it that readers do not show."""
    behind = raw.rpartition(_END)[2]
    if not raw.startswith(_BEGINNING) or behind.strip(b"\0 \t\r\n\f"):
        return True
    return _HIDDEN.search(raw) is not None


def _written(pdf: Pdf) -> bytes:
    written = io.BytesIO()
    pdf.save(
        written,
        object_stream_mode=ObjectStreamMode.preserve,
        stream_decode_level=StreamDecodeLevel.none,
        compress_streams=False,
    )
    return written.getvalue()
