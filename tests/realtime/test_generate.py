"""What is generated from the shapes is what is kept."""

from pathlib import Path

import pytest

from realtime import generate
from realtime.closing import Close


class TestWritten:
    @pytest.mark.parametrize("path", generate.written(), ids=lambda path: path.name)
    def test_what_is_kept_is_current(self, path: Path) -> None:
        assert path.read_text(encoding="utf-8") == generate.written()[path], "run: python -m realtime.generate"

    def test_every_close_code_is_explained(self) -> None:
        page = generate.written()[generate.ROOT / "docs" / "wire.md"]

        assert [int(code) for code in Close if f"| {int(code)} | " not in page] == []

    def test_what_typescript_cannot_say_is_refused(self) -> None:
        with pytest.raises(TypeError):
            generate.typescript_of(complex)
