"""Every post the carrier ever received, with its repeats: the proof that a patient is not texted twice."""

from pathlib import Path

import msgspec

from server import clock
from server.simulator.faults import Answer


class Post(msgspec.Struct, frozen=True):
    """One post as it arrived. `message_uuid` is given where the carrier took the text, whatever it answered."""

    n: int
    at: str
    to: str
    sender: str
    text: str
    client_ref: str | None
    answer: Answer
    message_uuid: str | None


class Ledger:
    """Posts in the order of their arrival, in memory and, if asked for, as JSON lines in a file."""

    def __init__(self, path: str | None = None) -> None:
        self.posts: list[Post] = []
        self._seen = set[tuple[str, str]]()
        self._file = Path(path).open("ab", buffering=0) if path else None  # noqa: SIM115 - open as long as the ledger

    def enter(
        self, *, to: str, sender: str, text: str, client_ref: str | None, answer: Answer, message_uuid: str | None
    ) -> Post:
        """Write one post down."""
        at = clock.now().isoformat()
        post = Post(len(self.posts) + 1, at, to, sender, text, client_ref, answer, message_uuid)
        self.posts.append(post)
        self._seen.add((to, client_ref or text))
        if self._file:
            self._file.write(msgspec.json.encode(post) + b"\n")
        return post

    def has_seen(self, *, to: str, text: str, client_ref: str | None) -> bool:
        """Say whether this text was posted before; without a `client_ref`, the same words to the same number."""
        return (to, client_ref or text) in self._seen

    def clear(self) -> None:
        """Begin an empty one; the file goes on."""
        self.posts.clear()
        self._seen.clear()

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()
