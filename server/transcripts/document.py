"""The JSON of a document, and the hash that says that its content is the one that was made."""

import hashlib

import msgspec

from server.transcripts.shapes import (
    AnyContent,
    Document,
    IncidentContent,
    IncidentRecord,
    Made,
    PatientRecord,
    RecordContent,
    Transcript,
)

VERSION = 1
# Names in the order of the alphabet and no spaces, as RFC 8785 writes objects that hold no fractions.
_canonical = msgspec.json.Encoder(order="sorted")


def digest(content: AnyContent) -> str:
    """The SHA-256, in hex, of the content in its canonical form."""
    return hashlib.sha256(_canonical.encode(content)).hexdigest()


def of(made: Made, content: AnyContent) -> Document:
    """The whole document: of a conversation, of all that is on file of a patient, or of an incident."""
    if isinstance(content, RecordContent):
        return PatientRecord(VERSION, made, digest(content), content)
    if isinstance(content, IncidentContent):
        return IncidentRecord(VERSION, made, digest(content), content)
    return Transcript(VERSION, made, digest(content), content)


def json(made: Made, content: AnyContent) -> bytes:
    """The document as JSON; in it `content` stands in its canonical form, byte for byte."""
    return _canonical.encode(of(made, content))
