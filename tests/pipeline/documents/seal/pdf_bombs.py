"""A small file that unpacks into a large one."""

import zlib


def object_stream_bomb() -> bytes:
    """A PDF whose cross-reference stream unpacks to 300 MB."""
    packed = zlib.compress(bytes(300_000_000), 1)
    head = b"%PDF-1.7\n"
    entries = b"1 0 obj\n<</Type /XRef /Size 9 /W [1 2 1] /Filter /FlateDecode /Root 2 0 R /Length %d>>\nstream\n"
    tail = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)
    return head + entries % len(packed) + packed + tail
