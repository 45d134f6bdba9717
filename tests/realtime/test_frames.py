"""Frames as RFC 6455 §5.2 wants them."""

import pytest

from realtime import frames


class TestFrame:
    @pytest.mark.parametrize(
        ("size", "header"),
        [
            (0, b"\x81\x00"),
            (125, b"\x81\x7d"),
            (126, b"\x81\x7e\x00\x7e"),
            (65_535, b"\x81\x7e\xff\xff"),
            (65_536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
        ],
    )
    def test_the_length_has_its_shortest_form(self, size: int, header: bytes) -> None:
        assert frames.frame(b"x" * size) == header + b"x" * size
