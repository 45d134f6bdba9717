"""Inside: the messages and the form that answers them."""

from portal.words.shape import Said

WORDS: dict[str, Said] = {
    "thread.title": (
        "Your messages",
        "Sus mensajes",
        "رسائلك",
    ),
    "thread.none": (
        "There are no messages here yet.",
        "Aquí todavía no hay mensajes.",
        "لا توجد رسائل هنا بعد.",
    ),
    "thread.you": (
        "You",
        "Usted",
        "أنت",
    ),
    "thread.care": (
        "Your care team",
        "Su equipo médico",
        "فريق رعايتك",
    ),
    "thread.picture": (
        "Picture",
        "Imagen",
        "صورة",
    ),
    "unencrypted": (
        "Sent unencrypted",
        "Enviado sin cifrar",
        "أُرسلت بدون تشفير",
    ),
    "thread.writing": (
        "Your care team is writing…",
        "Su equipo médico está escribiendo…",
        "فريق رعايتك يكتب الآن…",
    ),
    "thread.new": (
        "New message from {name}",
        "Nuevo mensaje de {name}",
        "رسالة جديدة من {name}",
    ),
    "thread.check": (
        "Check for new messages",
        "Ver si hay mensajes nuevos",
        "تحقق من الرسائل الجديدة",
    ),
    "thread.jump": (
        "Go to the newest message",
        "Ir al mensaje más reciente",
        "انتقل إلى أحدث رسالة",
    ),
    "send.label": (
        "Your message",
        "Su mensaje",
        "رسالتك",
    ),
    "send": (
        "Send",
        "Enviar",
        "إرسال",
    ),
    "sent": (
        "Sent",
        "Enviado",
        "تم الإرسال",
    ),
    "sending": (
        "Sending…",
        "Enviando…",
        "جارٍ الإرسال…",
    ),
    "waiting": (
        "Waiting for a connection",
        "Esperando conexión",
        "في انتظار الاتصال",
    ),
    "send.was": (
        "Your message was sent.",
        "Su mensaje fue enviado.",
        "تم إرسال رسالتك.",
    ),
    "urgent.own": (
        "If this is an emergency call {emergency}. In a crisis call or text {crisis}.",
        "Si es una emergencia, llame al {emergency}. En una crisis, llame o mande un texto al {crisis}.",
        "إذا كانت هذه حالة طارئة فاتصل برقم {emergency}. في الأزمات النفسية اتصل أو أرسل رسالة نصية إلى {crisis}.",
    ),
    "send.empty": (
        "Write something first, then send it.",
        "Escriba algo primero y después envíelo.",
        "اكتب شيئًا أولًا ثم أرسله.",
    ),
    "send.long": (
        "This message is too long. Send it in two parts.",
        "Este mensaje es muy largo. Envíelo en dos partes.",
        "هذه الرسالة طويلة جدًا. أرسلها في جزأين.",
    ),
    "send.hidden": (
        "Some characters cannot be sent. Type the message again.",
        "Algunos caracteres no se pueden enviar. Escriba el mensaje otra vez.",
        "بعض الأحرف لا يمكن إرسالها. اكتب الرسالة مرة أخرى.",
    ),
    "send.reused": (
        "This was sent already with other words. Look at your messages, then write again.",
        "Esto ya se envió con otras palabras. Mire sus mensajes y escriba otra vez.",
        "أُرسلت هذه من قبل بكلمات أخرى. انظر إلى رسائلك ثم اكتب مرة أخرى.",
    ),
    "send.toomany": (
        "You sent many messages. Wait a minute, then send again.",
        "Envió muchos mensajes. Espere un minuto y envíe otra vez.",
        "أرسلت رسائل كثيرة. انتظر دقيقة ثم أرسل مرة أخرى.",
    ),
}
