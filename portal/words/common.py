"""Said on every page, and where something did not work."""

from portal.words.shape import Said

WORDS: dict[str, Said] = {
    "title": (
        "Secure message",
        "Mensaje seguro",
        "رسالة آمنة",
    ),
    "urgent": (
        "For emergencies call 911.",
        "Si es una emergencia, llame al 911.",
        "في حالات الطوارئ اتصل برقم 911.",
    ),
    "hours": (
        "This clinic usually answers within 1 business day.",
        "Esta clínica suele responder en 1 día hábil.",
        "ترد هذه العيادة عادةً خلال يوم عمل واحد.",
    ),
    "call": (
        "Call the clinic:",
        "Llame a la clínica:",
        "اتصل بالعيادة:",
    ),
    "call.yours": (
        "You can also call your clinic.",
        "También puede llamar a su clínica.",
        "يمكنك أيضًا الاتصال بعيادتك.",
    ),
    "offline": (
        "No connection. New messages will show when it is back.",
        "Sin conexión. Los mensajes nuevos aparecerán cuando vuelva.",
        "لا يوجد اتصال. ستظهر الرسائل الجديدة عند عودته.",
    ),
    "idle.soon": (
        "For your privacy, you will be signed out in 2 minutes.",
        "Para proteger su privacidad, su sesión terminará en 2 minutos.",
        "لحماية خصوصيتك، ستنتهي جلستك بعد دقيقتين.",
    ),
    "idle.stay": (
        "Stay signed in",
        "Continuar",
        "البقاء",
    ),
    "signout": (
        "Sign out",
        "Cerrar sesión",
        "تسجيل الخروج",
    ),
    "signedout.title": (
        "You are signed out",
        "Su sesión terminó",
        "تم تسجيل خروجك",
    ),
    "signedout.how": (
        "To read again, tap the link in your message.",
        "Para leer otra vez, toque el enlace en su mensaje.",
        "للقراءة مرة أخرى، اضغط على الرابط في رسالتك.",
    ),
    "no.title": (
        "That did not work",
        "Eso no funcionó",
        "لم ينجح ذلك",
    ),
    "no.again": (
        "Go back and try again, or tap the link in your message.",
        "Regrese e intente otra vez, o toque el enlace en su mensaje.",
        "ارجع وحاول مرة أخرى، أو اضغط على الرابط في رسالتك.",
    ),
    "no.often.title": (
        "Too many tries",
        "Demasiados intentos",
        "محاولات كثيرة جدًا",
    ),
    "no.often": (
        "Wait a few minutes, then try again.",
        "Espere unos minutos e intente otra vez.",
        "انتظر بضع دقائق ثم حاول مرة أخرى.",
    ),
    "no.later.title": (
        "We cannot answer right now",
        "No podemos responder ahora",
        "لا يمكننا الرد الآن",
    ),
    "no.later": (
        "Nothing was changed. Try again in a few minutes.",
        "No se cambió nada. Intente otra vez en unos minutos.",
        "لم يتغير شيء. حاول مرة أخرى بعد بضع دقائق.",
    ),
    "no.lost.title": (
        "This page is not here",
        "Esta página no existe",
        "هذه الصفحة غير موجودة",
    ),
    "no.reference": (
        "If you call, say {reference}.",
        "Si llama, diga {reference}.",
        "إذا اتصلت، اذكر {reference}.",
    ),
    "private": (
        "This page is private. We keep nothing on this phone.",
        "Esta página es privada. No guardamos nada en este teléfono.",
        "هذه الصفحة خاصة. لا نحفظ شيئًا على هذا الهاتف.",
    ),
}
