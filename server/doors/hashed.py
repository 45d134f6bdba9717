"""Built files: their names carry their content, so a browser may keep them for ever."""

from pathlib import Path

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from server.doors import scope as scopes

FOR_EVER = "public, max-age=31536000, immutable"


class _Hashed(StaticFiles):
    def __init__(self, folder: Path, label: str) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._label = label

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve one; what is not there may come with the next build, so its absence is not kept."""
        scope[scopes.ROUTE] = self._label
        response = await super().get_response(path, scope)
        if response.status_code in (200, 206, 304):
            response.headers["Cache-Control"] = FOR_EVER
        return response


def files(path: str, folder: Path) -> Mount:
    """Serve the assets of a build under `path`: only what the bundler named after its content, never its manifest.

    They hold no secret, so compressing them tells nothing (BREACH).
    """
    return Mount(path, app=GZipMiddleware(_Hashed(folder, path), minimum_size=1000))
