"""Fills an empty database with the made-up clinics; asked again, it only tells what is there."""

from server import access, clock, models, people, tokens
from server.domain import organizations, patients, proxies, teams, users
from server.seed import secrets, stories
from server.seed.people import HOUSES, House, Mother, Sick


async def fill() -> None:
    """Make the clinics unless there are any."""
    if await models.Organization.exists():
        return
    for house in HOUSES:
        await _build(house)


async def _build(house: House) -> None:
    organization = await organizations.create(house.name, phone=house.phone, plan=models.Plan.PAID)
    made = {name: await teams.create(organization.id, name) for name in house.teams}
    for name, number in house.teams.items():
        await teams.give_number(made[name], number)
    for worker in house.staff:
        address = email_of(worker.name, house)
        role = models.Role(worker.role)
        user, _ = await users.create(
            organization.id,
            email=address,
            name=worker.name,
            password=secrets.password(address),
            role=role,
            totp_secret=secrets.totp_secret(address),
        )
        for team in worker.teams:
            await teams.add(made[team].id, user.id)
    await _admit(house, organization, made)


async def _admit(house: House, organization: models.Organization, made: dict[str, models.Team]) -> None:
    writers = {name: await _writer(organization, team) for name, team in made.items()}
    anyone = next(iter(writers.values()))
    for sick in sorted(house.patients, key=lambda each: -each.days_ago):
        patient = await patients.create(_details(sick), by=anyone)
        if sick.team and sick.story:
            await stories.tell(patient, sick, made[sick.team], by=writers[sick.team])
        # After the story: what was said long ago is no news to her.
        if sick.mother:
            await proxies.add(patient.id, tokens.new_id(), _mother(sick.mother), by=anyone)


async def _writer(organization: models.Organization, team: models.Team) -> access.Staff:
    """The first member of a team, as somebody who may act; no session is made for it."""
    member = await models.Membership.filter(team_id=team.id).order_by("created_at").select_related("user").first()
    if member is None:
        raise ValueError("every made-up team has a member")
    mine = frozenset((team.id,))
    return access.Staff(
        user=member.user.id,
        name=member.user.name,
        role=member.user.role,
        organization=organization.id,
        session=member.id,
        ends_at=clock.now(),
        member_of=mine,
        reads=mine,
    )


def _mother(mother: Mother) -> proxies.ProxyDetails:
    return proxies.ProxyDetails(
        name=mother.name, relation="mother", date_of_birth=mother.born, phone=mother.phone, language=mother.language
    )


def _details(sick: Sick) -> patients.Details:
    return patients.Details(
        first_name=sick.first,
        last_name=sick.last,
        date_of_birth=sick.born,
        mrn=sick.mrn,
        phone=sick.phone,
        email=sick.email,
        language=sick.language,
    )


def email_of(name: str, house: House) -> str:
    """A made-up colleague's address."""
    first, _, last = people.folded(name).partition(" ")
    return f"{first}.{last}@{house.mail}"
