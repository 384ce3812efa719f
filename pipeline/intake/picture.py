"""A picture from outside is drawn anew: what is not a pixel does not come in; the only module that imports Pillow.

Kept are JPEG and PNG, which every archive and every office can open.
"""

import io
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from pipeline.intake.accepted import Change
from pipeline.intake.finding import Finding
from pipeline.intake.kinds import Kind
from pipeline.intake.refusals import Reason, refusal, too_many_pixels

_DECODERS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP", Kind.HEIC: "HEIF"}
_JPEG_QUALITY = 90  # above it files grow without anything to be seen
_PNG_LEVEL = 1  # deflate; 6 takes four times as long for a tenth of the size
_MOST_PNG_PIXELS = 16_000_000
"""A photograph of more pixels takes longer than a request may when it is packed as PNG; it is kept as JPEG."""
_FEW_COLOURS = {"1", "L", "LA", "P"}
_DEEP_GREYS = {"I;16", "I;16B", "I;16L", "I", "F"}
_ORIENTATION = 0x0112  # EXIF 2.3, 4.6.4
_UPRIGHT = 1

pillow_heif.register_heif_opener(thumbnails=False)
pillow_heif.options.DECODE_THREADS = 1  # each further thread takes address space for a stack and a heap
Image.MAX_IMAGE_PIXELS = None  # our own limit stands below, for every kind


def draw_anew(path: Path, kind: Kind) -> Finding:
    """The picture without anything beside its pixels, turned upright, in the colours of sRGB.

    Args:
        path: the file.
        kind: what it was recognised as; no other decoder looks at it.

    Raises:
        FileRefused: it is too large, moves, or is damaged.
    """
    try:
        with Image.open(path, formats=[_DECODERS[kind]]) as picture:
            _refuse_unfit(picture, kind)
            picture.load()
            return _drawn(picture, kind)
    except (OSError, SyntaxError, ValueError, EOFError) as error:  # how Pillow says that bytes are damaged
        raise refusal(Reason.DAMAGED) from error


def _refuse_unfit(picture: Image.Image, kind: Kind) -> None:
    if picture.width * picture.height > kind.limits.pixels:
        raise too_many_pixels(kind)
    # A telephone's JPEG or HEIC may hold a depth map beside the photograph, which is left behind.
    if kind in (Kind.PNG, Kind.WEBP) and getattr(picture, "is_animated", False):
        raise refusal(Reason.MOVING)


def _drawn(picture: Image.Image, kind: Kind) -> Finding:
    changes = [Change.DRAWN_ANEW]
    if picture.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT:
        changes.append(Change.TURNED)
        ImageOps.exif_transpose(picture, in_place=True)
    plain = _in_srgb(_in_a_common_mode(picture))
    kept = Kind.PNG if _is_for_png(plain, kind) else Kind.JPEG
    if kept is not kind:
        changes.append(Change.AS_PNG if kept is Kind.PNG else Change.AS_JPEG)
    return Finding(kept, tuple(changes), body=_encoded(plain, kept))


def _in_a_common_mode(picture: Image.Image) -> Image.Image:
    """Modes that both formats and every viewer know."""
    if picture.mode in _DEEP_GREYS:
        # Pillow cuts 16 bits off at 255 instead of scaling them.
        return picture.convert("I").point(lambda grey: grey / 256).convert("L")
    if picture.mode in {"RGB", "RGBA", "CMYK"} | _FEW_COLOURS:
        return picture
    return picture.convert("RGBA" if "A" in picture.mode or "a" in picture.mode else "RGB")


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Pixels in sRGB; a profile that cannot be used is left out, as viewers do."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        mode = "RGB" if picture.mode == "CMYK" else picture.mode
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode=mode, inPlace=mode == picture.mode
            )
            picture = turned or picture
        except (ImageCms.PyCMSError, OSError):
            pass
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _is_for_png(picture: Image.Image, kind: Kind) -> bool:
    if picture.has_transparency_data:
        return kind is not Kind.HEIC  # a photograph's cut-out has no meaning here
    if kind is not Kind.PNG:
        return False
    return picture.mode in _FEW_COLOURS or picture.width * picture.height <= _MOST_PNG_PIXELS


def _encoded(picture: Image.Image, kind: Kind) -> bytes:
    # Pillow writes comments, profiles and more out of `info`.
    picture.info = {key: value for key, value in picture.info.items() if kind is Kind.PNG and key == "transparency"}
    drawn = io.BytesIO()
    if kind is Kind.PNG:
        picture.save(drawn, "PNG", compress_level=_PNG_LEVEL)
    else:
        _opaque(picture).save(drawn, "JPEG", quality=_JPEG_QUALITY)
    return drawn.getvalue()


def _opaque(picture: Image.Image) -> Image.Image:
    return picture if picture.mode in {"RGB", "L"} else picture.convert("RGB")
