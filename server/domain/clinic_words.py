"""Which words look private at a clinic: its admins add to the list and take out of it. Plain texts are judged by it."""

import re
from base64 import b64encode
from collections.abc import Sequence

import msgspec

from server import access, audit, facts, keys, models
from server.audit import Did
from server.db import transaction
from server.domain import managing
from server.domain.private_words import Clinic, of_clinic
from server.errors import Kind, Refusal

MOST, LONGEST = 200, 40
_WORD = re.compile(r"[^\W_]+(?:[ '-][^\W_]+)*")
"""Letters and digits, in parts."""


async def set_words(more: Sequence[str], fewer: Sequence[str], *, by: access.Staff) -> Clinic:
    """Set both lists of a clinic, as a whole; what they are now. An admin does. It goes on record, sealed.

    :raises Refusal: `not_allowed`, `not_a_word`
    """
    managing.must_be_admin(by)
    words = Clinic(_clean(more, stems=True), _clean(fewer, stems=False))
    async with transaction() as tx:
        row = await models.Organization.select_for_update(no_key=True).get(id=by.organization)
        before = of_clinic(row)
        if before == words:
            return words
        row.private_words = msgspec.json.encode(words).decode()
        await row.save(update_fields=["private_words"])
        await _enter(row, before, words)
        tx.record(facts.OrganizationChanged(), row.id)
    return words


def _clean(words: Sequence[str], *, stems: bool) -> tuple[str, ...]:
    kept = dict.fromkeys(" ".join(word.split()).casefold() for word in words if word.strip())
    if len(kept) > MOST:
        raise Refusal(Kind.INVALID, "not_a_word", f"A list has at most {MOST} words.")
    for word in kept:
        bare = word.removesuffix("*") if stems else word
        if not 2 <= len(bare) <= LONGEST or not _WORD.fullmatch(bare):
            sentence = f"Write words of 2 to {LONGEST} letters, one in each line; a * only at the end of one of yours."
            raise Refusal(Kind.INVALID, "not_a_word", sentence)
    return tuple(kept)


async def _enter(row: models.Organization, before: Clinic, after: Clinic) -> None:
    ring = await keys.of(row.id)
    data: dict[str, object] = {
        name: b64encode(ring.seal("audit_entry", name, row.id, msgspec.json.encode(words).decode())).decode()
        for name, words in (("before", before), ("after", after))
    }
    await audit.enter(Did.PRIVATE_WORDS_SET, organization=row.id, about=row.id, data=data)
