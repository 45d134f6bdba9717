"""The cast everybody knows by heart: Mercy and Lakeside, and who works and is cared for there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from server import access, audit, clock, keys, models, tokens
from server.domain import conversations, organizations, patients, streams, teams
from tests.again import again

MASTER = bytes(range(32))


@dataclass(slots=True)
class Clinic:
    """One organization with what it needs to send: a key, a plan, teams, numbers, staff."""

    organization: models.Organization
    teams: dict[str, models.Team]
    numbers: dict[str, models.PhoneNumber]


@dataclass(slots=True)
class World:
    """Mercy: Dana and Sam at the front desk, Robin in billing, Val supervises; Ines and Omar are patients who share
    nothing. Lakeside: Alex, who must get nothing of Mercy's; Lena is its patient.
    """

    mercy: Clinic
    lakeside: Clinic
    dana: access.Staff
    sam: access.Staff
    robin: access.Staff
    val: access.Staff
    alex: access.Staff
    ines: models.Patient
    omar: models.Patient
    lena: models.Patient
    ines_thread: models.Conversation
    omar_thread: models.Conversation


async def make() -> World:
    """Fill an empty, migrated database with the cast."""
    keys.use_master(MASTER)
    return await again("world", _make)


async def _make() -> World:
    mercy = await _clinic("Mercy Family Clinic", ["Front desk", "Billing"], ["+13125550100", "+13125550101"])
    lakeside = await _clinic("Lakeside Pediatrics", ["Front desk"], ["+13125550110"])
    dana = await staff(mercy, "Dana Reyes", "Front desk")
    sam = await staff(mercy, "Sam Okafor", "Front desk")
    robin = await staff(mercy, "Robin Lee", "Billing")
    val = await staff(mercy, "Val Moreno", None, role=models.Role.SUPERVISOR)
    alex = await staff(lakeside, "Alex Stone", "Front desk")
    ines = await _patient(dana, "Ines", "Calderon", "+13125550142", "ines@example.com", date(1985, 3, 14), "M-1001")
    omar = await _patient(dana, "Omar", "Haddad", "+13125550143", None, date(1950, 11, 2), "M-1002")
    lena = await _patient(alex, "Lena", "Fischer", "+13125550144", "lena@example.com", date(2001, 7, 9), "L-1")
    front = mercy.teams["Front desk"].id
    ines_thread, _ = await conversations.open_with(ines.id, front, by=dana)
    omar_thread, _ = await conversations.open_with(omar.id, front, by=dana)
    return World(
        mercy=mercy,
        lakeside=lakeside,
        dana=dana,
        sam=sam,
        robin=robin,
        val=val,
        alex=alex,
        ines=ines,
        omar=omar,
        lena=lena,
        ines_thread=ines_thread,
        omar_thread=omar_thread,
    )


async def _clinic(name: str, team_names: list[str], numbers: list[str]) -> Clinic:
    organization = await organizations.create(name, phone="(312) 555-0134", plan=models.Plan.PAID)
    # Whoever tests the undo gives it back its seconds, and whoever tests the night its hours.
    organization.undo_seconds = organization.quiet_from = organization.quiet_until = 0
    await organization.save(update_fields=["undo_seconds", "quiet_from", "quiet_until"])
    made = {team_name: await teams.create(organization.id, team_name) for team_name in team_names}
    linked = zip(made.items(), numbers, strict=True)
    return Clinic(organization, made, {each: await teams.give_number(team, number) for (each, team), number in linked})


async def staff(clinic: Clinic, name: str, team: str | None, *, role: models.Role = models.Role.MEMBER) -> access.Staff:
    """Somebody more who works at a clinic, signed in."""
    user = await models.User.create(
        organization_id=clinic.organization.id,
        email=f"{name.split(maxsplit=1)[0].lower()}@{clinic.organization.name.split()[0].lower()}.example",
        name=name,
        role=role,
        password_hash="",
        created_at=clock.now(),
    )
    await streams.begin(user.id, clinic.organization.id, models.StreamOf.USER)
    if team:
        await teams.add(clinic.teams[team].id, user.id)
    token, _ = await signed_in(user.id)
    signed = await access.staff(token)
    if signed is None:
        raise AssertionError(f"{name} is signed in")
    audit.acting.set(audit.Actor("staff", signed.user, "127.0.0.1", signed.session))
    return signed


async def signed_in(user: UUID) -> tuple[str, UUID]:
    """A complete session of a user: the cookie's token and the session's id."""
    token, now = tokens.new_secret(), clock.now()
    session = await models.StaffSession.create(
        user_id=user,
        token_hash=tokens.hash_of(token),
        complete=True,
        seen_at=now,
        ends_at=now.replace(year=now.year + 1),
        created_at=now,
    )
    return token, session.id


async def _patient(
    by: access.Staff, first: str, last: str, phone: str, email: str | None, born: date, mrn: str
) -> models.Patient:
    details = patients.Details(first_name=first, last_name=last, phone=phone, email=email, date_of_birth=born, mrn=mrn)
    return await patients.create(details, by=by)
