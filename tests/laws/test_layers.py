"""Arrows only point down, and no module stands outside the picture."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_import_contracts_hold() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def _layers() -> set[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    lines = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {name.strip() for line in lines for name in line.replace("|", ":").split(":")}


def test_every_module_has_a_layer() -> None:
    modules = {f"server.{path.stem}" for path in (ROOT / "server").iterdir() if path.suffix == ".py" or path.is_dir()}
    named = _layers()
    apart = {"server.__init__", "server.__pycache__", "server.migrations", "server.static"}
    assert modules - named - apart == set()
    assert {"realtime", "web", "portal"} <= named
