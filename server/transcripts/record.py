"""Draws what is on file of a patient, and their conversations after it. Runs in the limited process only."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from server.transcripts import conversation, times
from server.transcripts.paper import Paper
from server.transcripts.shapes import Acting, Consented, PatientRecord, RecordContent, Stopped


def draw(paper: Paper, document: PatientRecord, words: Mapping[str, str]) -> None:
    """Who the patient is and what they agreed to, then each conversation on pages of its own."""
    content = document.content
    _head(paper, content, words)
    _list(paper, words["stops"], (_stop(each, content, words) for each in content.stops))
    _list(paper, words["consents"], (_consent(each, words) for each in content.consents))
    _list(paper, words["acting"], (_acting(each, content, words) for each in content.acting))
    for each in content.conversations:
        paper.add_page()
        paper.heading(words["with"].format(team=each.team), 14)
        conversation.body(paper, each, words)
        paper.note(words["end"] if each.messages else words["none"])
    paper.note(words["record_end"] if content.conversations else words["no_conversations"])


def texts(content: RecordContent) -> Iterator[str]:
    """Everything in it that comes from people, for the letters that it takes."""
    yield from (content.clinic, content.clinic_phone, content.name, content.mrn or "")
    yield from (*content.teams, *content.phones, *content.emails)
    for consent in content.consents:
        yield from (consent.wording, consent.by or "")
    yield from (each.name for each in content.acting)
    for each in content.conversations:
        yield from conversation.texts(each)


def _head(paper: Paper, content: RecordContent, words: Mapping[str, str]) -> None:
    paper.head(
        words["record"],
        {
            words["patient"]: content.name,
            words["born"]: content.date_of_birth.isoformat() if content.date_of_birth else "",
            words["mrn"]: content.mrn or "",
            words["language"]: content.language,
            words["phone"]: ", ".join(content.phones),
            words["mail"]: ", ".join(content.emails),
            words["clinic"]: f"{content.clinic}, {content.clinic_phone}",
            words["holds"]: ", ".join(content.teams),
            words["times"]: content.zone,
        },
        words["made"],
    )


def _list(paper: Paper, title: str, lines: Iterator[str]) -> None:
    found = list(lines)
    if not found:
        return
    paper.ln(3)
    paper.heading(title, 11)
    paper.plain(9.5)
    for line in found:
        paper.aside(line)


def _stop(each: Stopped, content: RecordContent, words: Mapping[str, str]) -> str:
    line = words["stop.text" if each.number else "stop.email"]
    return line.format(number=each.number, contact=each.contact, at=times.of(each.at, content.zone), source=each.source)


def _consent(each: Consented, words: Mapping[str, str]) -> str:
    said = words["gives" if each.gives else "ends"]
    by = words["witness"].format(name=each.by) if each.by else ""
    line = words["consent"].format(at=each.local, said=said, to=words[f"to.{each.to}"], source=each.source, by=by)
    return f"{line}: {each.wording}"


def _acting(each: Acting, content: RecordContent, words: Mapping[str, str]) -> str:
    ends = each.ended_at or each.ends_at
    line = words["acted" if ends else "acts"]
    return line.format(
        name=each.name,
        relation=each.relation,
        begins=_day(each.begins_at, content),
        ends=_day(ends, content) if ends else "",
    )


def _day(at: datetime, content: RecordContent) -> str:
    return times.of(at, content.zone)[:10]
