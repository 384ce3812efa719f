"""A sealed value opens with its key, in its place, as it was; and in no other way."""

import copy
import pickle
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import Tampered
from pipeline.vault.data_key import OVERHEAD_BYTES, DataKey
from pipeline.vault.mac_key import MacKey
from pipeline.vault.secret import Secret

_KEY, _OTHER = DataKey(Secret.fresh()), DataKey(Secret.fresh())
_PLACES = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1, max_size=60)


@given(st.binary(max_size=3000), _PLACES)
def test_a_value_comes_back_from_its_place(plain: bytes, place: str) -> None:
    sealed = _KEY.seal(plain, place)
    assert _KEY.open(sealed, place) == plain
    assert len(sealed) == len(plain) + OVERHEAD_BYTES
    assert len(plain) < 4 or plain not in sealed


@given(st.binary(max_size=200), _PLACES, _PLACES)
def test_a_value_opens_with_no_other_key_and_in_no_other_place(plain: bytes, place: str, other: str) -> None:
    sealed = _KEY.seal(plain, place)
    with pytest.raises(Tampered):
        _OTHER.open(sealed, place)
    if other != place:
        with pytest.raises(Tampered):
            _KEY.open(sealed, other)


@pytest.mark.parametrize("plain", [b"", b"x", b"Opdigtet svar: hun kan selv tage jakken af."])
def test_every_flipped_bit_refuses(plain: bytes) -> None:
    sealed = _KEY.seal(plain, "cases/a/events/1")
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Tampered):
            _KEY.open(bytes(changed), "cases/a/events/1")


def test_every_shortened_or_lengthened_value_refuses() -> None:
    sealed = _KEY.seal(b"Opdigtet svar", "cases/a/events/1")
    for changed in [sealed[:length] for length in range(len(sealed))] + [sealed + b"\0"]:
        with pytest.raises(Tampered):
            _KEY.open(changed, "cases/a/events/1")


def test_no_nonce_comes_twice_in_a_hundred_thousand_seals() -> None:
    nonces = {_KEY.seal(b"", "a")[1:13] for _ in range(100_000)}
    assert len(nonces) == 100_000


def test_a_value_belongs_to_a_place() -> None:
    with pytest.raises(ValueError, match="place"):
        _KEY.seal(b"x", "")


@pytest.mark.parametrize("kind", [DataKey, MacKey, lambda secret: secret])
def test_a_key_is_neither_shown_nor_pickled_nor_copied(kind: type[DataKey]) -> None:
    material = bytes(range(32))
    key = kind(Secret(material))
    for shown in (repr(key), str(key), f"{key}"):
        assert material.hex() not in shown
        assert repr(material) not in shown
    for copying in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="stays in its process"):
            copying(key)


def test_a_refusal_tells_the_place_to_the_log_alone_and_never_key_or_value() -> None:
    material = bytes(range(32))
    key = DataKey(Secret(material))
    sealed = key.seal(b"Opdigtet diagnose", "cases/a/events/1")
    with pytest.raises(Tampered) as refusal:
        key.open(sealed, "cases/a/events/2")
    logged = "".join(traceback.format_exception(refusal.value))
    assert "cases/a/events/2" in logged
    assert "cases" not in str(refusal.value)
    assert "diagnose" not in logged
    assert repr(material)[2:-1] not in logged


def test_a_key_for_one_purpose_is_not_that_for_another() -> None:
    secret = Secret.fresh()
    sealed = DataKey(secret.derive("a")).seal(b"x", "p")
    assert DataKey(secret.derive("a")).open(sealed, "p") == b"x"
    with pytest.raises(Tampered):
        DataKey(secret.derive("b")).open(sealed, "p")
    assert MacKey(secret).for_purpose("a").of(b"x") != MacKey(secret).for_purpose("b").of(b"x")


def test_a_key_has_256_bits() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Secret(bytes(16))
