"""What a patient chooses about how we write to them."""

from portal.words.shape import Said

WORDS: dict[str, Said] = {
    "prefs.link": (
        "How we write to you",
        "Cómo le escribimos",
        "كيف نراسلك",
    ),
    "prefs.title": (
        "How we write to you",
        "Cómo le escribimos",
        "كيف نراسلك",
    ),
    "prefs.saved": (
        "Your choices are saved.",
        "Sus preferencias se guardaron.",
        "تم حفظ اختياراتك.",
    ),
    "prefs.texts": (
        "Text messages to your phone",
        "Mensajes de texto a su teléfono",
        "رسائل نصية إلى هاتفك",
    ),
    "prefs.texts.on": (
        "Text me when there is a message",
        "Envíenme un texto cuando haya un mensaje",
        "أرسلوا لي رسالة نصية عند وجود رسالة",
    ),
    "prefs.texts.off": (
        "Do not text me",
        "No me envíen textos",
        "لا ترسلوا لي رسائل نصية",
    ),
    "prefs.start": (
        "Texts from {number} are stopped. To get them again, text START to that number.",
        "Los textos de {number} están detenidos. Para recibirlos otra vez, envíe START a ese número.",
        "الرسائل النصية من {number} متوقفة. لتصلك مجددًا، أرسل START إلى هذا الرقم.",
    ),
    "prefs.mails": (
        "E-mails",
        "Correos electrónicos",
        "البريد الإلكتروني",
    ),
    "prefs.mails.on": (
        "E-mail me when there is a message",
        "Envíenme un correo cuando haya un mensaje",
        "أرسلوا لي بريدًا عند وجود رسالة",
    ),
    "prefs.mails.off": (
        "Do not e-mail me",
        "No me envíen correos",
        "لا ترسلوا لي بريدًا",
    ),
    "prefs.first": (
        "What do you like better?",
        "¿Qué prefiere?",
        "ماذا تفضل؟",
    ),
    "prefs.first.sms": (
        "A text message",
        "Un mensaje de texto",
        "رسالة نصية",
    ),
    "prefs.first.email": (
        "An e-mail",
        "Un correo electrónico",
        "رسالة بريد إلكتروني",
    ),
    "prefs.agree.title": (
        "If a text does not reach you",
        "Si un texto no le llega",
        "إذا لم تصلك الرسالة النصية",
    ),
    "prefs.agree": (
        "I agree to get notices by e-mail. The notice has no health information. Others may see that it came.",
        "Acepto recibir avisos por correo. El aviso no tiene datos de salud. Otros podrían ver que llegó.",
        "أوافق على تلقي إشعارات بالبريد. لا يحتوي الإشعار على معلومات صحية. قد يرى آخرون أنه وصل.",
    ),
    "prefs.save": (
        "Save",
        "Guardar",
        "حفظ",
    ),
    "prefs.back": (
        "Back to your messages",
        "Volver a sus mensajes",
        "العودة إلى رسائلك",
    ),
    "prefs.none": (
        "The clinic has no phone or e-mail for you. You can give it to them.",
        "La clínica no tiene su teléfono ni su correo. Usted puede dárselos.",
        "ليس لدى العيادة هاتف أو بريد لك. يمكنك إعطاؤه لهم.",
    ),
    "stop.title": (
        "Stop our e-mails?",
        "¿Dejar de recibir nuestros correos?",
        "هل نوقف رسائلنا البريدية؟",
    ),
    "stop.why": (
        "We will not send an e-mail when your clinic writes to you.",
        "No le enviaremos un correo cuando su clínica le escriba.",
        "لن نرسل بريدًا عندما تكتب لك عيادتك.",
    ),
    "stop.go": (
        "Stop the e-mails",
        "Dejar de recibir correos",
        "أوقفوا الرسائل البريدية",
    ),
    "stop.done": (
        "The e-mails are stopped",
        "Ya no recibirá correos",
        "تم إيقاف الرسائل البريدية",
    ),
    "stop.again": (
        "Your clinic can turn them on again. Text messages are not changed.",
        "Su clínica puede activarlos otra vez. Los mensajes de texto no cambian.",
        "يمكن لعيادتك تشغيلها مرة أخرى. لا تتغير الرسائل النصية.",
    ),
}
