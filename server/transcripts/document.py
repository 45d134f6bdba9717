"""The JSON of a transcript, and the hash that says that its content is the one that was made."""

import hashlib

import msgspec

from server.transcripts.shapes import Content, Made, Transcript

FORMAT = "bloomtext-conversation"
VERSION = 1
# Names in the order of the alphabet and no spaces, as RFC 8785 writes objects that hold no fractions.
_canonical = msgspec.json.Encoder(order="sorted")


def digest(content: Content) -> str:
    """The SHA-256, in hex, of the content in its canonical form."""
    return hashlib.sha256(_canonical.encode(content)).hexdigest()


def of(made: Made, content: Content) -> Transcript:
    """The whole document."""
    return Transcript(FORMAT, VERSION, made, digest(content), content)


def json(made: Made, content: Content) -> bytes:
    """The document as JSON; in it `content` stands in its canonical form, byte for byte."""
    return _canonical.encode(of(made, content))
