"""What the launcher uses of Twisted, Autobahn and Daphne without their promise. A version that moves it fails here."""

import subprocess
import sys

import pytest

from tests.server.launch.running import PATIENCE, ROOT

QUEUE = """
import socket
from twisted.internet import reactor, tcp
from server.launch import outlet
ours, theirs = socket.socketpair()
transport = tcp.Connection(ours, None, reactor)
transport.connected = 1
transport.startWriting = lambda: None
assert (transport.dataBuffer, transport.offset) == (b"", 0)
assert (transport._tempDataBuffer, transport._tempDataLen) == ([], 0)
assert transport.socket is ours and transport.TLS is False and transport.disconnecting == 0
transport.write(b"x" * 10)
assert (transport._tempDataBuffer, transport._tempDataLen) == ([b"x" * 10], 10)
assert outlet.waiting(transport) == 10
transport.writeSomeData = lambda data: 4
transport.doWrite()
assert (transport.dataBuffer, transport.offset) == (b"x" * 10, 4)
assert outlet.waiting(transport) == 6
"""
"""Where Twisted's transport keeps what the kernel has not taken."""

SEAMS = """
import {module} as module
for name in {names!r}.split():
    assert hasattr(module.{kind}, name), name
"""

CHANNEL = (
    "_respondToBadRequestAndDisconnect _send100Continue allHeadersReceived allContentReceived requestDone "
    "lineLengthExceeded lineReceived rawDataReceived loseConnection _receivedHeaderSize _receivedHeaderCount "
    "maxHeaders totalHeadersSize MAX_LENGTH _buffer"
)
REQUEST = "gotLength handleContentChunk requestReceived process finish _disconnected sentLength"
SOCKET = (
    "_fail_connection consumeData processData sendData sendCloseFrame dropConnection sendHttpErrorResponse sendMessage "
    "STATE_OPEN STATE_CONNECTING STATE_CLOSING STATE_CLOSED"
)

DAPHNE = """
import inspect
import daphne.server
from daphne.http_protocol import WebRequest
from daphne.utils import HEADER_NAME_RE, INVALID_HEADER_VALUE_BYTES
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
assert {"endpoints", "server_name"} <= set(inspect.signature(daphne.server.Server).parameters)
assert "_response_started" in inspect.getsource(WebRequest.__init__)
assert WebSocketFactory.protocol is WebSocketProtocol
"""


def passes(code: str) -> bool:
    """Whether these assertions hold, in a process of their own because the imports install a reactor."""
    line = [sys.executable, "-c", code]
    return subprocess.run(line, cwd=ROOT, timeout=PATIENCE, check=False).returncode == 0


class TestPins:
    def test_the_transport_keeps_its_queue_where_the_outlet_looks(self) -> None:
        assert passes(QUEUE)

    @pytest.mark.parametrize(
        ("module", "kind", "names"),
        [
            ("twisted.web.http", "HTTPChannel", CHANNEL),
            ("twisted.web.http", "Request", REQUEST),
            ("autobahn.twisted.websocket", "WebSocketServerProtocol", SOCKET),
        ],
    )
    def test_the_classes_have_the_seams_that_are_overridden(self, module: str, kind: str, names: str) -> None:
        assert passes(SEAMS.format(module=module, kind=kind, names=names))

    def test_daphne_takes_what_the_launcher_gives(self) -> None:
        assert passes(DAPHNE)

    def test_a_pin_that_has_moved_is_noticed(self) -> None:
        assert not passes(SEAMS.format(module="twisted.web.http", kind="Request", names="no_such_thing"))
