"""How much of everything one client may take. Bytes and seconds."""

from dataclasses import dataclass
from urllib.parse import unquote

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True)
class Limits:
    """What the launcher allows. The defaults are those of production; tests make them small.

    `bodies` holds (path prefix, bytes) pairs; the longest prefix that fits decides, else `body_bytes`.
    """

    body_bytes: int = 1 * MIB
    bodies: tuple[tuple[str, int], ...] = (("/webhooks/", 256 * KIB),)
    uploads: tuple[tuple[str, int], ...] = (("/evidence", 10 * MIB), ("/m/messages", 26 * MIB))
    """(End of the path, bytes): addresses that take files."""
    held_bytes: int = 64 * MIB
    """Bodies of all requests in memory together; over it a request gets 503."""

    headers: int = 100
    header_bytes: int = 16 * KIB
    header_seconds: float = 10
    body_seconds: float = 30
    slowest_body: int = 64 * KIB
    """Bytes a second; addresses that take files have so much longer, for a slow network."""
    idle_seconds: float = 60
    """How long a kept connection may wait for its next request."""
    request_seconds: float = 60
    """How long the application may take to begin its answer."""
    send_seconds: float = 30
    """How long a client may refuse to take one more piece of its answer."""

    frame_bytes: int = 64 * KIB
    """The largest websocket frame and message a client may send."""
    inbox_frames: int = 32
    """Frames the application has not yet received before we stop reading the socket."""
    backlog_bytes: int = 1 * MIB
    """Bytes a socket's client may leave unread before it is closed with 4001."""
    handshake_seconds: float = 10
    ping_seconds: float = 20
    pong_seconds: float = 30
    close_seconds: float = 3
    """How long the other side may take to answer a close frame."""

    unready_seconds: float = 0
    """Between saying "not ready" and refusing new connections, for a load balancer that asks."""
    grace_seconds: float = 20
    """How long requests and disconnects may run on after the order to stop."""
    task_seconds: float = 10
    """How long an application may go on after its client has left."""

    def body_limit(self, path: bytes) -> int:
        """The largest body in bytes for this raw request target (path with or without query)."""
        plain = _plain(path)
        return self._of_upload(plain) or self._of_prefix(plain)

    def body_time(self, path: bytes) -> float:
        """How many seconds the body for this raw request target may take."""
        return self.body_seconds + self._of_upload(_plain(path)) / self.slowest_body

    def _of_upload(self, plain: str) -> int:
        return next((most for ending, most in self.uploads if plain.endswith(ending)), 0)

    def _of_prefix(self, plain: str) -> int:
        fitting = [(len(prefix), most) for prefix, most in self.bodies if plain.startswith(prefix)]
        return max(fitting)[1] if fitting else self.body_bytes


def _plain(path: bytes) -> str:
    return unquote(path.split(b"?", 1)[0].decode("latin-1"))
