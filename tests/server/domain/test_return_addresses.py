"""Addresses that come back to us: only those that we gave out."""

from uuid import UUID, uuid4

import pytest

from server import keys
from server.domain import return_addresses
from server.domain.return_addresses import Back, Returned
from tests.world import MASTER

LETTER = UUID("0190a0a0-0000-7000-8000-000000000001")


@pytest.fixture(autouse=True)
def master() -> None:
    keys.use_master(MASTER)


class TestAddress:
    @pytest.mark.parametrize("back", list(Back))
    def test_reads_back_however_servers_write_it(self, back: Back) -> None:
        written = return_addresses.address(back, LETTER, "mercy.example")

        assert len(written.partition("@")[0]) <= 64
        for each in (written, written.upper(), f" {written} "):
            assert return_addresses.read(each, "Mercy.example") == Returned(back, LETTER)

    def test_of_another_letter_kind_or_house_is_none_of_ours(self) -> None:
        written = return_addresses.address(Back.BOUNCE, LETTER, "mercy.example")
        other = return_addresses.token(Back.BOUNCE, uuid4())
        mixed = return_addresses.token(Back.BOUNCE, LETTER)[:26] + other[26:]
        wrong = [
            written.replace("bounce", "reply"),
            written.replace("mercy", "lakeside"),
            f"bounce+{mixed}@mercy.example",
            "bounce@mercy.example",
            "bounce+@mercy.example",
            f"bounce+{'a' * 42}@mercy.example",
            f"bounce+{'ä' * 42}@mercy.example",
            "messages@mercy.example",
            "",
        ]
        assert [return_addresses.read(each, "mercy.example") for each in wrong] == [None] * len(wrong)

    def test_of_another_installation_is_none_of_ours(self) -> None:
        written = return_addresses.address(Back.REPLY, LETTER, "mercy.example")
        keys.use_master(bytes(32))
        assert return_addresses.read(written, "mercy.example") is None
