"""Texts of unknown senders, by team."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from server import keys, models, people, urgent_words
from server.access import Staff
from server.errors import Refusal
from server.queries import own_contacts, proxies, views
from server.queries import people as who
from server.vault import Keyring

UNDECIDED = "open"
"""The `wish` of a stray whose sender may want no more texts, until somebody has said whether they do."""
MOST = 500
"""So many texts are shown at once, the newest."""


class Content(msgspec.Struct, frozen=True):
    """What is sealed of a stray. `file` is a picture that came with it; `sent_at` as of a message that came late."""

    sender: str = msgspec.field(name="from")
    to: str
    bodies: list[str]
    file: UUID | None = None
    sent_at: datetime | msgspec.UnsetType = msgspec.UNSET

    @property
    def late(self) -> datetime | None:
        """When it was sent, where it came late."""
        return None if self.sent_at is msgspec.UNSET else self.sent_at


def content_of(ring: Keyring, stray: models.Stray) -> Content:
    """A stray, opened."""
    return msgspec.json.decode(ring.open("stray", "content", stray.id, stray.content_sealed), type=Content)


async def counts(teams: Collection[UUID]) -> dict[UUID, int]:
    """How many unknown senders wait for a person in each team."""
    open_ones = models.Stray.filter(team_id__in=list(teams), settled_at=None)
    pairs = set(await open_ones.values_list("team_id", "phone_number_id", "sender_index"))
    found: dict[UUID, int] = {}
    for team, _, _ in pairs:
        found[team] = found.get(team, 0) + 1
    return found


async def unseen(ring: Keyring, teams: Collection[UUID], *, since: datetime) -> dict[UUID, list[UUID]]:
    """Of each team the texts that came since then, may be urgent, and that nobody has looked at or settled."""
    chosen = models.Stray.filter(team_id__in=list(teams), settled_at=None, seen_at=None, created_at__gt=since)
    found: dict[UUID, list[UUID]] = {}
    for stray in await chosen.order_by("created_at", "id").limit(MOST):
        if stray.team_id and urgent_words.found("\n".join(content_of(ring, stray).bodies)):
            found.setdefault(stray.team_id, []).append(stray.id)
    return found


async def groups(staff: Staff, teams: Collection[UUID]) -> list[views.Stray]:
    """The unknown senders of these teams with what they wrote; four queries however many.

    Whose words may be urgent stands first, then who wrote last.
    """
    newest = models.Stray.filter(team_id__in=list(teams), settled_at=None).order_by("-created_at", "-id").limit(MOST)
    numbers = {row.id: row.e164 for row in await models.PhoneNumber.filter(team_id__in=list(teams))}
    together: dict[tuple[UUID | None, UUID | None, str], list[models.Stray]] = {}
    for stray in await newest:
        sender = (stray.team_id, stray.phone_number_id, stray.sender_index or str(stray.id))
        together.setdefault(sender, []).append(stray)
    indexes = {index for _, _, index in together}
    candidates = await _candidates(staff.organization, indexes)
    ring = await keys.of(staff.organization)
    acting = await proxies.by_contact(staff.organization, indexes)
    found = []
    for (team, number, index), strays in together.items():
        # Who may not see this team's conversations has no words in them either.
        theirs = [proxy for proxy in acting.get(index, []) if proxy.teams is None or team in proxy.teams]
        to = numbers.get(number or strays[0].id, "")
        acts = [await _acting(ring, proxy) for proxy in theirs]
        found.append(_group(ring, strays[::-1], to, candidates.get(index, []), acts))
    return sorted(found, key=lambda stray: not any(text.urgent for text in stray.texts))


async def _candidates(organization: UUID, indexes: Collection[str]) -> dict[str, list[views.RowPatient]]:
    """The patients with each of these phones, or mail addresses."""
    found: dict[str, list[views.RowPatient]] = {}
    further = await own_contacts.holders(indexes)
    chosen = models.Patient.filter(await own_contacts.having(indexes), organization_id=organization)
    for patient in await chosen.order_by("created_at") if indexes else []:
        own = {patient.phone_index, patient.email_index}
        for index in [each for each in indexes if each in own or patient.id in further.get(each, ())]:
            found.setdefault(str(index), []).append(await who.row_patient(patient))
    return found


async def _acting(ring: Keyring, proxy: models.Proxy) -> views.Acting:
    name = proxies.as_staff_say(ring, proxy, proxy.patient)
    return views.Acting(proxy=proxy.id, name=name, patient=await who.row_patient(proxy.patient))


def _group(
    ring: Keyring,
    strays: Sequence[models.Stray],
    number: str,
    candidates: list[views.RowPatient],
    acting: list[views.Acting],
) -> views.Stray:
    contents = [content_of(ring, stray) for stray in strays]
    sender = contents[0].sender
    return views.Stray(
        id=strays[0].id,
        team=strays[0].team_id or strays[0].id,
        number=number,
        sender=sender,
        sender_display=_display(sender),
        texts=[_text(stray, content) for stray, content in zip(strays, contents, strict=True)],
        candidates=candidates,
        acting=acting,
        may_be_opt_out=any(stray.wish == UNDECIDED for stray in strays),
    )


def _text(stray: models.Stray, content: Content) -> views.StrayText:
    body = "\n".join(content.bodies)
    urgent = urgent_words.found(body)
    return views.StrayText(id=stray.id, body=body, at=stray.created_at, urgent=urgent, sent_at=content.late)


def _display(sender: str) -> str:
    """As people write it; a short code or a name stays as it is."""
    try:
        return people.phone_display(people.phone(sender)) if sender.startswith("+") else sender
    except Refusal:
        return sender
