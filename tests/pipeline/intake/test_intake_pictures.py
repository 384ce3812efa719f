"""A picture comes in upright, in its own colours, and with nothing beside its pixels."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from fixtures.uploads import pictures
from inbox import kept
from PIL import Image

from pipeline.intake.accepted import Change
from pipeline.intake.kinds import Kind


def _opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def _corners(picture: Image.Image) -> tuple[int, ...]:
    """How bright it is near each corner."""
    grey, (width, height) = picture.convert("L").tobytes(), picture.size
    return tuple(grey[y * width + x] for y in (2, height - 3) for x in (2, width - 3))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_as_the_telephone_said(orientation: int, tmp_path: Path) -> None:
    accepted, data = kept(lambda: pictures.photo(60, 40, orientation), tmp_path)
    upright = pictures.drawing(60, 40)
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    if orientation in turns:
        upright = upright.transpose(turns[orientation])

    assert _opened(data).size == upright.size
    assert _corners(_opened(data)) == pytest.approx(_corners(upright), abs=12)
    assert (Change.TURNED in accepted.what_was_changed) == (orientation != 1)


@pytest.mark.parametrize(
    "data",
    [
        pictures.photo(orientation=6, comment=b"note", icc_profile=pictures.profile()),
        pictures.heic(orientation=6),
        pictures.webp(xmp=b"<x:xmpmeta/>"),
        pictures.screenshot(dpi=(300, 300)),
        pictures.pair(),
    ],
    ids=["jpeg", "heic", "webp", "png", "mpo"],
)
def test_nothing_but_pixels_is_kept(data: bytes, tmp_path: Path) -> None:
    picture = _opened(kept(lambda: data, tmp_path)[1])

    assert dict(picture.getexif()) == {}
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert getattr(picture, "n_frames", 1) == 1


def test_colours_of_another_profile_are_carried_over(tmp_path: Path) -> None:
    plain = _corners(_opened(kept(pictures.photo, tmp_path / "a")[1]))
    profiled = kept(lambda: pictures.photo(icc_profile=pictures.profile()), tmp_path / "b")[1]

    assert _corners(_opened(profiled)) == pytest.approx(plain, abs=4)


def test_printers_colours_become_those_of_a_screen(tmp_path: Path) -> None:
    picture = _opened(kept(lambda: pictures.photo(mode="CMYK"), tmp_path)[1])

    assert picture.mode == "RGB"
    assert _corners(picture) == pytest.approx(_corners(pictures.drawing()), abs=12)


def test_a_deep_grey_keeps_its_brightness(tmp_path: Path) -> None:
    picture = _opened(kept(pictures.deep_grey, tmp_path)[1])

    assert picture.mode == "L"
    assert picture.getpixel((5, 5)) == 128


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_screenshot_loses_no_pixel(mode: str, tmp_path: Path) -> None:
    accepted, data = kept(lambda: pictures.screenshot(mode, 90, 60), tmp_path)

    assert accepted.kind is Kind.PNG
    assert _opened(data).mode == mode
    assert _opened(data).convert("RGBA").tobytes() == pictures.drawing(90, 60, mode).convert("RGBA").tobytes()


def test_transparency_stays(tmp_path: Path) -> None:
    accepted, data = kept(lambda: pictures.webp("RGBA"), tmp_path)

    assert accepted.kind is Kind.PNG
    assert _opened(data).mode == "RGBA"


@pytest.mark.parametrize("make", [pictures.webp, pictures.heic])
def test_what_few_programs_open_becomes_jpeg(make: Callable[[], bytes], tmp_path: Path) -> None:
    accepted, data = kept(make, tmp_path)

    assert accepted.kind is Kind.JPEG
    assert _opened(data).format == "JPEG"


def test_a_photo_as_png_of_very_many_pixels_becomes_jpeg(tmp_path: Path) -> None:
    accepted, _ = kept(lambda: pictures.screenshot("RGB", 4500, 4000, compress_level=1), tmp_path)

    assert accepted.kind is Kind.JPEG
    assert Change.AS_JPEG in accepted.what_was_changed


def test_a_photo_of_fifty_megapixels_is_turned_within_the_limits(tmp_path: Path) -> None:
    _, data = kept(lambda: pictures.photo(8160, 6120, 6), tmp_path)

    assert _opened(data).size == (6120, 8160)
