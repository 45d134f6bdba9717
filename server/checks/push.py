"""Notices on the computers of staff: whether we have a key for them. Nothing is sent."""

from server import web_push
from server.checks.finding import Finding, cannot_tell, not_right, ok
from server.settings import Settings


async def keys(settings: Settings) -> list[Finding]:
    """Whether staff can switch notices on."""
    name = "staff notices"
    if not settings.push_private_key:
        sentence = (
            "Staff cannot switch on notices on their computers. If they shall, set BLOOMTEXT_PUSH_PRIVATE_KEY to what "
            "`python -m server push-key` prints, for the web and the worker processes alike."
        )
        return [cannot_tell(name, sentence)]
    if not settings.push_services:
        return [not_right(name, "No browser can be chosen: BLOOMTEXT_PUSH_SERVICES is empty.")]
    public = web_push.public_text(web_push.private_key(settings.push_private_key))
    return [ok(name, f"Our public key begins with {public[:12]}; it must be the same for every process.")]
