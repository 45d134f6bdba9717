"""Identifiers are of version 7, and none comes twice."""

from server import tokens


def test_many_ids_are_as_one_is() -> None:
    before = tokens.new_id()
    many = tokens.new_ids(2_000)
    after = tokens.new_id()

    assert len(set(many)) == 2_000
    assert {(each.version, each.variant) for each in many} == {(before.version, before.variant)}
    assert all(before.int >> 80 <= each.int >> 80 <= after.int >> 80 for each in many)
    # Every random bit is: none of them stays the same over two thousand.
    assert [bit for bit in range(62) if len({each.int >> bit & 1 for each in many}) == 1] == []
    assert [bit for bit in range(64, 76) if len({each.int >> bit & 1 for each in many}) == 1] == []


def test_none_is_none() -> None:
    assert tokens.new_ids(0) == []
