"""A sentence that is missing in any language stops the build of the pages."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal import words
from portal.words import complete

ROOT = Path(__file__).resolve().parents[2]
SIGN_OUT = """        "Sign out",
        "Cerrar sesión",
        "تسجيل الخروج",
"""


def test_nothing_is_missing() -> None:
    assert complete.faults() == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("Sign out", "Cerrar sesión"), "in 2 languages of 3"),
        (("Sign out", " ", "تسجيل الخروج"), "is empty in es"),
        (("Until {time}", "Hasta {time}", "حتى"), "other places for values in ar"),
    ],
)
def test_every_gap_is_told(said: tuple[str, ...], told: str) -> None:
    [fault] = complete.faults({**words.WORDS, "signout": said})

    assert fault.startswith("signout:")
    assert told in fault


def test_a_key_that_a_page_or_the_script_asks_for_must_be_there() -> None:
    without = {key: said for key, said in words.WORDS.items() if key not in ("signout", "waiting")}

    assert complete.faults(without, [key for key in words.FOR_SCRIPT if key != "sending"]) == [
        "waiting: the script says it, but no part has it",
        "signout: home.html says it, but it is not there",
        "signout: thread.html says it, but it is not there",
        "sending: composer.ts says it, but it is not there",
    ]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources that the build looks at first."""
    shutil.copytree(ROOT / "portal", tmp_path / "portal", ignore=shutil.ignore_patterns("static", "__pycache__"))
    (tmp_path / "web").mkdir()
    for name in ("web/__init__.py", "web/fonts.py", "web/node.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("line", [1, 2])
def test_the_build_fails(copy: Path, line: int) -> None:
    part = copy / "portal/words/common.py"
    kept = SIGN_OUT.splitlines(keepends=True)
    gone = "".join(kept[:line] + kept[line + 1 :])
    assert SIGN_OUT in part.read_text()
    part.write_text(part.read_text().replace(SIGN_OUT, gone))

    command, elsewhere = [sys.executable, "-m", "web.node"], {**os.environ, "PYTHONPATH": str(ROOT)}
    built = subprocess.run(command, cwd=copy, env=elsewhere, capture_output=True, text=True, check=False)

    assert built.returncode == 1
    assert re.search("signout: is said in 2 languages of 3", built.stderr)
    assert not (copy / "node_modules").exists()
