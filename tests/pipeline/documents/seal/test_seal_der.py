import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.seal import der

LOOSE = {
    "nothing": "",
    "cut short": "3005020101",
    "something after": "0201010500",
    "long tag": "1f810101",
    "indefinite length": "30800000",
    "length with a leading zero": "0482000141",
    "long form for a short length": "04810141",
    "integer with a needless zero": "0202007f",
    "integer with a needless ff": "0202ff80",
    "empty integer": "0200",
    "boolean that is neither": "010101",
    "null with content": "050100",
    "primitive sequence": "1003020101",
    "unused bits that are set": "03020101",
    "more than seven unused bits": "030208ff",
    "name with a needless zero": "06032a8001",
    "name cut short": "06022a80",
    "empty name": "0600",
    "time without zone": "170c323630313031303030303030",
    "time with a needless fraction": "181132303236303130313030303030302e305a",
    "loose deep inside": "300430020201",
}


@pytest.mark.parametrize("encoded", LOOSE.values(), ids=LOOSE.keys())
def test_what_is_not_strict_is_refused(encoded: str) -> None:
    with pytest.raises(der.NotDer):
        der.read_one(bytes.fromhex(encoded))


def test_nesting_without_end_is_refused() -> None:
    encoded = b""
    for _ in range(100):
        encoded = der.encode(der.SEQUENCE, encoded)
    with pytest.raises(der.NotDer):
        der.read_one(encoded)


@given(st.integers(min_value=0, max_value=2**200))
def test_integers_are_written_as_asn1crypto_writes_them(value: int) -> None:
    assert der.integer(value) == core.Integer(value).dump()


@given(st.lists(st.integers(min_value=0, max_value=2**40), max_size=8))
def test_names_are_written_as_asn1crypto_writes_them(arcs: list[int]) -> None:
    dotted = ".".join(map(str, [1, 2, *arcs]))
    assert der.oid(dotted) == core.ObjectIdentifier(dotted).dump()


@given(st.binary(max_size=70_000))
def test_what_was_written_is_read_again(content: bytes) -> None:
    encoded = der.encode(der.SEQUENCE, der.encode(der.OCTET_STRING, content))
    (inner,) = der.children(der.read_one(encoded), der.SEQUENCE)
    assert (inner.tag, inner.content) == (der.OCTET_STRING, content)


@given(st.binary(max_size=200))
def test_random_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert der.read_one(data).raw == data
    except der.NotDer:
        return
