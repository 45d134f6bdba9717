"""Who is in the made-up clinics. Invented names, numbers of the 555-01xx range, addresses at example.com."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Worker:
    """A member of staff and the teams they are in."""

    name: str
    role: str
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mother:
    """Who acts for a child."""

    name: str
    born: date
    phone: str
    language: str


@dataclass(frozen=True, slots=True)
class Sick:
    """A patient: what is on file, and what was said (see `stories`); with `paper` a document came with it.

    `tags` and a `note` of their team's first member are on the conversation.
    """

    first: str
    last: str
    born: date | None
    mrn: str
    phone: str | None
    email: str | None = None
    language: str = "en"
    team: str | None = None
    story: str | None = None
    days_ago: float = 0.0
    agreed: bool = False
    mother: Mother | None = None
    paper: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """One clinic."""

    name: str
    phone: str
    mail: str
    teams: dict[str, str]
    staff: tuple[Worker, ...]
    patients: tuple[Sick, ...] = field(default_factory=tuple)
    second: dict[str, str] = field(default_factory=dict)
    """Teams that have another number besides their first."""


FRONT, NURSES, BILLING = "Front desk", "Nurses", "Billing"
TAGS = {"Refill": "teal", "Form": "blue", "Bill": "violet", "Call back": "amber", "Interpreter": "pink"}
"""What the clinics sort by, and each one's colour."""

SUNRISE = House(
    name="Sunrise Family Clinic",
    phone="312-555-0134",
    mail="sunrise.example",
    teams={FRONT: "+13125550101", NURSES: "+13125550102", BILLING: "+13125550103"},
    second={NURSES: "+13125550104"},
    staff=(
        Worker("Dana Reyes", "member", (FRONT,)),
        Worker("Lee Park", "member", (FRONT, BILLING)),
        Worker("Nia Brooks", "member", (NURSES, FRONT)),
        Worker("Tariq Aziz", "member", (NURSES,)),
        Worker("Robin Lane", "member", (BILLING,)),
        Worker("Sam Whitfield", "supervisor", ()),
        Worker("Ana Duarte", "admin", ()),
        Worker("Olu Adeyemi", "operator", ()),
    ),
    patients=(
        Sick(
            "Marisol",
            "Vega",
            date(1985, 3, 14),
            "00412",
            "+13125550142",
            "marisol@example.com",
            "es",
            FRONT,
            "refill",
            0.02,
            tags=("Refill", "Interpreter"),
            note="@Nia Brooks is this the new tablet? She asks about food.",
        ),
        Sick(
            "Earl",
            "Jennings",
            date(1952, 6, 1),
            "00388",
            "+13125550143",
            "earl@example.com",
            "en",
            FRONT,
            "form",
            0.1,
            agreed=True,
        ),
        Sick(
            "Tomás",
            "Rivera",
            date(2010, 9, 21),
            "00519",
            "+13125550144",
            None,
            "es",
            FRONT,
            "visit",
            2.1,
            mother=Mother("Rosa Rivera", date(1979, 1, 30), "+13125550144", "es"),
        ),
        Sick(
            "Rosa", "Rivera", date(1979, 1, 30), "00520", "+13125550144", "rosa@example.com", "es", FRONT, "thanks", 1.2
        ),
        Sick(
            "Grace",
            "Liu",
            date(1968, 11, 11),
            "00231",
            "+13125550145",
            "grace@example.com",
            "en",
            FRONT,
            "waiting",
            0.06,
            tags=("Call back",),
        ),
        Sick(
            "Henry",
            "Novak",
            date(1947, 4, 2),
            "00117",
            "+13125550146",
            None,
            "en",
            NURSES,
            "dizzy",
            0.03,
            tags=("Call back",),
            note="@Tariq Aziz please call him before noon.",
        ),
        Sick(
            "Amina",
            "Yusuf",
            date(1991, 12, 24),
            "00602",
            "+13125550147",
            "amina@example.com",
            "en",
            NURSES,
            "lab",
            0.4,
            paper=True,
        ),
        Sick("Peter", "Olsen", date(1959, 8, 8), "00345", "+13125550148", None, "en", NURSES, "thanks", 3.3),
        Sick(
            "Joan",
            "Becker",
            date(1973, 2, 17),
            "00476",
            "+13125550149",
            "joan@example.com",
            "en",
            BILLING,
            "bill",
            0.2,
            tags=("Bill",),
        ),
        Sick("Luis", "Ortega", date(1988, 5, 5), "00533", "+13125550150", None, "es", BILLING, "waiting", 5.0),
        Sick("Wei", "Chen", date(1995, 10, 10), "00641", "+13125550151", "wei@example.com", "en", FRONT, "thanks", 6.4),
        Sick(
            "Fatima", "Khan", date(1982, 7, 29), "00577", "+13125550152", "fatima@example.com", "en", FRONT, "form", 8.0
        ),
        Sick("Oscar", "Lind", date(1964, 9, 13), "00298", "+13125550153", None, "en", NURSES, "lab", 9.5),
        Sick("Ruth", "Abara", date(1956, 3, 3), "00159", "+13125550154", None, "en", FRONT, "visit", 12.0),
        Sick(
            "Ivan",
            "Petrov",
            date(1971, 6, 19),
            "00403",
            "+13125550155",
            "ivan@example.com",
            "en",
            BILLING,
            "bill",
            14.0,
        ),
        Sick(
            "Mei", "Tanaka", date(1999, 1, 8), "00688", "+13125550156", "mei@example.com", "en", FRONT, "refill", 20.0
        ),
        Sick("Carl", "Byrne", date(1949, 12, 12), "00101", "+13125550159", None, "en"),
        Sick("Dolores", "Pagan", date(1961, 4, 27), "00266", "+13125550158", "dolores@example.com", "es"),
        Sick("Noor", "Haddad", date(1990, 8, 15), "00611", None, "noor@example.com", "en"),
        Sick("Ben", "Foster", None, "00702", "+13125550157", None, "en"),
    ),
)

LAKESIDE = House(
    name="Lakeside Pediatrics",
    phone="773-555-0120",
    mail="lakeside.example",
    teams={FRONT: "+17735550111", NURSES: "+17735550112"},
    staff=(
        Worker("Alex Stone", "member", (FRONT,)),
        Worker("Priya Nair", "member", (FRONT, NURSES)),
        Worker("Kim Doyle", "supervisor", ()),
        Worker("Jo Marsh", "admin", ()),
    ),
    patients=(
        Sick("Lena", "Fischer", date(2015, 7, 9), "L-1", "+17735550121", "lena@example.com", "en", FRONT, "visit", 0.5),
        Sick("Max", "Braun", date(2018, 2, 20), "L-2", "+17735550122", None, "en", NURSES, "lab", 1.5),
    ),
)

HOUSES = (SUNRISE, LAKESIDE)

# Who says what: c = the clinic by secure text, v = the same and the patient viewed it, p = the patient in the portal.
STORIES: dict[str, tuple[tuple[str, str], ...]] = {
    "refill": (
        ("v", "Your refill is ready at the pharmacy. Take one tablet each morning."),
        ("p", "Thank you. Is it OK to take it with food?"),
    ),
    "form": (("v", "Your form is ready. Please bring it to your next visit."),),
    "visit": (("c", "We moved your visit to Monday at 2:30 PM. Please tell us if that does not work."),),
    "thanks": (
        ("v", "Your results are back and everything looks normal."),
        ("p", "That is good news. Thank you!"),
        ("v", "You are welcome. See you in six months."),
    ),
    "waiting": (("p", "Can somebody call me about my appointment next week?"),),
    "dizzy": (
        ("v", "How do you feel after the first week on the new dose?"),
        ("p", "A little dizzy in the mornings. Should I be worried?"),
    ),
    "lab": (("c", "Please come fasting to your blood test. Water is fine."),),
    "bill": (
        ("v", "Your insurance has answered about the January visit."),
        ("p", "What do I still have to pay?"),
    ),
}
