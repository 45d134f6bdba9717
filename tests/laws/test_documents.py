"""Documents that cannot lie: every path they name exists, every layer they draw is one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["README.md", "docs/architecture.md", "docs/contract.md"]
NAMED = re.compile(r"`((?:server|realtime|web|portal|tests|docs|bench|deploy)/[\w./-]*)`")
LINKED = re.compile(r"\]\(((?!http)[^)#]+)\)")


@pytest.mark.parametrize("page", PAGES)
def test_every_path_exists(page: str) -> None:
    text = (ROOT / page).read_text()
    assert [path for path in NAMED.findall(text) if not (ROOT / path).exists()] == []
    assert [path for path in LINKED.findall(text) if not (ROOT / page).parent.joinpath(path).exists()] == []


def test_every_room_is_on_the_map() -> None:
    text = (ROOT / "docs/architecture.md").read_text()
    rooms = {f"server/{path.name}" for path in (ROOT / "server").iterdir() if (path / "__init__.py").exists()}
    plain = {"server/migrate", "server/migrations", "server/seed"}
    assert {room for room in rooms - plain if room not in text} == set()


def test_nothing_tells_where_it_was_made() -> None:
    """No path of a machine and no package registry's address stands in anything that is committed."""
    hosts = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs", "org"))]
    forbidden = re.compile("|".join(map(re.escape, hosts)))
    files = [
        ROOT / name for name in ("requirements.lock", "requirements-dev.lock", "package-lock.json", "pyproject.toml")
    ]
    assert [str(file) for file in files if forbidden.search(file.read_text())] == []
