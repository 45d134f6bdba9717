"""A conversation on paper, or all of a patient's record: what a patient takes home and a clinic puts into the chart.

Pure: it is given what was said and gives bytes. The JSON holds everything; the PDF shows the same content, and both
name the SHA-256 of it. The PDF is drawn in a process of its own, because that takes the processor for seconds.
"""

from server.transcripts.child import Undrawn, pdf
from server.transcripts.document import digest, json
from server.transcripts.shapes import (
    Acting,
    AnyContent,
    Consented,
    Content,
    Event,
    File,
    IncidentContent,
    IncidentRecord,
    Made,
    Message,
    Notice,
    PatientRecord,
    Person,
    RecordContent,
    Step,
    Stopped,
    Transcript,
    Viewed,
    Weighed,
)
from server.transcripts.times import of as clock

__all__ = [
    "Acting",
    "AnyContent",
    "Consented",
    "Content",
    "Event",
    "File",
    "IncidentContent",
    "IncidentRecord",
    "Made",
    "Message",
    "Notice",
    "PatientRecord",
    "Person",
    "RecordContent",
    "Step",
    "Stopped",
    "Transcript",
    "Undrawn",
    "Viewed",
    "Weighed",
    "clock",
    "digest",
    "json",
    "pdf",
]
