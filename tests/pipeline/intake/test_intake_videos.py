"""A video keeps picture and sound byte for byte, and loses where and by what it was taken."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from fixtures.uploads import boxes
from inbox import kept

from pipeline.intake.accepted import Change
from pipeline.intake.kinds import Kind
from pipeline.intake.refusals import FileRefused

_MEDIA = boxes.SAMPLE * 3 + b"\x21" * 300
_WITH_PLACE: dict[str, Callable[[], bytes]] = {
    "android": lambda: boxes.mp4(movie_more=boxes.place_in_user_data()),
    "iphone": lambda: boxes.mp4(brand=b"qt  ", movie_more=boxes.place_in_apple_metadata()),
    "at the top": lambda: boxes.mp4(behind=boxes.place_in_apple_metadata()),
    "in the track": lambda: boxes.mp4(track_more=boxes.place_in_user_data()),
    "in a track of its own": partial(boxes.mp4, metadata_sample=boxes.PLACE),
    "in a box of its maker": lambda: boxes.mp4(behind=boxes.box(b"GPS ", boxes.PLACE)),
    "in empty space": lambda: boxes.mp4(movie_more=boxes.box(b"free", boxes.PLACE)),
    "webm": lambda: boxes.webm(more=boxes.place_in_tags()),
}


@pytest.mark.parametrize("make", _WITH_PLACE.values(), ids=_WITH_PLACE)
def test_the_place_is_gone_and_every_other_byte_stands_where_it_stood(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    sent = make()
    accepted, data = kept(make, tmp_path)

    assert boxes.PLACE in sent
    assert boxes.PLACE not in data
    assert len(data) == len(sent)
    assert sum(one != other for one, other in zip(sent, data, strict=True)) < 500
    assert data.count(boxes.SAMPLE) == sent.count(boxes.SAMPLE)
    assert kept(lambda: data, tmp_path / "again")[1] == data
    assert accepted.kind in (Kind.MP4, Kind.MOV, Kind.WEBM)


def test_samples_of_picture_and_sound_are_untouched(tmp_path: Path) -> None:
    _, data = kept(partial(boxes.mp4, metadata_sample=boxes.PLACE), tmp_path)

    assert _MEDIA + bytes(len(boxes.PLACE)) in data


def test_a_video_without_anything_beside_it_stays_byte_for_byte(tmp_path: Path) -> None:
    accepted, data = kept(boxes.mp4, tmp_path)

    assert data == boxes.mp4()
    assert accepted.what_was_changed == ()


def test_a_changed_video_says_so(tmp_path: Path) -> None:
    accepted, _ = kept(_WITH_PLACE["android"], tmp_path)

    assert accepted.what_was_changed == (Change.METADATA_BLANKED,)


@pytest.mark.parametrize("make", [boxes.mp4, boxes.webm])
def test_a_video_cut_off_anywhere_is_refused_or_whole(make: Callable[[], bytes], tmp_path: Path) -> None:
    whole = make()
    for number, share in enumerate((0.01, 0.3, 0.5, 0.99)):
        with pytest.raises(FileRefused):
            kept(partial(bytes, whole[: int(len(whole) * share)]), tmp_path / str(number))
