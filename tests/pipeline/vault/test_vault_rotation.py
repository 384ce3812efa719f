"""Keys of cases and of the installation under master keys that come and go."""

import pytest

from pipeline.errors import KeyringError, Tampered
from pipeline.vault.case_keys import WrappedKey, new_case_key, rewrap, unwrap
from pipeline.vault.installation_key import InstallationKey
from pipeline.vault.keyring import Keyring


def test_a_case_key_comes_back_for_its_case(keyring: Keyring) -> None:
    key, wrapped = new_case_key(keyring, "sag-1")
    assert unwrap(keyring, wrapped, "sag-1").open(key.seal(b"x", "p"), "p") == b"x"


def test_a_case_key_comes_back_for_no_other_case(keyring: Keyring) -> None:
    _, wrapped = new_case_key(keyring, "sag-1")
    with pytest.raises(Tampered):
        unwrap(keyring, wrapped, "sag-2")


def test_every_case_has_its_own_key(keyring: Keyring) -> None:
    first, _ = new_case_key(keyring, "sag-1")
    second, _ = new_case_key(keyring, "sag-1")
    with pytest.raises(Tampered):
        second.open(first.seal(b"x", "p"), "p")


def test_a_wrapped_key_does_not_show_itself(keyring: Keyring) -> None:
    _, wrapped = new_case_key(keyring, "sag-1")
    assert repr(wrapped) == "WrappedKey(generation=1)"


def test_rewrapping_keeps_the_key_and_forgets_the_master(keyring: Keyring) -> None:
    key, wrapped = new_case_key(keyring, "sag-1")
    sealed = key.seal(b"x", "p")
    keyring.add_generation()
    again = rewrap(keyring, wrapped, "sag-1")
    keyring.retire(1)
    assert again.generation == 2
    assert unwrap(keyring, again, "sag-1").open(sealed, "p") == b"x"
    with pytest.raises(KeyringError, match="mangler nøgle nr"):
        unwrap(keyring, wrapped, "sag-1")


def test_a_key_moved_to_another_generation_does_not_open(keyring: Keyring) -> None:
    _, wrapped = new_case_key(keyring, "sag-1")
    keyring.add_generation()
    with pytest.raises(Tampered):
        unwrap(keyring, WrappedKey(2, wrapped.sealed), "sag-1")


def test_a_rotation_may_stop_anywhere_and_a_second_one_may_begin_before_it_goes_on(keyring: Keyring) -> None:
    cases = [f"sag-{number}" for number in range(20)]
    made = {case: new_case_key(keyring, case) for case in cases}
    sealed = {case: key.seal(case.encode(), "p") for case, (key, _) in made.items()}
    kept = {case: wrapped for case, (_, wrapped) in made.items()}
    for stops_after in (7, 13, 20):
        keyring.add_generation()
        for case in cases[:stops_after]:
            kept[case] = rewrap(keyring, kept[case], case)
        for case in cases:
            assert unwrap(keyring, kept[case], case).open(sealed[case], "p") == case.encode()
    assert {wrapped.generation for wrapped in kept.values()} == {4}
    for generation in (1, 2, 3):
        keyring.retire(generation)
    assert all(unwrap(keyring, kept[case], case).open(sealed[case], "p") for case in cases)
    assert [rewrap(keyring, kept[case], case) for case in cases] == list(kept.values())


def test_what_is_the_installations_says_its_generation_and_is_renewed(keyring: Keyring) -> None:
    key = InstallationKey(keyring)
    first = key.seal(b"Opdigtet Navn", "employees/1/name")
    assert key.is_current(first)
    assert key.renew(first, "employees/1/name") is first
    keyring.add_generation()
    assert key.open(first, "employees/1/name") == b"Opdigtet Navn"
    assert not key.is_current(first)
    second = key.renew(first, "employees/1/name")
    keyring.retire(1)
    assert key.is_current(second)
    assert key.open(second, "employees/1/name") == b"Opdigtet Navn"
    with pytest.raises(KeyringError):
        key.open(first, "employees/1/name")


def test_what_is_the_installations_opens_only_whole_and_in_its_place(keyring: Keyring) -> None:
    keyring.add_generation()
    key = InstallationKey(keyring)
    sealed = key.seal(b"x", "employees/1/name")
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        # A flipped bit of the generation names a master key that is not here, or the other one.
        with pytest.raises((Tampered, KeyringError)):
            key.open(bytes(changed), "employees/1/name")
    for cut_or_longer in (sealed[:-1], sealed + b"\0", b"", sealed[:5]):
        with pytest.raises(Tampered):
            key.open(cut_or_longer, "employees/1/name")
    with pytest.raises(Tampered):
        key.open(sealed, "employees/2/name")


def test_the_installations_key_opens_no_case(keyring: Keyring) -> None:
    _, wrapped = new_case_key(keyring, "sag-1")
    head = b"\x02" + (1).to_bytes(4)
    with pytest.raises(Tampered):
        InstallationKey(keyring).open(head + wrapped.sealed, "cases/sag-1/key")
