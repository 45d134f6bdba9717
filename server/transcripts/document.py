"""The JSON of a document, and the hash that says that its content is the one that was made."""

import hashlib

import msgspec

from server.transcripts.shapes import Content, Document, Made, PatientRecord, RecordContent, Transcript

VERSION = 1
# Names in the order of the alphabet and no spaces, as RFC 8785 writes objects that hold no fractions.
_canonical = msgspec.json.Encoder(order="sorted")


def digest(content: Content | RecordContent) -> str:
    """The SHA-256, in hex, of the content in its canonical form."""
    return hashlib.sha256(_canonical.encode(content)).hexdigest()


def of(made: Made, content: Content | RecordContent) -> Document:
    """The whole document: of a conversation, or of all that is on file of a patient."""
    if isinstance(content, RecordContent):
        return PatientRecord(VERSION, made, digest(content), content)
    return Transcript(VERSION, made, digest(content), content)


def json(made: Made, content: Content | RecordContent) -> bytes:
    """The document as JSON; in it `content` stands in its canonical form, byte for byte."""
    return _canonical.encode(of(made, content))
