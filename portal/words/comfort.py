"""Reading with ease: sizes, listening, earlier messages, and when somebody answers."""

from portal.words.shape import Said

WORDS: dict[str, Said] = {
    "size": (
        "Text size",
        "Tamaño de letra",
        "حجم الخط",
    ),
    "size.normal": (
        "normal text",
        "letra normal",
        "خط عادي",
    ),
    "size.large": (
        "large text",
        "letra grande",
        "خط كبير",
    ),
    "size.largest": (
        "largest text",
        "letra muy grande",
        "أكبر خط",
    ),
    "listen": (
        "Listen",
        "Escuchar",
        "استماع",
    ),
    "listen.stop": (
        "Stop",
        "Parar",
        "إيقاف",
    ),
    "thread.earlier": (
        "Earlier messages",
        "Mensajes anteriores",
        "الرسائل السابقة",
    ),
    "thread.newest": (
        "Back to the newest messages",
        "Volver a los mensajes más recientes",
        "العودة إلى أحدث الرسائل",
    ),
    "care.read": (
        "your care team saw this",
        "su equipo médico ya lo vio",
        "رآها فريق رعايتك",
    ),
    "hours.business_days": (
        "Most answers come within {n} business days.",
        "Esta clínica suele responder en {n} días hábiles.",
        "وقت الرد المعتاد في هذه العيادة بأيام العمل: {n}.",
    ),
    "hours.hour": (
        "Most answers come within 1 business hour.",
        "Esta clínica suele responder en 1 hora de trabajo.",
        "ترد هذه العيادة عادةً خلال ساعة عمل واحدة.",
    ),
    "hours.business_hours": (
        "Most answers come within {n} business hours.",
        "Esta clínica suele responder en {n} horas de trabajo.",
        "وقت الرد المعتاد في هذه العيادة بساعات العمل: {n}.",
    ),
    "hours.closed": (
        "The clinic is closed.",
        "La clínica está cerrada.",
        "العيادة مغلقة.",
    ),
    "hours.opens": (
        "It opens {day} {at}.",
        "Abre el {day} {at}.",
        "تفتح يوم {day} {at}.",
    ),
    "hours.opens.today": (
        "It opens today {at}.",
        "Abre hoy {at}.",
        "تفتح اليوم {at}.",
    ),
    "hours.at": (
        "at {time}",
        "a las {time}",
        "الساعة {time}",
    ),
    "hours.at.one": (
        "at {time}",
        "a la {time}",
        "الساعة {time}",
    ),
    "closed": (
        "This conversation is closed. Write below to start a new message.",
        "Esta conversación está cerrada. Escriba abajo para empezar un mensaje nuevo.",
        "هذه المحادثة مغلقة. اكتب أدناه لبدء رسالة جديدة.",
    ),
    "closed.call": (
        "This conversation is closed. To ask something new, call the clinic.",
        "Esta conversación está cerrada. Para preguntar algo nuevo, llame a la clínica.",
        "هذه المحادثة مغلقة. لسؤال جديد، اتصل بالعيادة.",
    ),
    "closed.label": (
        "Your new message",
        "Su mensaje nuevo",
        "رسالتك الجديدة",
    ),
    "texts.off": (
        "You do not get text notices.",
        "Usted no recibe avisos por texto.",
        "لا تصلك إشعارات نصية.",
    ),
    "texts.again": (
        "Get them again",
        "Recibirlos otra vez",
        "أريد استلامها من جديد",
    ),
}
