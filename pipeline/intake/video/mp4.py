"""MP4 and QuickTime: picture and sound stay as they are, and everything beside them becomes empty space of its length.

Telephones write the place into `udta` or `meta`, cameras and drones into a track of its own beside the picture.
"""

from collections.abc import Iterable
from mmap import mmap

from pipeline.intake.finding import Edit
from pipeline.intake.video.boxes import Box, BrokenStructure, boxes, number
from pipeline.intake.video.samples import sample_places

# Whatever is not named here is blanked: position has been seen in udta, meta, uuid, “GPS ”, “gps ”, loci and others.
_KEPT_AT_THE_TOP = {b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"styp", b"prft"}
_KEPT_IN_MOVIE = {b"mvhd", b"trak", b"mvex", b"iods"}
_KEPT_IN_TRACK = {b"tkhd", b"mdia", b"edts", b"tref", b"tapt", b"load", b"clip", b"matt", b"trgr"}
_NEVER_KEPT = {b"udta", b"meta", b"uuid"}
_SPACE = {b"free", b"skip", b"wide"}
_PICTURE, _SOUND, _SECOND_PICTURE = b"vide", b"soun", b"auxv"
_SEEN_OR_HEARD = {_PICTURE, _SOUND, _SECOND_PICTURE}
_MOST_TRACKS = 64
_LONGEST_FTYP = 1024  # bytes
_IN_THIS_FILE = 1  # flag of a data reference


class Movie:
    """One file, looked through once.

    Args:
        data: the whole file.

    Raises:
        BrokenStructure: it is damaged, or no film.

    Attributes:
        edits: places to overwrite.
        seconds: how long it lasts; 0 where it does not say.
        had_metadata: whether anything but empty space is overwritten.
    """

    def __init__(self, data: mmap) -> None:
        self._data = data
        self.edits: list[Edit] = []
        self.had_metadata = False
        self._tops = list(boxes(data, 0, len(data)))
        self._refuse_odd_shape()
        movie = self._one(self._tops, b"moov")
        self._blank_all_but(self._tops, _KEPT_AT_THE_TOP)
        self._look_through_fragments()
        self.seconds = self._look_through_movie(movie)

    def _refuse_odd_shape(self) -> None:
        kinds = [box.kind for box in self._tops]
        first = self._tops[0]
        if first.kind != b"ftyp" or first.end > _LONGEST_FTYP or kinds.count(b"moov") != 1 or b"mdat" not in kinds:
            raise BrokenStructure

    def _look_through_fragments(self) -> None:
        for fragment in self._tops:
            if fragment.kind == b"moof":
                parts = self._inside(fragment)
                self._blank_all_but(parts, {b"mfhd", b"traf"})
                for part in parts:
                    self._blank(box for box in self._inside_if(part, b"traf") if box.kind in _NEVER_KEPT)

    def _look_through_movie(self, movie: Box) -> float:
        parts = self._inside(movie)
        self._blank_all_but(parts, _KEPT_IN_MOVIE)
        tracks = [part for part in parts if part.kind == b"trak"]
        handlers = [self._look_through_track(track) for track in tracks]
        if _PICTURE not in handlers or len(tracks) > _MOST_TRACKS:
            raise BrokenStructure
        return self._seconds(self._one(parts, b"mvhd"))

    def _look_through_track(self, track: Box) -> bytes:
        parts = self._inside(track)
        media = self._by_kind(self._one(parts, b"mdia"))
        handler = self._data[media[b"hdlr"].body + 8 : media[b"hdlr"].body + 12]
        information = self._by_kind(media[b"minf"])
        self._refuse_references(information)
        if handler not in _SEEN_OR_HEARD:
            self._blank_samples(self._by_kind(information[b"stbl"]))
            self._blank([track])
            return handler
        self._blank_all_but(parts, _KEPT_IN_TRACK)
        for inner in (media, information):
            self._blank(box for kind, box in inner.items() if kind in _NEVER_KEPT)
        return handler

    def _refuse_references(self, information: dict[bytes, Box]) -> None:
        """Refuse a film whose pictures stand in another file or behind an address."""
        references = self._by_kind(information[b"dinf"])[b"dref"]
        for reference in boxes(self._data, references.body + 8, references.end):
            if not number(self._data, reference.body, 4) & _IN_THIS_FILE:
                raise BrokenStructure

    def _blank_samples(self, table: dict[bytes, Box]) -> None:
        if any(box.kind == b"moof" for box in self._tops):
            raise BrokenStructure  # samples in fragments stand in no table
        media = [box for box in self._tops if box.kind == b"mdat"]
        for start, length in sample_places(self._data, table):
            if not any(box.body <= start and start + length <= box.end for box in media):
                raise BrokenStructure
            self.edits.append(Edit(start, b"", length))

    def _seconds(self, head: Box) -> float:
        long = self._data[head.body] == 1
        scale, length, width = (20, 24, 8) if long else (12, 16, 4)
        per_second = number(self._data, head.body + scale, 4)
        units = number(self._data, head.body + length, width)
        unknown = units == 2 ** (8 * width) - 1
        return 0 if unknown or not per_second else units / per_second

    def _blank_all_but(self, parts: list[Box], kept: set[bytes]) -> None:
        self._blank(box for box in parts if box.kind not in kept)

    def _blank(self, parts: Iterable[Box]) -> None:
        for box in parts:
            self.had_metadata |= box.kind not in _SPACE
            self.edits.append(Edit(box.start + 4, b"free", 0))
            self.edits.append(Edit(box.body, b"", box.end - box.body))

    def _inside(self, box: Box) -> list[Box]:
        return list(boxes(self._data, box.body, box.end))

    def _inside_if(self, box: Box, kind: bytes) -> list[Box]:
        return self._inside(box) if box.kind == kind else []

    def _by_kind(self, box: Box) -> "Places":
        return Places((inner.kind, inner) for inner in self._inside(box))

    def _one(self, parts: list[Box], kind: bytes) -> Box:
        found = [box for box in parts if box.kind == kind]
        if len(found) != 1:
            raise BrokenStructure
        return found[0]


class Places(dict[bytes, Box]):
    """Boxes by kind; one that is asked for has to be there."""

    def __missing__(self, kind: bytes) -> Box:
        raise BrokenStructure
