"""Draws what is known of a message that went to the wrong person. Runs in the limited process only."""

from collections.abc import Iterator, Mapping

from server.transcripts import times
from server.transcripts.paper import Paper
from server.transcripts.shapes import IncidentContent, IncidentRecord, Step


def draw(paper: Paper, document: IncidentRecord, words: Mapping[str, str]) -> None:
    """What it was, what was done, each step in order, and what the clinic made of it."""
    content = document.content
    paper.head(words["incident"], _lines(content, words), words["made"])
    _said(paper, words["account"], content.account)
    paper.ln(3)
    paper.heading(words["steps"], 11)
    paper.plain(9.5)
    for step in content.steps:
        paper.aside(_step(step, content, words))
    if content.assessment is None:
        paper.note(words["not_closed"])
        return
    for name in ("nature", "recipient", "viewed_by", "mitigation"):
        _said(paper, words[name], getattr(content.assessment, "viewed" if name == "viewed_by" else name))
    _said(paper, words["conclusion"], words["breach" if content.assessment.is_breach else "no_breach"])


def texts(content: IncidentContent) -> Iterator[str]:
    """Everything in it that comes from people, for the letters that it takes."""
    yield from (content.clinic, content.team, content.patient, content.writer, content.noticed_by, content.account)
    yield content.closed_by or ""
    for step in content.steps:
        yield from (step.who or "", step.device or "", step.to or "")
    if weighed := content.assessment:
        yield from (weighed.nature, weighed.recipient, weighed.viewed, weighed.mitigation)


def _lines(content: IncidentContent, words: Mapping[str, str]) -> dict[str, str]:
    viewed = times.of(content.viewed_at, content.zone) if content.viewed_at else words["not_viewed"]
    closed = times.of(content.closed_at, content.zone) if content.closed_at else ""
    return {
        words["clinic"]: content.clinic,
        words["team"]: content.team,
        words["entry"]: content.patient,
        words["written_by"]: content.writer,
        words["noticed"]: f"{times.of(content.noticed_at, content.zone)}, {content.noticed_by}",
        words["was_viewed"]: viewed,
        words["was_taken_back"]: words["yes" if content.taken_back else "no"],
        words["links"]: str(content.links_ended),
        words["closed"]: f"{closed}, {content.closed_by}" if closed else "",
        words["times"]: content.zone,
    }


def _said(paper: Paper, title: str, text: str) -> None:
    paper.ln(3)
    paper.heading(title, 11)
    paper.plain(10)
    for line in text.split("\n"):
        paper.say(line)


def _step(step: Step, content: IncidentContent, words: Mapping[str, str]) -> str:
    beside = ", ".join(each for each in (step.by, step.to, step.who, step.device) if each)
    line = f"{times.of(step.at, content.zone)}: {words['step.' + step.name]}"
    return f"{line} ({beside})" if beside else line
