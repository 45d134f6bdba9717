"""Small on purpose: no file over 400 lines, no function over 50; most far below."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("server", "realtime", "web", "portal", "tests", "bench")
MIGRATIONS = ROOT / "server/migrations"


def _sources() -> list[Path]:
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [path for path in found if MIGRATIONS not in path.parents]


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


def test_no_file_is_long() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in _sources()}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}
    assert median(long.values()) <= 90


def test_no_function_is_long() -> None:
    lengths = dict(each for path in _sources() for each in _functions(path))
    assert {name: lines for name, lines in lengths.items() if lines > 50} == {}
    assert median(lengths.values()) <= 10


def test_no_screen_source_is_long() -> None:
    sources = [
        path for folder in ("web/src", "portal/src", "realtime/client") for path in (ROOT / folder).rglob("*.ts*")
    ]
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources}
    assert {name: lines for name, lines in long.items() if lines > 250 and not name.endswith(".gen.ts")} == {}
