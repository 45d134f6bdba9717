"""What `seed --json` prints; the same shape every run (`docs/contract.md` §7)."""

from server import keys, models
from server.domain import portal_links
from server.queries import people as who
from server.seed import secrets
from server.settings import Settings

Told = dict[str, object]


async def everything(settings: Settings) -> Told:
    """The clinics with their staff's passwords and their patients' links."""
    organizations = await models.Organization.all().order_by("created_at")
    return {
        "public_url": settings.public_url,
        "portal_url": settings.portal_url,
        "organizations": [await _organization(each, settings) for each in organizations],
    }


async def _organization(row: models.Organization, settings: Settings) -> Told:
    return {
        "id": row.id,
        "name": row.name,
        "phone": row.phone,
        "plan": row.plan,
        "zone": row.zone,
        "teams": [await _team(each) for each in await models.Team.filter(organization_id=row.id).order_by("name")],
        "staff": [await _worker(each) for each in await models.User.filter(organization_id=row.id).order_by("name")],
        "patients": [
            await _patient(each, settings)
            for each in await models.Patient.filter(organization_id=row.id).order_by("created_at")
        ],
    }


async def _team(row: models.Team) -> Told:
    numbers = await models.PhoneNumber.filter(team_id=row.id).order_by("created_at", "id").values_list("e164")
    return {"id": row.id, "name": row.name, "numbers": [number for (number,) in numbers]}


async def _worker(row: models.User) -> Told:
    teams = await models.Membership.filter(user_id=row.id).values_list("team_id")
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "password": secrets.password(row.email),
        "totp_secret": secrets.totp_secret(row.email),
        "role": row.role,
        "teams": [team for (team,) in teams],
    }


async def _patient(row: models.Patient, settings: Settings) -> Told:
    ring = await keys.of(row.organization_id)
    conversations = await models.Conversation.filter(patient_id=row.id).values_list("id", "team_id")
    link = await models.PortalLink.filter(patient_id=row.id, revoked_at=None).order_by("-created_at").first()
    return {
        "id": row.id,
        "first_name": who.opened(ring, row, "first_name"),
        "last_name": who.opened(ring, row, "last_name"),
        "date_of_birth": who.opened(ring, row, "birth_date") or None,
        "mrn": who.opened(ring, row, "mrn") or None,
        "phone": who.opened(ring, row, "phone") or None,
        "email": who.opened(ring, row, "email") or None,
        "language": row.language,
        "conversations": [{"id": each, "team": team} for each, team in conversations],
        "link": portal_links.address(settings.portal_url, link.id) if link else None,
    }
