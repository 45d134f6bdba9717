"""The words of `docs/wire.md`: what is said on a socket, from the shapes and their own sentences."""

from collections.abc import Callable, Sequence

import msgspec

from realtime import consumers, live, shapes, table, wire
from realtime.closing import Close

Spell = Callable[[object], str]


TOP = """# The wire

Made by `python -m realtime.generate` from `realtime/shapes.py`; a test says when it is not current.

Sockets: `/live/inbox/` for staff, `/live/portal/` for patients (with the slot's prefix, such as `/~2/live/inbox/`).
Frames are JSON texts of at most {size} bytes. A stream has its owner's id: a team, a user, an organization or a
patient. Staff follow their teams' streams, their own and their organization's; a patient's page follows the patient's.

1. Fetch a snapshot; it names `streams` with `epoch` and `at`.
2. Open the socket and say `hello` with those positions within {hello} seconds. Without `streams`: all of mine from now.
3. `facts` come in order, at most {chunk} in a frame. Skip a Fact whose `n` is not above your position; after a frame
   the position is `at`. Of two versions of anything the higher `rev` is the newer truth: applying twice is harmless.
4. `live` says that you are current in the streams it names.
5. `afresh`: your position cannot be continued (another epoch, more than {ceiling} Facts behind, or not yours). Fetch a
   snapshot and say `hello` again, on the same socket.
6. A `beat` every {beat} seconds names each stream's head. Behind it for two seconds: ask `GET /api/v1/facts` (a
   patient's page: `GET /m/facts`), which answers with the same frames.

Limits: {frames} frames in {per} seconds, {staff} sockets of a person and {portal} of a portal link in one process, else
4429. After {refusals} frames that are not ours: 4505.
"""

CODES = """
## Close codes

Below 4500: come back, with a growing pause. From 4500 up: stay away. 1012 when the server itself goes.

| Code | Means |
|---|---|
"""

MEANINGS = {
    Close.RESTARTING: "restarting, or something failed on our side",
    Close.SLOW: "you read too slowly, or did not say hello; come back with your cursor",
    Close.BUS_LOST: "this process cannot hear the others",
    Close.TOO_MANY: "too many frames or too many sockets; wait before coming back",
    Close.SIGNED_OUT: "signed out, or the session ended",
    Close.LINK_ENDED: "the portal link ended",
    Close.ACCESS_LOST: "no longer yours to see",
    Close.RELOAD: "this page is too old; reload it",
    Close.DO_NOT_REPEAT: "frames that must not be repeated",
    Close.LOCKED: "the screens of this session are locked; come back when they are unlocked",
}


def page(defined: Sequence[tuple[str, object]], spell: Spell) -> str:
    """The whole page."""
    top = TOP.format(
        size=f"{shapes.FRAME_BYTES:,}",
        hello=int(consumers.HELLO),
        chunk=wire.CHUNK,
        ceiling=f"{wire.CEILING:,}",
        beat=int(live.TICK),
        frames=consumers.FRAMES,
        per=int(consumers.PER),
        staff=table.STAFF_SOCKETS,
        portal=table.PORTAL_SOCKETS,
        refusals=consumers.REFUSALS,
    )
    codes = "\n".join(f"| {int(code)} | {meaning} |" for code, meaning in MEANINGS.items())
    return top + CODES + codes + "\n" + "".join(_section(thing, spell) for _, thing in defined)


def _section(thing: object, spell: Spell) -> str:
    if not isinstance(thing, type) or not issubclass(thing, msgspec.Struct):
        return ""
    config = thing.__struct_config__
    title = f"`{config.tag}`" if config.tag else f"`{thing.__name__}`"
    side = "portal" if thing.__name__.startswith("Portal") else "staff" if config.tag_field == "kind" else ""
    fields = [
        f"| `{field.encode_name}` | `{spell(field.type)}` |".replace(" | ", " \\| ").replace("` \\| `", "` | `")
        for field in msgspec.structs.fields(thing)
    ]
    rows = "\n".join(["| Field | Type |", "|---|---|", *fields]) if fields else "No fields."
    about = " ".join((thing.__doc__ or "").split())
    return f"\n## {title}{f' ({side})' if side else ''}\n\n{about}\n\n{rows}\n"
