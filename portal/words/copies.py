"""The copy of a conversation that a patient takes home: its page, and what the document says beside people's words."""

from portal.words.shape import Said

WORDS: dict[str, Said] = {
    "copy.link": ("Save a copy of my messages", "Guardar una copia de mis mensajes", "حفظ نسخة من رسائلي"),
    "copy.heading": ("Save a copy of your messages", "Guarde una copia de sus mensajes", "احفظ نسخة من رسائلك"),
    "copy.what": (
        "The copy has all messages of this conversation, with their dates and times.",
        "La copia tiene todos los mensajes de esta conversación, con fechas y horas.",
        "تحتوي النسخة على كل رسائل هذه المحادثة مع تواريخها وأوقاتها.",
    ),
    "copy.care": (
        "The copy stays on this phone. Others who use it may read it.",
        "La copia queda en este teléfono. Otras personas que lo usen podrían leerla.",
        "تبقى النسخة على هذا الهاتف. قد يقرؤها من يستخدمه.",
    ),
    "copy.pdf": ("Save as PDF", "Guardar como PDF", "حفظ بصيغة PDF"),
    "copy.pdf.why": ("To read or print.", "Para leer o imprimir.", "للقراءة أو الطباعة."),
    "copy.json": ("Save as JSON", "Guardar como JSON", "حفظ بصيغة JSON"),
    "copy.json.why": ("For other programs.", "Para otros programas.", "لبرامج أخرى."),
    "copy.wait": (
        "A long conversation can take a minute.",
        "Una conversación larga puede tardar un minuto.",
        "قد تستغرق المحادثة الطويلة دقيقة.",
    ),
    "copy.not_now": (
        "The copy could not be made. Try again in a few minutes.",
        "No se pudo hacer la copia. Intente otra vez en unos minutos.",
        "تعذر إنشاء النسخة. حاول مرة أخرى بعد بضع دقائق.",
    ),
}

PAPER: dict[str, Said] = {
    "title": ("Conversation", "Conversación", "محادثة"),
    "clinic": ("Clinic", "Clínica", "العيادة"),
    "team": ("Team", "Equipo", "الفريق"),
    "patient": ("Patient", "Paciente", "المريض"),
    "born": ("Born", "Fecha de nacimiento", "تاريخ الميلاد"),
    "mrn": ("Record number", "Número de expediente", "رقم الملف"),
    "times": ("Times", "Horas", "الأوقات"),
    "made": ("Made {at} by {name}", "Hecha {at} por {name}", "أُنشئت {at} بواسطة {name}"),
    "none": ("There are no messages.", "No hay mensajes.", "لا توجد رسائل."),
    "staff": ("care team", "equipo de atención", "فريق الرعاية"),
    "own": ("patient", "paciente", "المريض"),
    "via.sms": ("normal text, not private", "texto normal, no privado", "رسالة نصية عادية، غير خاصة"),
    "via.secure_sms": (
        "secure message, notice by text",
        "mensaje seguro, aviso por texto",
        "رسالة آمنة، إشعار برسالة نصية",
    ),
    "via.secure_email": (
        "secure message, notice by e-mail",
        "mensaje seguro, aviso por correo",
        "رسالة آمنة، إشعار بالبريد",
    ),
    "via.portal": ("written on this page", "escrito en esta página", "كُتبت في هذه الصفحة"),
    "via.email": ("answer by e-mail, not private", "respuesta por correo, no privada", "رد بالبريد، غير خاص"),
    "sent_late": (
        "Sent {at}. It came later.",
        "Enviado {at}. Llegó más tarde.",
        "أُرسلت {at}. ووصلت لاحقًا.",
    ),
    "moved": (
        "This was not your message. It was taken away {at}.",
        "Este mensaje no era suyo. Fue retirado {at}.",
        "لم تكن هذه رسالتك. أُزيلت {at}.",
    ),
    "taken_back": ("This message was taken back {at}.", "Este mensaje fue retirado {at}.", "سُحبت هذه الرسالة {at}."),
    "file": ("File: {name}", "Archivo: {name}", "ملف: {name}"),
    "text": ("By text", "Por texto", "برسالة نصية"),
    "email": ("By e-mail", "Por correo", "بالبريد"),
    "reminder": ("reminder", "recordatorio", "تذكير"),
    "state.waiting": ("waiting", "en espera", "في الانتظار"),
    "state.sending": ("being sent", "enviándose", "قيد الإرسال"),
    "state.sent": ("sent", "enviado", "أُرسلت"),
    "state.delivered": ("delivered", "entregado", "وصلت"),
    "state.failed": ("not delivered", "no entregado", "لم تصل"),
    "state.uncertain": ("not known if delivered", "no se sabe si llegó", "لا يُعرف هل وصلت"),
    "state.cancelled": ("not sent", "no enviado", "لم تُرسل"),
    "accepted": ("accepted {at}", "aceptado {at}", "قُبلت {at}"),
    "delivered": ("delivered {at}", "entregado {at}", "وصلت {at}"),
    "pressed": ("link pressed {at}", "enlace abierto {at}", "فُتح الرابط {at}"),
    "confirmed": ("identity confirmed {at}", "identidad confirmada {at}", "تأكدت الهوية {at}"),
    "viewed": ("Viewed by {name} {at}", "Visto por {name} {at}", "شاهدها {name} {at}"),
    "unviewed": ("Not viewed", "No visto", "لم تُشاهد"),
    "replaced": (
        "\ufffd stands for signs that cannot be drawn here. The JSON copy has them.",
        "\ufffd está en lugar de signos que aquí no se pueden dibujar. La copia JSON los tiene.",
        "\ufffd مكان علامات لا يمكن رسمها هنا. توجد في نسخة JSON.",
    ),
    "end": ("End of the conversation", "Fin de la conversación", "نهاية المحادثة"),
}
"""Without `paper.` the keys are those of `server.transcripts.words.ENGLISH`."""

WORDS |= {f"paper.{key}": said for key, said in PAPER.items()}
