"""From a link to the messages: the button, the one question, codes, pauses, ended links."""

from portal.words.shape import Said

WORDS: dict[str, Said] = {
    "press.title": (
        "You have a message",
        "Tiene un mensaje",
        "لديك رسالة",
    ),
    "press.from": (
        "{name} sent you a message.",
        "{name} le envió un mensaje.",
        "أرسلت إليك {name} رسالة.",
    ),
    "press.why": (
        "Only you can read it. We may ask one question first.",
        "Solo usted puede leerlo. Tal vez le hagamos una pregunta antes.",
        "أنت وحدك من يستطيع قراءتها. قد نطرح عليك سؤالًا واحدًا أولًا.",
    ),
    "press.go": (
        "Open my message",
        "Abrir mi mensaje",
        "افتح رسالتي",
    ),
    "check.title": (
        "Check it is you",
        "Confirme que es usted",
        "التحقق من هويتك",
    ),
    "check.why": (
        "We ask so that only you can read this message.",
        "Preguntamos para que solo usted pueda leer este mensaje.",
        "نسأل حتى لا يقرأ هذه الرسالة أحد غيرك.",
    ),
    "check.label": (
        "Your date of birth",
        "Su fecha de nacimiento",
        "تاريخ ميلادك",
    ),
    "check.example": (
        "For example: April 28 1986",
        "Por ejemplo: 28 de abril de 1986",
        "مثال: 28 أبريل 1986",
    ),
    "check.month": (
        "Month",
        "Mes",
        "الشهر",
    ),
    "check.day": (
        "Day",
        "Día",
        "اليوم",
    ),
    "check.year": (
        "Year",
        "Año",
        "السنة",
    ),
    "check.choose": (
        "Choose",
        "Elija",
        "اختر",
    ),
    "check.go": (
        "Read message",
        "Leer mensaje",
        "اقرأ الرسالة",
    ),
    "check.own": (
        "This is my own phone. Do not ask again for 30 days.",
        "Este es mi teléfono. No preguntar de nuevo por 30 días.",
        "هذا هاتفي. لا تسأل مرة أخرى لمدة 30 يومًا.",
    ),
    "check.nomatch": (
        "That date does not match what the clinic has. Check the date and try again.",
        "Esa fecha no coincide con la que tiene la clínica. Revise la fecha e intente otra vez.",
        "هذا التاريخ لا يطابق ما لدى العيادة. تحقق من التاريخ وحاول مرة أخرى.",
    ),
    "check.nodate": (
        "We could not read that date. Choose the month, then type the day and the year.",
        "No pudimos leer esa fecha. Elija el mes y escriba el día y el año.",
        "لم نتمكن من قراءة هذا التاريخ. اختر الشهر ثم اكتب اليوم والسنة.",
    ),
    "check.cannot": (
        "If you cannot enter this, call the clinic.",
        "Si no puede escribirla, llame a la clínica.",
        "إذا لم تستطع إدخال التاريخ، اتصل بالعيادة.",
    ),
    "locked.title": (
        "This link is paused",
        "Este enlace está en pausa",
        "هذا الرابط متوقف مؤقتًا",
    ),
    "locked.until": (
        "For your privacy, this link is paused until {time}.",
        "Este enlace está en pausa hasta {time} para proteger su privacidad.",
        "لحماية خصوصيتك، هذا الرابط متوقف حتى {time}.",
    ),
    "locked.call": (
        "You can call the clinic now.",
        "Puede llamar a la clínica ahora.",
        "يمكنك الاتصال بالعيادة الآن.",
    ),
    "code.title": (
        "Check it is you",
        "Confirme que es usted",
        "التحقق من هويتك",
    ),
    "code.offer": (
        "We will send a 6-digit code to the phone or e-mail the clinic has for you.",
        "Le enviaremos un código de 6 números al teléfono o correo que tiene la clínica.",
        "سنرسل رمزًا من 6 أرقام إلى الهاتف أو البريد المسجل لدى العيادة.",
    ),
    "code.send": (
        "Send me a code",
        "Enviarme un código",
        "أرسلوا لي رمزًا",
    ),
    "code.again": (
        "Send another code",
        "Enviar otro código",
        "أرسلوا رمزًا آخر",
    ),
    "code.sent": (
        "A code is on its way. It works for 10 minutes.",
        "El código va en camino. Sirve por 10 minutos.",
        "الرمز في طريقه إليك. يعمل لمدة 10 دقائق.",
    ),
    "code.label": (
        "Your 6-digit code",
        "Su código de 6 números",
        "الرمز المكون من 6 أرقام",
    ),
    "code.nomatch": (
        "That code does not match, or it is too old. Check it, or ask for a new one.",
        "Ese código no coincide o ya venció. Revíselo o pida uno nuevo.",
        "هذا الرمز غير مطابق أو انتهت مدته. تحقق منه أو اطلب رمزًا جديدًا.",
    ),
    "code.toomany": (
        "You asked for several codes. Wait 15 minutes, then ask again.",
        "Pidió varios códigos. Espere 15 minutos y pida otro.",
        "طلبت عدة رموز. انتظر 15 دقيقة ثم اطلب مرة أخرى.",
    ),
    "code.cannot": (
        "We cannot send a code now. You can call the clinic.",
        "No podemos enviar un código ahora. Puede llamar a la clínica.",
        "لا يمكننا إرسال رمز الآن. يمكنك الاتصال بالعيادة.",
    ),
    "notme.link": (
        "This is not for me",
        "Este mensaje no es para mí",
        "هذه الرسالة ليست لي",
    ),
    "notme.title": (
        "Is this message not for you?",
        "¿Este mensaje no es para usted?",
        "هل هذه الرسالة ليست لك؟",
    ),
    "notme.why": (
        "We will close this link. Nobody can open it again.",
        "Cerraremos este enlace. Nadie podrá abrirlo otra vez.",
        "سنغلق هذا الرابط. لن يستطيع أحد فتحه مرة أخرى.",
    ),
    "notme.go": (
        "Yes, close this link",
        "Sí, cerrar este enlace",
        "نعم، أغلقوا هذا الرابط",
    ),
    "notme.back": (
        "No, go back",
        "No, regresar",
        "لا، ارجع",
    ),
    "notme.done": (
        "The link is closed",
        "El enlace está cerrado",
        "تم إغلاق الرابط",
    ),
    "notme.thanks": (
        "Thank you for telling us. You do not have to do anything else.",
        "Gracias por avisarnos. No tiene que hacer nada más.",
        "شكرًا لإخبارنا. لا يلزمك أي شيء آخر.",
    ),
    "ended.title": (
        "This link has ended",
        "Este enlace ya terminó",
        "انتهى هذا الرابط",
    ),
    "ended.why": (
        "We can send you a new one.",
        "Podemos enviarle uno nuevo.",
        "يمكننا إرسال رابط جديد إليك.",
    ),
    "ended.go": (
        "Send me a new link",
        "Enviarme un enlace nuevo",
        "أرسلوا لي رابطًا جديدًا",
    ),
    "fresh.title": (
        "Look at your messages",
        "Revise sus mensajes",
        "انظر إلى رسائلك",
    ),
    "fresh.sent": (
        "If this link was yours, a new one is on its way to you.",
        "Si este enlace era suyo, uno nuevo va en camino.",
        "إذا كان هذا الرابط لك، فهناك رابط جديد في طريقه إليك.",
    ),
}
