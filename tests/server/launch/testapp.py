"""A small ASGI application that tests provoke the launcher with, and the process that runs it.

`python -m tests.server.launch.testapp JSON` serves it; each line it prints is one JSON document.
"""

import argparse
import asyncio
import json
import logging
import sys
from ipaddress import ip_network
from typing import Any

from realtime import frames
from server.launch import asgi, run
from server.launch.asgi import Receive, Scope, Send


def say(what: str, **more: object) -> None:
    # One write for the whole line: two processes share this output.
    sys.stdout.write(json.dumps({"say": what, **more}) + "\n")
    sys.stdout.flush()


async def answer(send: Send, body: bytes, status: int = 200) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


async def scope_route(scope: Scope, receive: Receive, send: Send) -> None:
    keys = ("path", "root_path", "client", "scheme", "type", "state", "http_version")
    seen: dict[str, Any] = {key: scope.get(key) for key in keys}
    seen["headers"] = [[name.decode(), value.decode("latin-1")] for name, value in scope["headers"]]
    await answer(send, json.dumps(seen).encode())


async def echo_route(scope: Scope, receive: Receive, send: Send) -> None:
    scope[asgi.ROUTE] = "echo"
    say("echo called")
    await answer(send, b"%d" % len(await read(receive)))


async def slow_route(scope: Scope, receive: Receive, send: Send) -> None:
    say("slow began")
    await asyncio.sleep(float(scope["query_string"] or b"1"))
    await answer(send, b"slow")


async def waits_route(scope: Scope, receive: Receive, send: Send) -> None:
    await read(receive)
    message = await receive()
    say("client left", type=message["type"])


async def fails_route(scope: Scope, receive: Receive, send: Send) -> None:
    raise ValueError("Mrs Secret, 555-0100")


async def forgets_route(scope: Scope, receive: Receive, send: Send) -> None:
    return None


async def stream_route(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    chunks = 0
    try:
        while True:
            await send({"type": "http.response.body", "body": b"x" * 65536, "more_body": True})
            chunks += 1
    finally:
        say("stream ended", chunks=chunks)


async def refuses_socket(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 4401})


async def fails_socket(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    await receive()
    raise ValueError("Mrs Secret, 555-0100")


async def scope_socket(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    seen = {
        "scheme": scope["scheme"],
        "path": scope["path"],
        "client": scope["client"],
        "root_path": scope["root_path"],
    }
    await send({"type": "websocket.send", "text": json.dumps(seen)})
    # Whoever asked has read it and goes: a connection that is cut at once can take the words with it.
    await receive()


class Conversation:
    """What one socket can be asked to do, by the first word of a frame."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.direct: asgi.DirectSocket = scope["extensions"][asgi.SOCKET]
        self.who = scope["query_string"].decode()
        self.receive, self.send = receive, send

    async def text(self, text: str) -> None:
        await self.send({"type": "websocket.send", "text": text})

    async def run(self) -> None:
        await self.receive()
        await self.send({"type": "websocket.accept"})
        while True:
            message = await self.receive()
            if message["type"] == "websocket.disconnect":
                say("disconnect", who=self.who, code=message["code"])
                return
            word, _, rest = (message.get("text") or "bytes").partition(" ")
            await getattr(self, f"do_{word}")(rest)

    async def do_echo(self, rest: str) -> None:
        await self.text(rest)

    async def do_bytes(self, _rest: str) -> None:
        await self.send({"type": "websocket.send", "bytes": b"\x00\x01"})

    async def do_close(self, rest: str) -> None:
        await self.send({"type": "websocket.close", "code": int(rest)})

    async def do_busy(self, rest: str) -> None:
        say("busy")
        await asyncio.sleep(float(rest))

    async def do_flood(self, _rest: str) -> None:
        sent = 0
        while self.direct.is_open:
            await self.text("x" * 65536)
            sent += 1
        say("flooded", sent=sent)

    async def do_direct(self, rest: str) -> None:
        """Numbers of so many digits, as direct frames and ASGI frames by turns, to see their order."""
        count, digits = (int(part) for part in rest.split())
        for number in range(count):
            text = f"{number:0{digits}}"
            if number % 3 == 2:
                await self.text(text)
            else:
                self.direct.write(frames.frame(text.encode()))

    async def do_pour(self, rest: str) -> None:
        """Direct frames until the socket is closed; says how many went and the most that ever waited."""
        frame = frames.frame(b"x" * 65536)
        most = sent = 0
        while sent < int(rest) and self.direct.write(frame):
            sent += 1
            most = max(most, self.direct.waiting)
        say("poured", who=self.who, sent=sent, most=most, open=self.direct.is_open)

    async def do_bye(self, rest: str) -> None:
        self.direct.close(int(rest))
        say("after bye", wrote=self.direct.write(b"\x81\x01x"), open=self.direct.is_open)


async def lifespan(options: dict[str, Any], scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    if options.get("fail_start"):
        await send({"type": "lifespan.startup.failed", "message": "no database"})
        raise ValueError("Mrs Secret")
    scope["state"]["started"] = "yes"
    say("lifespan started")
    await send({"type": "lifespan.startup.complete"})
    await receive()
    say("lifespan stopped")
    await send({"type": "lifespan.shutdown.complete"})


def application(options: dict[str, Any]) -> asgi.Application:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await lifespan(options, scope, receive, send)
        elif scope["type"] == "http":
            await globals()[scope["path"].split("/")[1] + "_route"](scope, receive, send)
        elif scope["path"] == "/talk":
            scope[asgi.ROUTE] = "talk"
            await Conversation(scope, receive, send).run()
        else:
            await globals()[scope["path"][1:] + "_socket"](scope, receive, send)

    return app


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("options", type=json.loads)
    parser.add_argument("--fd", type=int)
    parser.add_argument("--lifeline", type=int)
    given = parser.parse_args()
    options = given.options
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(name)s %(levelname)s %(message)s")
    limits = dict(options.get("limits", {}))
    limits["bodies"] = tuple((prefix, size) for prefix, size in limits.get("bodies", ()))
    return run.serve(
        application(options),
        listen=["127.0.0.1:0"] if given.fd is None else given.fd,
        limits=run.Limits(**limits),
        trusted_proxies=tuple(ip_network(text) for text in options.get("proxies", ())),
        on_ready=lambda addresses: say("ready", address=addresses[0]),
        on_drain=(lambda: 1 // 0) if options.get("fail_drain") else (lambda: say("draining")),
        uvloop=options.get("uvloop", True),
        lifeline=given.lifeline,
    )


if __name__ == "__main__":
    raise SystemExit(main())
