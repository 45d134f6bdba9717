"""All conversations on one page, and people who act for a patient."""

from portal.words.shape import Said

WORDS: dict[str, Said] = {
    "home.title": (
        "Your conversations",
        "Sus conversaciones",
        "محادثاتك",
    ),
    "home.for": (
        "You read for {name}.",
        "Usted lee por {name}.",
        "أنت تقرأ نيابة عن {name}.",
    ),
    "home.link": (
        "See all your conversations",
        "Ver todas sus conversaciones",
        "اعرض كل محادثاتك",
    ),
    "home.with": (
        "Messages with {team}",
        "Mensajes con {team}",
        "رسائل مع {team}",
    ),
    "home.new.one": (
        "1 new message",
        "1 mensaje nuevo",
        "رسالة جديدة واحدة",
    ),
    "home.new.many": (
        "{count} new messages",
        "{count} mensajes nuevos",
        "رسائل جديدة: {count}",
    ),
    "home.none": (
        "Nothing new",
        "Nada nuevo",
        "لا جديد",
    ),
    "home.done": (
        "Closed. Write here to open it again.",
        "Cerrada. Escriba aquí para abrirla otra vez.",
        "مغلقة. اكتب هنا لفتحها مرة أخرى.",
    ),
    "home.empty": (
        "No messages yet",
        "Aún no hay mensajes",
        "لا رسائل بعد",
    ),
    "home.last": (
        "Last message:",
        "Último mensaje:",
        "آخر رسالة:",
    ),
    "private.only": (
        "Only you and your care team see this",
        "Solo usted y su equipo médico ven esto",
        "أنت وفريق رعايتك فقط ترون هذا",
    ),
}
