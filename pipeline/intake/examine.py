"""The look into one file, in the limited child: what it is, and then the room for its kind."""

from pathlib import Path

from pipeline.intake.finding import Finding
from pipeline.intake.kinds import Kind
from pipeline.intake.recognise import recognise
from pipeline.intake.refusals import too_large


def examine(path: Path) -> Finding:
    """What may be kept of a file, and what has to be changed for that.

    Args:
        path: the file; nothing is written, here or elsewhere.

    Raises:
        FileRefused: it does not come in.
    """
    kind = recognise(path)
    most = kind.limits.file_bytes
    if path.stat().st_size > most:
        raise too_large(kind, most)
    return _looked_into(path, kind)


def _looked_into(path: Path, kind: Kind) -> Finding:
    """A child opens one file, so it loads only the library that this one needs."""
    match kind:
        case Kind.JPEG | Kind.PNG | Kind.WEBP | Kind.HEIC:
            from pipeline.intake.picture import draw_anew  # noqa: PLC0415  # see above

            return draw_anew(path, kind)
        case Kind.PDF:
            from pipeline.intake.pdf.check import check_pdf  # noqa: PLC0415  # see above

            return check_pdf(path)
        case Kind.DOCX | Kind.XLSX:
            from pipeline.intake.office.check import check_office  # noqa: PLC0415  # see above

            return check_office(path, kind)
        case Kind.MP4 | Kind.MOV | Kind.WEBM:
            from pipeline.intake.video.check import check_video  # noqa: PLC0415  # see above

            return check_video(path, kind)
