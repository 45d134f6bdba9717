"""Fills an empty database with the made-up clinics; asked again, it only tells what is there."""

from uuid import UUID

from server import access, clock, models, people, tokens
from server.domain import hours, organizations, patients, proxies, registrations, teams, users
from server.queries.hours import MANAGERS
from server.queries.hours_views import Hours, Span
from server.seed import desk, replies, secrets, stories
from server.seed.people import FRONT, HOUSES, SUNRISE, House, Mother, Sick

OFFICE = Hours(week=[[Span("08:00", "17:00")]] * 5 + [[], []])
"""When the front desks answer; nobody has said it of the other teams."""

WEBSITE = "https://example.com/"
"""Made-up clinics have no pages of their own; this one is nobody's (RFC 2606)."""


async def fill() -> None:
    """Make the clinics unless there are any."""
    if await models.Organization.exists():
        return
    for house in HOUSES:
        await _build(house)


async def _build(house: House) -> None:
    organization = await organizations.create(house.name, phone=house.phone, plan=models.Plan.PAID)
    await organizations.set_website(organization.id, WEBSITE)
    made = {name: await teams.create(organization.id, name) for name in house.teams}
    for name, number in (*house.teams.items(), *house.second.items()):
        await teams.give_number(made[name], number)
    await _register(organization.id, [*house.teams.values(), *house.second.values()])
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
    await _admit(house, made, await _open(house, made))


async def _register(clinic: UUID, numbers: list[str]) -> None:
    """Carriers know the made-up clinics: all their numbers send."""
    for of in models.RegistrationOf:
        await registrations.say(clinic, of, models.RegistrationState.APPROVED)
    for number in numbers:
        await registrations.attach(number)


async def _open(house: House, made: dict[str, models.Team]) -> dict[str, UUID]:
    """What a manager says: when the front desk answers, and which tags there are."""
    manager = await models.User.filter(organization_id=made[FRONT].organization_id, role__in=MANAGERS).first()
    if manager is None:
        raise ValueError(f"{house.name} has a manager")
    by = _acting(manager, made[FRONT].id)
    await hours.change(made[FRONT].id, OFFICE, by=by)
    if house is SUNRISE:
        await replies.save({name: team.id for name, team in made.items()}, by=by)
    return await desk.make_tags(by=by)


async def _admit(house: House, made: dict[str, models.Team], tags: dict[str, UUID]) -> None:
    writers = {name: await _writer(team) for name, team in made.items()}
    anyone = next(iter(writers.values()))
    for sick in sorted(house.patients, key=lambda each: -each.days_ago):
        patient = await patients.create(_details(sick), by=anyone)
        if sick.team and sick.story:
            told = await stories.tell(patient, sick, made[sick.team], by=writers[sick.team])
            await desk.sort(told, sick, tags, by=writers[sick.team])
        # After the story: what was said long ago is no news to her.
        if sick.mother:
            await proxies.add(patient.id, tokens.new_id(), _mother(sick.mother), by=anyone)


async def _writer(team: models.Team) -> access.Staff:
    """The first member of a team, as somebody who may act; no session is made for it."""
    member = await models.Membership.filter(team_id=team.id).order_by("created_at").select_related("user").first()
    if member is None:
        raise ValueError("every made-up team has a member")
    return _acting(member.user, team.id)


def _acting(user: models.User, team: UUID) -> access.Staff:
    mine = frozenset((team,))
    return access.Staff(
        user=user.id,
        name=user.name,
        role=user.role,
        organization=user.organization_id,
        session=user.id,
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
