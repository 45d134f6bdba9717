"""Sealing: what opens, and everything that must not."""

import hashlib
import hmac
import os
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import vault

KEY, OTHER = os.urandom(32), os.urandom(32)


def _ring(keys: dict[int, bytes] | None = None) -> vault.Keyring:
    opened = keys or {1: KEY}
    return vault.Keyring(uuid4(), max(opened), opened, vault.derive(KEY, "index"))


@given(st.text())
def test_what_was_sealed_opens_in_its_place(text: str) -> None:
    ring, row = _ring(), uuid4()
    assert ring.open("message", "body", row, ring.seal("message", "body", row, text)) == text


def test_a_row_is_sealed_column_by_column_each_with_a_nonce_of_its_own() -> None:
    ring, row = _ring(), uuid4()
    sealed = ring.seal_row("patient", row, {"first_name": "Ann", "last_name": "Ann", "mrn": ""})
    assert {column: ring.open("patient", column, row, each) for column, each in sealed.items()} == {
        "first_name": "Ann",
        "last_name": "Ann",
        "mrn": "",
    }
    assert len({each[3 : 3 + vault.NONCE] for each in sealed.values()}) == len(sealed)
    with pytest.raises(vault.Unreadable):
        ring.open("patient", "last_name", row, sealed["first_name"])
    assert ring.seal_row("patient", row, {}) == {}


def test_it_opens_nowhere_else() -> None:
    ring, row = _ring(), uuid4()
    sealed = ring.seal("message", "body", row, "words")
    for table, column, place in (("patient", "body", row), ("message", "note", row), ("message", "body", uuid4())):
        with pytest.raises(vault.Unreadable):
            ring.open(table, column, place, sealed)
    stranger = vault.Keyring(uuid4(), 1, {1: KEY}, ring.index_key)
    with pytest.raises(vault.Unreadable):
        stranger.open("message", "body", row, sealed)


@given(st.integers(min_value=0, max_value=40), st.integers(min_value=1, max_value=255))
def test_any_changed_byte_is_noticed(at: int, change: int) -> None:
    ring, row = _ring(), uuid4()
    sealed = bytearray(ring.seal("message", "body", row, "twelve words"))
    sealed[at % len(sealed)] ^= change
    with pytest.raises(vault.Unreadable):
        ring.open("message", "body", row, bytes(sealed))


def test_an_old_key_still_opens_and_the_newest_seals() -> None:
    organization, row = uuid4(), uuid4()
    old = vault.Keyring(organization, 1, {1: KEY}, b"i" * 32)
    both = vault.Keyring(organization, 2, {1: KEY, 2: OTHER}, b"i" * 32)
    assert both.open("t", "c", row, old.seal("t", "c", row, "old")) == "old"
    with pytest.raises(vault.Unreadable):
        old.open("t", "c", row, both.seal("t", "c", row, "new"))


def test_equal_values_are_found_and_different_kinds_are_not_mixed_up() -> None:
    ring = _ring()
    assert ring.blind("phone", "+1312") == ring.blind("phone", "+1312")
    assert ring.blind("phone", "x") != ring.blind("email", "x")
    assert ring.blind("phone", "x") != _ring({1: OTHER}).blind("phone", "y")


def test_the_same_words_never_look_the_same() -> None:
    ring, row = _ring(), uuid4()
    assert len({ring.seal("t", "c", row, "x") for _ in range(100)}) == 100


@pytest.mark.parametrize("size", [1, 32, 64, 65, 200])
def test_a_blind_index_is_an_hmac(size: int) -> None:
    key = bytes(range(size))

    for value in ("", "phone\x00+13125550142", "é" * 90):
        assert vault.blind(key, value) == hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:32]
