"""What phones send along with their texts, kept by the carrier and given to the application alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from server import clock

LIFE_DAYS = 2


@dataclass
class Media:
    """One picture or file. `answers` are given first, one for each time somebody asks: an HTTP status or `cut`."""

    content: bytes
    media_type: str
    answers: list[int | str] = field(default_factory=list)
    asked: int = 0


class MediaStore:
    """`GET /v3/media/{id}`: the bytes for who holds a token of the application, as at Vonage."""

    def __init__(self) -> None:
        self.kept: dict[str, Media] = {}
        self.base = ""
        """Where this carrier is; set when its port is known."""

    def keep(self, media: Media) -> str:
        """Keep something; its address."""
        name = str(uuid4())
        self.kept[name] = media
        expires = int(clock.now().timestamp()) + LIFE_DAYS * 86_400
        return f"{self.base}/v3/media/{name}?expires={expires}&signature={uuid4().hex}"

    def clear(self) -> None:
        """Keep nothing any more."""
        self.kept.clear()

    def handler(self, is_ours: Callable[[Mapping[str, str]], bool]) -> "_Handler":
        """The route's handler; `is_ours` reads the token in the headers."""
        return _Handler(self, is_ours)


@dataclass(frozen=True)
class _Handler:
    store: MediaStore
    is_ours: Callable[[Mapping[str, str]], bool]

    async def give(self, request: Request) -> Response:
        """Give one."""
        media = self.store.kept.get(request.path_params["name"])
        if not self.is_ours(request.headers):
            return Response(status_code=401)
        if media is None:
            return Response(status_code=404)
        media.asked += 1
        answer = media.answers.pop(0) if media.answers else 200
        if answer == 302:
            return Response(status_code=302, headers={"Location": str(request.url)})
        if isinstance(answer, int) and answer != 200:
            return Response(status_code=answer)
        # Cut: more is promised than comes.
        more = {"Content-Length": str(len(media.content) + 1)} if answer == "cut" else {}
        return Response(media.content, media_type=media.media_type, headers=more)
