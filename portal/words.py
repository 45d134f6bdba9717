"""Everything the patient's pages say, in every language they speak. Sentences have at most 15 words.

Spanish is a working draft until a qualified translator has read it (45 CFR 92.201(c)(3)).
"""

from collections.abc import Mapping

LANGUAGES = ("en", "es")

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Secure message", "Mensaje seguro"),
    "urgent": ("For emergencies call 911.", "Si es una emergencia, llame al 911."),
    "hours": (
        "This clinic usually answers within 1 business day.",
        "Esta clínica suele responder en 1 día hábil.",
    ),
    "call": ("Call the clinic:", "Llame a la clínica:"),
    "call.yours": (
        "You can also call your clinic.",
        "También puede llamar a su clínica.",
    ),
    "press.title": ("You have a message", "Tiene un mensaje"),
    "press.from": ("{name} sent you a message.", "{name} le envió un mensaje."),
    "press.why": (
        "Only you can read it. We may ask one question first.",
        "Solo usted puede leerlo. Tal vez le hagamos una pregunta antes.",
    ),
    "press.go": ("Open my message", "Abrir mi mensaje"),
    "check.title": ("Check it is you", "Confirme que es usted"),
    "check.why": (
        "We ask so that only you can read this message.",
        "Preguntamos para que solo usted pueda leer este mensaje.",
    ),
    "check.label": ("Your date of birth", "Su fecha de nacimiento"),
    "check.example": ("For example: April 28 1986", "Por ejemplo: 28 de abril de 1986"),
    "check.month": ("Month", "Mes"),
    "check.day": ("Day", "Día"),
    "check.year": ("Year", "Año"),
    "check.choose": ("Choose", "Elija"),
    "check.go": ("Read message", "Leer mensaje"),
    "check.own": (
        "This is my own phone. Do not ask again for 30 days.",
        "Este es mi teléfono. No preguntar de nuevo por 30 días.",
    ),
    "check.nomatch": (
        "That date does not match what the clinic has. Check the date and try again.",
        "Esa fecha no coincide con la que tiene la clínica. Revise la fecha e intente otra vez.",
    ),
    "check.nodate": (
        "We could not read that date. Choose the month, then type the day and the year.",
        "No pudimos leer esa fecha. Elija el mes y escriba el día y el año.",
    ),
    "check.cannot": (
        "If you cannot enter this, call the clinic.",
        "Si no puede escribirla, llame a la clínica.",
    ),
    "locked.title": ("This link is paused", "Este enlace está en pausa"),
    "locked.until": (
        "For your privacy, this link is paused until {time}.",
        "Para proteger su privacidad, este enlace está en pausa hasta las {time}.",
    ),
    "locked.call": ("You can call the clinic now.", "Puede llamar a la clínica ahora."),
    "code.title": ("Check it is you", "Confirme que es usted"),
    "code.offer": (
        "We will send a 6-digit code to the phone or e-mail the clinic has for you.",
        "Le enviaremos un código de 6 números al teléfono o correo que tiene la clínica.",
    ),
    "code.send": ("Send me a code", "Enviarme un código"),
    "code.again": ("Send another code", "Enviar otro código"),
    "code.sent": (
        "A code is on its way. It works for 10 minutes.",
        "El código va en camino. Sirve por 10 minutos.",
    ),
    "code.label": ("Your 6-digit code", "Su código de 6 números"),
    "code.nomatch": (
        "That code does not match, or it is too old. Check it, or ask for a new one.",
        "Ese código no coincide o ya venció. Revíselo o pida uno nuevo.",
    ),
    "code.toomany": (
        "You asked for several codes. Wait 15 minutes, then ask again.",
        "Pidió varios códigos. Espere 15 minutos y pida otro.",
    ),
    "code.cannot": (
        "We cannot send a code now. You can call the clinic.",
        "No podemos enviar un código ahora. Puede llamar a la clínica.",
    ),
    "notme.link": ("This is not for me", "Este mensaje no es para mí"),
    "notme.title": ("Is this message not for you?", "¿Este mensaje no es para usted?"),
    "notme.why": (
        "We will close this link. Nobody can open it again.",
        "Cerraremos este enlace. Nadie podrá abrirlo otra vez.",
    ),
    "notme.go": ("Yes, close this link", "Sí, cerrar este enlace"),
    "notme.back": ("No, go back", "No, regresar"),
    "notme.done": ("The link is closed", "El enlace está cerrado"),
    "notme.thanks": (
        "Thank you for telling us. You do not have to do anything else.",
        "Gracias por avisarnos. No tiene que hacer nada más.",
    ),
    "thread.title": ("Your messages", "Sus mensajes"),
    "thread.none": ("There are no messages here yet.", "Aquí todavía no hay mensajes."),
    "thread.you": ("You", "Usted"),
    "thread.care": ("Your care team", "Su equipo médico"),
    "thread.picture": ("Picture", "Imagen"),
    "unencrypted": ("Sent unencrypted", "Enviado sin cifrar"),
    "thread.writing": ("Your care team is writing…", "Su equipo médico está escribiendo…"),
    "thread.new": ("New message from {name}", "Nuevo mensaje de {name}"),
    "thread.check": ("Check for new messages", "Ver si hay mensajes nuevos"),
    "thread.jump": ("Go to the newest message", "Ir al mensaje más reciente"),
    "send.label": ("Your message", "Su mensaje"),
    "send": ("Send", "Enviar"),
    "sent": ("Sent", "Enviado"),
    "sending": ("Sending…", "Enviando…"),
    "waiting": ("Waiting for a connection", "Esperando conexión"),
    "send.was": ("Your message was sent.", "Su mensaje fue enviado."),
    "send.empty": ("Write something first, then send it.", "Escriba algo primero y después envíelo."),
    "send.long": (
        "This message is too long. Send it in two parts.",
        "Este mensaje es muy largo. Envíelo en dos partes.",
    ),
    "send.hidden": (
        "Some characters cannot be sent. Type the message again.",
        "Algunos caracteres no se pueden enviar. Escriba el mensaje otra vez.",
    ),
    "send.reused": (
        "This was sent already with other words. Look at your messages, then write again.",
        "Esto ya se envió con otras palabras. Mire sus mensajes y escriba otra vez.",
    ),
    "send.toomany": (
        "You sent many messages. Wait a minute, then send again.",
        "Envió muchos mensajes. Espere un minuto y envíe otra vez.",
    ),
    "prefs.link": ("How we write to you", "Cómo le escribimos"),
    "prefs.title": ("How we write to you", "Cómo le escribimos"),
    "prefs.saved": ("Your choices are saved.", "Sus preferencias se guardaron."),
    "prefs.texts": ("Text messages to your phone", "Mensajes de texto a su teléfono"),
    "prefs.texts.on": ("Text me when there is a message", "Envíenme un texto cuando haya un mensaje"),
    "prefs.texts.off": ("Do not text me", "No me envíen textos"),
    "prefs.start": (
        "Texts from {number} are stopped. To get them again, text START to that number.",
        "Los textos de {number} están detenidos. Para recibirlos otra vez, envíe START a ese número.",
    ),
    "prefs.mails": ("E-mails", "Correos electrónicos"),
    "prefs.mails.on": ("E-mail me when there is a message", "Envíenme un correo cuando haya un mensaje"),
    "prefs.mails.off": ("Do not e-mail me", "No me envíen correos"),
    "prefs.first": ("What do you like better?", "¿Qué prefiere?"),
    "prefs.first.sms": ("A text message", "Un mensaje de texto"),
    "prefs.first.email": ("An e-mail", "Un correo electrónico"),
    "prefs.agree.title": ("If a text does not reach you", "Si un texto no le llega"),
    "prefs.agree": (
        "I agree to get notices by e-mail. The notice has no health information. Others may see that it came.",
        "Acepto recibir avisos por correo. El aviso no tiene datos de salud. Otros podrían ver que llegó.",
    ),
    "prefs.save": ("Save", "Guardar"),
    "prefs.back": ("Back to your messages", "Volver a sus mensajes"),
    "prefs.none": (
        "The clinic has no phone or e-mail for you. You can give it to them.",
        "La clínica no tiene su teléfono ni su correo. Usted puede dárselos.",
    ),
    "offline": (
        "No connection. New messages will show when it is back.",
        "Sin conexión. Los mensajes nuevos aparecerán cuando vuelva.",
    ),
    "idle.soon": (
        "For your privacy, you will be signed out in 2 minutes.",
        "Para proteger su privacidad, su sesión terminará en 2 minutos.",
    ),
    "idle.stay": ("Stay signed in", "Continuar"),
    "signout": ("Sign out", "Cerrar sesión"),
    "signedout.title": ("You are signed out", "Su sesión terminó"),
    "signedout.how": (
        "To read again, tap the link in your message.",
        "Para leer otra vez, toque el enlace en su mensaje.",
    ),
    "ended.title": ("This link has ended", "Este enlace ya terminó"),
    "ended.why": ("We can send you a new one.", "Podemos enviarle uno nuevo."),
    "ended.go": ("Send me a new link", "Enviarme un enlace nuevo"),
    "fresh.title": ("Look at your messages", "Revise sus mensajes"),
    "fresh.sent": (
        "If this link was yours, a new one is on its way to you.",
        "Si este enlace era suyo, uno nuevo va en camino.",
    ),
    "stop.title": ("Stop our e-mails?", "¿Dejar de recibir nuestros correos?"),
    "stop.why": (
        "We will not send an e-mail when your clinic writes to you.",
        "No le enviaremos un correo cuando su clínica le escriba.",
    ),
    "stop.go": ("Stop the e-mails", "Dejar de recibir correos"),
    "stop.done": ("The e-mails are stopped", "Ya no recibirá correos"),
    "stop.again": (
        "Your clinic can turn them on again. Text messages are not changed.",
        "Su clínica puede activarlos otra vez. Los mensajes de texto no cambian.",
    ),
    "no.title": ("That did not work", "Eso no funcionó"),
    "no.again": (
        "Go back and try again, or tap the link in your message.",
        "Regrese e intente otra vez, o toque el enlace en su mensaje.",
    ),
    "no.often.title": ("That was too often", "Fueron demasiadas veces"),
    "no.often": ("Wait a few minutes, then try again.", "Espere unos minutos e intente otra vez."),
    "no.later.title": ("We cannot answer right now", "No podemos responder ahora"),
    "no.later": (
        "Nothing was changed. Try again in a few minutes.",
        "No se cambió nada. Intente otra vez en unos minutos.",
    ),
    "no.lost.title": ("This page is not here", "Esta página no existe"),
    "no.reference": ("If you call, say {reference}.", "Si llama, diga {reference}."),
    "private": (
        "Only you and your clinic can read this page. Nothing is kept on this phone.",
        "Solo usted y su clínica pueden leer esta página. Nada se guarda en este teléfono.",
    ),
}

_MONTHS = (
    "January February March April May June July August September October November December",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
)
_WEEKDAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "lunes martes miércoles jueves viernes sábado domingo",
)


def spoken(language: str) -> str:
    """The language our pages speak to somebody who prefers this one."""
    return language if language in LANGUAGES else LANGUAGES[0]


def say(language: str, key: str, **values: str) -> str:
    """One sentence. A key that does not exist is a mistake of ours and raises KeyError."""
    return WORDS[key][LANGUAGES.index(language)].format(**values)


FOR_SCRIPT = (
    *("thread.you", "thread.care", "thread.new", "thread.writing", "thread.picture", "unencrypted"),
    *("sent", "sending", "waiting", "offline"),
    *("idle.soon", "idle.stay", "send.long", "send.toomany", "send.hidden", "send.reused", "no.title"),
)
"""The sentences that the page's script says."""


def for_script(language: str) -> dict[str, str]:
    """Those sentences in one language, places for values left open."""
    at = LANGUAGES.index(spoken(language))
    return {key: WORDS[key][at] for key in FOR_SCRIPT}


def months(language: str) -> list[str]:
    """The names of the months, January first."""
    return _MONTHS[LANGUAGES.index(language)].split()


def weekdays(language: str) -> list[str]:
    """The names of the days, Monday first."""
    return _WEEKDAYS[LANGUAGES.index(language)].split()
