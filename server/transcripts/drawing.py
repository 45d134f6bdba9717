"""Draws the PDF of a document. Runs in the limited process only."""

from collections.abc import Mapping

from server.transcripts import conversation, incident, record
from server.transcripts.paper import Paper
from server.transcripts.shapes import Document, PatientRecord, Transcript


def draw(document: Document, words: Mapping[str, str], language: str = "en") -> bytes:
    """The whole PDF."""
    said = (*words.values(), document.made.by.name)
    if isinstance(document, Transcript):
        paper = Paper(document, words["title"], (*said, *conversation.texts(document.content)), language)
        conversation.draw(paper, document, words)
    elif isinstance(document, PatientRecord):
        paper = Paper(document, words["record"], (*said, *record.texts(document.content)), language)
        record.draw(paper, document, words)
    else:
        paper = Paper(document, words["incident"], (*said, *incident.texts(document.content)), language)
        incident.draw(paper, document, words)
    if paper.letters.has_replaced:
        paper.say(words["replaced"])
    return bytes(paper.output())
