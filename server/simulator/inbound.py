"""The bodies of inbound webhooks, in the shapes of Vonage's Messages API and, for parts, of its SMS API."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from server import clock

Body = dict[str, object]


@dataclass(frozen=True)
class Written:
    """What somebody wrote on a phone: from where, to which number of a clinic."""

    number: str
    to: str
    text: str


def text(written: Written, *, message_uuid: str) -> Body:
    """A text."""
    words = written.text.split()
    keyword = words[0].upper() if words else ""
    return {
        **_head(written, message_uuid),
        "message_type": "text",
        "text": written.text,
        "sms": {"num_messages": "1", "keyword": keyword},
    }


def media(written: Written, kind: str, url: str, *, message_uuid: str) -> Body:
    """A picture or another kind of thing, with the words beside it as its caption."""
    about: Body = {"url": url, "name": url.partition("?")[0].rpartition("/")[2]}
    if written.text:
        about["caption"] = written.text
    return {**_head(written, message_uuid), "channel": "mms", "message_type": kind, kind: about}


def parts(written: Written, total: int, *, order: Sequence[int], ref: str) -> list[Body]:
    """A long text as this many parts, in the order in which they arrive; those that `order` leaves out are lost."""
    size = -(-len(written.text) // total)
    bodies = []
    for number in order:
        piece = written.text[(number - 1) * size : number * size]
        told: Body = {"concat": "true", "concat-ref": ref, "concat-total": str(total), "concat-part": str(number)}
        bodies.append({**text(Written(written.number, written.to, piece), message_uuid=str(uuid4())), **told})
    return bodies


def _head(written: Written, message_uuid: str) -> Body:
    return {
        "channel": "sms",
        "message_uuid": message_uuid,
        "to": written.to,
        "from": written.number,
        "timestamp": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "usage": {"currency": "USD", "price": "0.0057"},
        "origin": {"network_code": "310260"},
    }
