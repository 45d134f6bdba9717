"""The shapes of what will be sent, before it is. See `views`."""

from typing import Literal
from uuid import UUID

import msgspec

from server.queries import family_views
from server.queries.views import Ways

ProofName = Literal["birth_date", "code", "nothing"]


class TextAhead(msgspec.Struct, frozen=True):
    """The notice as a text. `link` stands in `words` for the real one, which is as long and is made with the message.

    `segments` is how many texts the carrier makes of it.
    """

    words: str
    link: str
    segments: int


class MailAhead(msgspec.Struct, frozen=True):
    """The notice as an e-mail: its subject and its plain part, with `link` in it as in a text."""

    subject: str
    words: str
    link: str


class PhoneHolder(msgspec.Struct, frozen=True):
    """Somebody else whose phone it is too: another patient, or who acts for one, with what they are to `acts_for`."""

    id: UUID
    name: str
    born: int | None = None
    relation: family_views.RelationName | None = None
    acts_for: str | None = None


class Ahead(msgspec.Struct, frozen=True):
    """What a patient would get from a team now: which ways there are, and the notice of a secure message in each.

    `may_send`: the clinic's plan lets anything out. `proof` is what a phone is asked that opens its first link. `also`
    are the others who have the patient's phone, 10 at most.
    """

    ways: Ways
    may_send: bool
    proof: ProofName
    secure_sms: TextAhead
    secure_email: MailAhead
    also: list[PhoneHolder]
