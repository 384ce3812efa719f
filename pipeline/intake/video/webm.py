"""WEBM: tags, attachments and chapters become empty space of their length (RFC 9559, 5.1)."""

import struct
from collections.abc import Iterator
from mmap import mmap

from pipeline.intake.finding import Edit
from pipeline.intake.video.boxes import BrokenStructure
from pipeline.intake.video.ebml import Element, children, element_at, void

_HEAD, _DOCUMENT_TYPE, _SEGMENT = 0x1A45DFA3, 0x4282, 0x18538067
_INFO, _TRACKS, _CLUSTER, _VOID = 0x1549A966, 0x1654AE6B, 0x1F43B675, 0xEC
_KEPT = {_INFO, _TRACKS, _CLUSTER, 0x114D9B74, 0x1C53BB6B}  # and SeekHead, Cues
_BLANKED = {0x1254C367, 0x1941A469, 0x1043A770, 0xBF, _VOID}  # Tags, Attachments, Chapters, CRC-32
_SCALE, _DURATION, _TITLE, _TIMESTAMP = 0x2AD7B1, 0x4489, 0x7BA9, 0xE7
_TRACK, _TRACK_TYPE, _CODEC, _NAME = 0xAE, 0x83, 0x86, 0x536E
_VIDEO, _AUDIO = 1, 2
_CODECS = {b"V_VP8", b"V_VP9", b"V_AV1", b"A_VORBIS", b"A_OPUS"}  # webmproject.org, “container guidelines”
_NANOSECONDS = 1_000_000_000
_USUAL_SCALE = 1_000_000  # nanoseconds: a unit is a millisecond


class WebMovie:
    """One file, looked through once; attributes and errors as `mp4.Movie` has them."""

    def __init__(self, data: mmap) -> None:
        self._data = data
        self.edits: list[Edit] = []
        self.had_metadata = False
        self._scale, self._duration, self._last_cluster = _USUAL_SCALE, 0.0, 0
        self._has_tracks = self._has_cluster = False
        self._look_through(self._segment())
        if not (self._has_tracks and self._has_cluster):
            raise BrokenStructure

    @property
    def seconds(self) -> float:
        """By its own word, or by where the last cluster begins: browsers that record leave the length out."""
        return max(self._duration, self._last_cluster) * self._scale / _NANOSECONDS

    def _segment(self) -> Element:
        head = element_at(self._data, 0, len(self._data))
        if head.kind != _HEAD or head.end is None:
            raise BrokenStructure
        kinds = [self._text(child) for child in children(self._data, head) if child.kind == _DOCUMENT_TYPE]
        segment = element_at(self._data, head.end, len(self._data))
        if kinds != [b"webm"] or segment.kind != _SEGMENT or segment.end not in (None, len(self._data)):
            raise BrokenStructure
        return segment

    def _look_through(self, segment: Element) -> None:
        for element, end in self._parts(segment):
            if element.kind in _BLANKED:
                self._blank(element)
            elif element.kind == _INFO:
                self._look_through_info(element)
            elif element.kind == _TRACKS:
                self._look_through_tracks(element)
            elif element.kind == _CLUSTER:
                self._look_through_cluster(element, end)
            elif element.kind not in _KEPT:
                raise BrokenStructure

    def _parts(self, segment: Element) -> Iterator[tuple[Element, int]]:
        at, stop = segment.body, len(self._data)
        while at < stop:
            element = element_at(self._data, at, stop)
            end = self._end_of_open_cluster(element) if element.end is None else element.end
            yield element, end
            at = end

    def _end_of_open_cluster(self, cluster: Element) -> int:
        """An open cluster ends where something begins that can only stand beside it."""
        if cluster.kind != _CLUSTER:
            raise BrokenStructure
        at, stop = cluster.body, len(self._data)
        while at < stop:
            element = element_at(self._data, at, stop)
            if element.kind in _KEPT | _BLANKED - {_VOID, 0xBF}:
                return at
            if element.end is None:
                raise BrokenStructure
            at = element.end
        return stop

    def _look_through_info(self, info: Element) -> None:
        for element in children(self._data, info):
            if element.kind == _SCALE:
                self._scale = self._number(element)
            elif element.kind == _DURATION:
                self._duration = self._float(element)
            elif element.kind == _TITLE:
                self._blank(element)

    def _look_through_tracks(self, tracks: Element) -> None:
        kinds = []
        for track in children(self._data, tracks):
            if track.kind == _TRACK:
                kinds.append(self._look_through_track(track))
        if _VIDEO not in kinds or not {_VIDEO, _AUDIO}.issuperset(kinds):
            raise BrokenStructure
        self._has_tracks = True

    def _look_through_track(self, track: Element) -> int:
        parts = children(self._data, track)
        for name in (part for part in parts if part.kind == _NAME):
            self._blank(name)
        if [self._text(part) in _CODECS for part in parts if part.kind == _CODEC] != [True]:
            raise BrokenStructure
        types = [self._number(part) for part in parts if part.kind == _TRACK_TYPE]
        return types[0] if len(types) == 1 else 0

    def _look_through_cluster(self, cluster: Element, end: int) -> None:
        self._has_cluster = True
        for element in children(self._data, cluster, end):
            if element.kind == _TIMESTAMP:
                self._last_cluster = max(self._last_cluster, self._number(element))

    def _blank(self, element: Element) -> None:
        if element.end is None:
            raise BrokenStructure
        self.had_metadata |= element.kind != _VOID
        head = void(element.end - element.start)
        self.edits.append(Edit(element.start, head, element.end - element.start - len(head)))

    def _text(self, element: Element) -> bytes:
        return self._data[element.body : element.end].rstrip(b"\0")

    def _number(self, element: Element) -> int:
        return int.from_bytes(self._data[element.body : element.end][:8], "big")

    def _float(self, element: Element) -> float:
        value = self._data[element.body : element.end]
        form = {4: ">f", 8: ">d"}.get(len(value))
        if form is None:
            raise BrokenStructure
        (number,) = struct.unpack(form, value)
        return float(number)
