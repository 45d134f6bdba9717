"""What a patient chooses about language, quiet hours, kinds of messages, and texts that others can read."""

from portal.words.shape import Said

WORDS: dict[str, Said] = {
    "prefs.language": (
        "Your language",
        "Su idioma",
        "لغتك",
    ),
    "prefs.language.why": (
        "These pages will use it. Texts and e-mails come in English or Spanish.",
        "Estas páginas lo usarán. Los textos y correos llegan en inglés o español.",
        "ستستخدمها هذه الصفحات. تصل الرسائل النصية والبريد بالإنجليزية أو الإسبانية.",
    ),
    "prefs.language.arabic": (
        "If you choose Arabic, they come in English.",
        "Si elige árabe, llegan en inglés.",
        "إذا اخترت العربية، فستصل بالإنجليزية.",
    ),
    "prefs.quiet": (
        "Quiet hours",
        "Horas de silencio",
        "ساعات الهدوء",
    ),
    "prefs.quiet.why": (
        "In these hours we send no reminders. A person may still write to you.",
        "En estas horas no enviamos recordatorios. Una persona aún puede escribirle.",
        "لا نرسل تذكيرات في هذه الساعات. قد يكتب لك شخص مع ذلك.",
    ),
    "prefs.quiet.clinic": (
        "The hours of the clinic: {hours}",
        "Las horas de la clínica: {hours}",
        "ساعات العيادة: {hours}",
    ),
    "prefs.quiet.none": (
        "none",
        "ninguna",
        "لا توجد",
    ),
    "prefs.quiet.own": (
        "My own hours:",
        "Mis propias horas:",
        "ساعاتي الخاصة:",
    ),
    "prefs.quiet.from": (
        "From",
        "Desde",
        "من",
    ),
    "prefs.quiet.until": (
        "Until",
        "Hasta",
        "إلى",
    ),
    "prefs.quiet.clock": (
        "By our clock it is {time} where you are. If not, tell the clinic.",
        "Nuestro reloj marca {time} donde usted está. Si no es así, avise a la clínica.",
        "الساعة عندك الآن {time} حسب ساعتنا. إن لم تكن كذلك، فأخبر العيادة.",
    ),
    "prefs.quiet.same": (
        "Choose two different hours. Nothing was saved yet.",
        "Elija dos horas distintas. Aún no se guardó nada.",
        "اختر ساعتين مختلفتين. لم يُحفظ شيء بعد.",
    ),
    "prefs.kinds": (
        "What we may send",
        "Qué podemos enviarle",
        "ما يمكننا إرساله",
    ),
    "prefs.kinds.care": (
        "Messages about your care always come while texts or e-mails are on.",
        "Los mensajes sobre su atención siempre llegan si los textos o correos están activos.",
        "تصل الرسائل عن رعايتك دائمًا ما دامت الرسائل أو البريد مفعلة.",
    ),
    "prefs.kinds.reminders": (
        "Remind me of messages I have not read",
        "Recuérdenme los mensajes que no he leído",
        "ذكّروني بالرسائل التي لم أقرأها",
    ),
    "prefs.kinds.news": (
        "Send me news from the clinic",
        "Envíenme noticias de la clínica",
        "أرسلوا لي أخبار العيادة",
    ),
    "prefs.plain.title": (
        "Texts that are not private",
        "Textos que no son privados",
        "رسائل نصية غير خاصة",
    ),
    "prefs.plain.warn": (
        (
            "Normal texts are not private. Anyone who holds your phone can read them. "
            "Phone companies can read and keep them. They can go to a wrong number. We cannot take them back. "
            "Private messages are safer, and you get them without this."
        ),
        (
            "Los textos normales no son privados. Quien tenga su teléfono puede leerlos. "
            "Las compañías telefónicas pueden leerlos y guardarlos. Pueden llegar a un número equivocado. "
            "No podemos retirarlos. Los mensajes privados son más seguros, y le llegan sin esto."
        ),
        (
            "الرسائل النصية العادية ليست خاصة. يمكن لمن يحمل هاتفك أن يقرأها. "
            "يمكن لشركات الهاتف أن تقرأها وتحفظها. قد تصل إلى رقم خاطئ. لا يمكننا استرجاعها. "
            "الرسائل الخاصة أكثر أمانًا، وتصلك من دون هذا."
        ),
    ),
    "prefs.plain": (
        "I know the risk. You may send me my health information in normal texts.",
        "Conozco el riesgo. Pueden enviarme mi información de salud en textos normales.",
        "أعرف الخطر. يمكنكم إرسال معلوماتي الصحية في رسائل نصية عادية.",
    ),
    "prefs.plain.end": (
        "You can change your mind here at any time.",
        "Puede cambiar de opinión aquí en cualquier momento.",
        "يمكنك تغيير رأيك هنا في أي وقت.",
    ),
}
