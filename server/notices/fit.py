"""Whether a clinic's settings leave room for its texts: asked before they are saved."""

from server.notices import gsm7, links, replies, texts


def why_not_fit(*, name: str, neutral_name: str, phone: str, portal_url: str) -> str | None:
    """A sentence about the first setting whose notice does not fit one text, or None if all fit."""
    for called in (name, neutral_name):
        if costly := gsm7.size(called).costly:
            return f"“{costly}” in the name “{called}” makes three texts of each notice. Spell the name without it."
        if not _fits(called, phone, portal_url):
            return f"The name “{called}” leaves no room for the rest of a text. Use a shorter one."
    return None


def _fits(name: str, phone: str, portal_url: str) -> bool:
    link = links.address(portal_url, links.PLACEHOLDER)
    written = [
        texts.notice_text(name=name, phone=phone, link=link, language=language, is_stop_due=due, is_reminder=again)
        for language in texts.WORDINGS
        for due in (True, False)
        for again in (True, False)
    ]
    written += [
        replies.reply_text(reply, name=name, phone=phone, language=language)
        for language in replies.WORDINGS
        for reply in replies.Reply
    ]
    return all(map(gsm7.is_one_segment, written))
