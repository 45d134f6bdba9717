"""The machine's own Chromium, which calls nobody but our servers."""

import os
import shutil

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "google-chrome", "chromium-browser")


def program() -> str | None:
    """Where it is: what `CHROMIUM` names, else the first that is installed."""
    if given := os.environ.get("CHROMIUM"):
        return given
    return next((found for name in NAMES if (found := shutil.which(name))), None)
